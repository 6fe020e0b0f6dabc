"""A reader at the screen: the user's verbs over Textual's pilot, and what each pane says as plain text.

    async with reading(library) as reader:
        await reader.search("breast metastasis")
        reader.results.says("Mesenchymal stem cells within tumour stroma")
        await reader.press("export")

Every verb returns when nothing is under way any more; `until` waits for what something held back allows. Neither
waits for time, and both give up, with the screen in the message, when nothing has come of it for half a minute.
"""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import chain

from rich.cells import split_graphemes
from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from tui.config import Settings
from tui.library import Library
from tui.ui.app import PubMedApp
from tui.ui.bound import TOGETHER
from tui.ui.screens.browse import BrowseScreen
from tui.ui.widgets.key_line import KeyLine
from tui.ui.widgets.moving import Moving
from tui.ui.widgets.text_pane import TextPane

PATIENCE = 30
"""Seconds after which a test fails that waits for something."""
WIDE = (120, 30)
NARROW = (80, 24)
ASKING = frozenset(("mesh", "history", "save"))
"""Groups of workers that wait for the reader while a dialog is open."""
_TEXT = re.compile(r'<text[^>]* x="([\d.]+)"[^>]*clip-path="url\(#.*?-line-(\d+)\)"[^>]*>([^<]*)</text>')
_CELL = 12.2
"""Units of Rich's SVG across one cell."""
BOUND: tuple[type[DOMNode], ...] = tuple(dict.fromkeys(chain.from_iterable(TOGETHER)))
"""The classes where keys are bound that a user can change."""
_KEYS = {
    binding.id: binding.key.split(",")[0]
    for bound in BOUND
    for binding in bound.__dict__["BINDINGS"]
    if isinstance(binding, Binding)
}


class Pane:
    """One part of the screen, as it stands on it now."""

    def __init__(self, reader: Reader, selector: str) -> None:
        self._reader = reader
        self._selector = selector

    @property
    def widget(self) -> Widget:
        return self._reader.browser.query_one(self._selector)

    @property
    def shown(self) -> bool:
        return self.widget.region.area > 0 and self.widget.display

    @property
    def focused(self) -> bool:
        return self.widget.has_focus

    @property
    def lines(self) -> list[str]:
        """What it draws now, without its border."""
        return drawn(self.widget)

    @property
    def text(self) -> str:
        """The same on one line."""
        return squeezed(self.lines)

    def says(self, *texts: str) -> None:
        """Fails unless each of these can be read there now."""
        seen = self.text
        for text in texts:
            assert text in seen, f"{text!r} is not in {self._selector}:\n{self._reader.screen}"

    async def comes_to_say(self, text: str) -> None:
        """Wait until this can be read there."""
        await self._reader.until(lambda: text in self.text)

    def says_nothing_of(self, *texts: str) -> None:
        seen = self.text
        for text in texts:
            assert text not in seen, f"{text!r} is in {self._selector}:\n{self._reader.screen}"


class ResultPane(Pane):
    """The list of results."""

    @property
    def pmids(self) -> tuple[int, ...]:
        return tuple(self._reader.browser.panes.results.pmids)

    @property
    def selected(self) -> int:
        return self._reader.browser.panes.results.selected

    @property
    def titles(self) -> list[str]:
        """The first line of each row in view, without its marks."""
        return [line[2:] for line in self.lines[::2] if line.strip()]

    def shows(self, *titles: str) -> None:
        """Fails unless the rows in view begin with these; a title may be cut short on the screen."""
        seen = [title.removesuffix("…") for title in self.titles]
        assert len(seen) >= len(titles), self._reader.screen
        assert all(title.startswith(start) for title, start in zip(titles, seen, strict=False)), self._reader.screen


class Reader:
    """Somebody at the keyboard."""

    def __init__(self, pilot: Pilot[None], app: PubMedApp) -> None:
        self._pilot = pilot
        self.app = app
        self.query = Pane(self, "#query")
        self.results = ResultPane(self, "#results")
        self.record = Pane(self, "#record")
        self.sidebar = Pane(self, "#sidebar")
        self.status = Pane(self, "#status")

    # -- what is seen

    @property
    def browser(self) -> BrowseScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, BrowseScreen))

    @property
    def dialog(self) -> Screen[object] | None:
        """What stands over the browser now, if anything does."""
        return None if self.app.screen is self.browser else self.app.screen

    @property
    def screen(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.lines(self.app.screen.region))

    def lines(self, region: Region) -> list[str]:
        """A part of the screen."""
        return ["".join(row[region.x : region.right]).rstrip() for row in self.cells()[region.y : region.bottom]]

    def cells(self) -> list[list[str]]:
        """What stands in each cell of each line, by the screen's picture; the second cell of a wide one is empty."""
        rows = [[" "] * self.app.size.width for _ in range(self.app.size.height)]
        for x, line, drawn_text in _TEXT.findall(self.app.export_screenshot()):
            row, column = rows[int(line)], round(float(x) / _CELL)
            text = html.unescape(drawn_text).replace("\N{NO-BREAK SPACE}", " ").rstrip("\n")
            for start, end, width in split_graphemes(text)[0]:
                if width:
                    row[column : column + width] = [text[start:end], ""][:width]
                else:
                    row[column - 1] += text[start:end]
                column += width
        return rows

    @property
    def footer(self) -> str:
        """The line of keys at the foot."""
        return squeezed(self.lines(self.browser.query_one(KeyLine).region))

    def line_at_cursor(self, pane: Pane) -> str:
        """The line on which the cursor of the record or of the sidebar stands."""
        widget = pane.widget
        assert isinstance(widget, Moving)
        at = widget.cursor - widget.scroll_offset.y
        assert 0 <= at < len(pane.lines), f"the cursor is out of sight:\n{self.screen}"
        return pane.lines[at]

    @property
    def page(self) -> list[str]:
        """The page over the browser, block by block, what is out of sight included."""
        return [block.text for block in self.app.screen.query_one(TextPane).shown]

    @property
    def toasts(self) -> list[str]:
        """The messages over the screen, each on one line, oldest first."""
        return [squeezed(drawn(toast)) for toast in self.app.screen.query("Toast")]

    @property
    def query_text(self) -> str:
        return self.browser.panes.query_line.value

    def says(self, *texts: str) -> None:
        """Fails unless each of these can be read somewhere."""
        seen = squeezed(self.screen.splitlines())
        for text in texts:
            assert text in seen, f"{text!r} is not on the screen:\n{self.screen}"

    # -- what is done

    async def search(self, query: str) -> None:
        await self.ask(query)
        await self.settled()

    async def ask(self, query: str) -> None:
        """Type a query and send it off, without waiting for what comes of it."""
        if not self.query.focused:
            await self.key("s", wait=False)
            await self.until(lambda: self.query.focused)
        self.browser.panes.query_line.clear()
        await self.type(query)
        await self.key("enter", wait=False)

    async def type(self, text: str) -> None:
        """Type into the line that has the focus."""
        before = self.app.focused
        assert isinstance(before, Input), self.screen
        for character in text:
            self._press(character)
        await self._quiet()

    async def press(self, *actions: str, wait: bool = True) -> None:
        """Press the key of each of these actions, by their ids."""
        await self.key(*(_KEYS[action] for action in actions), wait=wait)

    async def key(self, *names: str, wait: bool = True) -> None:
        """Press keys, by Textual's names, one after the other."""
        for name in names:
            self._press(name)
            await (self.settled() if wait else self._quiet())

    async def burst(self, keys: str) -> None:
        """Press these keys at once, as a slow line brings them; ``\\n`` is Enter, ``\\x15`` Ctrl+U, ``\\x1b`` Esc."""
        for key in keys:
            self._press({"\n": "enter", "\x15": "ctrl+u", "\x1b": "escape"}.get(key, key))
        await self.settled()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settled()

    def _press(self, key: str) -> None:
        self.app.post_message(events.Key(_NAMES.get(key, key), key if len(key) == 1 else None))

    async def choose(self, label: str) -> None:
        """Take a line of the menu that is open."""
        options = self.app.screen.query_one(OptionList)
        lines = [str(options.get_option_at_index(number).prompt) for number in range(options.option_count)]
        options.highlighted = next(number for number, line in enumerate(lines) if label in line)
        await self.key("enter")

    async def resize(self, columns: int, lines: int) -> None:
        await self._pilot.resize_terminal(columns, lines)
        await self.settled()

    async def click(self, selector: str, column: int, line: int, times: int = 1) -> None:
        await self._pilot.click(selector, offset=(column, line), times=times)
        await self.settled()

    # -- waiting

    async def settled(self) -> None:
        """Return when nothing is under way any more but what waits for the reader."""
        async with asyncio.timeout(PATIENCE):
            await self._quiet()
            while self._under_way():
                await self._quiet()

    def _under_way(self) -> bool:
        asks = ASKING if self.dialog else ()
        return any(worker.group not in asks and not worker.is_finished for worker in self.app.workers)

    async def _quiet(self) -> None:
        """Return when no widget has a message left: each of them may send another one on."""
        calm = 0
        while calm < 2:
            for _ in range(100):
                if not self._messages():
                    break
                await asyncio.sleep(0)
            await self._pilot.pause(0)
            if self.app.crash is not None:
                raise self.app.crash
            calm = 0 if self._messages() else calm + 1

    def _messages(self) -> bool:
        return any(pump.message_queue_size for pump in (self.app, *self.app.screen.walk_children(with_self=True)))

    async def until(self, true: Callable[[], bool]) -> None:
        """Return when this has become true."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not true():
                    await self._quiet()
        except TimeoutError:
            raise AssertionError(f"It did not come:\n{self.screen}") from None


_NAMES = {" ": "space", "/": "slash", "?": "question_mark", "[": "left_square_bracket", "]": "right_square_bracket"}


@asynccontextmanager
async def reading(
    library: Library,
    settings: Settings | None = None,
    query: str | None = None,
    *,
    demo: bool = False,
    size: tuple[int, int] = WIDE,
    app: PubMedApp | None = None,
) -> AsyncIterator[Reader]:
    """The program on a screen of `size`. Fails where it ends by a mistake of its own."""
    app = app or PubMedApp(lambda: library, settings or Settings(), query, offline=library.offline, demo=demo)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Reader(pilot, app)
    if app.crash is not None:
        raise app.crash


def drawn(widget: Widget) -> list[str]:
    """The lines of a widget inside its border and padding."""
    strips = widget.render_lines(widget.outer_size.region)
    inside = widget.content_region.translate(-widget.region.offset)
    return [strip.crop(inside.x, inside.right).text.rstrip() for strip in strips[inside.y : inside.bottom]]


def squeezed(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
