"""A record made ready to be kept: all that costs time and needs no database, so that other processes can do it.

Entries stand in blocks, in the order of their XML. They are plain values, cheap to hand from process to process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.cache.connection import storable
from tui.cache.keys import Keys
from tui.cache.packing import CODEC, FULL, digest, pack
from tui.cache.terms import columns
from tui.cache.truncation import SHORTEST
from tui.model.results import Kept, Origin

_TOLD = 200_000
"""Words that a packer remembers."""


class Entry(NamedTuple):
    """What is derived of a record, and where its XML stands in its block."""

    pmid: int
    age: tuple[int, int, float]
    """Version, date of revision as yyyymmdd, and when it was retrieved: the greater is the newer copy."""
    origin: Origin
    row: tuple[int | str, ...]
    """What a list shows of it: the columns of the table ``record`` from ``published`` on."""
    words: tuple[str, ...]
    """The columns of the table ``words``."""
    start: int
    length: int
    digest: int
    """Of its XML: see packing.py."""


class Block(NamedTuple):
    """The XML of some records, packed, and what is derived of each."""

    codec: int
    packed: bytes
    entries: tuple[Entry, ...]
    terms: frozenset[str]
    """The words that can be found by their beginning."""


class Packer:
    """Records in, blocks out, in their order."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._told: set[str] = set()
        """Words that earlier blocks have told."""
        self._entries: list[Entry] = []
        self._xmls: list[bytes] = []
        self._size = 0

    def add(self, kept: Kept) -> list[Block]:
        """The block that is full with this record, if it is."""
        self._entries.append(_entry(kept, self._size, self._keys))
        self._xmls.append(kept.xml)
        self._size += len(kept.xml)
        return self.rest() if self._size >= FULL else []

    def rest(self) -> list[Block]:
        """A block of what there is, if there is anything."""
        if not self._entries:
            return []
        block = Block(CODEC, pack(b"".join(self._xmls)), tuple(self._entries), self._new_terms())
        self._entries, self._xmls, self._size = [], [], 0
        return [block]

    def _new_terms(self) -> frozenset[str]:
        terms: set[str] = set()
        for entry in self._entries:
            terms.update(" ".join(entry.words[1:]).split())
        new = frozenset(term for term in terms - self._told if len(term) >= SHORTEST)
        if len(self._told) > _TOLD:
            self._told.clear()
        self._told |= new
        return new


def blocks(records: Iterable[Kept], keys: Keys) -> Iterator[Block]:
    """The records in blocks."""
    packer = Packer(keys)
    for kept in records:
        yield from packer.add(kept)
    yield from packer.rest()


def _entry(kept: Kept, start: int, keys: Keys) -> Entry:
    record = kept.record
    origin = kept.origin
    if not origin.source.isascii():
        origin = origin._replace(source=storable(origin.source))
    version = int(record.version) if record.version.isdecimal() else 1
    authors = record.authors
    row = (
        record.date.sort_key,
        record.journal.abbreviation or (record.book.title if record.book else ""),
        authors[0].short if authors else "",
        len(authors) > 1 or not record.authors_complete,
        record.title,
        record.retracted,
        record.concern,
    )
    age = (version, record.revised.sort_key, origin.retrieved)
    return Entry(record.pmid, age, origin, row, columns(record, keys), start, len(kept.xml), digest(kept.xml))
