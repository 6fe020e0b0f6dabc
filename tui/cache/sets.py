"""Sets of records: exact totals, and how an answer is spread over years, journals and the rest.

The records with a value are read off the index the first time they are asked for, and held as a bitmap until somebody
writes; the records that answer a query are a bitmap too, and counting is intersecting.
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


class Sets:
    """The part of the cache that counts."""

    def __init__(self, connection: Connection, search: Search) -> None:
        self._connection = connection
        self._search = search
        self._members: OrderedDict[str, BitMap] = OrderedDict()
        self._as_of = (-1, -1)

    def tally(self, question: Question) -> tuple[int, dict[int, int]]:
        """How many answer, and how many of them in each year, the earliest first; 0 for those without a year."""
        hits = self.hits(question)
        spread = {year: hits.intersection_cardinality(self._with(f"yr{year:04}")) for year in _YEARS}
        return len(hits), {year: count for year, count in spread.items() if count}

    def hits(self, question: Question) -> BitMap:
        """All that answer."""
        return _bitmap(self._search.hits(question))

    def counts(self, hits: BitMap, keys: Iterable[str]) -> dict[str, int]:
        """How many of these records have each of the keys of the index."""
        return {key: hits.intersection_cardinality(self._with(key)) for key in keys}

    def under(self, names: Iterable[str]) -> dict[str, int]:
        """How many records are found under each of these headings."""
        terms = {name: Term(name, _HEADING, quoted=True) for name in names}
        return {name: self._search.count(self._search.about(term)) for name, term in terms.items()}

    def _with(self, key: str) -> BitMap:
        """The records with a key."""
        as_of = self._connection.changes()
        if as_of != self._as_of:
            self._members.clear()
            self._as_of = as_of
        if key not in self._members:
            sql = "SELECT rowid FROM words WHERE words MATCH ?"
            rows = self._connection.stream(sql, (f'keys : "{key}"',))
            self._members[key] = _bitmap(pmid for (pmid,) in rows)
            if len(self._members) > _HELD:
                self._members.popitem(last=False)
        self._members.move_to_end(key)
        return self._members[key]


def _bitmap(pmids: Iterable[int]) -> BitMap:
    found = BitMap()
    remaining = iter(pmids)
    while some := list(islice(remaining, _BEGUN)):
        found.update(some)
    return found
