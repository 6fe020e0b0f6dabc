"""What the front ends ask for, and where it is had from.

Every method that may answer twice is an async generator: the kept copy first, PubMed's after it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tui.library.desk import Closed, Desk
from tui.library.exports import Exports, Told, nobody
from tui.library.fetching import Fetching
from tui.library.history import History
from tui.library.mesh import Vocabulary
from tui.library.pubmed import PubMed
from tui.library.shelf import Shelf, faults_of
from tui.model.problem import Problem
from tui.model.results import Kept, ResultPage, Row, Translation, row_of

if TYPE_CHECKING:
    from tui.library.live import Live
    from tui.library.splitting import Plan
    from tui.model.facets import Facets
    from tui.remote import Eutils, SearchReply

WEEK = 7 * 86_400.0
"""Seconds after which a kept copy is refreshed behind the reader's back."""
REACHABLE = 9_999
"""How many records of a search ESearch can page to."""
PAGE = 50
"""Records of a first page: few enough for the first to come at once."""
MORE = 100
"""Records of each page after it."""
_KEPT_STEP = 5000
"""Ids of a further page where the cache answers; their rows are read when they come into view."""
_STEP = 100
"""Records read from the cache in one go."""
_IDS_STEP = 5000
"""Ids looked up in the cache in one go."""
_WORTH_SPELLING = 20
"""Hits below which a misspelling is likely enough to ask."""

_NO_WORD = re.compile(r"\[[^\]]*\]|\b(?:AND|OR|NOT)\b")


def _has_words(query: str) -> bool:
    """Whether there is anything in it that can be misspelled: PMIDs and years cannot."""
    return any(character.isalpha() for character in _NO_WORD.sub("", query))


class NotKept(Problem):
    """The record is not in the cache, and the program is offline."""


class NotFound(Problem):
    """PubMed has no such record."""


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
        self.now = now
        """Unix time: what ages are reckoned from."""
        self._path = path
        self._desk = Desk(path)
        self._pubmed = PubMed(self._desk, connect, offline=offline)
        self._fetching = Fetching(self._desk, self._pubmed, now)
        self.mesh = Vocabulary(self._desk)
        """MeSH, as far as it was loaded."""
        self.history = History(self._desk, now)
        self.exports = Exports(self._desk, self._ensure)
        self._live: Live | None = None
        self._closing = False

    @property
    def offline(self) -> bool:
        """Whether PubMed is left alone: by the reader's wish, or because the network was lost."""
        return self._pubmed.offline

    @offline.setter
    def offline(self, offline: bool) -> None:
        self._pubmed.offline = offline

    async def open(self) -> None:
        """Open the cache; what is amiss with it, `take_notice` tells."""
        await self._desk.open()

    async def close(self) -> None:
        """End what is being asked, and close the cache; what its thread is doing finishes first."""
        self._closing = True
        await self._pubmed.end()
        if self._live is not None:
            await self._live.close()
            self._live = None
        await self._desk.close()  # last: whoever closes the file last can say that it is sound
        await self._pubmed.close()

    async def mend(self, told: Told = nobody) -> None:
        """What an earlier end has left behind: look whether the file is sound, index what is not.

        `told` hears how many records were indexed by then.
        """
        if await self._desk.do(lambda shelf: shelf.unclean):
            await self._desk.do(Shelf.looked_at, await asyncio.to_thread(faults_of, self._path))
        indexed = 0
        while some := await self._desk.do(Shelf.index_some):
            indexed += some
            told(indexed)

    async def take_notice(self) -> str:
        """What the reader should know about the cache and was not told yet."""
        return await self._desk.do(Shelf.take_notice)

    async def warm(self) -> None:
        """Have a connection ready: somebody is typing a query."""
        if not self.offline:
            await self._pubmed.ask((await self._pubmed.eutils()).warm())

    async def rows(self, pmids: Sequence[int]) -> tuple[Row, ...]:
        """List rows of those records that are kept."""
        return await self._desk.do(Shelf.rows, pmids)

    async def search(self, query: str, sort: str = "", limit: int = PAGE) -> AsyncGenerator[ResultPage, None]:
        """The answer, ever more complete; the last page has `complete` set.

        `sort` is ``relevance``, ``pub_date``, ``Author``, ``JournalName`` or empty for newest first. Raises Problem, of
        which QueryError before anything is sent; where something kept can be shown instead, it is shown, with the
        problem in the page.
        """
        if self.offline:
            async for page in self._search_kept(query, sort, limit):
                yield page
            return
        sent = await self._desk.do(Shelf.as_sent, query)
        asking = asyncio.create_task(self._asked(sent, limit, sort))  # on its way before anything else is done
        asking.add_done_callback(_heard)
        try:
            last = await self._desk.do(Shelf.last_answer, query, sort)
            if last is not None:
                rows = await self.rows(last.pmids[:limit])
                last = last._replace(reachable=min(last.total, REACHABLE), kept=True, rows=rows)
                yield last
            try:
                reply = await asking
            except Problem as problem:
                if self.offline:
                    async for page in self._search_kept(query, sort, limit):
                        yield page._replace(problem=problem)
                elif last is not None:
                    yield last._replace(rows=(), problem=problem, complete=True)
                else:
                    raise
                return
        finally:
            asking.cancel()
        page = ResultPage(
            query,
            reply.pmids,
            reply.total,
            min(reply.total, REACHABLE),
            Translation(reply.translation, reply.not_found, reply.ignored),
            sort=sort,
        )
        async with aclosing(self._fill(page)) as pages:
            async for page in pages:
                yield page
        few = page.total < _WORTH_SPELLING or page.translation.not_found
        if few and not page.problem and _has_words(sent):
            suggestion = await self._pubmed.ask((await self._pubmed.eutils()).spell(sent))
            page = page._replace(translation=page.translation._replace(suggestion=suggestion))
        await self._desk.do(Shelf.keep_answer, page, self.now())
        page = await self._desk.do(Shelf.note_search, page, self.now())
        yield page._replace(rows=(), complete=True)

    async def _asked(self, query: str, limit: int, sort: str) -> SearchReply:
        eutils = await self._pubmed.eutils()
        return await self._pubmed.ask(eutils.search(query, limit=limit, sort=sort))

    async def typed(self, query: str, sort: str = "", *, unfinished: bool) -> AsyncGenerator[ResultPage, None]:
        """What is kept that answers a query while it is typed; `unfinished`: its last word may be going on.

        Nothing is asked of PubMed, and nothing is noted. A newer one, or an offline search, ends it: it raises
        Interrupted then. Raises QueryError, CacheError.
        """
        live = await self._opened_live()
        async with aclosing(live.pages(query, sort, limit=PAGE, unfinished=unfinished)) as pages:
            async for page in pages:
                yield page

    async def facets(self, page: ResultPage) -> Facets:
        """What the records of a result have in common, as far as they are kept. Raises QueryError, CacheError."""
        return await (await self._opened_live()).facets(page)

    async def more(self, page: ResultPage, limit: int = MORE) -> AsyncGenerator[ResultPage, None]:
        """The same result with the next ids and their records; nothing where there are no more to be had."""
        start = len(page.pmids)
        if start >= page.reachable:
            return
        if page.offline:
            limit = max(limit, _KEPT_STEP)
            further = await self._desk.do(Shelf.further, page, limit)
            yield page._replace(pmids=page.pmids + further, rows=(), complete=True)
            return
        if self.offline:
            return
        reply = await self._pubmed.ask(
            (await self._pubmed.eutils()).search(
                await self._desk.do(Shelf.as_sent, page.query), start=start, limit=limit, sort=page.sort
            )
        )
        known = set(page.pmids)
        fresh = tuple(pmid for pmid in reply.pmids if pmid not in known)
        if not fresh:
            return
        page = page._replace(pmids=page.pmids + fresh, rows=())
        async with aclosing(self._fill(page, start)) as pages:
            async for page in pages:
                yield page
        await self._desk.do(Shelf.keep_answer, page, self.now())
        yield page._replace(rows=(), complete=True)

    async def record(self, pmid: int, *, refresh: bool = False) -> AsyncGenerator[Kept, None]:
        """The kept record at once; then PubMed's, where nothing is kept, it is old, or `refresh` asks for it.

        The second one comes even where it says the same: its origin is newer. Raises NotFound, NotKept, and Problem
        where it cannot be fetched though it must be.
        """
        kept = await self._desk.do(Shelf.kept, pmid)
        if kept is not None:
            await self._desk.do(Shelf.mark_seen, [pmid], self.now())
            yield kept
        elif self.offline:
            raise NotKept(f"PMID {pmid} is not kept here.", "Go online to fetch it from PubMed.")
        if self.offline and not refresh:
            return
        newer: Kept | None = None
        try:
            async with aclosing(self._fetching.batches([pmid], older=WEEK, refresh=refresh)) as batches:
                async for batch in batches:
                    for newer in batch:
                        yield newer
        except Problem:
            if kept is None or refresh:
                raise
            return
        if newer is None and kept is None:  # somebody else's page may have brought it just now
            newer = await self._desk.do(Shelf.kept, pmid)
            if newer is not None:
                yield newer
        if newer is None and (kept is None or refresh):
            raise NotFound(f"PubMed has no record with the PMID {pmid}.", "It may be mistyped, merged or withdrawn.")

    async def ahead(self, pmids: Sequence[int]) -> None:
        """Fetch those of these that are not kept: they are likely to be read next. What fails is not missed."""
        if not self.offline:
            with suppress(Problem):
                await self._fetching.all(pmids)

    async def fetch(self, pmids: Sequence[int]) -> None:
        """Have these records kept, and none of them older than a week, as far as PubMed has them. Raises Problem."""
        await self._fetching.all(pmids, older=WEEK)

    async def records(self, pmids: Sequence[int]) -> AsyncGenerator[Kept, None]:
        """These records in this order, fetched where they are not kept.

        Raises NotKept or NotFound before the first where one of them cannot be had.
        """
        await self._ensure(pmids)
        for at in range(0, len(pmids), _STEP):
            for kept in await self._desk.do(Shelf.several, pmids[at : at + _STEP]):
                yield kept

    async def plan(self, query: str, told: Told = nobody) -> Plan:
        """How all that a query finds can be had, beyond the 9,999 records that PubMed pages to.

        Offline it is what is kept, in one part. `told` hears how many parts are known by then. Raises Problem.
        """
        from tui.library import splitting  # noqa: PLC0415 - rarely wanted
        from tui.library.splitting import Part, Plan  # noqa: PLC0415 - as above

        if self.offline:
            page = await self._desk.do(Shelf.search, query, limit=0)
            return Plan(query, page.total, (Part(query, page.total),), page.total, page.translation)
        eutils = await self._pubmed.eutils()
        query = await self._desk.do(Shelf.as_sent, query)
        today = date.fromtimestamp(self.now())
        made = await self._pubmed.ask(splitting.plan(eutils.search, query, ceiling=REACHABLE, today=today, told=told))
        return made._replace(per_second=eutils.per_second)

    async def listed(self, plan: Plan) -> AsyncGenerator[tuple[int, ...], None]:
        """The PMIDs of each part of a plan. Raises Problem."""
        if self.offline:
            yield (await self._desk.do(Shelf.search, plan.query, limit=plan.total)).pmids
            return
        from tui.library import splitting  # noqa: PLC0415 - as above

        eutils = await self._pubmed.eutils()
        for part in plan.parts:
            yield await self._pubmed.ask(splitting.listed(eutils.search, part, plan.ceiling))

    async def keep_rendered(self, kept: Kept, width: int, made_by: str, until: float, text: str) -> None:
        """Keep a record's page as `width` columns of text, to be shown again without more ado before `until`."""
        until = min(until, kept.origin.retrieved + WEEK)
        if until > self.now():
            await self._desk.do(Shelf.keep_rendered, kept.record.pmid, width, made_by, until, text)

    async def kept(self, pmids: Sequence[int]) -> list[Kept]:
        """Those of these records that are kept, in this order."""
        return await self._desk.do(Shelf.several, pmids)

    async def _ensure(self, pmids: Sequence[int]) -> None:
        """Have these records kept. Raises NotKept or NotFound where one of them cannot be had."""
        missing = await self.absent(pmids)
        if missing and not self.offline:
            await self._fetching.all(missing)
            missing = await self.absent(pmids)
        if missing:
            names = ", ".join(str(pmid) for pmid in missing[:5]) + (" ..." if len(missing) > 5 else "")
            if self.offline:
                raise NotKept(f"Not kept here: PMID {names}.", "Go online to fetch it from PubMed.")
            raise NotFound(f"PubMed has no record with the PMID {names}.", "It may be mistyped, merged or withdrawn.")

    async def absent(self, pmids: Sequence[int]) -> list[int]:
        """Those of these records that are not kept, each once."""
        absent: dict[int, None] = {}
        for at in range(0, len(pmids), _IDS_STEP):
            some = pmids[at : at + _IDS_STEP]
            ages = await self._desk.do(Shelf.ages, some)
            absent |= dict.fromkeys(pmid for pmid in some if pmid not in ages)
        return list(absent)

    async def _opened_live(self) -> Live:
        """What answers while somebody types, made when it is first wanted. Raises Closed."""
        if self._closing:
            raise Closed
        if self._live is None:
            made = await self._desk.do(_live, lambda: date.fromtimestamp(self.now()))
            if self._closing:
                raise Closed
            self._live = self._live or made
        return self._live

    async def _search_kept(self, query: str, sort: str, limit: int) -> AsyncGenerator[ResultPage, None]:
        """What is kept that answers, noted in the history when it is counted."""
        live = await self._opened_live()
        async with aclosing(live.pages(query, sort, limit=limit)) as pages:
            async for page in pages:
                yield await self._desk.do(Shelf.note_search, page, self.now()) if page.complete else page

    async def _fill(self, page: ResultPage, start: int = 0) -> AsyncGenerator[ResultPage, None]:
        """Pages of the same ids with ever more rows: first what is kept, then what arrives."""
        pmids = page.pmids[start:]
        rows = await self.rows(pmids)
        try:
            async with aclosing(self._fetching.batches(pmids, older=WEEK)) as batches:
                await anext(batches, None)  # the requests are on their way before anything is drawn
                yield page._replace(rows=rows)
                async for batch in batches:
                    yield page._replace(rows=tuple(row_of(kept.record) for kept in batch))
        except Problem as problem:
            if not (self.offline or rows):
                raise
            yield page._replace(rows=rows, problem=problem)
        await self._desk.do(Shelf.mark_seen, pmids, self.now())


def _live(shelf: Shelf, today: Callable[[], date]) -> Live:
    from tui.library.live import Live  # noqa: PLC0415 - in the library's thread: what finds records takes a moment

    return Live(shelf.cache.path, today)


def _heard(asking: asyncio.Task[SearchReply]) -> None:
    """Nobody else may hear of its failure: whoever asked may have gone meanwhile."""
    if not asking.cancelled():
        asking.exception()
