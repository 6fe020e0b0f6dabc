"""Bookmarks of imports."""

from __future__ import annotations

import pytest

from tests.cache.cache_samples import kept
from tui.cache import Cache
from tui.cache.imports import Bookmark


def test_a_file_is_known_by_name_size_and_digest(cache: Cache) -> None:
    cache.imports.set_bookmark("a.xml.gz", 10, "d1", Bookmark(500, False, 50))
    cache.imports.set_bookmark("a.xml.gz", 10, "d1", Bookmark(900, True, 90))
    assert cache.imports.bookmark("a.xml.gz", 10, "d1") == Bookmark(900, True, 90)
    for other in (("b.xml.gz", 10, "d1"), ("a.xml.gz", 11, "d1"), ("a.xml.gz", 10, "d2")):
        assert cache.imports.bookmark(*other) == Bookmark(0, False, 0)


def test_a_batch_and_its_bookmark_are_kept_together_or_not_at_all(cache: Cache) -> None:
    with cache.transaction():
        cache.records.put([kept(1)])
        cache.imports.set_bookmark("a", 1, "", Bookmark(1, False, 1))
    with pytest.raises(KeyError), cache.transaction():
        cache.records.put([kept(2)])
        cache.imports.set_bookmark("a", 1, "", Bookmark(2, False, 2))
        raise KeyError
    assert cache.imports.bookmark("a", 1, "") == Bookmark(1, False, 1)
    assert cache.records.has([1, 2]) == {1}


def test_a_name_that_is_no_text(cache: Cache) -> None:
    cache.imports.set_bookmark("bad\udcff.xml", 1, "", Bookmark(1))
    assert cache.imports.bookmark("bad\udcff.xml", 1, "").offset == 1
