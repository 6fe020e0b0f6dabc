"""Search over what is kept: a page of the records that answer a query, and how many there are.

No page in the order `newest` or `relevance` looks at all that answer a query, however many records there are; `count`
without a limit and `hits` do, and can be interrupted.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice
from typing import Literal, NamedTuple

from tui.cache.best_match import best
from tui.cache.compile import NO_VOCABULARY, Vocabulary, expression
from tui.cache.connection import Connection
from tui.cache.history import History
from tui.cache.known import Known
from tui.cache.mesh import Mesh
from tui.cache.records import Records
from tui.model.results import Translation
from tui.query import parse, unparse
from tui.query.errors import NoSuchSearch
from tui.query.mapping import mapped
from tui.query.parse import placed
from tui.query.tree import Node

Order = Literal["newest", "relevance", "published", "author", "journal", "seen"]

_BY = {
    "published": "published DESC, pmid DESC",
    "author": "author = '', author COLLATE NOCASE, pmid DESC",
    "journal": "journal = '', journal COLLATE NOCASE, pmid DESC",
    "seen": "seen DESC, pmid DESC",
}
_SORTED = "SELECT pmid FROM words JOIN record ON pmid = words.rowid WHERE words MATCH ? ORDER BY"
_ALL = "SELECT pmid FROM record ORDER BY"
_PAGE = "LIMIT ? OFFSET ?"
_SQL: dict[str, str] = {
    "newest": "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?",
    **{name: f"{_SORTED} {by} {_PAGE}" for name, by in _BY.items()},
}
_ALL_SQL = {name: f"{_ALL} {by} {_PAGE}" for name, by in _BY.items()}


class Question(NamedTuple):
    """A query that was read."""

    text: str
    node: Node | None
    """What is looked for; None for everything that is kept, or for nothing at all."""
    expression: str
    """For the index; empty where there is nothing to look for."""
    translation: Translation

    @property
    def everything(self) -> bool:
        return not self.text.strip()


class Search:
    """The part of the cache that finds records."""

    def __init__(self, connection: Connection, mesh: Mesh, history: History) -> None:
        self._connection = connection
        self._mesh = mesh
        self._history = history
        self._known = Known(connection, mesh)

    def read(self, text: str, *, unfinished: bool = False, today: date | None = None) -> Question:
        """What a query asks for. With `unfinished` its last word may be the beginning of one. Raises QueryError."""
        node = parse(text)
        if node is None:
            return Question(text, None, "", Translation("everything kept, last seen first"))
        try:
            meant = mapped(node, self._known, self._history.node, unfinished=unfinished and text[-1:].isalnum())
        except NoSuchSearch as error:
            raise placed(error, text) from None
        if meant.node is None:
            return Question(text, None, "", Translation("", meant.not_found, meant.ignored))
        translation = Translation(unparse(meant.node, long=True), meant.not_found, meant.ignored)
        compiled = expression(meant.node, self._vocabulary(), today or date.fromtimestamp(time.time()))
        return Question(text, meant.node, compiled, translation)

    def _vocabulary(self) -> Vocabulary:
        if not self._mesh.version():
            return NO_VOCABULARY
        return Vocabulary(self._known.heading, self._under, indexed=self._mesh.exploded())

    def _under(self, name: str) -> Collection[str]:
        found = self._mesh.named(name)
        return self._mesh.under(found.ui) if found else ()

    def page(self, question: Question, *, limit: int, offset: int = 0, order: Order = "newest") -> tuple[int, ...]:
        """PMIDs of a page. All that are kept for a blank query, last seen first where no other order is asked for."""
        if question.everything and order in ("newest", "relevance", "seen"):
            return tuple(islice(Records(self._connection).pmids("seen"), offset, offset + limit))
        if question.everything:
            return tuple(pmid for (pmid,) in self._connection.rows(_ALL_SQL[order], (limit, offset)))
        if not question.expression:
            return ()
        if order == "relevance":
            return best(self._connection, question.expression, question.node, limit, offset).pmids
        rows = self._connection.rows(_SQL[order], (question.expression, limit, offset))
        return tuple(pmid for (pmid,) in rows)

    def exact(self, question: Question) -> bool:
        """Whether the order `relevance` is that of all that answer, and not of the likeliest among them."""
        return not question.expression or best(self._connection, question.expression, question.node, 0, 0).exact

    def count(self, question: Question, at_most: int = -1) -> int:
        """How many records answer, counted no further than `at_most` where that is not negative."""
        if question.everything:
            counted = self._connection.rows("SELECT count(*) FROM (SELECT 1 FROM record LIMIT ?)", (at_most,))
            return int(counted[0][0])
        if not question.expression:
            return 0
        sql = "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"
        return int(self._connection.rows(sql, (question.expression, at_most))[0][0])

    def hits(self, question: Question) -> Iterator[int]:
        """The PMIDs of all that answer, in no order."""
        if question.everything:
            rows = self._connection.stream("SELECT pmid FROM record")
        elif question.expression:
            rows = self._connection.stream("SELECT rowid FROM words WHERE words MATCH ?", (question.expression,))
        else:
            return
        yield from (pmid for (pmid,) in rows)
