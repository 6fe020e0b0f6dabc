"""MEDLINE/nbib: field by field what PubMed itself writes, folded as it folds, and nothing can be injected."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.export_samples import real
from tests.recorded import DATA, unpacked
from tui.export import nbib
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Affiliation,
    ArticleDate,
    Book,
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
from tui.model.text import Text

NBIB = DATA / "export_pairs" / "nbib"

SEED = Record(
    17914389,
    owner="NLM",
    status="MEDLINE",
    completed=PartialDate("2007", "10", "29"),
    revised=PartialDate("2022", "03", "31"),
    title="Mesenchymal stem cells within tumour stroma promote breast cancer metastasis.",
    vernacular_title="Ein Titel.",
    journal=Journal("Nature", "Nature", "Nature", "1476-4687", "Electronic", "0028-0836", "0410462", "England"),
    issue=Issue("449", "7162", PartialDate("2007", "Oct", "04"), "Internet"),
    publication_model="Print-Electronic",
    pagination=Pagination("557-63", "557", "563"),
    elocations=(ELocation("doi", "10.1038/nature06188"), ELocation("pii", "nature06188")),
    article_dates=(ArticleDate(PartialDate("2007", "09", "26")),),
    abstract=Abstract(
        (AbstractSection("Cells meet.", "BACKGROUND"), AbstractSection("They move on.", "RESULTS")), "© Us."
    ),
    author_lists=(
        PersonList(
            (
                Person("Karnoub", "Antoine E", "AE", affiliations=(Affiliation("Whitehead Institute."),)),
                Person("Old", "Spelling", "S", valid=False),
                Person("Weinberg", "Robert A", "RA", "Jr", identifiers=(Identifier("ORCID", "0000000218250097"),)),
                Person(collective_name="Cancer Stroma Group"),
                Person("Tietche"),
            ),
            complete=False,
        ),
    ),
    investigator_lists=(PersonList((Person("Dash", "Ajeeta B", "AB", affiliations=(Affiliation("Boston."),)),)),),
    languages=("eng", "ger"),
    publication_types=(Term("Journal Article"), Term("Retracted Publication")),
    data_banks=(DataBank("GEO", ("GSE1", "GSE2")), DataBank("OMIM")),
    grants=(Grant("R01 CA116235", "CA", "NCI NIH HHS", "United States"), Grant(agency="Wellcome Trust")),
    substances=(Substance("Chemokine CCL5", "D018946", "0"), Substance("Water", "D014867", "059QF0KO0R")),
    supplementary_concepts=(Term("IFL protocol"),),
    citation_subsets=("IM",),
    relations=(
        Relation("CommentIn", "Nat Med. 2007 Nov;13(11):1289-91", 17987019),
        Relation("ErratumIn", "Nature. 2008;1:2.", 0, "", "A name [corrected]"),
        Relation("RetractionIn", "Nature. 2010;2:3", 2),
        Relation("Cites", "Nature. 1999;3:4", 3),
    ),
    gene_symbols=("CCL5",),
    mesh=(
        MeshHeading(Descriptor("Animals")),
        MeshHeading(Descriptor("Breast Neoplasms"), (Qualifier("genetics"), Qualifier("pathology", major=True))),
        MeshHeading(Descriptor("Carcinoma, Ductal, Breast", major=True)),
    ),
    number_of_references="30",
    name_subjects=(Person("Cushing", "Harvey", "H"),),
    other_ids=(Identifier("NLM", "NIHMS12345"),),
    other_abstracts=(
        Abstract((AbstractSection("In plain words."),), kind="plain-language-summary", language="eng"),
        Abstract((AbstractSection("Auf Deutsch."),), kind="Publisher", language="ger"),
    ),
    keyword_lists=(KeywordList((Keyword("stroma"), Keyword("tumour", major=True)), "NOTNLM"),),
    conflict_of_interest="None.",
    space_flight_missions=("Flight Experiment",),
    notes=(Note("A note.", "KIE"),),
    publication_status="ppublish",
    history=(
        HistoryDate("received", PartialDate("2006", "11", "29")),
        HistoryDate("pubmed", PartialDate("2007", "10", "5", hour="9", minute="0")),
        HistoryDate("medline", PartialDate("2007", "10", "30", hour="9", minute="0")),
        HistoryDate("pmc-release", PartialDate("2008", "4", "1", hour="0", minute="0")),
        HistoryDate("entrez", PartialDate("2007", "10", "5", hour="9", minute="0")),
    ),
    ids=(
        Identifier("pubmed", "17914389"),
        Identifier("mid", "NIHMS12345"),
        Identifier("pmc", "PMC1"),
        Identifier("doi", "10.1038/nature06188"),
        Identifier("pii", "nature06188"),
    ),
)

WRITTEN = """\
PMID- 17914389
OWN - NLM
STAT- MEDLINE
DCOM- 20071029
LR  - 20220331
IS  - 1476-4687 (Electronic)
IS  - 0028-0836 (Linking)
VI  - 449
IP  - 7162
DP  - 2007 Oct 4
TI  - Mesenchymal stem cells within tumour stroma promote breast cancer metastasis.
PG  - 557-63
LID - nature06188 [pii]
LID - 10.1038/nature06188 [doi]
AB  - BACKGROUND: Cells meet. RESULTS: They move on.
CI  - © Us.
FAU - Karnoub, Antoine E
AU  - Karnoub AE
AD  - Whitehead Institute.
FAU - Weinberg, Robert A Jr
AU  - Weinberg RA Jr
AUID- ORCID: 0000-0002-1825-0097
CN  - Cancer Stroma Group
FAU - Tietche
AU  - Tietche
AU  - et al.
LA  - eng
LA  - ger
SI  - GEO/GSE1
SI  - GEO/GSE2
SI  - OMIM
GR  - R01 CA116235/CA/NCI NIH HHS/United States
GR  - Wellcome Trust/
PT  - Journal Article
PT  - Retracted Publication
TT  - Ein Titel.
DEP - 20070926
PL  - England
TA  - Nature
JT  - Nature
JID - 0410462
RN  - 0 (Chemokine CCL5)
RN  - 059QF0KO0R (Water)
RN  - IFL protocol
SB  - IM
CIN - Nat Med. 2007 Nov;13(11):1289-91. PMID: 17987019
EIN - Nature. 2008;1:2. A name [corrected]
RIN - Nature. 2010;2:3. PMID: 2
GS  - CCL5
MH  - Animals
MH  - Breast Neoplasms/genetics/*pathology
MH  - *Carcinoma, Ductal, Breast
RF  - 30
PS  - Cushing H
FPS - Cushing, Harvey
PMC - PMC1
MID - NIHMS12345
OID - NLM: NIHMS12345
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
EDAT- 2007/10/05 09:00
MHDA- 2007/10/30 09:00
PMCR- 2008/04/01
CRDT- 2007/10/05 09:00
PHST- 2006/11/29 00:00 [received]
PHST- 2007/10/05 09:00 [pubmed]
PHST- 2007/10/30 09:00 [medline]
PHST- 2008/04/01 00:00 [pmc-release]
PHST- 2007/10/05 09:00 [entrez]
AID - 10.1038/nature06188 [doi]
AID - nature06188 [pii]
PST - ppublish
SO  - Nature. 2007 Oct 4;449(7162):557-63. doi: 10.1038/nature06188. Epub 2007 Sep 26.
"""


def _written(*records: Record) -> str:
    return "".join(nbib.write(Kept(record, b"", Origin("PubMed", 0)) for record in records))


def _values(record: Record, tag: str) -> list[str]:
    return [value for name, value in nbib.fields(record) if name == tag]


def test_every_field_in_its_place() -> None:
    assert _written(SEED) == WRITTEN


def test_a_blank_line_between_two_records() -> None:
    assert _written(SEED, Record(2)) == WRITTEN + "\nPMID- 2\n"
    assert _written() == ""


def test_a_chapter_of_a_book() -> None:
    chapter = Record(
        20301770,
        revised=PartialDate("2019", "4", "4"),
        title="A Syndrome.",
        languages=("eng",),
        author_lists=(PersonList((Person("Marcelis", "Carlo LM", "CLM"),), kind="authors"),),
        history=tuple(
            [HistoryDate(status, PartialDate("2019", "4", "4")) for status in ("pubmed", "medline", "entrez")]
        ),
        ids=(Identifier("bookaccession", "NBK7050"),),
        book=Book(
            Text("GeneReviews®", "GeneReviews<sup>®</sup>"),
            publisher="University of Washington, Seattle",
            publisher_location="Seattle (WA)",
            date=PartialDate("1993"),
            authors=(PersonList((Person("Adam", "Margaret P", "MP"),), kind="editors"),),
            edition="2nd",
            collection="Reviews",
            isbns=("9780000000000",),
            locations=(("chapter", "7"),),
            contributed=PartialDate("2009", "6", "30"),
        ),
    )
    assert _written(chapter) == (
        "PMID- 20301770\nDRDT- 20190404\nCTDT- 20090630\nPB  - University of Washington, Seattle\nCTI - Reviews\n"
        "ISBN- 9780000000000\nDP  - 1993\nTI  - A Syndrome.\nBTI - GeneReviews(®)\nEN  - 2nd\nCP  - 7\n"
        "FED - Adam, Margaret P\nED  - Adam MP\nFAU - Marcelis, Carlo LM\nAU  - Marcelis CLM\nLA  - eng\n"
        "PL  - Seattle (WA)\nEDAT- 2019/04/04 00:00\nCRDT- 2019/04/04 00:00\nAID - NBK7050 [bookaccession]\n"
    )


SOURCES = [
    (Record(1), ""),
    (SEED._replace(publication_model="Print"), "Nature. 2007 Oct 4;449(7162):557-63. doi: 10.1038/nature06188."),
    (
        SEED._replace(publication_model="Electronic-eCollection", issue=Issue("5", "", PartialDate("2007"))),
        "Nature. 2007 Sep 26;5:557-63. doi: 10.1038/nature06188. eCollection 2007.",
    ),
    (
        SEED._replace(publication_model="Electronic-Print", ids=(), elocations=()),
        "Nature. 2007 Sep 26;449(7162):557-63. Print 2007 Oct 4.",
    ),
    (
        SEED._replace(publication_model="Electronic-Print", ids=(), elocations=(), article_dates=()),
        "Nature. 2007 Oct 4;449(7162):557-63.",
    ),
    (
        Record(
            1,
            journal=Journal(medline_ta="bioRxiv"),
            issue=Issue(date=PartialDate("2023", "Feb", "26")),
            elocations=(ELocation("pii", "2023.02.23"), ELocation("doi", "10.1101/2023.02.23")),
            publication_types=(Term("Preprint"),),
        ),
        "bioRxiv [Preprint]. 2023 Feb 26:2023.02.23. doi: 10.1101/2023.02.23.",
    ),
    (
        Record(1, journal=Journal(medline_ta="BMJ"), issue=Issue(date=PartialDate(medline_date="1998 Dec-1999 Jan"))),
        "BMJ. 1998 Dec-1999 Jan.",
    ),
]


@pytest.mark.parametrize(("record", "source"), SOURCES)
def test_the_citation(record: Record, source: str) -> None:
    assert _values(record, "SO") == ([source] if source else [])


def test_an_article_number_has_no_kind_and_comes_last() -> None:
    record = Record(
        1, elocations=(ELocation("pii", "e80092"), ELocation("doi", "10.7554/x"), ELocation("pii", "S1", False))
    )
    assert _values(record, "LID") == ["10.7554/x [doi]", "e80092"]
    record = record._replace(ids=(Identifier("pii", "e80092"),))
    assert _values(record, "LID") == ["e80092 [pii]", "10.7554/x [doi]"]


def test_pages_are_those_of_medline_and_else_the_first_and_the_last() -> None:
    assert _values(Record(1, pagination=Pagination("557-63", "557", "563")), "PG") == ["557-63"]
    assert _values(Record(1, pagination=Pagination("", "557", "563")), "PG") == ["557-563"]
    assert _values(Record(1, pagination=Pagination("", "e5")), "PG") == ["e5"]


def test_scripts_stand_in_parentheses_and_markup_is_left_out() -> None:
    title = Text("¹H and H₂O in mice", "<sup>1</sup>H and H<sub>2</sub>O in <i>mice</i> &amp; men")
    assert _values(Record(1, title=title), "TI") == ["(1)H and H(2)O in mice & men"]
    formula = Text(
        "x̄ = 1", '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math> = 1'
    )
    assert _values(Record(1, title=formula), "TI") == ["x̄ = 1"]


def test_a_field_without_a_place_in_a_record_is_written_again() -> None:
    nodes = (Node("IS", (), "0000-0001 (Print)"), Node("ZZ", (), "new"), Node("Article/New", (), "of XML"))
    assert _values(SEED._replace(unrecognised=nodes), "IS")[1] == "0000-0001 (Print)"
    assert list(nbib.fields(SEED._replace(unrecognised=nodes)))[-1] == ("ZZ", "new")


def _unfolded(text: str) -> list[list[str]]:
    """The records of a file, each a list of fields ``TI  - value`` with one blank where a line was folded."""
    records = []
    for block in re.split(r"\n\n+", text.strip("\n")):
        lines = re.sub(r" *\n {6}", " ", block).split("\n")
        records.append([line.rstrip(" ") for line in lines])
    return records


@settings(deadline=None)
@given(st.text(max_size=600))
def test_lines_are_folded_at_blanks_and_nothing_is_injected(text: str) -> None:
    record = Record(7, title=text, abstract=Abstract((AbstractSection(text),)), languages=("eng",))
    written = _written(record, record)
    assert _unfolded(written) == [[f"{tag:<4}- {value}" for tag, value in nbib.fields(record)]] * 2
    for line in written.split("\n"):
        assert re.fullmatch(r"(PMID|TI  |AB  |LA  )- .*| {6}[^ ].*|", line)
        assert len(line.rstrip(" ")) <= 87 or " " not in line[6:].rstrip(" ")
    assert written.count("\nPMID- 7\n") + written.startswith("PMID- 7\n") == 2


def test_a_word_longer_than_a_line_stays_whole() -> None:
    word = "https://example.org/" + "a" * 200
    assert _written(Record(1, title=f"{word} {word}")) == f"PMID- 1\nTI  - {word} \n      {word}\n"


@pytest.mark.parametrize(("length", "lines"), [(81, 2), (82, 3)])
def test_eighty_seven_characters_are_a_line(length: int, lines: int) -> None:
    title = "a" * (length - 2) + " b"
    assert _written(Record(1, title=title)).count("\n") == lines


def _text(file: Path) -> str:
    return unpacked(file).decode().replace("\r\n", "\n")


def _newest() -> dict[int, Record]:
    """The newest revision of each record."""
    return {record.pmid: record for record in sorted(real(), key=lambda record: record.revised.iso)}


_BEFORE_2020 = {
    "©": "(c)", "®": "(R)", "†": "dagger", "‡": "double dagger", "§": "section sign", "¶": "paragraph sign",
    "≥": ">/=", "≤": "</=", "±": "+/-", "→": "-->", "×": "x", "²": "(2)", "·": ".", "•": "*",
    "α": "alpha", "β": "beta", "γ": "gamma", "μ": "mu", "µ": "mu", "χ": "chi", "°": " degrees ",
    "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "ı": "i", "æ": "ae",
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-",
}  # fmt: skip
"""How PubMed wrote in ASCII until 2020 what it writes as it is today. Other letters lost their accents."""


def _ascii(line: str) -> str:
    spelled = "".join(_BEFORE_2020.get(character, character) for character in line)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return " ".join(plain.split())


def _as_before_2020(lines: list[str]) -> list[str]:
    """Lines of either time so that they can be compared: in ASCII, identifiers (LID) in one order, and without the
    publisher's identifier in SO, which then stood apart (``2012. pii: x.``) and today is the pages (``2012:x.``)."""
    lines = [re.sub(r"^(SO - .*?;[0-9]*)(\. pii: |:bcr)\S+\.", r"\1.", _ascii(line)) for line in lines]
    lines = [line.replace(" , ", ", ") for line in lines]
    places = sorted(line for line in lines if line.startswith("LID -"))
    at = next((number for number, line in enumerate(lines) if line.startswith("LID -")), len(lines))
    return lines[:at] + places + lines[at + len(places) :]


_CHANGED_SINCE_2010 = re.compile(
    r"DA -|"  # DateCreated, no longer given
    r"LR -|"  # the revision itself
    r"IS -|JT -|PL -|"  # the journal's entry in the catalogue; capitals of its country
    r"R(OF|RF) -|"  # a kind of relation that was divided; one list of several was put in another order
    r"OID-|OID -|"  # PMC numbers, now PMC alone
    r"(EDAT|MHDA|CRDT|PHST|AID|PST)\b"  # PubmedData, which these samples of XML leave out or give in full
)
"""What differs because the record as XML and as nbib are eight years apart."""


@pytest.mark.skipif(not NBIB.is_dir(), reason="PubMed's own files are not here")
def test_a_record_is_line_by_line_what_pubmed_writes() -> None:
    """All records that are there both as XML and as PubMed's nbib: 292 of one time, and 3 that are years apart."""
    records = _newest()
    equal = 0
    for file in sorted(NBIB.iterdir()):
        for theirs in _unfolded(_text(file)):
            record = records.get(int(theirs[0].removeprefix("PMID- ")))
            if record is None:
                continue
            ours = _as_before_2020([f"{tag:<4}- {value}" for tag, value in nbib.fields(record)])
            expected = _as_before_2020(theirs)
            if file.name.startswith("neilfws"):
                ours, expected = (
                    [line for line in lines if not _CHANGED_SINCE_2010.match(line)] for lines in (ours, expected)
                )
            assert ours == expected
            equal += 1
    assert equal == 295
