"""Rendered pages."""

from __future__ import annotations

from pathlib import Path

from tests.cache.cache_samples import NOW, kept, revised
from tui.cache import Cache


def test_a_page_is_shown_while_it_is_true(cache: Cache) -> None:
    cache.pages.put(1, 80, "v1", NOW, "At 80.")
    cache.pages.put(1, 100, "v1", NOW, "At 100.")
    assert cache.pages.get(1, 80, "v1", NOW - 1) == "At 80."
    assert cache.pages.get(1, 100, "v1", NOW - 1) == "At 100."
    assert cache.pages.get(1, 80, "v1", NOW) is None
    assert cache.pages.get(1, 80, "v2", NOW - 1) is None
    assert cache.pages.get(1, 81, "v1", NOW - 1) is None
    assert cache.pages.get(2, 80, "v1", NOW - 1) is None
    cache.pages.put(1, 80, "v2", NOW + 9, "Anew.")
    assert cache.pages.get(1, 80, "v2", NOW) == "Anew."


def test_a_page_goes_when_its_record_changes(cache: Cache) -> None:
    cache.records.put([kept(1), kept(2), kept(3)])
    for pmid in (1, 2, 3):
        cache.pages.put(pmid, 80, "v1", NOW + 9, "text")
    cache.records.put([kept(1, revised=revised(2020)), kept(2, retrieved=NOW + 1), kept(3, retrieved=NOW - 1)])
    assert [cache.pages.get(pmid, 80, "v1", NOW) for pmid in (1, 2, 3)] == [None, None, "text"]


def test_the_oldest_pages_make_room(cache: Cache) -> None:
    with cache.transaction():
        for pmid in range(1, 1101):
            cache.pages.put(pmid, 80, "v1", NOW, "text")
    held = [pmid for pmid in range(1, 1101) if cache.pages.get(pmid, 80, "v1", 0.0)]
    assert held == list(range(101, 1101))


def test_a_page_that_cannot_be_written_is_no_error(path: Path) -> None:
    Cache.open(path).close()
    cache = Cache.open(path, read_only=True)
    cache.pages.put(1, 80, "v1", NOW, "text")
    assert cache.pages.get(1, 80, "v1", 0.0) is None
    cache.close()
