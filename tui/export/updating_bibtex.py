"""The entries of a BibTeX file, and how a fresh record takes the place of an old one: under the key that it has.

Everything between entries is a comment, to BibTeX; ``@string``, ``@preamble`` and ``@comment`` are left alone as
well, and so is a line that begins with ``%``, which biber passes over. Fields that are never written here stay, and so
does what the user has written into notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise, takewhile
from typing import NamedTuple

from tui.export import bibtex
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

_START = re.compile(r"(?:(?<=[\r\n])|\A)[ \t]*%[^\r\n]*|@\s*(?P<type>[A-Za-z]+)\s*(?P<open>[{(])")
_NO_ENTRIES = frozenset(("comment", "string", "preamble"))
_HEAD = re.compile(r"@\s*[A-Za-z]+\s*[{(]\s*(?P<key>[^\s,{}()\"#%=]+)")
_KEY = re.compile(r"\s*(?P<key>[^\s,{}()\"#%=]*)\s*")
_NAME = re.compile(r"(?P<before>\s*,\s*)(?P<name>[^\s,={}()\"#%]+)(?P<equals>\s*=\s*)")
_CLOSE = {"{": re.compile(r"\s*(?:,\s*)?\}"), "(": re.compile(r"\s*(?:,\s*)?\)")}
_BARE = re.compile(r"[^\s,#={}()\"%]+")
_AND = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"[{}]")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_NOTES = frozenset(("note", "annote"))
"""Fields of ours that users write into as well."""
_QUOTE = re.compile(r'[{}"]')


class Field(NamedTuple):
    """A field, as it stands in the file."""

    before: str
    """The comma, and blanks around it."""
    name: str
    equals: str
    value: str
    """With its delimiters."""

    def written(self, value: str) -> str:
        """The field with this value."""
        return f"{self.before}{self.name}{self.equals}{value}"


class Entry(NamedTuple):
    """An entry, as it stands in the file."""

    type: str
    start: str
    """Up to the key: ``@article{``."""
    key: str
    fields: list[Field]
    end: str
    """From behind the last value."""


class Fresh(NamedTuple):
    """A record as it is to be written."""

    pmid: int
    type: str
    key: str
    """That it would have if no other record had it."""
    fields: Mapping[str, str]


def pieces(text: str) -> list[Piece]:
    """Raises Unreadable where an entry has no end, or there is text but no entry."""
    found: list[Piece] = []
    end = at = 0
    some = False
    while start := _START.search(text, at):
        at = start.end()
        kind = (start["type"] or "").lower()
        if kind in _NO_ENTRIES:
            some = True
            at = _past_block(text, start)
        elif kind:
            some = True
            entry, at = _entry(text, start)
            found += (Piece(text[end : start.start()]), Piece(text[start.start() : at], _pmid(entry)))
            end = at
    if not some and text.strip():
        raise broken("this is no BibTeX: there is no entry in the file", text, 0)
    return [*found, Piece(text[end:])]


def fresh(kept: Kept) -> Fresh:
    record = kept.record
    return Fresh(record.pmid, bibtex.entry_type(record), bibtex.key_of(record), bibtex.entry(record))


def merged(old: str, new: Fresh) -> str:
    """The old entry with the new type and values; its key, and the places of its fields, stay."""
    start = _START.match(old)
    assert start is not None, "a piece with a PMID is an entry"
    entry, _ = _entry(old, start)
    said = {field.name.lower(): field.value for field in entry.fields if field.name.lower() in bibtex.FIELDS}
    values = {
        **new.fields,
        **{name: _with_own(said[name], new.fields.get(name, ""), line_end(old)) for name in _NOTES & said.keys()},
    }
    values = {name: value for name, value in values.items() if value}
    if entry.type.lower() == new.type and _all_plain(said) == _all_plain(values):
        return old
    texts: list[tuple[str, str]] = []
    for field in entry.fields:
        name = field.name.lower()
        if name not in bibtex.FIELDS:
            texts.append((name, field.written(field.value)))
        elif name in values:
            same = _plain(values[name]) == _plain(field.value)
            texts.append((name, field.written(field.value if same else values[name])))
    places = [name for name, _ in texts]
    before = entry.fields[0].before
    for previous, name in pairwise(["", *values]):
        if name not in places:
            place = places.index(previous) + 1 if previous else 0
            places.insert(place, name)
            texts.insert(place, (name, f"{before}{name} = {values[name]}"))
    head = entry.start if entry.type.lower() == new.type else entry.start.replace(entry.type, new.type, 1)
    return head + entry.key + "".join(text for _, text in texts) + entry.end


def appended(text: str, new: list[Fresh]) -> str:
    """The text with these entries at its end, a blank line after each, under keys that are not taken."""
    taken = {bibtex.digest(start["key"].lower()) for start in _HEAD.finditer(text)}
    entries = ""
    for record in new:
        key = bibtex.unique_key(record.key, record.pmid, taken)
        fields = "".join(f"  {name} = {value},\n" for name, value in record.fields.items())
        entries += f"@{record.type}{{{key},\n{fields}}}\n\n"
    return with_blank_line(text) + with_line_end(entries, line_end(text))


def _entry(text: str, start: re.Match[str]) -> tuple[Entry, int]:
    """The entry that `start` begins, and the place after it. Raises Unreadable."""
    key = _KEY.match(text, start.end())
    assert key is not None, "it matches nothing as well"
    at = key.end()
    fields = []
    close = _CLOSE[start["open"]]
    while not (end := close.match(text, at)):
        name = _NAME.match(text, at)
        if not name:
            raise broken("this entry cannot be read", text, start.start("type"))
        at = _past_value(text, name.end(), start)
        fields.append(Field(name["before"], name["name"], name["equals"], text[name.end() : at]))
    head = text[start.start() : key.start("key")]
    return Entry(start["type"], head, text[key.start("key") : key.end()], fields, end.group()), end.end()


def _past_value(text: str, at: int, start: re.Match[str]) -> int:
    """The end of a value: parts in braces, in quotes or bare, joined by ``#``. Raises Unreadable."""
    while True:
        bare = _BARE.match(text, at)
        end = bare.end() if bare else _past_braces(text, at) or _past_quotes(text, at)
        if not end:
            raise broken("this entry cannot be read", text, start.start("type"))
        joined = _AND.match(text, end)
        if not joined:
            return end
        at = joined.end()


def _past_braces(text: str, at: int) -> int:
    """The place after the brace that closes the one at `at`; 0 where there is none. A backslash hides no brace."""
    if text[at : at + 1] != "{":
        return 0
    depth = 0
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return brace.end()
    return 0


def _past_quotes(text: str, at: int) -> int:
    """The place after the quotation mark that closes the one at `at`, outside of braces; 0 where there is none."""
    if text[at : at + 1] != '"':
        return 0
    depth = 0
    for found in _QUOTE.finditer(text, at + 1):
        if found.group() == '"':
            if not depth:
                return found.end()
        else:
            depth += 1 if found.group() == "{" else -1
            if depth < 0:
                return 0
    return 0


def _past_block(text: str, start: re.Match[str]) -> int:
    """The place after ``@comment{...}`` and its like; where its braces are not balanced, after the first."""
    return _past_braces(text, start.end() - 1) or start.end()


def _pmid(entry: Entry) -> int:
    """Said by ``pmid``, by the address, by ``note`` or as an ``eprint`` of PubMed."""
    values = {field.name.lower(): _plain(field.value) for field in entry.fields}
    from_pubmed = values.get("eprinttype", "").lower() in ("pubmed", "pmid")
    return agreed(
        (
            number(values.get("pmid", "")),
            at_pubmed(values.get("url", "")),
            named(values.get("note", "")),
            number(values.get("eprint", "")) if from_pubmed else 0,
        )
    )


def _with_own(old: str, ours: str, end: str) -> str:
    """What the user wrote into a field of notes, and under it, on a line of its own, what we write there."""
    if not _delimited(old):
        return old
    own = "".join(takewhile(lambda line: not OUR_NOTE.match(line.strip()), _LINE.findall(old[1:-1]))).rstrip()
    if not own:
        return ours
    return f"{{{own}{end if ours else ''}{ours[1:-1]}}}"


def _delimited(value: str) -> bool:
    """Whether it is one text, in braces or quotes."""
    return len(value) > 1 and len(value) in (_past_braces(value, 0), _past_quotes(value, 0))


def _plain(value: str) -> str:
    """The value without its delimiters, with single blanks."""
    return " ".join((value[1:-1] if _delimited(value) else value).split())


def _all_plain(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _plain(value) for name, value in values.items()}
