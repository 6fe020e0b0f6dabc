"""A stand-in for E-utilities: answers from the records it holds, as PubMed does, and misbehaves as told.

One handler, two doors: `PubMedDouble.transport` for an httpx client in the same process, `PubMedDouble.serve` for
everything else. What it was asked stands in `log`. It never sleeps; what is slow waits for the test to go on.

    double = PubMedDouble()
    double.add_file(path)
    double.faults.append(Fault(busy(retry_after="0"), program="efetch"))
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import re
import socket
import threading
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

import httpx

from tests import pubmed_index
from tests.pubmed_index import Article, Search, Unbalanced

BASE_PATH = "/entrez/eutils"
BASE_URL = f"https://eutils.ncbi.nlm.nih.gov{BASE_PATH}"
"""What a client behind `PubMedDouble.transport` is given as its address."""
REACHABLE = 9_999
XML = {"Content-Type": "text/xml; charset=UTF-8"}
JSON = {"Content-Type": "application/json; charset=UTF-8"}
HTML = {"Content-Type": "text/html; charset=UTF-8"}
PROLOG = (
    b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
_CHUNK = 16 * 1024
_ARTICLE = re.compile(rb"<(PubmedArticle|PubmedBookArticle)\b.*?</\1>", re.DOTALL)
_PATIENCE = 60
"""Seconds after which a test that forgot to go on fails, instead of standing for ever."""


class Signal:
    """Something that happens once; threads and coroutines can wait for it."""

    def __init__(self) -> None:
        self._happened = threading.Event()
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def set(self) -> None:
        with self._lock:
            self._happened.set()
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)

    def wait_in_thread(self) -> None:
        self._happened.wait(_PATIENCE)

    async def wait(self) -> None:
        waiting = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            if self._happened.is_set():
                return
            self._waiting.add(waiting)
        try:
            async with asyncio.timeout(_PATIENCE):
                await waiting[1].wait()
        finally:
            with self._lock:
                self._waiting.discard(waiting)


class Gate:
    """Where an answer stands until the test lets it go on: ``await gate.arrived.wait()``, ``gate.release()``."""

    def __init__(self) -> None:
        self.arrived = Signal()
        self._released = Signal()

    def release(self) -> None:
        self._released.set()

    def wait_in_thread(self) -> None:
        self.arrived.set()
        self._released.wait_in_thread()

    async def wait(self) -> None:
        self.arrived.set()
        await self._released.wait()


class Lost:
    """In place of the rest of a body: the connection breaks."""


Step = bytes | Gate | Lost


@dataclass(frozen=True)
class Answer:
    """An HTTP answer. The body comes in steps, some of which are no bytes."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Iterable[Step] = ()
    encoded: bool = False
    """Whether the body is already as the header Content-Encoding says; else it is packed where the client allows."""
    first: Gate | None = None
    """Where the whole answer waits, its status included."""

    @property
    def content(self) -> bytes:
        return b"".join(step for step in self.body if isinstance(step, bytes))


class Asked(NamedTuple):
    """One request."""

    time: float
    program: str
    """``esearch``, ``efetch`` ..."""
    params: Mapping[str, str]
    """The query's and the form's parameters; a repeated one joined by commas."""
    method: str
    url: str
    headers: Mapping[str, str]
    """Names in lower case."""


Change = Callable[[Answer, Mapping[str, str]], Answer]


@dataclass
class Fault:
    """What goes wrong with the next requests: a change of the true answer, given that and the parameters."""

    change: Change
    program: str = ""
    """Only requests to this program; empty for any."""
    times: int = 1


class PubMedDouble:
    """PubMed, as far as tests need it."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.articles: dict[int, Article] = {}
        self.log: list[Asked] = []
        self.faults: list[Fault] = []
        self.limit: int | None = None
        """Requests within a second, after which the answer is 429; three times that and one more with a key."""
        self.valid_keys: set[str] | None = None
        """The API keys that are known; None for any."""
        self.spelling: dict[str, str] = {}
        """Words and what ESpell makes of them."""
        self.count_of: dict[str, int] = {}
        """How many records a query claims to find, whatever is held."""
        self.gzip = True
        self._clock = clock
        self._held: dict[str, Gate] = {}
        self._gates: list[Gate] = []
        self._lock = threading.Lock()
        self._programs: dict[str, Callable[[Mapping[str, str]], Answer]] = {
            "esearch": self._esearch,
            "efetch": self._efetch,
            "espell": self._espell,
            "einfo": self._einfo,
        }

    # What it holds

    def add(self, xml: bytes) -> tuple[int, ...]:
        """Hold every article of a set, or one article alone, under its PMID; the PMIDs in their order."""
        added = [pubmed_index.article(found.group()) for found in _ARTICLE.finditer(xml)]
        self.articles |= {article.pmid: article for article in added}
        return tuple(article.pmid for article in added)

    def add_file(self, path: Path) -> tuple[int, ...]:
        """As `add`, from an ``.xml`` or ``.xml.gz`` file."""
        return self.add(_read(path))

    # Its two doors

    def transport(self) -> httpx.MockTransport:
        """To open an httpx.AsyncClient with."""

        async def door(request: httpx.Request) -> httpx.Response:
            body = (await request.aread()).decode()
            answer = self.answer(request.method, str(request.url), body, request.headers)
            if answer.first:
                await answer.first.wait()
            headers, steps = _wire(answer, request.headers, self.gzip)
            return httpx.Response(answer.status, headers=headers, stream=_Stream(steps, request))

        return httpx.MockTransport(door)

    @contextmanager
    def serve(self) -> Iterator[str]:
        """A server on this machine; its address, as PUBMED_TUI_EUTILS_URL wants it."""
        server = _Server(self)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{BASE_PATH}"
        finally:
            for gate in self._gates:
                gate.release()
            server.shutdown()
            thread.join()
            server.close_connections()
            server.server_close()

    # What a test sees and does

    def asked(self, program: str) -> list[Mapping[str, str]]:
        """The parameters of each request to one program, in their order."""
        return [asked.params for asked in self.log if asked.program == program]

    def gate(self) -> Gate:
        """A gate that also opens when the server closes."""
        gate = Gate()
        self._gates.append(gate)
        return gate

    def hold(self, program: str) -> Gate:
        """From now on requests to this program wait, until the gate is released."""
        self._held[program] = gate = self.gate()
        return gate

    def answer(self, method: str, url: str, form: str, headers: Mapping[str, str]) -> Answer:
        """The one handler."""
        address = urlsplit(url)
        params: dict[str, str] = {}
        for name, value in parse_qsl(f"{address.query}&{form}", keep_blank_values=True):
            params[name] = f"{params[name]},{value}" if name in params else value
        program = address.path.removeprefix(f"{BASE_PATH}/").removesuffix(".fcgi")
        with self._lock:
            now = self._clock()
            lately = 1 + sum(asked.time > now - 1 for asked in self.log)
            self.log.append(Asked(now, program, params, method, url, {k.lower(): v for k, v in headers.items()}))
            true = self._true_answer(program, params, lately)
            fault = next((fault for fault in self.faults if fault.program in ("", program)), None)
            if fault:
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                true = fault.change(true, params)
        allowed = self._allowed(params)
        rate = {"X-RateLimit-Limit": str(allowed), "X-RateLimit-Remaining": str(max(0, allowed - lately))}
        return replace(true, headers={**rate, **true.headers}, first=self._held.get(program, true.first))

    def _allowed(self, params: Mapping[str, str]) -> int:
        limit = self.limit or 3
        return limit * 3 + 1 if "api_key" in params else limit

    def _true_answer(self, program: str, params: Mapping[str, str], lately: int) -> Answer:
        key = params.get("api_key", "")
        if key and self.valid_keys is not None and key not in self.valid_keys:
            wrong = {"error": "API key invalid", "api-key": key, "type": "invalid", "status": "unknown"}
            return Answer(400, JSON, [json.dumps(wrong).encode()])
        if self.limit and lately > self._allowed(params):
            return _too_many(key, lately, self._allowed(params))
        if program not in self._programs:
            return Answer(404, HTML, [_page("NCBI - WWW Error 404 Diagnostic")])
        return self._programs[program](params)

    # Its programs

    def _esearch(self, params: Mapping[str, str]) -> Answer:
        as_json = params.get("retmode") == "json"
        query = params.get("term", "").strip()
        start, limit = int(params.get("retstart", 0)), int(params.get("retmax", 20))
        if not query:
            return _search_error("Empty term and query_key - nothing todo", as_json)
        if start >= REACHABLE:
            return _search_error(
                "Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can "
                "only retrieve the first 9,999 records matching the query.",
                as_json,
            )
        try:
            found = Search(self.articles, query).run()
        except Unbalanced:
            return _search_error("Search Backend failed: unbalanced query", as_json)
        messages = [] if found.pmids or query in self.count_of else ["No items found."]
        sort = params.get("sort", "")
        if sort not in ("", "relevance", "pub_date"):
            messages.append(f"Unknown sort schema '{sort}' ignored")
        if start + limit > REACHABLE:
            limit = REACHABLE - start
            messages.append(f"Restrictions achieved. start and count adjusted to {start}, {limit}")
        pmids = self._sorted(self._between(found.pmids, params), sort, query)[start : start + limit]
        count = self.count_of.get(query, len(found.pmids))
        listing = _Listing(count, start, min(limit, count), pmids, messages, found)
        return _search_json(listing) if as_json else _search_xml(listing)

    def _between(self, pmids: set[int], params: Mapping[str, str]) -> set[int]:
        if "mindate" not in params or "maxdate" not in params:
            return pmids
        tag = "edat" if params.get("datetype") == "edat" else "dp"
        between = Search(self.articles, f"{params['mindate']}:{params['maxdate']}[{tag}]").run()
        return pmids & between.pmids

    def _sorted(self, pmids: set[int], sort: str, query: str) -> list[int]:
        def key(pmid: int) -> tuple[int, int]:
            article = self.articles[pmid]
            if sort == "pub_date":
                return max(article.dates["dp"], default=0), pmid
            if sort == "relevance":
                asked = set(pubmed_index.words(query))
                return sum(word in asked for title in article.texts["ti"] for word in title), pmid
            return 0, pmid

        return sorted(pmids, key=key, reverse=True)

    def _efetch(self, params: Mapping[str, str]) -> Answer:
        if "WebEnv" in params:
            return _fetch_error("Unable to obtain query #1", 400)
        if "id" not in params:
            return _fetch_error("WebEnv parameter is required", 400)
        if not params["id"]:
            return _fetch_error("Supplied id parameter is empty.", 200)
        ids = [int(id) for id in params["id"].split(",") if id.strip().isdigit() and int(id)]
        if not ids:
            return _fetch_error("ID list is empty! Possibly it has no correct IDs.", 400)
        start = int(params.get("retstart", 0))
        asked = list(dict.fromkeys(ids))[start : start + int(params.get("retmax", 10_000))]
        return _set([self.articles[pmid].xml for pmid in asked if pmid in self.articles])

    def _espell(self, params: Mapping[str, str]) -> Answer:
        query = params.get("term", "")
        corrected = " ".join(self.spelling.get(word, word) for word in query.split())
        body = (
            '<?xml version="1.0"?>\n<!DOCTYPE eSpellResult PUBLIC "-//NLM//DTD eSpellResult, 23 November 2004//EN" '
            '"https://www.ncbi.nlm.nih.gov/entrez/query/DTD/eSpell.dtd">\n<eSpellResult>\n\t<Database>pubmed</Database>\n'
            f"\t<Query>{escape(query)}</Query>\n"
            f"\t<CorrectedQuery>{escape(corrected) if corrected != query else ''}</CorrectedQuery>\n"
            "\t<SpelledQuery/>\n\t<ERROR/>\n</eSpellResult>\n"
        )
        return Answer(200, XML, [body.encode()])

    def _einfo(self, _params: Mapping[str, str]) -> Answer:
        return Answer(200, XML, [b"<eInfoResult><DbList><DbName>pubmed</DbName></DbList></eInfoResult>"])


# From an answer to what goes over the wire


def _wire(answer: Answer, asked: Mapping[str, str], may_pack: bool) -> tuple[dict[str, str], Iterator[Step]]:
    accepted = asked.get("accept-encoding") or ""
    pack = may_pack and not answer.encoded and "gzip" in accepted
    return dict(answer.headers) | ({"Content-Encoding": "gzip"} if pack else {}), _steps(answer, pack)


def _steps(answer: Answer, pack: bool) -> Iterator[Step]:
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    for step in answer.body:
        if not isinstance(step, bytes):
            yield step
            continue
        data = packer.compress(step) + packer.flush(zlib.Z_SYNC_FLUSH) if pack else step
        for at in range(0, len(data), _CHUNK):
            yield data[at : at + _CHUNK]
    if pack:
        yield packer.flush()


class _Stream(httpx.AsyncByteStream):
    """The first door's body."""

    def __init__(self, steps: Iterator[Step], request: httpx.Request) -> None:
        self._steps = steps
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for step in self._steps:
            if isinstance(step, Gate):
                await step.wait()
            elif isinstance(step, Lost):
                raise httpx.ReadError("connection lost", request=self._request)
            else:
                await asyncio.sleep(0)
                yield step


class _Server(ThreadingHTTPServer):
    """The second door."""

    daemon_threads = False

    def __init__(self, double: PubMedDouble) -> None:
        self.double = double
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def close_connections(self) -> None:
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what was asked stands in the double's own log."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = self.rfile.read(length).decode()
        double = self.server.double
        asked = {name.lower(): value for name, value in self.headers.items()}
        answer = double.answer(self.command, self.path, form, asked)
        if answer.first:
            answer.first.wait_in_thread()
        headers, steps = _wire(answer, asked, double.gzip)
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.command == "HEAD":
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for step in steps:
            if isinstance(step, Gate):
                step.wait_in_thread()
            elif isinstance(step, Lost):
                self.close_connection = True
                return
            elif step:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(step), step))
        self.wfile.write(b"0\r\n\r\n")

    do_GET = do_POST = do_HEAD = _answer  # noqa: N815  # the names that http.server looks for


# Bodies


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _set(articles: Iterable[bytes]) -> Answer:
    parts = [b"%b\n" % article for article in articles]
    return Answer(200, XML, [PROLOG + b"<PubmedArticleSet>\n", *parts, b"</PubmedArticleSet>"])


def _page(title: str) -> bytes:
    return f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>".encode()


def _too_many(key: str, count: int, limit: int, status: int = 429) -> Answer:
    body = {
        "error": "API rate limit exceeded",
        "api-key": key or "203.0.113.7",
        "count": str(count),
        "limit": str(limit),
    }
    return Answer(status, JSON, [json.dumps(body).encode()])


def _search_error(text: str, as_json: bool) -> Answer:
    if not as_json:
        return Answer(200, XML, [f"<eSearchResult><ERROR>{escape(text)}</ERROR></eSearchResult>".encode()])
    body = json.dumps({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": {"ERROR": text}})
    return Answer(200, JSON, [body.replace("\\n", "\n").encode()])


def _fetch_error(text: str, status: int) -> Answer:
    body = (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eEfetchResult PUBLIC "-//NLM//DTD efetch 20131226//EN" '
        '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20131226/efetch.dtd">\n'
        f"<eFetchResult>\n\t<ERROR>{escape(text)}</ERROR>\n</eFetchResult>\n"
    )
    return Answer(status, XML, [body.encode()])


class _Listing(NamedTuple):
    """What ESearch answers, in either form."""

    total: int
    start: int
    limit: int
    pmids: list[int]
    messages: list[str]
    found: pubmed_index.Found


def _search_json(listing: _Listing) -> Answer:
    found, messages = listing.found, listing.messages
    result: dict[str, Any] = {
        "count": str(listing.total),
        "retmax": str(listing.limit),
        "retstart": str(listing.start),
        "idlist": [str(pmid) for pmid in listing.pmids],
        "translationset": [{"from": word, "to": to} for word, to in found.mapped],
        "querytranslation": found.translation,
    }
    if found.phrases_not_found or found.fields_not_found:
        result["errorlist"] = {
            "phrasesnotfound": found.phrases_not_found,
            "fieldsnotfound": found.fields_not_found,
        }
    if found.ignored or found.quoted_not_found or messages:
        result["warninglist"] = {
            "phrasesignored": found.ignored,
            "quotedphrasesnotfound": found.quoted_not_found,
            "outputmessages": messages,
        }
    whole = {"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result}
    return Answer(200, JSON, [json.dumps(whole).encode()])


def _search_xml(listing: _Listing) -> Answer:
    found = listing.found

    def elements(name: str, texts: Iterable[object]) -> str:
        return "".join(f"<{name}>{escape(str(text))}</{name}>" for text in texts)

    mapped = "".join(
        f"<Translation><From>{escape(word)}</From><To>{escape(to)}</To></Translation>" for word, to in found.mapped
    )
    errors = elements("PhraseNotFound", found.phrases_not_found) + elements("FieldNotFound", found.fields_not_found)
    warnings = (
        elements("PhraseIgnored", found.ignored)
        + elements("QuotedPhraseNotFound", found.quoted_not_found)
        + elements("OutputMessage", listing.messages)
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
        '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n<eSearchResult>'
        + elements("Count", [listing.total])
        + elements("RetMax", [listing.limit])
        + elements("RetStart", [listing.start])
        + f"<IdList>{elements('Id', listing.pmids)}</IdList><TranslationSet>{mapped}</TranslationSet>"
        + elements("QueryTranslation", [found.translation])
        + (f"<ErrorList>{errors}</ErrorList>" if errors else "")
        + (f"<WarningList>{warnings}</WarningList>" if warnings else "")
        + "</eSearchResult>\n"
    )
    return Answer(200, XML, [body.encode()])


# What can go wrong: each is the `change` of a Fault


def prescribed(status: int, headers: Mapping[str, str], *body: Step, encoded: bool = False) -> Change:
    """Just this answer."""
    return lambda _true, _params: Answer(status, headers, body, encoded)


def recorded(path: Path) -> Change:
    """An answer that was recorded, with the status and the type that its ``.meta.json`` or its name tells."""
    name = path.name.removesuffix(".gz")
    meta = path.with_name(f"{name}.meta.json")
    in_name = re.search(r"HTTP(\d{3})|_(429)_", name)
    status = int(in_name[1] or in_name[2]) if in_name else 200
    headers = {"xml": XML, "json": JSON, "html": HTML}.get(name.rpartition(".")[2], {})
    if meta.exists():
        response = json.loads(meta.read_bytes())["response"]
        status = response["status"]
        kept = ("content-type", "retry-after")
        headers = {key: value for key, value in response["headers"].items() if key.lower() in kept}
    return prescribed(status, headers, _read(path))


def search_error(text: str, *, status: int = 200) -> Change:
    """ESearch's envelope for errors, in the form asked for."""
    return lambda _true, params: replace(_search_error(text, params.get("retmode") == "json"), status=status)


def fetch_error(text: str, *, status: int = 400) -> Change:
    """EFetch's envelope for errors."""
    return lambda _true, _params: _fetch_error(text, status)


def busy(*, retry_after: str | None = None, status: int = 429) -> Change:
    """Over the limit, in JSON whatever was asked for."""

    def change(_true: Answer, params: Mapping[str, str]) -> Answer:
        answer = _too_many(params.get("api_key", ""), 5, 3, status)
        return answer if retry_after is None else replace(answer, headers={**JSON, "Retry-After": retry_after})

    return change


def page(title: str, status: int = 200) -> Change:
    """A page of HTML."""
    return prescribed(status, HTML, _page(title))


def blocked() -> Change:
    return page("NCBI - WWW Error Blocked Diagnostic", 403)


def prolog_only() -> Change:
    return prescribed(200, XML, PROLOG)


def nothing(status: int = 200) -> Change:
    return prescribed(status, XML)


def no_records() -> Change:
    return lambda _true, _params: _set([])


def without(pmid: int) -> Change:
    """The true answer, one record missing."""

    def change(true: Answer, _params: Mapping[str, str]) -> Answer:
        gone = b">%d</PMID>" % pmid
        return replace(true, body=[step for step in true.body if not (isinstance(step, bytes) and gone in step[:400])])

    return change


def cut() -> Change:
    """The first half of the true answer, ended as if it were whole."""
    return lambda true, _params: replace(true, body=[true.content[: len(true.content) // 2]])


def lost() -> Change:
    """The first half of the true answer, then no more connection."""
    return lambda true, _params: replace(true, body=[true.content[: len(true.content) // 2], Lost()])


def slow(gate: Gate) -> Change:
    """The true answer, of which all but the beginning waits at the gate."""

    def change(true: Answer, _params: Mapping[str, str]) -> Answer:
        steps = list(true.body)
        if len(steps) == 1:
            half = len(true.content) // 2
            steps = [true.content[:half], true.content[half:]]
        return replace(true, body=[*steps[:2], gate, *steps[2:]])

    return change


def redirect(to: str) -> Change:
    return prescribed(302, {"Location": to})


def of_type(content_type: str) -> Change:
    """The true answer under a wrong Content-Type."""
    return lambda true, _params: replace(true, headers={"Content-Type": content_type})


def damaged_gzip() -> Change:
    return prescribed(200, {**XML, "Content-Encoding": "gzip"}, b"\x1f\x8b\x08\x00not at all", encoded=True)


def cut_gzip() -> Change:
    """The true answer, packed, and only half of that."""

    def change(true: Answer, _params: Mapping[str, str]) -> Answer:
        packed = gzip.compress(true.content)
        headers = {**true.headers, "Content-Encoding": "gzip"}
        return Answer(true.status, headers, [packed[: len(packed) // 2]], encoded=True)

    return change


def bomb(mebibytes: int) -> Change:
    """A small packed body that grows to this size."""

    def change(_true: Answer, _params: Mapping[str, str]) -> Answer:
        packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
        start = packer.compress(PROLOG + b"<PubmedArticleSet>")
        body = start + b"".join(packer.compress(bytes(2**20)) for _ in range(mebibytes)) + packer.flush()
        return Answer(200, {**XML, "Content-Encoding": "gzip"}, [body], encoded=True)

    return change


def endless() -> Change:
    """A body without end."""

    def change(_true: Answer, _params: Mapping[str, str]) -> Answer:
        return Answer(200, XML, itertools.chain([PROLOG + b"<PubmedArticleSet>"], itertools.repeat(b" " * 2**16)), True)

    return change
