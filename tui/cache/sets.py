"""Sets of records: exact totals, and how an answer is spread over years, journals and the rest.

The records with a value are read off the index the first time they are asked for, and held as a bitmap until the index
is written; the records that answer a query are a bitmap too, and counting is intersecting.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from itertools import islice

from pyroaring import BitMap

from tui.cache.connection import Connection
from tui.cache.search import Question, Search
from tui.query.fields import named
from tui.query.tree import Term

_HELD = 3000
"""Bitmaps held: those of most values hold few records."""
_HEADING = named("mh")
_YEARS = (0, *range(1500, 2101))
"""Years that dates are read with; 0 for none."""
_BEGUN = 10_000
"""PMIDs taken into a bitmap at a time."""
_SOON = 20_000
"""Records whose years are read in a moment."""
_KEPT = "SELECT count(*) FROM (SELECT 1 FROM record LIMIT ?)"
_INDEX_STATE = "SELECT block FROM words_data WHERE id IN (1, 10)"
"""The totals and the list of segments of the index (fts5_index.c, "averages" and "structure" records): one of them
differs after every write to it."""


class Sets:
    """The part of the cache that counts."""

    def __init__(self, connection: Connection, search: Search) -> None:
        self._connection = connection
        self._search = search
        self._held: OrderedDict[str, BitMap] = OrderedDict()
        self._years: dict[int, BitMap] = {}
        self._changes = (-1, -1)
        self._index_state: list[tuple[object, ...]] = []

    @property
    def ready(self) -> bool:
        """Whether a tally of a few answers is quick: the years of all that is kept are known, or soon read."""
        self._look_for_changes()
        return bool(self._years) or self._connection.rows(_KEPT, (_SOON,))[0][0] < _SOON

    def tally(self, question: Question) -> tuple[int, dict[int, int]]:
        """How many answer, and how many of them in each year, the earliest first; 0 for those without a year."""
        hits = self.hits(question)
        self._look_for_changes()
        if not self._years:
            every = {year: self._read(f'keys : "yr{year:04}"') for year in _YEARS}
            self._years = {year: records for year, records in every.items() if records}
        spread = {year: hits.intersection_cardinality(records) for year, records in self._years.items()}
        return len(hits), {year: count for year, count in spread.items() if count}

    def hits(self, question: Question) -> BitMap:
        """All that answer."""
        return _bitmap(self._search.hits(question))

    def counts(self, hits: BitMap, expressions: Iterable[str]) -> dict[str, int]:
        """How many of these records answer each of these expressions, which are `Question.expression`."""
        self._look_for_changes()
        return {each: hits.intersection_cardinality(self._with(each)) for each in expressions}

    def under(self, names: Iterable[str]) -> dict[str, int]:
        """How many records are found under each of these headings."""
        terms = {name: Term(name, _HEADING, quoted=True) for name in names}
        return {name: self._search.count(self._search.about(term)) for name, term in terms.items()}

    def _look_for_changes(self) -> None:
        """Forget what was held where the index was written since."""
        changes = self._connection.changes()
        if changes == self._changes:
            return
        self._changes = changes
        state = self._connection.rows(_INDEX_STATE)  # a search that was noted, a record that was seen: no new words
        if state != self._index_state:
            self._index_state = state
            self._held.clear()
            self._years = {}

    def _with(self, expression: str) -> BitMap:
        """The records that answer an expression."""
        if expression not in self._held:
            self._held[expression] = self._read(expression)
            if len(self._held) > _HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(expression)
        return self._held[expression]

    def _read(self, expression: str) -> BitMap:
        if not expression:
            return BitMap()
        rows = self._connection.stream("SELECT rowid FROM words WHERE words MATCH ?", (expression,))
        return _bitmap(pmid for (pmid,) in rows)


def _bitmap(pmids: Iterable[int]) -> BitMap:
    found = BitMap()
    remaining = iter(pmids)
    while some := list(islice(remaining, _BEGUN)):
        found.update(some)
    return found
