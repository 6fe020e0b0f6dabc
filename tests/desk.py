"""Where a reader sits down in the stories: settings, network, clock and cache.

PubMed is the double behind its first door, so that there is no socket anywhere; pauses and ages go by a clock that
only moves when a test moves it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.driver import WIDE, Reader, reading
from tests.pubmed_answers import Gate
from tests.pubmed_double import BASE_URL, PubMedDouble
from tui import remote
from tui.config import Settings
from tui.library import Library
from tui.model.results import Wait
from tui.ui.app import PubMedApp

NOON = 1_795_262_400.0
"""2026-11-21 12:00 UTC: when the stories begin."""


class Clock:
    """Unix time, as long as nobody moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += days * 86_400


class Pauses:
    """The pauses before a request is tried again: they end at once, or when the test says so."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.gate: Gate | None = None

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        if self.gate is not None:
            await self.gate.wait()

    def hold(self) -> Gate:
        """From now on pauses last until the gate is released."""
        self.gate = Gate()
        return self.gate


class Desk:
    """Where a reader sits down: settings, network and cache, which stay when the program is closed and opened again."""

    def __init__(self, folder: Path, pubmed: PubMedDouble, clock: Clock, pauses: Pauses) -> None:
        self.folder = folder
        self.pubmed = pubmed
        self.clock = clock
        self.pauses = pauses
        self.connected = 0
        """How often the program asked for a connection to PubMed at all."""
        self.on_the_train = False
        """Whether there is no network."""

    @asynccontextmanager
    async def open(
        self,
        query: str | None = None,
        *,
        offline: bool = False,
        settings: Settings | None = None,
        size: tuple[int, int] = WIDE,
        settled: bool = True,
    ) -> AsyncIterator[Reader]:
        """The program over this desk's cache."""
        app: PubMedApp | None = None

        def on_wait(wait: Wait | None) -> None:
            if app is not None:
                app.show_wait(wait)

        def connect() -> remote.Eutils:
            self.connected += 1
            return remote.Eutils(
                remote.open_client(httpx.MockTransport(self._network)),
                base_url=BASE_URL,
                pace=remote.Pace(self.folder / "pace", with_key=False, clock=self.clock, sleep=_at_once),
                on_wait=on_wait,
                sleep=self.pauses.sleep,
            )

        library = Library(self.folder / "pubmed.db", connect, offline=offline, now=self.clock)
        app = PubMedApp(lambda: library, settings or Settings(), query, offline=library.offline)
        async with reading(library, size=size, app=app) as reader:
            if settled:
                await reader.settled()
            yield reader

    async def _network(self, request: httpx.Request) -> httpx.Response:
        if self.on_the_train:
            raise httpx.ConnectError("Network is unreachable", request=request)
        return await self.pubmed.transport().handle_async_request(request)


async def _at_once(seconds: float) -> None:
    await asyncio.sleep(0)
