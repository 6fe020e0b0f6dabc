"""Dates of issues as numbers: PubMed's Season and MedlineDate in the forms that they really have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.export.period import edtf, period
from tui.model.dates import PartialDate


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (PartialDate("2007", "Oct", "4"), "2007-10-04"),
        (PartialDate("2007", "10"), "2007-10"),
        (PartialDate("2007"), "2007"),
        (PartialDate("2003", season="Fall"), "2003-23"),
        (PartialDate("2020", season="Jul-Aug"), "2020-07/2020-08"),
        (PartialDate("2020", season="May/Jun"), "2020-05/2020-06"),
        (PartialDate(medline_date="1998 Dec-1999 Jan"), "1998-12/1999-01"),
        (PartialDate(medline_date="1965 Dec-Jan"), "1965-12/1966-01"),
        (PartialDate(medline_date="1995 Dec 6-20"), "1995-12-06/1995-12-20"),
        (PartialDate(medline_date="1983 Jan 29-Feb 5"), "1983-01-29/1983-02-05"),
        (PartialDate(medline_date="1978 Sep-OCT"), "1978-09/1978-10"),
        (PartialDate(medline_date="2018 July August"), "2018-07/2018-08"),
        (PartialDate(medline_date="2019 Jan - Feb"), "2019-01/2019-02"),
        (PartialDate(medline_date="1979 Jan-Feb-Mar"), "1979-01/1979-03"),
        (PartialDate(medline_date="1944-1945"), "1944/1945"),
        (PartialDate(medline_date="2000 Spring-Summer"), "2000-21/2000-22"),
        (PartialDate(medline_date="1999 Spring"), "1999-21"),
        (PartialDate(medline_date="2008"), "2008"),
        (PartialDate(medline_date="1998 1st Quart"), "1998"),
        (PartialDate(medline_date="2000 Winter-Spring"), "2000"),
        (PartialDate(medline_date="1999-1998"), "1999"),
        (PartialDate(medline_date="2001 Summer 21"), "2001"),
        (PartialDate(medline_date="2001 Mar 40"), "2001-03"),
        (PartialDate(medline_date="6-20 Dec"), ""),
        (PartialDate(medline_date="in press"), ""),
        (PartialDate(), ""),
    ],
)
def test_what_a_date_says(date: PartialDate, expected: str) -> None:
    assert edtf(period(date)) == expected


@given(st.text(alphabet="0123456789 -/.JanFebDecSpringWinter\u2013", max_size=30))
def test_any_text_gives_dates_that_there_can_be(text: str) -> None:
    points = period(PartialDate(medline_date=text))
    assert len(points) < 3
    assert list(points) == sorted(points)
    for year, *rest in points:
        assert 1000 <= year <= 2999
        assert not rest or 1 <= rest[0] <= 24
        assert len(rest) < 2 or (rest[0] <= 12 and 1 <= rest[1] <= 31)
