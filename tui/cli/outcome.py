"""What is said of how a command goes: on standard error, in the program's name, harmless to the terminal."""

from __future__ import annotations

import sys

from tui.model.clean import clean

NAME = "pubmed-tui"
INTERRUPTED = 130
"""The exit status of what was stopped by Ctrl+C."""


def tell(text: str) -> None:
    """One message to standard error, in place of a progress bar that stands there."""
    start = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{start}{NAME}: {clean(text)}", file=sys.stderr, flush=True)
