"""Dates as PubMed's queries write them: ``2007``, ``2007/10``, ``2007/10/04``, ``2007 Oct 4``, ``last 5 years``.

Source: the PubMed User Guide, "Searching by date".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, cast

from tui.query.tree import Dates, Day, On, Recent

_DAY = re.compile(r"(\d{4})(?:[/ .-](\d{1,2}|[A-Za-z]{3,9})(?:[/ .-](\d{1,2}))?)?", re.ASCII)
_LAST = re.compile(r"last (?:(\d{1,5}) )?(day|month|year)s?", re.IGNORECASE | re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_PUBLISHED = frozenset(("dp", "epdat", "ppdat"))
"""Fields whose dates may lie ahead: ``last 5 years`` holds those too."""


def day(text: str) -> Day | None:
    """A date of any precision; None for what is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, number = found.groups()
    day = Day(int(year), _month(month or ""), int(number or 0))
    if not day.year or (month is not None and not 1 <= day.month <= 12):
        return None
    if number is not None and not 1 <= day.day <= monthrange(day.year, day.month)[1]:
        return None
    return day


def _month(text: str) -> int:
    """1 to 12 for a number or a name, whole or cut short; 0 for what is none."""
    if text.isdigit():
        return int(text)
    return next((number for number, name in enumerate(_MONTHS, 1) if text and name.startswith(text.lower())), 0)


def last(text: str) -> tuple[int, Literal["days", "months", "years"]] | None:
    """The amount and the unit of ``last 5 years``; ``last year`` is the last one."""
    found = _LAST.fullmatch(" ".join(text.split()))
    if found is None or not int(found[1] or 1):
        return None
    return int(found[1] or 1), cast('Literal["days", "months", "years"]', f"{found[2].lower()}s")


def span(node: On | Dates | Recent, today: date) -> tuple[date, date]:
    """The first and the last day meant."""
    match node:
        case On(day):
            return _begin(day), _end(day)
        case Dates(first, last):
            return _begin(first), _end(last)
    return _back(node, today), date.max if node.field.tag in _PUBLISHED else today


def _back(recent: Recent, today: date) -> date:
    if recent.unit == "days":
        return today - timedelta(min(recent.amount, today.toordinal() - 1))
    months = today.year * 12 + today.month - 1 - recent.amount * (12 if recent.unit == "years" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])) if year > 0 else date.min


def written(day: Day) -> str:
    """``2007/10/04``, as far as it is known."""
    return "/".join(f"{part:02}" if place else f"{part:04}" for place, part in enumerate(day) if part)


def _begin(day: Day) -> date:
    return date(day.year, day.month or 1, day.day or 1)


def _end(day: Day) -> date:
    month = day.month or 12
    return date(day.year, month, day.day or monthrange(day.year, month)[1])
