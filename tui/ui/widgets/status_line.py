"""Two lines at the foot: the mode, the count and the record's origin; under them how the query was understood,
or why something takes time, or what went wrong."""

from __future__ import annotations

import math
from time import monotonic

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui.model.clean import one_line
from tui.model.results import Wait
from tui.present import status


class StatusLine(Widget):
    """Shows what it is given; counts a wait down by itself."""

    DEFAULT_CSS = """
    StatusLine { height: 2; padding: 0 1; background: $panel; color: $foreground; }
    """

    mode = reactive("")
    offline = reactive(False)
    count = reactive("")
    """How many were found, and why the list is short."""
    origin = reactive("")
    """Where the shown record is from, and how old it is."""
    understood = reactive("")
    problem = reactive("")
    """What went wrong; stays until something else happens."""
    wait: reactive[Wait | None] = reactive(None)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._until = 0.0
        self._ticks: Timer | None = None

    def watch_wait(self, wait: Wait | None) -> None:
        if self._ticks is not None:
            self._ticks.stop()
            self._ticks = None
        if wait is not None:
            self._until = monotonic() + wait.seconds
            self._ticks = self.set_interval(0.25, self.refresh)

    def render(self) -> Content:
        width = self.content_size.width
        badge = f" {self.mode} "
        left = f"{badge} {self.count}"
        room = width - cell_len(left) - 2
        right = _fitted(self.origin, room)
        gap = " " * max(width - cell_len(left) - cell_len(right), 1)
        first = Content.assemble(
            (badge, "$text-warning on $warning-muted bold" if self.offline else "$text-primary on $primary-muted bold"),
            f" {self.count}",
            gap,
            (right, "$foreground-muted"),
        )
        return Content("\n").join([first, self._second(width)])

    def _second(self, width: int) -> Content:
        if self.wait is not None:
            seconds = max(1, math.ceil(self._until - monotonic()))
            return Content.assemble(
                (_fitted(f"{status.waiting(self.wait, seconds)} · Esc cancels", width), "$text-warning")
            )
        if self.problem:
            return Content.assemble((_fitted(self.problem, width), "$text-error"))
        return Content.assemble((_fitted(self.understood, width), "$foreground-muted"))


def _fitted(text: str, cells: int) -> str:
    text = one_line(text[:2000])
    if cells <= 1:
        return ""
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + "…"
