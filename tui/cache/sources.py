"""The original XML of each record: in which block it stands, and where there.

A block is written once and never changed. What is put again goes into a new one, and a block in which nothing stands
any more is deleted; how many records stand in each is kept apart from it, as SQLite writes a whole row anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tui.cache.connection import Connection
from tui.cache.packing import CODEC, FULL, digest, pack, unpack, unpack_to

if TYPE_CHECKING:
    from tui.cache.entries import Block, Entry

_TOLD = 10


class Place(NamedTuple):
    """Where the XML of a record stands."""

    block: int
    start: int
    length: int
    digest: int

    def of(self, xml: bytes) -> bytes | None:
        """The record's own part of a block; None where it is not what was stored there."""
        own = xml[self.start : self.start + self.length]
        return own if len(own) == self.length and digest(own) == self.digest else None


class Sources:
    """The part of the cache that holds XML; what calls it holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def same(self, entries: Iterable[Entry]) -> set[int]:
        """Those of these of which just this XML is kept, by its length and digest."""
        rows = self._connection.each(
            "SELECT pmid FROM source WHERE pmid = ? AND length = ? AND digest = ?",
            [(entry.pmid, entry.length, entry.digest) for entry in entries],
        )
        return {pmid for (pmid,) in rows}

    def read(self, places: Mapping[int, Place]) -> dict[int, bytes]:
        """The XML that stands at each place, by PMID. Raises Damaged where it is not what was stored there.

        Of a block, no more is unpacked than has to be.
        """
        wanted: defaultdict[int, list[int]] = defaultdict(list)
        for pmid, place in places.items():
            wanted[place.block].append(pmid)
        found: dict[int, bytes] = {}
        blocks = self._connection.each(
            "SELECT id, codec, data FROM block WHERE id = ?", [(id,) for id in wanted], types=(int, int, bytes)
        )
        for id, codec, packed in blocks:
            xml = unpack_to(codec, packed, max(places[pmid].start + places[pmid].length for pmid in wanted[id]))
            for pmid in wanted[id]:
                own = places[pmid].of(xml)
                if own is not None:
                    found[pmid] = own
        if len(found) < len(places):
            raise self._connection.found_damaged()
        return found

    def put(self, block: Block, entries: Sequence[Entry]) -> None:
        """Keep those of a block's entries: the block as it is where they are all, else a new one of them alone.

        None of them may be kept already: `release` them before.
        """
        if len(entries) == len(block.entries):
            places = [(entry.pmid, entry.start, entry.length, entry.digest) for entry in entries]
            self._insert(block.codec, block.packed, places)
        elif entries:
            xml = unpack(block.codec, block.packed) or b""
            self.add((entry.pmid, xml[entry.start : entry.start + entry.length]) for entry in entries)

    def add(self, xmls: Iterable[tuple[int, bytes]]) -> None:
        """Keep the XML of records of which none is kept, in as many blocks as they need."""
        places: list[tuple[int, int, int, int]] = []
        parts: list[bytes] = []
        size = 0
        for pmid, xml in xmls:
            places.append((pmid, size, len(xml), digest(xml)))
            parts.append(xml)
            size += len(xml)
            if size >= FULL:
                self._insert(CODEC, pack(b"".join(parts)), places)
                places, parts, size = [], [], 0
        if places:
            self._insert(CODEC, pack(b"".join(parts)), places)

    def _insert(self, codec: int, packed: bytes, places: list[tuple[int, int, int, int]]) -> None:
        ((id,),) = self._connection.rows("INSERT INTO block (codec, data) VALUES (?, ?) RETURNING id", (codec, packed))
        self._connection.rows("INSERT INTO live VALUES (?, ?)", (id, len(places)))
        self._connection.each(
            "INSERT INTO source (block, pmid, start, length, digest) VALUES (?, ?, ?, ?, ?)",
            [(id, *place) for place in places],
        )

    def release(self, pmids: Iterable[int]) -> None:
        """Forget the XML of these, and the blocks in which none is left."""
        keys = [(pmid,) for pmid in pmids]
        left = self._connection.each("DELETE FROM source WHERE pmid = ? RETURNING block", keys)
        gone = [(count, id) for (id,), count in Counter(left).items()]
        empty = self._connection.each(
            "UPDATE live SET records = records - ? WHERE block = ? RETURNING records, block", gone
        )
        ids = [(id,) for records, id in empty if records <= 0]
        self._connection.each("DELETE FROM block WHERE id = ?", ids)
        self._connection.each("DELETE FROM live WHERE block = ?", ids)

    def faults(self) -> Iterator[str]:
        """What is not as it was stored, a sentence each, the first ten; every block is read."""
        return islice(self._faults(), _TOLD)

    def _faults(self) -> Iterator[str]:
        for (id,) in self._connection.rows("SELECT id FROM block EXCEPT SELECT block FROM source"):
            yield f"Nothing is known of what stands in block {id}."
        stored = self._connection.stream("SELECT block, pmid, start, length, digest FROM source ORDER BY block, start")
        for id, rows in groupby(stored, key=itemgetter(0)):
            kept = self._connection.rows("SELECT codec, data FROM block WHERE id = ?", (id,), types=(int, bytes))
            xml = unpack(*kept[0]) if kept else None
            count = 0
            for _, pmid, *place in rows:
                count += 1
                if xml is None or Place(id, *place).of(xml) is None:
                    yield f"The XML of PMID {pmid} is not what was stored."
            if self._connection.rows("SELECT records FROM live WHERE block = ?", (id,)) != [(count,)]:
                yield f"Block {id} holds another number of records than is noted."
