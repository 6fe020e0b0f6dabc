"""When something was published, as numbers: from a day to a span of years.

The issue's date is a day, a month, a year, a Season (``Summer``, ``Jul-Aug``) or a MedlineDate, free text mostly of
the form ``1998 Dec-1999 Jan``, ``1995 Dec 6-20``, ``2018 July August`` or ``1944-1945``.
"""

from __future__ import annotations

import re

from tui.model.dates import PartialDate

Point = tuple[int, ...]
"""Year, then month, then day, as far as they are known; months 21 to 24 are spring to winter (ISO 8601-2, 4.8)."""

SPRING = 21
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SEASONS = {"spring": SPRING, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_BETWEEN = re.compile(r"\s*[-/\u2010-\u2015]\s*|(?<=[A-Za-z])\s+(?=[A-Za-z])")
_PART = re.compile(r"(?P<year>[12]\d{3})?\s*(?P<word>[A-Za-z]{3,})?\.?\s*(?P<day>\d{1,2})?", re.ASCII)


def period(date: PartialDate) -> tuple[Point, ...]:
    """The one point, or the first and the last; empty where no year is known.

    Free text that is of no known form gives the year and month that are named first.
    """
    text = date.medline_date or (f"{date.year} {date.season}" if date.season else "")
    return _points(text) or ((tuple(int(part) for part in date.iso.split("-")),) if date.iso else ())


def edtf(points: tuple[Point, ...]) -> str:
    """As ISO 8601-2 writes it, and biblatex reads it: ``2007-10-04``, ``2003-21``, ``1998-12/1999-01``."""
    return "/".join("-".join([f"{point[0]:04}", *[f"{part:02}" for part in point[1:]]]) for point in points)


def _points(text: str) -> tuple[Point, ...]:
    """Empty where the text is not of the form, or ends before it begins."""
    points: list[Point] = []
    for part in _BETWEEN.split(text.strip()):
        point = _point(part, points[-1] if points else ())
        if not point:
            return ()
        points.append(point)
    first, last = points[0], points[-1]
    if first == last:
        return (first,)
    return (first, last) if first < last else ()


def _point(text: str, before: Point) -> Point:
    """What the text leaves out is as in the point before: ``6-20``, ``Dec-Jan``."""
    found = _PART.fullmatch(text)
    if not text or not found:
        return ()
    year, month, day = int(found["year"] or 0), _month(found["word"] or ""), int(found["day"] or 0)
    if found["word"] and not month:
        return ()
    if before and not year:
        year = before[0]
        if not month and len(before) == 3:
            month = before[1]
        elif month < SPRING and before[1:] > (month, day):
            year += 1  # of December to January only December's year is named
    if not year or day > 31 or (day and not 1 <= month <= 12):
        return ()
    return tuple(part for part in (year, month, day) if part)


def _month(word: str) -> int:
    """Of a month, abbreviated to three letters or more, or of a season; 0 for any other word."""
    word = word.lower()
    return _SEASONS.get(word, 0) or next((n for n, name in enumerate(_MONTHS, 1) if word and name.startswith(word)), 0)
