"""Files of PubMed XML into the cache: any size, constant memory, stopped and resumed at any moment.

Records go in by batches; how far the file was read is kept in the same transaction as each batch, so that what is
there and where to go on can never disagree. A second connection to the cache: reading goes on meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from tui.cache import Cache
from tui.cache.imports import Bookmark
from tui.model.clean import one_line
from tui.model.problem import Problem
from tui.model.results import Kept, Origin
from tui.parse import Deleted, Reader

BATCH = 500
"""Records in one transaction: short enough that another copy of the program never waits long."""
_CHUNK = 1 << 18
_HEAD = 1 << 20
"""Bytes at a file's beginning that, with its size, tell it from another one of the same name."""
_GZIP = b"\x1f\x8b"


class Unreadable(Problem):
    """The file is not one that can be imported."""


class Progress(NamedTuple):
    """How far an import is."""

    read: int
    """Bytes of the file."""
    size: int
    records: int
    deleted: int


class Report(NamedTuple):
    """What became of a file."""

    records: int
    """Records read, in this and in earlier goes."""
    stored: int
    """New to the cache, or newer than what was there."""
    deleted: int
    """Removed, because PubMed withdrew them."""
    resumed: bool
    """Whether an earlier import of it was taken up again."""
    already: bool
    """Whether there was nothing to do: it had been imported before."""


class Import:
    """Imports files, one after the other. Use it as a context manager, in one thread."""

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now

    def __enter__(self) -> Self:
        self._cache = Cache.open(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cache.close()

    @property
    def notice(self) -> str:
        return self._cache.notice

    def mark_seen(self, pmids: Sequence[int], when: float) -> None:
        """Have these listed first where all that is kept is listed."""
        self._cache.records.mark_seen(pmids, when)

    def take(
        self,
        file: Path,
        progress: Callable[[Progress], None] = lambda _progress: None,
        *,
        source: str = "",
        seen: bool = False,
    ) -> Report:
        """Import one file; `source` is where its records are said to be from, the file's name if empty.

        Raises Unreadable, NotPubMedXml and CacheError; the batches before the fault are kept.
        """
        with opened(file) as stream:
            return self._take(stream, file, progress, source or one_line(file.name), seen)

    def _take(
        self, stream: BinaryIO, file: Path, progress: Callable[[Progress], None], source: str, seen: bool
    ) -> Report:
        size = os.fstat(stream.fileno()).st_size
        digest = hashlib.blake2b(stream.read(_HEAD), digest_size=16).hexdigest()
        stream.seek(0)
        name = str(file.absolute())
        mark = self._cache.imports.bookmark(name, size, digest)
        if mark.done:
            return Report(mark.records, 0, 0, False, True)
        records, stored, deleted = mark.records, 0, 0
        origin = Origin(source, self._now())
        reader = Reader(mark.offset)
        batch: list[Kept] = []
        gone: list[int] = []
        end = mark.offset

        def keep(*, done: bool = False) -> None:
            nonlocal stored, deleted
            with self._cache.transaction():
                stored += self._cache.records.put(batch, seen=seen).stored
                deleted += self._cache.records.delete(gone)
                self._cache.imports.set_bookmark(name, size, digest, Bookmark(end, done, records))
            batch.clear()
            gone.clear()

        for chunk in inflated(stream):
            for one in reader.feed(chunk):
                if isinstance(one, Deleted):
                    gone += one.pmids
                else:
                    batch.append(Kept(one.record, one.xml, origin))
                    records += 1
                end = one.end
                if gone or len(batch) >= BATCH:  # a deletion counts for what stands before it, and only for that
                    keep()
            progress(Progress(stream.tell(), size, records, deleted))
        reader.finish()
        keep(done=True)
        return Report(records, stored, deleted, mark.offset > 0, False)


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """A file to be read. Raises Unreadable, inside ``with`` as well."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            raise Unreadable("This is not a file.", "Name files that end in .xml or .xml.gz.")
        with file.open("rb") as stream:
            yield stream
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise Unreadable(f"The file cannot be read: {why}.", "Check the name.") from None


def inflated(stream: BinaryIO) -> Iterator[bytes]:
    """The file's bytes, unpacked where it is gzip (RFC 1952), to its very end: only there is its checksum.

    Pieces are bounded whatever the compression. Raises Unreadable.
    """
    data = stream.read(_CHUNK)
    if not data.startswith(_GZIP):
        while data:
            yield data
            data = stream.read(_CHUNK)
        return
    inflater = zlib.decompressobj(31)
    try:
        while data:
            yield inflater.decompress(data, _CHUNK * 4)
            data = inflater.unconsumed_tail
            if inflater.eof:  # another member may follow, or zeros that fill a block
                data = inflater.unused_data.lstrip(b"\0")
                while not data and (more := stream.read(_CHUNK)):
                    data = more.lstrip(b"\0")
                if data:
                    inflater = zlib.decompressobj(31)
            elif not data:
                data = stream.read(_CHUNK)
    except zlib.error:
        raise Unreadable("The file is damaged: it cannot be unpacked.", "Download it again.") from None
    if not inflater.eof:
        raise Unreadable("The file is cut short.", "Download it again.")
