"""Answers while somebody types: the first page at once, exact numbers behind it, and the newest key wins."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from tests.made_up import article, article_set
from tui.cache import Cache, Interrupted
from tui.library import live as live_module
from tui.library.bulk import Import
from tui.library.demo import demo_library
from tui.library.live import Live
from tui.model.record import Record
from tui.model.results import ResultPage
from tui.parse import parse_record
from tui.query import QueryError
from tui.query.narrow import narrowed, without

MICE, RATS = range(1, 31), range(31, 41)


@pytest.fixture
async def live(tmp_path: Path, path: Path) -> AsyncIterator[Live]:
    """Over thirty records about mice and ten about rats, all of 2019."""
    file = tmp_path / "records.xml"
    file.write_bytes(
        article_set(
            [
                *(article(pmid, f"Mice number {pmid} run.") for pmid in MICE),
                *(article(pmid, f"Rats number {pmid} run.") for pmid in RATS),
            ]
        )
    )
    with Import(path) as importing:
        importing.take(file)
    live = Live(path)
    yield live
    await live.close()


async def pages(
    live: Live, query: str, sort: str = "", *, limit: int = 50, unfinished: bool = False
) -> list[ResultPage]:
    async with aclosing(live.pages(query, sort, limit=limit, unfinished=unfinished)) as answers:
        return [page async for page in answers]


async def test_a_first_page_has_its_rows_its_total_and_its_years(live: Live) -> None:
    (page,) = await pages(live, "mice", limit=5)
    assert page.pmids == (30, 29, 28, 27, 26)
    assert [row.title for row in page.rows[:2]] == ["Mice number 30 run.", "Mice number 29 run."]
    assert (page.total, page.years, page.capped, page.offline, page.complete) == (30, ((2019, 30),), False, True, True)


@pytest.mark.parametrize(
    ("typed", "total"), [("mi", 30), ("ra", 10), ("mice ru", 30), ("mice ra", 0), ("mice r", 30), ("r", 40)]
)
async def test_the_last_word_may_be_unfinished(live: Live, typed: str, total: int) -> None:
    (page,) = await pages(live, typed, unfinished=True)
    assert (page.total, page.unfinished) == (total, True)
    (whole,) = await pages(live, typed)
    assert whole.total == 0


@pytest.mark.parametrize(("query", "suggestion"), [("numb", "numb*"), ("num", ""), ("fleegle", "")])
async def test_a_beginning_that_finds_nothing_alone_is_suggested_as_one(
    live: Live, query: str, suggestion: str
) -> None:
    (page,) = await pages(live, query)
    assert (page.total, page.translation.suggestion) == (0, suggestion)


async def test_an_empty_query_lists_everything(live: Live) -> None:
    (page,) = await pages(live, "")
    assert (page.total, page.years) == (40, ((2019, 40),))


async def test_more_than_are_counted_at_once_are_counted_behind(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "CAPPED", 20)
    first, tallied = await pages(live, "mice", limit=20)
    assert (first.total, first.capped, first.years, first.complete, len(first.rows)) == (20, True, (), False, 20)
    assert (tallied.total, tallied.capped, tallied.years) == (30, False, ((2019, 30),))
    assert (tallied.complete, tallied.rows, tallied.pmids) == (True, (), first.pmids)
    (few,) = await pages(live, "rats", limit=5)
    assert (few.total, few.capped) == (10, False)


async def test_a_query_that_does_not_parse_is_named(live: Live) -> None:
    with pytest.raises(QueryError) as caught:
        await pages(live, "mice AND")
    assert (caught.value.query, caught.value.column, caught.value.length) == ("mice AND", 5, 3)


async def test_a_newer_query_ends_the_one_before(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "CAPPED", 20)
    answers = live.pages("mice", limit=20)
    first = await anext(answers)
    assert first.capped
    # As many as it would take to be noticed: each begins with the end of what came before.
    newer = await asyncio.gather(*(pages(live, "rats", limit=5) for _ in range(20)), return_exceptions=True)
    assert all(isinstance(each, Interrupted) or each[-1].total == 10 for each in newer)  # type: ignore[index]
    (last,) = await pages(live, "rats", limit=5)
    assert last.total == 10
    await answers.aclose()


async def test_what_another_has_written_is_found(live: Live, path: Path, tmp_path: Path) -> None:
    assert (await pages(live, "voles"))[-1].total == 0
    file = tmp_path / "voles.xml"
    file.write_bytes(article_set([article(99, "Voles run.")]))
    with Import(path) as importing:
        importing.take(file)
    (page,) = await pages(live, "voles")
    assert (page.pmids, page.years) == ((99,), ((2019, 1),))


async def test_it_writes_nothing(live: Live, path: Path) -> None:
    await pages(live, "mice")
    cache = Cache.open(path)
    assert cache.history.all() == []
    cache.close()


class TestFacets:
    async def of(self, live: Live, query: str) -> dict[str, list[tuple[str, int]]]:
        (page,) = await pages(live, query)
        found = await live.facets(page)
        return {group.name: [(facet.text, facet.records) for facet in group.facets] for group in found.groups}

    async def test_the_values_of_a_result_are_counted(self, live: Live) -> None:
        found = await self.of(live, "mice")
        assert found["Journals"] == [("J Made Up", 30)]
        assert found["Authors"] == [("Müller AE", 30), ("Sampler S", 30)]
        assert found["Languages"] == [("English", 30)]
        assert found["Properties"] == [("with abstract", 30)]
        assert found["Funding agencies"] == []

    async def test_nothing_has_no_values(self, live: Live) -> None:
        found = await self.of(live, "fleegle")
        assert set(map(tuple, found.values())) == {()}

    async def test_of_many_records_a_sample_is_read_and_all_are_counted(
        self, live: Live, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tui.library.facets.SAMPLE", 4)
        (page,) = await pages(live, "run")
        found = await live.facets(page)
        assert (found.total, found.sample, found.years) == (40, 4, ((2019, 40),))
        assert found.groups[0].facets[0].records == 40

    async def test_a_newer_query_ends_them(self, live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
        reading, asked = threading.Event(), threading.Event()

        def held(xml: bytes) -> Record:
            reading.set()
            asked.wait()
            return parse_record(xml)

        monkeypatch.setattr("tui.parse.parse_record", held)
        (page,) = await pages(live, "run")
        counting = asyncio.create_task(live.facets(page))
        await asyncio.to_thread(reading.wait)
        finding = asyncio.create_task(pages(live, "rats"))
        await asyncio.sleep(0)
        asked.set()
        with pytest.raises(Interrupted):
            await counting
        assert (await finding)[-1].total == 10


@pytest.mark.parametrize("query", ["", "cancer", "mice OR cells", "animals[mh] NOT review[pt]"])
async def test_what_is_promised_is_what_the_narrowed_query_finds(tmp_path: Path, query: str) -> None:
    async with _demo(tmp_path) as live:
        (page,) = await pages(live, query)
        found = await live.facets(page)
        assert found.total == page.total > 3
        for facet in (facet for group in found.groups for facet in group.facets):
            (narrower,) = await pages(live, narrowed(query, facet.clause))
            assert narrower.total == facet.records, facet
            (others,) = await pages(live, without(query, facet.clause))
            assert others.total == found.total - facet.records, facet


@asynccontextmanager
async def _demo(folder: Path) -> AsyncIterator[Live]:
    """The records of the demo."""
    library = demo_library(folder)
    await library.open()
    await library.close()
    live = Live(folder / "pubmed.db")
    yield live
    await live.close()
