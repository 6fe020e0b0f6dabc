"""The history of searches: each query once, numbered for good, with how many records answered it and when."""

from __future__ import annotations

from tui.cache.connection import Connection, storable
from tui.model.results import Asked
from tui.query import QueryError, parse
from tui.query.tree import Node

_COLUMNS = "number, query, asked, offline, total, before, newest, saved"
_FIRST = """
    INSERT INTO history (query, asked, offline, total, before, newest, reached, saved)
    VALUES (?1, ?2, ?3, ?4, -1, 0, ?5, '')
"""
_AGAIN = """
    UPDATE history SET asked = ?2, offline = ?3, total = ?4, reached = ?5,
        before = iif(offline = ?3, total, -1), newest = iif(offline = ?3, reached, 0)
    WHERE query = ?1 RETURNING number
"""
_TYPES = (int, str, float, int, int, int, int, str)


class History:
    """The part of the cache that holds searches."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, query: str, *, asked: float, offline: bool, total: int, newest: int) -> Asked:
        """Note that a search was made and what came of it; `newest` is the highest PMID that answered, 0 if unknown.

        What online and offline answers say is not compared.
        """
        made = (storable(query), asked, int(offline), total, newest)
        with self._connection.transaction():
            # Not one statement with ON CONFLICT: that takes a number even where it needs none.
            if not self._connection.rows(_AGAIN, made):
                self._connection.rows(_FIRST, made)
        found = self.of(query)
        assert found is not None, "what was just written is there"
        return found

    def of(self, query: str) -> Asked | None:
        return self._one("query = ?", storable(query))

    def numbered(self, number: int) -> Asked | None:
        return self._one("number = ?", number)

    def all(self) -> list[Asked]:
        """Every search, the latest first."""
        return [_asked(row) for row in self._select("1 ORDER BY asked DESC, number DESC")]

    def saved(self) -> list[Asked]:
        """Those that were saved, by their names."""
        return [_asked(row) for row in self._select("saved <> '' ORDER BY saved COLLATE NOCASE, number")]

    def save(self, number: int, name: str) -> None:
        """Save a search under a name; an empty one forgets that it was saved."""
        with self._connection.transaction():
            self._connection.rows("UPDATE history SET saved = ? WHERE number = ?", (storable(name), number))

    def node(self, number: int) -> Node | None:
        """What a search asked for; None for one that is not there."""
        found = self.numbered(number)
        try:
            return parse(found.query) if found else None
        except QueryError:  # PubMed may have understood it
            return None

    def _one(self, where: str, value: str | int) -> Asked | None:
        rows = self._select(where, (value,))
        return _asked(rows[0]) if rows else None

    def _select(self, where: str, bindings: tuple[str | int, ...] = ()) -> list[tuple[object, ...]]:
        sql = f"SELECT {_COLUMNS} FROM history WHERE {where}"  # noqa: S608 - only literals come in
        return self._connection.rows(sql, bindings, types=_TYPES)


def _asked(row: tuple[object, ...]) -> Asked:
    number, query, asked, offline, total, before, newest, saved = row
    return Asked(number, query, asked, bool(offline), total, before, newest, saved)  # type: ignore[arg-type]  # checked
