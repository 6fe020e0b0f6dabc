"""A page of blocks to read: the record pane and the sidebar are both one.

Lines are wrapped once for a width and drawn as they come into view. The cursor stands on a line; what the line
leads to is opened with Enter or a click.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.model.clean import one_line
from tui.present.blocks import Page, Target
from tui.present.marking import places
from tui.query.marking import Marking
from tui.ui.lines import Line, Match, lines_of, lines_with, marked, matches
from tui.ui.widgets.moving import Moving

_LONGEST = 40
"""Characters of the words looked for that are repeated under the pane."""


class TextPane(Moving):
    """Shows a `Page`; posts `Opened` where the reader follows a link of it."""

    DEFAULT_CSS = """
    TextPane {
        padding: 0 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,l,right", "open", "Open", id="open_link", tooltip="Follow the link on this line"),
        Binding("slash", "screen.find", "Find", id="find", tooltip="Find words on this page"),
        Binding("n", "find_next(1)", "Next", id="find_next", tooltip="The next place of the words found"),
        Binding("N", "find_next(-1)", "Previous", id="find_previous", show=False, tooltip="The place before"),
    ]

    @dataclass
    class Opened(Message):
        """The reader follows a link."""

        target: Target

    def __init__(self, *, id: str, title: str) -> None:
        super().__init__(id=id)
        self.border_title = title
        self._page: Page = ()
        self._lines: list[Line] = []
        self._found: list[Match] = []
        self._marking = Marking()
        self._hits: list[Match] = []
        self._width = 0
        self._offered = (False, False)

    @property
    def shown(self) -> Page:
        return self._page

    def show(self, page: Page, *, keep_place: bool = False) -> None:
        """Draw another page, from its top, or from the same line where it is the same text made afresh."""
        if page == self._page:
            return
        self._page = page
        self._mark([])
        self._hits = [Match(*place) for place in places(page, self._marking)]
        if not keep_place:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)
        self._wrap()

    def mark(self, marking: Marking) -> None:
        """Mark the words of a query in this record's title and abstract, and in those shown later."""
        if marking != self._marking:
            self._marking = marking
            self._hits = [Match(*place) for place in places(self._page, marking)]
            self.refresh()

    def go_to_heading(self, text: str) -> None:
        """Go to the first line under the heading that begins with `text`, where there is one."""
        for number, line in enumerate(self._lines):
            if line.kind == "heading" and self._page[line.block].text.startswith(text):
                self.move_cursor(number + 1)
                return

    def find(self, wanted: str | None) -> None:
        """Mark `wanted`, say in how many places it stands, and go to the first at or after the cursor."""
        if not wanted:
            return
        found = matches(self._page, wanted)
        places = f"{len(found)} {'place' if len(found) == 1 else 'places'}" if found else "not found"
        self._mark(found, Content(f"{one_line(wanted[:_LONGEST])}: {places}"))
        if found:
            lines = lines_with(self._lines, found)
            self.move_cursor(next((line for line in lines if line >= self.cursor), lines[0]))
        self.refresh()
        self._offer()

    def _mark(self, found: list[Match], said: Content | str = "") -> None:
        self._found = found
        if said or self.border_subtitle:
            self.border_subtitle = said

    def row_count(self) -> int:
        return len(self._lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "find_next":
            return bool(self._found)
        if action == "open":
            return self.target is not None
        return True

    def cursor_moved(self) -> None:
        self._offer()

    def action_open(self) -> None:
        target = self.target
        if target is not None:
            self.post_message(self.Opened(target))

    def action_find_next(self, step: int) -> None:
        places = sorted(set(lines_with(self._lines, self._found)))
        if step > 0:
            self.move_cursor(next((place for place in places if place > self.cursor), places[0]))
        else:
            self.move_cursor(next((place for place in reversed(places) if place < self.cursor), places[-1]))

    def on_resize(self, event: events.Resize) -> None:
        if self.scrollable_content_region.width != self._width:
            self._wrap()

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        row = at.y + self.scroll_offset.y
        if row >= len(self._lines):
            return
        self.move_cursor(row)
        column = at.x - self._lines[row].indent
        for run in self._lines[row].runs:
            width = Segment(run.text).cell_length
            if 0 <= column < width and run.target:
                self.post_message(self.Opened(run.target))
                return
            column -= width

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.style_of()
        if number >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[number]
        if number == self.cursor:
            base = base + self.cursor_style
        segments = [Segment(" " * line.indent, base)]
        for text, names in marked(line, self._found, self._hits):
            segments.append(Segment(text, base + self._style(names or _KINDS.get(line.kind, ""))))
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, names: str) -> Style:
        if names.endswith("match"):
            return self.style_of("$text-warning reverse bold" if self.app.no_color else "$text-warning reverse")
        style = Style.null()
        for name in names.split():
            style += self.style_of(_STYLES[name])
        return style

    def _offer(self) -> None:
        """Have the footer drawn again, but only where it would say something else."""
        offered = (self.target is not None, bool(self._found))
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    @property
    def target(self) -> Target | None:
        """The link on the cursor's line, or the one that a wrapped block began further up."""
        if not self._lines or self.cursor >= len(self._lines):
            return None
        return self._lines[self.cursor].target

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self._width = width
        if not self._page and not self._lines:
            return
        self._lines = lines_of(self._page, width)
        self.cursor = min(self.cursor, max(len(self._lines) - 1, 0))
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()
        self._offer()


_KINDS = {"heading": "heading", "banner": "banner"}
_STYLES = {
    "strong": "bold",
    "dim": "$foreground-muted",
    "label": "$text-secondary",
    "accent": "$text-accent",
    "warning": "$text-error bold",
    "banner": "$text-error bold reverse",
    "link": "$text-primary underline",
    "heading": "$text-secondary bold",
    "hit": "$text-warning underline",
}
