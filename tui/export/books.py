"""A book of NCBI's Bookshelf, or a chapter of one, as a reference: the order and the punctuation of each style.

A book that goes on growing has a beginning and perhaps an end; a chapter of it has a date of its own, and often a
later one at which it was brought up to date.
"""

from __future__ import annotations

import re

from tui.export import imprint, names, words
from tui.export.articles import mla_container, mla_pages
from tui.export.links import ama_doi, bookshelf_link, doi_link, nlm_doi, nlm_ids
from tui.export.reference import Piece, Reference, Sentence, phrase, reference, run_of, sentence, without_stop
from tui.export.titles import marked, quoted, title_of
from tui.model.clean import one_line
from tui.model.languages import spoken
from tui.model.record import Book, Person, Record

_EDITION = re.compile(r"\s*\b(?:edition|ed)\b\.?$", re.IGNORECASE)
_NO_BOOK = Book()


def nlm(record: Record) -> Reference:
    """As PubMed's own references are: Citing Medicine, chapters 2 and 22."""
    return reference(*_nlm(record, names.nlm), nlm_doi(record), nlm_ids(record))


def vancouver(record: Record) -> Reference:
    """The same with six names, and an address instead of PubMed's numbers."""
    return reference(*_nlm(record, names.vancouver), nlm_doi(record) or bookshelf_link(record, "Available from: "))


def _nlm(record: Record, listed: names.Listed) -> list[Sentence]:
    book = _book(record)
    people = words.editors(record)
    authors = listed(words.authors(record), complete=record.authors_complete)
    editors = f"{listed(people)}, editor{'s' if len(people) > 1 else ''}" if people else ""
    medium = f" [{one_line(book.medium)}]" if book.medium else ""
    date = f"{book.beginning}-{book.ending}" if book.beginning.year else str(book.date)
    publisher = imprint.joined(book.publisher_location, (": ", book.publisher), ("; ", date))
    imprints = [
        sentence(_edition(book)),
        sentence(f"Vol. {one_line(book.volume)}" if book.volume else ""),
        sentence(publisher),
        sentence(f"Report No.: {one_line(book.report_number)}" if book.report_number else ""),
    ]
    languages = sentence(", ".join(spoken(record.languages)))
    if not _is_chapter(record):
        who = [sentence(authors), sentence(editors)] if authors else [sentence(editors)]
        return [*who, sentence(title_of(record), medium), *imprints, languages]
    pages = imprint.shortened(imprint.printed_pages(record))
    updated = record.revised.year and record.revised.iso != book.contributed.iso
    date = f"{book.contributed}{f' [updated {record.revised}]' if updated else ''}" if book.contributed.year else ""
    return [
        sentence(authors),
        marked(record),
        sentence(date),
        phrase("In:"),
        sentence(editors or listed(_book_authors(record))),
        sentence(without_stop(run_of(book.title)), medium),
        *imprints,
        sentence(f"p. {pages}" if pages else ""),
        languages,
    ]


def ama(record: Record) -> Reference:
    """AMA Manual of Style, 11th edition, 3.12: no place, the publisher and the year of the book."""
    book = _book(record)
    chapter = _is_chapter(record)
    authors = names.ama(words.authors(record), complete=record.authors_complete)
    people = words.editors(record)
    editors = f"{names.ama(people)}, ed{'s' if len(people) > 1 else ''}" if people else ""
    pages = imprint.expanded(imprint.printed_pages(record)) if chapter else ""
    date = imprint.years(book.beginning) or imprint.years(book.date)
    date += f"-{imprint.years(book.ending)}" if book.ending.year else ""
    updated, published = imprint.american_date(record.revised), imprint.american_date(book.contributed)
    title = sentence(without_stop(run_of(book.title, italic=True)))
    return reference(
        sentence(authors or ("" if chapter else editors)),
        marked(record) if chapter else (),
        phrase("In:") if chapter else (),
        sentence(editors or names.ama(_book_authors(record))) if chapter else (),
        title,
        sentence(_edition(book)),
        sentence(imprint.joined(book.publisher, ("; ", date), (":", pages))),
        sentence(f"Updated {updated}" if updated else f"Published {published}" if published and chapter else ""),
        ama_doi(record) or bookshelf_link(record),
    )


def apa(record: Record) -> Reference:
    """Publication Manual of the American Psychological Association, 7th edition, 10.2 and 10.3."""
    book = _book(record)
    chapter = _is_chapter(record)
    authors = names.apa(words.authors(record), complete=record.authors_complete)
    people = words.editors(record)
    role = f"({'Eds' if len(people) > 1 else 'Ed'}.)"
    who = sentence(authors or (f"{names.apa(people)} {role}" if people and not chapter else ""))
    date = sentence(f"({imprint.apa_date(record.date, precise=False)})")
    pages = imprint.expanded(imprint.printed_pages(record), "\u2013") if chapter else ""
    details = ", ".join(part for part in (_edition(book), f"pp. {pages}" if pages else "") if part)
    title = (without_stop(run_of(book.title, italic=True)), f" ({details})" if details else "")
    if chapter:
        editors = f"{names.apa(people, inverted=False)} {role}, " if people else ""
        work = sentence(title_of(record))
        container = sentence("In ", editors, *title)
    else:
        work, container = sentence(*title), ()
    return reference(
        *((who, date, work) if who else (work, date)),
        container,
        sentence(one_line(book.publisher)),
        doi_link(record) or bookshelf_link(record),
    )


def mla(record: Record) -> Reference:
    """MLA Handbook, 9th edition, chapter 5."""
    book = _book(record)
    chapter = _is_chapter(record)
    people = words.editors(record)
    authors = names.mla(words.authors(record), complete=record.authors_complete)
    role = f", editor{'s' if len(people) > 1 else ''}"
    title: Piece = without_stop(run_of(book.title, italic=True))
    edited = f"edited by {names.mla(people, inverted=False)}" if people else ""
    online = doi_link(record) or bookshelf_link(record)
    rest = (_edition(book), one_line(book.publisher), imprint.mla_date(record.date))
    if chapter:
        inside = (quoted(record), mla_container(title, edited, *rest, mla_pages(record), *online))
    else:
        inside = (sentence(title), mla_container(edited if authors else "", *rest, *online))
    return reference(
        sentence(authors or (names.mla(people) + role if people and not chapter else "")),
        *inside,
    )


def _book(record: Record) -> Book:
    return record.book or _NO_BOOK


def _is_chapter(record: Record) -> bool:
    return record.title not in ("", _book(record).title)


def _book_authors(record: Record) -> list[Person]:
    """Those of the whole book, where the chapter has authors of its own."""
    return words.people(_book(record).authors, "authors") if record.authors else []


def _edition(book: Book) -> str:
    """``2nd ed.``"""
    edition = _EDITION.sub("", one_line(book.edition))
    return f"{edition} ed." if edition else ""
