"""Ask for a line of text over the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.ui.widgets.key_line import KeyLine


class PromptScreen(ModalScreen[str]):
    """Dismissed with the line, or an empty string where the reader thought better of it."""

    CSS_PATH = "dialog.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", id="close_prompt")]

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._title, markup=False, classes="dialog-title")
            yield Input(self._value, compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Input))  # at once: what is typed already is for this line

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)

    def action_close(self) -> None:
        self.dismiss("")
