"""The browser, or why it cannot be shown here."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui import paths
from tui.cli import opening
from tui.cli.outcome import INTERRUPTED, tell
from tui.model.problem import Problem

if TYPE_CHECKING:
    from tui.library import Library
    from tui.model.results import Wait
    from tui.quick import Frame
    from tui.ui.app import PubMedApp


class Words(NamedTuple):
    """What the command line says."""

    query: Sequence[str]
    demo: bool = False
    offline: bool = False


class NoTerminal(Problem):
    """There is no screen to draw on."""

    exit_status = 2


def run(words: Words, frame: Frame) -> int:
    query = opening.query_of(words.query) if words.query else None
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise NoTerminal("The browser needs a terminal.", "In scripts and pipes, use pubmed-tui search and show.")
    settings = opening.settings()
    from tui.ui.app import PubMedApp  # noqa: PLC0415 - Textual, and only here

    if words.demo:
        with tempfile.TemporaryDirectory(prefix="pubmed-tui-demo-") as folder:
            demo = PubMedApp(partial(_demo, Path(folder)), settings, query or "", offline=True, demo=True)
            return _ended(demo, frame)
    app: PubMedApp | None = None

    def on_wait(wait: Wait | None) -> None:
        if app is not None:
            app.show_wait(wait)

    def library() -> Library:
        from tui.library import Library  # noqa: PLC0415 - behind the first frame

        _collect_garbage()
        return Library(Path(paths.cache_file()), opening.connecting(settings, on_wait), offline=words.offline)

    query = query if query is not None or not words.offline else ""
    app = PubMedApp(library, settings, query, offline=words.offline)
    return _ended(app, frame)


def _demo(folder: Path) -> Library:
    from tui.library.demo import demo_library  # noqa: PLC0415 - as above

    _collect_garbage()
    return demo_library(folder)


def _collect_garbage() -> None:
    """From now on; what was loaded until now stays, and need not be looked at again."""
    gc.freeze()
    gc.enable()


def _ended(app: PubMedApp, frame: Frame) -> int:
    """Run it; its end as an exit status, with a word where it did not end by itself."""
    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            # Not the event loop's own handlers: they go before the end does, and a terminal hangs up more than once.
            signal.signal(number, lambda number, _frame: app.end(128 + number))
    frame.hand_over()
    app.run()
    frame.leave()
    if app.problem is not None:
        raise app.problem
    if app.crash is not None:
        from tui.crash import keep  # noqa: PLC0415 - rarely needed

        tell(f"The program has ended because of a mistake in it. {keep(app.crash, app.settings.api_key)}")
        return 1
    return INTERRUPTED if app.return_code == INTERRUPTED else int(app.return_code or 0)
