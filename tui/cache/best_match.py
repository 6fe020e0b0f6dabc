"""The order of best match: BM25 over weighted columns where that is quickly had, else the likeliest by their titles.

FTS5's own `bm25` looks at every record that answers, and at every record that holds one of the words: its time grows
with the cache. So it orders answers up to some thousands, in caches up to some ten thousands of records, exactly.
Beyond, the newest of those that answer by their titles come first, the shorter title and the more telling words before
the others, then the newest of all.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from tui.cache.compile import in_titles
from tui.cache.connection import Connection
from tui.cache.terms import WEIGHTS
from tui.model.folding import words
from tui.query.tree import Node, Term, leaves

_EXACT_HITS = 3_000
"""Answers that are ordered exactly."""
_EXACT_RECORDS = 50_000
"""Records kept, up to which the walk over all that hold a word is short."""
_CANDIDATES = 1_500
"""Of title hits, and of all hits: the newest of each are looked at."""

_HITS = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
_BM25 = " ".join(
    (
        "SELECT rowid FROM words WHERE words MATCH ?",
        f"ORDER BY bm25(words, {', '.join(WEIGHTS)}), rowid DESC",  # numbers of a function cannot be bound
        "LIMIT ? OFFSET ?",
    )
)


class Ordered(NamedTuple):
    """A page in the order of best match."""

    pmids: tuple[int, ...]
    exact: bool
    """Whether all that answer were weighed."""


def best(connection: Connection, expression: str, node: Node | None, limit: int, offset: int) -> Ordered:
    """A page of what answers an expression, that which answers it best first."""
    counted = "SELECT count(*) FROM (SELECT 1 FROM {} LIMIT ?)"
    small = connection.rows(counted.format("record"), (_EXACT_RECORDS + 1,))[0][0] <= _EXACT_RECORDS
    hits = connection.rows(counted.format("words WHERE words MATCH ?"), (expression, _EXACT_HITS + 1))[0][0]
    if small and hits <= _EXACT_HITS:
        rows = connection.rows(_BM25, (expression, limit, offset)) if limit else []
        return Ordered(tuple(pmid for (pmid,) in rows), True)
    likely = _likely(connection, expression, node) if limit else []
    found = likely[offset : offset + limit]
    if len(found) < limit:
        rest = connection.rows(_HITS, (expression, offset + limit + len(likely)))
        known = set(likely)
        others = [pmid for (pmid,) in rest if pmid not in known]
        found += others[max(0, offset - len(likely)) :][: limit - len(found)]
    return Ordered(tuple(found), False)


def _likely(connection: Connection, expression: str, node: Node | None) -> list[int]:
    """Title hits, the best first."""
    titles = in_titles(node) if node is not None else ""
    if not titles:
        return []
    found = [pmid for (pmid,) in connection.rows(_HITS, (f"({expression}) AND ({titles})", _CANDIDATES))]
    rows = connection.each("SELECT pmid, title FROM record WHERE pmid = ?", [(pmid,) for pmid in found])
    asked = {word for leaf in leaves(node) if isinstance(leaf, Term) for word in words(leaf.text)} if node else set()
    held = {pmid: words(title) for pmid, title in rows}
    spread = Counter(word for title in held.values() for word in asked.intersection(title))
    telling = {word: math.log(1 + len(held) / count) for word, count in spread.items()}

    def weight(pmid: int) -> float:
        title = held.get(pmid, [])
        return sum(telling[word] for word in asked.intersection(title)) / math.sqrt(len(title) or 1)

    return sorted(found, key=lambda pmid: (-weight(pmid), -pmid))
