"""For the tests of references: articles and people written down in a few words."""

from __future__ import annotations

import re
from typing import Any

from tui.export.reference import Reference
from tui.model.dates import MONTHS, PartialDate
from tui.model.record import Identifier, Issue, Journal, Pagination, Person, PersonList, Record

AHEAD: dict[str, Any] = {"publication_status": "aheadofprint", "publication_model": "Print-Electronic"}


def _person(name: str) -> Person:
    """``Family, Given`` or ``Family AB Jr``; a group begins with ``=``."""
    if name.startswith("="):
        return Person(collective_name=name[1:])
    family, comma, given = name.partition(", ")
    if comma:
        return Person(family, given, "".join(part[0] for part in re.split("[ -]", given)))
    found = re.fullmatch(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|[IV]+))?", name)
    return Person(found[1], "", found[2], found[3] or "") if found else Person(name)


def people(names: str, kind: str = "") -> tuple[PersonList, ...]:
    return (PersonList(tuple(map(_person, names.split("; "))), kind=kind),) if names else ()


def _date(text: str) -> PartialDate:
    parts = text.split()
    if len(parts) > 1 and parts[1] not in MONTHS:
        return PartialDate(parts[0], season=parts[1])
    return PartialDate(*parts)


def article(authors: str, title: str, where: tuple[str, ...], *, full: str = "", **others: Any) -> Record:
    """`where` is journal, date, volume, issue, pages, DOI, as far as there are some."""
    journal, date, volume, issue, pages, doi = (*where, "", "", "", "", "")[:6]
    given: dict[str, Any] = {"pmid": 1, "languages": ("eng",), "ids": (Identifier("doi", doi),) if doi else ()}
    return Record(
        **given | others,
        title=title,
        journal=Journal(full or journal, medline_ta=journal),
        issue=Issue(volume, issue, _date(date)),
        pagination=Pagination(pages),
        author_lists=people(authors),
    )


def told(reference: Reference) -> str:
    """The text, with underscores around what is in italics."""
    segments = (segment for run in reference.runs for segment in run.segments)
    return "".join(f"_{text}_" if "i" in tags else text for text, tags in segments)
