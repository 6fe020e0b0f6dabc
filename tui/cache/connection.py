"""One open SQLite file: statements, transactions, and errors in plain words.

A connection belongs to one thread at a time; only `interrupt` may come from another. Every write is a
`transaction`, which takes the write lock at its beginning: one that first reads and then writes would fail at
once when another copy of the program commits in between.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from tui.cache import damage
from tui.cache.errors import Damaged, damaged, extended, problem, read_only

TYPE_CHECKING = False  # typing.TYPE_CHECKING, without the import: it takes longer than opening the cache
if TYPE_CHECKING:
    from typing import Any

    from apsw import Bindings

    Types = tuple[type, ...]

PATIENCE = 5.0
"""Seconds to wait for another copy that writes."""
_TRY_AGAIN = 0.005
"""Seconds between two tries. SQLite's own waiting tries ever less often, and misses the pauses of an import."""
PAGE_SIZE = 8192
_WAL_KEPT = 64 * 1024 * 1024
_WAL_PAGES = 4000
"""Pages after which they are moved into the main file: an import rewrites many of them again and again."""
_MEMORY = -16 * 1024

_NO_SHARED_MEMORY = frozenset(
    (
        apsw.SQLITE_IOERR_SHMOPEN,
        apsw.SQLITE_IOERR_SHMMAP,
        apsw.SQLITE_IOERR_SHMLOCK,
    )
)


class Connection:
    """`path` is opened as it is: nothing is created, upgraded or otherwise changed by that, but for the journal mode
    of a file that could not be read at all where it is now.

    Raises CacheError and its kinds, here and in every method.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.blind = False
        """Whether what other copies have not yet moved into the main file is out of sight."""
        self.damaged = False
        """Whether damage was seen: nothing more is written."""
        self.closed = False
        try:
            self._sqlite = self._open_to_read() if read_only else self._open_to_write()
        except apsw.Error as error:
            raise self._told(error) from error

    def _open_to_write(self) -> apsw.Connection:
        sqlite = _configured(apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READWRITE))
        try:
            _first_look(sqlite)
        except (apsw.CantOpenError, apsw.IOError) as error:
            sqlite.close()
            if isinstance(error, apsw.IOError) and extended(error) not in _NO_SHARED_MEMORY:
                raise
            return self._leave_wal()
        except apsw.Error:
            sqlite.close()
            raise
        return sqlite

    def _leave_wal(self) -> apsw.Connection:
        """Open a file in WAL mode where memory cannot be shared between processes, as on network file systems."""
        sqlite = _configured(apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READWRITE))
        sqlite.pragma("locking_mode", "exclusive")
        sqlite.pragma("journal_mode", "delete")
        sqlite.pragma("locking_mode", "normal")
        _first_look(sqlite)
        return sqlite

    def _open_to_read(self) -> apsw.Connection:
        uri = self.path.absolute().as_uri()
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        sqlite = _configured(apsw.Connection(f"{uri}?mode=ro", flags=flags))
        try:
            _first_look(sqlite)
        except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError):
            # WAL mode wants to write beside the file even to read it; `immutable` does without, and without the WAL.
            sqlite.close()
            sqlite = _configured(apsw.Connection(f"{uri}?immutable=1", flags=flags))
            _first_look(sqlite)
            log = self.path.with_name(self.path.name + "-wal")
            self.blind = log.exists() and log.stat().st_size > 0
        return sqlite

    def settle(self) -> None:
        """Choose how commits are written, once the file is known to be ours.

        WAL, with which readers and a writer do not wait for each other, wherever the file system can do it.
        """
        try:
            self._sqlite.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
            if self.read_only:
                return
            if self._sqlite.pragma("journal_mode") != "wal" and _can_wal(self.path):
                # Another copy may be at work on the new file; then the next one to open it changes the mode.
                with suppress(apsw.BusyError):
                    self._sqlite.pragma("journal_mode", "wal")
            self._sqlite.pragma("synchronous", "normal" if self._sqlite.pragma("journal_mode") == "wal" else "full")
            self._sqlite.pragma("journal_size_limit", _WAL_KEPT)
            self._sqlite.pragma("wal_autocheckpoint", _WAL_PAGES)
            self._sqlite.pragma("cache_size", _MEMORY)
        except apsw.Error as error:
            raise self._told(error) from error

    def rows(self, sql: str, bindings: Bindings = (), *, types: Types = ()) -> list[tuple[Any, ...]]:
        """Run one statement; all its rows. With `types`, a row that has others is a damaged one."""
        try:
            return self._typed(list(self._sqlite.execute(sql, bindings)), types)
        except (apsw.Error, UnicodeDecodeError) as error:
            raise self._told(error) from error

    def each(self, sql: str, bindings: Iterable[Bindings], *, types: Types = ()) -> list[tuple[Any, ...]]:
        """Run one statement for each of `bindings`; all rows of all of them. As to `types`, see `rows`."""
        try:
            return self._typed(list(self._sqlite.executemany(sql, bindings)), types)
        except (apsw.Error, UnicodeDecodeError) as error:
            raise self._told(error) from error

    def stream(self, sql: str, bindings: Bindings = ()) -> Iterator[tuple[Any, ...]]:
        """Run one statement; its rows as they are read, at constant memory."""
        try:
            yield from self._sqlite.execute(sql, bindings)
        except (apsw.Error, UnicodeDecodeError) as error:
            raise self._told(error) from error

    @contextmanager
    def transaction(self, *, wait: bool = True, mark: bool = True) -> Iterator[None]:
        """All that is written inside ``with`` is kept, or nothing of it. They nest.

        With `wait` False, Locked is raised at once where another copy is writing. Without `mark` nothing notes that
        the file is being written: for where that note itself is made.
        """
        ending = self._begin(wait)
        kept = False
        try:
            if mark and ending == "COMMIT":
                self.rows("UPDATE state SET clean = 0 WHERE clean = 1")
            yield
            self.rows(ending)
            kept = True
        finally:
            if not kept and self._sqlite.in_transaction:  # after a full disk, SQLite has taken all back by itself
                self.rows("ROLLBACK" if ending == "COMMIT" else "ROLLBACK TO inner; RELEASE inner")

    def _begin(self, wait: bool) -> str:
        """Begin a transaction, or one inside another; the statement that ends it well."""
        if self.read_only:
            raise read_only(self.path)
        if self.damaged:
            raise damaged(self.path)
        if self._sqlite.in_transaction:
            self.rows("SAVEPOINT inner")
            return "RELEASE inner"
        self._sqlite.set_busy_handler(_wait if wait else None)
        try:
            self.rows("BEGIN IMMEDIATE")
        finally:
            self._sqlite.set_busy_handler(_wait)
        return "COMMIT"

    def alone(self) -> bool:
        """Whether nobody else has the file open, another connection of this process included.

        Only known in WAL mode; without it, only that nobody else is reading or writing right now.
        """
        if self.read_only:
            return False
        try:
            self._sqlite.set_busy_handler(None)
            self._sqlite.pragma("locking_mode", "exclusive")
            try:
                self._sqlite.execute("BEGIN EXCLUSIVE; COMMIT")
                alone = True
            except apsw.BusyError:
                alone = False
            self._sqlite.pragma("locking_mode", "normal")
            self._sqlite.set_busy_handler(_wait)
            _first_look(self._sqlite)  # gives the lock back
        except apsw.Error as error:
            raise self._told(error) from error
        return alone

    def copy_to(self, path: Path) -> None:
        """Write a copy of the whole file, as it is now, to `path`, replacing what is there."""
        path.unlink(missing_ok=True)
        create_file(path)
        try:
            source = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)
            copy = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
            try:
                with copy.backup("main", source, "main") as backup:
                    while not backup.done:
                        backup.step(1000)
            finally:
                copy.close()
                source.close()
        except apsw.Error as error:
            path.unlink(missing_ok=True)
            raise self._told(error) from error

    def changes(self) -> tuple[int, int]:
        """What differs whenever somebody has written, in this process or another."""
        try:
            return int(self._sqlite.pragma("data_version")), self._sqlite.total_changes()
        except apsw.Error as error:
            raise self._told(error) from error

    def interrupt(self) -> None:
        """End what is running, from any thread: it raises Interrupted there."""
        with suppress(apsw.ConnectionClosedError):
            self._sqlite.interrupt()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self.closed = True
        try:
            self._sqlite.close()
        except apsw.Error as error:
            raise self._told(error) from error

    def found_damaged(self) -> Damaged:
        """Write no more, and leave a mark by which the next opening sets the file aside; what to raise."""
        self.damaged = True
        if not self.read_only:
            damage.mark(self.path)
        return damaged(self.path)

    def _typed(self, rows: list[tuple[Any, ...]], types: Types) -> list[tuple[Any, ...]]:
        """The tables are strict: NULL or a number where text was written comes of a page that was overwritten."""
        if types and any(tuple(map(type, row)) != types for row in rows):
            raise self.found_damaged()
        return rows

    def _told(self, error: apsw.Error | UnicodeDecodeError) -> Exception:
        known = problem(error, self.path)
        return self.found_damaged() if isinstance(known, Damaged) else known or error


def storable(text: str) -> str:
    """Text as SQLite can hold it: half characters, as undecodable file names have them, become ``?``."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def create_file(path: Path) -> None:
    """An empty file that only its owner may read, where there is none.

    An existing one is not opened: closing it would drop the locks that SQLite holds on it in this process.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _configured(sqlite: apsw.Connection) -> apsw.Connection:
    sqlite.set_busy_handler(_wait)
    sqlite.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    sqlite.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    # Until the file is known to be ours, not even what is left in its WAL is moved.
    sqlite.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    sqlite.pragma("cell_size_check", True)
    return sqlite


def _wait(tries: int) -> bool:
    """Whether to try again to get a lock."""
    if tries * _TRY_AGAIN >= PATIENCE:
        return False
    time.sleep(_TRY_AGAIN)
    return True


def _first_look(sqlite: apsw.Connection) -> None:
    """SQLite opens lazily: only a read shows whether it can."""
    sqlite.execute("SELECT count(*) FROM sqlite_schema").fetchall()


def _can_wal(path: Path) -> bool:
    """Whether a file in WAL mode can really be written in this folder: some file systems only say so."""
    scratch = path.with_name(f"{path.name}.probe-{os.getpid()}")
    try:
        sqlite = apsw.Connection(str(scratch))
        try:
            able = bool(sqlite.pragma("journal_mode", "wal") == "wal")
            sqlite.execute("CREATE TABLE probe (a); INSERT INTO probe VALUES (1)")
        finally:
            sqlite.close()
    except apsw.Error:
        able = False
    for suffix in ("", "-wal", "-shm"):
        scratch.with_name(scratch.name + suffix).unlink(missing_ok=True)
    return able
