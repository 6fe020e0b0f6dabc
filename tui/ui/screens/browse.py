"""The main screen: it owns what is shown, starts the work, and hands results down to the panes.

Four groups of workers, each of which a newer one of its kind replaces: the search, the next page of it, the record,
and what was asked of records (export, copy). None of them is ever waited for by a key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from tui.model.problem import Problem
from tui.model.results import Kept, ResultPage, Wait, row_of
from tui.present import notices, status
from tui.present.blocks import Page, Target
from tui.ui.trail import Trail, Visit
from tui.ui.widgets.key_line import KeyLine
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import ResultList
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tui.library import Library

_WIDE = 120
"""Columns from which the sidebar has a place of its own."""
_HURRY = 0.1
"""Seconds between two moves of the cursor below which it is hurrying: a key held down repeats every 0.03."""
_NEIGHBOURS = 4
"""Records from the cursor on that are had ready, and one before it."""


class BrowseScreen(Screen[None]):
    """Search on the left, the record in the middle, MeSH and grants on the right."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - declared so by Textual

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
        Binding("ctrl+c,super+c", "app.help_quit", "How to quit", show=False, system=True),
    ]

    results_page: var[ResultPage | None] = var(None)
    kept: var[Kept | None] = var(None)
    offline: var[bool] = var(False)
    busy: var[bool] = var(False)

    def __init__(self, query: str | None = None, *, offline: bool = False, demo: bool = False) -> None:
        super().__init__()
        self._query = query
        self._demo = demo
        self._library: Library
        """There from `begin` on."""
        self.entered = asyncio.Event()
        """Set when a pane has the focus."""
        self._open = asyncio.Event()
        """Set when the library is open."""
        self._trail = Trail()
        self._marks: frozenset[int] = frozenset()
        self._offered: frozenset[str] = frozenset()
        self._moved = 0.0
        self._searching = False
        self._extending = False
        self.set_reactive(BrowseScreen.offline, offline)

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            with Vertical(id="search") as search:
                search.border_title = "Search"
                yield QueryLine(id="query")
                yield ResultList(id="results")
            yield TextPane(id="record", title="Record")
            yield TextPane(id="sidebar", title="MeSH and grants")
        yield StatusLine(id="status")
        yield KeyLine()

    def on_mount(self) -> None:
        self.record_pane.show(notices.NOTHING_SELECTED)
        self.watch_offline(self.offline)
        if self._query is None:
            self._enter(self.query_line)
        else:
            self.query_line.ask(self._query)
            self._enter(self.results)
        self.entered.set()

    def set_width(self, columns: int) -> None:
        """Be styled for so many columns from the start, and not only when the first frame has been laid out."""
        for name, applies in (("-narrow", columns < _WIDE), ("-wide", columns >= _WIDE)):
            self.set_class(applies, name, update=False)

    def begin(self, library: Library) -> None:
        """The library is open: do what was waiting for it."""
        self._library = library
        self._open.set()
        if self._query is not None and not self._searching:
            self.search(self._query)

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
        line.understood = status.understood(page)
        self._offer()

    def watch_kept(self, kept: Kept | None) -> None:
        self.status_line.origin = status.origin(kept, self._library.now()) if kept else ""
        self._offer()

    def watch_offline(self, offline: bool) -> None:
        self.status_line.offline = offline
        self._show_mode()
        self._offer()

    def _offer(self) -> None:
        """Have the keys gathered again, but only where others would work now."""
        offered = frozenset(action for action in ("export", "relations", "offline") if self.check_action(action, ()))
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def watch_busy(self, busy: bool) -> None:
        self._show_mode()

    def _show_mode(self) -> None:
        self.status_line.mode = status.mode(offline=self.offline, busy=self.busy, demo=self._demo)

    def tell(self, problem: Problem) -> None:
        """Say in the status line what went wrong and what to do about it; over the screen too where it is too long."""
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
                async with aclosing(self._library.search(query)) as pages:
                    async for page in pages:
                        self._take(page, begun=begun)
                        begun = True
        finally:
            self.busy = self._searching = False
            self.show_wait(None)
        await self._say_notice()

    def _take(self, page: ResultPage, *, begun: bool) -> None:
        """A page of the search under way: its list, and the first record as soon as there is one."""
        if begun:
            self.results.extend(page.pmids)
        else:
            self._remember()
            self._marks = frozenset()
            self.results.show(page.pmids)
        self.results.add_rows(page.rows)
        self.results_page = page._replace(rows=())
        if not begun:
            self._trail.go(self._visit())
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

    @work(exclusive=True, group="warm")
    async def on_query_line_typing(self, message: QueryLine.Typing) -> None:
        await self._open.wait()
        with self._told():
            await self._library.warm()

    def on_query_line_left(self, message: QueryLine.Left) -> None:
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
        now = self.results_page
        if now is None or now.query != visit.page.query or now.offline != visit.page.offline:
            self.query_line.ask(visit.page.query)
            self.results.show(visit.page.pmids, cursor=visit.cursor)
            self.results_page = visit.page
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
        from tui.ui.screens.choice import Choice, ChoiceScreen  # noqa: PLC0415 - as above

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
            case "understood":
                return self.results_page is not None and bool(status.understood(self.results_page))
            case "offline":
                return not self._demo and self._open.is_set()
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
        from tui.ui import keys  # noqa: PLC0415 - as above
        from tui.ui.screens.reading import ReadingScreen  # noqa: PLC0415 - as above

        await self.app.push_screen_wait(ReadingScreen("Help", keys.help_page(self)))

    @work(exclusive=True, group="help")
    async def action_understood(self) -> None:
        assert self.results_page is not None
        from tui.ui.screens.reading import ReadingScreen  # noqa: PLC0415 - as above

        target = await self.app.push_screen_wait(ReadingScreen("The query", notices.understood(self.results_page)))
        if target is not None:
            self.follow(target)

    @work(exclusive=True, group="find")
    async def on_text_pane_find_asked(self, message: TextPane.FindAsked) -> None:
        from tui.ui.screens.prompt import PromptScreen  # noqa: PLC0415 - as above

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


def _pages_of(kept: Kept, now: float) -> tuple[Page, Page]:
    """The record's page and the one beside it; for another thread, where their imports hold up no key."""
    from tui.present import record, sidebar  # noqa: PLC0415 - as above

    return record.page(kept, now), sidebar.page(kept.record)
