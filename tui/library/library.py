"""What the front ends ask for, and where it is had from.

Every method that may answer twice is an async generator: the kept copy first, PubMed's after it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.files import check_place, write_atomically
from tui.library.desk import Closed, Desk
from tui.library.fetching import Fetching
from tui.library.live import Live
from tui.library.mesh import Vocabulary
from tui.library.pubmed import PubMed
from tui.library.shelf import Shelf, faults_of
from tui.model.problem import Problem
from tui.model.results import Asked, Kept, ResultPage, Row, Translation, row_of

if TYPE_CHECKING:
    from tui.export import Format
    from tui.library.splitting import Plan
    from tui.model.facets import Facets
    from tui.remote import Eutils

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
_PIECE = 1 << 16
"""Characters of an export that are handed from thread to thread in one go."""
_WORTH_SPELLING = 20
"""Hits below which a misspelling is likely enough to ask."""

_NO_WORD = re.compile(r"\[[^\]]*\]|\b(?:AND|OR|NOT)\b")

T = TypeVar("T")
Told = Callable[[int], None]
"""Hears how many are done by then; called in any thread."""


def _nobody(_done: int) -> None:
    pass


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
        self._opened: Live | None = None

    @property
    def _live(self) -> Live:
        if self._opened is None:
            raise Closed
        return self._opened

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
        if self._opened is None:
            path = await self._desk.do(lambda shelf: shelf.cache.path)
            self._opened = Live(path, lambda: date.fromtimestamp(self.now()))

    async def close(self) -> None:
        """End what is being asked, and close the cache; what its thread is doing finishes first."""
        live, self._opened = self._opened, None
        await self._pubmed.end()
        if live is not None:
            await live.close()
        await self._desk.close()  # last: whoever closes the file last can say that it is sound
        await self._pubmed.close()

    async def mend(self, told: Told = _nobody) -> None:
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
        last = await self._desk.do(Shelf.last_answer, query, sort)
        if last is not None:
            rows = await self.rows(last.pmids[:limit])
            last = last._replace(reachable=min(last.total, REACHABLE), kept=True, rows=rows)
            yield last
        try:
            eutils = await self._pubmed.eutils()
            reply = await self._pubmed.ask(eutils.search(sent, limit=limit, sort=sort))
        except Problem as problem:
            if self.offline:
                async for page in self._search_kept(query, sort, limit):
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
            sort=sort,
        )
        async with aclosing(self._fill(page)) as pages:
            async for page in pages:
                yield page
        few = page.total < _WORTH_SPELLING or page.translation.not_found
        if few and not page.problem and _has_words(sent):
            suggestion = await self._pubmed.ask(eutils.spell(sent))
            page = page._replace(translation=page.translation._replace(suggestion=suggestion))
        await self._desk.do(Shelf.keep_answer, page, self.now())
        page = await self._desk.do(Shelf.note_search, page, self.now())
        yield page._replace(rows=(), complete=True)

    async def typed(self, query: str, sort: str = "", *, unfinished: bool) -> AsyncGenerator[ResultPage, None]:
        """What is kept that answers a query while it is typed; `unfinished`: its last word may be going on.

        Nothing is asked of PubMed, and nothing is noted. A newer one, or an offline search, ends it: it raises
        Interrupted then. Raises QueryError, CacheError.
        """
        async with aclosing(self._live.pages(query, sort, limit=PAGE, unfinished=unfinished)) as pages:
            async for page in pages:
                yield page

    async def facets(self, page: ResultPage) -> Facets:
        """What the records of a result have in common, as far as they are kept. Raises QueryError, CacheError."""
        return await self._live.facets(page)

    async def history(self) -> list[Asked]:
        """Every search that was made, the latest first."""
        return await self._desk.do(lambda shelf: shelf.cache.history.all())

    async def saved(self) -> list[Asked]:
        """The searches that were saved, by their names."""
        return await self._desk.do(lambda shelf: shelf.cache.history.saved())

    async def asked(self, query: str) -> Asked | None:
        """What the history knows of a query."""
        return await self._desk.do(lambda shelf: shelf.cache.history.of(query.strip()))

    async def save_search(self, page: ResultPage, name: str) -> None:
        """Save the search that a page answers under a name; one that was only typed is noted first."""
        await self._desk.do(Shelf.save_search, page, name, self.now())

    async def save(self, number: int, name: str) -> None:
        """Save a search of the history under a name; an empty one forgets it. Raises CacheError."""
        await self._desk.do(lambda shelf: shelf.cache.history.save(number, name))

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

    async def through(
        self, pmids: Sequence[int], use: Callable[[Iterator[Kept]], T], told: Told = _nobody, *, parsed: bool = True
    ) -> T:
        """What `use` makes of these records, which it gets one after the other, in a thread of its own.

        Fetched where they are not kept; not `parsed`, the records say no more than their PMIDs. Raises Problem before
        the first where one of them cannot be had.
        """
        await self._ensure(pmids)
        return await asyncio.to_thread(use, self._each(pmids, told, parsed))

    async def export(
        self, pmids: Sequence[int], format: Format, path: Path, *, replace: bool, told: Told = _nobody
    ) -> int:
        """Write these records to a file, whole or not at all; how many they were. Raises Problem."""

        check_place(path, replace=replace)

        def write(records: Iterator[Kept]) -> None:
            write_atomically(path, format.write(records), replace=replace)

        await self.through(pmids, write, told, parsed=format.parsed)
        return len(pmids)

    async def exported(self, pmids: Sequence[int], format: Format) -> str:
        """These records as the text that a file of the format would hold. Raises Problem."""
        return await self.through(pmids, lambda records: "".join(format.write(records)), parsed=format.parsed)

    async def exporting(self, pmids: Sequence[int], format: Format, told: Told = _nobody) -> AsyncGenerator[str, None]:
        """The same text in pieces. Raises Problem before the first."""
        await self._ensure(pmids)
        pieces = _joined(format.write(self._each(pmids, told, format.parsed)))
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece

    async def plan(self, query: str, told: Told = _nobody) -> Plan:
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

    def _each(self, pmids: Sequence[int], told: Told, parsed: bool) -> Iterator[Kept]:
        """The kept records, a few at a time; for another thread, while ours stays free for the reader."""
        some = Shelf.several if parsed else Shelf.unparsed
        for at in range(0, len(pmids), _STEP):
            yield from self._desk.begin(some, pmids[at : at + _STEP]).result()
            told(min(at + _STEP, len(pmids)))

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

    async def _search_kept(self, query: str, sort: str, limit: int) -> AsyncGenerator[ResultPage, None]:
        """What is kept that answers, noted in the history when it is counted."""
        async with aclosing(self._live.pages(query, sort, limit=limit)) as pages:
            async for page in pages:
                yield await self._desk.do(Shelf.note_search, page, self.now()) if page.complete else page

    async def _fill(self, page: ResultPage, start: int = 0) -> AsyncGenerator[ResultPage, None]:
        """Pages of the same ids with ever more rows: first what is kept, then what arrives."""
        pmids = page.pmids[start:]
        rows = await self.rows(pmids)
        yield page._replace(rows=rows)
        try:
            async with aclosing(self._fetching.batches(pmids, older=WEEK)) as batches:
                async for batch in batches:
                    yield page._replace(rows=tuple(row_of(kept.record) for kept in batch))
        except Problem as problem:
            if not (self.offline or rows):
                raise
            yield page._replace(problem=problem)
        await self._desk.do(Shelf.mark_seen, pmids, self.now())


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
