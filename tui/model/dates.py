"""Dates that are only partly known: a year, a month, a season, or free text such as ``1998 Dec-1999 Jan``.

Elements PubDate, ArticleDate, DateCompleted, PubMedPubDate and their like in pubmed_250101.dtd. The
parts are kept exactly as PubMed writes them (the month is ``Oct`` in one record, ``10`` in the next); the
properties read them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NUMBER = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_SEASON_MONTH = {**_MONTH_NUMBER, "winter": 1, "spring": 4, "summer": 7, "fall": 10, "autumn": 10}
_BETWEEN = re.compile("[-/ ]")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_MONTH_WORD = re.compile(r"\b(" + "|".join(MONTHS) + ")", re.IGNORECASE)


class PartialDate(NamedTuple):
    """A date as precise as its source, no more."""

    year: str = ""
    month: str = ""
    """``Oct``, ``10`` or ``9``; empty where only the year or a season is known."""
    day: str = ""
    season: str = ""
    """``Spring``, ``Jul-Aug`` and so on: PubMed's Season element."""
    medline_date: str = ""
    """MedlineDate, free text that stands instead of all other parts."""
    hour: str = ""
    minute: str = ""
    second: str = ""

    @property
    def year_number(self) -> int:
        """The year, the first one named where a span is given; 0 where there is none."""
        if self.year.isdigit() and self.year.isascii():
            return int(self.year)
        found = _YEAR.search(self.year or self.medline_date)
        return int(found.group()) if found else 0

    @property
    def month_number(self) -> int:
        """1 to 12, or 0 where no month is known (a season is no month)."""
        if self.month.isdigit() and self.month.isascii():
            return int(self.month) if 1 <= int(self.month) <= 12 else 0
        word = _MONTH_WORD.search(self.month or self.medline_date)
        return _MONTH_NUMBER[word.group().lower()] if word else 0

    @property
    def day_number(self) -> int:
        """1 to 31, or 0."""
        if self.day.isdigit() and self.day.isascii() and 1 <= int(self.day) <= 31:
            return int(self.day)
        return 0

    @property
    def iso(self) -> str:
        """``2007-10-04``, ``2007-10`` or ``2007``: only the parts that are known, empty for none."""
        parts = [f"{self.year_number:04d}"] if self.year_number else []
        if parts and self.month_number:
            parts.append(f"{self.month_number:02d}")
            if self.day_number:
                parts.append(f"{self.day_number:02d}")
        return "-".join(parts)

    @property
    def sort_key(self) -> int:
        """yyyymmdd for ordering; unknown parts count as the first of their kind, as PubMed orders them."""
        first = _BETWEEN.split(self.season.lower())[0]
        month = self.month_number or _SEASON_MONTH.get(first, 0) or 1
        return self.year_number * 10000 + month * 100 + (self.day_number or 1) if self.year_number else 0

    def __str__(self) -> str:
        """As a journal line shows it: ``2007 Oct 4``, ``2003 Spring``, ``1998 Dec-1999 Jan``."""
        if self.medline_date:
            return self.medline_date
        month = MONTHS[self.month_number - 1] if self.month.isdigit() and self.month_number else self.month
        day = str(self.day_number) if self.day_number else self.day
        return " ".join(part for part in (self.year, month or self.season, day if month else "") if part)
