"""The facets of a result: what its records have in common, to narrow it by."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.library import Library
from tui.model.problem import Problem
from tui.model.results import ResultPage
from tui.present import facets, years
from tui.present.blocks import paragraph
from tui.query.narrow import narrowed, without
from tui.ui.screens.finding import find_in
from tui.ui.widgets.key_line import KeyLine
from tui.ui.widgets.text_pane import TextPane
from tui.ui.widgets.year_bars import YearBars


class FacetsScreen(ModalScreen[str]):
    """Dismissed with the narrowed query, or an empty string."""

    CSS_PATH = "dialog.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "exclude", "Exclude", id="exclude", tooltip="Narrow the search to what has not this value"),
        Binding("tab,shift+tab,Y", "years", "Years", id="facet_years", tooltip="To the years and back"),
        Binding("escape,q,F", "close", "Close", id="close_facets"),
    ]

    def __init__(self, library: Library, page: ResultPage) -> None:
        super().__init__()
        self._library = library
        self._page = page

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog reading"):
            yield YearBars(id="facet-years")
            yield TextPane(id="facets", title="Facets")
        yield KeyLine()

    @property
    def pane(self) -> TextPane:
        return self.query_one(TextPane)

    @property
    def years(self) -> YearBars:
        return self.query_one(YearBars)

    def on_mount(self) -> None:
        self.pane.show((paragraph("Counting …", "dim"),))
        self.set_focus(self.pane)
        self.count()

    @work(exclusive=True, group="count")
    async def count(self) -> None:
        try:
            found = await self._library.facets(self._page)
        except Problem as problem:
            self.pane.show((paragraph(str(problem), "dim"),))
            return
        self.years.show(found.years)
        self.pane.show(facets.page(found))
        self.pane.border_subtitle = facets.note(self._page, found)
        self.pane.move_cursor(1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.is_mounted and action == "exclude":
            return self.pane.has_focus and self.pane.target is not None
        return True

    def on_text_pane_opened(self, message: TextPane.Opened) -> None:
        message.stop()
        self.dismiss(narrowed(self._page.query, message.target.value, unfinished=self._page.unfinished))

    def action_exclude(self) -> None:
        assert self.pane.target is not None
        self.dismiss(without(self._page.query, self.pane.target.value, unfinished=self._page.unfinished))

    def on_year_bars_chosen(self, message: YearBars.Chosen) -> None:
        message.stop()
        chosen = years.clause(message.first, message.last)
        self.dismiss(narrowed(self._page.query, chosen, unfinished=self._page.unfinished))

    def on_year_bars_left(self, message: YearBars.Left) -> None:
        message.stop()
        self.set_focus(self.pane)

    def action_years(self) -> None:
        self.set_focus(self.pane if self.years.has_focus else self.years)

    async def action_find(self) -> None:
        await find_in(self.app, self.focused)

    def action_close(self) -> None:
        self.dismiss("")
