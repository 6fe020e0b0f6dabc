"""Joining the pieces of the word index."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import apsw

from tests.cache.cache_samples import kept
from tui.cache import Cache

COUNT = 12
EACH = 300


def fill(cache: Cache) -> None:
    """Several pieces of some size."""
    for first in range(0, COUNT * EACH, EACH):
        pmids = range(first + 1, first + EACH + 1)
        cache.records.put([kept(pmid, title=f"Zebras of herd {first} number {pmid}") for pmid in pmids])


def found(path: Path, words: str) -> list[int]:
    """The records that have these words, newest first."""
    sqlite = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    rows = sqlite.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC", (words,)).fetchall()
    sqlite.close()
    return [int(str(pmid)) for (pmid,) in rows]


def test_many_pieces_become_one(cache: Cache, path: Path) -> None:
    fill(cache)
    assert cache.pieces.count() > 8
    assert len(found(path, "zebras")) == COUNT * EACH
    before = found(path, "herd 300")
    told = list(cache.pieces.join())
    assert cache.pieces.count() == 1
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert found(path, "herd 300") == before
    assert len(found(path, "zebras")) == COUNT * EACH
    assert cache.check() == ()


def test_nothing_to_join(cache: Cache, path: Path) -> None:
    assert list(cache.pieces.join()) == [1.0]
    cache.records.put([kept(1)])
    assert list(cache.pieces.join())[-1] == 1.0
    assert found(path, "title") == [1]


def test_it_may_be_left_and_others_write_meanwhile(cache: Cache, path: Path) -> None:
    fill(cache)
    other = Cache.open(path)
    for number, _ in enumerate(islice(cache.pieces.join(), 2)):
        other.records.put([kept(100_000 + number, title="Zebras again")])
    assert len(found(path, "zebras")) == COUNT * EACH + 2
    assert cache.check() == ()
    steps = 0
    for _ in cache.pieces.join():
        other.records.put([kept(200_000 + steps, title="Okapis")])
        steps += 1
        other.records.delete([steps])
    assert len(found(path, "okapis")) == steps
    assert len(found(path, "zebras")) == COUNT * EACH + 2 - steps
    assert cache.check() == ()
    other.close()
