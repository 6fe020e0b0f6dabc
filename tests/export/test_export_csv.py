"""CSV, read back with the csv module: a row a record, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.export_samples import RECORDS, RICH, kept, real
from tests.recorded import needs_data
from tui.export.csv import COLUMNS, write
from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.record import Book, Issue, Pagination, Person, PersonList, Record

ROW = {
    "PMID": "17914389",
    "PMCID": "PMC7000001",
    "DOI": "10.1038/nature06188",
    "Title": "CCL5 and H\u2082O in tumours.",
    "Authors": "Karnoub, Antoine E; van den Berg, Jan-Willem, Jr; Cancer, Stroma and Bone Group",
    "Journal or book": "Nature",
    "Abbreviation": "Nature",
    "Year": "2007",
    "Date": "2007 Oct 4",
    "Volume": "449",
    "Issue": "7162",
    "Pages": "557-563",
    "ISSN or ISBN": "1476-4687",
    "Abstract": "BACKGROUND: Cells meet. RESULTS: They move on.",
    "MeSH": "Animals; Breast Neoplasms/genetics/*pathology; *Stromal Cells",
    "Keywords": "tumour stroma",
    "Grants": "R01 CA116235-02 (NCI NIH HHS, United States)",
    "Languages": "English; French",
    "Publication types": "Journal Article; Retracted Publication",
    "Data": "GEO: GSE9001, GSE9002",
    "Retraction": "RETRACTED PUBLICATION; Retraction in: Nature. 2010 Feb 6;463(7282):1000 PMID: 20137807",
    "Editors": "",
    "Publisher": "",
    "URL": "https://pubmed.ncbi.nlm.nih.gov/17914389/",
}


def unguarded(cell: str) -> str:
    """What a script makes of a cell: without the apostrophe that keeps it from being a formula."""
    return cell[1:] if re.match("'+[=+@\uff1d\uff0b\uff0d\uff20-]", cell) else cell


def _bytes(*records: Record) -> bytes:
    return "".join(write(kept(records))).encode()


def _rows(*records: Record) -> list[dict[str, str]]:
    """As a script reads them."""
    return list(csv.DictReader(io.StringIO(_bytes(*records).decode("utf-8-sig"), newline=""), strict=True))


def test_the_whole_of_a_record() -> None:
    assert _rows(RICH) == [ROW]
    assert list(COLUMNS) == list(ROW)


def test_the_bytes_are_those_a_spreadsheet_expects() -> None:
    data = _bytes(RICH, RICH)
    assert data.startswith(b"\xef\xbb\xbfPMID,PMCID,DOI,")
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") == 3
    assert data.endswith(b"\r\n")
    assert b'"Karnoub, Antoine E; ' in data


def test_no_record_at_all_leaves_the_headings() -> None:
    assert _rows() == []
    assert _bytes().count(b"\r\n") == 1


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \t=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("'quoted'", "'quoted'"),
        ("1 = 1", "1 = 1"),
        ('a "b", c', 'a "b", c'),
        ("two\r\nlines\nand\x00more", "two lines and\ufffdmore"),
    ],
)
def test_a_cell_is_one_line_and_no_formula(title: str, cell: str) -> None:
    (row,) = _rows(Record(1, title=title))
    assert row["Title"] == cell
    assert unguarded(cell) == one_line(title)


def test_a_book() -> None:
    book = Book(
        "GeneReviews",
        publisher="University of Washington",
        date=PartialDate("1993"),
        authors=(PersonList((Person("Adam", "Margaret P", "MP"),), kind="editors"),),
        volume="2",
        isbns=("9781", "9782"),
    )
    (row,) = _rows(Record(1, book=book))
    assert (row["Title"], row["Journal or book"], row["Editors"]) == ("GeneReviews", "GeneReviews", "Adam, Margaret P")
    assert (row["Volume"], row["ISSN or ISBN"], row["Publisher"]) == ("2", "9781; 9782", "University of Washington")


def test_dates_are_as_precise_as_they_are() -> None:
    spring = RICH._replace(issue=Issue(date=PartialDate("2003", season="Spring")), pagination=Pagination("e12"))
    (row,) = _rows(spring)
    assert (row["Year"], row["Date"], row["Pages"]) == ("2003", "2003 Spring", "e12")


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=3))
def test_hostile_records_stay_in_their_cells(records: list[Record]) -> None:
    rows = _rows(*records)
    assert [row["PMID"] for row in rows] == [str(record.pmid) for record in records]
    for row, record in zip(rows, records, strict=True):
        assert set(row) == set(COLUMNS)
        for cell in row.values():
            assert "\n" not in cell and "\r" not in cell
            assert cell[:1] not in ("=", "+", "-", "@", "\t")
        assert unguarded(row["Title"]) == one_line(record.title or (record.book.title if record.book else ""))
        assert unguarded(row["DOI"]) == one_line(record.doi)
        for heading in record.mesh:
            assert one_line(heading.descriptor.name) in unguarded(row["MeSH"])


@needs_data
def test_real_records_read_back_as_what_they_are() -> None:
    rows = _rows(*real())
    assert len(rows) == len(real()) > 2000
    for row, record in zip(rows, real(), strict=True):
        told = {name: unguarded(cell) for name, cell in row.items()}
        assert told["PMID"] == str(record.pmid)
        assert told["Title"] == (record.title or (record.book.title if record.book else ""))
        assert (told["DOI"], told["PMCID"], told["Issue"]) == (record.doi, record.pmcid, record.issue.issue)
        if record.book is None:
            names = told["Authors"].split("; ") if record.authors else []
            assert len(names) == len(record.authors) or ";" in "".join(person.full for person in record.authors)
            assert all(person.last_name in told["Authors"] for person in record.authors)
        assert all(heading.descriptor.name in told["MeSH"] for heading in record.mesh)
        assert all(section.text in told["Abstract"] for section in record.abstract.sections)
        assert all(grant.id in told["Grants"] for grant in record.grants)
        assert all(number in told["Data"] for bank in record.data_banks for number in bank.accessions)
        assert told["Retraction"].startswith("RETRACTED") == record.retracted
