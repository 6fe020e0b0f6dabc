"""What the cache knows of words: which of them name a heading or a journal, and what is found at all."""

from __future__ import annotations

from collections.abc import Collection

from tui.cache.compile import Vocabulary, expression
from tui.cache.connection import Connection
from tui.cache.mesh import Mesh
from tui.cache.truncation import Terms
from tui.model.folding import words
from tui.query.fields import Kind, named
from tui.query.tree import Node, Term

_ANSWERS_HELD = 5000
_HEADING, _JOURNAL = named("mh"), named("ta")
_TYPES = "V"
"""The first letter of the places of publication types in the tree."""


class Known:
    """A `query.mapping.Vocabulary`. What it answered is held until somebody writes: each key that is typed asks
    again."""

    def __init__(self, connection: Connection, mesh: Mesh, terms: Terms) -> None:
        self._connection = connection
        self._mesh = mesh
        self._answers: dict[Node, bool] = {}
        self._as_of = (-1, -1)
        self._vocabulary = Vocabulary(mesh.heading, self._under, beginning=terms.beginning)

    def heading(self, text: str) -> str:
        """Without MeSH, a heading is what stands as one on a record."""
        found = self._mesh.heading(text)
        return found or (text if self._none_loaded() and self.found(Term(text, _HEADING, True)) else "")

    def is_type(self, heading: str) -> bool:
        found = self._mesh.named(heading)
        return found is not None and any(number.startswith(_TYPES) for number in found.tree_numbers)

    def journal(self, text: str) -> str:
        sql = "SELECT journal FROM words JOIN record ON pmid = words.rowid WHERE words MATCH ? LIMIT 1"
        rows = self._connection.rows(sql, (expression(Term(text, _JOURNAL, True)),)) if text else []
        return " ".join(words(rows[0][0])) if rows else ""

    def found(self, node: Node) -> bool:
        """Whether the tree finds anything; a heading that MeSH knows counts as found."""
        if isinstance(node, Term) and node.field and node.field.kind is Kind.HEADING and self._is_heading(node):
            return True
        as_of = self._connection.changes()
        if as_of != self._as_of or len(self._answers) > _ANSWERS_HELD:
            self._answers.clear()
            self._as_of = as_of
        if node not in self._answers:
            sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
            self._answers[node] = bool(self._connection.rows(sql, (expression(node, self._vocabulary),)))
        return self._answers[node]

    def _is_heading(self, term: Term) -> bool:
        name, slash, _ = term.text.partition("/")
        return not slash and bool(self._mesh.heading(" ".join(words(name))))

    def _none_loaded(self) -> bool:
        return not self._mesh.version()

    def _under(self, name: str) -> Collection[str]:
        found = self._mesh.named(name)
        return self._mesh.under(found.ui) if found else ()
