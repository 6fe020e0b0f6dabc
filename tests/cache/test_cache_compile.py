"""The expression for FTS5: its limits, and that no query can become one by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cache.cache_samples import made
from tests.query.trees import between, both, combined, either, leaves, on, phrase, term, without
from tui.cache import Cache
from tui.cache.compile import EVERYTHING, NOTHING, Vocabulary, expression
from tui.model.dates import PartialDate
from tui.model.mesh import MeshDescriptor
from tui.model.record import ArticleDate, Descriptor, Issue, MeshHeading, Qualifier
from tui.model.results import Kept, Origin
from tui.query import QueryError, errors, parse
from tui.query.tree import Combination, Node, Past, Pmids
from tui.query.tree import leaves as leaves_of

TODAY = date(2024, 6, 15)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    """Three records, of which the second is about a part of what the third is about."""
    indexed = {2: ("Breast Neoplasms", "drug therapy"), 3: ("Neoplasms", "metabolism")}
    records = [
        made(number, mesh=tuple(MeshHeading(Descriptor(name), (Qualifier(sub),)) for name, sub in held))
        for number, held in ((1, ()), *((number, (held,)) for number, held in indexed.items()))
    ]
    with closing(Cache.open(tmp_path_factory.mktemp("compile") / "pubmed.db")) as cache:
        cache.mesh.load(
            [MeshDescriptor("D1", "Neoplasms", ("C04",)), MeshDescriptor("D2", "Breast Neoplasms", ("C04.5",))], "x"
        )
        cache.records.put(Kept(record, b"<PubmedArticle/>", Origin("here", 0.0)) for record in records)
        yield cache


def found(cache: Cache, query: str) -> set[int]:
    return set(cache.search.hits(cache.search.read(query, today=TODAY)))


def compiled(node: Node) -> str:
    return expression(node, today=TODAY)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (phrase("IL-6 cells", "ti"), 'title : "il 6 cells"'),
        (phrase("metasta*", "tiab"), '{title abstract keywords} : "metasta" *'),
        (phrase("β-Catenin", "all"), '- keys : "beta catenin"'),
        (phrase("smith j", "au"), 'keys : ("au_smith_j" OR "auf_smith_j" OR "auf_j_smith")'),
        (term("smith", "au"), 'keys : ("al_smith")'),
        (term("nature", "ta"), 'keys : ("ta_nature")'),
        (Pmids((3, 1)), 'keys : ("pm_3" OR "pm_1")'),
        (on("edat", 2007, 10), 'keys : ("edat200710")'),
        (on("dp", 2007), '(keys : ("dp2007") NOT keys : ("latedp2007"))'),
        (between("dp", (2007, 11), (2009,)), 'keys : ("dp200711" OR "dp200712" OR "dp2008" OR "dp2009")'),
        (
            between("dp", (2098,), (3000,)),
            'keys : ("dp2098" OR "dp2099" OR '
            + " OR ".join(f'"dp{century}" *' for century in range(21, 30))
            + ' OR "dp3000")',
        ),
        (term("all", "sb"), EVERYTHING),
        (phrase("anything", "dso"), NOTHING),
        (term("anything", "aucl"), NOTHING),
        (
            without(
                both(phrase("a", "ti"), either(phrase("b", "ti"), phrase("c", "ti"))),
                phrase("d", "ti"),
                phrase("e", "ti"),
            ),
            '(title : "a" AND (title : "b" OR title : "c")) NOT (title : "d" OR title : "e")',
        ),
    ],
)
def test_compiled(node: Node, expected: str) -> None:
    assert compiled(node) == expected


def test_a_span_is_few_keys_however_long_it_is() -> None:
    assert compiled(between("dp", (1,), (9999,))).count('"') // 2 < 700
    assert compiled(between("dp", (2019,), (3000,))).count('"') // 2 < 110
    parts = re.findall(r'"dp(\d+)"( \*)?', compiled(between("dp", (1499, 12, 31), (2101, 1, 1))))
    assert [part for part, star in parts if star] == []
    assert [part for part, _ in (parts[0], parts[1], parts[-2], parts[-1])] == ["14991231", "1500", "2100", "21010101"]


def test_a_heading_with_all_that_is_narrower_is_one_key_where_records_have_it() -> None:
    indexed = Vocabulary(lambda _: "Neoplasms", lambda _: ("Neoplasms", "Breast Neoplasms"), indexed=True)
    assert expression(term("cancer", "mh"), indexed) == 'keys : ("mx_neoplasms")'
    assert expression(term("cancer", "majr"), indexed) == 'keys : ("mk_neoplasms")'
    assert expression(term("cancer", "mh"), indexed._replace(indexed=False)) == (
        'keys : ("mh_neoplasms" OR "mh_breast_neoplasms")'
    )


def test_a_filter_that_records_tell_is_no_heading_of_the_same_name() -> None:
    known = Vocabulary(lambda text: text.title(), lambda name: (name,))
    assert expression(term("medline", "sb"), known) == 'keys : ("sb_medline")'
    assert expression(term("english", "sb"), known) == 'keys : ("la_eng")'
    assert expression(term("humans", "sb"), known) == (
        '(keys : ("sb_humans") OR keys : ("pt_humans") OR keys : ("mh_humans"))'
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("neoplasms[mh]", {2, 3}),
        ("neoplasms[mh:noexp]", {3}),
        ("neoplasms/therapy[mh]", {2}),
        ("neoplasms/therapy[mh:noexp]", set()),
        ("neoplasms/physiology[mh]", {3}),
        ("neoplasms/drug therapy[mh]", {2}),
        ("therapy[sh]", {2}),
    ],
)
def test_headings_and_subheadings_hold_what_is_narrower(cache: Cache, query: str, expected: set[int]) -> None:
    assert found(cache, query) == expected


def test_an_electronic_date_after_the_printed_one_is_found_by_ranges_alone(cache: Cache) -> None:
    """The User Guide, "Publication Date": "except when range searching"."""
    early, late = PartialDate("2006", "12", "20"), PartialDate("2007", "06", "01")
    printed = Issue(date=PartialDate("2007", "Feb"))
    for number, electronic in ((11, early), (12, late)):
        dated = made(
            number, issue=printed, article_dates=(ArticleDate(electronic),), publication_model="Print-Electronic"
        )
        cache.records.put([Kept(dated, b"<PubmedArticle/>", Origin("here", 0.0))])
    assert found(cache, "2007/02[dp]") == {11, 12}
    assert found(cache, "2006[dp]") == found(cache, "2006/12/20[dp]") == {11}
    assert found(cache, "2007/06[dp]") == found(cache, "2007/06/01[dp]") == set()
    assert found(cache, "2007[dp]") == {11, 12}
    assert found(cache, "2007/06:2007/06[dp]") == found(cache, "2007/06/01[epdat]") == {12}
    assert found(cache, '"last 18 years"[dp]') == {11, 12}


@pytest.mark.parametrize(
    "text",
    [
        'x keys : "all"',
        "keys:all",
        "title : cells^2 NEAR(a b)",
        "- keys all",
        "x'; DROP TABLE words; --",
        "{title} + ^cells",
        "\ue000 cells",
        "\ue001",
        "cells\0 OR cells",
        "\ud800cells \udfff",
        "pm_1",
        "au_sampler_sq",
    ],
)
def test_text_stays_text(cache: Cache, text: str) -> None:
    """None of the records has such words."""
    try:
        assert found(cache, text) == set()
        assert found(cache, f"zebra OR nothing{text}[ti]") == set()
    except QueryError as error:
        assert 0 <= error.column <= len(text) + 16


SYNTAX = st.sampled_from(
    [*"ab1*\":#()[]~/ ,&|-^+{}\\';%", "AND", " OR ", "NOT ", "[ti]", "[dp]", "[mh]", "2007", "NEAR(", "all"]
)


@given(st.lists(SYNTAX, max_size=14).map("".join) | st.text(max_size=40))
def test_any_text_is_answered_or_refused_as_a_query(cache: Cache, text: str) -> None:
    for unfinished in (False, True):
        try:
            question = cache.search.read(text, unfinished=unfinished, today=TODAY)
        except QueryError:
            continue
        hits = set(cache.search.hits(question))
        assert cache.search.count(question) == len(hits)
        assert set(cache.search.page(question, limit=99)) == hits
        cache.search.page(question, limit=9, order="relevance")


@given(combined(leaves().filter(lambda leaf: not isinstance(leaf, Past))))
def test_any_tree_with_fields_is_compiled_to_what_fts5_reads(cache: Cache, node: Node) -> None:
    if all(getattr(leaf, "field", "") is not None for leaf in leaves_of(node)):
        question = cache.search.read("x")._replace(node=node, expression=compiled(node))
        assert cache.search.count(question) >= 0


def nested(depth: int) -> Node:
    node: Node = phrase("a", "ti")
    for level in range(depth):
        node = both(node, phrase("b", "ti")) if level % 2 else either(node, phrase("b", "ti"))
    return node


def test_what_is_too_deep_for_fts5_is_refused(cache: Cache) -> None:
    question = cache.search.read("x")
    for depth in (40, 80, 89):
        assert cache.search.count(question._replace(node=nested(depth), expression=compiled(nested(depth)))) == 0
    for depth in (100, 300):
        with pytest.raises(errors.TooDeep):
            compiled(nested(depth))


def test_the_deepest_text_that_is_read_is_answered(cache: Cache) -> None:
    deepest = "(" * 49 + "neoplasms drug therapy[mh] NOT 2007[dp]" + " OR zebra) AND (cells OR x)" * 24 + ")" * 25
    for text in (deepest, "(" * 50 + "cancer" + ")" * 50, " ".join(["a1 AND b1 OR"] * 24) + " c1"):
        try:
            assert cache.search.count(cache.search.read(text)) >= 0
        except errors.TooDeep as error:
            assert error.hint == "Divide it."


def test_a_history_that_stands_on_itself_again_and_again_is_refused_or_answered(cache: Cache) -> None:
    for number in range(60):
        query = "tell[tiab]" if not number else f"(#{number} OR nothing[ti]) AND briefly[tiab]"
        cache.history.note(query, asked=float(number), offline=True, total=1, newest=1)
    assert found(cache, "#20") == found(cache, "tell briefly")
    with pytest.raises(errors.TooDeep):
        cache.search.read("#60")


@pytest.mark.parametrize(
    "text",
    [
        " ".join(str(number) for number in range(1, 5000)),
        " OR ".join(f"{number}[pmid]" for number in range(1, 3000)),
        " OR ".join(f'"phrase {number}"[tiab]' for number in range(1500)),
        "tell nothing briefly " * 480,
        "tell " * 2000 + "[tiab]",
        '"' + "tell " * 2000 + '"[fau]',
        "a" * 10_000,
        "乳" * 5000,
        "-" * 5000 + "x" + "/" * 4000,
    ],
    ids=[
        "PMIDs",
        "tagged PMIDs",
        "phrases",
        "words",
        "tagged words",
        "a name",
        "one word",
        "characters",
        "punctuation",
    ],
)
def test_long_queries(cache: Cache, text: str) -> None:
    question = cache.search.read(text)
    assert cache.search.count(question) >= 0
    assert len(question.expression) < 60 * len(text)


def test_a_heading_with_thousands_below(tmp_path_factory: pytest.TempPathFactory) -> None:
    below = [MeshDescriptor(f"D{number}", f"Heading {number}", (f"C01.{number}",)) for number in range(2, 5000)]
    heading = MeshHeading(Descriptor("Heading 4000"), (Qualifier("drug therapy"),))
    with closing(Cache.open(tmp_path_factory.mktemp("large") / "pubmed.db")) as cache:
        cache.mesh.load([MeshDescriptor("D1", "Everything", ("C01",)), *below], "x")
        cache.records.put([Kept(made(1, mesh=(heading,)), b"<PubmedArticle/>", Origin("here", 0.0))])
        for query in ("everything[mh]", "everything/therapy[mh]", "everything", "everything/dt OR zebra"):
            assert found(cache, query) == {1}, query
        assert found(cache, "everything/surgery[mh]") == set()


def test_what_is_not_mapped_cannot_be_compiled() -> None:
    with pytest.raises(ValueError, match="is not mapped"):
        compiled(term("word"))


@pytest.mark.parametrize("text", ["a", "the of", "what is it"])
def test_words_that_are_left_out_find_nothing(cache: Cache, text: str) -> None:
    question = cache.search.read(text)
    assert parse(text) is not None
    assert (question.node, cache.search.count(question), cache.search.page(question, limit=5)) == (None, 0, ())
    assert question.translation.ignored == tuple(text.split())


def test_parts_of_a_combination_that_find_nothing_leave_the_others(cache: Cache) -> None:
    assert found(cache, "zebra OR briefly") == found(cache, "briefly")
    assert found(cache, "zebra AND briefly") == set()
    assert found(cache, "briefly NOT zebra") == found(cache, "briefly")
    assert isinstance(cache.search.read("zebra OR briefly").node, Combination)
