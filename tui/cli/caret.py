"""A mistake in a query, pointed at: the query on a line, and under it a caret at the place.

Where the line would not fit the terminal, the part around the place is shown.
"""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterator

from tui.cli.outcome import NAME
from tui.model.clean import clean
from tui.query import QueryError

_BEFORE = 20
"""Cells left of the place that stay where the line is cut."""
_GAP = "… "


def lines(error: QueryError) -> Iterator[str]:
    """The two lines."""
    # Each character stays one character, so that the column still names the same one.
    text = "".join(clean(each)[:1] or "\ufffd" if not each.isspace() else " " for each in error.query)
    start, end = error.column, min(error.column + error.length, len(text))
    before, wrong, after = text[:start], text[start:end], text[end:]
    if sys.stderr.isatty():
        room = shutil.get_terminal_size().columns - len(f"{NAME}: ") - 1
        if cells(text) > room:
            if cells(before) > _BEFORE:
                before = _GAP + _tail(before, _BEFORE)
            shown = _head(wrong + after, room - cells(before) - len(_GAP))
            wrong, after = shown[: len(wrong)], f"{shown[len(wrong) :]}{_GAP.rstrip()}"
    yield f"{before}{wrong}{after}"
    yield f"{' ' * cells(before)}^{'~' * (cells(wrong) - 1)}"


def cells(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode Standard Annex 11)."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _head(text: str, room: int) -> str:
    """As many of the first characters as fit."""
    used = 0
    for at, character in enumerate(text):
        used += _width(character)
        if used > room:
            return text[:at]
    return text


def _tail(text: str, room: int) -> str:
    return _head(text[::-1], room)[::-1]
