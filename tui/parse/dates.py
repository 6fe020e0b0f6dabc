"""Dates as elements: PubDate, ArticleDate, PubMedPubDate and their like."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tui.model.dates import PartialDate
from tui.model.record import Node
from tui.parse.markup import text_of
from tui.parse.other import other

_OTHERS = {
    "Season": "season",
    "MedlineDate": "medline_date",
    "Hour": "hour",
    "Minute": "minute",
    "Second": "second",
}


def date_of(element: Element, extra: list[Node]) -> PartialDate:
    year = month = day = ""
    rest: dict[str, str] = {}
    for child in element:
        tag = child.tag
        if tag == "Year":
            year = text_of(child)
        elif tag == "Month":
            month = text_of(child)
        elif tag == "Day":
            day = text_of(child)
        elif tag in _OTHERS:
            rest[_OTHERS[tag]] = text_of(child)
        else:
            other(child, element, extra)
    return PartialDate(year, month, day, **rest)
