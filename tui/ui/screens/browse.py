"""The main screen: it owns what is shown, starts the work, and hands results down to the panes.

Four groups of workers, each of which a newer one of its kind replaces: the search, the next page of it, the record,
and what was asked of records (export, copy). None of them is ever waited for by a key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from time import monotonic
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer

from tui.library import Library
from tui.model.problem import Problem
from tui.model.results import Kept, ResultPage, Wait, row_of
from tui.present import notices, status, years
from tui.present.blocks import Page, Target
from tui.query import QueryError
from tui.query.narrow import narrowed
from tui.ui import keys
from tui.ui.screens.choice import Choice, ChoiceScreen
from tui.ui.screens.prompt import PromptScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.trail import Trail, Visit
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import ResultList
from tui.ui.widgets.search_pane import SearchPane
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.text_pane import TextPane
from tui.ui.widgets.year_bars import YearBars

_HURRY = 0.1
"""Seconds between two moves of the cursor below which it is hurrying: a key held down repeats every 0.03."""
PAUSE = 0.8
"""Seconds without a key after which a mistake in a query that is being typed is shown."""
_NEIGHBOURS = 4
"""Records from the cursor on that are had ready, and one before it."""


class BrowseScreen(Screen[None]):
    """Search on the left, the record in the middle, MeSH and grants on the right."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - declared so by Textual

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,slash", "query", "Search", id="query", tooltip="Into the query line"),
        Binding(
            "escape",
            "escape",
            "Cancel",
            id="cancel",
            show=False,
            tooltip="Cancel what is under way; back to the results",
        ),
        Binding("tab", "pane(1)", "Next pane", id="next_pane", show=False),
        Binding("shift+tab", "pane(-1)", "Previous pane", id="previous_pane", show=False),
        Binding("1", "focus_pane('results')", "Results", id="pane_results", show=False),
        Binding("2", "focus_pane('record')", "Record", id="pane_record", show=False),
        Binding("3", "focus_pane('sidebar')", "MeSH and grants", id="pane_sidebar", show=False),
        Binding(
            "left_square_bracket,backspace",
            "back",
            "Back",
            id="back",
            show=False,
            tooltip="Back to what was visited before",
        ),
        Binding("right_square_bracket", "forward", "Forward", id="forward", show=False, tooltip="Forward again"),
        Binding("e", "export", "Export", id="export", tooltip="Export the marked records, or this one"),
        Binding("y", "copy", "Copy", id="copy", tooltip="Copy PMID, DOI, citation or RIS"),
        Binding("o", "open_web", "Web", id="open_web", show=False, tooltip="Open in the web browser"),
        Binding("r", "relations", "Related", id="relations", tooltip="To its comments, corrections and retractions"),
        Binding("b", "sidebar", "MeSH", id="sidebar", tooltip="Show or hide MeSH and grants"),
        Binding(
            "i", "understood", "Query", id="understood", show=False, tooltip="How the query was understood, in full"
        ),
        Binding("O", "offline", "Offline", id="offline", tooltip="Go offline, or online again"),
        Binding(
            "R", "refresh", "Fetch afresh", id="refresh", show=False, tooltip="Fetch this record afresh from PubMed"
        ),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="The keys that work here"),
        Binding("q", "quit", "Quit", id="quit", tooltip="Close the program"),
        Binding("S", "sort", "Sort", id="sort", show=False, tooltip="Sort the results in another order"),
        Binding("F", "facets", "Facets", id="facets", tooltip="What the results have in common, to narrow them by"),
        Binding("Y", "years", "Years", id="years", show=False, tooltip="To the years of the results, to narrow them"),
        Binding("H", "history", "History", id="history", tooltip="All searches, to make them again or combine them"),
        Binding(
            "w", "saved", "Saved", id="saved", show=False, tooltip="Make a saved search again, and see what is new"
        ),
        Binding("W", "save", "Save search", id="save_search", show=False, tooltip="Save this search under a name"),
        Binding("ctrl+c,super+c", "app.help_quit", "How to quit", show=False, system=True),
    ]

    results_page: var[ResultPage | None] = var(None)
    kept: var[Kept | None] = var(None)
    offline: var[bool] = var(False)
    busy: var[bool] = var(False)
    sort: var[str] = var("")
    """The order of the next search: `ResultPage.sort`."""

    def __init__(self, library: Library, query: str | None = None, *, demo: bool = False) -> None:
        super().__init__()
        self._library = library
        self._query = query
        self._demo = demo
        self._open = asyncio.Event()
        """Set when the library is open."""
        self._trail = Trail()
        self._marks: frozenset[int] = frozenset()
        self._offered: frozenset[str] = frozenset()
        self._moved = 0.0
        self._searching = False
        self._extending = False
        self._typing = False
        """Whether the visit that the trail is at came of typing: what is typed next takes its place."""
        self.set_reactive(BrowseScreen.offline, library.offline)

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            yield SearchPane(id="search")
            yield TextPane(id="record", title="Record")
            yield TextPane(id="sidebar", title="MeSH and grants")
        yield StatusLine(id="status")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        self.record_pane.show(notices.NOTHING_SELECTED)
        self.watch_offline(self.offline)
        if self._query is None:
            self._enter(self.query_line)
        else:
            self.query_line.ask(self._query)
            self._enter(self.results)

    def begin(self) -> None:
        """The library is open: do what was waiting for it."""
        self._open.set()
        if self._query is not None and not self._searching:
            self.search(self._query)

    @property
    def search_pane(self) -> SearchPane:
        return self.query_one("#search", SearchPane)

    @property
    def query_line(self) -> QueryLine:
        return self.query_one("#query", QueryLine)

    @property
    def results(self) -> ResultList:
        return self.query_one("#results", ResultList)

    @property
    def record_pane(self) -> TextPane:
        return self.query_one("#record", TextPane)

    @property
    def sidebar_pane(self) -> TextPane:
        return self.query_one("#sidebar", TextPane)

    @property
    def status_line(self) -> StatusLine:
        return self.query_one("#status", StatusLine)

    def show_wait(self, wait: Wait | None) -> None:
        """A request is to be tried again after a pause, or the pause is over."""
        self.status_line.wait = wait

    # -- the state, and what shows it

    def watch_results_page(self, page: ResultPage | None) -> None:
        line = self.status_line
        line.count = status.count(page)
        line.understood = status.listed(page)
        self.search_pane.page = page
        self._offer()

    def watch_kept(self, kept: Kept | None) -> None:
        self.status_line.origin = status.origin(kept, self._library.now())
        self._offer()

    def watch_offline(self, offline: bool) -> None:
        self.status_line.offline = offline
        self._show_mode()
        self._offer()

    def _offer(self) -> None:
        """Have the footer drawn again, but only where it would say something else: that takes as long as a frame."""
        offered = frozenset(action for action in ("export", "relations", "offline") if self.check_action(action, ()))
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def watch_busy(self, busy: bool) -> None:
        self._show_mode()

    def _show_mode(self) -> None:
        self.status_line.mode = status.mode(offline=self.offline, busy=self.busy, demo=self._demo)

    def tell(self, problem: Problem) -> None:
        """Say in the status line what went wrong and what to do about it; over the screen too where it is too long.

        A mistake in the query is shown under its place as well.
        """
        if isinstance(problem, QueryError) and self.query_line.point_at(problem, go=True):
            self._enter(self.query_line)
        self.status_line.problem = str(problem)
        if len(str(problem)) > self.status_line.content_size.width:
            self.app.notify(str(problem), severity="warning", timeout=12)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever goes wrong in a worker is said here, once, and ends nothing else."""
        try:
            yield
        except Problem as problem:
            self.tell(problem)
        finally:
            self.offline = self._library.offline

    # -- searching

    @work(exclusive=True, group="search")
    async def search(self, query: str) -> None:
        self.workers.cancel_group(self, "more")
        self.status_line.problem = ""
        self.busy = self._searching = True
        begun = False
        try:
            await self._open.wait()
            with self._told():
                async with aclosing(self._library.search(query, self.sort)) as pages:
                    async for page in pages:
                        self._take(page, begun=begun)
                        begun = True
        finally:
            self.busy = self._searching = False
            self.show_wait(None)
        await self._say_notice()

    @work(exclusive=True, group="search")
    async def typed(self, query: str, *, unfinished: bool) -> None:
        """What is kept that answers a query, key by key; the record, or a mistake, when the reader pauses."""
        self.workers.cancel_group(self, "more")
        begun = False
        await self._open.wait()
        with self._told():
            try:
                async with aclosing(self._library.typed(query, self.sort, unfinished=unfinished)) as pages:
                    async for page in pages:
                        self._take(page, begun=begun, typed=True)
                        begun = True
            except QueryError as mistake:
                await asyncio.sleep(PAUSE)
                self.query_line.point_at(mistake, go=False)
                return
        await asyncio.sleep(_HURRY)
        self.record_pane.mark(self.search_pane.marking)
        self.results.settle()
        if begun and not self.results.pmids:
            self._show_nothing(page)

    def _take(self, page: ResultPage, *, begun: bool, typed: bool = False) -> None:
        """A page of the search under way: its list, and the first record as soon as there is one."""
        if begun:
            self.results.extend(page.pmids)
        else:
            self._remember()
            if not typed:
                self._marks = frozenset()
            self.results.show(page.pmids, typed=typed)
            self.status_line.problem = ""
        self.results.add_rows(page.rows)
        self.results_page = page._replace(rows=())
        if not begun:
            (self._trail.stay if self._typing else self._trail.go)(self._visit())
            self._typing = typed
        if typed:
            return
        self.record_pane.mark(self.search_pane.marking)
        if page.problem is not None:
            self.tell(page.problem)
        if not page.pmids and page.complete:
            self._show_nothing(page)

    def _show_nothing(self, page: ResultPage) -> None:
        self.kept = None
        self.record_pane.show(notices.nothing_found(offline=page.offline))
        self.sidebar_pane.show(())

    @work(exclusive=True, group="more")
    async def extend(self) -> None:
        """The next page, before it is asked for."""
        page = self.results_page
        if page is None:
            return
        with self._told():
            async with aclosing(self._library.more(page)) as pages:
                async for further in pages:
                    self.results.extend(further.pmids)
                    self.results.add_rows(further.rows)
                    self.results_page = further._replace(rows=())
        self._extending = False
        self.show_wait(None)

    def on_query_line_asked(self, message: QueryLine.Asked) -> None:
        if not message.query and not self.offline:
            self.status_line.problem = "Type a query first; offline, an empty one lists everything kept."
            return
        self._enter(self.results)
        self.search(message.query)

    def on_query_line_typing(self, message: QueryLine.Typing) -> None:
        if self.offline:
            self.typed(message.query, unfinished=message.unfinished)
        else:
            self.warm()

    @work(exclusive=True, group="warm")
    async def warm(self) -> None:
        await self._open.wait()
        with self._told():
            await self._library.warm()

    def on_query_line_left(self, message: QueryLine.Left) -> None:
        self._typing = False
        self._enter(self.results)

    @work(exclusive=False, group="rows")
    async def on_result_list_rows_wanted(self, message: ResultList.RowsWanted) -> None:
        with self._told():
            self.results.add_rows(await self._library.rows(message.pmids))

    # -- reading

    def on_result_list_highlighted(self, message: ResultList.Highlighted) -> None:
        now = monotonic()
        if self.kept is None or self.kept.record.pmid != message.pmid:
            self.read(message.pmid, hurried=now - self._moved < _HURRY)
        self._moved = now
        page = self.results_page
        nearing = message.place >= len(self.results.pmids) // 2
        if page and nearing and not self._searching and not self._extending and len(page.pmids) < page.reachable:
            self._extending = True
            self.extend()

    def on_result_list_entered(self, message: ResultList.Entered) -> None:
        self._enter(self.record_pane)

    def on_result_list_marks_changed(self, message: ResultList.MarksChanged) -> None:
        self._marks = message.marks
        count = len(message.marks)
        self.query_one("#search").border_subtitle = f"{count} marked" if count else ""

    @work(exclusive=True, group="record")
    async def read(self, pmid: int, *, refresh: bool = False, hurried: bool = False) -> None:
        """Show a record: the kept copy now, PubMed's when it comes; none while the cursor is `hurried` past it."""
        if hurried:
            await asyncio.sleep(_HURRY)
        if refresh:
            self.status_line.problem = ""

        try:
            with self._told():
                async with aclosing(self._library.record(pmid, refresh=refresh)) as copies:
                    async for kept in copies:
                        self._show(kept, *await asyncio.to_thread(_pages_of, kept, self._library.now()))
                self.fetch_neighbours()
                return
            if self.kept is None or self.kept.record.pmid != pmid:
                self._show_absent(pmid)
        finally:
            self.show_wait(None)

    @work(exclusive=True, group="ahead")
    async def fetch_neighbours(self) -> None:
        """Have the records beside the cursor before they are asked for."""
        at = self.results.cursor
        with self._told():
            await self._library.ahead(self.results.pmids[max(0, at - 1) : at + _NEIGHBOURS])

    def _show(self, kept: Kept, page: Page, beside: Page) -> None:
        same = self.kept is not None and self.kept.record.pmid == kept.record.pmid
        self.kept = kept
        self.record_pane.show(page, keep_place=same)
        self.sidebar_pane.show(beside, keep_place=same)
        if same:  # fetched afresh: its row may say something else now
            self.results.add_rows((row_of(kept.record),))
        self._remember()

    def _show_absent(self, pmid: int) -> None:
        """A record that could not be had: its page says so, and how to try again."""
        self.kept = None
        self.record_pane.show(notices.not_fetched(pmid, self.status_line.problem))
        self.sidebar_pane.show(notices.NOTHING_BESIDE)

    def on_text_pane_opened(self, message: TextPane.Opened) -> None:
        self.follow(message.target)

    def follow(self, target: Target) -> None:
        """Go where a link leads."""
        if target.kind == "search":
            self.query_line.ask(target.value)
            self.search(target.value)
            self._enter(self.results)
        elif target.kind == "record":
            self._remember()
            self.visit_record(int(target.value))
        else:
            self.app.open_url(target.value)
            self.app.notify(f"Asked the web browser for {target.value}", markup=False)

    def visit_record(self, pmid: int) -> None:
        """Open a record that need not be in the list."""
        self._trail.go(self._visit()._replace(pmid=pmid))
        self.read(pmid)
        self._enter(self.record_pane)

    # -- searching on from here

    def on_year_bars_left(self, message: YearBars.Left) -> None:
        self._enter(self.results)

    def on_year_bars_chosen(self, message: YearBars.Chosen) -> None:
        assert self.results_page is not None
        page, chosen = self.results_page, years.clause(message.first, message.last)
        self.follow(Target("search", narrowed(page.query, chosen, unfinished=page.unfinished)))

    def action_years(self) -> None:
        self._enter(self.search_pane.years)

    @work(exclusive=True, group="facets")
    async def action_facets(self) -> None:
        assert self.results_page is not None
        from tui.ui.screens.facets import FacetsScreen  # noqa: PLC0415 - as above

        query = await self.app.push_screen_wait(FacetsScreen(self._library, self.results_page))
        if query:
            self.follow(Target("search", query))

    @work(exclusive=True, group="history")
    async def action_history(self) -> None:
        from tui.ui.screens.history import HistoryScreen  # noqa: PLC0415 - as above

        picked = await self.app.push_screen_wait(HistoryScreen(self._library))
        if picked.number:
            self._enter(self.query_line)
            self.query_line.add(f"#{picked.number}")
        elif picked.query:
            self.follow(Target("search", picked.query))

    @work(exclusive=True, group="history")
    async def action_saved(self) -> None:
        from tui.ui.screens.searches import take_saved  # noqa: PLC0415 - as above

        with self._told():
            searches = await self._library.saved()
            if not searches:
                self.status_line.problem = "No search is saved yet: W saves the one that is shown."
            elif query := await take_saved(self.app, searches, self._library.now()):
                self.follow(Target("search", query))

    @work(exclusive=True, group="history")
    async def action_save(self) -> None:
        assert self.results_page is not None
        page = self.results_page
        with self._told():
            known = await self._library.asked(page.query)
            name = known.saved if known and known.saved else page.query.strip()
            name = (await self.app.push_screen_wait(PromptScreen("Save this search as", name))).strip()
            if name:
                await self._library.save_search(page, name)
                self.app.notify(f"{name}: saved. w searches for it again and tells what is new.")

    @work(exclusive=True, group="sort")
    async def action_sort(self) -> None:
        from tui.ui.screens.searches import take_order  # noqa: PLC0415 - as above

        sort = await take_order(self.app, self.sort)
        if sort == self.sort:
            return
        self.sort = sort
        page = self.results_page
        if page is not None and page.unfinished:
            self.typed(page.query, unfinished=True)
        elif page is not None:
            self.search(page.query)

    # -- back and forward

    def _visit(self) -> Visit:
        pmid = self.kept.record.pmid if self.kept else 0
        return Visit(self.results_page or ResultPage(""), self.results.cursor, pmid)

    def _remember(self) -> None:
        self._trail.stay(self._visit())

    def action_back(self) -> None:
        self._remember()
        self._return_to(self._trail.back())

    def action_forward(self) -> None:
        self._remember()
        self._return_to(self._trail.forward())

    def _return_to(self, visit: Visit) -> None:
        self.workers.cancel_group(self, "search")
        self.workers.cancel_group(self, "more")
        self._extending = False
        self._typing = False
        self.sort = visit.page.sort
        now = self.results_page
        if now is None or _asked(now) != _asked(visit.page):
            self.query_line.ask(visit.page.query)
            self.results.show(visit.page.pmids, cursor=visit.cursor)
            self.results_page = visit.page
            self.record_pane.mark(self.search_pane.marking)
        if visit.pmid:
            self.read(visit.pmid)

    # -- what the reader does with records

    def chosen(self) -> tuple[int, ...]:
        """The marked records in the order of the list, or the one that is shown."""
        if self._marks:
            return tuple(pmid for pmid in self.results.pmids if pmid in self._marks)
        return (self.kept.record.pmid,) if self.kept else ()

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        pmids = self.chosen()
        kept = await self._library.kept(pmids[:1]) if len(pmids) == 1 else []
        from tui.ui.screens.export import ExportScreen  # noqa: PLC0415 - after the first frame

        said = await self.app.push_screen_wait(ExportScreen(self._library, pmids, kept[0].record if kept else None))
        if said:
            self.app.notify(said, title="Exported")

    @work(exclusive=True, group="export")
    async def action_copy(self) -> None:
        with self._told():
            from tui.ui.screens.copying import take_copy  # noqa: PLC0415 - as above

            said = await take_copy(self.app, self._library, self.chosen())
            if said:
                self.app.notify(said, title="Copy")

    @work(exclusive=True, group="export")
    async def action_open_web(self) -> None:
        assert self.kept is not None
        record = self.kept.record
        from tui.present import record as record_page  # noqa: PLC0415 - as above

        choices = [Choice("p", "PubMed", record_page.pubmed_url(record.pmid))]
        if url := record_page.doi_url(record.doi):
            choices.append(Choice("d", "the publisher's page (DOI)", url))
        if url := record_page.pmc_url(record.pmcid):
            choices.append(Choice("c", "the full text in PMC", url))
        url = await self.app.push_screen_wait(ChoiceScreen("Open in the web browser", choices))
        if url:
            self.follow(Target("url", url))

    def action_relations(self) -> None:
        assert self.kept is not None
        related = [
            relation.pmid for relation in self.kept.record.relations if relation.pmid and relation.kind != "Cites"
        ]
        if len(related) == 1:
            self.follow(Target("record", str(related[0])))
            return
        line = self.record_pane.heading_line("Related publications")
        self._enter(self.record_pane)
        if line is not None:
            self.record_pane.move_cursor(line + 1)

    def action_refresh(self) -> None:
        assert self.kept is not None
        self.read(self.kept.record.pmid, refresh=True)

    # -- the screen itself

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        match action:
            case "back":
                return self._trail.can_go_back
            case "forward":
                return self._trail.can_go_forward
            case "export" | "copy":
                return bool(self._marks) or self.kept is not None
            case "open_web":
                return self.kept is not None
            case "refresh":
                return self.kept is not None and not self.offline
            case "relations":
                return self.kept is not None and any(
                    relation.pmid and relation.kind != "Cites" for relation in self.kept.record.relations
                )
            case "facets" | "save":
                return self.results_page is not None and (action == "facets" or bool(self.results_page.query.strip()))
            case "years":
                return self.search_pane.years.display
            case "understood":
                return self.results_page is not None and bool(status.understood(self.results_page))
            case "offline":
                return not self._demo
            case _:
                return True

    def _enter(self, pane: Widget) -> None:
        """Give a pane the focus; on a narrow screen the results and the sidebar take each other's place.

        Keys that were typed at the same time as the one that leads here go to the new pane already.
        """
        if pane is not self.record_pane:
            self.set_class(pane is self.sidebar_pane, "-sidebar")
        if pane is self.sidebar_pane:
            self.remove_class("-no-sidebar")
        self.set_focus(pane)

    @property
    def _sidebar_shown(self) -> bool:
        return not self.has_class("-no-sidebar") if self.has_class("-wide") else self.has_class("-sidebar")

    def action_query(self) -> None:
        self._enter(self.query_line)

    def action_escape(self) -> None:
        """Cancel what is under way; else back to the results."""
        if self.busy or self.status_line.wait is not None:
            for group in ("search", "more", "record", "ahead"):
                self.workers.cancel_group(self, group)
            self._extending = False
            self.status_line.wait = None
            self.status_line.problem = "Cancelled."
        else:
            self.status_line.problem = ""
            self._enter(self.results)

    def action_focus_pane(self, name: str) -> None:
        self._enter(self.query_one(f"#{name}"))

    def action_pane(self, step: int) -> None:
        panes: list[Widget] = [self.results, self.record_pane]
        if self._sidebar_shown:
            panes.append(self.sidebar_pane)
        at = next((number for number, pane in enumerate(panes) if pane.has_focus), -1 if step > 0 else 0)
        self._enter(panes[(at + step) % len(panes)])

    def action_sidebar(self) -> None:
        """Show or hide it; on a narrow screen it takes the place of the results."""
        wide = self.has_class("-wide")
        self.toggle_class("-no-sidebar" if wide else "-sidebar")
        if not self._sidebar_shown and self.sidebar_pane.has_focus:
            self._enter(self.record_pane)
        elif self._sidebar_shown and not wide and not self.record_pane.has_focus:
            self._enter(self.sidebar_pane)

    async def action_offline(self) -> None:
        self._library.offline = not self._library.offline
        self.offline = self._library.offline
        self.status_line.problem = ""
        if self.results_page is not None:
            self.search(self.query_line.value)

    @work(exclusive=True, group="help")
    async def action_help(self) -> None:
        await self.app.push_screen_wait(ReadingScreen("Help", keys.help_page(self)))

    @work(exclusive=True, group="help")
    async def action_understood(self) -> None:
        assert self.results_page is not None
        target = await self.app.push_screen_wait(ReadingScreen("The query", notices.understood(self.results_page)))
        if target is not None:
            self.follow(target)

    @work(exclusive=True, group="find")
    async def on_text_pane_find_asked(self, message: TextPane.FindAsked) -> None:
        wanted = await self.app.push_screen_wait(PromptScreen("Find in this pane"))
        if wanted:
            found = message.pane.find(wanted)
            places = "place" if found == 1 else "places"
            self.status_line.problem = "" if found else f"Not found: {wanted}"
            if found:
                self.app.notify(f"{found} {places}; n and N go to the next and the previous one", markup=False)

    async def action_quit(self) -> None:
        self.app.exit()

    async def _say_notice(self) -> None:
        notice = await self._library.take_notice()
        if notice:
            self.app.notify(notice, title="The cache", severity="warning", timeout=12, markup=False)


def _asked(page: ResultPage) -> tuple[object, ...]:
    """What tells a result from another."""
    return page.query, page.offline, page.sort, page.unfinished


def _pages_of(kept: Kept, now: float) -> tuple[Page, Page]:
    """The record's page and the one beside it; for another thread, where their imports hold up no key."""
    from tui.present import record, sidebar  # noqa: PLC0415 - as above

    return record.page(kept, now), sidebar.page(kept.record)
