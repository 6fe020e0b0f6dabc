"""What can go wrong with the cache file, told apart by what the caller can do about it.

CacheError          it cannot be used at all; the message says why
├── Damaged         nothing more is written; opening the cache again sets the file aside and begins a new one
├── TooNew          a newer version of the program made it; it was not touched
├── ReadOnly        it can be read, not written
├── DiskFull        this was not kept, all that was kept before is sound; later writes may work
├── Locked          another copy of the program is writing; try again
└── Interrupted     `Cache.interrupt` ended it
"""

from __future__ import annotations

from pathlib import Path

import apsw

from tui.model.problem import Problem

_WRITE_FAILED = frozenset(
    (
        apsw.SQLITE_IOERR_WRITE,
        apsw.SQLITE_IOERR_FSYNC,
        apsw.SQLITE_IOERR_DIR_FSYNC,
        apsw.SQLITE_IOERR_TRUNCATE,
        apsw.SQLITE_IOERR_SHMSIZE,
    )
)


class CacheError(Problem):
    """The cache cannot do what was asked."""


class Damaged(CacheError):
    """The file does not hold what was written into it."""


class TooNew(CacheError):
    """The file was made by a newer version of the program."""


class ReadOnly(CacheError):
    """The file or its folder cannot be written."""


class DiskFull(CacheError):
    """The disk is full, a quota is reached, or the disk refuses to write."""


class Locked(CacheError):
    """Another copy of the program holds the file for longer than we wait."""

    exit_status = 3


class Interrupted(CacheError):
    """The caller ended a running query."""


def problem(error: apsw.Error | UnicodeDecodeError, path: Path) -> CacheError | None:
    """What an error of SQLite means for the reader; None where it can only be a mistake in the program."""
    match error:
        case apsw.CorruptError() | apsw.NotADBError() | apsw.FormatError() | UnicodeDecodeError():
            return damaged(path)
        case apsw.FullError():
            return _disk_full(path)
        case apsw.IOError() if extended(error) in _WRITE_FAILED:
            return _disk_full(path)
        case apsw.BusyError() | apsw.LockedError() | apsw.ProtocolError():
            return Locked(f"Another copy of the program is writing to the cache file {path}.", "Try again in a moment.")
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return read_only(path)
        case apsw.CantOpenError():
            return CacheError(f"The cache file {path} cannot be opened.", "Check that you may read and write it.")
        case apsw.InterruptError():
            return Interrupted("The query was ended.")
        case apsw.IOError():
            return CacheError(
                f"The cache file {path} cannot be read ({error}).", "Check the disk, then start the program again."
            )
    return None


def extended(error: apsw.IOError) -> int:
    """SQLite's extended result code, which says what it was doing."""
    return int(error.extendedresult)  # type: ignore[attr-defined]  # apsw documents it; its stubs leave it out


def damaged(path: Path) -> Damaged:
    return Damaged(
        f"The cache file {path} is damaged.",
        "Close the program and start it again: the file is then set aside, "
        "and what can still be read of it is kept in a new one.",
    )


def read_only(path: Path) -> ReadOnly:
    return ReadOnly(f"The cache file {path} cannot be written.", "What is kept can be read; nothing new is kept.")


def _disk_full(path: Path) -> DiskFull:
    return DiskFull(
        f"The cache file {path} could not be written: the disk is full or refuses to write.",
        "All that was kept before is safe. Free some space, then try again.",
    )
