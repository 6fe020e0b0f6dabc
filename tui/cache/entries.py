"""A record made ready to be kept: all that costs time and needs no database, so that other processes can do it.

Entries stand in blocks, in the order of their XML. They are plain values, cheap to hand from process to process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.cache.connection import storable
from tui.cache.packing import CODEC, FULL, digest, pack
from tui.cache.terms import Broader, columns, unexploded
from tui.cache.truncation import SHORTEST
from tui.model.results import Kept, Origin


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
    """Records in, blocks out, in their order; with `broader` they are found under broader headings too."""

    def __init__(self, broader: Broader = unexploded) -> None:
        self._broader = broader
        self._entries: list[Entry] = []
        self._xmls: list[bytes] = []
        self._size = 0

    def add(self, kept: Kept) -> list[Block]:
        """The block that is full with this record, if it is."""
        self._entries.append(_entry(kept, self._size, self._broader))
        self._xmls.append(kept.xml)
        self._size += len(kept.xml)
        return self.rest() if self._size >= FULL else []

    def rest(self) -> list[Block]:
        """A block of what there is, if there is anything."""
        if not self._entries:
            return []
        block = _block(self._entries, self._xmls)
        self._entries, self._xmls, self._size = [], [], 0
        return [block]


def blocks(records: Iterable[Kept], broader: Broader = unexploded) -> Iterator[Block]:
    """The records in blocks."""
    packer = Packer(broader)
    for kept in records:
        yield from packer.add(kept)
    yield from packer.rest()


def _block(entries: Sequence[Entry], xmls: Iterable[bytes]) -> Block:
    terms = {word for entry in entries for word in " ".join(entry.words[1:]).split() if len(word) >= SHORTEST}
    return Block(CODEC, pack(b"".join(xmls)), tuple(entries), frozenset(terms))


def _entry(kept: Kept, start: int, broader: Broader) -> Entry:
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
    return Entry(record.pmid, age, origin, row, columns(record, broader), start, len(kept.xml), digest(kept.xml))
