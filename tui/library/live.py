"""Answers out of what is kept while somebody types: the first page at once, the exact numbers behind it.

A thread and a connection of its own, so that neither a fetch nor an import holds it up. What was begun for one query
ends when the next one comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from tui.cache import Cache
from tui.cache.search import Question
from tui.library.shelf import ORDERS
from tui.model.results import ResultPage, Row

P = ParamSpec("P")
T = TypeVar("T")

CAPPED = 1000
"""As many answers are counted before the first page is shown."""


class First(NamedTuple):
    """The first page, and what it is a page of."""

    page: ResultPage
    """Its total is no more than CAPPED + 1: then there are more."""
    question: Question
    exact: bool
    """Whether the order is that of all that answer; only the best match of many is not."""


class Tally(NamedTuple):
    """The exact numbers."""

    total: int
    years: dict[int, int]
    """How many of them were published in each year; 0 stands for those without one."""


class Live:
    """Asks the cache of a file, as often as somebody types. `close` it."""

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self._path = path
        self._today = today
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._cache: Cache | None = None

    async def close(self) -> None:
        self.stop()
        await self._do(self._close)
        self._thread.shutdown()

    def stop(self) -> None:
        """End what is being counted: it raises Interrupted."""
        if self._cache is not None:
            self._cache.interrupt()

    async def first(self, query: str, *, sort: str = "", limit: int, unfinished: bool = False) -> First:
        """The first page for a query, of which the last word may be unfinished. Raises QueryError, CacheError."""
        return await self._do(self._first, query, sort, limit, unfinished)

    async def further(self, question: Question, *, sort: str = "", limit: int, offset: int) -> tuple[int, ...]:
        """PMIDs of a later page."""
        return await self._do(
            lambda: self._opened.search.page(question, limit=limit, offset=offset, order=ORDERS[sort])
        )

    async def tally(self, question: Question) -> Tally:
        """How many answer, and when they were published. Raises Interrupted, where `stop` came meanwhile."""
        return await self._do(lambda: Tally(*self._opened.sets.tally(question)))

    async def rows(self, pmids: tuple[int, ...]) -> dict[int, Row]:
        return await self._do(lambda: self._opened.records.rows(pmids))

    async def _do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(self._thread.submit(work, *args, **kwargs))

    @property
    def _opened(self) -> Cache:
        if self._cache is None:
            self._cache = Cache.open(self._path, read_only=True)
        return self._cache

    def _first(self, query: str, sort: str, limit: int, unfinished: bool) -> First:
        cache = self._opened
        question = cache.search.read(query, unfinished=unfinished, today=self._today())
        pmids = cache.search.page(question, limit=limit, order=ORDERS[sort])
        total = cache.search.count(question, CAPPED + 1) if len(pmids) == limit else len(pmids)
        rows = cache.records.rows(pmids)
        page = ResultPage(
            query,
            pmids,
            total,
            total,
            question.translation,
            tuple(rows[pmid] for pmid in pmids if pmid in rows),
            offline=True,
        )
        return First(page, question, sort != "relevance" or cache.search.exact(question))

    def _close(self) -> None:
        if self._cache is not None:
            self._cache.close()
            self._cache = None
