"""`Cache`: the one door to the file in which everything is kept.

Opening does everything once: the folder, the file, its version, and what a damaged file needs. The parts
(`records`, `search` and so on) are loaded when they are first used, so that a rendered page can be shown without them.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, suppress
from functools import cached_property
from pathlib import Path

from tui.cache import damage
from tui.cache.connection import Connection, create_file
from tui.cache.errors import CacheError, Damaged, ReadOnly, damaged
from tui.cache.upgrades import connect

TYPE_CHECKING = False  # typing.TYPE_CHECKING, without the import: it takes longer than opening the cache
if TYPE_CHECKING:
    from tui.cache.history import History
    from tui.cache.imports import Imports
    from tui.cache.mesh import Mesh
    from tui.cache.pages import Pages
    from tui.cache.pieces import Pieces
    from tui.cache.records import Records
    from tui.cache.search import Search
    from tui.cache.searches import Searches
    from tui.cache.sets import Sets


class Cache:
    """An open cache. One thread uses it at a time; for another thread or process, open it again.

    Every method raises CacheError or one of its kinds, and nothing else, when the file fails.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.notice = ""
        """A plain sentence about something the reader should know; normally empty."""
        self.unclean = not self._clean() and connection.alone()
        """Whether whoever wrote last was cut off: run ``check(quick=True)`` when there is time."""

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Cache:
        """Open the cache, making it where there is none.

        A damaged file is set aside and what can be read of it is moved to a new one; `notice` then says so. Where
        nothing can be written, it is opened to be read, and `notice` says so too. Raises TooNew, and ReadOnly where
        there is nothing to read and nothing can be made.
        """
        if read_only or not _prepare(path):
            if damage.headless(path):
                raise damaged(path)
            cache = cls._opened(path, read_only=True)
            cache.notice = "" if read_only else cache._read_only_notice()
            return cache
        notice = _rescued(path) if damage.marked(path) or damage.headless(path) else ""
        try:
            cache = cls._opened(path)
        except Damaged:
            notice = _rescued(path)
            cache = cls._opened(path)
        cache.notice = notice
        return cache

    @classmethod
    def _opened(cls, path: Path, *, read_only: bool = False) -> Cache:
        connection = connect(path, read_only=read_only)
        try:
            return cls(connection)
        except CacheError:
            connection.close()
            raise

    @property
    def path(self) -> Path:
        return self._connection.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be kept; everything kept before can be read."""
        return self._connection.read_only

    @cached_property
    def records(self) -> Records:
        from tui.cache.records import Records  # noqa: PLC0415 - a rendered page is shown without the model

        return Records(self._connection, self.mesh.keys)

    @cached_property
    def search(self) -> Search:
        from tui.cache.search import Search  # noqa: PLC0415 - as above

        return Search(self._connection, self.mesh, self.history)

    @cached_property
    def sets(self) -> Sets:
        from tui.cache.sets import Sets  # noqa: PLC0415 - as above

        return Sets(self._connection, self.search)

    @cached_property
    def history(self) -> History:
        from tui.cache.history import History  # noqa: PLC0415 - as above

        return History(self._connection)

    @cached_property
    def mesh(self) -> Mesh:
        from tui.cache.mesh import Mesh  # noqa: PLC0415 - as above

        return Mesh(self._connection)

    @cached_property
    def pieces(self) -> Pieces:
        from tui.cache.pieces import Pieces  # noqa: PLC0415 - as above

        return Pieces(self._connection)

    @cached_property
    def searches(self) -> Searches:
        from tui.cache.searches import Searches  # noqa: PLC0415 - as above

        return Searches(self._connection)

    @cached_property
    def pages(self) -> Pages:
        from tui.cache.pages import Pages  # noqa: PLC0415 - as above

        return Pages(self._connection)

    @cached_property
    def imports(self) -> Imports:
        from tui.cache.imports import Imports  # noqa: PLC0415 - as above

        return Imports(self._connection)

    def transaction(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """All that is put inside ``with`` is kept, or nothing of it.

        With `wait` False, Locked is raised at once, and not after five seconds, where another copy is writing.
        """
        return self._connection.transaction(wait=wait)

    def interrupt(self) -> None:
        """End the query that is running, from any thread: it raises Interrupted there."""
        self._connection.interrupt()

    def check(self, *, quick: bool = False) -> tuple[str, ...]:
        """What is wrong with the file, a sentence each; empty for a sound one.

        The quick check reads the tables, the full one also their indexes, the words and every stored XML. Where
        anything is wrong, nothing more is written, and the next opening sets the file aside.
        """
        try:
            found = self._faults(quick)
        except Damaged as error:
            return (error.message,)
        if found:
            self._connection.found_damaged()
        else:
            self.unclean = False
        return found

    def _faults(self, quick: bool) -> tuple[str, ...]:
        pragma = "PRAGMA quick_check(10)" if quick else "PRAGMA integrity_check(10)"
        found = [str(line) for (line,) in self._connection.rows(pragma) if line != "ok"]
        return tuple(found if quick else (*found, *self.records.faults()))

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        if not self._connection.closed:
            self._mark_clean()
            self._connection.close()

    def _clean(self) -> bool:
        """Whether nobody has written, or whoever did has closed the file since."""
        return self._connection.rows("SELECT clean FROM state") == [(1,)]

    def _mark_clean(self) -> None:
        """Note that all is well, unless somebody else is still at work or an unclean end was never looked into."""
        connection = self._connection
        if self.read_only or self.unclean or connection.damaged:
            return
        with suppress(CacheError):  # then the next opening looks into it
            if not self._clean() and connection.alone():
                with connection.transaction(mark=False):
                    connection.rows("UPDATE state SET clean = 1")

    def _read_only_notice(self) -> str:
        notice = f"The cache {self.path} cannot be written: what is kept can be read, but nothing new is kept."
        return f"{notice} What was kept last may not show." if self._connection.blind else notice


def _rescued(path: Path) -> str:
    from tui.cache.rescue import rescue  # noqa: PLC0415 - hardly ever wanted

    return rescue(path)


def _prepare(path: Path) -> bool:
    """Make the folder and an empty file where they are wanting; whether they can be written."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_file(path)
    except OSError as error:
        if not path.exists():
            raise ReadOnly(
                f"The cache file {path} cannot be made ({error.strerror}).",
                "Check that you may write its folder, or choose another one.",
            ) from error
    return os.access(path.parent, os.W_OK | os.X_OK) and os.access(path, os.W_OK)
