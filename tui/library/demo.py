"""The small library that ships inside the package: imported into a throw-away folder, read offline."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import NoReturn

from tui.library.bulk import Import
from tui.library.library import Library
from tui.model.problem import Problem

SOURCE = "the demo library"
_FIRST = (17914389,)
"""What the demo opens with."""


def demo_library(folder: Path, now: Callable[[], float] = time.time) -> Library:
    """A library of the demo records in `folder`, offline for good."""
    path = folder / "pubmed.db"
    with as_file(files("tui.demo") / "records.xml.gz") as records, Import(path, now=now) as importing:
        importing.take(records, source=SOURCE, seen=True)
        importing.mark_seen(_FIRST, now() + 1)
    return Library(path, _no_network, offline=True, now=now)


def _no_network() -> NoReturn:
    raise Problem("The demo has no network.", "Start pubmed-tui without --demo to search PubMed.")
