"""A pane with a cursor on one of its lines: the keys that move it, and how the view follows."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.scroll_view import ScrollView

from tui.ui.widgets.styled import Styled


class Moving(Styled, ScrollView, can_focus=True, inherit_bindings=False):
    """A `ScrollView` that moves by rows. A subclass says how many rows there are, and draws them."""

    DEFAULT_CSS = """
    Moving {
        padding: 0 1 0 0;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", show=False, id="down"),
        Binding("k,up", "move(-1)", "Up", show=False, id="up"),
        Binding("pagedown,ctrl+f", "move_page(1)", "Page down", show=False, id="page_down"),
        Binding("pageup", "move_page(-1)", "Page up", show=False, id="page_up"),
        Binding("ctrl+d", "move_page(0.5)", "Half a page down", show=False, id="half_page_down"),
        Binding("ctrl+u", "move_page(-0.5)", "Half a page up", show=False, id="half_page_up"),
        Binding("g,home", "move_to(0)", "First", show=False, id="first"),
        Binding("G,end", "move_to(-1)", "Last", show=False, id="last"),
    ]

    row_height = 1
    """Lines that one row takes."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.cursor = 0

    @property
    def cursor_style(self) -> Style:
        """What stands behind the row of the cursor; without colours the row is reversed."""
        if not self.has_focus:
            return self.style_of("on $boost")
        return self.style_of("reverse on $primary-muted" if self.app.no_color else "on $primary-muted")

    def row_count(self) -> int:
        """How many rows there are to move over."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """Called after the cursor came to another row."""

    def move_cursor(self, row: int, *, follow: bool = True) -> None:
        """Put the cursor on `row`, or on the nearest there is, and bring it into view."""
        row = max(0, min(row, self.row_count() - 1))
        before, self.cursor = self.cursor, row
        if follow:
            self._follow()
        if row != before:
            self.refresh_lines(before * self.row_height, self.row_height)
            self.refresh_lines(row * self.row_height, self.row_height)
            self.cursor_moved()

    def _follow(self) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        first = self.cursor * self.row_height
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif first + self.row_height > top + height:
            self.scroll_to(y=first + self.row_height - height, animate=False)

    def action_move(self, rows: int) -> None:
        self.move_cursor(self.cursor + rows)

    def action_move_page(self, pages: float) -> None:
        rows = max(1, self.scrollable_content_region.height // self.row_height - 1)
        self.move_cursor(self.cursor + int(rows * pages))

    def action_move_to(self, row: int) -> None:
        self.move_cursor(row if row >= 0 else self.row_count() - 1)

    def on_focus(self) -> None:
        self.refresh(Region(0, 0, *self.size))

    def on_blur(self) -> None:
        self.refresh(Region(0, 0, *self.size))
