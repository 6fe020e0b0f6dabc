"""A page of blocks over the screen: the help, and how PubMed understood the query."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.present.blocks import Page, Target
from tui.ui.screens.finding import find_in
from tui.ui.widgets.key_line import KeyLine
from tui.ui.widgets.text_pane import TextPane


class ReadingScreen(ModalScreen[Target | None]):
    """Dismissed with the link that was followed, or None."""

    CSS_PATH = "dialog.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "close", "Close", id="close_page"),
    ]

    def __init__(self, title: str, page: Page) -> None:
        super().__init__()
        self._title = title
        self._page = page

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog reading"):
            yield TextPane(id="page", title=self._title)
        yield KeyLine()

    def on_mount(self) -> None:
        pane = self.query_one(TextPane)
        pane.show(self._page)
        self.set_focus(pane)

    def on_text_pane_opened(self, message: TextPane.Opened) -> None:
        message.stop()
        self.dismiss(message.target)

    async def action_find(self) -> None:
        await find_in(self.app, self.focused)

    def action_close(self) -> None:
        self.dismiss(None)
