"""Records on their way out of the program: to a file, as text, through somebody's hands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.files import check_place, write_atomically
from tui.library.desk import Desk
from tui.library.shelf import Shelf
from tui.model.results import Kept

if TYPE_CHECKING:
    from tui.export import Format

T = TypeVar("T")
Told = Callable[[int], None]
"""Hears how many are done by then; called in any thread."""
_STEP = 100
"""Records read from the cache in one go."""
_PIECE = 1 << 16
"""Characters that are handed from thread to thread in one go."""


def nobody(_done: int) -> None:
    pass


class Exports:
    """`ensure` has records kept, or raises Problem; so does every method, before the first record."""

    def __init__(self, desk: Desk, ensure: Callable[[Sequence[int]], Awaitable[None]]) -> None:
        self._desk = desk
        self._ensure = ensure

    async def through(
        self, pmids: Sequence[int], use: Callable[[Iterator[Kept]], T], told: Told = nobody, *, parsed: bool = True
    ) -> T:
        """What `use` makes of these records, which it gets one after the other, in a thread of its own.

        Fetched where they are not kept; not `parsed`, the records say no more than their PMIDs.
        """
        await self._ensure(pmids)
        return await asyncio.to_thread(use, self._each(pmids, told, parsed))

    async def to_file(
        self, pmids: Sequence[int], format: Format, path: Path, *, replace: bool, told: Told = nobody
    ) -> int:
        """Write these records to a file, whole or not at all; how many they were."""

        check_place(path, replace=replace)

        def write(records: Iterator[Kept]) -> None:
            write_atomically(path, format.write(records), replace=replace)

        await self.through(pmids, write, told, parsed=format.parsed)
        return len(pmids)

    async def text(self, pmids: Sequence[int], format: Format) -> str:
        """These records as the text that a file of the format would hold."""
        return await self.through(pmids, lambda records: "".join(format.write(records)), parsed=format.parsed)

    async def pieces(self, pmids: Sequence[int], format: Format, told: Told = nobody) -> AsyncGenerator[str, None]:
        """The same text in pieces."""
        await self._ensure(pmids)
        pieces = _joined(format.write(self._each(pmids, told, format.parsed)))
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece

    def _each(self, pmids: Sequence[int], told: Told, parsed: bool) -> Iterator[Kept]:
        """The kept records, a few at a time; for another thread, while ours stays free for the reader."""
        some = Shelf.several if parsed else Shelf.unparsed
        for at in range(0, len(pmids), _STEP):
            yield from self._desk.begin(some, pmids[at : at + _STEP]).result()
            told(min(at + _STEP, len(pmids)))


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    """The same text in fewer pieces."""
    some: list[str] = []
    size = 0
    for piece in pieces:
        some.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(some)
            some, size = [], 0
    if some:
        yield "".join(some)
