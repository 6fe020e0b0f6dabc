"""Reading one record: the kept copy first, PubMed's after it where that is wanted, a plain word where there is none."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

import tests.pubmed_double as pubmed
from tests.library.opened import Clock, asked_in_all, copies, ids_asked, opened, pages, unreachable, until
from tests.made_up import TITLE, article, holding
from tests.pubmed_answers import Answer
from tests.pubmed_double import Fault, PubMedDouble
from tui.library import Library, NotFound, NotKept
from tui.model.problem import Problem
from tui.model.results import Kept
from tui.remote import Busy, NoNetwork


def titles(found: list[Kept]) -> list[str]:
    return [kept.record.title for kept in found]


class TestOnline:
    async def test_one_that_is_not_kept_is_fetched_and_kept(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        (fetched,) = await copies(library.record(3))
        assert fetched.record.pmid == 3
        assert fetched.origin == ("PubMed", clock.now)
        assert fetched.xml == double.articles[3].xml
        assert await library.kept([3]) == [fetched]

    async def test_one_that_is_kept_is_not_asked_for(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await copies(library.record(3))
        clock.days(6.9)
        assert titles(await copies(library.record(3))) == [TITLE]
        assert len(double.log) == 1

    async def test_an_old_one_is_shown_and_then_refreshed(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await copies(library.record(3))
        clock.days(7.1)
        double.add(article(3, "Newer.", revised=20240101))
        gate = double.hold("efetch")
        async with aclosing(library.record(3)) as answers:
            assert (await anext(answers)).record.title == TITLE
            gate.release()
            second = await anext(answers)
            assert (second.record.title, second.origin.retrieved) == ("Newer.", clock.now)
            assert [kept async for kept in answers] == []

    async def test_one_that_says_the_same_is_fresh_again(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await copies(library.record(3))
        clock.days(8)
        assert titles(await copies(library.record(3))) == [TITLE, TITLE]
        assert titles(await copies(library.record(3))) == [TITLE]
        assert len(double.log) == 2

    async def test_an_older_version_comes_to_nothing(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        double.add(article(3, "The second version.", version=2))
        await copies(library.record(3))
        clock.days(8)
        double.add(article(3, "The first version.", revised=20990101))
        assert titles(await copies(library.record(3))) == ["The second version."] * 2
        assert titles(await library.kept([3])) == ["The second version."]

    async def test_a_refresh_that_was_asked_for(self, library: Library, double: PubMedDouble) -> None:
        await copies(library.record(3))
        double.add(article(3, "Newer.", revised=20240101))
        assert titles(await copies(library.record(3, refresh=True))) == [TITLE, "Newer."]

    async def test_a_refresh_behind_that_fails_is_silent(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await copies(library.record(3))
        clock.days(8)
        double.faults.append(Fault(pubmed.busy(), times=9))
        assert titles(await copies(library.record(3))) == [TITLE]
        assert titles(await library.kept([3])) == [TITLE]
        assert not library.offline

    async def test_a_refresh_that_was_asked_for_and_fails_is_said(self, library: Library, double: PubMedDouble) -> None:
        await copies(library.record(3))
        double.faults.append(Fault(pubmed.busy(), times=9))
        with pytest.raises(Busy):
            await copies(library.record(3, refresh=True))
        assert titles(await library.kept([3])) == [TITLE]

    async def test_a_lost_network(self, library: Library, double: PubMedDouble) -> None:
        double.faults.append(Fault(unreachable(), times=9))
        with pytest.raises(NoNetwork):
            await copies(library.record(3))
        assert library.offline
        with pytest.raises(NotKept):
            await copies(library.record(3))
        assert len(double.log) == 1

    async def test_it_is_seen(self, library: Library, clock: Clock) -> None:
        await pages(library.search("stromal"))
        clock.days(1)
        await copies(library.record(3))
        library.offline = True
        (everything,) = await pages(library.search(""))
        assert everything.pmids == (3, 8, 7, 6, 5, 4, 2, 1)


class TestOneThatPubMedDoesNotHave:
    async def test_it_is_asked_for_once_a_day(self, library: Library, double: PubMedDouble, clock: Clock) -> None:
        for days, asked in ((0, 1), (0.9, 1), (0.2, 2), (0, 2)):
            clock.days(days)
            with pytest.raises(NotFound, match="PubMed has no record with the PMID 404"):
                await copies(library.record(404))
            assert len(double.log) == asked

    async def test_a_refresh_asks_at_once(self, library: Library, double: PubMedDouble) -> None:
        with pytest.raises(NotFound):
            await copies(library.record(404))
        double.add(article(404))
        assert titles(await copies(library.record(404, refresh=True))) == [TITLE]
        assert titles(await copies(library.record(404))) == [TITLE]

    async def test_one_that_was_withdrawn_stays_kept(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await copies(library.record(3))
        del double.articles[3]
        clock.days(8)
        assert titles(await copies(library.record(3))) == [TITLE]
        assert titles(await copies(library.record(3))) == [TITLE]
        assert len(double.log) == 2
        with pytest.raises(NotFound):
            await copies(library.record(3, refresh=True))
        assert titles(await library.kept([3])) == [TITLE]

    async def test_an_answer_with_another_record_is_not_taken_for_it(
        self, library: Library, double: PubMedDouble
    ) -> None:
        def change(true: Answer, _params: object) -> Answer:
            return replace(true, body=[true.content.replace(b">3</PMID>", b">7</PMID>")])

        double.faults.append(Fault(change))
        with pytest.raises(NotFound):
            await copies(library.record(3))
        assert await library.kept([3, 7]) == []

    async def test_an_error_is_not_taken_for_it(self, library: Library, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.fetch_error("Empty Response", status=200), times=4))
        with pytest.raises(Problem) as caught:
            await copies(library.record(3))
        assert not isinstance(caught.value, NotFound)
        assert titles(await copies(library.record(3))) == [TITLE]


class TestOffline:
    async def test_one_that_is_not_kept(self, path: Path, double: PubMedDouble, clock: Clock) -> None:
        async with opened(path, double, clock, offline=True) as library:
            with pytest.raises(NotKept, match="PMID 3 is not kept here"):
                await copies(library.record(3))
            assert double.log == []

    async def test_a_refresh_is_refused_and_the_kept_copy_shown(self, library: Library, double: PubMedDouble) -> None:
        await copies(library.record(3))
        library.offline = True
        shown: list[Kept] = []
        with pytest.raises(Problem, match="offline"):
            async with aclosing(library.record(3, refresh=True)) as answers:
                async for kept in answers:
                    shown.append(kept)
        assert titles(shown) == [TITLE]
        assert len(double.log) == 1


class TestOneThatIsOnItsWay:
    async def test_it_is_waited_for(self, library: Library, double: PubMedDouble) -> None:
        gate = double.hold("efetch")
        reading = [asyncio.create_task(copies(library.record(3))) for _ in range(5)]
        await gate.arrived.wait()
        gate.release()
        assert [titles(each) for each in await asyncio.gather(*reading)] == [[TITLE]] * 5
        assert ids_asked(double) == [[3]]

    async def test_as_a_refresh_it_is_waited_for_as_well(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await copies(library.record(3))
        clock.days(8)
        gate = double.hold("efetch")
        reading = [asyncio.create_task(copies(library.record(3))) for _ in range(3)]
        await gate.arrived.wait()
        gate.release()
        for each in await asyncio.gather(*reading):
            assert [kept.origin.retrieved for kept in each] == [clock.now - 8 * 86_400, clock.now]
        assert ids_asked(double) == [[3], [3]]

    async def test_one_who_waits_tries_for_himself_where_it_fails(self, library: Library, double: PubMedDouble) -> None:
        gate = double.hold("efetch")
        double.faults.append(Fault(pubmed.page("NCBI - WWW Error Blocked Diagnostic", 403)))
        first = asyncio.create_task(copies(library.record(3)))
        await gate.arrived.wait()
        second = asyncio.create_task(copies(library.record(3)))
        gate.release()
        results = await asyncio.gather(first, second, return_exceptions=True)
        assert isinstance(results[0], Problem)
        assert titles(results[1]) == [TITLE]  # type: ignore[arg-type]  # it is no error, or this fails


class TestAhead:
    async def test_what_is_missing_comes_in_one_request(self, library: Library, double: PubMedDouble) -> None:
        await copies(library.record(3))
        await library.ahead([1, 2, 3, 4])
        assert ids_asked(double) == [[3], [1, 2, 4]]

    async def test_what_is_kept_is_left_alone(self, library: Library, double: PubMedDouble, clock: Clock) -> None:
        await library.ahead([1, 2])
        clock.days(30)
        await library.ahead([1, 2])
        assert len(double.log) == 1

    async def test_what_fails_is_not_missed(self, library: Library, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.busy(), times=4))
        await library.ahead([1, 2])
        assert await library.kept([1, 2]) == []


class TestSeveral:
    async def test_they_come_in_the_order_asked(self, library: Library) -> None:
        await copies(library.record(2))
        assert [kept.record.pmid for kept in await copies(library.records([5, 2, 7]))] == [5, 2, 7]

    async def test_they_are_fetched_in_batches_of_two_hundred(self, path: Path, clock: Clock) -> None:
        wanted = range(1, 951)
        double = holding(wanted)
        async with opened(path, double, clock) as library:
            await library.fetch(wanted)
            assert len(await library.kept(wanted)) == 950
        assert [len(ids) for ids in ids_asked(double)] == [200, 200, 200, 200, 75, 75]
        assert asked_in_all(double) == list(wanted)

    async def test_old_ones_are_fetched_with_those_that_are_missing(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await library.fetch([1, 2])
        clock.days(4)
        await library.fetch([3])
        clock.days(4)
        await library.fetch([1, 2, 3, 4, 404])
        assert ids_asked(double)[2:] == [[1, 2, 4, 404]]

    async def test_a_large_fetch_that_is_cancelled_keeps_what_came(self, path: Path, clock: Clock) -> None:
        double = holding(range(1, 951))
        async with opened(path, double, clock) as library:
            fetching = asyncio.create_task(library.fetch(range(1, 951)))
            await until(lambda: len(double.asked("efetch")) > 2)
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)
            assert fetching.cancelled()
            assert {kept.record.pmid for kept in await library.kept(range(1, 951))} >= set(range(1, 401))
