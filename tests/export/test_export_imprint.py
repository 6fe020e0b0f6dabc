"""Dates, volumes and pages in each style's words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.export import imprint
from tui.model.dates import PartialDate
from tui.model.record import ArticleDate, ELocation, Issue, Pagination, Record, Term

DATES = [
    # date, years, AMA's, APA's of what has no volume, MLA's
    (PartialDate("2007", "Oct", "4"), "2007", "October 4, 2007", "2007, October 4", "4 Oct. 2007"),
    (PartialDate("2007", "09"), "2007", "September 2007", "2007, September", "Sept. 2007"),
    (PartialDate("2007"), "2007", "2007", "2007", "2007"),
    (PartialDate("2021", season="Winter"), "2021", "Winter 2021", "2021, Winter", "winter 2021"),
    (
        PartialDate("1997", season="Nov-Dec"),
        "1997",
        "November-December 1997",
        "1997, November–December",
        "Nov.-Dec. 1997",
    ),
    (
        PartialDate(medline_date="2020 Oct/Dec"),
        "2020",
        "October-December 2020",
        "2020, October–December",
        "Oct.-Dec. 2020",
    ),
    (PartialDate(medline_date="1995 Dec 21-28"), "1995", "December 1995", "1995, December", "21-28 Dec. 1995"),
    (
        *(PartialDate(medline_date="1998 Dec-1999 Jan"), "1998-1999", "December-January 1998-1999"),
        *("1998–1999, December–January", "Dec. 1998-Jan. 1999"),
    ),
    (PartialDate(medline_date="1947-1948"), "1947-1948", "1947-1948", "1947–1948", "1947-48"),
    (PartialDate(medline_date="1899-1900"), "1899-1900", "1899-1900", "1899–1900", "1899-1900"),
    (PartialDate(), "", "", "n.d.", ""),
]


@pytest.mark.parametrize(("date", "years", "ama", "apa", "mla"), DATES, ids=[str(date) for date, *_ in DATES])
def test_dates(date: PartialDate, years: str, ama: str, apa: str, mla: str) -> None:
    assert imprint.years(date) == years
    assert imprint.american_date(date) == ama
    assert imprint.apa_date(date, precise=True) == apa
    assert imprint.mla_date(date) == mla


def test_apa_has_the_year_alone_where_there_is_a_volume() -> None:
    assert imprint.apa_date(PartialDate("2021", season="Winter"), precise=False) == "2021"
    assert imprint.apa_date(PartialDate(medline_date="1998 Dec-1999 Jan"), precise=False) == "1998–1999"


@pytest.mark.parametrize(
    ("model", "leading", "epub"),
    [
        ("Print", "2007 Oct 4", ""),
        ("Print-Electronic", "2007 Oct 4", "Epub 2007 Sep 26"),
        ("Electronic", "2007 Oct 4", ""),
        ("Electronic-Print", "2007 Sep 26", ""),
        ("Electronic-eCollection", "2007 Sep 26", ""),
    ],
)
def test_which_of_two_dates_counts(model: str, leading: str, epub: str) -> None:
    record = Record(
        1,
        publication_model=model,
        issue=Issue(date=PartialDate("2007", "Oct", "4")),
        article_dates=(ArticleDate(PartialDate("2007", "09", "26")),),
    )
    assert str(imprint.leading_date(record)) == leading
    assert imprint.epub(record) == epub
    assert imprint.epub(record._replace(publication_status="aheadofprint")) == "Epub ahead of print"


@pytest.mark.parametrize(
    ("volume", "issue", "expected"),
    [
        ("449", "7162", ("449", "7162", "")),
        ("119 Suppl 1", "", ("119", "", "suppl 1")),
        ("56 Suppl", "", ("56", "", "suppl")),
        ("16", "Suppl 1", ("16", "", "suppl 1")),
        ("58", "12 Suppl 7", ("58", "12", "suppl 7")),
        ("27", "9-a Suppl", ("27", "9-a", "suppl")),
        ("36", "sup1", ("36", "", "suppl 1")),
        ("83", "Pt 2", ("83", "", "pt 2")),
        ("81", "3 Pt 2", ("81", "3", "pt 2")),
        ("335 ( Pt 1)", "", ("335", "", "pt 1")),
        ("59 (1 vol.)", "", ("59 (1 vol.)", "", "")),
        ("23", "3S", ("23", "3S", "")),
        ("", "", ("", "", "")),
    ],
)
def test_supplements_and_parts_are_taken_apart(volume: str, issue: str, expected: tuple[str, str, str]) -> None:
    numbers = imprint.numbers(Record(1, issue=Issue(volume, issue)))
    assert (numbers.volume, numbers.issue, numbers.extra) == expected


@pytest.mark.parametrize(
    ("written", "full", "vancouver", "mla"),
    [
        ("557-63", "557-563", "557-63", "557-63"),
        ("557-563", "557-563", "557-63", "557-63"),
        ("103-4", "103-104", "103-4", "103-04"),
        ("1099-100", "1099-1100", "1099-100", "1099-100"),
        ("2697-703", "2697-2703", "2697-703", "2697-703"),
        ("96-101", "96-101", "96-101", "96-101"),
        ("S12-8", "S12-S18", "S12-8", "S12-S18"),
        ("S12-S18", "S12-S18", "S12-8", "S12-S18"),
        ("S6-12", "S6-S12", "S6-12", "S6-S12"),
        ("129S-33S", "129S-133S", "129S-33S", "129S-133S"),
        ("iii-v", "iii-v", "iii-v", "iii-v"),
        ("120-2, 174", "120-122, 174", "120-2, 174", "120-22, 174"),
        (
            "699-703; discussion 703-4",
            "699-703; discussion 703-704",
            "699-703; discussion 703-4",
            "699-703; discussion 703-04",
        ),
        ("e123", "e123", "e123", "e123"),
        ("", "", "", ""),
    ],
)
def test_pages(written: str, full: str, vancouver: str, mla: str) -> None:
    assert imprint.expanded(written) == full
    assert imprint.expanded(written, "\u2013") == full.replace("-", "\u2013")
    assert imprint.shortened(written) == vancouver
    assert imprint.shortened(written, keep=2) == mla


@settings(deadline=None)
@given(st.integers(1, 99999), st.integers(1, 999))
def test_shortened_pages_are_the_same_pages(first: int, more: int) -> None:
    full = f"{first}-{first + more}"
    assert imprint.expanded(imprint.shortened(full)) == full
    assert imprint.expanded(imprint.shortened(full, keep=2)) == full


@pytest.mark.parametrize(
    ("pages", "model", "article", "printed"),
    [
        ("e0193972", "Electronic-eCollection", "e0193972", "e0193972"),
        ("1671", "Electronic-eCollection", "1671", "1671"),
        ("65-84", "Electronic-eCollection", "", "65-84"),
        ("103640", "Print-Electronic", "103640", "103640"),
        ("e01974-19", "Print", "e01974-19", "e01974-19"),
        ("273", "Print", "", "273"),
        ("S0890-5096(20)30767-6", "Print-Electronic", "", ""),
        ("/j/reveh.ahead-of-print/reveh-2020-0054.xml", "Print-Electronic", "", ""),
    ],
)
def test_numbers_that_are_no_pages(pages: str, model: str, article: str, printed: str) -> None:
    record = Record(1, publication_model=model, pagination=Pagination(pages))
    assert imprint.written_pages(record) == pages
    assert (imprint.article_number(record), imprint.printed_pages(record)) == (article, printed)


def test_the_publishers_identifier_stands_where_there_are_no_pages() -> None:
    record = Record(1, elocations=(ELocation("doi", "10.1/x"), ELocation("pii", "taae112")))
    assert (imprint.written_pages(record), imprint.article_number(record)) == ("taae112", "taae112")
    assert imprint.printed_pages(record._replace(publication_types=(Term("Preprint"),))) == ""
    assert imprint.written_pages(record._replace(pagination=Pagination(start="12", end="19"))) == "12-19"
