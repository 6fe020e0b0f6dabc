"""Kept answers."""

from __future__ import annotations

from tests.cache.cache_samples import NOW
from tui.cache import Cache
from tui.cache.searches import KeptSearch
from tui.model.results import Translation

TOLD = Translation('"zebras"[All Fields]', ("zeebra",), ("the", "of"), "zebra")


def test_an_answer_comes_back_as_it_was(cache: Cache) -> None:
    cache.searches.put("zebra", "date", pmids=range(9999, 0, -1), total=36_935, translation=TOLD, asked=NOW)
    expected = KeptSearch("zebra", "date", tuple(range(9999, 0, -1)), 36_935, TOLD, NOW)
    assert cache.searches.get("zebra", "date") == expected
    assert cache.searches.get("zebra", "relevance") is None
    assert cache.searches.get("zebr", "date") is None


def test_a_newer_answer_replaces_the_older_one(cache: Cache) -> None:
    for pmids in ([1, 2], [], [3]):
        cache.searches.put("zebra", "date", pmids=pmids, total=len(pmids), translation=Translation(), asked=NOW)
        answer = cache.searches.get("zebra", "date")
        assert answer is not None
        assert (answer.pmids, answer.total) == (tuple(pmids), len(pmids))


def test_the_last_answer(cache: Cache) -> None:
    assert cache.searches.last() is None
    for query, asked in (("a", NOW), ("b", NOW + 2), ("c", NOW + 1)):
        cache.searches.put(query, "date", pmids=[1], total=1, translation=TOLD, asked=asked)
    last = cache.searches.last()
    assert last is not None
    assert last.query == "b"


def test_the_oldest_answers_make_room(cache: Cache) -> None:
    with cache.transaction():
        for number in range(310):
            cache.searches.put(f"q{number}", "date", pmids=[], total=0, translation=TOLD, asked=NOW + number)
    held = [number for number in range(310) if cache.searches.get(f"q{number}", "date")]
    assert held == list(range(10, 310))


def test_a_query_of_any_characters(cache: Cache) -> None:
    for query in ("'; DROP TABLE search; --", "\ud800", "乳 \0 癌", ""):
        cache.searches.put(query, "date", pmids=[7], total=1, translation=TOLD, asked=NOW)
        answer = cache.searches.get(query, "date")
        assert answer is not None
        assert answer.pmids == (7,)
