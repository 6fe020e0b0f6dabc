"""What NLM has withdrawn, and what brings it back."""

from __future__ import annotations

import pytest

from tests.cache.cache_samples import kept, revised
from tui.cache import Cache
from tui.cache.entries import blocks
from tui.cache.keys import Keys


def take(cache: Cache, source: str, edition: int, year: int) -> int:
    """Import record 1 as a file has it; how many were stored."""
    made = blocks([kept(1, source=source, revised=revised(year))], Keys())
    return cache.records.put_blocks(made, seen=False, edition=edition).stored


def test_an_older_file_does_not_bring_it_back(cache: Cache) -> None:
    take(cache, "pubmed26n0001.xml.gz", 2600001, 2020)
    assert cache.records.withdraw([1, 2], "pubmed26n1300.xml.gz", 2601300, 2026) == 1
    assert take(cache, "pubmed26n0001.xml.gz", 2600001, 2020) == 0
    assert take(cache, "pubmed26n1299.xml.gz", 2601299, 2026) == 0
    assert cache.records.has([1]) == set()
    assert cache.check() == ()


def test_a_newer_file_does(cache: Cache) -> None:
    cache.records.withdraw([1], "pubmed26n1300.xml.gz", 2601300, 2026)
    assert take(cache, "pubmed26n1301.xml.gz", 2601301, 2020) == 1
    assert cache.records.has([1]) == {1}
    cache.records.delete([1])
    assert take(cache, "pubmed26n0001.xml.gz", 2600001, 2020) == 1, "and then it is withdrawn no more"


def test_so_does_the_same_file_further_on(cache: Cache) -> None:
    cache.records.withdraw([1], "pubmed26n1300.xml.gz", 2601300, 2026)
    assert take(cache, "pubmed26n1300.xml.gz", 2601300, 2020) == 1


def test_and_pubmed_itself(cache: Cache) -> None:
    cache.records.withdraw([1], "pubmed26n1300.xml.gz", 2601300, 20260101)
    assert cache.records.put([kept(1, revised=revised(2000))]).stored == 1
    assert cache.records.has([1]) == {1}


@pytest.mark.parametrize(("known", "year", "stored"), [(2020, 2019, 0), (2020, 2020, 0), (2020, 2021, 1)])
def test_among_files_of_other_names_the_later_revision_counts(cache: Cache, known: int, year: int, stored: int) -> None:
    cache.records.withdraw([1], "mine.xml", 0, known * 10000 + 101)
    assert take(cache, "other.xml", 0, year) == stored


def test_what_was_kept_counts_as_known(cache: Cache) -> None:
    take(cache, "a.xml", 0, 2020)
    cache.records.withdraw([1], "b.xml", 0, 0)
    assert take(cache, "a.xml", 0, 2020) == 0
    assert take(cache, "c.xml", 0, 2021) == 1


def test_the_latest_file_that_withdraws_it_counts(cache: Cache) -> None:
    cache.records.withdraw([1], "pubmed26n1400.xml.gz", 2601400, 20260601)
    cache.records.withdraw([1], "pubmed26n1300.xml.gz", 2601300, 20260101)
    assert take(cache, "pubmed26n1350.xml.gz", 2601350, 2026) == 0
    assert take(cache, "pubmed26n1401.xml.gz", 2601401, 2026) == 1
