"""The main screen: its keys, and the dialogs and tasks that they begin."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.reactive import var

from tui.model.orders import BY_WORD
from tui.present import notices, status, years
from tui.present.blocks import Page, Target
from tui.query.narrow import narrowed
from tui.ui import keys
from tui.ui.screens.showing import ShowingScreen
from tui.ui.widgets.year_bars import YearBars


class BrowseScreen(ShowingScreen):
    """What is shown, with the keys that act on it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "escape", "Cancel", id="cancel", show=False, tooltip="Cancel, or back to the results"),
        Binding("left_square_bracket,backspace", "back", "Back", id="back", show=False, tooltip="Back again"),
        Binding("right_square_bracket", "forward", "Forward", id="forward", show=False, tooltip="Forward again"),
        Binding("e", "export", "Export", id="export", tooltip="Export the marked records, or this one"),
        Binding("y", "copy", "Copy", id="copy", tooltip="Copy PMID, DOI, citation or RIS"),
        Binding("o", "open_web", "Web", id="open_web", show=False, tooltip="Open in the web browser"),
        Binding("r", "relations", "Related", id="relations", tooltip="To its comments, corrections and retractions"),
        Binding("i", "understood", "Query", id="understood", show=False, tooltip="How the query was understood"),
        Binding(
            "M",
            "mesh",
            "MeSH tree",
            id="mesh",
            show=False,
            tooltip="Browse MeSH, from the heading in the sidebar on which the cursor is",
        ),
        Binding("S", "sort", "Sort", id="sort", show=False, tooltip="Sort the results in another order"),
        Binding(
            "F",
            "facets",
            "Facets",
            id="facets",
            show=False,
            tooltip="Narrow by what the results share",
        ),
        Binding(
            "H",
            "history",
            "History",
            id="history",
            show=False,
            tooltip="Earlier searches, to make again",
        ),
        Binding(
            "w", "saved", "Saved", id="saved", show=False, tooltip="Make a saved search again, and see what is new"
        ),
        Binding("W", "save", "Save search", id="save_search", show=False, tooltip="Save this search under a name"),
        Binding("O", "offline", "Offline", id="offline", show=False, tooltip="Go offline, or online again"),
        Binding("R", "refresh", "Fetch afresh", id="refresh", show=False, tooltip="Fetch this record again"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="The keys that work here"),
        Binding("q", "quit", "Quit", id="quit", tooltip="Close the program"),
        Binding("ctrl+c,super+c", "app.help_quit", "How to quit", show=False, system=True),
    ]

    offered: var[frozenset[str]] = var(frozenset())
    """Actions in the footer that are not always there; it is only drawn again where they change."""

    def compute_offered(self) -> frozenset[str]:
        return frozenset(action for action in ("export", "relations") if self.check_action(action, ()))

    def watch_offered(self) -> None:
        self.refresh_bindings()

    # -- searching on from here

    def on_year_bars_chosen(self, message: YearBars.Chosen) -> None:
        if self.page is not None:
            chosen = years.clause(message.first, message.last)
            self.follow(Target("search", narrowed(self.page.query, chosen, unfinished=self.page.unfinished)))

    # A dialog is there when the action ends: the next key of a burst, as a slow line brings them, is for it already.

    async def action_facets(self) -> None:
        from tui.ui.screens.facets import FacetsScreen  # noqa: PLC0415 - after the first frame

        if self.page is not None:
            await self.app.push_screen(
                FacetsScreen(self._library, self.page), lambda query: self.follow(Target("search", query or ""))
            )

    async def action_sort(self) -> None:
        from tui.ui.screens import searches  # noqa: PLC0415 - as above

        await self.app.push_screen(searches.orders(self.sort), self._set_sort)

    def _set_sort(self, word: str | None) -> None:
        sort = BY_WORD[word].sort if word else self.sort
        if sort == self.sort:
            return
        self.sort = sort
        if self.page is not None and self.page.unfinished:
            self.typed(self.page.query, unfinished=True)
        elif self.page is not None:
            self.search(self.page.query)

    @work(exclusive=True, group="history")
    async def action_saved(self) -> None:
        from tui.ui.screens.searches import saved_search  # noqa: PLC0415 - as above

        with self._told():
            self.follow(Target("search", await saved_search(self.app, self._library)))

    @work(exclusive=True, group="history")
    async def action_save(self) -> None:
        from tui.ui.screens.searches import save_search  # noqa: PLC0415 - as above

        if self.page is not None:
            with self._told():
                self._say(await save_search(self.app, self._library, self.page))

    @work(exclusive=True, group="history")
    async def action_history(self) -> None:
        from tui.ui.screens.history import HistoryScreen  # noqa: PLC0415 - as above

        await self._open.wait()
        picked = await self.app.push_screen_wait(HistoryScreen(self._library))
        if picked.number:
            self.panes.enter(self.panes.query_line)
            self.panes.query_line.add(f"#{picked.number}")
        elif picked.query:
            self.follow(Target("search", picked.query))

    # -- what the reader does with records

    def chosen(self) -> tuple[int, ...]:
        """The marked records in the order of the list, or the one that is read."""
        return self.panes.results.marked or ((self.reading,) if self.reading else ())

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
        await self._read_over("Help", keys.help_page(self))

    async def action_understood(self) -> None:
        if self.page is not None:
            await self._read_over("The query", notices.understood(self.page))

    async def _read_over(self, title: str, page: Page) -> None:
        from tui.ui.screens.reading import ReadingScreen  # noqa: PLC0415 - as above

        await self.app.push_screen(ReadingScreen(title, page), self.follow)

    async def action_find(self) -> None:
        from tui.ui.screens.finding import find_in  # noqa: PLC0415 - as above

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

    @work(exclusive=True, group="mesh")
    async def action_mesh(self) -> None:
        await self._open.wait()
        from tui.present import mesh  # noqa: PLC0415 - as above
        from tui.ui.screens.mesh import MeshScreen  # noqa: PLC0415 - as above

        sidebar = self.panes.sidebar
        target = sidebar.target if sidebar.has_focus else None
        heading = mesh.heading_of(self.kept.record, target.value) if self.kept and target else ""
        query = await self.app.push_screen_wait(MeshScreen(self._library.mesh, heading))
        if query:
            self.follow(Target("search", query))

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
            case "facets":
                return self.page is not None
            case "saved":
                return self._open.is_set()
            case "save":
                return self.page is not None and bool(self.page.query.strip())
            case "understood":
                return self.page is not None and bool(status.understood(self.page))
            case "offline":
                return not self._demo and self._open.is_set()
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
