"""CSL-JSON: an array of items for pandoc, Zotero and every processor of the Citation Style Language.

Only variables of csl-data.json (Citation Style Language, schema 1.0.2) are used, with its types. Titles may hold the
tags that CSL allows in text; whatever in a record looks like such a tag, without being one, is made harmless.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tui.export import words
from tui.export.imprint import printed_pages
from tui.export.markup import marked_up
from tui.export.name_parts import family_parts, given_name
from tui.export.pages import pages
from tui.export.period import SPRING, period
from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.record import Book, Pagination, Person, Record
from tui.model.results import Kept

_NO_BOOK = Book()
_TYPES = {"Preprint": "article", "Newspaper Article": "article-newspaper"}
"""Publication types (MeSH, category V) that are no journal article to CSL."""

_TWO_LETTERS = {
    "afr": "af", "alb": "sq", "amh": "am", "ara": "ar", "arm": "hy", "aze": "az", "ben": "bn", "bos": "bs",
    "bul": "bg", "cat": "ca", "chi": "zh", "cze": "cs", "dan": "da", "dut": "nl", "eng": "en", "epo": "eo",
    "est": "et", "fin": "fi", "fre": "fr", "geo": "ka", "ger": "de", "gla": "gd", "gre": "el", "heb": "he",
    "hin": "hi", "hrv": "hr", "hun": "hu", "ice": "is", "ind": "id", "ita": "it", "jpn": "ja", "kin": "rw",
    "kor": "ko", "lat": "la", "lav": "lv", "lit": "lt", "mac": "mk", "mal": "ml", "mao": "mi", "may": "ms",
    "nor": "no", "per": "fa", "pol": "pl", "por": "pt", "pus": "ps", "rum": "ro", "rus": "ru", "san": "sa",
    "scc": "sr", "scr": "hr", "slo": "sk", "slv": "sl", "spa": "es", "srp": "sr", "swe": "sv", "tha": "th",
    "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "wel": "cy",
}  # fmt: skip
"""ISO 639-1 for PubMed's MARC codes: a style looks at it to know which titles it may write in capitals."""

_TAGS = {name: (f"<{name}>", f"</{name}>") for name in ("i", "b", "sub", "sup")}
_LIKE_A_TAG = re.compile(r"<(?=/?(?:i|b|sup|sub|sc|span)\b)", re.IGNORECASE)
_CIRCA = re.compile(r"\b(?:circa|ca)\b", re.IGNORECASE)


def write(records: Iterable[Kept]) -> Iterator[str]:
    """One item a line."""
    before = "[\n"
    for kept in records:
        yield before + json.dumps(item(kept.record), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def item(record: Record) -> dict[str, Any]:
    """The record as a CSL item; nothing empty. Its id is ``pmid:17914389``, as in NLM's own CSL.

    Styles print what they are given, so PubMed's address is not (they would put it under every printed article), and
    the title in the original language is in the note (they would take it for an earlier edition).
    """
    return {name: value for name, value in _variables(record).items() if value}


def _variables(record: Record) -> dict[str, Any]:
    journal, issue = record.journal, record.issue
    book = record.book or _NO_BOOK
    chapter = record.book is not None and record.title not in ("", book.title)
    kind = next((_TYPES[term.name] for term in record.publication_types if term.name in _TYPES), "article-journal")
    first, last = pages(Pagination(printed_pages(record)))
    online = record.article_dates[0].date if record.article_dates else PartialDate()
    return {
        "id": f"pmid:{record.pmid}",
        "type": kind if record.book is None else "chapter" if chapter else "book",
        "title": marked_up(words.title(record), _TAGS, _harmless),
        "author": [_name(person) for person in words.authors(record)],
        "editor": [_name(person) for person in words.editors(record)],
        "container-title": plain(book.title if chapter else journal.title or journal.abbreviation),
        "container-title-short": plain(journal.iso_abbreviation or journal.medline_ta),
        "collection-title": plain(book.collection),
        "issued": _date(record.date),
        "available-date": _date(online) if online != record.date else {},
        "volume": plain(issue.volume or book.volume),
        "issue": plain(issue.issue),
        "page": plain(f"{first}-{last}" if last else first),
        "edition": plain(book.edition),
        "publisher": plain(book.publisher),
        "publisher-place": plain(book.publisher_location),
        "genre": "preprint" if kind == "article" else "",
        "ISSN": plain(journal.issn or journal.issn_linking),
        "ISBN": plain(" ".join(book.isbns)),
        "DOI": one_line(record.doi),
        "PMID": str(record.pmid),
        "PMCID": plain(record.pmcid),
        "language": _language(record.languages),
        "keyword": plain("; ".join(words.keywords(record))),
        "abstract": plain(words.abstract(record)),
        "note": _note(record),
        "source": "PubMed",
    }


def plain(text: str) -> str:
    """On one line, and with nothing in it that a processor would take for a tag."""
    return _harmless(one_line(text))


def _harmless(text: str) -> str:
    """What would be read as a tag begins with U+FF1C, which normalisation (NFKC) makes a plain ``<`` again."""
    return _LIKE_A_TAG.sub("\uff1c", text) if "<" in text else text


def _name(person: Person) -> dict[str, str]:
    if person.collective_name:
        return {"literal": plain(person.collective_name)}
    particle, family = family_parts(person)
    parts = {
        "family": plain(family),
        "given": plain(given_name(person)),
        "non-dropping-particle": particle,
        "suffix": plain(person.suffix),
    }
    return {name: part for name, part in parts.items() if part}


def _date(date: PartialDate) -> dict[str, Any]:
    """``date-parts`` of one day, month or year or of the first and the last of a span, ``season`` beside the year.

    Two seasons are given as their year, and a text without a year as ``literal``.
    """
    points = period(date)
    if not points:
        text = plain(str(date))
        return {"literal": text} if text else {}
    seasons = [point[1] - SPRING + 1 for point in points if len(point) > 1 and point[1] >= SPRING]
    parts = [list(point[:1] if seasons else point) for point in points]
    result: dict[str, Any] = {"date-parts": parts if parts[0] != parts[-1] else parts[:1]}
    if len(points) == 1 and seasons:
        result["season"] = seasons[0]
    if _CIRCA.search(date.medline_date):
        result["circa"] = True
    return result


def _language(codes: tuple[str, ...]) -> str:
    """The first that is known: CSL has one."""
    return next((_TWO_LETTERS.get(code.lower(), plain(code.lower())) for code in codes if code.lower() != "und"), "")


def _note(record: Record) -> str:
    """One remark a line. citeproc-js takes ``{:variable: value}`` in a note for a field, wherever it stands."""
    said = [*words.warnings(record), *words.remarks(record)]
    return "\n".join(plain(each) for each in said if each).replace("{:", "{ :")


VARIABLES = frozenset(_variables(Record(0)))
"""All that are ever written."""
