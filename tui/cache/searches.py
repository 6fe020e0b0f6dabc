"""What PubMed last answered to a query, so that asking again shows something at once.

An answer replaces the earlier one to the same query; of all answers the latest few hundred stay.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from tui.cache.connection import Connection, storable
from tui.model.results import Translation

_ANSWERS_KEPT = 300


class KeptSearch(NamedTuple):
    """An answer as it was."""

    query: str
    sort: str
    pmids: tuple[int, ...]
    """As far as they were loaded, in the order of the answer."""
    total: int
    """How many records answered the query."""
    translation: Translation
    asked: float
    """Unix time."""


class Searches:
    """The part of the cache that holds answers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self, query: str, sort: str, *, pmids: Sequence[int], total: int, translation: Translation, asked: float
    ) -> None:
        """Keep an answer; `asked` is Unix time."""
        words = json.dumps(translation)
        ids = " ".join(map(str, pmids))
        with self._connection.transaction():
            self._connection.rows(
                "REPLACE INTO search (query, sort, asked, total, translation, pmids) VALUES (?, ?, ?, ?, ?, ?)",
                (storable(query), sort, asked, total, words, ids),
            )
            self._connection.rows(
                "DELETE FROM search WHERE id NOT IN (SELECT id FROM search ORDER BY asked DESC, id DESC LIMIT ?)",
                (_ANSWERS_KEPT,),
            )

    def get(self, query: str, sort: str) -> KeptSearch | None:
        return self._one("SELECT * FROM search WHERE query = ? AND sort = ?", (storable(query), sort))

    def last(self) -> KeptSearch | None:
        """The latest answer."""
        return self._one("SELECT * FROM search ORDER BY asked DESC, id DESC LIMIT 1", ())

    def _one(self, sql: str, bindings: tuple[str, ...]) -> KeptSearch | None:
        types = (int, str, str, float, int, str, str)
        for _, query, sort, asked, total, words, ids in self._connection.rows(sql, bindings, types=types):
            try:
                text, not_found, ignored, suggestion = json.loads(words)
                pmids = tuple(map(int, ids.split()))
            except ValueError as error:
                raise self._connection.found_damaged() from error
            translation = Translation(text, tuple(not_found), tuple(ignored), suggestion)
            return KeptSearch(query, sort, pmids, total, translation, asked)
        return None
