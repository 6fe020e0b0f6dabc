"""The order of best match: BM25 over weighted columns where that is quickly had, else the likeliest by their titles.

FTS5's own `bm25` looks at every record that answers, and at every record that holds one of the words: its time grows
with the cache. So it orders exactly what answers in a cache of some thousands of records, and what answers to rare
words in any. Beyond, the newest of those that answer by their titles come first, the shorter title and the more telling
words before the others, then the newest of all.
"""

from __future__ import annotations

import math
from collections import Counter

from tui.cache.compile import expression as compiled
from tui.cache.compile import in_titles
from tui.cache.connection import Connection
from tui.cache.terms import WEIGHTS
from tui.model.folding import words
from tui.query.tree import Node, Term, leaves

_EXACT_HITS = 3_000
"""Answers that are ordered exactly, in a cache of no more than EXACT_RECORDS records."""
_EXACT_RECORDS = 20_000
_RARE = 300
"""Answers that are ordered exactly in any cache, where each of the words stands in no more than HELD records."""
_HELD = 5_000
_CANDIDATES = 300
"""Title hits that are weighed: the newest."""

_MATCH = "words WHERE words MATCH ?2"
_HITS = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
_BM25 = " ".join(
    (
        "SELECT rowid FROM words WHERE words MATCH ?",
        f"ORDER BY bm25(words, {', '.join(WEIGHTS)}), rowid DESC",  # numbers of a function cannot be bound
        "LIMIT ? OFFSET ?",
    )
)


class BestMatch:
    """Orders what answers an expression."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._as_of = (-1, -1)
        self._few = False

    def page(self, expression: str, node: Node, limit: int, offset: int) -> tuple[int, ...]:
        """A page of the answers, the best first."""
        if self.exact(expression, node):
            return self._found(_BM25, expression, limit, offset)
        likely = self._likely(expression, node)
        page = likely[offset : offset + limit]
        if len(page) < limit:
            known = set(likely)
            rest = self._found(_HITS, expression, offset + limit + len(likely))
            others = [pmid for pmid in rest if pmid not in known]
            page += others[max(0, offset - len(likely)) :][: limit - len(page)]
        return tuple(page)

    def exact(self, expression: str, node: Node) -> bool:
        """Whether all that answer are weighed, and not only the likeliest among them."""
        as_of = self._connection.changes()
        if as_of != self._as_of:
            self._as_of = as_of
            self._few = self._counted("record", _EXACT_RECORDS) <= _EXACT_RECORDS
        hits = self._counted(_MATCH, _EXACT_HITS if self._few else _RARE, expression)
        if self._few:
            return hits <= _EXACT_HITS
        terms = [leaf for leaf in leaves(node) if isinstance(leaf, Term)]
        return hits <= _RARE and all(self._counted(_MATCH, _HELD, compiled(term)) <= _HELD for term in terms)

    def _counted(self, of: str, most: int, *bindings: str) -> int:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {of} LIMIT ?1)"  # noqa: S608 - only literals come in
        return int(self._connection.rows(sql, (most + 1, *bindings))[0][0])

    def _found(self, sql: str, *bindings: int | str) -> tuple[int, ...]:
        return tuple(pmid for (pmid,) in self._connection.rows(sql, bindings))

    def _likely(self, expression: str, node: Node) -> list[int]:
        """The newest of those that answer by their titles, the best first."""
        titles = in_titles(node)
        if not titles:
            return []
        found = self._found(_HITS, f"({expression}) AND ({titles})", _CANDIDATES)
        rows = self._connection.each("SELECT pmid, title FROM record WHERE pmid = ?", [(pmid,) for pmid in found])
        asked = {word for leaf in leaves(node) if isinstance(leaf, Term) for word in words(leaf.text)}
        held = {pmid: words(title) for pmid, title in rows}
        spread = Counter(word for title in held.values() for word in asked.intersection(title))
        telling = {word: math.log(1 + len(held) / count) for word, count in spread.items()}

        def weight(pmid: int) -> float:
            title = held.get(pmid, [])
            return sum(telling[word] for word in asked.intersection(title)) / math.sqrt(len(title) or 1)

        return sorted(found, key=lambda pmid: (-weight(pmid), -pmid))
