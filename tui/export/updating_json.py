"""The objects of a JSON array of records, and how fresh values take the place of old ones.

Members keep their places, and their text where they say the same; unknown ones always. What is written new is laid
out as the file is: on one line or indented, with its separators.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from tui.export import csl
from tui.export.json import kept_values
from tui.export.updating_parts import OUR_NOTE, Piece, agreed, at_pubmed, broken, line_end, named, number
from tui.model.record import Record
from tui.model.results import Kept, Origin

Values = Mapping[str, Any]
_BLANK = re.compile(r"[ \t\n\r]*")
_decoded = json.JSONDecoder().raw_decode
_ABSENT = object()


class Layout(NamedTuple):
    """How JSON is laid out in a file."""

    indent: str | None = None
    """One step; None where an object is on one line."""
    key: str = ": "
    item: str = ", "
    line_end: str = "\n"

    def text(self, value: Any, margin: str) -> str:
        """The value; its lines but the first come after `margin`."""
        item = self.item if self.indent is None else ","
        text = json.dumps(value, ensure_ascii=False, indent=self.indent, separators=(item, self.key))
        return text.replace("\n", self.line_end + margin)


class Member(NamedTuple):
    """A member of an object, as it stands in the file."""

    before: str
    """The blanks before the key."""
    key: str
    quoted: str
    colon: str
    """With the blanks around it."""
    value: Any
    text: str
    after: str
    """The blanks between the value and the comma or brace."""

    def written(self, text: str) -> str:
        return f"{self.before}{self.quoted}{self.colon}{text}"


class Array(NamedTuple):
    """A kind of array."""

    fresh: Callable[[Kept], Values]
    pmid: Callable[[Values], int]
    """Of which record an object is; 0 for none."""
    ours: frozenset[str]
    """The members that are ever written."""
    fleeting: frozenset[str] = frozenset()
    """Those that are no reason to replace an object."""
    with_own: Callable[[Values, Values], Values] = lambda _old, new: new
    """The new values, with what the user has written into the old ones."""

    def pieces(self, text: str) -> list[Piece]:
        """Raises Unreadable where the text is no array."""
        found: list[Piece] = []
        end = 0
        for value, start, stop in elements(text):
            found.append(Piece(text[end:start]))
            found.append(Piece(text[start:stop], self.pmid(value) if isinstance(value, dict) else 0))
            end = stop
        return [*found, Piece(text[end:])]

    def merged(self, old: str, new: Values) -> str:
        """The old object with the new values."""
        members = _members(old)
        said = {member.key: member.value for member in members}
        new = self.with_own(said, new)
        if all(said.get(key, _ABSENT) == new.get(key, _ABSENT) for key in self.ours - self.fleeting):
            return old
        layout = _layout(members, line_end(old))
        before = members[1].before if len(members) > 1 else members[0].before or layout.item[1:]
        margin = _margin(before)
        texts: list[tuple[str, str]] = []
        for member in members:
            if member.key not in self.ours or member.value == new.get(member.key, _ABSENT):
                texts.append((member.key, member.written(member.text)))
            elif member.key in new:
                texts.append((member.key, member.written(layout.text(new[member.key], margin))))
        places = [key for key, _ in texts]
        for previous, key in pairwise(["", *new]):
            if key not in places:
                place = places.index(previous) + 1 if previous else 0
                places.insert(place, key)
                text = f"{before}{json.dumps(key)}{layout.key}{layout.text(new[key], margin)}"
                texts.insert(place, (key, text))
        return "{" + ",".join(text for _, text in texts) + members[-1].after + "}"

    def appended(self, text: str, new: list[Values]) -> str:
        """The text with these objects at the end of its array."""
        if not text.strip():
            text = f"{text}[{line_end(text)}]{line_end(text)}"
        end = text.index("[") + 1
        before, example, count = line_end(text), "", 0
        for value, start, stop in elements(text):
            count += 1
            before = text[end:start].rpartition(",")[2]
            if isinstance(value, dict) and value:
                example = text[start:stop]
            end = stop
        layout = _layout(_members(example), line_end(text)) if example else Layout(line_end=line_end(text))
        if count == 1:
            before = before or layout.item[1:]
        objects = ",".join(before + layout.text(values, _margin(before)) for values in new)
        if count:
            return f"{text[:end]},{objects}{text[end:]}"
        return text[:end] + objects + line_end(text) + text[end:].lstrip()


def elements(text: str) -> Iterator[tuple[Any, int, int]]:
    """The elements of the array that the text is, with their places; none in a blank text. Raises Unreadable."""
    if not text.strip():
        return
    at = _past_blanks(text, 0)
    if text[at : at + 1] != "[":
        raise broken("this is no list of records in JSON", text, at)
    at = _past_blanks(text, at + 1)
    if text[at : at + 1] != "]":
        at -= 1
        while True:
            start = _past_blanks(text, at + 1)
            value, stop = _value(text, start)
            yield value, start, stop
            at = _past_blanks(text, stop)
            if text[at : at + 1] != ",":
                break
    if text[at : at + 1] != "]" or text[at + 1 :].strip():
        raise broken("a comma or the end of the list should stand here", text, at)


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        return _decoded(text, at)
    except json.JSONDecodeError as error:
        raise broken("this is not JSON", text, error.pos) from None
    except (ValueError, RecursionError):  # a number, or a depth, beyond what any program would read
        raise broken("this is no JSON that can be read", text, at) from None


def _members(text: str) -> list[Member]:
    """The members of an object."""
    found: list[Member] = []
    end = 1
    while text[end - 1] != "}":
        start = _past_blanks(text, end)
        key, stop = _decoded(text, start)
        colon = _past_blanks(text, _past_blanks(text, stop) + 1)
        value, after = _decoded(text, colon)
        next_end = _past_blanks(text, after) + 1
        found.append(
            Member(
                text[end:start],
                key,
                text[start:stop],
                text[stop:colon],
                value,
                text[colon:after],
                text[after : next_end - 1],
            )
        )
        end = next_end
    return found


def _past_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _layout(members: list[Member], end: str) -> Layout:
    first = members[0]
    indent: str | None = None
    if "\n" in first.before or "\r" in first.before:
        indent = _margin(first.before).removeprefix(_margin(members[-1].after))
    item = ", " if len(members) < 2 or members[1].before else ","
    return Layout(indent, first.colon, item, end)


def _margin(blanks: str) -> str:
    """What stands after the last line end."""
    return re.split(r"[\r\n]", blanks)[-1] if blanks.strip(" \t") else ""


def format_of(text: str) -> str:
    """``json`` or ``csl-json``, as the first object in the array shows; empty where there is none.

    Raises Unreadable where it is neither.
    """
    for value, start, _ in elements(text):
        if isinstance(value, dict) and value:
            if "pmid" in value:
                return "json"
            if "type" in value and "id" in value:
                return "csl-json"
            raise broken("this is neither a record nor a CSL item", text, start)
    return ""


def _number(value: Any) -> int:
    return number(str(value)) if isinstance(value, (int, str)) else 0


def _item_pmid(values: Values) -> int:
    """Said by ``PMID``, by the address, by an id of ours or a line of the note."""
    id, url, note = (value if isinstance(value := values.get(name), str) else "" for name in ("id", "URL", "note"))
    return agreed(
        (
            _number(values.get("PMID")),
            at_pubmed(url),
            number(id.removeprefix("pmid:")) if id.startswith("pmid:") else 0,
            *map(named, note.split("\n")),
        )
    )


RECORDS = Array(
    kept_values,
    lambda values: _number(values.get("pmid")),
    frozenset(kept_values(Kept(Record(0), b"", Origin("", 0)))),
    frozenset(("source", "retrieved")),
)
"""What `tui.export.json` writes. That a record was fetched again is no reason to replace it."""


def _with_own_note(old: Values, new: Values) -> Values:
    """With the lines of the old note that are none of ours before those of the new one."""
    note = old.get("note")
    own = [line for line in note.split("\n") if line and not OUR_NOTE.match(line)] if isinstance(note, str) else []
    return {**new, "note": "\n".join([*own, *filter(None, [new.get("note")])])} if own else new


ITEMS = Array(lambda kept: csl.item(kept.record), _item_pmid, csl.VARIABLES - {"id"}, frozenset(), _with_own_note)
"""What `tui.export.csl` writes. An id that is there stays: it is what texts cite."""
