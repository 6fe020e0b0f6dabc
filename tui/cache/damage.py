"""The mark beside a file that was found damaged, and the name under which that file is set aside.

The mark (``pubmed.db.damaged``, empty) outlives the process that saw the damage; whoever opens the cache next
finds it. It is also the lock by which only one process at a time sets the file aside, and its date is the
date in the new name, so that a rescue which was cut off goes on with the same one.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import apsw

_RESCUE_PATIENCE = 60_000


def mark(path: Path) -> None:
    """Mark the file as damaged, as far as its folder can be written."""
    found = int(time.time())
    while _aside(path, found).exists():
        found += 1
    try:
        os.close(os.open(_mark(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.utime(_mark(path), (found, found))
    except OSError:
        pass  # marked already, or read-only: then the damage is found again by the next one to read there


def marked(path: Path) -> bool:
    return _mark(path).exists()


def unmark(path: Path) -> None:
    _mark(path).unlink(missing_ok=True)


def aside(path: Path) -> Path:
    """Where the marked file goes: ``pubmed.db.damaged-20250131-235959``."""
    return _aside(path, int(_mark(path).stat().st_mtime))


def headless(path: Path) -> bool:
    """Whether the main part is empty or gone while its WAL holds something: SQLite would throw the WAL away."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0 and (not path.exists() or path.stat().st_size == 0)


def lock(path: Path) -> apsw.Connection:
    """Hold the mark against other processes until the result is closed; `marked` may have ended meanwhile."""
    held = apsw.Connection(str(_mark(path)))
    held.set_busy_timeout(_RESCUE_PATIENCE)
    held.execute("BEGIN EXCLUSIVE")
    return held


def _mark(path: Path) -> Path:
    return path.with_name(path.name + ".damaged")


def _aside(path: Path, found: int) -> Path:
    return path.with_name(path.name + time.strftime(".damaged-%Y%m%d-%H%M%S", time.localtime(found)))
