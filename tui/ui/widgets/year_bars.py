"""How many records of a result were published in each year, and a range of years to narrow it to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from tui.present import years
from tui.ui.widgets.styled import Styled

_BAR, _CHOSEN, _LABEL = "$primary", "$text-warning bold", "$foreground-muted"


class YearBars(Styled, can_focus=True):
    """Draws what it is given; posts `Chosen` for a range of years, `Left` where none was wanted."""

    DEFAULT_CSS = """
    YearBars {
        height: 2;
        padding: 0 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "Earlier", id="year_earlier", show=False, tooltip="The bar of the years before"),
        Binding("right,l", "move(1)", "Later", id="year_later", show=False, tooltip="The bar of the years after"),
        Binding("space", "begin", "From here", id="year_from", tooltip="A range of years begins here"),
        Binding("enter", "choose", "Narrow", id="year_narrow", tooltip="Narrow the search to these years"),
        Binding("escape,j,down", "leave", "To the results", id="leave_years", tooltip="Back to the results"),
    ]

    @dataclass
    class Chosen(Message):
        """The result is to be narrowed to these years."""

        first: int
        last: int

    class Left(Message):
        """The reader goes back to the results."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._years: Sequence[tuple[int, int]] = ()
        self._bars = years.Bars((), 1)
        self._cursor = 0
        self._begun: int | None = None
        """Where the range began; None for the bar at the cursor alone."""

    def show(self, spread: Sequence[tuple[int, int]]) -> None:
        """Draw (year, records), the earliest first."""
        if spread != self._years:
            self._years = spread
            self._measure()

    def on_resize(self) -> None:
        self._measure()

    def _measure(self) -> None:
        self._bars = years.bars(self._years, self.content_size.width)
        self._cursor = max(0, len(self._bars.bars) - 1)
        self._begun = None
        self.refresh()

    @property
    def _chosen(self) -> tuple[int, int]:
        """The first and the last bar chosen."""
        begun = self._cursor if self._begun is None else self._begun
        return min(begun, self._cursor), max(begun, self._cursor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._bars.bars) if action in ("move", "begin", "choose") else True

    def action_move(self, step: int) -> None:
        self._cursor = max(0, min(self._cursor + step, len(self._bars.bars) - 1))
        self.refresh()

    def action_begin(self) -> None:
        self._begun = self._cursor if self._begun is None else None
        self.refresh()

    def action_choose(self) -> None:
        first, last = self._chosen
        self.post_message(self.Chosen(self._bars.bars[first].first, self._bars.bars[last].last))

    def action_leave(self) -> None:
        self._begun = None
        self.post_message(self.Left())

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None or at.x // self._bars.cells >= len(self._bars.bars):
            return
        again = at.x // self._bars.cells == self._cursor and event.chain > 1
        self._cursor = at.x // self._bars.cells
        self.refresh()
        if again:
            self.action_choose()

    def render_line(self, y: int) -> Strip:
        width, height = self.content_size
        base = self.style_of()
        if y == height - 1:
            label = Segment(self._label(width), base + self.style_of(_LABEL))
            return Strip([label]).adjust_cell_length(width, base)
        first, last = self._chosen if self.has_focus else (0, -1)
        line = [character * self._bars.cells for character in years.drawn(self._bars, height - 1)[y]]
        plain = base + self.style_of(_BAR)
        chosen = base + self.style_of(f"{_CHOSEN} reverse" if self.app.no_color else _CHOSEN)
        parts = ((line[:first], plain), (line[first : last + 1], chosen), (line[last + 1 :], plain))
        segments = [Segment("".join(characters), style) for characters, style in parts if characters]
        return Strip(segments).adjust_cell_length(width, base)

    def _label(self, room: int) -> str:
        if not (self.has_focus and self._bars.bars):
            return years.summary(self._bars, room)
        first, last = self._chosen
        chosen = self._bars.bars[first : last + 1]
        return f"{years.span(chosen[0].first, chosen[-1].last)}: {sum(bar.records for bar in chosen):,}"[:room]

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self._begun = None
        self.refresh()
