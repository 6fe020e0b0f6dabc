"""Words by their beginnings: the terms of the index, so that ``metasta*`` is so many words and no walk through all of
them.

FTS5 reads a beginning by joining the records of all words that begin so before it gives the first. The table ``term``
holds every word that stands in a text, and perhaps some that no longer do.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.cache.connection import Connection

SHORTEST = 4
"""Letters of the words that are held: PubMed wants as many before an asterisk."""
_MOST = 1_000
"""Words that a beginning stands for; what stands for more is read FTS5's way."""
_HELD = 200_000
"""Words known to be in the table already."""
_LAST = "\U0010ffff"


class Terms:
    """The part of the cache that knows the words of the index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: set[str] = set()

    def put(self, terms: Iterable[str]) -> None:
        """Add words; to be called inside the transaction that makes them known to the index."""
        new = [term for term in terms if term not in self._known]
        self._connection.each("INSERT OR IGNORE INTO term VALUES (?)", [(term,) for term in new])
        if len(self._known) > _HELD:
            self._known.clear()
        self._known.update(new)

    def forget(self) -> None:
        """Rely on nothing that was put: the transaction may have been taken back."""
        self._known.clear()

    def beginning(self, pattern: str) -> tuple[str, ...] | None:
        """The words that a folded word stands for in which an asterisk stands for anything.

        None where they are too many and FTS5 can tell as well: where the asterisk is the end.
        """
        before, _, after = pattern.partition("*")
        if len(before) < SHORTEST:
            return None
        words = self._connection.rows(
            "SELECT term FROM term WHERE term >= ? AND term < ? AND term GLOB ? LIMIT ?",
            (before, before + _LAST, pattern, -1 if after else _MOST + 1),
            types=(str,),
        )
        return tuple(word for (word,) in words) if after or len(words) <= _MOST else None
