"""Two lines at the foot: the mode, the count and the record's origin; under them how the query was understood,
or why something takes time, or, on as many lines as it needs, what went wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from time import monotonic

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui.model.clean import one_line
from tui.model.results import Kept, ResultPage, Wait
from tui.present import status
from tui.ui.lines import fitted

_CANCELS = " · Esc cancels"
_LONGEST = 2000
"""Characters; no screen shows more of a line."""


class StatusLine(Widget):
    """Shows what it is given; counts a wait down by itself. `now` is what ages are reckoned from."""

    DEFAULT_CSS = """
    StatusLine {
        height: auto;
        min-height: 2;
        max-height: 6;
        padding: 0 1;
        background: $panel;
        color: $foreground;
    }
    """

    offline = reactive(False)
    busy = reactive(False)
    """Whether a search is under way."""
    asked = reactive("")
    """The query that was sent last, which need not be the one whose answer is shown."""
    page: reactive[ResultPage | None] = reactive(None)
    """The answer that is shown."""
    kept: reactive[Kept | None] = reactive(None)
    """The record that is shown."""
    problem = reactive("", layout=True)
    """What went wrong; stays until something else happens."""
    wait: reactive[Wait | None] = reactive(None)

    def __init__(self, *, id: str, now: Callable[[], float], demo: bool) -> None:
        super().__init__(id=id)
        self._now = now
        self._demo = demo
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
        return Content("\n").join([self._first(width), self._second(width)])

    def _first(self, width: int) -> Content:
        badge = f" {status.mode(offline=self.offline, busy=self.busy, demo=self._demo)} "
        count = _fitted(status.count(self.page, self.asked), width - cell_len(badge) - 1)
        room = width - cell_len(badge) - cell_len(count) - 3
        source, age = status.origin(self.kept, self._now()) if self.kept else ("", "")
        origin = _fitted(source, room - cell_len(age)) + age if room > cell_len(age) else ""
        return Content.assemble(
            (badge, "$warning reverse bold" if self.offline else "$primary reverse bold"),
            f" {count}",
            " " * max(room + 2 - cell_len(origin), 1),
            (origin, "$foreground-muted"),
        )

    def _second(self, width: int) -> Content:
        if self.wait is not None:
            seconds = max(1, math.ceil(self._until - monotonic()))
            waiting = _fitted(status.waiting(self.wait, seconds), width - len(_CANCELS))
            return Content.styled(waiting + _CANCELS, "$text-warning")
        if self.problem:
            return Content.styled(one_line(self.problem[:_LONGEST]), "$text-error")
        return Content.styled(_fitted(status.listed(self.page), width), "$foreground-muted")


def _fitted(text: str, cells: int) -> str:
    return fitted(one_line(text[:_LONGEST]), cells)
