"""Records per year as bars: how many years share one where there is no room for each, and how high each is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_LEVELS = " ▁▂▃▄▅▆▇█"
_WIDEST = 3
"""Cells of a bar where there are few years."""


class Bar(NamedTuple):
    """A year, or some years beside each other."""

    first: int
    last: int
    records: int


class Bars(NamedTuple):
    """All bars, from the first year with a record to the last."""

    bars: tuple[Bar, ...]
    cells: int
    """How wide each is drawn."""

    @property
    def most(self) -> int:
        return max((bar.records for bar in self.bars), default=0)


def bars(years: Sequence[tuple[int, int]], width: int) -> Bars:
    """The bars of (year, records) in `width` cells; records without a year, those of 0, are in none."""
    known = {year: records for year, records in years if year and records}
    if not known or width < 1:
        return Bars((), 1)
    first, last = min(known), max(known)
    shared = -(-(last - first + 1) // width)
    start = last - -(-(last - first + 1) // shared) * shared + 1  # the last bar is a whole one: it is looked at most
    found = tuple(
        Bar(max(at, first), at + shared - 1, sum(known.get(year, 0) for year in range(at, at + shared)))
        for at in range(start, last + 1, shared)
    )
    return Bars(found, min(_WIDEST, max(1, width // len(found))))


def drawn(bars: Bars, rows: int) -> list[list[str]]:
    """For each of `rows` lines, the highest first, the character of each bar; a bar of a single record is seen."""
    most = bars.most
    heights = [-(-bar.records * rows * 8 // most) if bar.records else 0 for bar in bars.bars]
    return [[_LEVELS[min(8, max(0, height - 8 * row))] for height in heights] for row in reversed(range(rows))]


def span(first: int, last: int) -> str:
    """``2007``, ``2005–2010``."""
    return str(first) if first == last else f"{first}–{last}"


def clause(first: int, last: int) -> str:
    """What narrows a query to these years: ``2005:2010[dp]``."""
    return f"{first}[dp]" if first == last else f"{first}:{last}[dp]"


def summary(bars: Bars, room: int) -> str:
    """Under the bars: the first year, the highest bar, the last year; without the one between where there is no room.

    ``1974   most 12 in 2007   2024``
    """
    if not bars.bars:
        return ""
    first, last = str(bars.bars[0].first), str(bars.bars[-1].last)
    top = max(bars.bars, key=lambda bar: bar.records)
    between = f"most {top.records:,} in {span(top.first, top.last)}"
    if len(bars.bars) == 1:
        return f"{top.records:,} in {span(top.first, top.last)}"[:room]
    width = min(len(bars.bars) * bars.cells, room)
    gap = max(width, len(first) + len(between) + len(last) + 4) - len(first) - len(last)
    if len(first) + gap + len(last) > room:
        return f"{first}{' ' * max(width - len(first) - len(last), 1)}{last}"
    return f"{first}{between:^{gap}}{last}"
