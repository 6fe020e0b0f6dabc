"""How far the import of each file came, so that a stopped one goes on where it stopped.

Set the bookmark in the same transaction that puts the batch: then both are kept or neither.
"""

from __future__ import annotations

from typing import NamedTuple

from tui.cache.connection import Connection, storable


class Bookmark(NamedTuple):
    """How far an import came."""

    offset: int = 0
    """Where to go on, in the measure of whoever set it."""
    done: bool = False
    """Whether the end of the file was reached."""
    records: int = 0
    """How many records were read so far."""


class Imports:
    """The part of the cache that holds bookmarks. A file is known by name, size in bytes, and digest."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bookmark(self, name: str, size: int, digest: str) -> Bookmark:
        """How far this file came; at its beginning if it was never begun."""
        rows = self._connection.rows(
            'SELECT "offset", done, records FROM bookmark WHERE name = ? AND size = ? AND digest = ?',
            (storable(name), size, digest),
            types=(int, int, int),
        )
        return Bookmark(rows[0][0], bool(rows[0][1]), rows[0][2]) if rows else Bookmark()

    def set_bookmark(self, name: str, size: int, digest: str, bookmark: Bookmark) -> None:
        with self._connection.transaction():
            self._connection.rows(
                "REPLACE INTO bookmark VALUES (?, ?, ?, ?, ?, ?)",
                (storable(name), size, digest, bookmark.offset, bookmark.done, bookmark.records),
            )
