"""What the cache knows of words: which of them name a heading, a journal or an author of what is kept."""

from __future__ import annotations

from tui.cache.compile import expression
from tui.cache.connection import Connection
from tui.cache.mesh import Mesh
from tui.model.folding import key
from tui.query.fields import ALL_FIELDS, Field, named
from tui.query.tree import Term

_ANSWERS_HELD = 5000
_JOURNAL, _AUTHOR, _FULL_AUTHOR = named("ta"), named("au"), named("fau")


class Known:
    """A `query.mapping.Vocabulary`. What it answered is held until somebody writes: each key that is typed asks
    again."""

    def __init__(self, connection: Connection, mesh: Mesh) -> None:
        self._connection = connection
        self._mesh = mesh
        self._answers: dict[Term, bool] = {}
        self._as_of = (-1, -1)

    def heading(self, text: str) -> str:
        return self._mesh.heading(text)

    def journal(self, text: str) -> str:
        return text if self._any(Term(text, _JOURNAL)) else ""

    def author(self, text: str) -> bool:
        return self._any(Term(text, _AUTHOR))

    def full_author(self, text: str) -> bool:
        return self._any(Term(text, _FULL_AUTHOR))

    def word(self, text: str) -> bool:
        return self._any(Term(text, ALL_FIELDS))

    def phrase(self, text: str, field: Field) -> bool:
        return self._any(Term(text, field, quoted=True))

    def _any(self, term: Term) -> bool:
        """Whether the term finds anything."""
        as_of = self._connection.changes()
        if as_of != self._as_of or len(self._answers) > _ANSWERS_HELD:
            self._answers.clear()
            self._as_of = as_of
        if term not in self._answers:
            sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
            self._answers[term] = bool(key(term.text)) and bool(self._connection.rows(sql, (expression(term),)))
        return self._answers[term]
