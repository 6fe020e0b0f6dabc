"""The pictures of the README: what each shows, and how the program is brought to show it.

Run as a program, it makes them anew in ``screenshots/``; the test of the same name compares them.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from textual.pilot import Pilot

from tui.config import Settings
from tui.library.demo import demo_library
from tui.ui.app import PubMedApp

FOLDER = Path(__file__).parents[2] / "screenshots"
NOON = 1_795_262_400.0
"""2026-11-21 12:00 UTC, when all pictures are taken."""


ASKING = frozenset(("export", "help", "find", "mesh", "facets", "history", "sort", "save"))
"""Groups of workers that wait for the reader."""


class Picture(NamedTuple):
    """One file in ``screenshots/``."""

    name: str
    size: tuple[int, int]
    """Columns and lines of the terminal."""
    shows: str
    keys: tuple[str, ...] = ()
    """Pressed one after the other, after the demo's list is there."""


PICTURES = (
    Picture("browse-wide", (160, 45), "the three panes on a wide terminal"),
    Picture("browse-80x24", (80, 24), "the same on 80 by 24"),
    Picture(
        "record-sidebar", (120, 40), "a record with its MeSH terms and grants", ("2", *["j"] * 7, "3", *["j"] * 22)
    ),
    Picture("export", (120, 40), "the export dialog", ("e",)),
    Picture("offline", (120, 40), "a search while offline", ("s", *"metastasis breast", "enter", "j")),
)


async def taken(picture: Picture) -> str:
    """The picture as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        library = demo_library(Path(folder), now=lambda: NOON)
        app = PubMedApp(lambda: library, Settings(), "", offline=library.offline, demo=picture.name != "offline")
        async with app.run_test(size=picture.size) as pilot:
            await settled(pilot)
            for key in picture.keys:
                await pilot.press(key)
                await settled(pilot)
            return app.export_screenshot(title="pubmed-tui")


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way any more."""
    await pilot.pause()
    while under_way := [
        worker for worker in pilot.app.workers if worker.group not in ASKING and not worker.is_finished
    ]:
        await pilot.app.workers.wait_for_complete(under_way)
        await pilot.pause()


async def _make() -> None:
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        (FOLDER / f"{picture.name}.svg").write_text(await taken(picture), encoding="utf-8")
        sys.stdout.write(f"{picture.name}.svg  {picture.shows}\n")


if __name__ == "__main__":
    for variable in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(variable, None)
    asyncio.run(_make())
