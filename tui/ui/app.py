"""The program on the screen: themes, keys, start and stop; no other logic."""

from __future__ import annotations

import asyncio
import signal
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
from tui.ui import keys
from tui.ui.screens.browse import BrowseScreen
from tui.ui.screens.choice import ChoiceScreen
from tui.ui.screens.export import ExportScreen
from tui.ui.screens.facets import FacetsScreen
from tui.ui.screens.history import HistoryScreen
from tui.ui.screens.prompt import PromptScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.themes import THEMES
from tui.ui.widgets.moving import Moving
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import ResultList
from tui.ui.widgets.text_pane import TextPane
from tui.ui.widgets.year_bars import YearBars

BOUND = (
    BrowseScreen, ResultList, TextPane, QueryLine, YearBars, Moving, ExportScreen, ChoiceScreen, PromptScreen,
    ReadingScreen, FacetsScreen, HistoryScreen,
)  # fmt: skip
"""Where keys are bound that a user can change."""


class PubMedApp(App[None]):
    """Opens the library, shows the browser, closes the library."""

    TITLE = "pubmed-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, library: Library, settings: Settings, query: str | None = None, *, demo: bool = False) -> None:
        super().__init__()
        self._library = library
        self.settings = settings
        self._query = query
        self._demo = demo
        self._browser: BrowseScreen | None = None
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
        keymap = dict(settings.keys)
        unknown = keys.unknown_ids(keymap, self, BOUND)
        if unknown:
            raise ConfigError(f"[keys] names an unknown action, {unknown[0]!r}.", "The README lists the ids.")
        self.set_keymap(keymap)

    async def on_mount(self) -> None:
        self.animation_level = "none"  # an animated scroll answers a key 30 ms later than it could
        self._catch_signals()
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
        for warning in (*self.settings.warnings, await self._library.take_notice()):
            if warning:
                self.notify(warning, severity="warning", timeout=12)
        await self._library.mend()
        notice = await self._library.take_notice()
        if notice:
            self.notify(notice, severity="warning", timeout=12)

    async def on_unmount(self) -> None:
        await self._library.close()

    def show_wait(self, wait: Wait | None) -> None:
        """A request waits to be tried again."""
        if self._browser is not None and self._browser.is_mounted:
            self._browser.show_wait(wait)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The command palette: what the keys do here and now, and the themes."""
        for key in keys.here(screen):
            yield SystemCommand(key.description, key.tooltip, partial(screen.run_action, key.action))
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

    def _catch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))
            except (NotImplementedError, RuntimeError, ValueError):
                return  # Windows, or not the main thread: the platform's own way then


async def _caught_up(node: MessagePump) -> None:
    """Wait until a widget has dealt with what it was sent; not for ever, for the program waits meanwhile."""
    done = asyncio.Event()
    if node.call_later(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), 1)
