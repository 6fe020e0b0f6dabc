"""Records from PubMed to the shelf: together, as they arrive, and each only once, whoever asks for it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from tui.library.desk import Desk
from tui.library.pubmed import PubMed
from tui.library.shelf import Shelf
from tui.model.problem import Problem
from tui.model.results import Kept, Origin

if TYPE_CHECKING:
    from tui.remote import Eutils

DAY = 86_400.0
"""Seconds for which a record that PubMed did not have is not asked for again."""
_BATCH = 200
"""Records of one fetch: E-utilities In-Depth asks for no more where the ids are given."""
_SMALL = 10
"""Records that are not worth two requests."""

_Coming = dict[int, asyncio.Future[Kept | None]]
"""PMIDs and the records to come: None for one that does not come after all."""


_HEAD_START = 0.005
"""Seconds for requests to leave before what is kept is shown: drawing it takes longer, and would hold them up."""


class Fetching:
    """`now` gives Unix time."""

    def __init__(self, desk: Desk, pubmed: PubMed, now: Callable[[], float]) -> None:
        self._desk = desk
        self._pubmed = pubmed
        self._now = now
        self._coming: _Coming = {}
        """What is being fetched, whoever asked for it."""

    async def all(self, pmids: Sequence[int], *, older: float = math.inf) -> None:
        """Have these records kept; see `batches`."""
        async with aclosing(self.batches(pmids, older=older)) as batches:
            async for _ in batches:
                pass

    async def batches(
        self, pmids: Sequence[int], *, older: float = math.inf, refresh: bool = False
    ) -> AsyncGenerator[list[Kept], None]:
        """Those of `pmids` that have to be fetched, as they arrive, in small batches, each kept already.

        These are the records that are not kept, or for more than `older` seconds, but none that PubMed did not have
        within the last day; all of them to `refresh`. What is being fetched for somebody else is waited for. The
        first batch is empty and comes when the requests are under way. Raises Problem.
        """
        for at in range(0, len(pmids), 2 * _BATCH):
            async with aclosing(self._some(pmids[at : at + 2 * _BATCH], older, refresh)) as batches:
                async for batch in batches:
                    yield batch

    async def _some(self, pmids: Sequence[int], older: float, refresh: bool) -> AsyncGenerator[list[Kept], None]:
        """`batches` for as many as two requests hold: the second half travels while the first is being read."""
        now = self._now()
        due = list(pmids) if refresh else await self._desk.do(Shelf.due, pmids, now - older, now - DAY)
        # Nothing is awaited between the look at the shelf and the claim, so that nobody fetches the same meanwhile.
        theirs = {pmid: self._coming[pmid] for pmid in due if pmid in self._coming}
        ours: _Coming = {pmid: asyncio.get_running_loop().create_future() for pmid in due if pmid not in theirs}
        self._coming |= ours
        half = max((len(ours) + 1) // 2, _SMALL)
        parts = [list(ours)[at : at + half] for at in range(0, len(ours), half)]
        arrived: asyncio.Queue[list[Kept] | asyncio.Task[None]] = asyncio.Queue()
        tasks = [asyncio.create_task(self._pubmed.ask(self._part(part, ours, arrived.put_nowait))) for part in parts]
        for task in tasks:
            task.add_done_callback(arrived.put_nowait)
        failed: BaseException | None = None
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=_HEAD_START)
            yield []
            for _ in tasks:
                while isinstance(arrival := await arrived.get(), list):
                    yield arrival
                failed = arrival.exception() or failed
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for pmid in tuple(ours):
                self._settle(ours, pmid, None)
        if failed is not None:
            raise failed
        if theirs:
            await asyncio.wait(theirs.values())
            yield [kept for future in theirs.values() if (kept := future.result())]
            left = [pmid for pmid, future in theirs.items() if future.result() is None]
            async with aclosing(self.batches(left, older=older, refresh=refresh)) as batches:
                async for batch in batches:
                    yield batch

    async def _part(self, pmids: Sequence[int], ours: _Coming, arrived: Callable[[list[Kept]], None]) -> None:
        """Fetch as many records as one request holds; where the answer breaks off, ask again for the rest alone."""
        eutils = await self._pubmed.eutils()
        left = list(pmids)
        async for attempt in eutils.attempts("fetching"):
            with attempt:
                try:
                    await self._receive(eutils, left, ours, arrived)
                except Problem:
                    left = [pmid for pmid in left if pmid in ours]
                    if left:
                        raise
        left = [pmid for pmid in left if pmid in ours]
        if left:
            await self._desk.do(Shelf.note_missing, left, self._now())

    async def _receive(
        self, eutils: Eutils, pmids: Sequence[int], ours: _Coming, arrived: Callable[[list[Kept]], None]
    ) -> None:
        from tui.parse import NotPubMedXml, Reader  # noqa: PLC0415 - not before there is something to read
        from tui.remote import Interrupted  # noqa: PLC0415 - httpx is loaded by now, and not before

        reader = Reader()
        origin = Origin("PubMed", self._now())
        try:
            async with aclosing(eutils.fetch(pmids)) as chunks:
                async for chunk in chunks:
                    wanted = {pmid for pmid in pmids if pmid in ours}
                    batch = await self._desk.do(Shelf.take, reader, chunk, wanted, origin)
                    for kept in batch:
                        self._settle(ours, kept.record.pmid, kept)
                    if batch:
                        arrived(batch)
            reader.finish()
        except NotPubMedXml:
            raise Interrupted(
                "PubMed's answer was damaged on its way.", "Try again.", why="The answer was damaged"
            ) from None

    def _settle(self, ours: _Coming, pmid: int, kept: Kept | None) -> None:
        """Nobody need wait for this record any longer."""
        future = ours.pop(pmid, None)
        if future is not None:
            del self._coming[pmid]
            future.set_result(kept)
