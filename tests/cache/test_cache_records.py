"""Keeping records and giving them back."""

from __future__ import annotations

import gzip
import re
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cache.cache_samples import NOW, article, kept, revised
from tests.cache.cache_search import answers
from tui.cache import Cache
from tui.cache.records import PutResult
from tui.cache.upgrades import LADDER
from tui.model.record import Book, Issue, Journal, Person, PersonList, Relation, Term
from tui.model.results import Origin, Row
from tui.model.text import Text

DATA = Path(__file__).parents[3] / "shared" / "data" / "pubmed_xml" / "composite_all_distinct_a.xml.gz"


def test_xml_comes_back_to_the_byte(cache: Cache) -> None:
    xml = "<PubmedArticle>\r\n\t<X a='1'>α 乳 &amp;\u00a0</X>\n\n</PubmedArticle>".encode()
    cache.records.put([kept(1, xml=xml, source="somewhere")])
    stored = cache.records.get(1)
    assert stored is not None
    assert stored.xml == xml
    assert stored.origin == Origin("somewhere", NOW)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1))
def test_any_bytes_come_back(cache: Cache, xml: bytes) -> None:
    cache.records.put([kept(1, xml=xml, retrieved=NOW)])
    stored = cache.records.get(1)
    assert stored is not None
    assert stored.xml == xml


@pytest.mark.skipif(not DATA.exists(), reason="the real records are not beside the repository")
def test_real_records_come_back_to_the_byte_from_a_third_of_the_room(cache: Cache, path: Path) -> None:
    articles = re.findall(rb"<PubmedArticle>.*?</PubmedArticle>", gzip.decompress(DATA.read_bytes()), re.DOTALL)
    assert len(articles) > 2000
    cache.records.put([kept(number, xml=xml) for number, xml in enumerate(articles, 1)])
    assert [stored.xml for _, stored in cache.records.iter_xml(range(1, len(articles) + 1))] == articles
    cache.close()
    assert path.stat().st_size < sum(map(len, articles)) / 3


def test_what_is_not_kept_is_not_there(cache: Cache) -> None:
    cache.records.put([kept(1)])
    assert cache.records.get(2) is None
    assert set(cache.records.get_many([1, 2, 10**30, -1, 0])) == {1}
    assert cache.records.has([1, 2, 10**30]) == {1}
    assert cache.records.rows([2]) == {}
    assert cache.records.retrieved([1, 2]) == {1: NOW}


def test_row_of_an_article(cache: Cache) -> None:
    cache.records.put([kept(7, title=Text("On H₂O", "On H<sub>2</sub>O"), issue=Issue(date=revised(2007)))])
    assert cache.records.rows([7]) == {7: Row(7, 2007, "J Sampl", "Sampler SQ", True, "On H₂O", False, False)}


def test_row_of_a_book_and_of_a_bare_record(cache: Cache) -> None:
    cache.records.put(
        [
            kept(7, journal=Journal(), book=Book(title="A Book")),
            kept(8, journal=Journal(), author_lists=(), title=""),
        ]
    )
    rows = cache.records.rows([7, 8])
    assert rows[7].journal == "A Book"
    assert rows[8] == Row(8, 0, "", "", False, "", False, False)


def test_row_tells_of_a_single_author_who_is_not_alone(cache: Cache) -> None:
    one = PersonList((Person("Sampler", initials="SQ"),))
    cache.records.put([kept(1, author_lists=(one,)), kept(2, author_lists=(one._replace(complete=False),))])
    rows = cache.records.rows([1, 2])
    assert (rows[1].more_authors, rows[2].more_authors) == (False, True)


def test_row_tells_of_retraction_and_concern(cache: Cache) -> None:
    cache.records.put(
        [
            kept(1, publication_types=(Term("Retracted Publication"),)),
            kept(2, relations=(Relation("ExpressionOfConcernIn", "J Sampl"),)),
        ]
    )
    rows = cache.records.rows([1, 2])
    assert (rows[1].retracted, rows[1].concern, rows[2].retracted, rows[2].concern) == (True, False, False, True)


VERSIONS = {
    "version 2": kept(1, xml=b"version 2", version="2", revised=revised(2000)),
    "revised last": kept(1, xml=b"revised last", revised=revised(2020, 5), retrieved=NOW - 9),
    "retrieved last": kept(1, xml=b"retrieved last", revised=revised(2020, 4), retrieved=NOW + 9),
    "same revision": kept(1, xml=b"same revision", revised=revised(2020, 4)),
    "not revised": kept(1, xml=b"not revised", retrieved=NOW + 99),
}


@pytest.mark.parametrize("names", tuple(permutations(VERSIONS, 3)), ids=str)
def test_the_newest_copy_stays_whatever_comes_first(cache: Cache, names: tuple[str, ...]) -> None:
    newest = next(name for name in VERSIONS if name in names)
    for name in names:
        cache.records.put([VERSIONS[name]])
    stored = cache.records.get(1)
    assert stored is not None
    assert stored.xml == newest.encode()
    assert cache.records.put([VERSIONS[name] for name in names]).older == 3 - 1
    assert cache.records.get(1) == stored


def test_put_tells_what_became_of_each(cache: Cache) -> None:
    assert cache.records.put([kept(1), kept(2, revised=revised(2020))]) == PutResult(2, 0, 0)
    again = [kept(1, retrieved=NOW + 5, source="again"), kept(2, revised=revised(2019)), kept(3)]
    assert cache.records.put(again) == PutResult(stored=1, unchanged=1, older=1)
    fresher = cache.records.get(1)
    assert fresher is not None
    assert fresher.origin == Origin("again", NOW + 5)


def test_the_last_of_two_in_one_batch_wins(cache: Cache) -> None:
    assert cache.records.put([kept(1, xml=b"first"), kept(1, xml=b"second")]) == PutResult(1, 0, 1)
    stored = cache.records.get(1)
    assert stored is not None
    assert stored.xml == b"second"


def test_a_replaced_record_is_found_by_its_new_words_only(cache: Cache) -> None:
    cache.records.put([kept(1, title="Zebras")])
    cache.records.put([kept(1, title="Okapis", revised=revised(2020))])
    assert answers(cache, "zebras", limit=9) == ()
    assert answers(cache, "okapis", limit=9) == (1,)
    assert cache.records.rows([1])[1].title == "Okapis"


def test_a_batch_is_kept_whole_or_not_at_all(cache: Cache) -> None:
    unkeepable = kept(2, title="\ud800")
    with pytest.raises(UnicodeEncodeError):
        cache.records.put([kept(1), unkeepable])
    assert cache.records.info().records == 0
    assert cache.check() == ()


def test_seen_is_the_last_time_it_was_shown(cache: Cache) -> None:
    cache.records.put([kept(1)], seen=False)
    cache.records.put([kept(2)])
    cache.records.mark_seen([1, 99], NOW + 5)
    cache.records.mark_seen([1], NOW + 2)
    assert {pmid: stored.seen for pmid, stored in cache.records.get_many([1, 2]).items()} == {1: NOW + 5, 2: NOW}
    cache.records.put([kept(1, retrieved=NOW + 7)], seen=False)
    assert cache.records.get_many([1])[1].seen == NOW + 5


def test_orders(cache: Cache) -> None:
    cache.records.put([kept(pmid) for pmid in (3, 9, 4, 6)], seen=False)
    cache.records.mark_seen([4], NOW)
    cache.records.mark_seen([3], NOW + 1)
    assert list(cache.records.pmids("pmid")) == [3, 4, 6, 9]
    assert list(cache.records.pmids("newest")) == [9, 6, 4, 3]
    assert list(cache.records.pmids("seen")) == list(cache.records.pmids()) == [3, 4, 9, 6]


def test_xml_is_streamed_in_the_order_asked(cache: Cache) -> None:
    cache.records.put([kept(pmid) for pmid in range(1, 251)])
    asked = [*range(250, 0, -1), 999, 7]
    streamed = list(cache.records.iter_xml(iter(asked)))
    assert [pmid for pmid, _ in streamed] == [pmid for pmid in asked if pmid != 999]
    assert all(stored.xml == article(pmid) for pmid, stored in streamed)


def test_deleted_records_leave_nothing(cache: Cache) -> None:
    cache.records.put([kept(1, title="Zebras"), kept(2)])
    cache.pages.put(1, 80, "v1", NOW, "text")
    assert cache.records.delete([1, 99]) == 1
    assert list(cache.records.pmids()) == [2]
    assert cache.records.get(1) is None
    assert answers(cache, "zebras", limit=9) == ()
    assert cache.pages.get(1, 80, "v1", NOW - 1) is None
    assert cache.check() == ()


def test_missing_until_it_is_there(cache: Cache) -> None:
    cache.records.note_missing([5, 6], NOW)
    cache.records.note_missing([6], NOW + 1)
    assert cache.records.missing([5, 6, 7]) == {5: NOW, 6: NOW + 1}
    cache.records.put([kept(5)])
    assert cache.records.missing([5, 6]) == {6: NOW + 1}


def test_info(cache: Cache, path: Path) -> None:
    empty = cache.records.info()
    assert (empty.records, empty.oldest, empty.newest) == (0, 0.0, 0.0)
    cache.records.put([kept(1, retrieved=NOW - 5), kept(2)])
    info = cache.records.info()
    assert (info.records, info.oldest, info.newest, info.schema, info.path) == (2, NOW - 5, NOW, len(LADDER) + 1, path)
    assert info.bytes >= path.stat().st_size > 0


def test_file_names_that_are_no_text_can_be_an_origin(cache: Cache) -> None:
    cache.records.put([kept(1, source="bad\udcff.xml")])
    stored = cache.records.get(1)
    assert stored is not None
    assert stored.origin.source == "bad?.xml"
