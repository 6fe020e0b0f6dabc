"""The entries of an RIS file, from ``TY`` to ``ER``, and how a fresh record takes the place of an old one.

Tags that are never written here stay, and so do addresses and notes that cannot be ours. Tags that importers read as
another name of one of ours go: two titles would be glued together.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from tui.export import ris
from tui.export.updating_parts import (
    OUR_NOTE,
    Piece,
    agreed,
    at_pubmed,
    broken,
    line_end,
    named,
    number,
    with_blank_line,
    with_line_end,
)
from tui.model.results import Kept

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_FIELD = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}-(?: (?P<value>[^\r\n]*)|(?=[\r\n]|$))")
_OTHER_NAMES = frozenset(("T1", "A1", "JF", "JO", "JA", "Y1", "N2"))
"""TI, AU, T2, J2, PY and AB under the names that other programs write."""
_NOTED = ("M1", "M2", "N1", "ID")
"""Where other programs write ``PMID: 17914389``, on a line of its own."""
_PUBMED = re.compile(r"pubmed|medline", re.IGNORECASE)


class Field(NamedTuple):
    """A tag and its value."""

    tag: str
    value: str
    """The first line, without blanks around it."""
    text: str
    """As it stands in the file, with the lines without a tag that follow it."""

    @property
    def ours(self) -> bool:
        """Whether it can be ours, and is to be replaced."""
        if self.tag == "UR":
            return bool(at_pubmed(self.value))
        if self.tag == "M2":
            return bool(named(self.value)) or self.value.startswith("PMCID: ")
        if self.tag == "N1":
            return OUR_NOTE.match(self.value) is not None
        return self.tag in ris.TAGS or self.tag in _OTHER_NAMES


def pieces(text: str) -> list[Piece]:
    """Raises Unreadable where an entry has no end, or there is text but no entry."""
    found: list[Piece] = []
    lines: list[str] = []
    at = start = 0
    inside = False
    for line in _LINE.findall(text):
        field = _FIELD.match(line)
        tag = field["tag"] if field else ""
        if tag == "TY":
            if inside:
                raise broken("the entry before this one has no end (ER)", text, at)
            found.append(Piece("".join(lines)))
            lines, inside, start = [], True, at
        lines.append(line)
        at += len(line)
        if tag == "ER" and inside:
            entry = "".join(lines)
            found.append(Piece(entry, _pmid(fields(entry))))
            lines, inside = [], False
    if inside:
        raise broken("the entry that begins here has no end (ER)", text, start)
    if not found and text.strip():
        raise broken("this is no RIS: there is no entry in the file", text, 0)
    return [*found, Piece("".join(lines))]


def fresh(kept: Kept) -> list[Field]:
    """The record as it is written, without its end."""
    return fields("".join(ris.write([kept])))[:-1]


def fields(entry: str) -> list[Field]:
    """The fields of an entry, TY and ER among them."""
    found: list[Field] = []
    for line in _LINE.findall(entry):
        field = _FIELD.match(line)
        if field:
            found.append(Field(field["tag"], (field["value"] or "").strip(), line))
        elif found:
            found[-1] = found[-1]._replace(text=found[-1].text + line)
    return found


def merged(old: str, new: list[Field]) -> str:
    """The old entry with the new fields for those that were ours, each of the others after the one it stood after."""
    *before, end = fields(old)
    if _values([field for field in before if field.ours]) == _values(new):
        return old
    kept = {(field.tag, field.value): field.text for field in reversed(before) if field.ours}
    tags = {field.tag for field in new}
    others: dict[str, str] = {}
    after = "TY"
    for field in before:
        if not field.ours:
            others[after] = others.get(after, "") + field.text
        elif field.tag in tags:
            after = field.tag
    break_ = line_end(old)
    text = ""
    for field, next_field in pairwise([*new, end]):
        text += kept.pop((field.tag, field.value), "") or with_line_end(field.text, break_)
        if next_field.tag != field.tag:
            text += others.get(field.tag, "")
    return text + end.text


def appended(text: str, new: list[list[Field]]) -> str:
    """The text with these entries at its end, a blank line after each."""
    entries = ("".join(field.text for field in entry) + "ER  - \n\n" for entry in new)
    return with_blank_line(text) + with_line_end("".join(entries), line_end(text))


def _pmid(entry: list[Field]) -> int:
    """Said by an address, by ``PMID: n``, or by AN in an entry that is from PubMed."""
    from_pubmed = any(field.tag == "DB" and _PUBMED.search(field.value) for field in entry)
    return agreed(
        pmid
        for field in entry
        for pmid in (
            at_pubmed(field.value) if field.tag == "UR" else 0,
            number(field.value) if field.tag == "AN" and from_pubmed else 0,
            *(named(line) for line in (field.value, *field.text.splitlines()[1:]) if field.tag in _NOTED),
        )
    )


def _values(entry: list[Field]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for field in entry:
        values.setdefault(field.tag, []).append(field.value)
    return values
