"""The tree of MeSH: a line a place, opened step by step, drawn only where it is seen.

It holds the places that were shown to it; what is below one it asks for with `Opened`, how many records are under
the headings in view with `CountsWanted`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.model.clean import one_line
from tui.model.mesh import MeshPlace
from tui.ui.lines import fitted
from tui.ui.widgets.moving import Moving

_CATEGORY, _SIGN = "$text-secondary bold", "$text-accent"
_COUNT, _MARK = "$foreground-muted", "$text-warning bold"


class MeshTree(Moving):
    """Places in the tree; posts `Highlighted` when the reader comes to another one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,right", "narrower", "Narrower", id="narrower", tooltip="Show what is narrower, or go to it"),
        Binding(
            "h,left", "broader", "Broader", id="broader", tooltip="Hide what is narrower, or go to what is broader"
        ),
        Binding("enter", "narrower('category')", "Open", id="open_category", tooltip="Show what is in this category"),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor is on this place now."""

        place: MeshPlace

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, MeshTree.Highlighted)

    @dataclass
    class Opened(Message):
        """What is below this place is to be shown."""

        number: str

    @dataclass
    class CountsWanted(Message):
        """These headings come into view, and how many records are under them is not known yet."""

        names: tuple[str, ...]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._places: list[MeshPlace] = []
        self._open: set[str] = set()
        self._counts: dict[str, int] = {}
        self._asked: set[str] = set()
        self._offered: tuple[bool | None, ...] = ()

    @property
    def place(self) -> MeshPlace | None:
        """Where the cursor is; None in an empty tree."""
        return self._places[self.cursor] if self.cursor < len(self._places) else None

    def show(self, branch: Sequence[Sequence[MeshPlace]], number: str = "") -> None:
        """The tree opened along one way: the categories, then what is below each step; the cursor on `number`."""
        self._places = []
        self._open = set()
        for places in filter(None, branch):
            if self._places:
                self.open(_parent(places[0].number), places)
            else:
                self._places = list(places)
        self.cursor = self._row_of(number, 0)
        self._measure()
        self.scroll_to(y=max(0, self.cursor - self.scrollable_content_region.height // 2), animate=False)
        self._offer()

    def open(self, number: str, places: Sequence[MeshPlace]) -> None:
        """Show what is below a place, as `Opened` asked for it."""
        at = self._row_of(number, -1)
        if at < 0 or number in self._open:
            return
        self._open.add(number)
        self._places[at + 1 : at + 1] = places
        self.cursor += len(places) if self.cursor > at else 0
        self._measure()
        self._offer()

    def add_counts(self, counts: Mapping[str, int]) -> None:
        """How many records are under headings, by their names."""
        self._counts.update(counts)
        self.refresh()

    def row_count(self) -> int:
        return len(self._places)

    def cursor_moved(self) -> None:
        self._offer()
        if self.place is not None:
            self.post_message(self.Highlighted(self.place))

    def _row_of(self, number: str, otherwise: int) -> int:
        """The row of a place, where it is shown."""
        return next((row for row, place in enumerate(self._places) if place.number == number), otherwise)

    def _offer(self) -> None:
        """Have the footer drawn again, but only where it would say something else."""
        offered = tuple(self.check_action(*asked) for asked in (("narrower", ()), ("narrower", ("",)), ("broader", ())))
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        place = self.place
        if action == "narrower":
            return place is not None and not (place.leaf or (parameters and place.ui))
        if action == "broader":
            return place is not None and (bool(place.ui) or place.number in self._open)
        return True

    def action_narrower(self, _only: str = "") -> None:
        """Open the place; where it is open, go into it."""
        assert self.place is not None
        if self.place.number in self._open:
            self.move_cursor(self.cursor + 1)
        else:
            self.post_message(self.Opened(self.place.number))

    def action_broader(self) -> None:
        """Close the place; where it is closed, go to the one above."""
        assert self.place is not None
        number = self.place.number
        if number in self._open:
            below = {place.number for place in self._places if _is_below(place.number, number)}
            self._open -= below | {number}
            self._places = [place for place in self._places if place.number not in below]
            self._measure()
            self.cursor_moved()
        else:
            above = _parent(number)
            self.move_cursor(self._row_of(above, self.cursor))

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None or at.y + self.scroll_offset.y >= len(self._places):
            return
        self.move_cursor(at.y + self.scroll_offset.y)
        assert self.place is not None
        if not self.place.leaf and (event.chain > 1 or at.x <= 2 * _depth(self.place) + 2):
            if self.place.number in self._open:
                self.action_broader()
            else:
                self.action_narrower()

    def on_resize(self, event: events.Resize) -> None:
        self._measure()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        base = self.style_of()
        if number >= len(self._places):
            return Strip.blank(width, base)
        if number == self.cursor:
            base = base + self.cursor_style + Style(bold=True)
        place = self._places[number]
        self._want(number)
        count = self._counts.get(place.name, 0) if place.ui else 0
        right = f" {count:,}" if count else ""
        sign = " " if place.leaf else "▾" if place.number in self._open else "▸"
        indent = " " * (2 * _depth(place))
        room = width - 3 - len(indent) - len(right)
        name = fitted(one_line(place.name), room)
        gap = " " * (room - cell_len(name))
        segments = [
            Segment("▌" if number == self.cursor else " ", base + self.style_of(_MARK)),
            Segment(indent, base),
            Segment(f"{sign} ", base + self.style_of(_SIGN)),
            Segment(name, base if place.ui else base + self.style_of(_CATEGORY)),
            Segment(gap, base),
            Segment(right, base + self.style_of(_COUNT)),
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._places))
        self.refresh()

    def _want(self, number: int) -> None:
        """Ask for the counts of a screenful around this row, once."""
        if self._places[number].name in self._asked:
            return
        height = self.scrollable_content_region.height
        window = self._places[max(0, number - height) : number + 2 * height]
        wanted = dict.fromkeys(place.name for place in window if place.ui and place.name not in self._asked)
        self._asked.update(place.name for place in window)
        if wanted:
            self.post_message(self.CountsWanted(tuple(wanted)))


def _depth(place: MeshPlace) -> int:
    """0 for a category, 1 for the headings directly in it."""
    return place.number.count(".") + 1 if place.ui else 0


def _parent(number: str) -> str:
    return number.rpartition(".")[0] or number[:1]


def _is_below(number: str, above: str) -> bool:
    return number != above and (number.startswith(f"{above}.") or (len(above) == 1 and number.startswith(above)))
