"""What the front ends ask for, and where it is had from.

Every method that may answer twice is an async generator: the kept copy first, PubMed's after it. Cache and parser
run in one thread of the library's own, so that no key ever waits for them; a batch under way there finishes and is
kept even if whoever asked has gone.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from tui.export import Format
from tui.files import write_atomically
from tui.library.shelf import Shelf, faults_of
from tui.model.problem import Problem
from tui.model.results import Kept, Origin, ResultPage, Row, Translation, row_of
from tui.parse import NotPubMedXml, Reader

if TYPE_CHECKING:
    from tui.remote import Eutils

WEEK = 7 * 86_400.0
"""Seconds after which a kept copy is refreshed behind the reader's back."""
DAY = 86_400.0
"""Seconds for which a record that PubMed did not have is not asked for again."""
REACHABLE = 9_999
"""How many records of a search ESearch can page to."""
PAGE = 50
"""Records of a first page: few enough for the first to come at once."""
MORE = 100
"""Records of each page after it."""
_BATCH = 200
"""Records of one fetch: E-utilities In-Depth asks for no more where the ids are given."""
_SMALL = 10
"""Records that are not worth two requests."""
_KEPT_STEP = 5000
"""Ids of a further page where the cache answers; their rows are read when they come into view."""
_STEP = 100
"""Records read from the cache in one go."""
_WORTH_SPELLING = 20
"""Hits below which a misspelling is likely enough to ask."""

P = ParamSpec("P")
T = TypeVar("T")
_Coming = dict[int, asyncio.Future[Kept | None]]
"""PMIDs and the records to come: None for one that does not come after all."""


class NotKept(Problem):
    """The record is not in the cache, and the program is offline."""


class NotFound(Problem):
    """PubMed has no such record."""


class Closed(Problem):
    """The library was closed meanwhile."""


class Library:
    """Records and searches. Open it with ``await open()``, and ``await close()`` it.

    `connect` makes the client of the E-utilities; it is called, in the library's thread, when the network is first
    needed, and never while `offline` is true.
    """

    def __init__(
        self,
        path: Path,
        connect: Callable[[], Eutils],
        *,
        offline: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.offline = offline
        self._path = path
        self._connect = connect
        self.now = now
        """Unix time: what ages are reckoned from."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="library")
        self._shelf: Shelf | None = None
        self._remote: Eutils | None = None
        self._coming: _Coming = {}
        """What is being fetched, whoever asked for it."""
        self._requests: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        """Raises CacheError where there is a cache that must not be touched."""
        if self._shelf is None:
            self._shelf = await self._run(Shelf, self._path)

    async def close(self) -> None:
        """End what is being asked, and close the cache; what its thread is doing finishes first."""
        if self._shelf is not None:
            shelf, self._shelf = self._shelf, None
            self.offline = True
            for request in self._requests:
                request.cancel()
            await asyncio.gather(*self._requests, return_exceptions=True)
            await self._run(shelf.close)
        if self._remote is not None:
            await self._remote.aclose()
        self._thread.shutdown()

    async def mend(self) -> None:
        """What an earlier end has left behind: look whether the file is sound, index what was rescued."""
        shelf = self._shelf_now
        if shelf.unclean:
            await self._run(shelf.looked_at, await asyncio.to_thread(faults_of, self._path))
        while await self._run(shelf.index_some):
            pass

    async def take_notice(self) -> str:
        """What the reader should know about the cache and was not told yet."""
        return await self._run(self._shelf_now.take_notice)

    async def warm(self) -> None:
        """Have a connection ready: somebody is typing a query."""
        if not self.offline:
            await self._ask((await self._eutils()).warm())

    async def rows(self, pmids: Sequence[int]) -> tuple[Row, ...]:
        """List rows of those records that are kept."""
        return await self._run(self._shelf_now.rows, pmids)

    async def search(self, query: str, sort: str = "", limit: int = PAGE) -> AsyncGenerator[ResultPage, None]:
        """The answer, ever more complete; the last page has `complete` set.

        `sort` is ``relevance``, ``pub_date`` or empty for newest first. Raises Problem; where something kept can be
        shown instead, it is shown, with the problem in the page.
        """
        if self.offline:
            async for page in self._search_kept(query, sort):
                yield page
            return
        last = await self._run(self._shelf_now.last_answer, query, sort)
        if last is not None:
            rows = await self.rows(last.pmids[:limit])
            last = last._replace(reachable=min(last.total, REACHABLE), kept=True, rows=rows)
            yield last
        try:
            eutils = await self._eutils()
            reply = await self._ask(eutils.search(query, limit=limit, sort=sort))
        except Problem as problem:
            if self.offline:
                async for page in self._search_kept(query, sort):
                    yield page._replace(problem=problem)
            elif last is not None:
                yield last._replace(rows=(), problem=problem, complete=True)
            else:
                raise
            return
        page = ResultPage(
            query,
            reply.pmids,
            reply.total,
            min(reply.total, REACHABLE),
            Translation(reply.translation, reply.not_found, reply.ignored),
        )
        async with aclosing(self._fill(page)) as pages:
            async for page in pages:
                yield page
        if not page.problem and (page.total < _WORTH_SPELLING or page.translation.not_found):
            suggestion = await self._ask(eutils.spell(query))
            page = page._replace(translation=page.translation._replace(suggestion=suggestion))
        await self._run(self._shelf_now.keep_answer, page, sort, self.now())
        yield page._replace(rows=(), complete=True)

    async def more(self, page: ResultPage, sort: str = "", limit: int = MORE) -> AsyncGenerator[ResultPage, None]:
        """The same result with the next ids and their records; nothing where there are no more to be had."""
        start = len(page.pmids)
        if start >= page.reachable:
            return
        if page.offline:
            limit = max(limit, _KEPT_STEP)
            found = await self._run(self._shelf_now.search, page.query, limit=limit, offset=start, sort=sort)
            yield page._replace(pmids=page.pmids + found.pmids, rows=(), complete=True)
            return
        if self.offline:
            return
        reply = await self._ask((await self._eutils()).search(page.query, start=start, limit=limit, sort=sort))
        known = set(page.pmids)
        fresh = tuple(pmid for pmid in reply.pmids if pmid not in known)
        if not fresh:
            return
        page = page._replace(pmids=page.pmids + fresh, rows=())
        async with aclosing(self._fill(page, start)) as pages:
            async for page in pages:
                yield page
        await self._run(self._shelf_now.keep_answer, page, sort, self.now())
        yield page._replace(rows=(), complete=True)

    async def record(self, pmid: int, *, refresh: bool = False) -> AsyncGenerator[Kept, None]:
        """The kept record at once; then PubMed's, where nothing is kept, it is old, or `refresh` asks for it.

        The second one comes even where it says the same: its origin is newer. Raises NotFound, NotKept, and Problem
        where it cannot be fetched though it must be.
        """
        kept = await self._run(self._shelf_now.kept, pmid)
        if kept is not None:
            await self._run(self._shelf_now.mark_seen, [pmid], self.now())
            yield kept
        elif self.offline:
            raise NotKept(f"PMID {pmid} is not kept here.", "Go online to fetch it from PubMed.")
        if self.offline and not refresh:
            return
        newer: Kept | None = None
        try:
            async with aclosing(self._fetch([pmid], older=WEEK, refresh=refresh)) as batches:
                async for batch in batches:
                    for newer in batch:
                        yield newer
        except Problem:
            if kept is None or refresh:
                raise
            return
        if newer is None and kept is None:  # somebody else's page may have brought it just now
            newer = await self._run(self._shelf_now.kept, pmid)
            if newer is not None:
                yield newer
        if newer is None and (kept is None or refresh):
            raise NotFound(f"PubMed has no record with the PMID {pmid}.", "It may be mistyped, merged or withdrawn.")

    async def ahead(self, pmids: Sequence[int]) -> None:
        """Fetch those of these that are not kept: they are likely to be read next. What fails is not missed."""
        if not self.offline:
            with suppress(Problem):
                await self._fetch_all(pmids)

    async def fetch(self, pmids: Sequence[int]) -> None:
        """Have these records kept, and none of them older than a week, as far as PubMed has them. Raises Problem."""
        await self._fetch_all(pmids, older=WEEK)

    async def records(self, pmids: Sequence[int]) -> AsyncGenerator[Kept, None]:
        """These records in this order, fetched where they are not kept.

        Raises NotKept or NotFound before the first where one of them cannot be had.
        """
        await self._ensure(pmids)
        for at in range(0, len(pmids), _STEP):
            for kept in await self._run(self._shelf_now.several, pmids[at : at + _STEP]):
                yield kept

    async def export(self, pmids: Sequence[int], format: Format, path: Path, *, replace: bool) -> int:
        """Write these records to a file, whole or not at all; how many they were. Raises Problem."""
        await self._ensure(pmids)
        pieces = format.write(self._each(pmids))
        await asyncio.to_thread(write_atomically, path, pieces, replace=replace)
        return len(pmids)

    async def exported(self, pmids: Sequence[int], format: Format) -> str:
        """These records as the text that a file of the format would hold. Raises Problem."""
        await self._ensure(pmids)
        return await asyncio.to_thread(lambda: "".join(format.write(self._each(pmids))))

    async def exporting(self, pmids: Sequence[int], format: Format) -> AsyncGenerator[str, None]:
        """The same text in pieces. Raises Problem before the first."""
        await self._ensure(pmids)
        pieces = format.write(self._each(pmids))
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece

    async def keep_rendered(self, kept: Kept, width: int, made_by: str, until: float, text: str) -> None:
        """Keep a record's page as `width` columns of text, to be shown again without more ado before `until`."""
        until = min(until, kept.origin.retrieved + WEEK)
        if until > self.now():
            await self._run(self._shelf_now.keep_rendered, kept.record.pmid, width, made_by, until, text)

    async def kept(self, pmids: Sequence[int]) -> list[Kept]:
        """Those of these records that are kept, in this order."""
        return await self._run(self._shelf_now.several, pmids)

    def _each(self, pmids: Sequence[int]) -> Iterator[Kept]:
        """The kept records, a few at a time; for another thread, while ours stays free for the reader."""
        for at in range(0, len(pmids), _STEP):
            yield from self._thread.submit(self._shelf_now.several, pmids[at : at + _STEP]).result()

    async def _ensure(self, pmids: Sequence[int]) -> None:
        """Have these records kept. Raises NotKept or NotFound where one of them cannot be had."""
        missing = await self._absent(pmids)
        if missing and not self.offline:
            await self._fetch_all(missing)
            missing = await self._absent(pmids)
        if missing:
            names = ", ".join(str(pmid) for pmid in missing[:5]) + (" ..." if len(missing) > 5 else "")
            if self.offline:
                raise NotKept(f"Not kept here: PMID {names}.", "Go online to fetch it from PubMed.")
            raise NotFound(f"PubMed has no record with the PMID {names}.", "It may be mistyped, merged or withdrawn.")

    async def _absent(self, pmids: Sequence[int]) -> list[int]:
        ages = await self._run(self._shelf_now.ages, pmids)
        return [pmid for pmid in dict.fromkeys(pmids) if pmid not in ages]

    async def _search_kept(self, query: str, sort: str) -> AsyncGenerator[ResultPage, None]:
        page = await self._run(self._shelf_now.search, query, limit=PAGE, sort=sort)
        yield page._replace(rows=await self.rows(page.pmids), complete=True)

    async def _fill(self, page: ResultPage, start: int = 0) -> AsyncGenerator[ResultPage, None]:
        """Pages of the same ids with ever more rows: first what is kept, then what arrives."""
        pmids = page.pmids[start:]
        rows = await self.rows(pmids)
        yield page._replace(rows=rows)
        try:
            async with aclosing(self._fetch(pmids, older=WEEK)) as batches:
                async for batch in batches:
                    yield page._replace(rows=tuple(row_of(kept.record) for kept in batch))
        except Problem as problem:
            if not (self.offline or rows):
                raise
            yield page._replace(problem=problem)
        await self._run(self._shelf_now.mark_seen, pmids, self.now())

    async def _fetch_all(self, pmids: Sequence[int], *, older: float = math.inf) -> None:
        async with aclosing(self._fetch(pmids, older=older)) as batches:
            async for _ in batches:
                pass

    async def _fetch(
        self, pmids: Sequence[int], *, older: float = math.inf, refresh: bool = False
    ) -> AsyncGenerator[list[Kept], None]:
        """Those of `pmids` that have to be fetched, as they arrive, in small batches, each kept already.

        These are the records that are not kept, or for more than `older` seconds, but none that PubMed did not have
        within the last day; all of them to `refresh`. What is being fetched for somebody else is waited for. The
        first batch is empty and comes when the requests are under way. Raises Problem.
        """
        for at in range(0, len(pmids), 2 * _BATCH):
            async with aclosing(self._fetch_some(pmids[at : at + 2 * _BATCH], older, refresh)) as batches:
                async for batch in batches:
                    yield batch

    async def _fetch_some(self, pmids: Sequence[int], older: float, refresh: bool) -> AsyncGenerator[list[Kept], None]:
        """`_fetch` for as many as two requests hold: the second half travels while the first is being read."""
        now = self.now()
        due = list(pmids) if refresh else await self._run(self._shelf_now.due, pmids, now - older, now - DAY)
        # Nothing is awaited between the look at the shelf and the claim, so that nobody fetches the same meanwhile.
        theirs = {pmid: self._coming[pmid] for pmid in due if pmid in self._coming}
        ours: _Coming = {pmid: asyncio.get_running_loop().create_future() for pmid in due if pmid not in theirs}
        self._coming |= ours
        half = max((len(ours) + 1) // 2, _SMALL)
        parts = [list(ours)[at : at + half] for at in range(0, len(ours), half)]
        arrived: asyncio.Queue[list[Kept] | asyncio.Task[None]] = asyncio.Queue()
        tasks = [asyncio.create_task(self._ask(self._fetch_part(part, ours, arrived.put_nowait))) for part in parts]
        for task in tasks:
            task.add_done_callback(arrived.put_nowait)
        failed: BaseException | None = None
        try:
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
            async with aclosing(self._fetch(left, older=older, refresh=refresh)) as batches:
                async for batch in batches:
                    yield batch

    async def _fetch_part(self, pmids: Sequence[int], ours: _Coming, arrived: Callable[[list[Kept]], None]) -> None:
        """Fetch as many records as one request holds; where the answer breaks off, ask again for the rest alone."""
        eutils = await self._eutils()
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
            await self._run(self._shelf_now.note_missing, left, self.now())

    async def _receive(
        self, eutils: Eutils, pmids: Sequence[int], ours: _Coming, arrived: Callable[[list[Kept]], None]
    ) -> None:
        from tui.remote import Interrupted  # noqa: PLC0415 - httpx is loaded by now, and not before

        reader = Reader()
        origin = Origin("PubMed", self.now())
        try:
            async with aclosing(eutils.fetch(pmids)) as chunks:
                async for chunk in chunks:
                    wanted = {pmid for pmid in pmids if pmid in ours}
                    batch = await self._run(self._shelf_now.take, reader, chunk, wanted, origin)
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

    async def _ask(self, request: Coroutine[Any, Any, T]) -> T:
        """What PubMed answers to a request, which ends when the library is closed. Raises Problem.

        Where the network is gone, the program is offline from now on.
        """
        task = asyncio.ensure_future(request)
        self._requests.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if self._shelf is None:
                raise Closed("The program is closing.") from None
            raise
        except Problem as problem:
            from tui.remote import NoNetwork  # noqa: PLC0415 - as above

            self.offline = self.offline or isinstance(problem, NoNetwork)
            raise
        finally:
            self._requests.discard(task)

    async def _eutils(self) -> Eutils:
        if self.offline:
            raise Problem("The program is offline.", "Go online to ask PubMed.")
        return await self._run(self._connected)

    def _connected(self) -> Eutils:
        if self._remote is None:
            self._remote = self._connect()
        return self._remote

    @property
    def _shelf_now(self) -> Shelf:
        if self._shelf is None:
            raise Closed("The program is closing.")
        return self._shelf

    async def _run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: function(*args, **kwargs))
