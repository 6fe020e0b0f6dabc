"""Records: keeping them, and giving back their XML or the columns a list shows.

Of two copies of a record the one of the higher version stays, then the one revised later, then the one retrieved
later. What was retrieved again without any change only becomes fresher.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

from tui.cache.connection import Connection
from tui.cache.entries import Block, Entry, blocks
from tui.cache.keys import Keys
from tui.cache.sources import Place, Sources
from tui.cache.truncation import Terms
from tui.cache.withdrawn import Withdrawn
from tui.model.results import Kept, Origin, Row

Order = Literal["pmid", "newest", "seen"]

_CHUNK = 100
_FAULTS_TOLD = 10

_ORDERS = {
    "pmid": ("SELECT pmid FROM record ORDER BY pmid",),
    "newest": ("SELECT pmid FROM record ORDER BY pmid DESC",),
    "seen": (
        "SELECT pmid FROM record WHERE seen > 0 ORDER BY seen DESC, pmid DESC",
        "SELECT pmid FROM record WHERE seen = 0 ORDER BY pmid DESC",
    ),
}
_KEEP = """
    INSERT INTO record (pmid, version, revised, retrieved, origin, seen,
        published, journal, author, more_authors, title, retracted, concern)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (pmid) DO UPDATE SET version = excluded.version, revised = excluded.revised,
        retrieved = excluded.retrieved, origin = excluded.origin, seen = max(seen, excluded.seen),
        published = excluded.published, journal = excluded.journal, author = excluded.author,
        more_authors = excluded.more_authors, title = excluded.title, retracted = excluded.retracted,
        concern = excluded.concern
"""
_INDEX = """
    INSERT OR REPLACE INTO words (rowid, keys, abstract, title, keywords, vocabulary, affiliations, names, source,
        grants, ids, "groups", vernacular, interests)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SEEN = "UPDATE record SET seen = max(seen, ?) WHERE pmid = ?"


class PutResult(NamedTuple):
    """What became of the records that were put; a PMID that comes twice is counted for both."""

    stored: int
    """New ones and newer ones."""
    unchanged: int
    """Kept already; now known to be as fresh as this."""
    older: int
    """Not stored, as a newer copy is kept."""


class StoredXml(NamedTuple):
    """A record as it was received."""

    xml: bytes
    origin: Origin
    seen: float
    """When it was last shown or listed, Unix time; 0 for never."""


class CacheInfo(NamedTuple):
    """What there is."""

    records: int
    bytes: int
    """On disk, what is not yet moved into the main file included."""
    oldest: float
    """The first and the last retrieval among the kept records, Unix time; 0 where there is none."""
    newest: float
    schema: int
    path: Path


class Records:
    """The part of the cache that holds records."""

    def __init__(self, connection: Connection, keys: Callable[[], Keys] = Keys) -> None:
        self._connection = connection
        self._keys = keys
        self._sources = Sources(connection)
        self._terms = Terms(connection)
        self._withdrawn = Withdrawn(connection)

    def put(self, records: Iterable[Kept], *, seen: bool = True) -> PutResult:
        """Keep records, all or none; up to some thousands at once.

        With `seen` they also count as shown when they were retrieved; a bulk import says False.
        """
        return self.put_blocks(blocks(records, self._keys()), seen=seen)

    def put_blocks(self, blocks: Iterable[Block], *, seen: bool = True, edition: int | None = None) -> PutResult:
        """The same for records that were made ready, by `tui.cache.entries.blocks`, somewhere else.

        Those of a file, at `edition` among NLM's or 0, are older as well where they were withdrawn since.
        """
        held = list(blocks)
        try:
            return self._put(held, seen, edition)
        except BaseException:
            self._terms.forget()
            raise

    def _put(self, held: Sequence[Block], seen: bool, edition: int | None) -> PutResult:
        entries = [entry for block in held for entry in block.entries]
        connection = self._connection
        with connection.transaction():
            refused = self._refused(entries, edition)
            before = {
                pmid: (version, revised, retrieved)
                for pmid, version, revised, retrieved in connection.each(
                    "SELECT pmid, version, revised, retrieved FROM record WHERE pmid = ?",
                    _keys({entry.pmid for entry in entries}),
                    types=(int, int, int, float),
                )
            }
            newest = dict(before)
            taken: dict[int, Entry] = {}
            for entry in entries:
                if entry.pmid not in refused and (entry.pmid not in newest or entry.age >= newest[entry.pmid]):
                    newest[entry.pmid], taken[entry.pmid] = entry.age, entry
            known = [pmid for pmid in taken if pmid in before]
            stored = self._sources.same(taken[pmid] for pmid in known)
            same = self._indexed({pmid for pmid in stored if taken[pmid].age[:2] == before[pmid][:2]})
            changed = {pmid: entry for pmid, entry in taken.items() if pmid not in same}
            self._sources.release(pmid for pmid in known if pmid not in stored)
            for block in held:
                new = (entry for entry in block.entries if entry.pmid not in stored)
                self._sources.put(block, [entry for entry in new if changed.get(entry.pmid) is entry])
                self._terms.put(block.terms)
            connection.each(_KEEP, [_row(entry, seen) for entry in changed.values()])
            connection.each(_INDEX, [(pmid, *entry.words) for pmid, entry in changed.items()])
            connection.each(
                "UPDATE record SET retrieved = ?, origin = ? WHERE pmid = ?",
                [(taken[pmid].origin.retrieved, taken[pmid].origin.source, pmid) for pmid in same],
            )
            if seen:
                connection.each(_SEEN, [(entry.origin.retrieved, entry.pmid) for entry in entries])
            connection.each("DELETE FROM page WHERE pmid = ?", _keys(known))
            connection.each("DELETE FROM stale WHERE pmid = ?", _keys(known))
            if connection.rows("SELECT 1 FROM missing LIMIT 1"):
                connection.each("DELETE FROM missing WHERE pmid = ?", _keys(taken))
        return PutResult(len(changed), len(same), len(entries) - len(taken))

    def _refused(self, entries: Sequence[Entry], edition: int | None) -> Collection[int]:
        """Those that were withdrawn, as far as they come from a file."""
        if edition is not None:
            return self._withdrawn.refused(entries, edition)
        self._withdrawn.forget(entry.pmid for entry in entries)
        return ()

    def _indexed(self, pmids: Set[int]) -> Set[int]:
        """Those of these that need not be indexed again."""
        return pmids - {
            pmid for (pmid,) in self._connection.each("SELECT pmid FROM stale WHERE pmid = ?", _keys(pmids))
        }

    def get(self, pmid: int) -> StoredXml | None:
        return self.get_many((pmid,)).get(pmid)

    def get_many(self, pmids: Iterable[int]) -> dict[int, StoredXml]:
        """Those of the records that are kept. Raises Damaged where the stored XML is not what was stored."""
        rows = self._connection.each(
            "SELECT pmid, block, start, length, digest, origin, retrieved, seen "
            "FROM source JOIN record USING (pmid) WHERE pmid = ?",
            _keys(pmids),
            types=(int, int, int, int, int, str, float, float),
        )
        xml = self._sources.read({pmid: Place(*place) for pmid, *place, _, _, _ in rows})
        return {pmid: StoredXml(xml[pmid], Origin(*origin), seen) for pmid, _, _, _, _, *origin, seen in rows}

    def iter_xml(self, pmids: Iterable[int]) -> Iterator[tuple[int, StoredXml]]:
        """Those of the records that are kept, in the order asked, at constant memory."""
        remaining = iter(pmids)
        while chunk := list(islice(remaining, _CHUNK)):
            found = self.get_many(chunk)
            yield from ((pmid, found[pmid]) for pmid in chunk if pmid in found)

    def rows(self, pmids: Iterable[int]) -> dict[int, Row]:
        """What a list shows of those records that are kept; no XML is read."""
        found = self._connection.each(
            "SELECT pmid, published, journal, author, more_authors, title, retracted, concern "
            "FROM record WHERE pmid = ?",
            _keys(pmids),
            types=(int, int, str, str, int, str, int, int),
        )
        return {
            pmid: Row(pmid, published // 10000, journal, author, bool(more), title, bool(retracted), bool(concern))
            for pmid, published, journal, author, more, title, retracted, concern in found
        }

    def origins(self, pmids: Iterable[int]) -> dict[int, str]:
        """From where those of these are that are kept: PubMed, or the name of a file."""
        sql = "SELECT pmid, origin FROM record WHERE pmid = ?"
        return dict(self._connection.each(sql, _keys(pmids), types=(int, str)))

    def has(self, pmids: Iterable[int]) -> set[int]:
        return set(self.retrieved(pmids))

    def retrieved(self, pmids: Iterable[int]) -> dict[int, float]:
        """When those records that are kept were retrieved, Unix time."""
        return self._times("SELECT pmid, retrieved FROM record WHERE pmid = ?", pmids)

    def mark_seen(self, pmids: Iterable[int], when: float) -> None:
        """Note that records were shown or listed."""
        with self._connection.transaction():
            self._connection.each(_SEEN, [(when, *key) for key in _keys(pmids)])

    def withdraw(self, pmids: Iterable[int], source: str, edition: int, revised: int) -> int:
        """Forget records that a file names in its DeleteCitation, for good; how many there were. See `Withdrawn`."""
        gone = [pmid for (pmid,) in _keys(pmids)]
        with self._connection.transaction():
            self._withdrawn.note(gone, source, edition, revised)
            return self.delete(gone)

    def delete(self, pmids: Iterable[int]) -> int:
        """Forget records; how many there were."""
        keys = _keys(pmids)
        with self._connection.transaction():
            held = len(self._connection.each("DELETE FROM record WHERE pmid = ? RETURNING pmid", keys))
            for sql in (
                "DELETE FROM words WHERE rowid = ?",
                "DELETE FROM page WHERE pmid = ?",
                "DELETE FROM stale WHERE pmid = ?",
            ):
                self._connection.each(sql, keys)
            self._sources.release(pmid for (pmid,) in keys)
        return held

    def missing(self, pmids: Iterable[int]) -> dict[int, float]:
        """Which of these PubMed did not return when it was last asked, and when that was."""
        return self._times("SELECT pmid, noted FROM missing WHERE pmid = ?", pmids)

    def _times(self, sql: str, pmids: Iterable[int]) -> dict[int, float]:
        return dict(self._connection.each(sql, _keys(pmids), types=(int, float)))

    def note_missing(self, pmids: Iterable[int], when: float) -> None:
        """Note that PubMed was asked for these and did not return them; a record that is put is missing no more."""
        with self._connection.transaction():
            self._connection.each("REPLACE INTO missing VALUES (?, ?)", [(*key, when) for key in _keys(pmids)])

    def stale(self, limit: int) -> tuple[int, ...]:
        """Kept records whose XML has to be parsed again: get them, parse them, put them."""
        rows = self._connection.rows("SELECT pmid FROM stale ORDER BY pmid DESC LIMIT ?", (limit,))
        return tuple(pmid for (pmid,) in rows)

    def pmids(self, order: Order = "seen") -> Iterator[int]:
        """All that is kept, at constant memory; `seen`: last seen first, then those never seen, newest first."""
        for sql in _ORDERS[order]:
            for (pmid,) in self._connection.stream(sql):
                yield pmid

    def info(self) -> CacheInfo:
        connection = self._connection
        (count, oldest, newest) = connection.rows("SELECT count(*), min(retrieved), max(retrieved) FROM record")[0]
        parts = (connection.path, connection.path.with_name(connection.path.name + "-wal"))
        size = sum(part.stat().st_size for part in parts if part.exists())
        schema = connection.rows("PRAGMA user_version")[0][0]
        return CacheInfo(count, size, oldest or 0.0, newest or 0.0, schema, connection.path)

    def faults(self) -> Iterator[str]:
        """What does not fit together among the tables, a sentence each, the first ten of each kind."""
        yield from self._pairs(
            "The record of PMID {} has no XML.", "SELECT pmid FROM record EXCEPT SELECT pmid FROM source LIMIT ?"
        )
        yield from self._pairs(
            "The XML of PMID {} has no record.", "SELECT pmid FROM source EXCEPT SELECT pmid FROM record LIMIT ?"
        )
        yield from self._pairs(
            "The words of PMID {} cannot be searched.",
            "SELECT pmid FROM record EXCEPT SELECT id FROM words_docsize EXCEPT SELECT pmid FROM stale LIMIT ?",
        )
        yield from self._sources.faults()

    def _pairs(self, sentence: str, sql: str) -> Iterator[str]:
        return (sentence.format(pmid) for (pmid,) in self._connection.rows(sql, (_FAULTS_TOLD,)))


def _keys(pmids: Iterable[int]) -> list[tuple[int]]:
    return [(pmid,) for pmid in pmids if 0 < pmid < 2**63]


def _row(entry: Entry, seen: bool) -> tuple[int | float | str, ...]:
    version, revised, retrieved = entry.age
    source = entry.origin.source
    return (entry.pmid, version, revised, retrieved, source, retrieved if seen else 0.0, *entry.row)
