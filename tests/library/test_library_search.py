"""Searching: what is kept at once, PubMed's answer behind it, and nothing lost or made up when that fails."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

import tests.pubmed_double as pubmed
from tests.library.opened import (
    Clock,
    asked_in_all,
    copies,
    ids_asked,
    opened,
    others,
    pages,
    rows_of,
    unreachable,
    until,
)
from tests.made_up import TITLE, article, holding
from tests.pubmed_answers import JSON, Answer, Lost
from tests.pubmed_double import Fault, PubMedDouble
from tui.library import REACHABLE, Library
from tui.model.results import ResultPage, Wait
from tui.remote import Busy, NoNetwork, Temporary

ROOT = Path(__file__).parents[2]
QUERY = "stromal cells"
MANY = range(1, 61)


def programs(double: PubMedDouble) -> list[str]:
    return [asked.program for asked in double.log]


class TestAnAnswer:
    async def test_it_ends_complete_with_a_row_for_each_record(self, library: Library) -> None:
        answers = await pages(library.search(QUERY))
        assert [page.complete for page in answers] == [False] * (len(answers) - 1) + [True]
        last = answers[-1]
        assert last.pmids == (8, 7, 6, 5, 4, 3, 2, 1)
        assert (last.total, last.reachable, last.offline, last.kept, last.problem) == (8, 8, False, False, None)
        assert '"stromal"' in last.translation.text
        assert set(rows_of(answers)) == set(last.pmids)
        assert rows_of(answers)[1].title == TITLE

    async def test_nothing_found(self, library: Library, double: PubMedDouble) -> None:
        (*_, last) = await pages(library.search("fleegle"))
        assert (last.pmids, last.total, last.complete, last.problem) == ((), 0, True, None)
        assert double.asked("efetch") == []

    async def test_a_page_of_fifty_takes_three_requests(self, path: Path, clock: Clock) -> None:
        double = holding(MANY)
        async with opened(path, double, clock) as library:
            answers = await pages(library.search(QUERY, limit=50))
        assert programs(double) == ["esearch", "efetch", "efetch"]
        assert asked_in_all(double) == sorted(answers[-1].pmids)
        assert len(rows_of(answers)) == 50

    async def test_its_two_halves_travel_at_once(self, path: Path, clock: Clock) -> None:
        double = holding(MANY)
        gate = double.hold("efetch")
        async with opened(path, double, clock) as library:
            search = asyncio.create_task(pages(library.search(QUERY, limit=50)))
            await until(lambda: len(double.asked("efetch")) == 2)
            assert not search.done()
            gate.release()
            assert len(rows_of(await search)) == 50

    async def test_the_first_row_comes_before_the_last_record(self, library: Library, double: PubMedDouble) -> None:
        gate = double.gate()
        double.faults.append(Fault(pubmed.slow(gate), program="efetch"))
        rows: dict[int, str] = {}
        async with aclosing(library.search(QUERY)) as answers:
            async for page in answers:
                if not rows and page.rows:
                    assert [row.pmid for row in page.rows] == [8]
                    gate.release()
                rows |= {row.pmid: row.title for row in page.rows}
        assert len(rows) == 8

    async def test_the_orders_are_pubmeds(self, library: Library, double: PubMedDouble) -> None:
        await pages(library.search(QUERY, "relevance"))
        assert double.asked("esearch")[-1]["sort"] == "relevance"

    async def test_the_connection_can_be_made_ready(self, library: Library, double: PubMedDouble) -> None:
        await library.warm()
        assert [asked.method for asked in double.log] == ["HEAD"]


class TestSpelling:
    async def test_it_is_asked_where_little_is_found(self, library: Library, double: PubMedDouble) -> None:
        double.spelling["stromel"] = "stromal"
        (*_, last) = await pages(library.search("stromel cells"))
        assert last.translation.suggestion == "stromal cells"

    async def test_it_is_not_asked_where_there_is_enough(self, path: Path, clock: Clock) -> None:
        double = holding(MANY)
        async with opened(path, double, clock) as library:
            await pages(library.search(QUERY))
        assert "espell" not in programs(double)

    @pytest.mark.parametrize("query", ["1", "1 2", "1[pmid] OR 2[uid]", "2007:2010[dp]", "(1)"])
    async def test_a_query_of_figures_alone_cannot_be_misspelled(
        self, library: Library, double: PubMedDouble, query: str
    ) -> None:
        await pages(library.search(query))
        assert "espell" not in programs(double)


class TestWhatIsKept:
    async def test_the_last_answer_comes_first(self, library: Library, double: PubMedDouble) -> None:
        await pages(library.search(QUERY))
        double.add(article(9))
        gate = double.hold("esearch")
        async with aclosing(library.search(QUERY)) as answers:
            first = await anext(answers)
            assert (first.kept, first.complete, first.pmids) == (True, False, (8, 7, 6, 5, 4, 3, 2, 1))
            assert len(first.rows) == 8
            gate.release()
            rest = [page async for page in answers]
        assert not any(page.kept for page in rest)
        assert rest[-1].pmids[0] == 9

    async def test_of_the_last_answer_no_more_can_be_had_than_of_the_next(
        self, library: Library, double: PubMedDouble
    ) -> None:
        double.count_of[QUERY] = 36_935
        for _ in range(2):
            (first, *_) = await pages(library.search(QUERY))
            assert (first.total, first.reachable) == (36_935, REACHABLE)
        assert first.kept

    async def test_an_answer_to_another_query_or_order_does_not(self, library: Library) -> None:
        await pages(library.search(QUERY))
        for query, sort in (("cells", ""), (QUERY, "relevance")):
            assert not any(page.kept for page in await pages(library.search(query, sort)))

    async def test_it_is_not_fetched_again(self, library: Library, double: PubMedDouble, clock: Clock) -> None:
        await pages(library.search(QUERY))
        double.add(article(9))
        clock.days(6.9)
        answers = await pages(library.search(QUERY))
        assert ids_asked(double) == [[8, 7, 6, 5, 4, 3, 2, 1], [9]]
        assert len(rows_of(answers)) == 9

    async def test_what_is_older_than_a_week_is_shown_and_refreshed(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await pages(library.search(QUERY))
        double.add(article(3, "Stromal cells in two dishes.", revised=20240101))
        clock.days(7.1)
        answers = await pages(library.search(QUERY))
        titles = [row.title for page in answers for row in page.rows if row.pmid == 3]
        assert (titles[0], titles[-1]) == (TITLE, "Stromal cells in two dishes.")
        assert ids_asked(double)[-1] == [8, 7, 6, 5, 4, 3, 2, 1]

    async def test_an_older_version_never_replaces_a_newer_one(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        double.add(article(3, "Stromal cells, the second version.", version=2))
        await pages(library.search(QUERY))
        double.add(article(3, "Stromal cells, the first version.", version=1, revised=20990101))
        clock.days(8)
        assert rows_of(await pages(library.search(QUERY)))[3].title == "Stromal cells, the second version."
        (shown,) = await library.kept([3])
        assert (shown.record.version, shown.record.title) == ("2", "Stromal cells, the second version.")

    async def test_a_refresh_that_fails_loses_nothing(
        self, library: Library, double: PubMedDouble, clock: Clock
    ) -> None:
        await pages(library.search(QUERY))
        clock.days(8)
        double.faults.append(Fault(pubmed.busy(), program="efetch", times=4))
        answers = await pages(library.search(QUERY))
        assert len(rows_of(answers)) == 8
        assert isinstance(answers[-1].problem, Busy)
        assert not library.offline
        assert len(await library.kept(range(1, 9))) == 8


class TestWhatIsMissing:
    async def test_it_is_asked_for_once_a_day(self, library: Library, double: PubMedDouble, clock: Clock) -> None:
        double.faults.append(Fault(pubmed.without(5), program="efetch", times=9))
        assert 5 not in rows_of(await pages(library.search(QUERY)))
        clock.days(0.9)
        (*_, last) = await pages(library.search(QUERY))
        assert 5 in last.pmids
        assert len(double.asked("efetch")) == 1
        clock.days(0.2)
        double.faults.clear()
        assert rows_of(await pages(library.search(QUERY)))[5].title == TITLE
        assert ids_asked(double)[1:] == [[5]]

    async def test_only_records_asked_for_are_kept(self, library: Library, double: PubMedDouble) -> None:
        def change(true: Answer, _params: object) -> Answer:
            return replace(true, body=[true.content.replace(b">5</PMID>", b">99</PMID>")])

        double.faults.append(Fault(change, program="efetch"))
        assert set(rows_of(await pages(library.search(QUERY)))) == {1, 2, 3, 4, 6, 7, 8}
        assert await library.kept([5, 99]) == []


class TestAnAnswerThatBreaksOff:
    @pytest.mark.parametrize("change", [pubmed.lost(), pubmed.cut()], ids=["connection lost", "a tidy half"])
    async def test_only_the_rest_is_asked_for_again(
        self, library: Library, double: PubMedDouble, waits: list[Wait], change: pubmed.Change
    ) -> None:
        double.faults.append(Fault(change, program="efetch"))
        answers = await pages(library.search(QUERY))
        first, second = ids_asked(double)
        assert 0 < len(second) < len(first)
        assert second == first[-len(second) :]
        assert [row.pmid for page in answers for row in page.rows] == first
        assert answers[-1].problem is None
        assert [(wait.doing, wait.attempt) for wait in waits] == [("fetching", 2)]

    async def test_nothing_is_asked_where_only_the_end_is_missing(self, library: Library, double: PubMedDouble) -> None:
        def change(true: Answer, _params: object) -> Answer:
            return replace(true, body=[*list(true.body)[:-1], Lost()])

        double.faults.append(Fault(change, program="efetch"))
        answers = await pages(library.search(QUERY))
        assert len(rows_of(answers)) == 8
        assert answers[-1].problem is None
        assert len(double.asked("efetch")) == 1

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (b"<ArticleTitle>", b"<ArticleTitle"),
            (b"</PubmedArticle>\n</PubmedArticleSet>", b"</PubmedArticleSet>"),
            (b"<PubmedArticle>", b"<!-- <PubmedArticle>"),
            (b"<PubmedArticleSet>", b"<PubmedArticleSet>\x1b"),
        ],
        ids=["a damaged record", "a record without end", "a comment without end", "a control character"],
    )
    async def test_damaged_xml_is_asked_for_again(
        self, library: Library, double: PubMedDouble, waits: list[Wait], before: bytes, after: bytes
    ) -> None:
        def change(true: Answer, _params: object) -> Answer:
            damaged = true.content.replace(before, after)
            assert damaged != true.content
            return replace(true, body=[damaged])

        double.faults.append(Fault(change, program="efetch"))
        answers = await pages(library.search(QUERY))
        assert len(rows_of(answers)) == 8
        assert [wait.why for wait in waits] == ["The answer was damaged"]

    async def test_a_half_that_fails_does_not_stop_the_other(self, path: Path, clock: Clock) -> None:
        double = holding(MANY)

        def change(true: Answer, params: object) -> Answer:
            assert isinstance(params, dict)
            return pubmed.page("Bad gateway", 502)(true, params) if "60" in params["id"].split(",") else true

        double.faults.append(Fault(change, program="efetch", times=99))
        async with opened(path, double, clock) as library:
            got: list[ResultPage] = []
            with pytest.raises(Temporary):
                async with aclosing(library.search(QUERY, limit=50)) as answers:
                    async for page in answers:
                        got.append(page)
            assert len(rows_of(got)) == 25
            assert len(await library.kept(got[-1].pmids)) == 25


class TestAnErrorIsNoAnswer:
    """What goes wrong is never shown as nothing found, and never kept."""

    @pytest.mark.parametrize(
        "fault",
        [
            Fault(pubmed.search_error("Search Backend failed: Database is not supported: pubmed"), "esearch", 9),
            Fault(pubmed.page("Login to the hotel's network"), "esearch", 9),
            Fault(pubmed.nothing(), "esearch", 9),
            Fault(pubmed.busy(status=200), "esearch", 9),
            Fault(pubmed.fetch_error("Empty Response. Status: Timeout", status=200), "efetch", 9),
            Fault(pubmed.prolog_only(), "efetch", 9),
            Fault(pubmed.busy(), "efetch", 9),
        ],
        ids=["search error", "login page", "empty", "busy as 200", "fetch error", "no records at all", "busy"],
    )
    async def test_it_is_raised_and_forgotten(self, library: Library, double: PubMedDouble, fault: Fault) -> None:
        double.faults.append(replace(fault))
        got: list[ResultPage] = []
        with pytest.raises(Exception, match=r"PubMed|answer") as caught:
            async with aclosing(library.search(QUERY)) as answers:
                async for page in answers:
                    got.append(page)
        assert caught.value.exit_status == 3  # type: ignore[attr-defined]  # it is a Problem, or this fails
        assert not any(page.complete or not page.total for page in got)
        double.faults.clear()
        answers_then = await pages(library.search(QUERY))
        assert not answers_then[0].kept
        assert len(rows_of(answers_then)) == 8

    async def test_what_was_answered_last_is_shown_with_it(self, library: Library, double: PubMedDouble) -> None:
        await pages(library.search(QUERY))
        double.faults.append(Fault(pubmed.busy(), "esearch", 9))
        first, last = await pages(library.search(QUERY))
        assert (first.kept, len(first.rows), first.problem) == (True, 8, None)
        assert (last.kept, last.complete) == (True, True)
        assert isinstance(last.problem, Busy)
        assert not library.offline

    async def test_a_busy_pubmed_is_waited_for(self, library: Library, double: PubMedDouble, waits: list[Wait]) -> None:
        double.faults.append(Fault(pubmed.busy(retry_after="7"), "esearch"))
        assert len(rows_of(await pages(library.search(QUERY)))) == 8
        assert waits == [Wait(7.0, 2, 4, "PubMed is busy", "searching")]


class TestALostNetwork:
    async def test_the_answer_is_of_what_is_kept(self, library: Library, double: PubMedDouble) -> None:
        await pages(library.search(QUERY))
        double.faults.append(Fault(unreachable(), times=99))
        (*_, last) = await pages(library.search("stromal"))
        assert (last.offline, last.complete, last.pmids) == (True, True, (8, 7, 6, 5, 4, 3, 2, 1))
        assert isinstance(last.problem, NoNetwork)
        assert len(last.rows) == 8

    async def test_the_program_stays_offline(self, library: Library, double: PubMedDouble) -> None:
        double.faults.append(Fault(unreachable(), times=99))
        await pages(library.search(QUERY))
        assert library.offline
        asked = len(double.log)
        (page,) = await pages(library.search(QUERY))
        assert (page.offline, page.problem) == (True, None)
        assert [each async for each in library.more(page)] == []
        await library.warm()
        await library.ahead([1])
        assert len(double.log) == asked

    async def test_lost_between_search_and_fetch(self, library: Library, double: PubMedDouble) -> None:
        await copies(library.record(7))
        double.faults.append(Fault(unreachable(), program="efetch", times=99))
        answers = await pages(library.search(QUERY))
        assert set(rows_of(answers)) == {7}
        assert answers[-1].pmids == (8, 7, 6, 5, 4, 3, 2, 1)
        assert isinstance(answers[-1].problem, NoNetwork)
        assert library.offline
        assert "espell" not in programs(double)

    async def test_lost_before_the_next_page(self, path: Path, clock: Clock) -> None:
        double = holding(MANY)
        async with opened(path, double, clock) as library:
            (*_, page) = await pages(library.search(QUERY, limit=20))
            double.faults.append(Fault(unreachable(), times=99))
            with pytest.raises(NoNetwork):
                await pages(library.more(page))
            assert library.offline

    async def test_online_again(self, library: Library, double: PubMedDouble) -> None:
        double.faults.append(Fault(unreachable()))
        await pages(library.search(QUERY))
        library.offline = False
        assert len(rows_of(await pages(library.search(QUERY)))) == 8


class TestOffline:
    async def test_nothing_is_asked(self, path: Path, double: PubMedDouble, clock: Clock) -> None:
        async with opened(path, double, clock) as library:
            await pages(library.search(QUERY))
        asked = len(double.log)
        clock.days(30)
        async with opened(path, double, clock, offline=True) as library:
            (page,) = await pages(library.search("müller"))
            assert (page.offline, page.complete, len(page.pmids), len(page.rows)) == (True, True, 8, 8)
            (everything,) = await pages(library.search(""))
            assert everything.total == 8
            (old,) = await copies(library.record(3))
            assert old.record.pmid == 3
        assert len(double.log) == asked

    async def test_further_pages(self, path: Path, clock: Clock) -> None:
        async with opened(path, holding(MANY), clock) as library:
            await pages(library.search(QUERY, limit=60))
            library.offline = True
            (page,) = await pages(library.search(QUERY))
            assert (len(page.pmids), page.total, page.reachable) == (50, 60, 60)
            (*_, whole) = await pages(library.more(page))
            assert whole.pmids == tuple(reversed(MANY))
            assert await pages(library.more(whole)) == []

    def test_neither_a_client_nor_httpx_is_wanted(self, path: Path) -> None:
        """In a process of its own, where nothing has imported it already."""
        child = """
import asyncio, sys
from pathlib import Path
from tui.library import Library, NotKept

def connect():
    raise AssertionError("the network was wanted")

async def use():
    library = Library(Path(sys.argv[1]), connect, offline=True)
    await library.open()
    async for page in library.search("stromal"):
        async for _ in library.more(page):
            pass
    try:
        async for _ in library.record(1):
            pass
    except NotKept as problem:
        print(problem)
    await library.warm()
    await library.ahead([1])
    await library.close()

asyncio.run(use())
print(sorted({"httpx", "httpcore", "textual"} & set(sys.modules)))
"""
        done = subprocess.run(
            [sys.executable, "-c", child, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines() == ["PMID 1 is not kept here. Go online to fetch it from PubMed.", "[]"]


class TestFurtherPages:
    async def test_the_next_ids_with_their_records(self, path: Path, clock: Clock) -> None:
        double = holding(MANY)
        async with opened(path, double, clock) as library:
            (*_, page) = await pages(library.search(QUERY, limit=20))
            further = await pages(library.more(page, limit=25))
            assert further[-1].complete
            assert further[-1].pmids == tuple(range(60, 15, -1))
            assert set(rows_of(further)) == set(range(16, 41))
            (*_, whole) = await pages(library.more(further[-1]))
            assert whole.pmids == tuple(reversed(MANY))
            assert await pages(library.more(whole)) == []
        assert asked_in_all(double) == list(MANY)

    async def test_a_list_that_has_shifted_has_no_record_twice(self, path: Path, clock: Clock) -> None:
        double = holding(MANY)
        async with opened(path, double, clock) as library:
            (*_, page) = await pages(library.search(QUERY, limit=20))
            double.add(article(61))
            (*_, further) = await pages(library.more(page, limit=20))
        assert len(set(further.pmids)) == len(further.pmids) == 39

    async def test_they_are_kept_with_the_answer(self, path: Path, clock: Clock) -> None:
        async with opened(path, holding(MANY), clock) as library:
            (*_, page) = await pages(library.search(QUERY, limit=20))
            await pages(library.more(page, limit=20))
            async with aclosing(library.search(QUERY, limit=20)) as answers:
                first = await anext(answers)
        assert (first.kept, len(first.pmids), len(first.rows)) == (True, 40, 20)

    async def test_up_to_the_edge_of_what_pubmed_serves(self, library: Library, double: PubMedDouble) -> None:
        """It has 36,935; the page before the last begins at 9,950 of the 9,999 that can be had."""
        page = ResultPage(QUERY, tuple(range(20_000, 29_950)), 36_935, REACHABLE)
        ids = [str(pmid) for pmid in range(100, 149)]
        listing = {"count": "36935", "retmax": "49", "retstart": "9950", "idlist": ids, "querytranslation": ""}
        double.faults.append(
            Fault(pubmed.prescribed(200, JSON, json.dumps({"esearchresult": listing}).encode()), "esearch")
        )
        (*_, last) = await pages(library.more(page))
        assert double.asked("esearch")[0]["retstart"] == "9950"
        assert double.asked("esearch")[0]["retmax"] == "49"
        assert len(last.pmids) == REACHABLE
        assert await pages(library.more(last)) == []
        assert len(double.asked("esearch")) == 1


class TestNothingIsFetchedTwice:
    async def test_a_record_that_is_on_its_way_with_its_page(self, library: Library, double: PubMedDouble) -> None:
        """The reader's cursor is on the first result as soon as there is a list."""
        asked: list[asyncio.Task[object]] = []
        async with aclosing(library.search(QUERY)) as answers:
            async for page in answers:
                if not asked and page.pmids:
                    asked = [asyncio.create_task(copies(library.record(pmid))) for pmid in (8, 1)]
        read = await asyncio.gather(*asked)
        assert [[kept.record.pmid for kept in each] for each in read] == [[8], [1]]  # type: ignore[attr-defined]
        assert ids_asked(double) == [[8, 7, 6, 5, 4, 3, 2, 1]]

    async def test_a_search_while_a_record_of_it_is_on_its_way(self, library: Library, double: PubMedDouble) -> None:
        gate = double.hold("efetch")
        record = asyncio.create_task(copies(library.record(5)))
        await gate.arrived.wait()
        search = asyncio.create_task(pages(library.search(QUERY)))
        await until(lambda: len(double.asked("efetch")) == 2)
        gate.release()
        assert len(await record) == 1
        assert set(rows_of(await search)) == set(range(1, 9))
        assert ids_asked(double) == [[5], [8, 7, 6, 4, 3, 2, 1]]

    async def test_two_searches_at_once(self, library: Library, double: PubMedDouble) -> None:
        first, second = await asyncio.gather(pages(library.search(QUERY)), pages(library.search("cells")))
        assert set(rows_of(first)) == set(rows_of(second)) == set(range(1, 9))
        assert asked_in_all(double) == list(range(1, 9))

    async def test_what_the_other_did_not_get_is_asked_for_again(self, library: Library, double: PubMedDouble) -> None:
        gate = double.hold("efetch")
        first = asyncio.create_task(copies(library.record(5)))
        await gate.arrived.wait()
        second = asyncio.create_task(copies(library.record(5)))
        await until(lambda: len(others()) > 2)
        first.cancel()
        gate.release()
        (kept,) = await second
        assert kept.record.pmid == 5
        assert first.cancelled()


class TestCancelling:
    async def test_what_has_arrived_is_kept_and_no_task_is_left(self, library: Library, double: PubMedDouble) -> None:
        gate = double.gate()
        double.faults.append(Fault(pubmed.slow(gate), program="efetch"))
        rows: list[int] = []

        async def search() -> None:
            async with aclosing(library.search(QUERY)) as answers:
                async for page in answers:
                    rows.extend(row.pmid for row in page.rows)

        task = asyncio.create_task(search())
        await until(lambda: bool(rows))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await until(lambda: not others())
        assert [kept.record.pmid for kept in await library.kept(range(1, 9))] == rows == [8]
        assert rows_of(await pages(library.search(QUERY))).keys() == set(range(1, 9))
        assert ids_asked(double)[1] == [7, 6, 5, 4, 3, 2, 1]

    @pytest.mark.parametrize("program", ["esearch", "efetch", "espell"])
    async def test_while_pubmed_is_silent(self, library: Library, double: PubMedDouble, program: str) -> None:
        gate = double.hold(program)
        task = asyncio.create_task(pages(library.search(QUERY)))
        await gate.arrived.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await until(lambda: not others())
        assert task.cancelled()

    async def test_during_a_pause(self, path: Path, double: PubMedDouble, clock: Clock) -> None:
        """A pause is no longer than the reader wants."""
        pausing = asyncio.Event()

        async def sleep(_seconds: float) -> None:
            pausing.set()
            await asyncio.Event().wait()

        clock.sleep = sleep  # type: ignore[method-assign]  # a pause that ends only by being cancelled
        double.faults.append(Fault(pubmed.busy(), times=9))
        async with opened(path, double, clock) as library:
            task = asyncio.create_task(pages(library.search(QUERY)))
            await pausing.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert task.cancelled()
            assert not others()


class TestClosing:
    async def test_twice(self, library: Library) -> None:
        await pages(library.search(QUERY))
        await library.close()
        await library.close()

    async def test_without_having_opened(self, path: Path) -> None:
        def connect() -> None:
            raise AssertionError("the network was wanted")

        await Library(path, connect).close()  # type: ignore[arg-type]  # it is never called
        assert not path.exists()

    @pytest.mark.parametrize("program", ["esearch", "efetch", "espell", "einfo"])
    async def test_while_something_is_asked(self, path: Path, double: PubMedDouble, clock: Clock, program: str) -> None:
        gate = double.hold(program)
        async with opened(path, double, clock) as library:
            asked = library.warm() if program == "einfo" else pages(library.search(QUERY))
            task: asyncio.Task[object] = asyncio.ensure_future(asked)
            await gate.arrived.wait()
            await library.close()
            with pytest.raises(Exception, match="closing"):
                await task
            assert not others()

    async def test_what_has_arrived_is_kept(self, path: Path, double: PubMedDouble, clock: Clock) -> None:
        gate = double.gate()
        double.faults.append(Fault(pubmed.slow(gate), program="efetch"))
        async with opened(path, double, clock) as library, aclosing(library.search(QUERY)) as answers:
            async for page in answers:
                if page.rows:
                    break
            await library.close()
            with pytest.raises(Exception, match="closing"):
                [page async for page in answers]
        async with opened(path, double, clock, offline=True) as library:
            assert [kept.record.pmid for kept in await library.kept(range(1, 9))] == [8]
