"""The program on the screen: themes, keys, start and stop; no other logic."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import Any

from textual import events
from textual.app import App, SystemCommand
from textual.message_pump import MessagePump
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import WorkerFailed

from tui.config import ConfigError, Settings
from tui.library import Library
from tui.model.clean import clean, one_line
from tui.model.problem import Problem
from tui.model.results import Wait
from tui.ui import keymap, keys
from tui.ui.screens.browse import BrowseScreen
from tui.ui.screens.choice import ChoiceScreen
from tui.ui.screens.export import ExportScreen
from tui.ui.screens.facets import FacetsScreen
from tui.ui.screens.history import HistoryScreen
from tui.ui.screens.mesh import MeshScreen
from tui.ui.screens.mesh_find import FindHeadingScreen
from tui.ui.screens.prompt import PromptScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.themes import THEMES
from tui.ui.widgets.mesh_tree import MeshTree
from tui.ui.widgets.moving import Moving
from tui.ui.widgets.panes import Panes
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import ResultList
from tui.ui.widgets.text_pane import TextPane
from tui.ui.widgets.year_bars import YearBars

TOGETHER = (
    (Panes, QueryLine, BrowseScreen),
    (Panes, YearBars, BrowseScreen),
    (Panes, ResultList, BrowseScreen, Moving),
    (Panes, TextPane, BrowseScreen, Moving),
    (ReadingScreen, TextPane, Moving),
    (FacetsScreen, TextPane, Moving),
    (FacetsScreen, YearBars),
    (HistoryScreen, TextPane, Moving),
    (MeshScreen, MeshTree),
    (MeshScreen, TextPane, Moving),
    (FindHeadingScreen,),
    (ExportScreen,),
    (ChoiceScreen,),
    (PromptScreen,),
)
"""Where keys are bound that a user can change: the classes whose keys work at the same time."""


class PubMedApp(App[None]):
    """Opens the library, shows the browser, closes the library."""

    TITLE = "pubmed-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, library: Library, settings: Settings, query: str | None = None, *, demo: bool = False) -> None:
        # By itself Textual takes NO_COLOR for a wish for greys; with the terminal's own colours it leaves out all.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._library = library
        self.settings = settings
        self._query = query
        self._demo = demo
        self._browser: BrowseScreen | None = None
        self._own_loop: asyncio.AbstractEventLoop | None = None
        self.crash: BaseException | None = None
        """What ended the program, where it ended by a mistake of its own."""
        self.problem: Problem | None = None
        """Why the program could not begin."""
        for theme in THEMES:
            self.register_theme(theme)
        if settings.theme and settings.theme not in self.available_themes:
            raise ConfigError(
                f"There is no theme {one_line(settings.theme)!r}.",
                f"Known are {', '.join(sorted(self.available_themes))}.",
            )
        self.theme = settings.theme or THEMES[0].name
        self.set_keymap(keymap.checked(settings.keys, TOGETHER))

    async def on_mount(self) -> None:
        self.animation_level = "none"  # an animated scroll answers a key 30 ms later than it could
        self._own_loop = asyncio.get_running_loop()
        self._browser = BrowseScreen(self._library, self._query, demo=self._demo)
        await self.push_screen(self._browser)
        self.run_worker(self._begin(self._browser), group="begin")

    async def _begin(self, browser: BrowseScreen) -> None:
        """Open the library behind the first frame, which answers keys without it; then look after the cache."""
        try:
            await self._library.open()
        except Problem as problem:
            self.problem = problem
            self.exit(return_code=problem.exit_status)
            return
        browser.begin()
        for warning in self.settings.warnings:
            self.notify(warning, severity="warning", timeout=12)
        await browser.look_after_cache()

    async def on_unmount(self) -> None:
        await self._library.close()

    def show_wait(self, wait: Wait | None) -> None:
        """A request waits to be tried again."""
        if self._browser is not None and self._browser.is_mounted:
            self._browser.show_wait(wait)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The command palette: what the keys do here and now, and the themes."""
        for key, node in keys.here(screen):
            yield SystemCommand(key.description, key.tooltip, partial(self.run_action, key.action, node))
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """A toast; its text is never markup, whatever it holds."""
        super().notify(one_line(message), title=one_line(title), severity=severity, timeout=timeout, markup=False)

    async def on_event(self, event: events.Event) -> None:
        """What comes from the terminal, before any widget sees it.

        A key that is bound is done with at once, and after the letters typed before it: the next one of a burst, as a
        slow line brings them, may belong to where it leads. Pasted text is foreign text.
        """
        if isinstance(event, events.Key) and self.app_focus and not event.is_forwarded:
            line = self.focused if isinstance(self.focused, Input) else None
            if line is None or not line.check_consume_key(event.key, event.character):
                if line is not None:
                    await _caught_up(line)
                if await self._check_bindings(event.key):
                    # What a line asks for goes from it up to its screen, which may move the focus.
                    for node in line.ancestors_with_self[:-1] if line is not None else ():
                        await _caught_up(node)
                    return
        elif isinstance(event, events.Paste):
            event.text = clean(event.text)
        await super().on_event(event)

    def action_help_quit(self) -> None:
        self.notify("Press q to quit, Esc first in the query line")

    def _handle_exception(self, error: Exception) -> None:
        """End with a status that says so, and without Textual's traceback: it shows local values, a key among them."""
        if self.crash is None:
            self.crash = error.error if isinstance(error, WorkerFailed) else error
        self.exit(return_code=70)

    def end(self, status: int) -> None:
        """End from outside the event loop, as the handler of a signal is; what is ending already ends as it does."""
        if self._own_loop is None:
            raise SystemExit(status)
        with suppress(RuntimeError):  # the loop is closed
            self._own_loop.call_soon_threadsafe(partial(self.exit, return_code=status))


async def _caught_up(node: MessagePump) -> None:
    """Wait until a widget has dealt with what it was sent; not for ever, for the program waits meanwhile."""
    done = asyncio.Event()
    if node.call_later(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), 1)
