"""A stand-in for E-utilities: answers from the records it holds, as PubMed does, and misbehaves as told.

One handler, two doors: `PubMedDouble.transport` for an httpx client in the same process, `PubMedDouble.serve` for
everything else. What it was asked stands in `log`. It never sleeps; what is slow waits for the test to go on.

    double = PubMedDouble()
    double.add_file(path)
    double.faults.append(Fault(busy(retry_after="0"), program="efetch"))
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

import httpx

from tests import pubmed_index
from tests.pubmed_answers import (
    HTML,
    JSON,
    PROLOG,
    XML,
    Answer,
    Gate,
    Listing,
    Lost,
    Step,
    article_set,
    fetch_refusal,
    html_page,
    search_json,
    search_refusal,
    search_xml,
    too_many,
)
from tests.pubmed_index import Article, Search, Unbalanced
from tests.pubmed_wire import Server, Stream, wire

BASE_PATH = "/entrez/eutils"
BASE_URL = f"https://eutils.ncbi.nlm.nih.gov{BASE_PATH}"
"""What a client behind `PubMedDouble.transport` is given as its address."""
REACHABLE = 9_999
_ARTICLE = re.compile(rb"<(PubmedArticle|PubmedBookArticle)\b.*?</\1>", re.DOTALL)


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
            headers, steps = wire(answer, request.headers, self.gzip)
            return httpx.Response(answer.status, headers=headers, stream=Stream(steps, request))

        return httpx.MockTransport(door)

    @contextmanager
    def serve(self) -> Iterator[str]:
        """A server on this machine; its address, as PUBMED_TUI_EUTILS_URL wants it."""
        server = Server(self.answer, lambda: self.gzip)
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
            return too_many(key, lately, self._allowed(params))
        if program not in self._programs:
            return Answer(404, HTML, [html_page("NCBI - WWW Error 404 Diagnostic")])
        return self._programs[program](params)

    # Its programs

    def _esearch(self, params: Mapping[str, str]) -> Answer:
        as_json = params.get("retmode") == "json"
        query = params.get("term", "").strip()
        start, limit = int(params.get("retstart", 0)), int(params.get("retmax", 20))
        if not query:
            return search_refusal("Empty term and query_key - nothing todo", as_json)
        if start >= REACHABLE:
            return search_refusal(
                "Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can "
                "only retrieve the first 9,999 records matching the query.",
                as_json,
            )
        try:
            found = Search(self.articles, query).run()
        except Unbalanced:
            return search_refusal("Search Backend failed: unbalanced query", as_json)
        messages = [] if found.pmids or query in self.count_of else ["No items found."]
        sort = params.get("sort", "")
        if sort not in ("", "relevance", "pub_date"):
            messages.append(f"Unknown sort schema '{sort}' ignored")
        if start + limit > REACHABLE:
            limit = REACHABLE - start
            messages.append(f"Restrictions achieved. start and count adjusted to {start}, {limit}")
        pmids = self._sorted(self._between(found.pmids, params), sort, query)[start : start + limit]
        count = self.count_of.get(query, len(found.pmids))
        listing = Listing(count, start, min(limit, count), pmids, messages, found)
        return search_json(listing) if as_json else search_xml(listing)

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
            return fetch_refusal("Unable to obtain query #1", 400)
        if "id" not in params:
            return fetch_refusal("WebEnv parameter is required", 400)
        if not params["id"]:
            return fetch_refusal("Supplied id parameter is empty.", 200)
        ids = [int(id) for id in params["id"].split(",") if id.strip().isdigit() and int(id)]
        if not ids:
            return fetch_refusal("ID list is empty! Possibly it has no correct IDs.", 400)
        start = int(params.get("retstart", 0))
        asked = list(dict.fromkeys(ids))[start : start + int(params.get("retmax", 10_000))]
        return article_set([self.articles[pmid].xml for pmid in asked if pmid in self.articles])

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


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


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
    return lambda _true, params: replace(search_refusal(text, params.get("retmode") == "json"), status=status)


def fetch_error(text: str, *, status: int = 400) -> Change:
    """EFetch's envelope for errors."""
    return lambda _true, _params: fetch_refusal(text, status)


def busy(*, retry_after: str | None = None, status: int = 429) -> Change:
    """Over the limit, in JSON whatever was asked for."""

    def change(_true: Answer, params: Mapping[str, str]) -> Answer:
        answer = too_many(params.get("api_key", ""), 5, 3, status)
        return answer if retry_after is None else replace(answer, headers={**JSON, "Retry-After": retry_after})

    return change


def page(title: str, status: int = 200) -> Change:
    """A page of HTML."""
    return prescribed(status, HTML, html_page(title))


def blocked() -> Change:
    return page("NCBI - WWW Error Blocked Diagnostic", 403)


def prolog_only() -> Change:
    return prescribed(200, XML, PROLOG)


def nothing(status: int = 200) -> Change:
    return prescribed(status, XML)


def no_records() -> Change:
    return lambda _true, _params: article_set([])


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
