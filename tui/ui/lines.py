"""Blocks wrapped into lines of a given width, and words found in them.

A line knows the stretch of its block's text that it shows, so that a match found in the text can be marked on
every line that it touches. Pure: widths are terminal cells, by Rich's table.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tui.model.clean import clean
from tui.present.blocks import Page, Run, Target

_WORD = re.compile(r"[^ \n\t]+[ \n\t]*|[ \n\t]+")
_BLANK_BEFORE = frozenset(("heading", "banner"))


def fitted(text: str, cells: int) -> str:
    """`text` cut to `cells`, with an ellipsis where something is missing."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…" if cells > 0 else ""


class Line(NamedTuple):
    """One line of a page."""

    block: int
    """Index of the block it shows a part of; -1 for an empty line between blocks."""
    start: int
    """Offset in the block's text of the first character shown."""
    runs: tuple[Run, ...]
    indent: int
    kind: str

    @property
    def target(self) -> Target | None:
        """Where Enter on this line leads: the first run of it that leads anywhere."""
        return next((run.target for run in self.runs if run.target), None)


def lines_of(page: Page, width: int) -> list[Line]:
    """The page at `width` cells, an empty line before each heading."""
    lines: list[Line] = []
    for number, block in enumerate(page):
        if block.kind in _BLANK_BEFORE and lines:
            lines.append(Line(-1, 0, (), 0, ""))
        runs = tuple(run._replace(text=_harmless(run.text)) for run in block.runs)
        text = "".join(run.text for run in runs)
        hanging = block.indent + (2 if block.kind == "item" else 0)
        room = max(width - block.indent, 8)
        for position, (start, end) in enumerate(breaks(text, room, max(width - hanging, 8))):
            indent = hanging if position else block.indent
            lines.append(Line(number, start, tuple(_cut(runs, start, end)), indent, block.kind))
    return lines


def _harmless(text: str) -> str:
    """Cleaned once more where it leaves, and without line ends: their length stays what it was."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def breaks(text: str, first: int, rest: int) -> Iterator[tuple[int, int]]:
    """(start, end) of each line of `text`, whose first line has `first` cells and the others `rest`."""
    start = at = used = 0
    width = first
    for found in _WORD.finditer(text):
        word = found.group().rstrip(" \n\t")
        cells = len(word) if word.isascii() else cell_len(word)
        if used + cells > width and at > start:
            yield start, at
            start, used, width = at, 0, rest
        if cells > width:
            for start, at in _chopped(text, found.start(), found.end(), width, rest):
                if at < found.end():
                    yield start, at
                    width = rest
            used = cell_len(text[start:at])
            continue
        at = found.end()
        used += cells + (at - found.start() - len(word))
    if start < len(text) or not text:
        yield start, len(text)


def _chopped(text: str, start: int, end: int, first: int, rest: int) -> Iterator[tuple[int, int]]:
    """A word that is wider than a line, in pieces that fit."""
    begin, used, width = start, 0, first
    for at in range(start, end):
        cells = _cells(text[at])
        if used and used + cells > width:
            yield begin, at
            begin, used, width = at, 0, rest
        used += cells
    yield begin, end


def _cells(character: str) -> int:
    """The most that a character can add to a line; U+FE0F widens the one before it to two cells."""
    return 1 if character.isascii() or character == "\ufe0f" else cell_len(character)


def _cut(runs: tuple[Run, ...], start: int, end: int) -> Iterator[Run]:
    """The parts of `runs` between two offsets of their joined text."""
    offset = 0
    for run in runs:
        low, high = max(start - offset, 0), min(end - offset, len(run.text))
        if low < high:
            yield run._replace(text=run.text[low:high])
        offset += len(run.text)
        if offset >= end:
            return


class Match(NamedTuple):
    """A place where the wanted words stand."""

    block: int
    start: int
    end: int


def matches(page: Page, wanted: str) -> list[Match]:
    """Every place of `wanted` in the page, upper and lower case alike, in reading order."""
    if not wanted:
        return []
    pattern = re.compile(re.escape(wanted), re.IGNORECASE)
    return [
        Match(number, found.start(), found.end())
        for number, block in enumerate(page)
        for found in pattern.finditer(_harmless(block.text))
    ]


def lines_with(lines: list[Line], found: list[Match]) -> list[int]:
    """For each match the number of the line on which it begins."""
    starts = [(line.block, line.start, number) for number, line in enumerate(lines) if line.block >= 0]
    return [starts[bisect_right(starts, (match.block, match.start, len(lines))) - 1][2] for match in found]


def marked(line: Line, found: list[Match], hits: list[Match]) -> Iterator[tuple[str, str]]:
    """(text, names of its styles with blanks between) of a line, in order.

    A part of what was `found` has the style ``match``, one of `hits` the style ``hit``; both are in reading order.
    """
    end = line.start + sum(len(run.text) for run in line.runs)
    spans = [(*span, "match") for span in _within(line, end, found)]
    spans += [(*span, "hit") for span in _within(line, end, hits)]
    edges = sorted({edge for start, stop, _ in spans for edge in (start, stop)})
    offset = line.start
    for run in line.runs:
        style = " ".join(name for name in (run.style, "link" if run.target else "") if name)
        inside = [edge for edge in edges if offset < edge < offset + len(run.text)]
        for start, stop in pairwise((offset, *inside, offset + len(run.text))):
            over = next((name for first, last, name in spans if first <= start < last), "")
            yield run.text[start - offset : stop - offset], f"{style} {over}".strip()
        offset += len(run.text)


def _within(line: Line, end: int, found: list[Match]) -> Iterator[tuple[int, int]]:
    """Those of the matches that touch a line."""
    first = bisect_right(found, (line.block, line.start), key=lambda match: (match.block, match.end))
    last = bisect_left(found, (line.block, end), key=lambda match: (match.block, match.start))
    return ((match.start, match.end) for match in found[first:last])
