"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import time

_WIDTH = 24
_EVERY = 0.1
"""Seconds between two drawings."""


class Bar:
    """One line, drawn over itself; nothing at all where nobody looks at it."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def draw(self, done: int, total: int, note: str) -> None:
        """So much of the whole is done. Called in any thread, as often as one likes."""
        now = time.monotonic()
        if not self._shown or now - self._last < _EVERY:
            return
        self._last = now
        share = done / total if total else 1.0
        bar = "█" * int(share * _WIDTH)
        sys.stderr.write(f"\r{bar:░<{_WIDTH}} {share:4.0%}  {note}\x1b[K")
        sys.stderr.flush()

    def clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
