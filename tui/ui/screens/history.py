"""The history: every search that was made, to be made again, combined, saved."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.library import Library
from tui.model.problem import Problem
from tui.model.results import Asked
from tui.present import searches
from tui.ui.screens.finding import find_in
from tui.ui.screens.searches import name_for
from tui.ui.widgets.key_line import KeyLine
from tui.ui.widgets.text_pane import TextPane


class Picked(NamedTuple):
    """What the reader wants of the history."""

    query: str
    """To be searched for; empty for nothing."""
    number: int = 0
    """To be put into the query line as ``#3``, where it is not 0."""


class HistoryScreen(ModalScreen[Picked]):
    """Dismissed with what was picked."""

    CSS_PATH = "dialog.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("number_sign,i", "insert", "Insert", id="insert_number", tooltip="Put its number into the query line"),
        Binding("W", "save", "Save", id="save_search_as", tooltip="Save this search under a name"),
        Binding("x", "forget", "Forget name", id="forget_search", tooltip="Forget that it was saved; it stays below"),
        Binding("escape,q,H", "close", "Close", id="close_history"),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._searches: dict[str, Asked] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog reading"):
            yield TextPane(id="history", title="Searches")
        yield KeyLine()

    @property
    def pane(self) -> TextPane:
        return self.query_one(TextPane)

    @property
    def chosen(self) -> Asked | None:
        """The search on whose line the cursor is."""
        target = self.pane.target
        return self._searches.get(target.value) if target else None

    def on_mount(self) -> None:
        self.list_all()

    @work(exclusive=True, group="list")
    async def list_all(self) -> None:
        """Show them, with the cursor on the first, or where it was."""
        first = not self._searches
        try:
            asked = await self._library.history.all()
        except Problem as problem:
            self.app.notify(str(problem), severity="warning", timeout=12)
            return
        self._searches = {each.query: each for each in asked}
        page = searches.page(asked, self._library.now())
        self.pane.show(page, keep_place=not first)
        if first:
            self.pane.move_cursor(1 if any(each.saved for each in asked) else 4)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted or action not in ("insert", "save", "forget"):
            return True
        return self.chosen is not None and (action != "forget" or bool(self.chosen.saved))

    def on_text_pane_opened(self, message: TextPane.Opened) -> None:
        message.stop()
        self.dismiss(Picked(message.target.value))

    def action_insert(self) -> None:
        assert self.chosen is not None
        self.dismiss(Picked("", self.chosen.number))

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        assert self.chosen is not None
        number, name = self.chosen.number, self.chosen.saved or self.chosen.query
        name = await name_for(self.app, name)
        if name:
            self.save(number, name)

    def action_forget(self) -> None:
        assert self.chosen is not None
        self.save(self.chosen.number, "")

    @work(exclusive=False, group="keep")
    async def save(self, number: int, name: str) -> None:
        """Keep a search under a name, or under none any more."""
        try:
            await self._library.history.save(number, name)
        except Problem as problem:
            self.app.notify(str(problem), severity="warning", timeout=12)
        self.list_all()

    async def action_find(self) -> None:
        await find_in(self.app, self.focused)

    def action_close(self) -> None:
        self.dismiss(Picked(""))
