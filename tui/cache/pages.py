"""Records as rendered plain text, so that showing one again takes hardly longer than starting.

A page is dropped with its record, and when that is replaced or becomes fresher. Pages can be made again at any
time: nothing waits for one to be written, and nothing fails because of one.
"""

from __future__ import annotations

from contextlib import suppress

from tui.cache.connection import Connection
from tui.cache.errors import CacheError

_PAGES_KEPT = 1000


class Pages:
    """The part of the cache that holds rendered pages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, pmid: int, width: int, made_by: str, until: float, text: str) -> None:
        """Keep the text of a record for this width in columns; it is true until `until`, Unix time."""
        with suppress(CacheError), self._connection.transaction(wait=False):
            self._connection.rows(
                "REPLACE INTO page (pmid, width, made_by, until, text) VALUES (?, ?, ?, ?, ?)",
                (pmid, width, made_by, until, text),
            )
            self._connection.rows("DELETE FROM page WHERE id <= (SELECT max(id) FROM page) - ?", (_PAGES_KEPT,))

    def get(self, pmid: int, width: int, made_by: str, now: float) -> str | None:
        """The text, if it is still true and the same program made it."""
        rows = self._connection.rows(
            "SELECT text FROM page WHERE pmid = ? AND width = ? AND made_by = ? AND until > ?",
            (pmid, width, made_by, now),
            types=(str,),
        )
        return rows[0][0] if rows else None
