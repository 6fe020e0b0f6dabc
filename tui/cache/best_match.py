"""The order of best match: BM25 over weighted columns where that is quickly had, else the likeliest by their titles.

FTS5's own `bm25` looks at every record that answers, and at every record that holds one of the words: its time grows
with the cache. So it orders exactly what answers in a cache of some thousands of records, and what answers to rare
words in any. Beyond, the newest answers are looked at: those that answer by their titles come first, the shorter title
and the more telling words before the others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from tui.cache.connection import Connection
from tui.cache.terms import WEIGHTS
from tui.model.folding import words
from tui.query.fields import ALL_FIELDS, Kind, named
from tui.query.tree import Combination, Node, Term, leaves

_EXACT_HITS = 3_000
"""Answers that are ordered exactly, in a cache of no more than EXACT_RECORDS records."""
_EXACT_RECORDS = 20_000
_RARE = 300
"""Answers that are ordered exactly in any cache, where each of the words stands in no more than HELD records."""
_HELD = 5_000
_NEWEST = 1_000
"""Answers among which the likeliest are looked for, where not all are weighed."""
_CANDIDATES = 100
"""Title hits that are weighed."""

_TITLE = named("ti")
_NEWEST_HITS = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?"
_COUNTED = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
_HITS_SINCE = "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?"
_BM25 = " ".join(
    (
        "SELECT rowid FROM words WHERE words MATCH ?",
        f"ORDER BY bm25(words, {', '.join(WEIGHTS)}), rowid DESC",  # numbers of a function cannot be bound
        "LIMIT ? OFFSET ?",
    )
)


class _Looked(NamedTuple):
    """What was found out about the answers to an expression."""

    expression: str
    as_of: tuple[int, int]
    known: int
    """How many there are, counted as far as was needed."""
    exact: bool
    likely: tuple[int, ...]
    """Where they are not ordered exactly: the first of them, in their order."""


class BestMatch:
    """Orders what answers an expression; `compiled` makes one of a tree."""

    def __init__(self, connection: Connection, compiled: Callable[[Node], str]) -> None:
        self._connection = connection
        self._compiled = compiled
        self._few = False
        self._last: _Looked | None = None

    def page(self, expression: str, node: Node, limit: int, offset: int) -> tuple[int, ...]:
        """A page of the answers, the best first."""
        looked = self._look(expression, node)
        if not looked.known:
            return ()
        if looked.exact:
            if _titled(node) is None:  # nothing to weigh
                return self._found(_NEWEST_HITS, expression, limit, offset)
            return self._found(_BM25, expression, limit, offset)
        page = looked.likely[offset : offset + limit]
        if len(page) < limit and len(looked.likely) == _NEWEST:
            page += self._found(_NEWEST_HITS, expression, limit - len(page), max(offset, _NEWEST))
        return page

    def exact(self, expression: str, node: Node) -> bool:
        """Whether all that answer are weighed, and not only the likeliest among them."""
        return self._look(expression, node).exact

    def known(self, expression: str, node: Node, most: int) -> int:
        """How many answer, as far as they were looked at: no more than `most`, which is no more than there are looked
        at."""
        return min(most, self._look(expression, node).known)

    def _look(self, expression: str, node: Node) -> _Looked:
        """Looked at once for all pages of an answer."""
        as_of = self._connection.changes()
        if self._last is None or self._last.as_of != as_of:
            few = "SELECT count(*) FROM (SELECT 1 FROM record LIMIT ?)"
            self._few = self._connection.rows(few, (_EXACT_RECORDS + 1,))[0][0] <= _EXACT_RECORDS
        elif self._last.expression == expression:
            return self._last
        newest = self._found(_NEWEST_HITS, expression, _EXACT_HITS + 1 if self._few else _NEWEST + 1, 0)
        exact = len(newest) <= _EXACT_HITS if self._few else not newest or (len(newest) <= _RARE and self._rare(node))
        likely = () if exact else self._likely(newest[:_NEWEST], node)
        self._last = _Looked(expression, as_of, len(newest), exact, likely)
        return self._last

    def _rare(self, node: Node) -> bool:
        """Whether each of the words stands in few records."""
        titles = _titled(node)
        texts = [leaf.text for leaf in leaves(titles) if isinstance(leaf, Term)] if titles is not None else []
        asked = {word for text in texts for word in text.split()}
        terms = (self._compiled(Term(word, ALL_FIELDS)) for word in asked)
        return all(self._connection.rows(_COUNTED, (term, _HELD + 1))[0][0] <= _HELD for term in terms)

    def _found(self, sql: str, *bindings: int | str) -> tuple[int, ...]:
        return tuple(pmid for (pmid,) in self._connection.rows(sql, bindings))

    def _likely(self, newest: tuple[int, ...], node: Node) -> tuple[int, ...]:
        """The same records, those that answer by their titles first."""
        titles = _titled(node)
        if titles is None:
            return newest
        if len(newest) < _NEWEST:  # to find so few again would be to go through the whole index again
            hits = newest[:_CANDIDATES]
        else:
            found = self._found(_HITS_SINCE, self._compiled(titles), newest[-1], _CANDIDATES)
            hits = tuple(set(newest).intersection(found))
        rows = self._connection.each("SELECT pmid, title FROM record WHERE pmid = ?", [(pmid,) for pmid in hits])
        asked = {word for leaf in leaves(titles) if isinstance(leaf, Term) for word in words(leaf.text)}
        held = {pmid: words(title) for pmid, title in rows}
        spread = Counter(word for title in held.values() for word in asked.intersection(title))
        telling = {word: math.log(1 + len(held) / count) for word, count in spread.items()}
        weights = {
            pmid: sum(telling[word] for word in asked.intersection(title)) / math.sqrt(len(title) or 1)
            for pmid, title in held.items()
        }
        weighed = [pmid for pmid in held if weights[pmid]]
        best = sorted(weighed, key=lambda pmid: (-weights[pmid], -pmid))
        return (*best, *(pmid for pmid in newest if not weights.get(pmid)))


def _titled(node: Node) -> Node | None:
    """What the tree looks for by words, looked for in titles."""
    match node:
        case Combination("NOT", parts):
            return _titled(parts[0])
        case Combination(operator, parts):
            found = [part for part in map(_titled, parts) if part is not None]
            return Combination(operator, tuple(found)) if len(found) > 1 else found[0] if found else None
        case Term(_, field) if field is not None and field.kind is Kind.TEXT:
            return node._replace(field=_TITLE)
    return None
