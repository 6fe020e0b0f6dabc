"""BibTeX that biblatex reads as well: ``@article``, ``@book``, ``@incollection``, and ``@unpublished`` for a preprint.

Fields are BibTeX's own names, which biblatex takes too, and biblatex's where BibTeX has none. Standard styles print
``note``, so it has only what belongs under a reference (that it was retracted); everything else that has no field
of its own is in ``annote``, which reference managers show and styles leave out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from tui.export import words
from tui.export.imprint import article_number, preprint, printed_pages
from tui.export.latex import latex, title, verbatim
from tui.export.name_parts import family_parts, given_name
from tui.export.pages import pages
from tui.export.period import SPRING, edtf, period
from tui.model import languages
from tui.model.clean import one_line
from tui.model.record import Book, Pagination, Person, Record
from tui.model.results import Kept

_NO_BOOK = Book()
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's macros for months; biber has the same."""

_BARE_NAME = re.compile(r"\S+|[A-Z]\S*(?: [A-Z]\S*)*|\{.*\}")
"""A family name that BibTeX leaves in one piece: one word, or several with a plain capital each."""
_RESERVED = re.compile(r"[,={}]|(?:^|\s)(?:and|others)(?:\s|$)", re.IGNORECASE)
"""What parts names, or names from each other, to BibTeX or biber."""

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_SMALL_WORDS = frozenset((
    "a", "an", "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "how", "in", "is", "of", "on", "or",
    "the", "to", "what", "with", "das", "der", "die", "ein", "eine", "und", "el", "la", "los", "un", "le", "les", "une",
))  # fmt: skip
_LONGEST_PART = 20


def write(records: Iterable[Kept]) -> Iterator[str]:
    """One entry a piece. The keys given so far are kept in mind, a number for each record."""
    taken: set[int] = set()
    for kept in records:
        key = unique_key(key_of(kept.record), kept.record.pmid, taken)
        fields = "".join(f"  {name} = {value},\n" for name, value in entry(kept.record).items())
        yield f"@{entry_type(kept.record)}{{{key},\n{fields}}}\n\n"


def key_of(record: Record) -> str:
    """``karnoub2007mesenchymal``: first author, year, first word of the title that says something; letters a to z."""
    authors = words.authors(record)
    name = (authors[0].collective_name or authors[0].last_name or authors[0].fore_name) if authors else ""
    title_words = [_NO_LETTER.sub("", word) for word in re.split(r"[\W_]+", _plain_letters(words.title(record)))]
    telling = next((word for word in title_words if word and word not in _SMALL_WORDS), "")
    author = _NO_LETTER.sub("", _plain_letters(name))[:_LONGEST_PART] or "pubmed"
    return f"{author}{record.date.year_number or ''}{telling[:_LONGEST_PART]}"


def digest(key: str) -> int:
    """Eight bytes that stand for a key: less than half of what the key itself would take."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())


def unique_key(key: str, pmid: int, taken: set[int]) -> str:
    """The key, or where it is taken the key with the PMID: what a record is called depends on few others.

    `taken` holds the digests of the keys that were given.
    """
    candidate, number = key, 1
    while digest(candidate) in taken:
        candidate = f"{key}-{pmid}" if number == 1 else f"{key}-{pmid}-{number}"
        number += 1
    taken.add(digest(candidate))
    return candidate


def _plain_letters(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode().lower()


def entry_type(record: Record) -> str:
    if record.book is not None:
        return "incollection" if _in_book(record) else "book"
    return "unpublished" if preprint(record) else "article"


def _in_book(record: Record) -> bool:
    return record.book is not None and record.title not in ("", record.book.title)


def entry(record: Record) -> dict[str, str]:
    """Fields with their values as they stand in the file, delimiters included; nothing empty."""
    fields = {name: f"{{{value}}}" for name, value in _fields(record).items() if value}
    if "month" in fields:
        fields["month"] = _MONTHS[record.date.month_number - 1]
    return fields


def _fields(record: Record) -> dict[str, str]:
    journal, issue, date = record.journal, record.issue, record.date
    book = record.book or _NO_BOOK
    unpublished = preprint(record)
    journal_title = latex(journal.title or journal.abbreviation)
    points = period(date)
    span = len(points) > 1 or any(len(point) > 1 and point[1] >= SPRING for point in points)
    first, last = pages(Pagination(printed_pages(record)))
    number = article_number(record)
    return {
        "author": _names(words.authors(record), record.authors_complete),
        "editor": _names(words.editors(record), True),
        "title": title(words.title(record)),
        "booktitle": title(book.title) if _in_book(record) else "",
        "journal": "" if unpublished else journal_title,
        "shortjournal": "" if unpublished else latex(journal.iso_abbreviation or journal.medline_ta),
        "howpublished": journal_title if unpublished else "",
        "series": latex(book.collection),
        "year": f"{date.year_number:04d}" if date.year_number else "",
        "month": str(date.month_number or ""),
        "day": str(date.day_number) if len(points) == 1 and len(points[0]) == 3 else "",
        # Of a season or a span BibTeX knows the year and the first month; biblatex reads all of it here.
        "date": edtf(points) if span else "",
        "volume": latex(issue.volume or book.volume),
        "number": latex(issue.issue),
        "pages": "" if number else "--".join(latex(page) for page in (first, last) if page),
        "eid": latex(number),
        "edition": latex(book.edition),
        "publisher": latex(book.publisher),
        "address": latex(book.publisher_location),
        "issn": latex(journal.issn or journal.issn_linking),
        "isbn": latex(" ".join(book.isbns)),
        "doi": verbatim(record.doi),
        "pmid": str(record.pmid),
        "pmcid": latex(record.pmcid),
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/",
        "language": _languages(record),
        "keywords": latex("; ".join(words.keywords(record))),
        "abstract": _abstract(record),
        "note": _sentences([*words.warnings(record), "Preprint" if unpublished else ""]),
        "annote": _sentences(words.remarks(record)),
    }


def _sentences(said: list[str]) -> str:
    return latex(". ".join(each.rstrip(". ") for each in said if each))


def _languages(record: Record) -> str:
    """``english and french``: babel's names, in biblatex's form of a list."""
    codes = [code for code in record.languages if code.lower() != "und"]
    return " and ".join(latex(languages.named(code).lower()) for code in codes)


def _abstract(record: Record) -> str:
    return " ".join(
        f"{latex(section.label).rstrip(': ')}: {latex(section.text)}" if section.label else latex(section.text)
        for section in words.sections(record)
    )


def _names(people: list[Person], complete: bool) -> str:
    return " and ".join([*map(_name, people), *([] if complete or not people else ["others"])])


def _name(person: Person) -> str:
    """``von Last, Jr, First``; a group, and a name that BibTeX would take apart, in braces."""
    if person.collective_name:
        return f"{{{latex(person.collective_name)}}}"
    particle, family = family_parts(person)
    given, suffix = _part(given_name(person)), _part(person.suffix)
    last = _part(family)
    if not _BARE_NAME.fullmatch(last) or (" " in last and not (given or suffix)):
        last = f"{{{latex(family)}}}"
    if particle:
        last = f"{particle} {last}" if not _RESERVED.search(particle) else f"{{{particle} {latex(family)}}}"
    if suffix:
        return f"{last}, {suffix}, {given or '{}'}"
    return f"{last}, {given or '{}'}" if given or particle else last


def _part(text: str) -> str:
    """In braces where something in it parts names, or is a command, which readers stumble over between names."""
    text = one_line(text)
    written = latex(text)
    return f"{{{written}}}" if written != text or _RESERVED.search(text) else text


FIELDS = frozenset(_fields(Record(0)))
"""All that are ever written."""
