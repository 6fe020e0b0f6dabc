"""Answers out of what is kept, while somebody types: the first page at once, the exact numbers behind it.

A thread and a connection of its own, so that neither a fetch nor an import holds it up. What was begun for one query
ends when the next one comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from tui.cache import Cache, Interrupted
from tui.cache.search import CAPPED
from tui.library.shelf import ORDERS
from tui.model.results import ResultPage, Translation
from tui.query.narrow import going_on

if TYPE_CHECKING:
    from tui.cache.search import Question
    from tui.model.facets import Facets

P = ParamSpec("P")
T = TypeVar("T")


class Live:
    """Asks the cache of a file, as often as somebody types. `close` it."""

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self._path = path
        self._today = today
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._cache: Cache | None = None
        self._turn = 0
        """Counts what was begun; what belongs to an earlier turn ends."""

    async def close(self) -> None:
        self._next_turn()
        await self._do(self._close)
        self._thread.shutdown()

    async def pages(
        self, query: str, sort: str = "", *, limit: int, unfinished: bool = False
    ) -> AsyncGenerator[ResultPage, None]:
        """The first page for a query, then the exact numbers; the last page has `complete` set.

        With `unfinished` the last word may be the beginning of one. Ends what was begun before: that raises
        Interrupted, as this does where a newer one comes. Raises QueryError, CacheError.
        """
        self._next_turn()
        page, question = await self._do(self._first, query, sort, limit, unfinished)
        yield page
        if not page.complete:
            yield await self._do(self._tallied, page, question)

    async def facets(self, page: ResultPage) -> Facets:
        """What the records that answer the page's query have in common, as far as they are kept.

        Raises QueryError, CacheError, NotPubMedXml; Interrupted, where a newer query comes.
        """
        return await self._do(self._facets, page.query, page.unfinished, self._turn)

    def _next_turn(self) -> None:
        self._turn += 1
        if self._cache is not None:
            self._cache.interrupt()

    async def _do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(self._thread.submit(work, *args, **kwargs))

    @property
    def _opened(self) -> Cache:
        if self._cache is None:
            self._cache = Cache.open(self._path, read_only=True)
        return self._cache

    def _first(self, query: str, sort: str, limit: int, unfinished: bool) -> tuple[ResultPage, Question]:
        search = self._opened.search
        question = search.read(query, unfinished=unfinished, today=self._today())
        pmids, total, exact = search.first(question, limit=limit, order=ORDERS[sort])
        rows = self._opened.records.rows(pmids)
        page = ResultPage(
            query,
            pmids,
            min(total, CAPPED),
            min(total, CAPPED),
            question.translation if total else self._suggesting(question),
            tuple(rows[pmid] for pmid in pmids if pmid in rows),
            offline=True,
            sort=sort,
            exact=exact,
            capped=total > CAPPED,
            unfinished=unfinished,
        )
        if total <= CAPPED and self._opened.sets.ready:  # then the numbers are there in no time
            return self._tallied(page, question)._replace(rows=page.rows), question
        return page, question

    def _suggesting(self, question: Question) -> Translation:
        """What nothing answers, with a query that something does: while it was typed, its last word could go on."""
        search, longer = self._opened.search, going_on(question.text)
        if longer == question.text.strip() or not search.count(search.read(longer, today=self._today()), 1):
            return question.translation
        return question.translation._replace(suggestion=longer)

    def _tallied(self, page: ResultPage, question: Question) -> ResultPage:
        total, years = self._opened.sets.tally(question)
        return page._replace(
            rows=(), total=total, reachable=total, capped=False, years=tuple(years.items()), complete=True
        )

    def _facets(self, query: str, unfinished: bool, turn: int) -> Facets:
        from tui.library.facets import facets  # noqa: PLC0415 - rarely wanted

        def go_on() -> None:
            if turn != self._turn:
                raise Interrupted("Something else was asked meanwhile.")

        question = self._opened.search.read(query, unfinished=unfinished, today=self._today())
        return facets(self._opened, question, go_on)

    def _close(self) -> None:
        if self._cache is not None:
            self._cache.close()
            self._cache = None
