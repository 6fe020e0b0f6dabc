"""For the tests of formats and references: one rich record, records of hostile text, and real ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import cache

from hypothesis import strategies as st

from tests.recorded import recorded
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    ArticleDate,
    Book,
    DataBank,
    Descriptor,
    Grant,
    Identifier,
    Issue,
    Journal,
    Keyword,
    KeywordList,
    MeshHeading,
    Pagination,
    Person,
    PersonList,
    Qualifier,
    Record,
    Relation,
    Term,
)
from tui.model.results import Kept, Origin
from tui.model.text import Text

RICH = Record(
    17914389,
    title=Text("CCL5 and H\u2082O in tumours.", "<i>CCL5</i> and H<sub>2</sub>O in tumours."),
    vernacular_title="Le CCL5 et l'eau",
    journal=Journal("Nature", "Nature", "Nature", "1476-4687", "Electronic", "0028-0836", "0410462", "England"),
    issue=Issue("449", "7162", PartialDate("2007", "Oct", "4"), "Internet"),
    publication_model="Print-Electronic",
    publication_status="ppublish",
    article_dates=(ArticleDate(PartialDate("2007", "09", "26")),),
    pagination=Pagination("557-63"),
    author_lists=(
        PersonList(
            (
                Person("Karnoub", "Antoine E", "AE"),
                Person("van den Berg", "Jan-Willem", "JW", "Jr"),
                Person(collective_name="Cancer, Stroma and Bone Group"),
            )
        ),
    ),
    abstract=Abstract((AbstractSection("Cells meet.", "BACKGROUND"), AbstractSection("They move on.", "RESULTS"))),
    languages=("eng", "fre"),
    publication_types=(Term("Journal Article"), Term("Retracted Publication")),
    data_banks=(DataBank("GEO", ("GSE9001", "GSE9002")),),
    grants=(Grant("R01 CA116235-02", "CA", "NCI NIH HHS", "United States"),),
    relations=(Relation("RetractionIn", "Nature. 2010 Feb 6;463(7282):1000", 20137807),),
    mesh=(
        MeshHeading(Descriptor("Animals", "D000818")),
        MeshHeading(
            Descriptor("Breast Neoplasms", "D001943"),
            (Qualifier("genetics", "Q000235"), Qualifier("pathology", "Q000473", major=True)),
        ),
        MeshHeading(Descriptor("Stromal Cells", "D017154", major=True)),
    ),
    keyword_lists=(KeywordList((Keyword("tumour stroma"),), "NOTNLM"),),
    ids=(Identifier("pubmed", "17914389"), Identifier("doi", "10.1038/nature06188"), Identifier("pmc", "PMC7000001")),
)
RICH_XML = (
    b'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">17914389</PMID>'
    b"<Article><ArticleTitle>as it came</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
)

TRAPS = (
    *("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "\uff1d1", '"', '","', "\n", "\r\n", "\x00"),
    *(
        "# head",
        "* item",
        "1. item",
        "- ",
        "> ",
        "```",
        "~~~",
        "---",
        "===",
        "| a | b |",
        "<script>",
        "</p>",
        "<i>",
        "&lt;",
    ),
    *("&amp;", "&", "[link](http://evil.example)", "![x](y)", "](", "**", "_a_", "*a*", "\\", "`code`", "$x$", "<!--"),
    *("ER  - ", "\u2028", "\x1b[2J", "\u202e", "\ud800", "\u00a0", "e\u0301", "{value}", "None", ".", "?", "word", " "),
)
HOSTILE = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(TRAPS), max_size=4).map("".join))
MARKUP = st.sampled_from(
    ("", "<i>a</i> b", "a<sub>2</sub>", "<i>a", "<script>x</script>", "<b onclick='x'>y</b>", "&bad;")
)


def _hostile(texts: list[str], markup: str) -> Record:
    """A record that has one of `texts` in every place, so that each text comes to stand in many."""
    text = itertools.cycle(texts).__next__
    book = Book(text(), publisher=text(), edition=text(), isbns=(text(), text()), date=PartialDate(text(), text()))
    return Record(
        17914389,
        title=Text(text(), markup) if markup else text(),
        vernacular_title=text(),
        journal=Journal(text(), text(), text(), text()),
        issue=Issue(text(), text(), PartialDate(text(), text(), text(), text())),
        pagination=Pagination(text(), text(), text()),
        abstract=Abstract((AbstractSection(text(), text()), AbstractSection(text()))),
        author_lists=(PersonList((Person(text(), text(), text(), text()), Person(collective_name=text()))),),
        languages=(text(), text()),
        publication_types=(Term(text()), Term(text())),
        data_banks=(DataBank(text(), (text(), text())),),
        grants=(Grant(text(), text(), text(), text()), Grant(agency=text())),
        relations=(Relation("RetractionIn", text(), 7, note=text()),),
        mesh=(MeshHeading(Descriptor(text()), (Qualifier(text()), Qualifier(text()))), MeshHeading(Descriptor(text()))),
        keyword_lists=(KeywordList((Keyword(text()), Keyword(text()))),),
        ids=(Identifier("doi", text()), Identifier("pmc", text())),
        book=book if len(texts) % 2 else None,
    )


RECORDS = st.builds(_hostile, st.lists(HOSTILE, min_size=1, max_size=9), MARKUP)


def kept(records: Iterable[Record], xml: bytes = b"") -> Iterator[Kept]:
    """The records as a format takes them."""
    return (Kept(record, xml, Origin("PubMed", 1_790_000_000)) for record in records)


@cache
def real() -> tuple[Record, ...]:
    """All recorded records, revisions included."""
    return tuple([kept.record for kept in recorded()])
