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

from tui.export.json import kept_values
from tui.export.updating_parts import Piece, Unreadable, broken, line_end, number
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
        if all(said.get(key, _ABSENT) == new.get(key, _ABSENT) for key in self.ours - self.fleeting):
            return old
        layout = _layout(members, line_end(old))
        before = members[0].before
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
            return text + "[\n" + ",\n".join(Layout().text(values, "") for values in new) + "\n]\n"
        end, before, layout = text.index("[") + 1, "\n", Layout()
        last = ""
        for value, start, stop in elements(text):
            before = text[end:start] if not last else before
            last = text[start:stop] if isinstance(value, dict) and value else last or text[start:stop]
            end = stop
        ...


def elements(text: str) -> Iterator[tuple[Any, int, int]]:
    """The elements of the array that the text is, with their places. Raises Unreadable."""
