"""Records that the cache cannot keep, until the program ends: their XML, packed, in a file without a name.

What does not go into that file either, since the disk may be full, is held in memory: none is ever given up.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable
from io import FileIO
from tempfile import TemporaryFile
from typing import NamedTuple

from tui.model.record import Record
from tui.model.results import Kept, Origin


class _Place(NamedTuple):
    origin: Origin
    packed: bytes
    """Empty for what is in the file."""
    start: int = 0
    length: int = 0


class Held:
    """By PMID. Its records are not parsed: they say no more than that."""

    def __init__(self) -> None:
        self._places: dict[int, _Place] = {}
        self._file: FileIO | None = None

    def __contains__(self, pmid: int) -> bool:
        return pmid in self._places

    def put(self, records: Iterable[Kept]) -> None:
        for kept in records:
            packed = zlib.compress(kept.xml, 1)
            try:
                place = _Place(kept.origin, b"", self._written(packed), len(packed))
            except OSError:
                place = _Place(kept.origin, packed)
            self._places[kept.record.pmid] = place

    def get(self, pmid: int) -> Kept:
        """Raises KeyError."""
        origin, packed, start, length = self._places[pmid]
        if self._file is not None and not packed:
            self._file.seek(start)
            packed = self._file.read(length)
        return Kept(Record(pmid), zlib.decompress(packed), origin)

    def retrieved(self, pmids: Iterable[int]) -> dict[int, float]:
        """When those of these that are held were retrieved, Unix time."""
        return {pmid: self._places[pmid].origin.retrieved for pmid in pmids if pmid in self._places}

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _written(self, packed: bytes) -> int:
        """Where in the file it begins. Raises OSError."""
        if self._file is None:
            self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - `close` does it
        start = self._file.seek(0, os.SEEK_END)
        if self._file.write(packed) != len(packed):
            raise OSError
        return start
