"""What an answer of E-utilities is, for `tests.pubmed_double`: its bodies, and steps of them that are no bytes."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from tests import pubmed_index

XML = {"Content-Type": "text/xml; charset=UTF-8"}
JSON = {"Content-Type": "application/json; charset=UTF-8"}
HTML = {"Content-Type": "text/html; charset=UTF-8"}
PROLOG = (
    b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
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


def article_set(articles: Iterable[bytes]) -> Answer:
    parts = [b"%b\n" % article for article in articles]
    return Answer(200, XML, [PROLOG + b"<PubmedArticleSet>\n", *parts, b"</PubmedArticleSet>"])


def html_page(title: str) -> bytes:
    return f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>".encode()


def too_many(key: str, count: int, limit: int, status: int = 429) -> Answer:
    body = {
        "error": "API rate limit exceeded",
        "api-key": key or "203.0.113.7",
        "count": str(count),
        "limit": str(limit),
    }
    return Answer(status, JSON, [json.dumps(body).encode()])


def search_refusal(text: str, as_json: bool) -> Answer:
    if not as_json:
        return Answer(200, XML, [f"<eSearchResult><ERROR>{escape(text)}</ERROR></eSearchResult>".encode()])
    body = json.dumps({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": {"ERROR": text}})
    return Answer(200, JSON, [body.replace("\\n", "\n").encode()])


def fetch_refusal(text: str, status: int) -> Answer:
    body = (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eEfetchResult PUBLIC "-//NLM//DTD efetch 20131226//EN" '
        '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20131226/efetch.dtd">\n'
        f"<eFetchResult>\n\t<ERROR>{escape(text)}</ERROR>\n</eFetchResult>\n"
    )
    return Answer(status, XML, [body.encode()])


class Listing(NamedTuple):
    """What ESearch answers, in either form."""

    total: int
    start: int
    limit: int
    pmids: list[int]
    messages: list[str]
    found: pubmed_index.Found


def search_json(listing: Listing) -> Answer:
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


def search_xml(listing: Listing) -> Answer:
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
