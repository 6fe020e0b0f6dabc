"""A small menu over the screen: one key a line, or the cursor and Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.ui.widgets.key_line import KeyLine


class Choice(NamedTuple):
    """One line of the menu."""

    key: str
    label: str
    value: str


class ChoiceScreen(ModalScreen[str]):
    """Dismissed with the value chosen, or an empty string."""

    CSS_PATH = "dialog.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "close", "Close", id="close_menu")]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._title, markup=False, classes="dialog-title")
            yield OptionList(
                *(
                    Option(Content.assemble((f" {choice.key} ", "bold $text-accent"), f" {choice.label}"))
                    for choice in self._choices
                ),
                compact=True,
            )
        yield KeyLine()

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = 0
        self.set_focus(options)

    def on_key(self, event: events.Key) -> None:
        for choice in self._choices:
            if event.character == choice.key:
                event.stop()
                self.dismiss(choice.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].value)

    def action_close(self) -> None:
        self.dismiss("")
