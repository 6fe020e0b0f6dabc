"""For tests: what a cache finds."""

from __future__ import annotations

from tui.cache import Cache


def answers(cache: Cache, text: str, limit: int = 9) -> tuple[int, ...]:
    """The newest records that answer a query."""
    return cache.search.page(cache.search.read(text), limit=limit)


def how_many(cache: Cache, text: str) -> int:
    """How many answer."""
    return cache.search.count(cache.search.read(text))
