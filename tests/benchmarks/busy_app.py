"""The browser with one key more, for keys_while_busy.py: ``python busy_app.py URL FOLDER``.

F9 begins to fetch, parse and keep records, 200 at a time, and ends it.
"""

from __future__ import annotations

import gc
import sys
from importlib.resources import files
from itertools import count
from pathlib import Path

from textual.app import App
from textual.binding import Binding
from textual.worker import Worker

from tui import remote
from tui.config import Settings
from tui.library import Library
from tui.ui.app import PubMedApp

BATCH = 200


class BusyApp(PubMedApp):
    CSS_PATH = str(files("tui.ui") / "app.tcss")
    BINDINGS = [Binding("f9", "busy", priority=True)]  # noqa: RUF012 - declared so by Textual

    def __init__(self, library: Library) -> None:
        super().__init__(lambda: library, Settings())
        gc.freeze()  # as the program does when its modules are loaded
        self._records = library
        self._pmids = count(1, BATCH)
        self._work: Worker[None] | None = None

    def action_busy(self) -> None:
        if self._work is None:
            self._work = self.run_worker(self._fetch())
        else:
            self._work.cancel()
            self._work = None

    async def _fetch(self) -> None:
        for first in self._pmids:
            async for _ in self._records.records(range(first, first + BATCH)):
                pass


def app(url: str, folder: Path) -> App[None]:
    def connect() -> remote.Eutils:
        # Paced as with a key, so that there is more to do.
        return remote.Eutils(remote.open_client(), base_url=url, pace=remote.Pace(folder / "pace", with_key=True))

    return BusyApp(Library(folder / "pubmed.db", connect))


if __name__ == "__main__":
    app(sys.argv[1], Path(sys.argv[2])).run()
