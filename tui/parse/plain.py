"""The long lists of an article in their plain form, read by pattern: authors, MeSH headings, history, references.

They are two thirds of a record and nearly always of one form, which the patterns read in a fraction of the tree's
time. A list that departs from it in anything stays in the tree; a test holds both ways against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from tui.model.clean import squeeze
from tui.model.dates import PartialDate
from tui.model.record import (
    Affiliation,
    Descriptor,
    HistoryDate,
    Identifier,
    MeshHeading,
    Person,
    Qualifier,
    Reference,
    ReferenceList,
)

Lists = dict[str, Any]
"""What stood in a list, by the list's tag."""


def taken(xml: bytes) -> tuple[bytes, Lists]:
    """A PubmedArticle or MedlineCitation whose plain lists are empty now, and what stood in them.

    `xml` holds no character that `tree.suspect` would name.
    """
    lists: Lists = {}
    kept: list[bytes] = []
    at = 0
    for tag, read in _LISTS:
        begin = xml.find(b"<" + tag, at)
        if begin < 0:
            continue
        begin = xml.find(b">", begin) + 1
        end = xml.find(b"</" + tag, begin)
        values = read(xml[begin:end]) if end >= 0 else None
        if values:
            lists[tag.decode()] = values
            kept.append(xml[at:begin])
            at = end
    kept.append(xml[at:])
    return b"".join(kept), lists


def put_back(element: Element, lists: Lists) -> Any:
    """What was taken out of the list `element`, or None."""
    return None if len(element) else lists.pop(element.tag, None)


# Nothing is ever given back (`*+`), so that the time is linear in the length whatever the text.
_GAP = r"\n?+ *+"


def _start(tag: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}>{_GAP}"


def _end(tag: str) -> str:
    return f"</{tag}>{_GAP}"


def _leaf(tag: str, attributes: str = "") -> str:
    return rf"<{tag}{attributes}>([^<]*+)</{tag}>{_GAP}"


def _maybe(pattern: str) -> str:
    return f"(?:{pattern})?"


_ENTITY = re.compile("&(?!(?:amp|gt|quot|apos);)")


def _rows(inside: bytes, item: re.Pattern[str]) -> Iterator[tuple[Any, ...]]:
    """The groups of every item, and an empty text after them; nothing where the list holds anything else."""
    try:
        text = inside.decode()
    except UnicodeDecodeError:
        return iter(())
    if "]" in text and "]]>" in text:  # which XML forbids in text
        return iter(())
    if "&" in text:
        if _ENTITY.search(text):
            return iter(())
        text = unescape(text)
    parts = item.split(text.strip(" \n"))
    width = item.groups + 1
    if any(parts[::width]):  # what stands between two items
        return iter(())
    rows = iter(parts[1:])
    return zip(*[rows] * width, strict=True)


_new = tuple.__new__  # a named tuple's own constructor is a function in Python, and takes three times as long

_AUTHOR = re.compile(
    _start("Author", ' ValidYN="([YN])"(?: EqualContrib="([YN])")?')
    + _leaf("LastName")
    + _maybe(_leaf("ForeName"))
    + _maybe(_leaf("Initials"))
    + _maybe(_leaf("Suffix"))
    + _maybe(_leaf("Identifier", r' Source="(\w+)"'))
    + _maybe(_start("AffiliationInfo") + _leaf("Affiliation") + _end("AffiliationInfo")) * 3
    + _end("Author")
)


def _authors(inside: bytes) -> tuple[Person, ...]:
    people = []
    for valid, equal, last, fore, initials, suffix, source, identifier, *affiliations, _ in _rows(inside, _AUTHOR):
        parts = (
            squeeze(last),
            squeeze(fore) if fore else "",
            squeeze(initials) if initials else "",
            squeeze(suffix) if suffix else "",
            "",
            "",
            valid == "Y",
            equal or "",
            (Identifier(source, squeeze(identifier)),) if source else (),
            tuple([_new(Affiliation, (squeeze(text), ())) for text in affiliations if text is not None]),
        )
        people.append(_new(Person, parts))
    return tuple(people)


_ABOUT = r' UI="(\w+)" MajorTopicYN="([YN])"'
_HEADING = re.compile(
    _start("MeshHeading")
    + _leaf("DescriptorName", rf'{_ABOUT}(?: Type="(\w+)")?')
    + _maybe(_leaf("QualifierName", _ABOUT)) * 3
    + _end("MeshHeading")
)


def _headings(inside: bytes) -> tuple[MeshHeading, ...]:
    headings = []
    for ui, major, kind, name, ui1, major1, name1, ui2, major2, name2, ui3, major3, name3, _ in _rows(inside, _HEADING):
        qualifiers: tuple[Qualifier, ...] = ()
        if ui1:
            qualifiers = (Qualifier(squeeze(name1), ui1, major1 == "Y"),)
            if ui2:
                qualifiers += (Qualifier(squeeze(name2), ui2, major2 == "Y"),)
                if ui3:
                    qualifiers += (Qualifier(squeeze(name3), ui3, major3 == "Y"),)
        descriptor = _new(Descriptor, (squeeze(name), ui, major == "Y", kind or "", ""))
        headings.append(_new(MeshHeading, (descriptor, qualifiers)))
    return tuple(headings)


_WORD = r"(\w+)"
_DATE = re.compile(
    _start("PubMedPubDate", r' PubStatus="([\w-]+)"')
    + "".join(f"<{part}>{_WORD}</{part}>{_GAP}" for part in ("Year", "Month", "Day"))
    + _maybe("".join(f"<{part}>{_WORD}</{part}>{_GAP}" for part in ("Hour", "Minute")))
    + _end("PubMedPubDate")
)


def _history(inside: bytes) -> tuple[HistoryDate, ...]:
    dates = []
    for status, year, month, day, hour, minute, _ in _rows(inside, _DATE):
        date = _new(PartialDate, (year, month, day, "", "", hour or "", minute or "", ""))
        dates.append(_new(HistoryDate, (status, date)))
    return tuple(dates)


_ID = _leaf("ArticleId", r' IdType="(\w+)"')
_REFERENCE = re.compile(
    _start("Reference")
    + _leaf("Citation")
    + _maybe(_start("ArticleIdList") + _ID + _maybe(_ID) * 2 + _end("ArticleIdList"))
    + _end("Reference")
)
_TITLE = re.compile(rb"\s*<Title>([^<&\x80-\xff]*)</Title>")


def _references(inside: bytes) -> ReferenceList | None:
    title = _TITLE.match(inside)
    references = []
    for citation, kind, value, kind2, value2, kind3, value3, _ in _rows(
        inside[title.end() :] if title else inside, _REFERENCE
    ):
        ids: tuple[Identifier, ...] = ()
        if kind:
            ids = (_new(Identifier, (kind, squeeze(value))),)
            if kind2:
                ids += (_new(Identifier, (kind2, squeeze(value2))),)
                if kind3:
                    ids += (_new(Identifier, (kind3, squeeze(value3))),)
        references.append(_new(Reference, (squeeze(citation), ids)))
    if not references:
        return None
    return ReferenceList(tuple(references), squeeze(title.group(1).decode()) if title else "")


_LISTS: tuple[tuple[bytes, Callable[[bytes], Any]], ...] = (
    (b"AuthorList", _authors),
    (b"MeshHeadingList", _headings),
    (b"History", _history),
    (b"ReferenceList", _references),
)
"""In the order of the DTD."""
