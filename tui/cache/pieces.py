"""The pieces of the word index: joined into one after a large import, because a search looks into each of them.

FTS5 writes a piece with every commit and joins some of them as it goes (its documentation, "The 'merge' Command").
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.cache.connection import Connection

_STEP = 300
"""Pages that are written in one transaction: some hundredths of a second."""
_JOIN = "INSERT INTO words (words, rank) VALUES ('merge', ?)"


class Pieces:
    """The part of the cache that joins them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        return int(self._connection.rows("SELECT count(DISTINCT segid) FROM words_idx")[0][0])

    def join(self) -> Iterator[float]:
        """Join them all, some pages at a time, and tell after each time which part of the work is done, from 0 to 1.

        It may be left, and others may write, in between.
        """
        connection = self._connection
        (pages,) = connection.rows("SELECT count(*) FROM words_data")[0]
        with connection.transaction():
            connection.rows(_JOIN, (-1,))  # says that all are to be joined, not only where there are many
        done, changed = 0, True
        while changed:
            with connection.transaction():
                (before,) = connection.rows("SELECT total_changes()")[0]
                connection.rows(_JOIN, (_STEP,))
                (after,) = connection.rows("SELECT total_changes()")[0]
            changed = after - before > 1  # one is the command itself
            done += _STEP
            yield min(done / pages, 1.0) if changed else 1.0
