"""What the main screen shows: it starts the work that brings it, and hands results down to the panes.

Groups of workers, each of which a newer one of its kind replaces: the search, the next page of it, the record, its
neighbours, and what was asked of records (export, copy). None of them is ever waited for by a key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.reactive import Reactive, var
from textual.screen import Screen
from textual.widget import Widget

from tui.model.problem import Problem
from tui.model.record import Record
from tui.model.results import Kept, ResultPage, Wait, row_of
from tui.present import notices
from tui.present.blocks import Page, Target
from tui.query import QueryError
from tui.ui import keys
from tui.ui.trail import Trail, Visit
from tui.ui.web import opened
from tui.ui.widgets.key_line import KeyLine
from tui.ui.widgets.panes import Panes
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import HURRY, ResultList
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tui.library import Library

_WIDE = 120
"""Columns from which the sidebar has a place of its own."""
PAUSE = 0.8
"""Seconds without a key after which a mistake in a query that is being typed is shown."""
_NEIGHBOURS = 4
"""Records from the cursor on that are had ready, and one before it."""


class ShowingScreen(Screen[None]):
    """Search on the left, the record in the middle, MeSH and grants on the right, and the work that fills them."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - declared so by Textual

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Textual draws the whole screen again for another focus; what looks different then draws itself."""
    offline: var[bool] = var(False)
    busy: var[bool] = var(False)
    """Whether a search is under way."""
    asked: var[str] = var("")
    """The query that was sent last."""
    sort: var[str] = var("")
    """The order of the next search: `ResultPage.sort`."""
    page: var[ResultPage | None] = var(None)
    """The answer that is shown: its ids, without its rows."""
    kept: var[Kept | None] = var(None)
    """The record that is shown."""
    reading: var[int] = var(0)
    """The PMID of the record that is shown or on its way; 0 for none."""

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
        self._typing = False
        """Whether the visit that the trail is at came of typing: what is typed next takes its place."""
        self.panes = Panes(id="panes")
        self.status_line = StatusLine(id="status", now=lambda: self._library.now(), demo=demo)  # noqa: PLW0108 - not there yet
        self.set_reactive(ShowingScreen.offline, offline)

    def compose(self) -> ComposeResult:
        yield self.panes
        yield self.status_line.data_bind(
            ShowingScreen.offline, ShowingScreen.busy, ShowingScreen.asked, ShowingScreen.page, ShowingScreen.kept
        )
        yield KeyLine()

    def on_mount(self) -> None:
        self.panes.record.show(notices.NOTHING_SELECTED)
        if self._query is None:
            self.panes.enter(self.panes.query_line)
        else:
            self.panes.query_line.ask(self._query)
            self.panes.enter(self.panes.results)
        self.entered.set()

    def set_width(self, columns: int) -> None:
        """Be styled for so many columns from the start, and not only when the first frame has been laid out."""
        for name, applies in (("-narrow", columns < _WIDE), ("-wide", columns >= _WIDE)):
            self.set_class(applies, name, update=False)

    def begin(self, library: Library) -> None:
        """The library is open: do what was waiting for it."""
        self._library = library
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

    def watch_page(self, page: ResultPage | None) -> None:
        self.panes.search.page = page

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
            self._tell(problem)
        lost = self._library.offline and not self.offline
        self.offline = self._library.offline
        if lost:
            self.status_line.problem += " What is kept can be read and searched; O asks PubMed again."

    def _tell(self, problem: Problem) -> None:
        """Say what went wrong in the status line; of a mistake in the query, show the place as well."""
        self.status_line.problem = str(problem)
        if isinstance(problem, QueryError) and self.panes.query_line.point_at(problem, go=True):
            self.panes.enter(self.panes.query_line)

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
            async with aclosing(self._library.search(query, self.sort)) as pages:
                async for page in pages:
                    self._take(page, begun=begun)
                    begun = True
        await self._say_notice()

    @work(exclusive=True, group="search")
    async def typed(self, query: str, *, unfinished: bool) -> None:
        """What is kept that answers a query, key by key; the record, or a mistake, when the reader pauses."""
        self._cancel("more")
        await self._open.wait()
        begun = False
        with self._told():
            try:
                async with aclosing(self._library.typed(query, self.sort, unfinished=unfinished)) as pages:
                    async for page in pages:
                        self._take(page, begun=begun, typed=True)
                        begun = True
            except QueryError as mistake:
                await asyncio.sleep(PAUSE)
                self.panes.query_line.point_at(mistake, go=False)
                return
        await asyncio.sleep(HURRY)
        self.panes.record.mark(self.panes.search.marking)
        self.panes.results.settle()
        if begun and not self.panes.results.pmids:
            self._show_nothing(page)

    def _take(self, page: ResultPage, *, begun: bool, typed: bool = False) -> None:
        """A page of the search under way: its list, and the first record as soon as there is one."""
        if begun:
            self._extend(page)
        else:
            self._remember()
            self.asked = page.query
            self.status_line.problem = ""
            self.panes.results.show(page.pmids, typed=typed)
            self._extend(page)
            (self._trail.stay if self._typing else self._trail.go)(self._visit())
            self._typing = typed
        if not typed:
            self.panes.record.mark(self.panes.search.marking)
        if page.problem is not None:
            self._tell(page.problem)
        if not typed and not page.pmids and page.complete:
            self._show_nothing(page)

    def _show_nothing(self, page: ResultPage) -> None:
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

    def on_query_line_typing(self, message: QueryLine.Typing) -> None:
        if self.offline:
            self.typed(message.query, unfinished=message.unfinished)
        else:
            self.warm()

    def on_query_line_left(self) -> None:
        self._typing = False

    @work(exclusive=True, group="warm")
    async def warm(self) -> None:
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
        self._typing = False
        self.sort = visit.page.sort
        if self.page is None or _search_of(self.page) != _search_of(visit.page):
            self.asked = visit.page.query
            self.panes.query_line.ask(visit.page.query)
            self.panes.results.show(visit.page.pmids, cursor=visit.cursor)
            self.page = visit.page
            self.panes.record.mark(self.panes.search.marking)
        if visit.pmid:
            self.read(visit.pmid)

    @work(exclusive=True, group="done")
    async def _do(self, task: Awaitable[str]) -> None:
        """Something that was asked for, and that says what came of it."""
        with self._told():
            self._say(await task)

    def _say(self, said: str | None) -> None:
        if said:
            self.app.notify(said)


def _search_of(page: ResultPage) -> tuple[object, ...]:
    """What tells a search from another."""
    return page.query, page.offline, page.sort, page.unfinished


def _pages_of(kept: Kept, now: float) -> tuple[Page, Page]:
    """The record's page and the one beside it; for another thread, where their imports hold up no key."""
    from tui.present import record, sidebar  # noqa: PLC0415 - as above

    return record.page(kept, now), sidebar.page(kept.record)
