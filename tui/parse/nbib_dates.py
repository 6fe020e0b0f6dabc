"""Dates of a record in MEDLINE format, each as precise as it stands there."""

from __future__ import annotations

import re

from tui.model.dates import PartialDate
from tui.model.medline import STATUSES
from tui.model.record import HistoryDate
from tui.parse.nbib_fields import Fields, with_kind

_DATE = re.compile(r"([0-9]{4})(?: ([A-Z][a-z]{2})(?: ([0-9]{1,2}))?)?")
_SEASON = re.compile(r"([0-9]{4}) (Spring|Summer|Autumn|Fall|Winter)")


def compact(text: str) -> PartialDate:
    """``20071004``."""
    return PartialDate(text[:4], text[4:6], text[6:8]) if text.isascii() and text.isdigit() else PartialDate(text)


def published(text: str) -> PartialDate:
    """DP: the date as the journal has it."""
    if day := _DATE.fullmatch(text):
        return PartialDate(day[1], day[2] or "", day[3] or "")
    if season := _SEASON.fullmatch(text):
        return PartialDate(season[1], season=season[2])
    return PartialDate(medline_date=text)


def history(fields: Fields) -> tuple[HistoryDate, ...]:
    dates = [HistoryDate(status, _time(time)) for time, status in map(with_kind, fields.values("PHST"))]
    known = {each.status for each in dates}
    for tag, status in STATUSES.items():
        time = fields.one(tag)
        if time and status not in known:
            dates.append(HistoryDate(status, _time(time)))
    return tuple(dates)


def _time(text: str) -> PartialDate:
    """``2007/10/05 09:00``; the numbers as the XML has them, without zeros before."""
    day, _, time = text.partition(" ")
    year, month, date = (*(part.lstrip("0") for part in day.split("/")), "", "", "")[:3]
    hour, _, minute = time.partition(":")
    return PartialDate(year, month, date, hour=_number(hour), minute=_number(minute))


def _number(digits: str) -> str:
    return digits.lstrip("0") or digits[:1]
