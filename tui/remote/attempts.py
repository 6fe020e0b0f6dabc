"""Trying again: how often, after which pause, and telling the reader so.

    async for attempt in Attempts("fetching", on_wait):
        with attempt:
            ...

The loop ends when the body has run through, or with the error that there is no further attempt after. How often
and how long stands with each error (`RemoteError.pauses`); what an error of another kind, or a cancelled task, does
is nothing but leave.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from types import TracebackType

from tui.model.results import Wait
from tui.remote.errors import RemoteError

JITTER = 1.0
"""Seconds, at most, that are added to our own pauses, so that two programs do not come back together."""


class Attempt:
    """One attempt. As a context it keeps an error to itself that another attempt may mend."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.failure: RemoteError | None = None

    def __enter__(self) -> Attempt:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if isinstance(error, RemoteError) and self.number <= len(error.pauses):
            self.failure = error
        return self.failure is not None


class Attempts:
    """The attempts at one thing, with the pauses between them.

    `doing` is ``searching`` or ``fetching``. `on_wait` is given each pause as it begins, and None when it is over,
    cancelled or not.
    """

    def __init__(
        self,
        doing: str,
        on_wait: Callable[[Wait | None], None],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._doing = doing
        self._on_wait = on_wait
        self._sleep = sleep
        self._attempt: Attempt | None = None

    def __aiter__(self) -> Attempts:
        return self

    async def __anext__(self) -> Attempt:
        if self._attempt is None:
            self._attempt = Attempt(1)
        elif self._attempt.failure is None:
            raise StopAsyncIteration
        else:
            await self._pause(self._attempt.number, self._attempt.failure)
            self._attempt = Attempt(self._attempt.number + 1)
        return self._attempt

    async def _pause(self, number: int, failure: RemoteError) -> None:
        seconds = failure.retry_after
        if seconds is None:
            seconds = failure.pauses[number - 1] + random.uniform(0, JITTER)  # noqa: S311  # spreads load, hides nothing
        self._on_wait(Wait(seconds, number + 1, len(failure.pauses) + 1, failure.why, self._doing))
        try:
            await self._sleep(seconds)
        finally:
            self._on_wait(None)
