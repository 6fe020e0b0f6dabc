"""Getting an answer's bytes: in bounded memory, in bounded time, and with every way to fail as one of ours.

The HTTP library bounds each read, not the whole, and inflates a small compressed bomb to gigabytes; so the time is
counted and the inflating done here.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncGenerator, Awaitable, Iterator
from contextlib import aclosing, contextmanager
from typing import TypeVar, cast

import httpx

from tui.remote.errors import Interrupted, NoNetwork, NotPubMed, RemoteError, TooLarge, cut_short

_STEP = 256 * 1024
"""Bytes inflated at a time."""
_ANY_GZIP = 16 + zlib.MAX_WBITS
_T = TypeVar("_T")


class Patience:
    """Seconds that may be waited in all, over several waits; what the caller does in between is not counted."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    async def wait(self, awaitable: Awaitable[_T]) -> _T:
        """What `awaitable` gives; TimeoutError when the seconds are used up."""
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(self._left):
                return await awaitable
        finally:
            self._left -= clock() - began


async def inflated(response: httpx.Response, patience: Patience, limit: int) -> AsyncGenerator[bytes, None]:
    """The body of a streamed response as it arrives, inflated; TooLarge when it is longer than `limit` bytes."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise NotPubMed("The answer came in a form that was not asked for.", "Try again later.", pauses=())
    inflater = None if encoding in ("identity", "") else zlib.decompressobj(_ANY_GZIP)
    length = 0
    # It is a generator, though it is declared as less.
    async with aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_raw())) as raw:
        while (chunk := await patience.wait(anext(raw, None))) is not None:
            for piece in _inflate(inflater, chunk) if inflater else (chunk,):
                length += len(piece)
                if length > limit:
                    raise TooLarge(
                        f"PubMed's answer is larger than {limit // 2**20} MiB and was not read to its end.",
                        "Ask for less at once.",
                    )
                yield piece
    if inflater and length and not inflater.eof:
        raise cut_short()


def _inflate(inflater: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    while not inflater.eof:
        try:
            piece = inflater.decompress(chunk, _STEP)
        except zlib.error:
            raise Interrupted("PubMed's answer arrived damaged.", "Try again.", why="The answer was damaged") from None
        if piece:
            yield piece
        chunk = inflater.unconsumed_tail
        if not chunk and len(piece) < _STEP:
            return


@contextmanager
def our_errors(server: str = "PubMed") -> Iterator[None]:
    """Turn the errors of the HTTP library, and of time running out, into ours; `server` is who was asked.

    Without the original as their cause: its frames hold the request's body and with it the API key, which a
    traceback that prints local values would show.
    """
    try:
        yield
    except httpx.TransportError as error:
        raise _meaning(error, server) from None
    except TimeoutError:
        raise _meaning(httpx.ReadTimeout(""), server) from None


def _meaning(error: httpx.TransportError, server: str) -> RemoteError:
    causes = tuple(_causes(error))
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)):
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            return NoNetwork(
                f"The connection to {server} is not safe: the certificate cannot be verified.",
                "A network that wants a login behaves like this: open any web page and see. So does a proxy with a "
                "certificate of its own, which SSL_CERT_FILE can name.",
            )
        if not any(isinstance(cause, (ConnectionResetError, ssl.SSLEOFError)) for cause in causes):
            return NoNetwork(
                f"{server} cannot be reached.", "Check the network connection and, where there is one, the proxy."
            )
    if isinstance(error, httpx.TimeoutException):
        why = f"{server} did not answer"
        return Interrupted(f"{why} in time.", "Try again later.", why=why)
    return Interrupted(f"The connection to {server} was lost.", "Try again.", why="The connection was lost")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
