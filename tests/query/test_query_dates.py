"""Dates and spans of time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.query.dates import day, last, span, written
from tui.query.fields import named
from tui.query.tree import Dates, Day, On, Recent

DP, EDAT = named("dp"), named("edat")
TODAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2007", Day(2007)),
        (" 2007/10 ", Day(2007, 10)),
        ("2007/1/4", Day(2007, 1, 4)),
        ("2007-10-04", Day(2007, 10, 4)),
        ("2007 Oct 4", Day(2007, 10, 4)),
        ("2007 october", Day(2007, 10)),
        ("2007 sept", Day(2007, 9)),
        ("2008/02/29", Day(2008, 2, 29)),
        ("2007/02/29", None),
        ("2007/13", None),
        ("2007/00", None),
        ("2007/10/00", None),
        ("2007 octopus", None),
        ("0000", None),
        ("07", None),
        ("20071", None),
        ("٢٠٠٧", None),
        ("", None),
    ],
)
def test_day(text: str, expected: Day | None) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last 5 years", (5, "years")),
        ("LAST  1  Month", (1, "months")),
        ("last year", (1, "years")),
        ("last 60 days", (60, "days")),
        ("last 0 days", None),
        ("last 123456 days", None),
        ("last few days", None),
        ("past 5 years", None),
    ],
)
def test_last(text: str, expected: tuple[int, str] | None) -> None:
    assert last(text) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (On(Day(2007), DP), (date(2007, 1, 1), date(2007, 12, 31))),
        (On(Day(2008, 2), DP), (date(2008, 2, 1), date(2008, 2, 29))),
        (On(Day(2008, 2, 3), DP), (date(2008, 2, 3), date(2008, 2, 3))),
        (Dates(Day(2005), Day(2006, 4), DP), (date(2005, 1, 1), date(2006, 4, 30))),
        (Dates(Day(1), Day(9999), DP), (date.min, date.max)),
        # "will also include citations with publication dates after today's date"
        (Recent(1, "months", DP), (date(2024, 2, 29), date.max)),
        (Recent(1, "months", EDAT), (date(2024, 2, 29), TODAY)),
        (Recent(5, "years", EDAT), (date(2019, 3, 31), TODAY)),
        (Recent(60, "days", EDAT), (date(2024, 1, 31), TODAY)),
        (Recent(99_999, "years", EDAT), (date.min, TODAY)),
        (Recent(99_999, "months", EDAT), (date.min, TODAY)),
    ],
)
def test_span(node: On | Dates | Recent, expected: tuple[date, date]) -> None:
    assert span(node, TODAY) == expected


@given(st.dates())
def test_a_day_is_read_as_it_is_written(value: date) -> None:
    for each in (Day(value.year), Day(value.year, value.month), Day(value.year, value.month, value.day)):
        assert day(written(each)) == each
