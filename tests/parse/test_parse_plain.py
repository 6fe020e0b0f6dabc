"""What is read by pattern is what the tree reads; what the patterns do not know is left to the tree."""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.parse.record_samples import xml_of
from tui.parse import NotPubMedXml, Parsed, parse_record, parse_records, read
from tui.parse.pubmed import article
from tui.parse.scan import scanned
from tui.parse.tree import suspect, tree_of

DATA = Path(__file__).parents[3] / "shared" / "data" / "pubmed_xml"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the recorded records are not beside this checkout")


def everything(value: object) -> Any:
    """A record with the markup of its texts, which does not count when two of them are compared."""
    if isinstance(value, tuple):
        return tuple(everything(part) for part in value)
    markup = getattr(value, "markup", None)
    return value if markup is None else (value, markup)


def by_tree(xml: bytes) -> Any:
    """The record as the tree alone gives it; None where it is refused."""
    try:
        return everything(article(tree_of(xml)))
    except NotPubMedXml:
        return None


def both_agree(xml: bytes) -> bool:
    """Whether the patterns decline, or say what the tree says."""
    found = scanned(xml)
    return found is None or everything(found) == by_tree(xml)


AUTHORS = (
    '<AuthorList CompleteYN="N" Type="authors">\n  <Author ValidYN="Y" EqualContrib="N">\n'
    "    <LastName>A &amp; B</LastName>\n    <ForeName>C</ForeName>\n    <Initials>C</Initials>\n"
    "    <Suffix>Jr</Suffix>\n"
    '    <Identifier Source="ORCID">0000-0002-1825-0097</Identifier>\n'
    + "".join(
        f"    <AffiliationInfo>\n      <Affiliation>{place} &gt;</Affiliation>\n    </AffiliationInfo>\n"
        for place in ("Here", "There", "Elsewhere", "Nowhere")
    )
    + '  </Author>\n<Author ValidYN="N"><CollectiveName>All of  us</CollectiveName></Author>\n</AuthorList>'
)
ARTICLE = {
    "ELocationID": (
        '<ELocationID EIdType="pii" ValidYN="N">S1 &amp; 2</ELocationID>\n'
        '        <ELocationID EIdType="doi" ValidYN="Y">10.1/x</ELocationID>'
    ),
    "Abstract": (
        '<Abstract>\n  <AbstractText Label="AIM" NlmCategory="OBJECTIVE">p &lt; 0.05 of H<sub>2</sub>O <b>at\n 10'
        "<sup>-6</sup></b> &amp;c.</AbstractText>\n<AbstractText>Two  words.</AbstractText>\n"
        "<CopyrightInformation>© &lt;us&gt;.</CopyrightInformation></Abstract>"
    ),
    "AuthorList": AUTHORS,
    "Language": "<Language>eng</Language>\n<Language> fre </Language>",
    "GrantList": (
        '<GrantList CompleteYN="Y">\n  <Grant><GrantID>R01 CA1</GrantID><Acronym>CA</Acronym><Agency>NCI</Agency>'
        "<Country>United States</Country></Grant>\n<Grant><Agency>A</Agency><Country/></Grant></GrantList>"
    ),
    "PublicationTypeList": (
        '<PublicationTypeList>\n<PublicationType UI="D016428">Journal Article</PublicationType>\n'
        '<PublicationType UI="">Other</PublicationType></PublicationTypeList>'
    ),
    "VernacularTitle": "<VernacularTitle>Titre <i>in vivo</i>.</VernacularTitle>",
    "ArticleDate": (
        '<ArticleDate DateType="Electronic"><Year>2007</Year><Month>09</Month>\n<Day>30</Day></ArticleDate>'
    ),
}
CITATION = {
    "MedlineJournalInfo": (
        "<MedlineJournalInfo>\n<Country>England</Country><MedlineTA>J  A</MedlineTA><NlmUniqueID>1</NlmUniqueID>"
        "<ISSNLinking>0028-0836</ISSNLinking></MedlineJournalInfo>"
    ),
    "ChemicalList": (
        '<ChemicalList>\n<Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D1">C</NameOfSubstance>'
        "</Chemical></ChemicalList>"
    ),
    "CitationSubset": "<CitationSubset>IM</CitationSubset><CitationSubset>AIM</CitationSubset>",
    "MeshHeadingList": (
        '<MeshHeadingList>\n  <MeshHeading>\n    <DescriptorName UI="D1" MajorTopicYN="N" Type="Geographic">A'
        "</DescriptorName>\n"
        '    <QualifierName UI="Q1" MajorTopicYN="Y">q &quot;r&quot;</QualifierName>\n  </MeshHeading>\n'
        '<MeshHeading><DescriptorName UI="D2" MajorTopicYN="Y">B</DescriptorName></MeshHeading></MeshHeadingList>'
    ),
    "KeywordList": (
        '<KeywordList Owner="NOTNLM">\n<Keyword MajorTopicYN="N">one  k</Keyword>\n<Keyword MajorTopicYN="Y"></Keyword>'
        "</KeywordList>"
    ),
    "CoiStatement": "<CoiStatement>None &amp; none.</CoiStatement>",
}
DATA_LISTS = {
    "History": (
        '<History>\n  <PubMedPubDate PubStatus="pmc-release">\n    <Year>2007</Year>\n    <Month>Oct</Month>\n'
        "    <Day>5</Day>\n    <Hour>9</Hour>\n    <Minute>0</Minute>\n  </PubMedPubDate>\n</History>"
    ),
    "PublicationStatus": "<PublicationStatus>ppublish</PublicationStatus>",
    "ArticleIdList": (
        '<ArticleIdList>\n<ArticleId IdType="pubmed">7</ArticleId>\n<ArticleId IdType="doi">10.1/x</ArticleId>'
        "</ArticleIdList>"
    ),
    "ReferenceList": (
        "<ReferenceList>\n  <Title>References</Title>\n  <Reference>\n    <Citation>One  [a] &amp; two.</Citation>\n"
        '    <ArticleIdList>\n      <ArticleId IdType="doi">10.1/x</ArticleId>\n'
        '      <ArticleId IdType="pubmed">9</ArticleId>\n'
        "    </ArticleIdList>\n  </Reference>\n<Reference><Citation></Citation></Reference></ReferenceList>"
    ),
}
PLACES = {"article": ARTICLE, "citation": CITATION, "data": DATA_LISTS}
LISTS = {tag: (place, xml) for place, lists in PLACES.items() for tag, xml in lists.items()}
WHOLE = xml_of(**{place: "\n".join(lists.values()) for place, lists in PLACES.items()})


def changed(tag: str, xml: str) -> bytes:
    """The whole article with this instead of one of its lists."""
    lists = {place: "\n".join((inside | {tag: xml})[each] for each in inside) for place, inside in PLACES.items()}
    return xml_of(**lists).encode()


def test_a_plain_article_is_read_without_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_tree(xml: bytes) -> None:
        raise AssertionError(xml)

    expected = by_tree(WHOLE.encode())
    monkeypatch.setattr("tui.parse.scan.tree_of", no_tree)
    assert everything(scanned(WHOLE.encode())) == expected
    without = scanned(WHOLE.encode(), references=False)
    assert without is not None
    assert everything(without) == everything(scanned(WHOLE.encode())._replace(reference_lists=()))  # type: ignore[union-attr]  # shown above
    assert everything(scanned(re.sub(r">\s+<", "><", WHOLE).encode())) is not None


@pytest.mark.parametrize("tag", LISTS)
def test_what_is_not_plain_is_left_to_the_tree(tag: str) -> None:
    xml = LISTS[tag][1]
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
        whole = changed(tag, f"{start}>{other}</{tag}>")
        assert both_agree(whole), name
    for name, other in {"twice": xml * 2, "empty": f"<{tag}/>", "not there": "", "both": f"<{tag}/>{xml}"}.items():
        whole = changed(tag, other)
        assert both_agree(whole), name


@pytest.mark.parametrize(
    "words",
    [
        "<i></i>a",
        "<i>a</b>",
        "<i>a",
        "a</i>",
        "<i>a<sub>b<sup>c</sup></sub></i>",
        "a > b <i>c</i>",
        "&quot;<i>c</i>&apos;",
        "CO<sub>&gt;2 &amp;</sub> <i> x </i>",
        "<i/>a",
        '<i class="x">a</i>',
        "<sup>®</sup>",
    ],
)
def test_markup_is_read_as_the_tree_reads_it(words: str) -> None:
    for tag in ("ArticleTitle", "VernacularTitle", "AbstractText", "CopyrightInformation"):
        whole = re.sub(f"(<{tag}[^>]*>).*?</{tag}>", rf"\1{words}</{tag}>", WHOLE, count=1, flags=re.DOTALL).encode()
        assert words.encode() in whole
        assert both_agree(whole)


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
            assert both_agree(whole)


@pytest.mark.parametrize("attributes", ["", 'Status="a b"', 'Owner="NLM" Status="MEDLINE"', 'Status="a" Status="b"'])
def test_the_attributes_of_the_citation(attributes: str) -> None:
    whole = xml_of(attributes=attributes).encode()
    assert both_agree(whole)


@pytest.mark.parametrize("text", ["]]>", "\x01", "\ufffe", "&unknown;", "&", "<"])
def test_what_xml_forbids_is_refused_inside_the_lists_too(text: str) -> None:
    values = set(re.findall(rb">([^<>]*\w)<", WHOLE.encode()))
    assert len(values) >= 40
    for value in values:
        xml = WHOLE.encode().replace(value + b"<", value + text.encode() + b"<", 1)
        assert by_tree(xml) is None, value
        assert suspect(xml) or scanned(xml) is None, value
    assert scanned(WHOLE.encode().replace(b"One", b"\xff")) is None


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
        assert both_agree(xml)


def test_the_time_is_linear_in_the_length() -> None:
    blanks = " " * 200_000
    for tag, (_, xml) in LISTS.items():
        assert both_agree(changed(tag, xml.replace(">", f">{blanks}", 3))), tag
    reference = "<Reference><Citation>C</Citation></Reference>"
    for odd in ("", "<Odd/>"):
        assert both_agree(changed("ReferenceList", f"<ReferenceList>{reference * 20_000}{odd}</ReferenceList>"))
    assert scanned(changed("VernacularTitle", f"<VernacularTitle>{'<i>' * 100_000}</VernacularTitle>")) is None


def test_many_are_read_as_one_is() -> None:
    xml = WHOLE.encode()
    expected = [everything(parse_record(xml))] * 99
    assert [everything(record) for record in parse_records([xml] * 99)] == expected
    found = read([b"<PubmedArticleSet>", *[xml] * 99, b"</PubmedArticleSet>"])
    assert [everything(one.record) for one in found if isinstance(one, Parsed)] == expected


@real
def test_real_records_are_read_alike() -> None:
    data = gzip.decompress((DATA / "composite_all_distinct_a.xml.gz").read_bytes())
    found = re.findall(rb"<PubmedArticle>.*?</PubmedArticle>", data, re.DOTALL)
    without_the_tree = 0
    for xml in random.Random(7).sample(found, 600):
        if not suspect(xml):
            assert both_agree(xml)
            without_the_tree += scanned(xml) is not None
    assert without_the_tree > 300
