"""The left pane: the query line, what is wrong with the query, the years of the result, and its list."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var

from tui.model.results import ResultPage
from tui.present.marking import marking_of
from tui.query.marking import Marking
from tui.ui.widgets.mistake import Mistake
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import ResultList
from tui.ui.widgets.year_bars import YearBars


class SearchPane(Vertical):
    """What of it is seen follows from `page`."""

    page: var[ResultPage | None] = var(None)
    """The answer that is shown."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.query_line = QueryLine(id="query")
        self.mistake = Mistake(id="mistake")
        self.years = YearBars(id="years")
        self.results = ResultList(id="results")
        self.marking = Marking()
        """The words that are marked in the list."""

    def compose(self) -> ComposeResult:
        yield self.query_line
        yield self.mistake
        yield self.years
        yield self.results

    def on_mount(self) -> None:
        self.border_title = "Search"
        self._show_years()

    def watch_page(self, before: ResultPage | None, page: ResultPage | None) -> None:
        if not (before and page and (before.query, before.translation) == (page.query, page.translation)):
            self.marking = marking_of(page)
        self.results.distinguish(self.marking.title, page.since.newest if page and page.since else 0)
        self.years.show(page.years if page else ())
        self._show_years()

    def on_query_line_mistaken(self, message: QueryLine.Mistaken) -> None:
        self.mistake.error, self.mistake.place = message.error, message.place
        self._show_years()

    def _show_years(self) -> None:
        """They are known of what is kept alone, and give way to a mistake."""
        offline = self.page is not None and self.page.offline
        self.years.display = offline and self.query_line.mistake is None
