"""The three panes side by side: which of them are seen, and which has the focus.

On a wide screen all three are seen, on a narrow one the sidebar and the search take each other's place. The screen
says which it is (its classes ``-wide`` and ``-narrow``); `app.tcss` does the rest.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from tui.ui.widgets.result_list import ResultList
from tui.ui.widgets.search_pane import SearchPane
from tui.ui.widgets.text_pane import TextPane


class Panes(Horizontal):
    """Search, record, sidebar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,slash", "enter('query')", "Search", id="query", tooltip="Into the query line"),
        Binding("tab", "next(1)", "Next pane", id="next_pane", show=False),
        Binding("shift+tab", "next(-1)", "Previous pane", id="previous_pane", show=False),
        Binding("1", "enter('results')", "Results", id="pane_results", show=False),
        Binding("2", "enter('record')", "Record", id="pane_record", show=False),
        Binding("3", "enter('sidebar')", "MeSH and grants", id="pane_sidebar", show=False),
        Binding(
            "Y",
            "enter('years')",
            "Years",
            id="years",
            show=False,
            tooltip="To the years of the results, to narrow them",
        ),
        Binding("b", "sidebar", "MeSH", id="sidebar", tooltip="Show or hide MeSH and grants"),
    ]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.search = SearchPane(id="search")
        self.query_line = self.search.query_line
        self.results = self.search.results
        self.record = TextPane(id="record", title="Record")
        self.sidebar = TextPane(id="sidebar", title="MeSH and grants")

    def compose(self) -> ComposeResult:
        yield self.search
        yield self.record
        yield self.sidebar

    def enter(self, pane: Widget) -> None:
        """Give a pane the focus, and have it seen.

        Keys that were typed at the same time as the one that leads here go to the new pane already.
        """
        if pane is not self.record:
            self.set_class(pane is self.sidebar, "-sidebar")
        if pane is self.sidebar:
            self.remove_class("-no-sidebar")
        self.screen.set_focus(pane)

    def on_query_line_left(self) -> None:
        self.enter(self.results)

    def on_year_bars_left(self) -> None:
        self.enter(self.results)

    def on_result_list_entered(self) -> None:
        self.enter(self.record)

    def on_result_list_marks_changed(self, message: ResultList.MarksChanged) -> None:
        marked = f"{message.count} marked" if message.count else ""
        if marked != self.search.border_subtitle:  # it draws the whole pane again
            self.search.border_subtitle = marked

    @property
    def _wide(self) -> bool:
        return self.screen.has_class("-wide")

    @property
    def _sidebar_shown(self) -> bool:
        return not self.has_class("-no-sidebar") if self._wide else self.has_class("-sidebar")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.search.years.display if parameters == ("years",) else True

    def action_enter(self, name: str) -> None:
        self.enter(self.query_one(f"#{name}"))

    def action_next(self, step: int) -> None:
        panes: list[Widget] = [self.results, self.record]
        if self._sidebar_shown:
            panes.append(self.sidebar)
        at = next((number for number, pane in enumerate(panes) if pane.has_focus), -1 if step > 0 else 0)
        self.enter(panes[(at + step) % len(panes)])

    def action_sidebar(self) -> None:
        self.toggle_class("-no-sidebar" if self._wide else "-sidebar")
        if not self._sidebar_shown and self.sidebar.has_focus:
            self.enter(self.record)
        elif self._sidebar_shown and not self._wide and not self.record.has_focus:
            self.enter(self.sidebar)
