"""NLM's descriptor file of MeSH, over HTTP (https://www.nlm.nih.gov/databases/download/mesh.html).

The current files lie in ``MESH_FILES/xmlmesh``, each under the name of its year: ``desc2026.gz``, 17 MB of what unpacks
to 300. They change once a year. What comes is handed on as it is, packed: whether it is whole, its own checksum tells.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from typing import NamedTuple, cast

import httpx

from tui import __version__
from tui.model.results import Wait
from tui.remote.addresses import safe
from tui.remote.answers import LONGEST_PAUSE, kind, pause_asked
from tui.remote.attempts import Attempts
from tui.remote.bodies import Patience, our_errors
from tui.remote.errors import Busy, NotPubMed, Refused, Temporary, TooLarge
from tui.remote.pacing import Pace

_HEADERS = {"User-Agent": f"pubmed-tui/{__version__}", "Accept-Encoding": "identity"}
_TIMEOUT = httpx.Timeout(20, connect=10, pool=None)
_SECONDS = 3600.0
"""The time the file may take in all."""
_LARGEST = 256 * 2**20
_GZIP = b"\x1f\x8b"
_SERVER = "NLM's file server"


class Download(NamedTuple):
    """A file that is arriving."""

    size: int
    """Bytes of all of it; 0 where the server does not say."""
    pieces: AsyncGenerator[bytes, None]


class MeshFiles:
    """The server over an HTTP client that somebody else opens, and that is closed with this.

    `base_url` ends before the file's name; `on_wait` is told of pauses (see `Attempts`). Raises BadAddress.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        base_url: str,
        pace: Pace,
        on_wait: Callable[[Wait | None], None] = lambda _wait: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._base_url = safe(base_url, "The address of NLM's MeSH files is not a safe one.", "PUBMED_TUI_MESH_URL")
        self._pace = pace
        self._on_wait = on_wait
        self._sleep = sleep

    def attempts(self) -> Attempts:
        """The loop to put around `descriptors`."""
        return Attempts("fetching", self._on_wait, sleep=self._sleep)

    @asynccontextmanager
    async def descriptors(self, year: int) -> AsyncIterator[Download]:
        """The descriptor file of a year. Raises Refused where there is none, and RemoteError, at any piece as well."""
        await self._pace.start()
        patience = Patience(_SECONDS)
        request = self._client.build_request(
            "GET", f"{self._base_url}/desc{year}.gz", headers=_HEADERS, timeout=_TIMEOUT
        )
        with our_errors(_SERVER):
            response = await patience.wait(self._client.send(request, stream=True, follow_redirects=False))
            async with aclosing(response), aclosing(_pieces(response, patience)) as pieces:
                _check(response, year)
                length = response.headers.get("content-length", "")
                yield Download(int(length) if length.isdecimal() else 0, pieces)

    async def aclose(self) -> None:
        """Close the client."""
        await self._client.aclose()


def _check(response: httpx.Response, year: int) -> None:
    """Raise what an answer means that is not the file."""
    status, pause = response.status_code, pause_asked(response.headers)
    pauses = () if pause and pause > LONGEST_PAUSE else None
    if status in (404, 410):
        raise Refused(
            f"NLM has no MeSH descriptors of {year}.", "Load a file that you have: pubmed-tui mesh load FILE."
        )
    if status == 429:
        why = f"{_SERVER} is busy"
        raise Busy(f"{why}.", "Try again later.", why=why, retry_after=pause, pauses=pauses)
    if status >= 500 or status == 408:
        why = f"{_SERVER} is out of order"
        raise Temporary(f"{why} at the moment.", "Try again later.", why=why, retry_after=pause, pauses=pauses)
    if status != 200:
        raise _somebody_else()


def _somebody_else() -> NotPubMed:
    return NotPubMed(
        "What came is not NLM's file of MeSH descriptors.",
        "A network that wants a login answers like this: open any web page and see. "
        "If that works, check the address in PUBMED_TUI_MESH_URL.",
        pauses=(),
    )


async def _pieces(response: httpx.Response, patience: Patience) -> AsyncGenerator[bytes, None]:
    """The body as it arrives, once its first bytes show that it is the file."""
    length = 0
    # It is a generator, though it is declared as less.
    async with aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_raw())) as raw:
        while (piece := await patience.wait(anext(raw, None))) is not None:
            if not length and not (piece.startswith(_GZIP) or kind(piece) in ("", "DescriptorRecordSet")):
                raise _somebody_else()
            length += len(piece)
            if length > _LARGEST:
                raise TooLarge(
                    f"NLM's file is larger than {_LARGEST // 2**20} MiB and was not read to its end.",
                    "Load a file that you have: pubmed-tui mesh load FILE.",
                )
            yield piece
    if not length:
        raise _somebody_else()
