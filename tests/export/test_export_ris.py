"""RIS: what is written is what importers should read, and nothing can be injected."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.export_samples import real
from tests.recorded import needs_data
from tui.export import ris
from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Book,
    DataBank,
    Descriptor,
    ELocation,
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

SEED = Record(
    17914389,
    title="Mesenchymal stem cells within tumour stroma promote breast cancer metastasis.",
    journal=Journal("Nature", "Nature", "Nature", "1476-4687", "Electronic", "0028-0836", "0410462", "England"),
    issue=Issue("449", "7162", PartialDate("2007", "Oct", "4"), "Internet"),
    pagination=Pagination("557-63"),
    author_lists=(
        PersonList(
            (
                Person("Karnoub", "Antoine E", "AE"),
                Person("Dash", "Ajeeta B", "AB", valid=False),
                Person("Weinberg", "", "RA", "Jr"),
                Person(collective_name="Cancer Stroma Group"),
            )
        ),
    ),
    abstract=Abstract((AbstractSection("Cells meet.", "BACKGROUND"), AbstractSection("They\nmove on.", "RESULTS"))),
    languages=("eng",),
    publication_types=(Term("Journal Article"),),
    data_banks=(DataBank("GEO", ("GSE1", "GSE2")),),
    grants=(Grant("R01 CA116235-02", "CA", "NCI NIH HHS", "United States"), Grant(agency="Wellcome Trust")),
    relations=(
        Relation("CommentIn", "Nat Med. 2007 Nov;13(11):1289-91", 17987019),
        Relation("ErratumIn", "Nature. 2008;1:2", 1),
    ),
    mesh=(
        MeshHeading(Descriptor("Animals")),
        MeshHeading(Descriptor("Breast Neoplasms"), (Qualifier("genetics"), Qualifier("pathology", major=True))),
        MeshHeading(Descriptor("Carcinoma, Ductal, Breast", major=True)),
    ),
    keyword_lists=(KeywordList((Keyword("stroma; tumour"), Keyword("Animals")), "NOTNLM"),),
    conflict_of_interest="None.",
    ids=(Identifier("doi", "10.1038/nature06188"), Identifier("pmc", "PMC123")),
)

SEED_RIS = """\
TY  - JOUR
TI  - Mesenchymal stem cells within tumour stroma promote breast cancer metastasis.
AU  - Karnoub, Antoine E
AU  - Weinberg, RA, Jr
AU  - Cancer Stroma Group
T2  - Nature
J2  - Nature
PY  - 2007
DA  - 2007/10/04
VL  - 449
AN  - 17914389
IS  - 7162
SP  - 557
EP  - 563
SN  - 1476-4687
DO  - 10.1038/nature06188
UR  - https://pubmed.ncbi.nlm.nih.gov/17914389/
M2  - PMID: 17914389
M2  - PMCID: PMC123
C2  - PMC123
KW  - Animals
KW  - Breast Neoplasms
KW  - Breast Neoplasms/genetics
KW  - Breast Neoplasms/pathology
KW  - Carcinoma, Ductal, Breast
KW  - stroma
KW  - tumour
AB  - BACKGROUND: Cells meet. RESULTS: They move on.
LA  - eng
DB  - PubMed
N1  - Comment in: Nat Med. 2007 Nov;13(11):1289-91 PMID: 17987019
N1  - Erratum in: Nature. 2008;1:2 PMID: 1
N1  - Publication types: Journal Article
N1  - Grants: R01 CA116235-02 (NCI NIH HHS, United States); Wellcome Trust
N1  - MeSH: Animals; Breast Neoplasms/genetics/*pathology; *Carcinoma, Ductal, Breast
N1  - Data banks: GEO: GSE1, GSE2
N1  - Conflict of interest: None.
ER  -\x20

"""


def _written(*records: Record) -> str:
    return "".join(ris.write(Kept(record, b"", Origin("PubMed", 0)) for record in records))


def _lines(record: Record, tag: str) -> list[str]:
    return [line[6:] for line in _written(record).splitlines() if line.startswith(f"{tag}  - ")]


def _read(text: str) -> list[dict[str, Any]]:
    """As rispy reads it; the two tags that rispy does not know stand under their own names."""
    entries: list[dict[str, Any]] = rispy.loads(text)
    for found in entries:
        unknown = found.pop("unknown_tag", {})
        for tag, name in (("ED", "editors"), ("M2", "extra")):
            if tag in unknown:
                found[name] = unknown.pop(tag)
        assert not unknown
    return entries


def test_the_whole_of_a_record() -> None:
    assert _written(SEED) == SEED_RIS
    assert _written(SEED, SEED) == SEED_RIS * 2


@pytest.mark.parametrize(
    ("changes", "tag", "expected"),
    [
        ({"publication_types": (Term("Journal Article"), Term("Preprint"))}, "TY", ["UNPB"]),
        ({"issue": Issue(date=PartialDate("2007"))}, "PY", ["2007"]),
        ({"issue": Issue(date=PartialDate("2007"))}, "DA", []),
        ({"issue": Issue(date=PartialDate("2007", "Oct"))}, "DA", ["2007/10"]),
        ({"issue": Issue(date=PartialDate(medline_date="1998 Dec-1999 Jan"))}, "DA", ["1998/12"]),
        ({"issue": Issue(date=PartialDate("2003", season="Spring"))}, "PY", ["2003"]),
        ({"pagination": Pagination("e123")}, "SP", ["e123"]),
        ({"pagination": Pagination("e123")}, "EP", []),
        ({"pagination": Pagination(), "elocations": (ELocation("pii", "e456"),)}, "SP", ["e456"]),
        ({"issue": Issue("449")}, "IS", [""]),
        ({"ids": (), "elocations": (ELocation("doi", "https://doi.org/10.1/x"),)}, "DO", ["10.1/x"]),
        ({"journal": Journal(medline_ta="Nature")}, "T2", ["Nature"]),
        ({"languages": ("eng", "fre")}, "LA", ["eng, fre"]),
        ({"abstract": Abstract((AbstractSection("Only this.", "AIM: "),))}, "AB", ["AIM: Only this."]),
        (
            {"abstract": Abstract(), "other_abstracts": (Abstract((AbstractSection("Ainsi."),), language="fre"),)},
            "AB",
            ["Ainsi."],
        ),
        ({"title": ""}, "TI", []),
    ],
)
def test_single_tags(changes: dict[str, Any], tag: str, expected: list[str]) -> None:
    assert _lines(SEED._replace(**changes), tag) == expected


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"publication_types": (Term("Retracted Publication"),)}, "RETRACTED PUBLICATION"),
        (
            {"relations": (Relation("RetractionIn", "Nature. 2010;1:2", 7, note="by the authors"),)},
            "Retraction in: Nature. 2010;1:2 PMID: 7 by the authors",
        ),
        ({"relations": (Relation("ExpressionOfConcernIn", "Nature. 2010"),)}, "Expression of concern in: Nature. 2010"),
        ({"issue": Issue(date=PartialDate("2003", season="Spring"))}, "Published: 2003 Spring"),
        ({"pagination": Pagination("12-3, 15-9")}, "Pages: 12-3, 15-9"),
        ({"vernacular_title": "Les cellules"}, "Original title: Les cellules"),
        ({"author_lists": (PersonList((), complete=False),)}, "Authors: the list is not complete"),
    ],
)
def test_notes(changes: dict[str, Any], note: str) -> None:
    assert note in _lines(SEED._replace(**changes), "N1")


def test_a_retraction_comes_first_and_a_notice_of_one_is_not_retracted() -> None:
    retracted = SEED._replace(relations=(Relation("RetractionIn", "Nature. 2010"),))
    notice = SEED._replace(relations=(Relation("RetractionOf", "Nature. 2007"),))
    assert _lines(retracted, "N1")[:2] == ["RETRACTED PUBLICATION", "Retraction in: Nature. 2010"]
    assert _lines(notice, "N1")[0] == "Retraction of: Nature. 2007"


def _as_zotero_splits(name: str) -> list[str]:
    return re.split(r"\s*,\s*", name, maxsplit=1)


def test_a_group_name_is_never_split_into_family_and_given() -> None:
    name = "Pulmonary, Allergy , and Sleep Group"
    record = SEED._replace(author_lists=(PersonList((Person(collective_name=name),)),))
    (written,) = _lines(record, "AU")
    assert _as_zotero_splits(written) == ["Pulmonary\uff0cAllergy\uff0cand Sleep Group"]
    assert f"Group authors: {name}" in _lines(record, "N1")


def test_two_authors_of_the_same_name_stay_two() -> None:
    authors = PersonList((Person("Wang", "Wei"), Person("Wang", "Wei")))
    assert _lines(SEED._replace(author_lists=(authors,)), "AU") == ["Wang, Wei", "Wang, Wei"]


def test_a_chapter_and_its_book() -> None:
    book = Book(
        "GeneReviews",
        publisher="University of Washington",
        publisher_location="Seattle (WA)",
        date=PartialDate("1993"),
        authors=(
            PersonList((Person("Adam", "Margaret P"),), kind="editors"),
            PersonList((Person("Doe", "Jane"),), kind="authors"),
        ),
        edition="2nd",
        collection="Genetics",
        isbns=("9781", "9782"),
    )
    written = PersonList((Person("Napolitano", "Carlo"),), kind="authors")
    chapter = Record(1, title="Timothy Syndrome", book=book, author_lists=(written,), ids=(Identifier("pmc", "PMC9"),))
    assert _lines(chapter, "TY") == ["CHAP"]
    assert (_lines(chapter, "TI"), _lines(chapter, "T2")) == (["Timothy Syndrome"], ["GeneReviews"])
    assert (_lines(chapter, "AU"), _lines(chapter, "ED")) == (["Napolitano, Carlo"], ["Adam, Margaret P"])
    assert (_lines(chapter, "T3"), _lines(chapter, "SN"), _lines(chapter, "ET")) == (
        ["Genetics"],
        ["9781 9782"],
        ["2nd"],
    )
    assert (_lines(chapter, "PB"), _lines(chapter, "CY")) == (["University of Washington"], ["Seattle (WA)"])
    assert _lines(chapter, "C2") == []
    assert "Authors of the book: Doe, Jane" in _lines(chapter, "N1")

    whole = chapter._replace(title="", author_lists=())
    assert (_lines(whole, "TY"), _lines(whole, "TI"), _lines(whole, "T2")) == (["BOOK"], ["GeneReviews"], [])
    assert (_lines(whole, "AU"), _lines(whole, "ED"), _lines(whole, "PY")) == (
        ["Doe, Jane"],
        ["Adam, Margaret P"],
        ["1993"],
    )


def test_the_smallest_record_has_no_empty_tag_but_the_issue() -> None:
    assert _written(Record(1)) == (
        "TY  - JOUR\nAN  - 1\nIS  - \nUR  - https://pubmed.ncbi.nlm.nih.gov/1/\nM2  - PMID: 1\nDB  - PubMed\nER  - \n\n"
    )


def _assert_sound(records: list[Record]) -> list[dict[str, Any]]:
    """The text of `records` is nothing but their fields, in any reader's idea of a line."""
    text = _written(*records)
    lines = text.splitlines()
    assert all(re.fullmatch(r"([A-Z][A-Z0-9]  - \S.*|(IS|ER)  - )?", line) for line in lines)
    assert "ER  -" not in text.replace("\nER  - \n", "\n")
    assert lines == text.split("\n")[:-1]
    assert not [line for line in lines if line.startswith("M3")]
    text.encode()
    entries = _read(text)
    assert entries == [ris.entry(record) for record in records]
    return entries


TRAPS = (
    *(
        "ER  - ",
        "TY  - JOUR",
        "DO  - 10.1/evil",
        "\n",
        "\r",
        "\r\n",
        "\x85",
        "\u2028",
        "\x0b",
        "\x1c",
        "\x00",
        "\x1b[2J",
    ),
    *("\ud800", ";", ",", "  ", "\t", "\u00a0", "\u202e", "e\u0301", "{value}", "1.", "None", "word"),
)
HOSTILE = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(TRAPS), max_size=5).map("".join))


def _record_of(texts: list[str]) -> Record:
    """A record that has one of `texts` in every place, so that each text comes to stand in many."""
    text = itertools.cycle(texts).__next__
    book = Book(text(), publisher=text(), edition=text(), isbns=(text(), text()), collection=text())
    return Record(
        17914389,
        title=text(),
        vernacular_title=text(),
        journal=Journal(text(), text(), text(), text()),
        issue=Issue(text(), text(), PartialDate(text(), text(), text(), text())),
        pagination=Pagination(text(), text(), text()),
        abstract=Abstract((AbstractSection(text(), text()), AbstractSection(text()))),
        author_lists=(PersonList((Person(text(), text(), "", text()), Person(collective_name=text()))),),
        languages=(text(), text()),
        publication_types=(Term(text()), Term(text())),
        data_banks=(DataBank(text(), (text(), text())),),
        grants=(Grant(text(), text(), text(), text()), Grant(agency=text())),
        relations=(Relation("RetractionIn", text(), 7, note=text()),),
        mesh=(MeshHeading(Descriptor(text()), (Qualifier(text()), Qualifier(text()))), MeshHeading(Descriptor(text()))),
        keyword_lists=(KeywordList((Keyword(text()), Keyword(text()))),),
        conflict_of_interest=text(),
        ids=(Identifier("doi", text()), Identifier("pmc", text())),
        book=book if len(texts) % 2 else None,
    )


RECORDS = st.lists(HOSTILE, min_size=1, max_size=11).map(_record_of)


def _letters(name: str) -> str:
    """A name without blanks and commas, which are what may change in it."""
    return re.sub(r"[\s,\uff0c]", "", one_line(name))


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=2))
def test_hostile_text_injects_nothing_and_is_not_lost(records: list[Record]) -> None:
    for record, found in zip(records, _assert_sound(records), strict=True):
        title = one_line(record.title or (record.book.title if record.book else "")).strip()
        assert found.get("title", "") == title
        assert found["urls"] == [f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/"]
        for heading in record.mesh:
            parts = {one_line(part).strip() for part in heading.descriptor.name.split(";")}
            assert parts - {""} <= set(found.get("keywords", []))
        written = {_letters(name) for name in found.get("authors", [])}
        assert {_letters(person.collective_name) for person in record.authors if person.collective_name} - {
            ""
        } <= written
        for section in record.abstract.sections:
            assert all(word in found.get("abstract", "") for word in one_line(section.text).split())


@needs_data
def test_real_records_read_back_as_what_they_are() -> None:
    records = list(real())
    assert len(records) > 3000
    for record, found in zip(records, _assert_sound(records), strict=True):
        assert found["accession_number"] == str(record.pmid)
        assert found["extra"][0] == f"PMID: {record.pmid}"
        assert found.get("title", "") == (record.title or (record.book.title if record.book else ""))
        assert found.get("doi", "") == record.doi
        assert found.get("volume", "") == (record.book or record.issue).volume
        assert found.get("number", "") == record.issue.issue
        assert found.get("year", "") == (str(record.date.year_number) if record.date.year_number else "")
        assert {heading.descriptor.name for heading in record.mesh} <= set(found.get("keywords", []))
        assert not any(";" in keyword for keyword in found.get("keywords", []))
        families = [person.last_name or person.collective_name or person.fore_name for person in record.authors]
        given_names = {(person.last_name, person.fore_name) for person in record.authors if person.fore_name}
        written = [_as_zotero_splits(name) for name in found.get("authors", [])]
        if record.book is None:
            assert [name[0] for name in written] == families
            assert {(name[0], name[1].split(", ")[0]) for name in written if len(name) == 2} >= given_names
        for section in record.abstract.sections:
            assert section.text in found.get("abstract", "")
        notes = found.get("notes", [])
        assert all(any(grant.id in note for note in notes) for grant in record.grants)
        assert ("RETRACTED PUBLICATION" in notes) == record.retracted
