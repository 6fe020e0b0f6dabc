"""For the tests of this folder: a library over a stand-in for PubMed, and a clock that moves when it is told to."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import httpx

from tests.pubmed_answers import Answer
from tests.pubmed_double import BASE_URL, Change, PubMedDouble
from tui.library import Library
from tui.model.results import Kept, ResultPage, Row, Wait
from tui.remote import Eutils, Pace, open_client


class Clock:
    """Unix time. Sleeping takes none of it."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, _seconds: float) -> None:
        await asyncio.sleep(0)

    def days(self, count: float) -> None:
        """Let so many days pass."""
        self.now += count * 86_400


@asynccontextmanager
async def opened(
    path: Path, double: PubMedDouble, clock: Clock, waits: list[Wait] | None = None, *, offline: bool = False
) -> AsyncIterator[Library]:
    """Every pause that is made comes into `waits`."""

    def on_wait(wait: Wait | None) -> None:
        if waits is not None and wait is not None:
            waits.append(wait)

    def connect() -> Eutils:
        return Eutils(
            open_client(double.transport()),
            base_url=BASE_URL,
            pace=Pace(path.parent / "pace", with_key=False, clock=clock, sleep=clock.sleep),
            on_wait=on_wait,
            sleep=clock.sleep,
            clock=clock,
        )

    library = Library(path, connect, offline=offline, now=clock)
    await library.open()
    try:
        yield library
    finally:
        await library.close()


async def pages(answers: AsyncGenerator[ResultPage, None]) -> list[ResultPage]:
    """All of them, to the end."""
    async with aclosing(answers):
        return [page async for page in answers]


async def copies(answers: AsyncGenerator[Kept, None]) -> list[Kept]:
    """All of them, to the end."""
    async with aclosing(answers):
        return [kept async for kept in answers]


def rows_of(answers: list[ResultPage]) -> dict[int, Row]:
    """The rows that came, the last one of each record."""
    return {row.pmid: row for page in answers for row in page.rows}


def ids_asked(double: PubMedDouble) -> list[list[int]]:
    """The PMIDs of each fetch."""
    return [[int(id) for id in params["id"].split(",")] for params in double.asked("efetch")]


def asked_in_all(double: PubMedDouble) -> list[int]:
    """The PMIDs of all fetches, in ascending order; one that was fetched twice stands there twice."""
    return sorted(itertools.chain.from_iterable(ids_asked(double)))


async def until(condition: Callable[[], bool]) -> None:
    """Let the others go on until it is so."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  # it is the state of the program that is waited for, not an event
            await asyncio.sleep(0)


def others() -> set[asyncio.Task[object]]:
    """The tasks there are besides the test's own."""
    return asyncio.all_tasks() - {asyncio.current_task()}


def unreachable() -> Change:
    """No connection can be made."""

    def change(_true: Answer, _params: object) -> Answer:
        raise httpx.ConnectError("no network")

    return change
