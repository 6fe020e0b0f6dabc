"""A file of PubMed XML to batches that need only be kept: all of an import that needs no database.

A batch ends where a block is full, so that no block is smaller than it need be, and at a deletion, which counts for
what stands before it and only for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tui.cache import Cache
from tui.cache.entries import Block, Packer
from tui.cache.keys import Keys
from tui.library.packed import check, inflated, opened
from tui.model.results import Kept, Origin
from tui.parse import Deleted, Reader

BATCH = 1000
"""Records from which on a batch is full: kept in a tenth of a second, so that another copy never waits long."""


class Task(NamedTuple):
    """A file to read, from where an earlier import of it ended."""

    file: Path
    origin: Origin
    start: int = 0
    """Bytes of its XML that are behind us."""
    vocabulary: tuple[Path, str] | None = None
    """The cache of which the MeSH says what is broader, and its version; none where none is loaded."""


class Batch(NamedTuple):
    """Some of a file's records, and after them some that it withdraws."""

    blocks: tuple[Block, ...]
    records: int
    gone: tuple[int, ...]
    end: int
    """Bytes of its XML that are behind us now."""
    read: int
    """Bytes of the file, packed as it is."""
    revised: int
    """The latest DateRevised so far, as yyyymmdd."""
    done: bool = False
    """Whether this is the last of the file."""


def batches(task: Task) -> Iterator[Batch]:
    """All that follows `task.start`. Raises Unreadable and NotPubMedXml; what came before them can be kept."""
    with opened(task.file) as stream:
        check(stream, task.file)
        yield from _read(stream, task)


def _read(stream: BinaryIO, task: Task) -> Iterator[Batch]:
    reader = Reader(task.start, for_index=True)
    packer = Packer(_keys(*task.vocabulary) if task.vocabulary else Keys())
    full: list[Block] = []
    records, end, revised = 0, task.start, 0
    for chunk in inflated(stream):
        for one in reader.feed(chunk):
            end = one.end
            if isinstance(one, Deleted):
                full += packer.rest()
                yield Batch(tuple(full), records, one.pmids, end, stream.tell(), revised)
                full, records = [], 0
                continue
            records += 1
            revised = max(revised, one.record.revised.sort_key)
            if block := packer.add(Kept(one.record, one.xml, task.origin)):
                full += block
                if records >= BATCH:
                    yield Batch(tuple(full), records, (), end, stream.tell(), revised)
                    full, records = [], 0
    reader.finish()
    full += packer.rest()
    yield Batch(tuple(full), records, (), end, stream.tell(), revised, done=True)


@lru_cache(maxsize=1)
def _keys(path: Path, _version: str) -> Keys:
    """What is broader than each heading: read once in a process that reads many files."""
    cache = Cache.open(path, read_only=True)
    try:
        return cache.mesh.keys()
    finally:
        cache.close()
