"""What is read by pattern is what the tree reads; what the patterns do not know is left to the tree."""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.parse.record_samples import record_of, xml_of
from tui.model.record import Record
from tui.parse import NotPubMedXml, parse_record
from tui.parse.plain import taken
from tui.parse.pubmed import article
from tui.parse.tree import suspect, tree_of

DATA = Path(__file__).parents[3] / "shared" / "data" / "pubmed_xml"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the recorded records are not beside this checkout")


def by_tree(xml: bytes) -> Record | None:
    """The record as the tree alone gives it; None where it is refused."""
    try:
        return article(tree_of(xml), {})
    except NotPubMedXml:
        return None


def by_pattern(xml: bytes) -> Record | None:
    try:
        return parse_record(xml)
    except NotPubMedXml:
        return None


AUTHOR = (
    '<Author ValidYN="Y" EqualContrib="N">\n  <LastName>A &amp; B</LastName>\n  <ForeName>C</ForeName>\n'
    '  <Initials>C</Initials>\n  <Suffix>Jr</Suffix>\n  <Identifier Source="ORCID">0000-0002-1825-0097</Identifier>\n'
    "  <AffiliationInfo>\n    <Affiliation>Here &gt;</Affiliation>\n  </AffiliationInfo>\n</Author>\n"
)
LISTS = {
    "AuthorList": (
        "article",
        f'<AuthorList CompleteYN="N">\n{AUTHOR}{AUTHOR}</AuthorList>',
    ),
    "MeshHeadingList": (
        "citation",
        '<MeshHeadingList>\n  <MeshHeading>\n    <DescriptorName UI="D1" MajorTopicYN="N" Type="Geographic">A'
        "</DescriptorName>\n"
        '    <QualifierName UI="Q1" MajorTopicYN="Y">q &quot;r&quot;</QualifierName>\n  </MeshHeading>\n'
        '<MeshHeading><DescriptorName UI="D2" MajorTopicYN="Y">B</DescriptorName></MeshHeading></MeshHeadingList>',
    ),
    "History": (
        "data",
        '<History>\n  <PubMedPubDate PubStatus="pmc-release">\n    <Year>2007</Year>\n    <Month>Oct</Month>\n'
        "    <Day>5</Day>\n    <Hour>9</Hour>\n    <Minute>0</Minute>\n  </PubMedPubDate>\n</History>",
    ),
    "ReferenceList": (
        "data",
        "<ReferenceList>\n  <Title>References</Title>\n  <Reference>\n    <Citation>One  [a] &amp; two.</Citation>\n"
        '    <ArticleIdList>\n      <ArticleId IdType="doi">10.1/x</ArticleId>\n'
        '      <ArticleId IdType="pubmed">9</ArticleId>\n'
        "    </ArticleIdList>\n  </Reference>\n<Reference><Citation/></Reference></ReferenceList>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tag", LISTS)
def test_a_plain_list_is_taken_and_put_back(tag: str) -> None:
    place, xml = LISTS[tag]
    whole = xml_of(**{place: xml.replace("<Citation/>", "<Citation></Citation>")}).encode()
    rest, lists = taken(whole)
    assert list(lists) == [tag]
    assert len(rest) < len(whole) - 100
    assert parse_record(whole) == by_tree(whole)


@pytest.mark.parametrize("tag", LISTS)
def test_lists_that_are_not_plain_are_left_to_the_tree(tag: str) -> None:
    place, xml = LISTS[tag]
    inside = xml.partition(">")[2].rpartition("<")[0]
    odd = {
        "a comment": inside + f"<!-- </{tag}> -->",
        "an element": f"{inside}<New>n</New>",
        "words": inside + "stray",
        "markup": re.sub(r">(\w[^<>]*)<", r"><i>\1</i><", inside, count=1),
        "a section": re.sub(r">(\w[^<>]*)<", r"><![CDATA[\1]]><", inside, count=1),
        "an entity": re.sub(r">(\w[^<>]*)<", r">&#945;\1<", inside, count=1),
        "less": re.sub(r">(\w[^<>]*)<", r">&lt;\1<", inside, count=1),
        "itself": f"{inside}<{tag}>{inside}</{tag}>",
        "carriage returns": inside.replace("\n", "\r\n"),
        "tabs": inside.replace("\n", "\n\t"),
        "nothing": "",
    }
    start = xml.partition(">")[0]
    for name, other in odd.items():
        whole = xml_of(**{place: f"{start}>{other}</{tag}>"}).encode()
        assert by_pattern(whole) == by_tree(whole), name


ELSEWHERE = [
    "<!-- <History> -->",
    "<?x <History> ?>",
    "<CoiStatement><![CDATA[<History>]]></CoiStatement>",
    "<CoiStatement>See <History></CoiStatement>",
    "<NewThing><History></NewThing>",
]


@pytest.mark.parametrize("before", ELSEWHERE)
def test_a_list_is_not_found_where_there_is_none(before: str) -> None:
    history = LISTS["History"][1]
    for citation in (before, before.replace("<History>", history)):
        for data in (history, ""):
            whole = xml_of(citation=citation, data=data).encode()
            assert by_pattern(whole) == by_tree(whole)


def test_two_lists_follow_each_other() -> None:
    history, empty = LISTS["History"][1], "<History></History>"
    for data in (history + history, history + empty, empty + history, "<History/>" + history):
        whole = xml_of(data=data).encode()
        assert by_pattern(whole) == by_tree(whole), data


@pytest.mark.parametrize("text", ["]]>", "\x01", "\ufffe", "&unknown;", "&", "<"])
def test_what_xml_forbids_is_refused_inside_the_lists_too(text: str) -> None:
    for place, xml in LISTS.values():
        whole = xml_of(**{place: xml}).encode()
        for value in re.findall(rb">(\w[^<>]*)<", xml.encode()):
            assert by_pattern(whole.replace(value, value + text.encode(), 1)) is None, (value, xml)
    assert by_pattern(xml_of(data=LISTS["ReferenceList"][1]).encode().replace(b"One", b"\xff")) is None


WHOLE = xml_of(
    article=LISTS["AuthorList"][1],
    citation=LISTS["MeshHeadingList"][1],
    data=LISTS["History"][1] + LISTS["ReferenceList"][1],
)
PIECES = re.findall(r"<[^>]*>|[^<]+", WHOLE)
STRANGE = ["", " ", "\n\n", "x", "&amp;", "&lt;", "]]>", "<i>", "</i>", "<!--", "-->", '"', ">", "é", "\u0301"]
NEW = st.sampled_from([*STRANGE, *PIECES])


@given(st.lists(st.tuples(st.integers(0, len(PIECES) - 1), NEW), min_size=1, max_size=3))
@example([(0, "")])
def test_whatever_is_changed_both_ways_agree(changes: list[tuple[int, str]]) -> None:
    pieces = list(PIECES)
    for at, new in changes:
        pieces[at] = new
    xml = "".join(pieces).encode()
    if not suspect(xml):
        assert by_pattern(xml) == by_tree(xml)


def test_the_time_is_linear_in_the_length() -> None:
    blanks = " " * 200_000
    for tag, (place, xml) in LISTS.items():
        assert by_pattern(xml_of(**{place: xml.replace(">", f">{blanks}", 3)}).encode()) is not None, tag
    reference = "<Reference><Citation>C</Citation></Reference>"
    many = record_of(data=f"<ReferenceList>{reference * 20_000}<Odd/></ReferenceList>")
    assert len(many.reference_lists[0].references) == 20_000


@real
def test_real_records_are_read_alike() -> None:
    data = gzip.decompress((DATA / "composite_all_distinct_a.xml.gz").read_bytes())
    found = re.findall(rb"<PubmedArticle>.*?</PubmedArticle>", data, re.DOTALL)
    for xml in random.Random(7).sample(found, 600):
        if not suspect(xml):
            assert parse_record(xml) == by_tree(xml)
