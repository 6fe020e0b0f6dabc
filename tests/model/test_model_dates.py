"""A date that is partly known says what it knows, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.dates import MONTHS, PartialDate

TABLE = [
    # date, year, month, day, ISO, as shown, for ordering
    (PartialDate("2007", "Oct", "4"), 2007, 10, 4, "2007-10-04", "2007 Oct 4", 20071004),
    (PartialDate("2007", "10", "04"), 2007, 10, 4, "2007-10-04", "2007 Oct 4", 20071004),
    (PartialDate("2007", "9", "5"), 2007, 9, 5, "2007-09-05", "2007 Sep 5", 20070905),
    (PartialDate("2007", "Oct"), 2007, 10, 0, "2007-10", "2007 Oct", 20071001),
    (PartialDate("2007"), 2007, 0, 0, "2007", "2007", 20070101),
    (PartialDate("2007", day="4"), 2007, 0, 4, "2007", "2007", 20070104),
    (PartialDate("2003", season="Spring"), 2003, 0, 0, "2003", "2003 Spring", 20030401),
    (PartialDate("2003", season="Autumn"), 2003, 0, 0, "2003", "2003 Autumn", 20031001),
    (PartialDate("2003", season="Winter-Spring"), 2003, 0, 0, "2003", "2003 Winter-Spring", 20030101),
    (PartialDate("2003", season="May-Jun"), 2003, 0, 0, "2003", "2003 May-Jun", 20030501),
    (PartialDate("2003", season="Easter"), 2003, 0, 0, "2003", "2003 Easter", 20030101),
    (PartialDate(medline_date="1998 Dec-1999 Jan"), 1998, 12, 0, "1998-12", "1998 Dec-1999 Jan", 19981201),
    (PartialDate(medline_date="2000 Spring-Summer"), 2000, 0, 0, "2000", "2000 Spring-Summer", 20000101),
    (PartialDate(medline_date="1984-1985"), 1984, 0, 0, "1984", "1984-1985", 19840101),
    (PartialDate(medline_date="Summer of love"), 0, 0, 0, "", "Summer of love", 0),
    (PartialDate(medline_date="1976-1977 Winter"), 1976, 0, 0, "1976", "1976-1977 Winter", 19760101),
    (PartialDate("2007", "13", "32"), 2007, 0, 0, "2007", "2007 13 32", 20070101),
    (PartialDate("2007", "Sept", "²"), 2007, 9, 0, "2007-09", "2007 Sept ²", 20070901),
    (PartialDate("٢٠٠٧"), 0, 0, 0, "", "٢٠٠٧", 0),
    (PartialDate("c1950"), 0, 0, 0, "", "c1950", 0),
    (PartialDate("[1950]"), 1950, 0, 0, "1950", "[1950]", 19500101),
    (PartialDate(), 0, 0, 0, "", "", 0),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row[0]))
def test_what_a_date_says(row: tuple[PartialDate, int, int, int, str, str, int]) -> None:
    date, year, month, day, iso, shown, order = row
    assert (date.year_number, date.month_number, date.day_number) == (year, month, day)
    assert (date.iso, str(date), date.sort_key) == (iso, shown, order)


@pytest.mark.parametrize("month", MONTHS)
def test_every_month_is_known_by_name_and_number(month: str) -> None:
    number = MONTHS.index(month) + 1
    for written in (month, month.upper(), str(number), f"{number:02}"):
        assert PartialDate("2001", written).month_number == number
        assert PartialDate("2001", written, "2").iso == f"2001-{number:02}-02"


@given(st.builds(PartialDate, *[st.text(max_size=8)] * 8))
def test_any_words_make_a_date(date: PartialDate) -> None:
    assert 0 <= date.month_number <= 12
    assert 0 <= date.day_number <= 31
    assert date.sort_key >= 0
    assert (date.iso == "") == (date.year_number == 0)
    str(date)
