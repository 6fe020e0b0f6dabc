"""What the cache knows of words: which of them name a heading or a journal, and what is found at all."""

from __future__ import annotations

from collections.abc import Collection

from tui.cache.compile import Vocabulary, expression
from tui.cache.connection import Connection
from tui.cache.mesh import Mesh
from tui.cache.truncation import Terms
from tui.model.folding import words
from tui.query.fields import Kind, named
from tui.query.qualifiers import qualifier
from tui.query.tree import Node, Term

_ANSWERS_HELD = 5000
_WORDS_WITHOUT_MESH = 3
_HEADING, _JOURNAL = named("mh"), named("ta")
_TYPES = "V"
"""The first letter of the places of publication types in the tree."""


class Known:
    """A `query.mapping.Vocabulary`. What it answered is held until somebody writes: each key that is typed asks
    again."""

    def __init__(self, connection: Connection, mesh: Mesh, terms: Terms) -> None:
        self._connection = connection
        self._mesh = mesh
        self._found: dict[str, bool] = {}
        """By their expressions."""
        self._as_of = (-1, -1)
        self._loaded = False
        self._vocabulary = Vocabulary(mesh.heading, self._under, beginning=terms.beginning)

    def heading(self, text: str) -> str:
        """Without MeSH, a heading is what stands as one on a record."""
        self._look_whether_anybody_wrote()
        if self._loaded:
            return self._mesh.heading(text)
        return text if text and self._any(expression(Term(text, _HEADING, True))) else ""

    def goes_on(self, text: str) -> bool:
        """Without MeSH, headings of up to three words are looked for: more would take time, and only tell the same."""
        self._look_whether_anybody_wrote()
        return self._mesh.goes_on(text) if self._loaded else text.count(" ") < _WORDS_WITHOUT_MESH - 1

    def is_type(self, heading: str) -> bool:
        found = self._mesh.named(heading)
        return found is not None and any(number.startswith(_TYPES) for number in found.tree_numbers)

    def journal(self, text: str) -> str:
        journal = expression(Term(text, _JOURNAL, True))
        self._look_whether_anybody_wrote()
        if not text or not self._any(journal):
            return ""
        sql = "SELECT journal FROM words JOIN record ON pmid = words.rowid WHERE words MATCH ? LIMIT 1"
        return " ".join(words(self._connection.rows(sql, (journal,))[0][0]))

    def found(self, node: Node) -> bool:
        """Whether the tree finds anything; a heading that MeSH knows counts as found."""
        if isinstance(node, Term) and node.field and node.field.kind is Kind.HEADING and self._is_heading(node):
            return True
        self._look_whether_anybody_wrote()
        return self._any(expression(node, self._vocabulary))

    def _any(self, expression: str) -> bool:
        if expression not in self._found:
            if len(self._found) > _ANSWERS_HELD:
                self._found.clear()
            sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
            self._found[expression] = bool(self._connection.rows(sql, (expression,)))
        return self._found[expression]

    def _look_whether_anybody_wrote(self) -> None:
        as_of = self._connection.changes()
        if as_of != self._as_of:
            self._found.clear()
            self._as_of = as_of
            self._loaded = bool(self._mesh.version())

    def _is_heading(self, term: Term) -> bool:
        name, slash, after = term.text.partition("/")
        return bool(self._mesh.heading(" ".join(words(name)))) and (not slash or bool(qualifier(after)))

    def _under(self, name: str) -> Collection[str]:
        found = self._mesh.named(name)
        return self._mesh.under(found.ui) if found else ()
