"""The program on the screen: themes, keys, start and stop; no other logic."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, SystemCommand
from textual.message_pump import MessagePump
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import WorkerFailed

from tui.config import ConfigError, Settings
from tui.model.clean import clean, one_line
from tui.model.problem import Problem
from tui.model.results import Wait
from tui.ui import keys
from tui.ui.screens.browse import BrowseScreen
from tui.ui.themes import THEMES

if TYPE_CHECKING:
    from tui.library import Library


class PubMedApp(App[None]):
    """Shows the browser, opens the library behind it, closes the library.

    `library` makes it, in a thread, when the first frame is there: its modules take a while to load.
    """

    TITLE = "pubmed-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        library: Callable[[], Library],
        settings: Settings,
        query: str | None = None,
        *,
        offline: bool = False,
        demo: bool = False,
    ) -> None:
        # By itself Textual takes NO_COLOR for a wish for greys; with the terminal's own colours it leaves out all.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._make_library = library
        self._library: Library | None = None
        self.settings = settings
        self._browser = BrowseScreen(query, offline=offline, demo=demo)
        self._own_loop: asyncio.AbstractEventLoop | None = None
        self.crash: BaseException | None = None
        """What ended the program, where it ended by a mistake of its own."""
        self.problem: Problem | None = None
        """Why the program could not begin."""
        self._choose_theme(settings.theme)
        if settings.keys:
            self._bind(settings.keys)

    def _choose_theme(self, name: str) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        if name and name not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            raise ConfigError(f"There is no theme {one_line(name)!r}.", f"Known are {known}.")
        if name:
            self.theme = name
            return
        # As if it had always been so: a theme that is changed has all style sheets parsed once more.
        self.set_reactive(App.theme, THEMES[0].name)
        self.stylesheet.set_variables(self.get_css_variables())

    def _bind(self, own: Iterable[tuple[str, str]]) -> None:
        from tui.ui import keymap  # noqa: PLC0415 - where a user has keys of their own
        from tui.ui.bound import TOGETHER  # noqa: PLC0415 - all the dialogs, most of which are never opened

        self.set_keymap(keymap.checked(own, TOGETHER))

    def get_default_screen(self) -> BrowseScreen:
        self._browser.set_width(self.size.width)
        return self._browser

    def on_mount(self) -> None:
        self.animation_level = "none"  # an animated scroll answers a key 30 ms later than it could
        # On its way to the screen a key passes through three threads; each may have to wait so long for its turn, where
        # the library is at work in its own.
        sys.setswitchinterval(0.0005)
        self._own_loop = asyncio.get_running_loop()
        self.call_after_refresh(self.call_after_refresh, self._begin_behind)

    def _begin_behind(self) -> None:
        """Begin when the keys are answered that were typed before the first frame."""
        self.run_worker(self._begin(), group="begin")

    async def _begin(self) -> None:
        """Open the library behind the first frame, which answers keys without it; then look after the cache."""
        try:
            self._library = library = await asyncio.to_thread(self._make_library)
            await library.open()
        except Problem as problem:
            self.problem = problem
            self.exit(return_code=problem.exit_status)
            return
        self._browser.begin(library)
        for warning in self.settings.warnings:
            self.notify(warning, severity="warning", timeout=12)
        await self._browser.look_after_cache()

    async def on_unmount(self) -> None:
        if self._library is not None:
            await self._library.close()

    def show_wait(self, wait: Wait | None) -> None:
        """A request waits to be tried again."""
        if self._browser.is_mounted:
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
        if isinstance(event, events.Key):
            await self._browser.entered.wait()  # before that a key typed early would find no pane to go to
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
        self._browser.entered.set()
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
