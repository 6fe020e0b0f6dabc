"""Sets of records: what was read off the index is held as long as the index stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cache.cache_samples import NOW, kept
from tui.cache import Cache
from tui.cache.connection import Connection
from tui.model.dates import PartialDate
from tui.model.record import Issue


def of(pmid: int, year: str) -> Any:
    return kept(pmid, issue=Issue(date=PartialDate(year=year)))


def tally(cache: Cache, query: str = "title") -> tuple[int, dict[int, int]]:
    return cache.sets.tally(cache.search.read(query))


def test_answers_are_spread_over_years(cache: Cache) -> None:
    cache.records.put([of(1, "2007"), of(2, "2007"), of(3, "1999"), kept(4)])
    assert tally(cache) == (4, {0: 1, 1999: 1, 2007: 2})
    assert tally(cache, "1[pmid] OR 3[pmid]") == (2, {1999: 1, 2007: 1})
    assert tally(cache, "fleegle") == (0, {})
    assert tally(cache, "") == (4, {0: 1, 1999: 1, 2007: 2})


def test_what_is_written_is_counted(cache: Cache) -> None:
    cache.records.put([of(1, "2007")])
    assert tally(cache) == (1, {2007: 1})
    cache.records.put([of(2, "2008")])
    assert tally(cache) == (2, {2007: 1, 2008: 1})
    cache.records.delete([1])
    assert tally(cache) == (1, {2008: 1})


def test_what_another_copy_writes_is_counted(cache: Cache, path: Path) -> None:
    cache.records.put([of(1, "2007")])
    reader = Cache.open(path, read_only=True)
    assert tally(reader) == (1, {2007: 1})
    cache.records.put([of(1, "2007"), of(2, "2008")])
    assert tally(reader) == (2, {2007: 1, 2008: 1})
    reader.close()


def test_what_changes_no_words_has_nothing_read_again(cache: Cache, monkeypatch: Any) -> None:
    cache.records.put([of(1, "2007"), of(2, "2008")])
    answer = tally(cache)
    cache.history.note("title", asked=NOW, offline=True, total=2, newest=2)
    cache.records.mark_seen([1], NOW + 1)
    question = cache.search.read("title")
    read: list[object] = []
    stream = Connection.stream

    def counted(self: Connection, sql: str, bindings: Any = ()) -> Any:
        read.append(bindings)
        return stream(self, sql, bindings)

    monkeypatch.setattr(Connection, "stream", counted)
    assert cache.sets.tally(question) == answer
    assert len(read) == 1, "only the answer itself"


def test_counts_of_expressions(cache: Cache) -> None:
    cache.records.put([of(1, "2007"), of(2, "2008"), of(3, "2008")])
    hits = cache.sets.hits(cache.search.read("1[pmid] OR 2[pmid]"))
    years = {year: cache.search.read(f"{year}[dp]").expression for year in (2007, 2008, 2009)}
    counts = cache.sets.counts(hits, years.values())
    assert [counts[years[year]] for year in (2007, 2008, 2009)] == [1, 1, 0]
