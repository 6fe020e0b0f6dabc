"""The desk: the one thread in which the shelf is used, so that no key ever waits for cache or parser.

What the thread is doing finishes, and is kept, even if whoever asked for it has gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from tui.library.shelf import Shelf
from tui.model.problem import Problem

P = ParamSpec("P")
T = TypeVar("T")


class Closed(Problem):
    """The library was closed meanwhile."""

    def __init__(self) -> None:
        super().__init__("The program is closing.")


class Desk:
    """Opens the shelf, does with it what it is told, and closes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="library")
        self._shelf: Shelf | None = None

    async def open(self) -> None:
        if self._shelf is None:
            self._shelf = await self.run(Shelf, self._path)

    async def close(self) -> None:
        """Take no more; what is being done finishes first."""
        if self._shelf is not None:
            shelf, self._shelf = self._shelf, None
            await self.run(shelf.close)
        self._thread.shutdown()

    def begin(self, method: Callable[Concatenate[Shelf, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As `do`, for callers in other threads."""
        if self._shelf is None:
            raise Closed
        return self._thread.submit(method, self._shelf, *args, **kwargs)

    async def do(self, method: Callable[Concatenate[Shelf, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a method of the shelf gives. Raises Closed, and what the method raises."""
        return await asyncio.wrap_future(self.begin(method, *args, **kwargs))

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What anything else gives that has to be done in this thread."""
        return await asyncio.wrap_future(self._thread.submit(function, *args, **kwargs))
