"""Ask for a heading of MeSH: what begins as was typed is listed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.library.mesh import Vocabulary
from tui.model.clean import one_line
from tui.model.mesh import MeshSuggestion
from tui.model.problem import Problem


class FindHeadingScreen(ModalScreen[str]):
    """Dismissed with the name of a heading, or an empty string."""

    CSS_PATH = "dialog.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="close_heading"),
        Binding("down", "move(1)", "Next", id="next_heading", tooltip="The next heading of the list"),
        Binding("up", "move(-1)", "Previous", id="previous_heading", tooltip="The one before"),
    ]

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._found: tuple[MeshSuggestion, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Find a heading: a name, an entry term, a UI or a tree number", classes="dialog-title")
            yield Input(compact=True)
            yield OptionList(compact=True)
            yield Static("", id="heading-note", markup=False)

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Problem as problem:
            self._note(str(problem))

    def _note(self, text: str) -> None:
        self.query_one("#heading-note", Static).update(one_line(text))

    def on_mount(self) -> None:
        self._list.can_focus = False

    @work(exclusive=True, group="suggest")
    async def on_input_changed(self, event: Input.Changed) -> None:
        with self._told():
            self._found = await self._vocabulary.suggest(event.value)
            self._list.clear_options()
            self._list.add_options(Option(_line(each)) for each in self._found)
            self._note("")

    @work(exclusive=True, group="take")
    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """The one chosen in the list; else the one that is called so, else the first that begins so."""
        chosen = self._list.highlighted
        if chosen is not None:
            self.dismiss(self._found[chosen].name)
            return
        with self._told():
            view = await self._vocabulary.view(event.value)
            found = await self._vocabulary.suggest(event.value, 1)
            if view is None and not found:
                self._note("No heading begins so.")
            else:
                self.dismiss(view.descriptor.name if view else found[0].name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].name)

    def action_move(self, step: int) -> None:
        at = self._list.highlighted
        if self._found:
            self._list.highlighted = max(0, min((-1 if at is None else at) + step, len(self._found) - 1))

    def action_close(self) -> None:
        self.dismiss("")


def _line(found: MeshSuggestion) -> Content:
    """``Breast Cancer → Breast Neoplasms``."""
    if found.term == found.name:
        return Content(one_line(found.name))
    return Content.assemble(one_line(found.term), (f" → {one_line(found.name)}", "$foreground-muted"))
