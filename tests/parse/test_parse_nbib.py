"""MEDLINE/nbib: what PubMed writes is read, nothing of it is lost, and what is no such file is said to be none."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.export import nbib as writer
from tui.model.clean import clean, one_line
from tui.model.dates import PartialDate
from tui.model.problem import Problem
from tui.model.record import (
    Abstract,
    AbstractSection,
    Affiliation,
    ArticleDate,
    DataBank,
    Descriptor,
    ELocation,
    Grant,
    HistoryDate,
    Identifier,
    Issue,
    Journal,
    Keyword,
    KeywordList,
    MeshHeading,
    Node,
    Note,
    Pagination,
    Person,
    PersonList,
    Qualifier,
    Record,
    Relation,
    Substance,
    Term,
)
from tui.model.results import Kept, Origin
from tui.parse import Parsed, nbib
from tui.parse import read as read_xml

DATA = Path(__file__).parents[3] / "shared" / "data"
NBIB = DATA / "export_pairs" / "nbib"
here = pytest.mark.skipif(not NBIB.is_dir(), reason="PubMed's own files are not here")

FILE = """\

PMID- 17914389
OWN - NLM
STAT- MEDLINE
DA  - 20071004
DCOM- 20071029
LR  - 20220331
IS  - 1476-4687 (Electronic)
IS  - 1476-4679 (Print)
IS  - 0028-0836 (Linking)
VI  - 449
IP  - 7162
DP  - 2007 Oct 4
TI  - Mesenchymal stem cells within tumour stroma promote breast cancer metastasis,
      and more.
PG  - 557-63
LID - 10.1038/nature06188 [doi]
LID - e12
AB  - BACKGROUND: Cells meet. Then, METHODS: none. RESULTS: They move on. CONCLUSION:
      They do.
CI  - (c) Us.
AD  - Whitehead Institute.
FAU - Karnoub, Antoine E
AU  - Karnoub AE
FAU - Weinberg, Robert A Jr
AU  - Weinberg RA Jr
AUID- ORCID: 0000-0002-1825-0097
AD  - Here.
AD  - There.
CN  - Cancer Stroma Group
FAU - Tietche
AU  - Tietche
AU  - et al.
LA  - eng
SI  - GEO/GSE1
SI  - GEO/GSE2
SI  - OMIM
GR  - BB/E010652/1/BB_/Research Council/United Kingdom
GR  - Wellcome Trust/
GR  - 109071-57/amfAR/
PT  - Journal Article
TT  - Ein Titel.
DEP - 20070926
PL  - England
TA  - Nature
JT  - Nature
JID - 0410462
RN  - 0 (Chemokine (CCL5))
RN  - EC 3.6.3.14 (ATPases)
RN  - IFL protocol
SB  - IM
CIN - Nat Med. 2007 Nov;13(11):1289-91. PMID: 17987019
ROF - Nature. 2008;1:2
MH  - Breast Neoplasms/genetics/*pathology
MH  - *Carcinoma, Ductal, Breast
RF  - 30
PS  - Cushing H
FPS - Cushing, Harvey
PMC - PMC1
MID - NIHMS12345
OID - KIE: 101009
OAB - In plain words.
OABL- eng
OTO - NOTNLM
OT  - stroma
OT  - *tumour
GN  - KIE: A note.
COIS- None.
FIR - Dash, Ajeeta B
IR  - Dash AB
IRAD- Boston.
SFM - Flight Experiment
GS  - CCL5
EDAT- 2007/10/05 09:00
MHDA- 2007/10/30 09:00
CRDT- 2007/10/05 09:00
PHST- 2006/11/29 00:00 [received]
PHST- 2007/10/05 09:00 [pubmed]
AID - nature06188 [pii]
AID - 10.1038/nature06188 [doi]
PST - ppublish
ZZ  - Something new.
SO  - Nature. 2007 Oct 4;449(7162):557-63. doi: 10.1038/nature06188. Epub 2007 Sep 26.
"""

RECORD = Record(
    17914389,
    owner="NLM",
    status="MEDLINE",
    created=PartialDate("2007", "10", "04"),
    completed=PartialDate("2007", "10", "29"),
    revised=PartialDate("2022", "03", "31"),
    title="Mesenchymal stem cells within tumour stroma promote breast cancer metastasis, and more.",
    vernacular_title="Ein Titel.",
    journal=Journal("Nature", "", "Nature", "1476-4687", "Electronic", "0028-0836", "0410462", "England"),
    issue=Issue("449", "7162", PartialDate("2007", "Oct", "4")),
    publication_model="Print-Electronic",
    pagination=Pagination("557-63"),
    elocations=(ELocation("doi", "10.1038/nature06188"), ELocation("", "e12")),
    article_dates=(ArticleDate(PartialDate("2007", "09", "26")),),
    abstract=Abstract(
        (
            AbstractSection("Cells meet. Then, METHODS: none.", "BACKGROUND"),
            AbstractSection("They move on.", "RESULTS"),
            AbstractSection("They do.", "CONCLUSION"),
        ),
        "(c) Us.",
    ),
    other_abstracts=(Abstract((AbstractSection("In plain words."),), language="eng"),),
    author_lists=(
        PersonList(
            (
                Person("Karnoub", "Antoine E", "AE", affiliations=(Affiliation("Whitehead Institute."),)),
                Person(
                    "Weinberg",
                    "Robert A",
                    "RA",
                    "Jr",
                    identifiers=(Identifier("ORCID", "0000-0002-1825-0097"),),
                    affiliations=(Affiliation("Here."), Affiliation("There.")),
                ),
                Person(collective_name="Cancer Stroma Group"),
                Person("Tietche"),
            ),
            complete=False,
        ),
    ),
    investigator_lists=(PersonList((Person("Dash", "Ajeeta B", "AB", affiliations=(Affiliation("Boston."),)),)),),
    languages=("eng",),
    publication_types=(Term("Journal Article"),),
    data_banks=(DataBank("GEO", ("GSE1", "GSE2")), DataBank("OMIM")),
    grants=(
        Grant("BB/E010652/1", "BB_", "Research Council", "United Kingdom"),
        Grant(agency="Wellcome Trust"),
        Grant("109071-57", "", "amfAR"),
    ),
    substances=(Substance("Chemokine (CCL5)", "", "0"), Substance("ATPases", "", "EC 3.6.3.14")),
    supplementary_concepts=(Term("IFL protocol"),),
    citation_subsets=("IM",),
    relations=(
        Relation("CommentIn", "Nat Med. 2007 Nov;13(11):1289-91", 17987019),
        Relation("RetractionOf", "Nature. 2008;1:2"),
    ),
    gene_symbols=("CCL5",),
    mesh=(
        MeshHeading(Descriptor("Breast Neoplasms"), (Qualifier("genetics"), Qualifier("pathology", major=True))),
        MeshHeading(Descriptor("Carcinoma, Ductal, Breast", major=True)),
    ),
    number_of_references="30",
    name_subjects=(Person("Cushing", "Harvey", "H"),),
    other_ids=(Identifier("KIE", "101009"),),
    keyword_lists=(KeywordList((Keyword("stroma"), Keyword("tumour", major=True)), "NOTNLM"),),
    conflict_of_interest="None.",
    space_flight_missions=("Flight Experiment",),
    notes=(Note("A note.", "KIE"),),
    publication_status="ppublish",
    history=(
        HistoryDate("received", PartialDate("2006", "11", "29", hour="0", minute="0")),
        HistoryDate("pubmed", PartialDate("2007", "10", "5", hour="9", minute="0")),
        HistoryDate("medline", PartialDate("2007", "10", "30", hour="9", minute="0")),
        HistoryDate("entrez", PartialDate("2007", "10", "5", hour="9", minute="0")),
    ),
    ids=(
        Identifier("pubmed", "17914389"),
        Identifier("pii", "nature06188"),
        Identifier("doi", "10.1038/nature06188"),
        Identifier("pmc", "PMC1"),
        Identifier("mid", "NIHMS12345"),
    ),
    unrecognised=(Node("IS", (), "1476-4679 (Print)"), Node("ZZ", (), "Something new.")),
)


def _read(text: str) -> list[Record]:
    return list(nbib.read([text.encode()]))


def _fields(text: str) -> Record:
    """The record of these lines."""
    (record,) = _read(f"PMID- 1\n{text}\n")
    return record


def _written(*records: Record) -> str:
    return "".join(writer.write(Kept(record, b"", Origin("", 0)) for record in records))


def test_every_field_of_a_record() -> None:
    (record,) = _read(FILE)
    for name, value, expected in zip(record._fields, record, RECORD, strict=True):
        assert value == expected, name


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_bytes_may_come_in_any_pieces_and_with_any_line_ends(end: str, size: int) -> None:
    data = f"\ufeff{FILE}\nPMID- 2\nTI  - Größe\n".replace("\n", end).encode()
    read = list(nbib.read(data[at : at + size] for at in range(0, len(data), size)))
    assert read == [RECORD, _fields("TI  - Größe")._replace(pmid=2, ids=(Identifier("pubmed", "2"),))]


def test_records_come_before_the_end_of_the_file() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"PMID- 1\n\nPMID- 2\n\nPM"
        raise AssertionError("read on")

    records = nbib.read(chunks())
    assert [next(records).pmid, next(records).pmid] == [1, 2]


def test_a_pmid_begins_a_record_even_where_no_blank_line_does() -> None:
    assert [record.title for record in _read("PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n")] == ["A", "B"]
    assert [record.title for record in _read("TI  - A\nPMID- 1\n\n\n \nTI  - B\nPMID- 2")] == ["A", "B"]


def test_control_characters_are_removed() -> None:
    record = _fields("TI  - Red \x1b[31m and \u202eback\x00\n      \x07on\nAU  - \x9bSmith J")
    assert record.title == "Red \ufffd[31m and back\ufffd \ufffdon"
    assert record.authors[0].last_name == "\ufffdSmith"


@pytest.mark.parametrize(
    ("lines", "person"),
    [
        ("FAU - Auler, Jose Otavio C Jr\nAU  - Auler JO Jr", Person("Auler", "Jose Otavio C", "JO", "Jr")),
        ("FAU - Saraiva da Cunha, J\nAU  - Saraiva da Cunha J", Person("Saraiva da Cunha", "J", "J")),
        ("FAU - Waites, M D", Person("Waites", "M D")),
        ("AU  - van der Berg J", Person("van der Berg", "", "J")),
        ("AU  - Leipzig, Jeremy", Person("Leipzig", "Jeremy")),
        ("AU  - Anonymous", Person("Anonymous")),
    ],
)
def test_names(lines: str, person: Person) -> None:
    assert _fields(lines).authors == (person,)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2007", PartialDate("2007")),
        ("2007 Oct", PartialDate("2007", "Oct")),
        ("2015 Autumn", PartialDate("2015", season="Autumn")),
        ("2007 Oct-Dec", PartialDate(medline_date="2007 Oct-Dec")),
    ],
)
def test_dates_are_as_precise_as_they_are(text: str, date: PartialDate) -> None:
    assert _fields(f"DP  - {text}").date == date


@pytest.mark.parametrize(
    ("end", "model"),
    [
        ("doi: 10.1/x.", "Electronic"),
        ("doi: 10.1/x. Epub 2007 Sep 26.", "Print-Electronic"),
        ("Print 2007 Oct 4.", "Electronic-Print"),
        ("doi: 10.1/x. eCollection 2007.", "Electronic-eCollection"),
    ],
)
def test_the_citation_tells_which_date_leads(end: str, model: str) -> None:
    assert _fields(f"DEP - 20070926\nSO  - Nature. 2007 Oct 4;449:5. {end}").publication_model == model
    assert _fields("SO  - Nature. 2007 Oct 4;449:5.").publication_model == "Print"


def test_an_abstract_without_labels_is_one_section() -> None:
    assert _fields("AB  - It is DNA. RESULTS: none.").abstract.sections == (
        AbstractSection("It is DNA. RESULTS: none."),
    )


def test_a_chapter_and_a_whole_book() -> None:
    lines = "BTI - GeneReviews\nPB  - A Press\nCTDT- 20090630\nDRDT- 20190404\nDP  - 1993\nPL  - Seattle (WA)\n"
    people = "FED - Adam, Margaret P\nED  - Adam MP\nAD  - Here.\nFAU - Marcelis, Carlo\nAU  - Marcelis C"
    chapter, book = _fields(f"{lines}TI  - A Syndrome.\n{people}"), _fields(lines + people)
    assert chapter.book is not None
    assert book.book is not None
    assert (chapter.title, chapter.book.title, chapter.book.publisher) == ("A Syndrome.", "GeneReviews", "A Press")
    assert (chapter.book.publisher_location, chapter.journal.country) == ("Seattle (WA)", "")
    assert (chapter.book.date, chapter.book.contributed.iso) == (PartialDate("1993"), "2009-06-30")
    assert chapter.revised.iso == "2019-04-04"
    editors, authors = (
        PersonList((Person("Adam", "Margaret P", "MP", affiliations=(Affiliation("Here."),)),)),
        "authors",
    )
    assert chapter.book.authors == (editors._replace(kind="editors"),)
    assert chapter.author_lists == (PersonList((Person("Marcelis", "Carlo", "C"),), kind=authors),)
    assert book.book.authors == (editors._replace(kind="editors"), *chapter.author_lists)
    assert book.author_lists == ()
    assert _fields("TI  - An article.").book is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "There is no record in it."),
        (b"\n \n\n", "There is no record in it."),
        (b"PMID- 1\nTI  - A\n\nTI  - B\n", "The record that begins on line 4 has no PMID."),
        (b"PMID- 000\n", "The record that begins on line 1 has no PMID."),
        (b"PMID- 1234567890\n", "The record that begins on line 1 has no PMID."),
        ("PMID- ١٢\n".encode(), "The record that begins on line 1 has no PMID."),
        (b"TY  - JOUR\nTI  - A\nER  - \n", "The record that begins on line 1 has no PMID."),
        (b"\n\n<html>\n", "Line 3 is no field of a MEDLINE record: '<html>'."),
        (b"PMID- 1\nTI: A \x1b[31m\n", "Line 2 is no field of a MEDLINE record: 'TI: A \ufffd[31m'."),
        (b"      begins in the middle\n", "Line 1 is no field of a MEDLINE record: 'begins in the middle'."),
        (b"PMID- 1\nTI  - A\nAB  - caf\xe9\n", "Line 3 is not UTF-8."),
        (b"PMID- 1\r\nTI  - caf\xc3", "Line 2 is not UTF-8."),
    ],
)
@pytest.mark.parametrize("size", [1, 100])
def test_what_is_no_such_file(data: bytes, said: str, size: int) -> None:
    with pytest.raises(nbib.NotNbib) as caught:
        list(nbib.read(data[at : at + size] for at in range(0, len(data), size)))
    assert isinstance(caught.value, Problem)
    assert caught.value.message == said
    assert caught.value.exit_status == 1


def test_neither_a_line_nor_a_record_without_end_is_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nbib, "LARGEST", 1000)

    def endless(piece: bytes) -> Iterator[bytes]:
        yield b"\nPMID- 1\n"
        while True:
            yield piece

    with pytest.raises(nbib.NotNbib, match="A single line is longer"):
        list(nbib.read(endless(b"a" * 100)))
    with pytest.raises(nbib.NotNbib, match="The record that begins on line 2 is too large"):
        list(nbib.read(endless(b"OT  - a\n" * 10)))


# What is written is read again: any text, and every part of a record that the format has a place for.


def _only(kind: Callable[..., Any]) -> Callable[..., Any]:
    """Makes values of the parts that are given; by itself hypothesis would make up the others as well."""

    def made(*parts: Any, **named: Any) -> Any:
        return kind(*parts, **named)

    return made


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
NAMES = st.text("abßé'", min_size=1, max_size=5) | st.sampled_from(("van der Berg", "a, b & c", "x-ray (new)"))
LASTS = st.sampled_from(("van der Berg", "O'Neill", "Ø", "Saraiva da Cunha"))
INITIALS = st.text("ABÉ", min_size=1, max_size=2)
NUMBERS = st.integers(1, 99999).map(str)
PEOPLE = st.builds(
    _only(Person),
    LASTS,
    NAMES,
    INITIALS,
    st.sampled_from(("", "Jr", "3rd")),
    affiliations=st.lists(st.builds(_only(Affiliation), NAMES), max_size=2).map(tuple),
)
HEADINGS = st.builds(
    _only(MeshHeading),
    st.builds(_only(Descriptor), NAMES, major=st.booleans()),
    st.lists(st.builds(_only(Qualifier), NAMES, major=st.booleans()), max_size=2).map(tuple),
)
KINDS = (
    "CommentIn", "CommentOn", "CorrectedandRepublishedFrom", "CorrectedandRepublishedIn", "ErratumFor", "ErratumIn",
    "ExpressionOfConcernFor", "ExpressionOfConcernIn", "OriginalReportIn", "PartialRetractionIn", "PartialRetractionOf",
    "RepublishedFrom", "RepublishedIn", "RetractedandRepublishedFrom", "RetractedandRepublishedIn", "RetractionIn",
    "RetractionOf", "SummaryForPatientsIn", "UpdateIn", "UpdateOf", "AssociatedPublication",
)  # fmt: skip
RELATIONS = st.builds(_only(Relation), st.sampled_from(KINDS), NAMES, st.integers(0, 99_999_999))
SECTIONS = st.one_of(
    st.just(()),
    NAMES.map(lambda text: (AbstractSection(text),)),
    st.lists(st.sampled_from(("AIM", "METHODS AND RESULTS", "MATERIALS/METHODS")), min_size=1, max_size=3).map(
        lambda labels: tuple(AbstractSection("Some words.", label) for label in labels)
    ),
)
DATES = st.sampled_from((PartialDate("2007"), PartialDate("2007", "Oct"), PartialDate("2007", "Oct", "4")))
RECORDS = st.builds(
    _only(Record),
    st.integers(1, 999_999_999),
    status=st.sampled_from(("MEDLINE", "In-Process", "Publisher")),
    completed=st.dates().map(lambda day: PartialDate(f"{day:%Y}".zfill(4), f"{day:%m}", f"{day:%d}")),
    title=WORDS.map(one_line),
    journal=st.builds(_only(Journal), NAMES, medline_ta=NAMES, issn=st.just("0028-0836"), issn_type=st.just("Print")),
    issue=st.builds(_only(Issue), NUMBERS, NUMBERS, DATES),
    publication_model=st.just("Print"),
    pagination=st.builds(_only(Pagination), NUMBERS),
    abstract=st.builds(_only(Abstract), SECTIONS, NAMES),
    author_lists=st.lists(PEOPLE, min_size=1, max_size=2).map(lambda people: (PersonList(tuple(people)),)),
    languages=st.lists(NAMES, max_size=2).map(tuple),
    grants=st.lists(st.builds(_only(Grant), NUMBERS, st.just("CA"), NAMES, NAMES), max_size=2).map(tuple),
    substances=st.lists(st.builds(_only(Substance), NAMES, st.just(""), st.just("0")), max_size=2).map(tuple),
    relations=st.lists(RELATIONS, max_size=2).map(tuple),
    mesh=st.lists(HEADINGS, max_size=2).map(tuple),
    keyword_lists=st.lists(st.builds(_only(Keyword), NAMES, st.booleans()), min_size=1, max_size=2).map(
        lambda words: (KeywordList(tuple(words), "NOTNLM"),)
    ),
)


@settings(deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=2))
def test_what_is_written_is_read_again(records: list[Record]) -> None:
    expected = [record._replace(ids=(Identifier("pubmed", str(record.pmid)),)) for record in records]
    assert _read(_written(*records)) == expected


@settings(deadline=None)
@given(st.lists(WORDS, min_size=12, max_size=12), st.integers(1, 3))
def test_hostile_text_stays_where_it_was_written(texts: list[str], count: int) -> None:
    a, b, c, d, e, f, g, h, i, j, k, m = texts
    record = Record(
        7,
        owner=a,
        title=b,
        vernacular_title=c,
        abstract=Abstract((AbstractSection(d),), e),
        author_lists=(PersonList((Person(collective_name=f"Group {f}", affiliations=(Affiliation(g),)),)),),
        relations=(Relation("RetractionIn", h, 9),),
        keyword_lists=(KeywordList((Keyword(i), Keyword(j)), "NOTNLM"),),
        conflict_of_interest=k,
        citation_subsets=(m,),
    )
    written = _written(*[record] * count)
    read = _read(written)
    assert [list(writer.fields(each)) for each in read] == [list(writer.fields(record))] * count
    assert clean(written) == written


# PubMed's own files.


def _text(file: Path) -> str:
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return data.decode().replace("\r\n", "\n")


def _blocks(text: str) -> list[str]:
    return [block + "\n" for block in re.split(r"\n\n+", text.strip("\n"))]


@here
@pytest.mark.parametrize(
    "name", ["asreview_baseline_pubmed_50.nbib.gz", "pyBibX_335.nbib.gz", "zelcofir_2026_240.nbib.gz"]
)
def test_what_pubmed_writes_today_is_written_again_line_by_line(name: str) -> None:
    """625 records: reading loses no line of them, and their order and folding are PubMed's."""
    theirs = [block.replace("  \n", " \n") for block in _blocks(_text(NBIB / name))]  # one value has two blanks
    assert [_written(record) for record in nbib.read([_text(NBIB / name).encode()])] == theirs


_NOT_AS_IT_WAS = ("SO", "EDAT", "PHST")
"""Made anew in today's form: the citation with its DOI, times where none were given."""


@here
def test_nothing_is_lost_of_what_pubmed_wrote_before_2020() -> None:
    count = 0
    for file in sorted(NBIB.glob("*.nbib*")):
        for block, record in zip(_blocks(text := _text(file)), nbib.read([text.encode()]), strict=True):
            lines = re.sub(r" *\n {6}", " ", block).split("\n")
            expected = {one_line(line) for line in lines if line and not line.startswith(_NOT_AS_IT_WAS)}
            assert expected <= {one_line(f"{tag:<4}- {value}") for tag, value in writer.fields(record)}
            count += 1
    assert count == 2539


@here
def test_the_inputs_of_a_reference_manager() -> None:
    inputs = [json.loads(file.read_text())["input"] for file in sorted(NBIB.parent.glob("zotero_nbib_*.json"))]
    read = [record for text in inputs for record in _tried(text)]
    assert [record.pmid for record in read] == [8402898, 25744111, 35128459, 36216673]
    assert not read[0].authors_complete
    assert {record.doi for record in read} == {"", "10.1016/j.puhe.2015.01.018", "10.1016/j.wem.2022.07.008"}


def _tried(text: str) -> list[Record]:
    """Without those of ERIC, which have no PMID."""
    try:
        return _read(text)
    except nbib.NotNbib as problem:
        assert problem.message.endswith("has no PMID.")
        return []


def _of_xml(name: str) -> Iterator[Record]:
    text = _text(DATA / "pubmed_xml" / name)
    return (each.record for each in read_xml([text.encode()]) if isinstance(each, Parsed))


@here
def test_a_record_of_xml_is_the_same_after_a_journey() -> None:
    """2,400 records of every kind: written, read and written again, field by field."""
    count = 0
    for record in _of_xml("composite_all_distinct_a.xml.gz"):
        (again,) = _read(_written(record))
        assert list(writer.fields(again)) == list(writer.fields(record))
        assert _in_common(again) == _in_common(record)
        count += 1
    assert count > 2400


def _in_common(record: Record) -> Iterable[object]:
    """What both the XML and the text say in so many words, apart from markup and unique ids."""
    return [
        record.pmid,
        [each.iso for each in (record.created, record.completed, record.revised)],
        str(record.date),
        [(person.short, person.full) for person in record.authors],
        [record.authors_complete, record.languages, record.citation_subsets, record.data_banks],
        [record.journal.title, record.journal.issn, record.journal.issn_linking, record.journal.nlm_unique_id],
        [record.journal.country, record.issue.volume, record.issue.issue],
        [record.pagination.medline, record.doi, record.pmcid, record.retracted, record.concern],
        [term.name for term in (*record.publication_types, *record.supplementary_concepts)],
        [(each.name, each.registry_number) for each in record.substances],
        [(each.descriptor.name, each.major, [part.name for part in each.qualifiers]) for each in record.mesh],
        [(each.id, each.agency, each.country) for each in record.grants],
        [each.pmid for each in record.relations if each.kind != "Cites"],
    ]
