"""Every shape in which E-utilities, or somebody in between, has been seen to answer, and what it means."""

from __future__ import annotations

import pytest

from tests.pubmed_answers import HTML, JSON, PROLOG, XML
from tui.remote import (
    BadKey,
    BadQuery,
    Blocked,
    Busy,
    Interrupted,
    NotPubMed,
    Refused,
    RemoteError,
    Temporary,
)
from tui.remote.answers import kind, trouble

KEY = "0123456789abcdef0123456789abcdef0123"


def fetch_error(text: str) -> bytes:
    return (
        f'<?xml version="1.0"?>\n<!DOCTYPE eEfetchResult>\n<eFetchResult><ERROR>{text}</ERROR></eFetchResult>'.encode()
    )


def search_error(text: str) -> bytes:
    return f'{{"header":{{"type":"esearch"}},"esearchresult":{{"ERROR":"{text}"}}}}'.encode()


BUSY_BODY = b'{"error":"API rate limit exceeded","api-key":"198.51.100.7","count":"17","limit":"3"}'
BAD_KEY_BODY = b'{"error":"API key invalid","api-key":"' + KEY.encode() + b'","type":"invalid","status":"unknown"}'
DIAGNOSTIC = b"<html><head><title>NCBI/eutils202 - WWW Error 500 Diagnostic</title></head><body></body></html>"
BLOCKED_PAGE = b"<html><head><title>NCBI - WWW Error Blocked Diagnostic</title></head><body></body></html>"
LOGIN = b"<!DOCTYPE html><html><head><title>Hotel guest network</title></head><body>Log in</body></html>"
RETSTART = "Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can only"
RELAYED = "Error: proxy_stream() failed: &lt;html&gt;&lt;h1&gt;502 Bad Gateway&lt;/h1&gt;&lt;/html&gt;"
EMPTY_RESPONSE = " Error: External viewer error: Empty Response. Bytes read: 0 Status: Timeout"

# (what happened, program, HTTP status, headers, body, what it is)
ANSWERS: list[tuple[str, str, int, dict[str, str], bytes, type[RemoteError] | None]] = [
    ("records", "efetch", 200, XML, PROLOG + b"<PubmedArticleSet><Pub", None),
    ("no records", "efetch", 200, XML, PROLOG + b"<PubmedArticleSet></PubmedArticleSet>", None),
    ("no records, shorter", "efetch", 200, XML, PROLOG + b"<PubmedArticleSet/>", None),
    ("a byte order mark", "efetch", 200, XML, b"\xef\xbb\xbf" + PROLOG + b"<PubmedArticleSet>", None),
    ("a wrong content type", "efetch", 200, HTML, PROLOG + b"<PubmedArticleSet>", None),
    ("a record about errors", "efetch", 200, XML, b"<PubmedArticleSet><A><ERROR>x</ERROR></A>", None),
    ("ids in JSON", "esearch", 200, JSON, b'{"esearchresult":{"count":"0","idlist":[]}}', None),
    ("ids in XML", "esearch", 200, XML, b"<eSearchResult><Count>0</Count></eSearchResult>", None),
    ("a spelling", "espell", 200, XML, b"<eSpellResult><CorrectedQuery/><ERROR/></eSpellResult>", None),
    ("a query with the words of an error", "esearch", 200, JSON,
     b'{"esearchresult":{"count":"1","idlist":["1"],"querytranslation":"api rate limit exceeded"}}', None),
    ("back end failed or unbalanced query", "esearch", 200, JSON, search_error("Search Backend failed: x"), Temporary),
    ("the same in XML", "esearch", 200, XML,
     b"<eSearchResult><ERROR>Search Backend failed: x</ERROR></eSearchResult>", Temporary),
    ("outage", "esearch", 200, XML,
     b"<eSearchResult><ERROR>Search Backend failed: Database is not supported: pubmed</ERROR></eSearchResult>",
     Temporary),
    ("retstart over the edge", "esearch", 200, JSON, search_error(RETSTART), Refused),
    ("retstart over the edge, 400", "esearch", 400, JSON, search_error(RETSTART), Refused),
    ("WebEnv expired, search", "esearch", 200, JSON, search_error("Unable to obtain query #1"), Refused),
    ("WebEnv expired, fetch", "efetch", 400, XML, fetch_error("Unable to obtain query #1"), Refused),
    ("history out of range", "efetch", 400, XML,
     fetch_error("Cannot retrieve history data: OUT OF RANGE. Parameter retstart=1 + 1 is greater"), Refused),
    ("no id, no WebEnv", "efetch", 400, XML, fetch_error("WebEnv parameter is required"), Refused),
    ("empty id", "efetch", 200, XML, fetch_error("Supplied id parameter is empty."), Refused),
    ("impossible ids", "efetch", 400, XML, fetch_error("ID list is empty! Possibly it has no correct IDs."), Refused),
    ("nothing to store", "efetch", 200, XML, fetch_error("Empty ID list; Nothing to store"), Refused),
    ("too many ids", "esearch", 200, JSON, b'{"header":{},"error":"Too many UIDs in request."}', Refused),
    ("wrong db", "efetch", 200, XML, fetch_error("Invalid db name specified: fleegle"), Refused),
    ("relayed gateway page", "efetch", 400, XML, fetch_error(RELAYED), Temporary),
    ("PubOne", "efetch", 400, XML, fetch_error("Failed to connect to PubOne service"), Temporary),
    ("back end timeout, 400", "efetch", 400, XML, fetch_error(EMPTY_RESPONSE), Temporary),
    ("back end timeout, 200", "efetch", 200, XML, fetch_error(EMPTY_RESPONSE), Temporary),
    ("an unknown error of a fetch", "efetch", 400, XML, fetch_error("Something new"), Temporary),
    ("an unknown error of a search", "esearch", 200, JSON, search_error("Something new"), BadQuery),
    ("empty query", "esearch", 200, JSON, search_error("Empty term and query_key - nothing todo"), BadQuery),
    ("prolog only", "efetch", 200, XML, PROLOG, Interrupted),
    ("half a prolog", "efetch", 200, XML, PROLOG[:50], Interrupted),
    ("half a root", "efetch", 200, XML, PROLOG + b"<PubmedArt", Interrupted),
    ("empty body", "efetch", 200, XML, b"", Interrupted),
    ("empty body, search", "esearch", 200, JSON, b"", Interrupted),
    ("blanks only", "esearch", 200, JSON, b" \n", Interrupted),
    ("no content", "efetch", 204, {}, b"", Interrupted),
    ("busy", "efetch", 429, JSON, BUSY_BODY, Busy),
    ("busy, to a search", "esearch", 429, JSON, BUSY_BODY, Busy),
    ("busy, under 200", "esearch", 200, JSON, BUSY_BODY, Busy),
    ("busy, under 200, to a fetch", "efetch", 200, JSON, BUSY_BODY, Busy),
    ("busy, cut short", "efetch", 200, JSON, BUSY_BODY[:40], Busy),
    ("busy, without a body", "efetch", 429, {}, b"", Busy),
    ("busy, with a page", "efetch", 429, HTML, LOGIN, Busy),
    ("wrong key", "esearch", 400, JSON, BAD_KEY_BODY, BadKey),
    ("wrong key, to a fetch", "efetch", 400, JSON, BAD_KEY_BODY, BadKey),
    ("500", "efetch", 500, HTML, DIAGNOSTIC, Temporary),
    ("502", "esearch", 502, HTML, b"<html><h1>502 Bad Gateway</h1></html>", Temporary),
    ("503 with records", "efetch", 503, XML, PROLOG + b"<PubmedArticleSet/>", Temporary),
    ("504 empty", "efetch", 504, {}, b"", Temporary),
    ("408", "efetch", 408, {}, b"", Temporary),
    ("a diagnostic page under 200", "efetch", 200, HTML, DIAGNOSTIC, Temporary),
    ("no route", "efetch", 200, {"Content-Type": "text/plain"}, b"Unable to route request!", Temporary),
    ("blocked", "efetch", 403, HTML, BLOCKED_PAGE, Blocked),
    ("blocked, under 200", "esearch", 200, HTML, BLOCKED_PAGE, Blocked),
    ("too long", "efetch", 414, HTML, b"<html><h1>Submitted URI too large!</h1></html>", Refused),
    ("a login page", "efetch", 200, HTML, LOGIN, NotPubMed),
    ("a login page to a search", "esearch", 200, HTML, LOGIN, NotPubMed),
    ("a redirect to a login page", "esearch", 302, {"Location": "http://login.invalid/"}, b"", NotPubMed),
    ("not found", "esearch", 404, HTML, b"<html><h1>Not found</h1></html>", NotPubMed),
    ("a proxy that wants a password", "esearch", 407, HTML, b"<html></html>", NotPubMed),
    ("plain text", "esearch", 200, {}, b"It works!", NotPubMed),
    ("bytes", "efetch", 200, {}, b"\x00\x01\x02", NotPubMed),
    ("another service's JSON", "efetch", 200, JSON, b'{"version":"6.9"}', NotPubMed),
    ("another service's XML", "efetch", 200, XML, b"<pmc-articleset></pmc-articleset>", NotPubMed),
    ("a search answered with records", "esearch", 200, XML, PROLOG + b"<PubmedArticleSet/>", NotPubMed),
    ("a fetch answered with ids", "efetch", 200, XML, b"<eSearchResult><Count>0</Count></eSearchResult>", NotPubMed),
]  # fmt: skip  # a row of the table stays a row


@pytest.mark.parametrize(
    ("program", "status", "headers", "body", "expected"),
    [row[1:] for row in ANSWERS],
    ids=[row[0] for row in ANSWERS],
)
def test_an_answer_is_what_it_is(
    program: str, status: int, headers: dict[str, str], body: bytes, expected: type[RemoteError] | None
) -> None:
    error = trouble(program, status, headers, body, key=KEY)
    assert type(error) is (expected or type(None))
    if error:
        assert error.message
        assert error.hint
        assert KEY not in f"{error} {error!r} {error.why}"


@pytest.mark.parametrize(
    ("error", "exit_status"),
    [(BadKey, 2), (BadQuery, 2), (Refused, 1), (Blocked, 1), (Busy, 3), (Temporary, 3), (NotPubMed, 3)],
)
def test_the_exit_status_tells_what_to_do(error: type[RemoteError], exit_status: int) -> None:
    assert error("It failed.").exit_status == exit_status


def test_a_failed_back_end_names_both_its_possible_reasons() -> None:
    error = trouble("esearch", 200, JSON, search_error("Search Backend failed: x"))
    assert error
    assert "out of order" in str(error)
    assert "parenthesis" in str(error)
    assert "Search Backend failed: x" in str(error)


def test_a_redirect_is_not_worth_another_attempt() -> None:
    error = trouble("esearch", 302, {"location": "https://login.invalid/"}, b"")
    assert error
    assert not error.pauses
    assert "login.invalid" not in str(error)


class TestQuoting:
    """NCBI's own words are shown where they help, and can do nothing there."""

    @staticmethod
    def quoted(text: str) -> str:
        error = trouble("esearch", 200, XML, f"<eSearchResult><ERROR>{text}</ERROR></eSearchResult>".encode(), key=KEY)
        assert isinstance(error, BadQuery)
        return str(error)

    def test_words_are_quoted(self) -> None:
        assert "Cannot read this" in self.quoted("Cannot read this")

    def test_entities_are_read(self) -> None:
        assert "a < b & c" in self.quoted("a &lt; b &amp; c")

    @pytest.mark.parametrize("control", ["\x1b[2J", "\x1b]52;c;eA==\x07", "\x9b2J", "\u202e", "\n\r\n", "&#27;[2J"])
    def test_nothing_in_them_acts_on_a_terminal(self, control: str) -> None:
        said = self.quoted(f"before{control}after")
        assert all(character.isprintable() for character in said)
        assert "before" in said

    def test_long_words_are_cut(self) -> None:
        assert len(self.quoted("x" * 5000)) < 400

    @pytest.mark.parametrize("said", [KEY, KEY.upper(), f"no: api_key={KEY}&db=pubmed"])
    def test_words_with_the_key_in_them_are_left_out(self, said: str) -> None:
        assert KEY not in self.quoted(said).lower()


class TestRetryAfter:
    """RFC 9110, 10.2.3: seconds, or a date."""

    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [
            ({}, None),
            ({"retry-after": "2"}, 2),
            ({"retry-after": "0"}, 0),
            ({"retry-after": " 300 "}, 300),
            ({"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT", "date": "Sun, 06 Nov 1994 08:49:07 GMT"}, 30),
            ({"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT", "date": "Sun, 06 Nov 1994 09:00:00 GMT"}, 0),
            ({"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}, 0),
            ({"retry-after": "-5"}, None),
            ({"retry-after": "1.5"}, None),
            ({"retry-after": "soon"}, None),
            ({"retry-after": "9" * 400}, None),
            ({"retry-after": "٣"}, None),
        ],
    )
    @pytest.mark.parametrize("status", [429, 503])
    def test_it_is_read(self, headers: dict[str, str], seconds: float | None, status: int) -> None:
        error = trouble("efetch", status, headers, b"")
        assert error
        assert error.retry_after == seconds
        assert error.pauses == (5, 10, 20)

    @pytest.mark.parametrize("asked", ["301", "3600", "86400"])
    def test_a_longer_one_is_told_and_not_waited_for(self, asked: str) -> None:
        error = trouble("efetch", 429, {"retry-after": asked}, b"")
        assert isinstance(error, Busy)
        assert not error.pauses
        assert f"{int(asked) / 60:.0f} minutes" in error.hint


@pytest.mark.parametrize("length", range(1, len(PROLOG) + len(b"<PubmedArticleSet")))
def test_the_root_is_not_guessed_before_it_is_there(length: int) -> None:
    assert kind((PROLOG + b"<PubmedArticleSet>")[:length]) == ""


@pytest.mark.parametrize(
    "head",
    [b"<?x?>" * 1600, b"<!--" * 2000, b"<!DOCTYPE x [" * 600, b" " * 8000, b"<!-- -->" * 1000, b"<" * 8000],
    ids=["instructions", "open comments", "open doctypes", "blanks", "comments", "brackets"],
)
def test_a_hostile_prolog_is_read_in_one_pass(head: bytes) -> None:
    """Quadratic or worse, this would not end; the outcome is only that there is no root yet."""
    assert kind(head) == ""
