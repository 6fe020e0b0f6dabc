"""The searches that were made, numbered and kept for good."""

from __future__ import annotations

from collections.abc import Callable

from tui.library.desk import Desk
from tui.library.shelf import Shelf
from tui.model.results import Asked, ResultPage


class History:
    """`now` gives Unix time. Every method raises CacheError."""

    def __init__(self, desk: Desk, now: Callable[[], float]) -> None:
        self._desk = desk
        self._now = now

    async def all(self) -> list[Asked]:
        """Every search that was made, the latest first."""
        return await self._desk.do(lambda shelf: shelf.cache.history.all())

    async def saved(self) -> list[Asked]:
        """The searches that were saved, by their names."""
        return await self._desk.do(lambda shelf: shelf.cache.history.saved())

    async def of(self, query: str) -> Asked | None:
        """What is known of a query."""
        return await self._desk.do(lambda shelf: shelf.cache.history.of(query.strip()))

    async def save_page(self, page: ResultPage, name: str) -> None:
        """Save the search that a page answers under a name; one that was only typed is noted first."""
        await self._desk.do(Shelf.save_search, page, name, self._now())

    async def save(self, number: int, name: str) -> None:
        """Save a search under a name; an empty one forgets it."""
        await self._desk.do(lambda shelf: shelf.cache.history.save(number, name))
