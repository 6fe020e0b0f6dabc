"""PubMed, when it can be had: connected when it is first needed, never while offline, offline once it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from tui.library.desk import Closed, Desk
from tui.model.problem import Problem

if TYPE_CHECKING:
    from tui.remote import Eutils

T = TypeVar("T")


class PubMed:
    """`connect` makes the client of the E-utilities, in the desk's thread: it takes a tenth of a second."""

    def __init__(self, desk: Desk, connect: Callable[[], Eutils], *, offline: bool) -> None:
        self.offline = offline
        self._desk = desk
        self._connect = connect
        self._eutils: Eutils | None = None
        self._requests: set[asyncio.Task[Any]] = set()
        self._ended = False

    async def eutils(self) -> Eutils:
        """The client. Raises Problem while offline."""
        if self.offline:
            raise Problem("The program is offline.", "Go online to ask PubMed.")
        return self._eutils if self._eutils is not None else await self._desk.run(self._connected)

    async def ask(self, request: Coroutine[Any, Any, T]) -> T:
        """What the request gives, which ends with Closed when the library is closed. Raises Problem.

        Where the network is gone, the program is offline from now on.
        """
        task = asyncio.ensure_future(request)
        self._requests.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if self._ended:
                raise Closed from None
            raise
        except Problem as problem:
            from tui.remote import NoNetwork  # noqa: PLC0415 - httpx is loaded by now, and not before

            self.offline = self.offline or isinstance(problem, NoNetwork)
            raise
        finally:
            self._requests.discard(task)

    async def end(self) -> None:
        """End all requests, and begin no more."""
        self.offline = self._ended = True
        for request in self._requests:
            request.cancel()
        await asyncio.gather(*self._requests, return_exceptions=True)

    async def close(self) -> None:
        """Close the connections; `end` comes before it."""
        if self._eutils is not None:
            await self._eutils.aclose()

    def _connected(self) -> Eutils:
        if self._eutils is None:
            self._eutils = self._connect()
        return self._eutils
