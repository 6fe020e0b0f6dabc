"""What is on the screen before the heavy imports: the browser's frame, and a record's page that was rendered before.

Textual takes a quarter of a second to load; the frame that it will draw is known without it, and a page that `show`
printed today can be printed again without parsing anything. Both say only what stays true. Whatever is unusual is
left to the slow path, so nothing here may fail loudly. Imports: the smallest that do.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing.TYPE_CHECKING, without the import
if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = ("search", "show", "cite", "export", "convert", "import", "mesh", "cache")
"""The first words that are commands; anything else begins a query."""
_BROWSER = ("--demo", "--offline")
_WIDE = 120
"""Columns from which the sidebar is shown: BrowseScreen.HORIZONTAL_BREAKPOINTS."""
_LEAST_COLUMNS, _LEAST_LINES = 8, 6
"""A smaller screen is left blank, for there is nothing that a frame could go around."""


def show(words: list[str]) -> bool:
    """Print the kept page of one record, where ``show PMID`` was asked and the page is still true."""
    numbers = [word for word in words if word != "--offline"]
    if len(numbers) != 1 or not (numbers[0].isdigit() and numbers[0].isascii() and len(numbers[0]) <= 9):
        return False
    from tui import __version__, paths  # noqa: PLC0415 - not wanted for the frame

    path = paths.cache_file()
    if not os.path.exists(path):  # noqa: PTH110 - pathlib is not imported here
        return False
    text = _kept_page(path, int(numbers[0]), __version__)
    if text is None:
        return False
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True


def _kept_page(path: str, pmid: int, version: str) -> str | None:
    import time  # noqa: PLC0415 - as above
    from pathlib import Path  # noqa: PLC0415 - as above

    from tui.cache import Cache, CacheError  # noqa: PLC0415 - as above

    try:
        cache = Cache.open(Path(path), read_only=True)
        try:
            return cache.pages.get(pmid, width(), version, time.time())
        finally:
            cache.close()
    except CacheError:
        return None


def width() -> int:
    """Columns to wrap at: the terminal's, or 0 (whole paragraphs) where the output goes elsewhere."""
    try:
        return min(os.get_terminal_size(sys.stdout.fileno()).columns, 100) if sys.stdout.isatty() else 0
    except (OSError, ValueError):
        return 0


class Frame:
    """The empty frame on the terminal's alternate screen, until the browser draws over it."""

    def __init__(self, take_back: Callable[[], None] | None = None) -> None:
        self._take_back = take_back
        self._ours = take_back is not None

    def hand_over(self) -> None:
        """The browser has the screen from now on, and will leave it."""
        self._ours = False

    def leave(self) -> None:
        """Give the terminal back as it was found; a second time does nothing."""
        if self._ours:
            os.write(sys.stdout.fileno(), b"\x1b[?1049l\x1b[?25h")
            self._ours = False
        if self._take_back is not None:
            self._take_back()
            self._take_back = None


def first_frame(words: list[str]) -> Frame:
    """Draw the browser's empty frame, if the browser is what `words` start.

    Keys typed from now on are not echoed; they wait in the terminal's buffer until the browser reads them.
    """
    if (words and words[0] in COMMANDS) or any(word[:1] == "-" and word not in _BROWSER for word in words):
        return Frame()
    if os.environ.get("TERM", "dumb") == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Frame()
    try:
        import termios  # noqa: PLC0415 - POSIX only
    except ImportError:
        return Frame()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[0] &= ~(termios.ICRNL | termios.IXON)  # as the browser will have it, else Enter comes to it as Ctrl+J
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0

    def take_back() -> None:
        try:  # noqa: SIM105 - contextlib is not imported here
            termios.tcsetattr(terminal, termios.TCSANOW, before)
        except termios.error:
            pass  # the terminal is gone

    frame = Frame(take_back)
    try:
        termios.tcsetattr(terminal, termios.TCSANOW, quiet)
        size = os.get_terminal_size(terminal)
        os.write(sys.stdout.fileno(), _frame(size.columns, size.lines).encode())
    except KeyboardInterrupt:
        frame.leave()
        raise
    return frame


def _frame(columns: int, lines: int) -> str:
    """The three panes (two on a narrow screen) with their names, as app.tcss places them; none on a tiny screen."""
    blank = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
    if columns < _LEAST_COLUMNS or lines < _LEAST_LINES:
        return blank
    panes: tuple[tuple[str, int], ...]
    if columns >= _WIDE:
        left, right = max(columns * 30 // 100, 36), max(columns * 24 // 100, 30)
        panes = (("Search", left), ("Record", columns - left - right), ("MeSH and grants", right))
    else:
        left = columns * 2 // 5
        panes = (("Search", left), ("Record", columns - left))
    top = "".join(f"╭{f'─ {name} '[: size - 2]:─<{size - 2}}╮" for name, size in panes)
    middle = "".join(f"│\x1b[{size - 2}C│" for _, size in panes)  # passes over cells that are blank already
    bottom = "".join(f"╰{'─' * (size - 2)}╯" for _, size in panes)
    return blank + "\r\n".join((top, *[middle] * (lines - 5), bottom))
