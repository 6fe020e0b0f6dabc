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

from tui.cache.best_match import BestMatch
from tui.cache.compile import NO_VOCABULARY, Vocabulary, expression
from tui.cache.connection import Connection
from tui.cache.history import History
from tui.cache.known import Known
from tui.cache.mesh import Mesh
from tui.cache.records import Records
from tui.cache.truncation import Terms
from tui.model.results import Translation
from tui.query import parse, unparse
from tui.query.errors import told_of
from tui.query.mapping import mapped
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


CAPPED = 1_000
"""As many answers are counted before the first page is shown."""


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


_EVERYTHING = Question("", None, "", Translation("everything kept, last seen first"))


class First(NamedTuple):
    """What is shown at once."""

    pmids: tuple[int, ...]
    total: int
    """How many answer; CAPPED + 1 stands for more than CAPPED."""
    exact: bool
    """Whether the order is that of all that answer; the best match of many is not."""


class Search:
    """The part of the cache that finds records."""

    def __init__(self, connection: Connection, mesh: Mesh, history: History) -> None:
        self._connection = connection
        self._mesh = mesh
        self._history = history
        self._terms = Terms(connection)
        self._known = Known(connection, mesh, self._terms)
        self._best = BestMatch(connection, self._compiled)

    def read(self, text: str, *, unfinished: bool = False, today: date | None = None) -> Question:
        """What a query asks for. With `unfinished` its last word may be the beginning of one. Raises QueryError."""
        node = parse(text)
        if node is None:
            return _EVERYTHING
        with told_of(text):
            meant = mapped(node, self._known, self._history.node, unfinished=unfinished and text[-1:].isalnum())
            if meant.node is None and not (meant.not_found or meant.ignored):
                return _EVERYTHING
            if meant.node is None:
                return Question(text, None, "", Translation("", meant.not_found, meant.ignored))
            translation = Translation(unparse(meant.node, long=True), meant.not_found, meant.ignored)
            return Question(text, meant.node, self._compiled(meant.node, today), translation)

    def about(self, node: Node) -> Question:
        """The question that a tree asks in which nothing is left to be mapped."""
        return Question(unparse(node), node, self._compiled(node), Translation(unparse(node, long=True)))

    def _compiled(self, node: Node, today: date | None = None) -> str:
        return expression(node, self._vocabulary(), today or date.fromtimestamp(time.time()))

    def _vocabulary(self) -> Vocabulary:
        if not self._mesh.version():
            return NO_VOCABULARY._replace(beginning=self._terms.beginning)
        return Vocabulary(self._known.heading, self._under, self._mesh.exploded(), self._terms.beginning)

    def _under(self, name: str) -> Collection[str]:
        found = self._mesh.named(name)
        return self._mesh.under(found.ui) if found else ()

    def first(self, question: Question, *, limit: int, order: Order = "newest") -> First:
        """The first page, and a capped count: all that is needed to show something."""
        node, wanted = question.node, max(limit, CAPPED + 1)
        if node is None or order not in ("newest", "relevance"):
            pmids = self.page(question, limit=limit, order=order)
            return First(pmids, self.count(question, CAPPED + 1) if len(pmids) == limit else len(pmids), True)
        if order == "relevance":
            pmids = self._best.page(question.expression, node, limit, 0)
            known = self._best.known(question.expression, node, CAPPED + 1)
            return First(pmids, known, self._best.exact(question.expression, node))
        rows = self._connection.rows(_SQL["newest"], (question.expression, wanted, 0))
        return First(tuple(pmid for (pmid,) in rows[:limit]), min(len(rows), CAPPED + 1), True)

    def page(self, question: Question, *, limit: int, offset: int = 0, order: Order = "newest") -> tuple[int, ...]:
        """PMIDs of a page. All that are kept for a blank query, last seen first where no other order is asked for."""
        if question.everything and order in ("newest", "relevance", "seen"):
            return tuple(islice(Records(self._connection).pmids("seen"), offset, offset + limit))
        if question.everything:
            return tuple(pmid for (pmid,) in self._connection.rows(_ALL_SQL[order], (limit, offset)))
        if question.node is None or not question.expression:
            return ()
        if order == "relevance":
            return self._best.page(question.expression, question.node, limit, offset)
        rows = self._connection.rows(_SQL[order], (question.expression, limit, offset))
        return tuple(pmid for (pmid,) in rows)

    def exact(self, question: Question) -> bool:
        """Whether the order `relevance` is that of all that answer, and not of the likeliest among them."""
        return question.node is None or self._best.exact(question.expression, question.node)

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
