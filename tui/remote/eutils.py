"""NCBI's E-utilities (E-utilities In-Depth, NBK25499): search, correct a spelling, fetch records as XML.

Everything is sent by POST, so that neither the API key nor the query stands in a URL, where logs and error texts
would have it. The key goes to the configured host alone, by https, or in plain http to this machine.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager, suppress

import httpx

from tui import __version__
from tui.model.results import Wait
from tui.remote import replies
from tui.remote.addresses import safe
from tui.remote.answers import HEAD, beyond_reach, kind, trouble
from tui.remote.attempts import Attempts
from tui.remote.bodies import Patience, inflated, our_errors
from tui.remote.errors import BadQuery, RemoteError, Temporary, cut_short
from tui.remote.pacing import Pace
from tui.remote.replies import SearchReply

REACHABLE = 9_999
"""How many of a query's records ESearch can page to."""
BATCH = 200
"""The most records in one fetch."""
_HEADERS = {"User-Agent": f"pubmed-tui/{__version__}", "Accept-Encoding": "gzip"}
_TIMEOUT = httpx.Timeout(20, connect=10, pool=None)
REPLY_SECONDS, FETCH_SECONDS = 60.0, 120.0
"""The time an answer may take in all, not counting the wait for its turn."""
_REPLY_BYTES, _FETCH_BYTES, _REFUSAL_BYTES = 8 * 2**20, 64 * 2**20, 64 * 2**10
_IDLE = 60.0
_ENDS = (b"</PubmedArticleSet>", b"<PubmedArticleSet/>")
_TAIL = 256
"""More bytes than the last end tag and the blanks after it."""


class _Key(str):
    """The API key, which a traceback that prints local values does not show."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'(hidden)'"


class Eutils:
    """E-utilities over an HTTP client that somebody else opens, and that is closed with them.

    `base_url` ends before the program's name; `on_wait` is told of pauses (see `Attempts`). Nothing is sent before
    the first request. Raises BadAddress for a `base_url` that must not be given a key.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        base_url: str,
        pace: Pace,
        email: str = "",
        api_key: str = "",
        on_wait: Callable[[Wait | None], None] = lambda _wait: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._base_url = safe(
            base_url,
            "The address of the E-utilities is not one to send a key and an e-mail address to.",
            "PUBMED_TUI_EUTILS_URL",
        )
        self._pace = pace
        self._identity = {"tool": "pubmed-tui"} | ({"email": email} if email else {})
        self._key = _Key(api_key)
        self._on_wait = on_wait
        self._sleep = sleep
        self._clock = clock
        self._last_used = float("-inf")

    @property
    def per_second(self) -> int:
        """How many requests may start in a second."""
        return self._pace.per_second

    async def search(self, query: str, *, start: int = 0, limit: int = 50, sort: str = "") -> SearchReply:
        """The ids that answer a query, from number `start` on, at most `limit`.

        `sort` is ``relevance``, ``pub_date``, or empty for PubMed's own order, the newest entry first. Tried up to
        four times. Raises BadQuery, and Refused where `start` is not among the first 9,999.
        """
        if start >= REACHABLE:
            raise beyond_reach()
        form = {"db": "pubmed", "term": query, "retmode": "json", "retstart": str(start)}
        form["retmax"] = str(min(limit, REACHABLE - start))
        if sort:
            form["sort"] = sort
        async for attempt in self.attempts("searching"):
            with attempt:
                reply = await self._searched(form)
        return reply

    async def _searched(self, form: dict[str, str]) -> SearchReply:
        try:
            return replies.search(await self._reply("esearch", form))
        except Temporary:
            # PubMed has one answer to an unbalanced query and to an outage of its own; only the first will not pass.
            if _unbalanced(form["term"]):
                raise BadQuery(
                    "The query has a parenthesis or a quotation mark without its partner.", "Close it, or leave it out."
                ) from None
            raise

    async def spell(self, query: str) -> str:
        """A corrected spelling of the query, or an empty string: none is known, or none could be had."""
        with suppress(RemoteError):
            return replies.spelling(await self._reply("espell", {"db": "pubmed", "term": query}))
        return ""

    def fetch(self, pmids: Sequence[int]) -> AsyncGenerator[bytes, None]:
        """The records as PubMed's XML, one PubmedArticleSet, in pieces as they arrive; one attempt.

        Records come in the order asked; those that PubMed does not have are left out, all of them if need be. The
        first piece comes only when the answer is known to be records. Interrupted after it means that what arrived
        so far is good and the rest is missing. Use it inside `contextlib.aclosing`, so that leaving early closes
        the connection. Raises ValueError unless there are 1 to 200 `pmids`.
        """
        if not 1 <= len(pmids) <= BATCH:
            raise ValueError(f"{len(pmids)} PMIDs in one fetch")
        ids = ",".join(str(int(pmid)) for pmid in pmids)
        return self._fetch({"db": "pubmed", "id": ids, "retmode": "xml", "retmax": str(len(pmids))})

    def attempts(self, doing: str) -> Attempts:
        """The loop to put around `fetch`; `doing` is what the reader is told is being tried."""
        return Attempts(doing, self._on_wait, sleep=self._sleep)

    async def warm(self) -> None:
        """Open a connection ahead of the first request; does nothing where one was used within the last minute."""
        if self._clock() - self._last_used < _IDLE:
            return
        self._last_used = self._clock()
        await self._pace.start()
        request = self._client.build_request(
            "HEAD", f"{self._base_url}/einfo.fcgi", params=self._identity, headers=_HEADERS, timeout=_TIMEOUT
        )
        with suppress(httpx.TransportError):
            await self._client.send(request, follow_redirects=False)

    async def aclose(self) -> None:
        """Close the client; nothing can be asked after it."""
        await self._client.aclose()

    async def _reply(self, program: str, form: dict[str, str]) -> bytes:
        """A small answer, whole and known to be one."""
        async with self._answer(program, form, _REPLY_BYTES, REPLY_SECONDS) as (response, pieces):
            body = b"".join([piece async for piece in pieces])
            error = trouble(program, response.status_code, response.headers, body, key=self._key)
            if error:
                del body  # it may repeat the key, and a traceback may show what this frame holds
                raise error
            return body

    async def _fetch(self, form: dict[str, str]) -> AsyncGenerator[bytes, None]:
        async with self._answer("efetch", form, _FETCH_BYTES, FETCH_SECONDS) as (response, pieces):
            head = await _until(pieces, lambda head: bool(kind(head)) or len(head) > HEAD)
            if response.status_code != 200 or kind(head) != "PubmedArticleSet":
                head += await _until(pieces, lambda more: len(more) > _REFUSAL_BYTES)
            error = trouble("efetch", response.status_code, response.headers, head, key=self._key)
            if error:
                del head  # as in `_reply`
                raise error
            yield head
            tail = head
            async for piece in pieces:
                yield piece
                tail = tail[-_TAIL:] + piece
            if not tail.rstrip().endswith(_ENDS):
                raise cut_short()

    @asynccontextmanager
    async def _answer(
        self, program: str, form: dict[str, str], limit: int, seconds: float
    ) -> AsyncIterator[tuple[httpx.Response, AsyncGenerator[bytes, None]]]:
        """Send one request in its turn; its status and headers, and its body still to be read."""
        form = form | self._identity | ({"api_key": self._key} if self._key else {})
        moment = await self._pace.start()

        async def follow(event: str, _details: object) -> None:
            if event.endswith(".send_request_headers.started"):
                await self._pace.sets_out(moment)

        self._last_used = self._clock()
        patience = Patience(seconds)
        request = self._client.build_request(
            "POST",
            f"{self._base_url}/{program}.fcgi",
            data=form,
            headers=_HEADERS,
            timeout=_TIMEOUT,
            extensions={"trace": follow},
        )
        with our_errors():
            response = await patience.wait(self._client.send(request, stream=True, follow_redirects=False))
            async with aclosing(response), aclosing(inflated(response, patience, limit)) as pieces:
                yield response, pieces


def _unbalanced(query: str) -> bool:
    """Whether a parenthesis or a quotation mark stands alone."""
    outside = query.split('"')[::2]
    depth = 0
    for character in "".join(outside):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return True
    return depth != 0 or query.count('"') % 2 == 1


async def _until(pieces: AsyncIterator[bytes], enough: Callable[[bytes], bool]) -> bytes:
    """Read until there is enough, or no more."""
    read = b""
    while not enough(read) and (piece := await anext(pieces, None)) is not None:
        read += piece
    return read
