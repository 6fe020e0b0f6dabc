"""Dates as PubMed's queries write them: ``2007``, ``2007/10``, ``2007/10/04``, ``2007 Oct 4``, ``last 5 years``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, cast

from tui.model.dates import MONTHS
from tui.query.tree import Dates, Day, Recent

_DAY = re.compile(r"(\d{4})(?:[/ .-](\d{1,2}|[A-Za-z]{3,9})(?:[/ .-](\d{1,2}))?)?")
_LAST = re.compile(r"last (\d+) (day|month|year)s?", re.IGNORECASE)
_MONTH = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
OPEN_END = 3000
"""The year that PubMed's help names for a range without an end."""


def day(text: str) -> Day | None:
    """A date of any precision; None for what is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, number = found.groups()
    in_year = 0 if month is None else int(month) if month.isdigit() else _MONTH.get(month[:3].lower(), -1)
    day = Day(int(year), in_year, int(number or 0))
    if not day.year or (month is not None and not 1 <= in_year <= 12):
        return None
    if number is not None and not 1 <= day.day <= monthrange(day.year, in_year)[1]:
        return None
    return day


def last(text: str) -> tuple[int, Literal["days", "months", "years"]] | None:
    """The amount and the unit of ``last 5 years``."""
    found = _LAST.fullmatch(" ".join(text.split()))
    if found is None or not 0 < int(found[1][:6]) < 100_000:
        return None
    return int(found[1][:6]), cast('Literal["days", "months", "years"]', f"{found[2].lower()}s")


def span(node: Dates | Recent, today: date) -> tuple[date, date]:
    """The first and the last day meant."""
    if isinstance(node, Dates):
        return _begin(node.first), _end(node.last)
    if node.unit == "days":
        days = min(node.amount, today.toordinal() - 1)
        return today - timedelta(days), today
    months = today.year * 12 + today.month - 1 - node.amount * (12 if node.unit == "years" else 1)
    if months < 12:
        return date.min, today
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])), today


def written(day: Day) -> str:
    """``2007/10/04``, as far as it is known."""
    return "/".join(f"{part:02}" if place else f"{part:04}" for place, part in enumerate(day) if part)


def _begin(day: Day) -> date:
    return date(day.year, day.month or 1, day.day or 1)


def _end(day: Day) -> date:
    month = day.month or 12
    return date(day.year, month, day.day or monthrange(day.year, month)[1])
