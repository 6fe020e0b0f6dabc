"""The demo: there at once, offline for good, and the seed record on top."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.library.opened import Clock, copies, pages
from tui.library import Library
from tui.library.demo import SOURCE, demo_library

SEED, COMMENTARY = 17914389, 990000001


@pytest.fixture
async def demo(tmp_path: Path, clock: Clock) -> AsyncIterator[Library]:
    library = demo_library(tmp_path, clock)
    await library.open()
    yield library
    await library.close()


async def test_everything_is_listed_the_seed_first(demo: Library) -> None:
    (page,) = await pages(demo.search(""))
    assert page.pmids[0] == SEED
    assert page.total >= 38
    assert page.offline
    assert len(page.rows) == len(page.pmids)


async def test_a_record_says_where_it_is_from(demo: Library, clock: Clock) -> None:
    (kept,) = await copies(demo.record(SEED))
    assert kept.origin == (SOURCE, clock.now)
    assert any(relation.pmid == COMMENTARY for relation in kept.record.relations)
    assert len(await copies(demo.record(COMMENTARY))) == 1


async def test_it_is_searched_by_words(demo: Library) -> None:
    for query in ("karnoub", "metastasis stromal", "CA116235", '"Chemokine CCL5"[mh]'):
        (page,) = await pages(demo.search(query))
        assert SEED in page.pmids, query


async def test_it_never_goes_online(demo: Library, clock: Clock) -> None:
    """A month later it is still offline, and what is old is not refreshed."""
    clock.days(30)
    assert demo.offline
    assert len(await copies(demo.record(SEED))) == 1
    await demo.warm()
    await demo.ahead([1])


async def test_it_lives_in_the_folder_it_was_given(tmp_path: Path, demo: Library) -> None:
    assert {each.name.partition("-")[0] for each in tmp_path.iterdir()} == {"pubmed.db"}
