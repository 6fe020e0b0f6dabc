"""The main screen: it owns what is shown, starts the work, and hands results down to the panes.

Groups of workers, each of which a newer one of its kind replaces: the search, the next page of it, the record, its
neighbours, and what was asked of records (export, copy). None of them is ever waited for by a key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Footer

from tui.library import Library
from tui.model.problem import Problem
from tui.model.record import Record
from tui.model.results import Kept, ResultPage, Wait, row_of
from tui.present import notices, status
from tui.present.blocks import Page, Target
from tui.ui import keys
from tui.ui.screens.finding import find_in
from tui.ui.screens.reading import ReadingScreen
from tui.ui.trail import Trail, Visit
from tui.ui.web import opened
from tui.ui.widgets.panes import Panes
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import HURRY, ResultList
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.text_pane import TextPane

_NEIGHBOURS = 4
"""Records from the cursor on that are had ready, and one before it."""


class BrowseScreen(Screen[None]):
    """Search on the left, the record in the middle, MeSH and grants on the right."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - declared so by Textual

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "escape", "Cancel", id="cancel", show=False, tooltip="Cancel, or back to the results"),
        Binding("left_square_bracket,backspace", "back", "Back", id="back", show=False, tooltip="Back again"),
        Binding("right_square_bracket", "forward", "Forward", id="forward", show=False, tooltip="Forward again"),
        Binding("e", "export", "Export", id="export", tooltip="Export the marked records, or this one"),
        Binding("y", "copy", "Copy", id="copy", tooltip="Copy PMID, DOI, citation or RIS"),
        Binding("o", "open_web", "Web", id="open_web", show=False, tooltip="Open in the web browser"),
        Binding("r", "relations", "Related", id="relations", tooltip="To its comments, corrections and retractions"),
        Binding("i", "understood", "Query", id="understood", show=False, tooltip="How the query was understood"),
        Binding("O", "offline", "Offline", id="offline", show=False, tooltip="Go offline, or online again"),
        Binding("R", "refresh", "Fetch afresh", id="refresh", show=False, tooltip="Fetch this record again"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="The keys that work here"),
        Binding("q", "quit", "Quit", id="quit", tooltip="Close the program"),
        Binding("ctrl+c,super+c", "app.help_quit", "How to quit", show=False, system=True),
    ]

    offline: var[bool] = var(False)
    busy: var[bool] = var(False)
    """Whether a search is under way."""
    asked: var[str] = var("")
    """The query that was sent last."""
    page: var[ResultPage | None] = var(None)
    """The answer that is shown: its ids, without its rows."""
    kept: var[Kept | None] = var(None)
    """The record that is shown."""
    reading: var[int] = var(0)
    """The PMID of the record that is shown or on its way; 0 for none."""
    offered: var[frozenset[str]] = var(frozenset())
    """Actions in the footer that are not always there; it is only drawn again where they change."""

    def __init__(self, library: Library, query: str | None = None, *, demo: bool = False) -> None:
        super().__init__()
        self._library = library
        self._query = query
        self._demo = demo
        self._open = asyncio.Event()
        """Set when the library is open."""
        self._trail = Trail()
        self.panes = Panes(id="panes")
        self.status_line = StatusLine(id="status", now=library.now, demo=demo)
        self.set_reactive(BrowseScreen.offline, library.offline)

    def compose(self) -> ComposeResult:
        yield self.panes
        yield self.status_line.data_bind(
            BrowseScreen.offline, BrowseScreen.busy, BrowseScreen.asked, BrowseScreen.page, BrowseScreen.kept
        )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        self.panes.record.show(notices.NOTHING_SELECTED)
        if self._query is None:
            self.panes.enter(self.panes.query_line)
        else:
            self.panes.query_line.ask(self._query)
            self.panes.enter(self.panes.results)

    def begin(self) -> None:
        """The library is open: do what was waiting for it."""
        self._open.set()
        if self._query is not None and not self._under_way("search"):
            self.search(self._query)

    async def look_after_cache(self) -> None:
        """Say what was amiss with it when it was opened, and mend what an earlier end has left behind."""
        await self._say_notice()
        with self._told():
            await self._library.mend()
        await self._say_notice()

    @property
    def record(self) -> Record | None:
        """The record that is shown, unless the reader is on the way to another one."""
        return self.kept.record if self.kept and self.kept.record.pmid == self.reading else None

    def show_wait(self, wait: Wait | None) -> None:
        """A request is to be tried again after a pause, or the pause is over."""
        self.status_line.wait = wait

    def compute_offered(self) -> frozenset[str]:
        return frozenset(action for action in ("export", "relations") if self.check_action(action, ()))

    def watch_offered(self) -> None:
        self.refresh_bindings()

    def _under_way(self, group: str) -> bool:
        """Whether a worker of this group is at work that nobody has told to stop."""
        return any(
            worker.group == group and not worker.is_finished and not worker.is_cancelled for worker in self.workers
        )

    def _cancel(self, *groups: str) -> None:
        for group in groups:
            self.workers.cancel_group(self, group)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever goes wrong in a worker is said in the status line, once, and ends nothing else."""
        try:
            yield
        except Problem as problem:
            self.status_line.problem = str(problem)
        lost = self._library.offline and not self.offline
        self.offline = self._library.offline
        if lost:
            self.status_line.problem += " What is kept can be read and searched; O asks PubMed again."

    async def _say_notice(self) -> None:
        """What is amiss with the cache, after something was to be kept."""
        with self._told():
            if notice := await self._library.take_notice():
                self.app.notify(notice, title="The cache", severity="warning", timeout=12)

    # -- searching

    @work(exclusive=True, group="search")
    async def search(self, query: str) -> None:
        """Show what answers the query, as it comes."""
        self._cancel("more")
        self.status_line.problem = ""
        self.asked = query
        await self._open.wait()
        begun = False
        with self._told():
            async with aclosing(self._library.search(query)) as pages:
                async for page in pages:
                    self._take(page, begun=begun)
                    begun = True
        await self._say_notice()

    def _take(self, page: ResultPage, *, begun: bool) -> None:
        """A page of the search under way: its list, and the first record as soon as there is one."""
        if begun:
            self._extend(page)
        else:
            self._remember()
            self.panes.results.show(page.pmids)
            self._extend(page)
            self._trail.go(self._visit())
        if page.problem is not None:
            self.status_line.problem = str(page.problem)
        if not page.pmids and page.complete:
            self.reading = 0
            self._show(None, notices.nothing_found(offline=page.offline), ())

    def _extend(self, page: ResultPage) -> None:
        """More of the result that is shown."""
        self.panes.results.extend(page.pmids)
        self.panes.results.add_rows(page.rows)
        self.page = page._replace(rows=())

    @work(exclusive=True, group="more")
    async def extend(self, page: ResultPage) -> None:
        """The next page of the result, before it is asked for."""
        with self._told():
            async with aclosing(self._library.more(page)) as pages:
                async for further in pages:
                    self._extend(further)
        await self._say_notice()

    def on_worker_state_changed(self) -> None:
        self.busy = self._under_way("search")

    def on_query_line_asked(self, message: QueryLine.Asked) -> None:
        if not message.query and not self.offline:
            self.status_line.problem = "Type a query first; offline, an empty one lists everything kept."
            return
        self.panes.enter(self.panes.results)
        self.search(message.query)

    @work(exclusive=True, group="warm")
    async def on_query_line_typing(self, message: QueryLine.Typing) -> None:
        await self._open.wait()
        with self._told():
            await self._library.warm()

    @work(exclusive=False, group="rows")
    async def on_result_list_rows_wanted(self, message: ResultList.RowsWanted) -> None:
        with self._told():
            self.panes.results.add_rows(await self._library.rows(message.pmids))

    def on_result_list_end_nears(self, message: ResultList.EndNears) -> None:
        page = self.page
        if page and len(page.pmids) < page.reachable and not (self._under_way("search") or self._under_way("more")):
            self.extend(page)

    # -- reading

    def on_result_list_highlighted(self, message: ResultList.Highlighted) -> None:
        if self.record is None or self.record.pmid != message.pmid:
            self.read(message.pmid, hurried=message.hurried)

    def read(self, pmid: int, *, refresh: bool = False, hurried: bool = False) -> None:
        """Show a record: the kept copy now, PubMed's when it comes; none while the cursor is `hurried` past it."""
        self.reading = pmid
        self._read(pmid, refresh=refresh, hurried=hurried)

    @work(exclusive=True, group="record")
    async def _read(self, pmid: int, *, refresh: bool, hurried: bool) -> None:
        if hurried:
            await asyncio.sleep(HURRY)
        if refresh:
            self.status_line.problem = ""
        had = False
        with self._told():
            async with aclosing(self._library.record(pmid, refresh=refresh)) as copies:
                async for kept in copies:
                    self._show(kept, *await asyncio.to_thread(_pages_of, kept, self._library.now()))
                    had = True
        if had:
            self.fetch_neighbours()
        else:  # its page says so, and how to try again
            self._show(None, notices.not_fetched(pmid, self.status_line.problem), notices.NOTHING_BESIDE)

    @work(exclusive=True, group="ahead")
    async def fetch_neighbours(self) -> None:
        """Have the records beside the cursor before they are asked for."""
        results = self.panes.results
        with self._told():
            await self._library.ahead(results.pmids[max(0, results.cursor - 1) : results.cursor + _NEIGHBOURS])
        await self._say_notice()

    def _show(self, kept: Kept | None, page: Page, beside: Page) -> None:
        """The pages of a record, or those that stand where there is none."""
        same = kept and self.kept and self.kept.record.pmid == kept.record.pmid
        self.kept = kept
        self.panes.record.show(page, keep_place=bool(same))
        self.panes.sidebar.show(beside, keep_place=bool(same))
        if kept and same:  # fetched afresh: its row may say something else now
            self.panes.results.add_rows((row_of(kept.record),))
        self._remember()

    def on_text_pane_opened(self, message: TextPane.Opened) -> None:
        self.follow(message.target)

    def follow(self, target: Target | None) -> None:
        """Go where a link leads, if it leads anywhere."""
        if target is None or not target.value:
            return
        match target.kind:
            case "search":
                self.panes.query_line.ask(target.value)
                self.search(target.value)
                self.panes.enter(self.panes.results)
            case "record":
                self._remember()
                self._trail.go(self._visit()._replace(pmid=int(target.value)))
                self.read(int(target.value))
                self.panes.enter(self.panes.record)
            case "action":
                self.run_worker(keys.run(self, target.value), group="action")
            case _:
                self._do(opened(self.app, target.value))

    # -- back and forward

    def _visit(self) -> Visit:
        return Visit(self.page or ResultPage(""), self.panes.results.cursor, self.reading)

    def _remember(self) -> None:
        self._trail.stay(self._visit())

    def action_back(self) -> None:
        self._go_along(self._trail.back)

    def action_forward(self) -> None:
        self._go_along(self._trail.forward)

    def _go_along(self, step: Callable[[], Visit]) -> None:
        self._remember()
        visit = step()
        self._cancel("search", "more")
        if self.page is None or (self.page.query, self.page.offline) != (visit.page.query, visit.page.offline):
            self.asked = visit.page.query
            self.panes.query_line.ask(visit.page.query)
            self.panes.results.show(visit.page.pmids, cursor=visit.cursor)
            self.page = visit.page
        if visit.pmid:
            self.read(visit.pmid)

    # -- what the reader does with records

    def chosen(self) -> tuple[int, ...]:
        """The marked records in the order of the list, or the one that is read."""
        return self.panes.results.marked or ((self.reading,) if self.reading else ())

    @work(exclusive=True, group="done")
    async def _do(self, task: Awaitable[str]) -> None:
        """Something that was asked for, and that says what came of it."""
        with self._told():
            self._say(await task)

    def _say(self, said: str | None) -> None:
        if said:
            self.app.notify(said)

    # A dialog is there when the action ends: the next key of a burst, as a slow line brings them, is for it already.

    async def action_export(self) -> None:
        from tui.ui.screens.export import ExportScreen  # noqa: PLC0415 - after the first frame

        await self.app.push_screen(ExportScreen(self._library, self.chosen(), self.record), self._say)

    async def action_copy(self) -> None:
        from tui.ui.screens import copying  # noqa: PLC0415 - as above

        pmids = self.chosen()

        def copy(chosen: str | None) -> None:
            if chosen:
                self._do(copying.copy_records(self.app, self._library, pmids, chosen))

        await self.app.push_screen(copying.menu(pmids, self.record), copy)

    async def action_open_web(self) -> None:
        from tui.ui.screens import opening  # noqa: PLC0415 - as above

        if self.record is not None:
            await self.app.push_screen(opening.menu(self.record), lambda url: self.follow(Target("url", url or "")))

    async def action_help(self) -> None:
        await self.app.push_screen(ReadingScreen("Help", keys.help_page(self)), self.follow)

    async def action_understood(self) -> None:
        if self.page is not None:
            await self.app.push_screen(ReadingScreen("The query", notices.understood(self.page)), self.follow)

    async def action_find(self) -> None:
        await find_in(self.app, self.focused)

    def action_relations(self) -> None:
        if self.record is None:
            return
        related = self.record.related
        if len(related) == 1:
            self.follow(Target("record", str(related[0].pmid)))
            return
        self.panes.enter(self.panes.record)
        self.panes.record.go_to_heading("Related publications")

    def action_refresh(self) -> None:
        self.read(self.reading, refresh=True)

    # -- the screen itself

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "back":
                return self._trail.can_go_back
            case "forward":
                return self._trail.can_go_forward
            case "export" | "copy":
                return bool(self.chosen())
            case "open_web":
                return self.kept is not None
            case "refresh":
                return bool(self.reading) and not self.offline
            case "relations":
                return self.kept is not None and bool(self.kept.record.related)
            case "understood":
                return self.page is not None and bool(status.understood(self.page))
            case "offline":
                return not self._demo
            case _:
                return True

    def action_escape(self) -> None:
        """Cancel what is under way; else back to the results."""
        if self.busy or self.status_line.wait is not None:
            self._cancel("search", "more", "record", "ahead")
            self.status_line.wait = None
            self.status_line.problem = "Cancelled."
        else:
            self.status_line.problem = ""
            self.panes.enter(self.panes.results)

    def action_offline(self) -> None:
        self.offline = self._library.offline = not self._library.offline
        self.status_line.problem = ""
        query = self.panes.query_line.value
        if self.page is not None and (query or self.offline):
            self.search(query)

    async def action_quit(self) -> None:
        self.app.exit()


def _pages_of(kept: Kept, now: float) -> tuple[Page, Page]:
    """The record's page and the one beside it; for another thread, where their imports hold up no key."""
    from tui.present import record, sidebar  # noqa: PLC0415 - as above

    return record.page(kept, now), sidebar.page(kept.record)
