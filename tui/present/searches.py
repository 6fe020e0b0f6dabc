"""The history of searches as a page to read: those that were saved first, then all, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tui.model.results import Asked
from tui.present import ages
from tui.present.blocks import Block, Page, Run, Target, heading, item, paragraph

_COUNT = 9
"""Cells of a number of records."""
_CHANGE = 6


def page(searches: Sequence[Asked], now: float) -> Page:
    """A line a search, which leads to it; `now` is Unix time."""
    saved = sorted((each for each in searches if each.saved), key=lambda each: each.saved.casefold())
    width = max((len(str(each.number)) for each in searches), default=0) + 1
    return (
        heading("Saved searches"),
        *(_lines(saved, width, now) if saved else (paragraph("None yet.", "dim"),)),
        heading("All searches"),
        *(_lines(searches, width, now) if searches else (paragraph("Nothing was searched for yet.", "dim"),)),
    )


def _lines(searches: Iterable[Asked], width: int, now: float) -> Iterator[Block]:
    for each in searches:
        name = (Run(f"{each.saved}: ", "strong"),) if each.saved else ()
        yield item(
            Run(f"{f'#{each.number}':>{width}}", "accent"),
            Run(f"{each.total:>{_COUNT},}"),
            Run(f" {change(each):<{_CHANGE}}", "warning" if each.total > each.before >= 0 else "dim"),
            *name,
            Run(each.query, "", Target("search", each.query)),
            Run(f"  {ages.age(each.asked, now)}{', offline' if each.offline else ''}", "dim"),
        )


def change(search: Asked) -> str:
    """``+12``: how many more there were than the time before; empty for the first time, or for as many."""
    return f"{search.total - search.before:+,}" if search.before >= 0 and search.total != search.before else ""
