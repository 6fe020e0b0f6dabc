"""The line in which a query is typed. A mistake in it is named when it is sent, and not sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, var
from textual.widgets import Input

from tui.model.clean import one_line
from tui.query import QueryError, parse

_SCROLLING = frozenset(binding.action for binding in ScrollableContainer.BINDINGS if isinstance(binding, Binding))
"""What Textual's lines inherit and cannot do: there is nothing to scroll."""


class QueryLine(Input):
    """Posts `Asked` when a query is to be searched, `Typing` while it is being typed."""

    DEFAULT_CSS = """
    QueryLine {
        height: 1;
        border: none;
        padding: 0 1;
        background: $surface;
        &:focus { border: none; background: $panel; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,down", "leave", "To the results", id="leave_query", tooltip="Back to the results"),
        Binding("enter", "submit", "Search", id="search", tooltip="Search for this query"),
    ]

    @dataclass
    class Asked(Message):
        """This query is to be searched; it may be empty."""

        query: str

    @dataclass
    class Typing(Message):
        """The text has changed."""

        query: str
        unfinished: bool
        """Whether its last word may be going on."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, QueryLine.Typing)

    @dataclass
    class Mistaken(Message):
        """There is a mistake in the text now, or none any more, or it is seen at another place."""

        error: QueryError | None
        place: tuple[int, int]
        """First cell and number of cells, counted from where the line shows its text."""

    class Left(Message):
        """The reader goes back to the results without searching."""

    virtual_size = Reactive(Size(0, 0), layout=False)
    """How long the text is: its own affair, for which Textual would lay out the screen anew with each key."""
    mistake: var[QueryError | None] = var(None)
    """What is known to be wrong with the text; it follows the text as long as it is not right."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, placeholder="Search PubMed", compact=True, select_on_focus=False)

    def ask(self, query: str) -> None:
        """Put `query` here, as if it had been typed."""
        with self.prevent(Input.Changed):
            self.value = one_line(query)
        self.cursor_position = len(self.value)
        self.mistake = None

    def add(self, word: str) -> None:
        """Type a word at the cursor, apart from the one before it."""
        before = self.value[: self.cursor_position]
        self.insert_text_at_cursor(word if before[-1:] in ("", " ", "(") else f" {word}")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.mistake is not None:
            self.mistake = _mistake_in(event.value)
        at_end = self.cursor_position == len(event.value)
        self.post_message(self.Typing(event.value, at_end and event.value[-1:].isalnum()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        query = one_line(event.value)
        if query != event.value:
            self.ask(query)
        mistake = _mistake_in(query)
        if mistake is None:
            self.post_message(self.Asked(query))
        else:
            self.point_at(mistake, go=True)

    def point_at(self, mistake: QueryError, *, go: bool) -> bool:
        """Show a mistake, with `go` also where it is out of sight; whether it is one in this text."""
        if mistake.query != self.value:
            return False
        self.mistake = mistake
        if go:
            self.cursor_position = mistake.column  # so that its beginning is in sight too
            self.cursor_position = mistake.column + mistake.length
        return True

    def watch_mistake(self) -> None:
        self._say_where()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_x(old_value, new_value)
        if self.mistake is not None:
            self._say_where()

    def _say_where(self) -> None:
        place = (0, 1)
        if self.mistake is not None:
            end = self.mistake.column + self.mistake.length
            start, cells = cell_len(self.value[: self.mistake.column]), cell_len(self.value[self.mistake.column : end])
            place = (start - self.scroll_offset.x, max(cells, 1))
        self.post_message(self.Mistaken(self.mistake, place))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key == "slash" or super().check_consume_key(key, character)  # Textual asks without its character

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in _SCROLLING

    def action_leave(self) -> None:
        self.post_message(self.Left())


def _mistake_in(query: str) -> QueryError | None:
    try:
        parse(query)
    except QueryError as mistake:
        return mistake
    return None
