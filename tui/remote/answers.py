"""What an answer is: the one asked for, or which of `tui.remote.errors`.

The HTTP status alone does not tell. NCBI sends errors under 200 and passing troubles under 400, relays the HTML of
its own gateways inside XML, and says that it is busy in JSON whatever was asked for; a network in between sends its
login page under 200. So the first bytes are looked at, then NCBI's own words, then the status.
"""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from tui.model.clean import one_line
from tui.remote.errors import (
    BadKey,
    BadQuery,
    Blocked,
    Busy,
    NotPubMed,
    Refused,
    RemoteError,
    Temporary,
    cut_short,
)

ANSWERS = {
    "esearch": ("json", "eSearchResult"),
    "espell": ("eSpellResult",),
    "efetch": ("PubmedArticleSet",),
}
"""What `kind` says of a good answer, by program."""
HEAD = 8 * 1024
"""Within so many bytes the root element of an answer has begun."""
LONGEST_PAUSE = 300.0
"""Seconds: a longer Retry-After is not waited for, but told to the reader."""
_LONGEST_QUOTE = 200

_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\b[^<>\[]*(?:\[.*?\]\s*)?>)*+", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)(?=[\s/>])")
_SECONDS = re.compile(r"[0-9]{1,7}")
_ERROR = re.compile(rb"<ERROR>(.*?)</ERROR>", re.DOTALL)


class _Words(NamedTuple):
    """Words of NCBI and what they mean."""

    said: tuple[str, ...]
    """Any of these, in lower case, within the text of the error."""
    error: type[RemoteError]
    message: str
    hint: str


_BUSY = _Words(
    ("api rate limit exceeded",),
    Busy,
    "PubMed is busy: it had too many requests from here within a second.",
    "Try again in a minute; with an API key (NCBI_API_KEY) PubMed allows more.",
)
_OUT_OF_ORDER = _Words(
    (
        "proxy_stream",
        "pubone",
        "empty response",
        "external viewer error",
        "resource temporarily unavailable",
        "failed to connect",
        "bad gateway",
        "database is not supported: pubmed",
    ),
    Temporary,
    "PubMed is out of order at the moment.",
    "Try again in some minutes; what is kept can be read meanwhile.",
)
_EDGE = _Words(
    ("'retstart' cannot be larger",),
    Refused,
    "PubMed gives only the first 9,999 records of a search.",
    "Narrow the query, by date for example, to reach the others.",
)
# The first that fits counts: the edge of a search and some outages are reported as failures of its back end, too.
_KNOWN = (
    _BUSY,
    _Words(
        ("api key invalid",),
        BadKey,
        "PubMed does not know this API key.",
        "Check NCBI_API_KEY and the api_key in config.toml, or go without: PubMed then allows three requests a second.",
    ),
    _EDGE,
    _OUT_OF_ORDER,
    _Words(
        ("search backend failed",),
        Temporary,
        "PubMed could not run this search.",
        "Either its search is out of order, or the query is: look for a parenthesis or a quote without its partner, "
        "or try again later.",
    ),
    _Words(
        (
            "id parameter is empty",
            "id list is empty",
            "empty id list",
            "too many uids",
            "webenv parameter",
            "unable to obtain query",
            "out of range",
            "invalid db name",
        ),
        Refused,
        "PubMed cannot give what was asked for.",
        "Check the PMIDs.",
    ),
)
# An error in words not known: a search is refused for its query, a fetch by PMID fails for PubMed's reasons.
_UNKNOWN = {
    "esearch": _Words((), BadQuery, "PubMed does not take this query.", "Change the query."),
    "espell": _OUT_OF_ORDER,
    "efetch": _OUT_OF_ORDER,
}


def kind(head: bytes) -> str:
    """``json``, the name of the XML root element, ``other``, or an empty string while it cannot be told yet."""
    prolog = _PROLOG.match(head)
    rest = head[prolog.end() :] if prolog else head
    if rest.startswith(b"{"):
        return "json"
    root = _ROOT.match(rest)
    if root:
        return root[1].decode("ascii", "replace")
    incomplete = rest.startswith((b"<!", b"<?")) or (rest.startswith(b"<") and b">" not in rest)
    return "" if not rest or incomplete else "other"


def trouble(program: str, status: int, headers: Mapping[str, str], body: bytes, *, key: str = "") -> RemoteError | None:
    """The error that this answer to `program` is, or None for an answer that can be read.

    `body` is the whole of it, or its beginning where that is an answer asked for. NCBI's words are quoted where they
    help, but never where they hold `key`.
    """
    retry_after = pause_asked(headers)
    said = _complaint(body)
    for words in _KNOWN:
        if any(phrase in said.lower() for phrase in words.said):
            return _error(words, said, key, retry_after)
    what = kind(body)
    if 300 <= status < 400:
        return _somebody_else("PubMed's address leads elsewhere.", again=False)
    if 200 <= status < 300 and what in ANSWERS[program] and not said:
        return None
    page = body.lower()
    if status == 429 or b"api rate limit exceeded" in page:
        return _error(_BUSY, "", key, retry_after)
    if b"blocked diagnostic" in page:
        return Blocked(
            "NCBI has blocked this network address.",
            "Write to info@ncbi.nlm.nih.gov, or ask who else uses this address; what is kept can be read meanwhile.",
        )
    if status >= 500 or status == 408 or _is_diagnostic(page):
        return _error(_OUT_OF_ORDER, "", key, retry_after)
    if said:
        return _error(_UNKNOWN[program], said, key, retry_after)
    if status in (413, 414):
        return Refused("The request is too long for PubMed.", "Ask for less at once.")
    if status < 300 and not what:
        return cut_short()
    return _somebody_else("The answer did not come from PubMed.", again=True)


def beyond_reach() -> RemoteError:
    """The error for records of a search that no page reaches."""
    return _error(_EDGE, "", "", None)


def _error(words: _Words, said: str, key: str, retry_after: float | None) -> RemoteError:
    message = words.message
    if words.error in (BadQuery, Refused) or words.said == ("search backend failed",):
        message += _quotation(said, key)
    if retry_after is not None and retry_after > LONGEST_PAUSE:
        return words.error(message, f"It asks to wait for {retry_after / 60:.0f} minutes.", pauses=())
    return words.error(message, words.hint, retry_after=retry_after)


def _quotation(said: str, key: str) -> str:
    said = one_line(said)
    if not said or (key and key.lower() in said.lower()):
        return ""
    shown = said if len(said) <= _LONGEST_QUOTE else f"{said[:_LONGEST_QUOTE]}…"
    return f' It says: "{shown}".'


def _somebody_else(message: str, *, again: bool) -> NotPubMed:
    hint = (
        "A network that wants a login answers like this: open any web page and see. "
        "If that works, check the address in PUBMED_TUI_EUTILS_URL."
    )
    return NotPubMed(message, hint, pauses=None if again else ())


def _complaint(body: bytes) -> str:
    """The words of an error inside NCBI's JSON or XML; empty where there are none."""
    what = kind(body)
    if what == "json":
        try:
            answer = json.loads(body, strict=False)
        except (ValueError, RecursionError):
            return ""
        result = answer.get("esearchresult")
        return str(answer.get("error") or (result.get("ERROR") if isinstance(result, dict) else None) or "")
    if what == "PubmedArticleSet":
        return ""
    error = _ERROR.search(body)
    return html.unescape(error[1].decode("utf-8", "replace")).strip() if error else ""


def _is_diagnostic(page: bytes) -> bool:
    """Whether this is an error page of NCBI's own servers, `page` being in lower case."""
    return (b"ncbi" in page and b"www error" in page) or b"unable to route request" in page


def pause_asked(headers: Mapping[str, str]) -> float | None:
    """The seconds that Retry-After asks for (RFC 9110, 10.2.3: seconds or a date); None where it says nothing.

    A date is compared with the answer's own Date where it has one, so that a wrong clock here does no harm.
    """
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    until = _moment(value)
    if until is None:
        return None
    now = _moment(headers.get("date", ""))
    return max(0.0, until - (time.time() if now is None else now))


def _moment(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
