"""RIS, through rispy, as Zotero, EndNote, JabRef and Mendeley really read it.

What the importers do decides where a value goes, more than what the tag was once meant for. They keep the first or
the last of what is written twice, so each value stands once and in the order below; a value is one line, since any
line that looks like ``XX  - `` is a field, or the end of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from rispy import RisWriter

from tui.export import words
from tui.export.imprint import printed_pages
from tui.export.pages import pages
from tui.model.clean import one_line
from tui.model.record import Book, Pagination, Person, Record
from tui.model.results import Kept

_TYPES = {"Preprint": "UNPB"}
"""Publication types that are no journal article to an importer (TY)."""

_NO_BOOK = Book()
_COMMA = re.compile(" *, *")


class _Writer(RisWriter):  # type: ignore[misc]  # rispy has no types
    """rispy's writer without its numbers before TY, and with two tags that it does not know."""

    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {**RisWriter.DEFAULT_MAPPING, "M2": "extra", "ED": "editors"}
    DEFAULT_LIST_TAGS: ClassVar[list[str]] = [*RisWriter.DEFAULT_LIST_TAGS, "M2", "ED"]

    def set_header(self, count: int) -> str:
        return ""


def write(records: Iterable[Kept]) -> Iterator[str]:
    """One record a piece, a blank line after each."""
    writer = _Writer()
    for kept in records:
        yield f"{writer.formats([entry(kept.record)])}\n"


def entry(record: Record) -> dict[str, str | list[str]]:
    """The record under rispy's names, in the order of its tags; one-line values, nothing empty but the issue.

    JabRef takes AN for the issue, too, until an IS follows, an empty one if there is no issue.
    """
    result: dict[str, str | list[str]] = {}
    for name, value in _fields(record).items():
        if isinstance(value, str):
            if (line := one_line(value).strip()) or name == "number":
                result[name] = line
        elif value:
            result[name] = value
    return result


def _fields(record: Record) -> dict[str, str | list[str]]:
    """The order matters: AN before IS (see `entry`). What stands in a list is one line already."""
    journal, issue, date = record.journal, record.issue, record.date
    book = record.book or _NO_BOOK
    chapter = record.book is not None and record.title not in ("", book.title)
    first, last = pages(Pagination(printed_pages(record)))
    authors = words.authors(record)
    pmcid = one_line(record.pmcid).strip()
    year = date.year_number
    return {
        "type_of_reference": _type(record, chapter),
        "title": record.title or book.title,
        "authors": [_name(person) for person in authors],
        # ED and not A2: JabRef takes A2 for an author, Zotero takes it for the editor of a series.
        "editors": [_name(person) for person in words.editors(record)],
        "secondary_title": book.title if chapter else journal.title or journal.abbreviation,
        "tertiary_title": book.collection,
        "alternate_title1": journal.iso_abbreviation or journal.medline_ta,
        "year": f"{year:04d}" if year else "",
        # The year alone is left to PY: styles that print both would print it twice.
        "date": date.iso.replace("-", "/") if date.month_number else "",
        "volume": issue.volume or book.volume,
        "accession_number": str(record.pmid),
        "number": issue.issue,
        "start_page": first,
        "end_page": last,
        "edition": book.edition,
        "publisher": book.publisher,
        "place_published": book.publisher_location,
        "issn": journal.issn or journal.issn_linking or " ".join(book.isbns),
        "doi": record.doi,
        "urls": [f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/"],
        # Zotero's Extra field, one line each.
        "extra": [f"PMID: {record.pmid}", *([f"PMCID: {pmcid}"] if pmcid else [])],
        # Zotero takes a chapter's C2 for an author.
        "custom2": "" if chapter else pmcid,
        "keywords": words.keywords(record),
        "abstract": words.abstract(record),
        "language": ", ".join(record.languages),
        "name_of_database": "PubMed",
        # No M3, which would be the place for the publication types: importers read a DOI there.
        "notes": _notes(record, authors),
    }


def _type(record: Record, chapter: bool) -> str:
    if record.book is not None:
        return "CHAP" if chapter else "BOOK"
    return next((_TYPES[term.name] for term in record.publication_types if term.name in _TYPES), "JOUR")


def _name(person: Person) -> str:
    """``Family, Given, Suffix``.

    The importers part family and given name at the first comma, in a group's name as well. A group's commas are
    therefore written as U+FF0C FULLWIDTH COMMA, which normalisation (NFKC) makes plain again; with no comma in it
    the name is read as one.
    """
    name = words.inverted(person)
    return _COMMA.sub("\uff0c", name) if person.collective_name else name


def _notes(record: Record, authors: list[Person]) -> list[str]:
    """What no tag holds, or none that importers read: one labelled line each."""
    groups = [person.collective_name for person in authors if "," in person.collective_name]
    said = [f"Group authors: {'; '.join(groups)}"] if groups else []
    notes = (one_line(note).strip() for note in (*words.warnings(record), *words.remarks(record), *said))
    return [note for note in notes if note]


TAGS = frozenset(tag for tag, name in _Writer.DEFAULT_MAPPING.items() if name in _fields(Record(0)))
"""All that are ever written."""
