"""The line in which a query is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.message import Message
from textual.widgets import Input

from tui.model.clean import one_line

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

    class Typing(Message):
        """A key was typed: a search is likely to follow."""

    class Left(Message):
        """The reader goes back to the results without searching."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, placeholder="Search PubMed", compact=True, select_on_focus=False)

    def ask(self, query: str) -> None:
        """Put `query` here, as if it had been typed."""
        with self.prevent(Input.Changed):
            self.value = one_line(query)
        self.cursor_position = len(self.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typing())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Asked(one_line(event.value)))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key == "slash" or super().check_consume_key(key, character)  # Textual asks without its character

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in _SCROLLING

    def action_leave(self) -> None:
        self.post_message(self.Left())
