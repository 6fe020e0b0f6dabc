"""Searches are numbered and kept, and a search that is made again tells what is new since."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.opened import Clock, opened, pages
from tests.made_up import article, holding
from tests.pubmed_double import PubMedDouble
from tui.library import Library
from tui.model.results import ResultPage, Since

QUERY = "stromal cells"


async def last(library: Library, query: str = QUERY, sort: str = "") -> ResultPage:
    return (await pages(library.search(query, sort)))[-1]


async def test_each_query_is_numbered_once(library: Library, clock: Clock) -> None:
    for query in (QUERY, QUERY, "fleegle", f" {QUERY} "):
        await last(library, query)
        clock.days(1)
    (again, nothing) = await library.history.all()
    assert (again.number, again.query, again.total, again.offline) == (1, QUERY, 8, False)
    assert (nothing.number, nothing.query, nothing.total) == (2, "fleegle", 0)
    assert again.asked > nothing.asked


async def test_what_is_new_since_the_last_time(library: Library, double: PubMedDouble, clock: Clock) -> None:
    first = await last(library)
    assert first.since is None
    asked = clock()
    clock.days(3)
    double.add(article(12) + article(13))
    again = await last(library)
    assert again.since == Since(asked, clock(), 2, 8)
    assert [pmid for pmid in again.pmids if pmid > 8] == [13, 12]
    assert (await last(library)).since == Since(clock(), clock(), 0, 13)


async def test_offline_and_online_are_not_compared(path: Path, double: PubMedDouble, clock: Clock) -> None:
    async with opened(path, double, clock) as library:
        await last(library)
        library.offline = True
        assert (await last(library)).since is None
        assert (await last(library)).since == Since(clock(), clock(), 0, 8)


async def test_where_the_newest_were_not_all_listed_none_is_called_new(path: Path, clock: Clock) -> None:
    double = holding(range(1, 101))
    async with opened(path, double, clock) as library:
        await last(library, sort="relevance")
        since = (await last(library, sort="relevance")).since
        assert since is not None
        assert since.newest == 0


async def test_offline_the_newest_is_known_in_every_order(path: Path, clock: Clock) -> None:
    async with opened(path, holding(range(1, 101)), clock) as library:
        await pages(library.search(QUERY, limit=100))
        library.offline = True
        await last(library, sort="Author")
        since = (await last(library, sort="Author")).since
        assert since is not None
        assert since.newest == 100


async def test_a_number_stands_for_its_search(library: Library, double: PubMedDouble) -> None:
    await last(library, "stromal")
    await last(library, "#1 AND cells")
    assert double.asked("esearch")[-1]["term"] == "stromal AND cells"
    assert next(asked.query for asked in await library.history.all()) == "#1 AND cells"


async def test_typing_is_no_search(library: Library) -> None:
    await last(library)
    assert (await pages(library.typed("strom", unfinished=True)))[-1].total == 8
    assert [asked.query for asked in await library.history.all()] == [QUERY]


async def test_a_search_is_saved_under_a_name(path: Path, double: PubMedDouble, clock: Clock) -> None:
    async with opened(path, double, clock) as library:
        await last(library)
        asked = await library.history.of(QUERY)
        assert asked is not None
        await library.history.save(asked.number, "cells of the stroma")
    async with opened(path, double, clock, offline=True) as library:
        (saved,) = await library.history.saved()
        assert (saved.query, saved.saved) == (QUERY, "cells of the stroma")
        await library.history.save(saved.number, "")
        assert await library.history.saved() == []
        assert [each.query for each in await library.history.all()] == [QUERY]


@pytest.mark.parametrize("query", ["", "  "])
async def test_an_empty_query_is_not_kept(path: Path, double: PubMedDouble, clock: Clock, query: str) -> None:
    async with opened(path, double, clock, offline=True) as library:
        await last(library, query)
        assert await library.history.all() == []
