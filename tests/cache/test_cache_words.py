"""Finding records by words."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cache.cache_samples import NOW, kept, made
from tui.cache import Cache
from tui.cache.words import expression
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    DataBank,
    Descriptor,
    Grant,
    Identifier,
    Issue,
    Keyword,
    KeywordList,
    MeshHeading,
    Person,
    PersonList,
    Qualifier,
    Term,
)

RECORDS = (
    kept(
        101,
        title="Stromal cells and tumour spread",
        abstract=Abstract((AbstractSection("Cells of the bone marrow secrete CCL5. TGF-β1 and IL-6 do not act."),)),
        author_lists=(
            PersonList((Person("Karnoub", "Antoine E", "AE"), Person("Wang", "Jing", "J"), Person("Yang", "Lei", "L"))),
        ),
        mesh=(MeshHeading(Descriptor("Breast Neoplasms"), (Qualifier("pathology"),)),),
        grants=(Grant("R01 CA116235-01A1", "CA", "NCI NIH HHS", "United States"),),
        ids=(Identifier("doi", "10.1038/nature06188"), Identifier("pmc", "PMC123456")),
        issue=Issue("449", "7162", PartialDate("2007", "Oct", "4")),
    ),
    kept(
        102,
        title="[Über die Ausbreitung von Tumoren in Zürich]",
        abstract=Abstract((AbstractSection("乳腺癌の転移 は、H₂O と関係がない。"),)),
        grants=(Grant("R01CA089393"),),
        publication_types=(Term("Review"),),
    ),
    kept(
        103,
        title="Marrow, bone and metastasis",
        abstract=Abstract((AbstractSection("Bone and marrow apart; nothing on the breast."),)),
        keyword_lists=(KeywordList((Keyword("zebrafish"),)),),
        data_banks=(DataBank("ClinicalTrials.gov", ("NCT00000123",)),),
    ),
)


@pytest.fixture
def filled(cache: Cache) -> Cache:
    cache.records.put(RECORDS)
    return cache


@pytest.mark.parametrize(
    ("text", "pmids"),
    [
        ("stromal", (101,)),
        ("STROMAL Cells", (101,)),
        ("marrow bone", (103, 101)),
        ('"bone marrow"', (101,)),
        ('"bone marrow', (101,)),
        ("uber zurich", (102,)),
        ("Über Zürich", (102,)),
        ("il-6", (101,)),
        ("TGF-beta1", (101,)),
        ("TGF-β1", (101,)),
        ("乳腺癌", (102,)),
        ("転移", (102,)),
        ("腺乳", ()),
        ("H2O", (102,)),
        ("metasta*", (103,)),
        ("metasta", ()),
        ('"bone marr*"', (101,)),
        ("R01 CA116235", (101,)),
        ("R01CA116235", (101,)),
        ("CA116235", (101,)),
        ("CA116235[gr]", (101,)),
        ("R01 CA089393", (102,)),
        ("CA89393", (102,)),
        ("101", (101,)),
        ("101 103", (103, 101)),
        ("101,103", ()),
        ("10.1038/nature06188", (101,)),
        ("PMC123456", (101,)),
        ("NCT00000123", (103,)),
        ("zebrafish[ot]", (103,)),
        ("karnoub 2007", (101,)),
        ("karnoub ae[au]", (101,)),
        ("karnoub a[au]", (101,)),
        ("Antoine Karnoub", (101,)),
        ("wang y[au]", ()),
        ('"wang yang"', ()),
        ("breast", (103, 101)),
        ("breast[mh]", (101,)),
        ("breast neoplasms/pathology[MeSH Terms]", (101,)),
        ("breast [mh]", (101,)),
        ("breast[majr:noexp]", (101,)),
        ("bone marrow[ti]", (103,)),
        ("bone marrow[tiab]", (103, 101)),
        ("stromal[la]", (101,)),
        ("[Über die", (102,)),
        ("[Über die Ausbreitung]", (102,)),
        ("review[pt]", (102,)),
        ("marrow NOT stromal", (103,)),
        ("stromal OR zebrafish", (103, 101)),
        ("stromal OR zebrafish AND bone", (103, 101)),
        ("bone AND stromal OR zebrafish", (103, 101)),
        ("stromal OR zebrafish NOT bone", ()),
        ("(stromal OR zebrafish) AND metastasis", (103,)),
        ("marrow AND", (103, 101)),
        ("marrow AND NOT stromal", (103,)),
        ("NOT marrow", (101,)),
        ("marrow and bone", (103, 101)),
        ("marrow und bone", ()),
        ("- / (", ()),
        ("nothingofthesort", ()),
    ],
)
def test_search(filled: Cache, text: str, pmids: tuple[int, ...]) -> None:
    assert filled.words.search(text, limit=10) == (pmids, len(pmids))


def test_the_last_word_may_be_unfinished(filled: Cache) -> None:
    assert filled.words.page("bone metas", limit=9, prefix_last=True) == (103,)
    assert filled.words.page("bone metas", limit=9) == ()
    assert filled.words.count("strom", prefix_last=True) == 1
    assert filled.words.page("strom ", limit=9, prefix_last=True) == ()
    assert filled.words.page('"strom"', limit=9, prefix_last=True) == ()
    assert filled.words.page("metas metas", limit=9, prefix_last=True) == ()
    assert filled.words.page("metastasis AND metas", limit=9, prefix_last=True) == (103,)


def test_a_blank_text_lists_everything_last_seen_first(cache: Cache) -> None:
    cache.records.put([kept(pmid) for pmid in (1, 2, 3, 4)], seen=False)
    cache.records.mark_seen([2], NOW)
    cache.records.mark_seen([3], NOW - 1)
    assert cache.words.search("  ", limit=9) == ((2, 3, 4, 1), 4)
    assert cache.words.page("", limit=2, offset=1) == (3, 4)


def test_orders_and_pages(cache: Cache) -> None:
    titles = {
        1: "A horse, a cow and a zebra",
        2: "Zebra and horse",
        3: "Horse",
        4: "Zebra",
        6: "A zebra, or else a horse",
    }
    cache.records.put([kept(pmid, title=title) for pmid, title in titles.items()])
    cache.records.mark_seen([6], NOW + 9)
    assert cache.words.search("zebra", limit=2) == ((6, 4), 4)
    assert cache.words.page("zebra", limit=2, offset=2) == (2, 1)
    assert cache.words.page("zebra", limit=9, order="seen") == (6, 4, 2, 1)
    assert cache.words.page("zebra", limit=9, order="relevance")[0] == 4


def test_a_title_counts_more_than_an_abstract(cache: Cache) -> None:
    told = Abstract((AbstractSection("A zebra."),))
    cache.records.put([kept(1, title="A zebra."), kept(2, title="A horse.", abstract=told)])
    cache.records.put([kept(pmid, abstract=made(1).abstract) for pmid in range(3, 20)])
    assert cache.words.page("zebra", limit=9, order="relevance") == (1, 2)


_PIECES = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "*",
        "^",
        '"',
        "(",
        ")",
        "[ti]",
        "[",
        "]",
        ":",
        "-",
        "+",
        "title:",
        "{a}",
        "a",
        "bone",
        "乳",
        "\0",
        "''",
        "\ue000",
        "\ud800",
        " ",
    ]
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text() | st.lists(_PIECES, max_size=60).map(" ".join) | st.lists(_PIECES, max_size=30).map("".join))
@example("il-2 AND")
@example("a AND (")
@example('title : x "')
@example(" ".join(["a OR b NOT c AND d"] * 100))
@example("＂")
@example("a* " * 500)
@example("x" * 100_000)
@example("NOT NOT NOT")
@example(" " * 10_000 + "a")
def test_no_text_is_an_error(filled: Cache, text: str) -> None:
    for prefix_last in (True, False):
        found = filled.words.search(text, limit=5, prefix_last=prefix_last)
        assert len(found.pmids) == min(5, found.total)


_COLUMNS = {"title", "abstract", "authors", "journal", "mesh", "grants", "keywords", "ids"}
_OURS = {*_COLUMNS, "AND", "OR", "NOT", ":", "*"}


@given(st.text())
def test_what_is_typed_is_only_ever_quoted(text: str) -> None:
    outside = " ".join(expression(text).split('"')[::2])
    assert set(re.sub("[(){}]", " ", outside).split()) <= _OURS


def test_every_word_of_a_title_finds_it(cache: Cache) -> None:
    title = "A β-catenin/TCF4 (p53-/-) study: 50% of «naïve» T-cells, O'Brien's way & more—see Kruskal–Wallis"
    cache.records.put([kept(1, title=title)])
    for word in title.split():
        if any(map(str.isalnum, word)):
            assert cache.words.page(word, limit=1) == (1,), word
