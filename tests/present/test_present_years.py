"""Bars of years: no record is lost, none is out of sight, and the years under them are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.present.years import Bar, Bars, bars, clause, drawn, span, summary

SPREADS = st.dictionaries(st.integers(1500, 2100), st.integers(1, 10**6), max_size=40).map(
    lambda spread: tuple(sorted(spread.items()))
)


def test_a_bar_for_each_year_where_there_is_room() -> None:
    made = bars(((2005, 2), (2007, 4)), 30)
    assert made == Bars((Bar(2005, 2005, 2), Bar(2006, 2006, 0), Bar(2007, 2007, 4)), 3)
    assert drawn(made, 1) == [["▄", " ", "█"]]
    assert drawn(made, 2) == [[" ", " ", "█"], ["█", " ", "█"]]


def test_years_share_a_bar_where_there_is_none() -> None:
    assert bars(((2001, 1), (2002, 2), (2003, 4), (2004, 8), (2005, 16)), 3).bars == (
        Bar(2001, 2001, 1),
        Bar(2002, 2003, 6),
        Bar(2004, 2005, 24),
    )


@pytest.mark.parametrize("spread", [(), ((0, 7),)])
def test_without_a_year_there_is_none(spread: tuple[tuple[int, int], ...]) -> None:
    assert bars(spread, 30).bars == ()
    assert drawn(bars(spread, 30), 2) == [[], []]
    assert summary(bars(spread, 30), 30) == ""


@given(SPREADS, st.integers(0, 80), st.integers(1, 3))
def test_each_record_is_in_one_bar_that_is_seen(spread: tuple[tuple[int, int], ...], width: int, rows: int) -> None:
    made = bars(spread, width)
    assert len(made.bars) * made.cells <= max(width, 1)
    if width:
        assert sum(bar.records for bar in made.bars) == sum(records for _, records in spread)
    for before, after in zip(made.bars, made.bars[1:], strict=False):
        assert after.first == before.last + 1
    lines = drawn(made, rows)
    for at, bar in enumerate(made.bars):
        assert bool(bar.records) == (lines[-1][at] != " ")
        assert (bar.records == made.most) <= (lines[0][at] == "█")


@given(SPREADS, st.integers(4, 80))
def test_what_stands_under_them_fits(spread: tuple[tuple[int, int], ...], width: int) -> None:
    assert len(summary(bars(spread, width), width)) <= max(width, 9)


def test_what_stands_under_them() -> None:
    spread = tuple((year, year - 1989) for year in range(1990, 2020))
    assert summary(bars(spread, 30), 30) == "1990   most 30 in 2019    2019"
    assert summary(bars(spread, 30), 20) == "1990            2019"
    assert summary(bars(((2007, 1234),), 30), 30) == "1,234 in 2007"


def test_a_span_and_its_clause() -> None:
    assert (span(2007, 2007), span(2005, 2010)) == ("2007", "2005–2010")
    assert (clause(2007, 2007), clause(2005, 2010)) == ("2007[dp]", "2005:2010[dp]")
