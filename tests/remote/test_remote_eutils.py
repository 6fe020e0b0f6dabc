"""Search, spelling and fetch against the stand-in: what is sent, what comes back, and everything that goes wrong."""

from __future__ import annotations

import asyncio
import gc
import ssl
import subprocess
import sys
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import httpx
import pytest

import tests.pubmed_double as pubmed
from tests.pubmed_answers import HTML, PROLOG, XML
from tests.pubmed_double import Fault, PubMedDouble
from tests.remote.asking import Asker, Clock, article, asking, holding, pmids_in
from tui import __version__
from tui.remote import (
    BATCH,
    REACHABLE,
    BadAddress,
    BadKey,
    BadQuery,
    Blocked,
    Busy,
    Eutils,
    Interrupted,
    NoNetwork,
    NotPubMed,
    Pace,
    Refused,
    RemoteError,
    SearchReply,
    Temporary,
    TooLarge,
    open_client,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def double() -> PubMedDouble:
    return holding(range(1, 11))


@pytest.fixture
async def asker(double: PubMedDouble, tmp_path: Path) -> AsyncIterator[Asker]:
    async with asking(double, tmp_path) as asker:
        yield asker


class TestSearch:
    async def test_ids_come_newest_first(self, asker: Asker) -> None:
        reply = await asker.eutils.search("stromal[ti]", limit=3)
        assert reply == SearchReply(pmids=(10, 9, 8), total=10, translation='"stromal"[Title]')

    async def test_pages(self, asker: Asker) -> None:
        reply = await asker.eutils.search("stromal", start=8, limit=5)
        assert reply.pmids == (2, 1)
        assert reply.total == 10

    async def test_what_was_left_out_is_named(self, asker: Asker) -> None:
        reply = await asker.eutils.search('stromal[nosuch] OR fleegle OR "no such phrase"')
        assert reply.total == 10
        assert reply.not_found == ("fleegle", "nosuch", '"no such phrase"')

    async def test_nothing_found_is_no_error(self, asker: Asker) -> None:
        assert (await asker.eutils.search("fleegle")).pmids == ()

    async def test_what_is_sent(self, double: PubMedDouble, tmp_path: Path) -> None:
        async with asking(double, tmp_path, email="reader@example.org", api_key="secret") as asker:
            await asker.eutils.search("a & b=c é[ti]", start=7, limit=50, sort="pub_date")
        (asked,) = double.log
        assert asked.method == "POST"
        assert asked.url == f"{pubmed.BASE_URL}/esearch.fcgi"
        assert asked.params == {
            "db": "pubmed",
            "term": "a & b=c é[ti]",
            "retmode": "json",
            "retstart": "7",
            "retmax": "50",
            "sort": "pub_date",
            "tool": "pubmed-tui",
            "email": "reader@example.org",
            "api_key": "secret",
        }
        assert asked.headers["user-agent"] == f"pubmed-tui/{__version__}"
        assert asked.headers["accept-encoding"] == "gzip"
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"

    async def test_what_is_not_given_is_not_sent(self, asker: Asker, double: PubMedDouble) -> None:
        await asker.eutils.search("stromal")
        assert not {"email", "api_key", "sort"} & set(double.log[0].params)

    async def test_the_edge_is_not_asked_beyond(self, asker: Asker, double: PubMedDouble) -> None:
        double.count_of["stromal"] = 36_935
        assert (await asker.eutils.search("stromal", start=REACHABLE - 1, limit=50)).total == 36_935
        assert double.log[-1].params["retmax"] == "1"
        with pytest.raises(Refused, match="9,999"):
            await asker.eutils.search("stromal", start=REACHABLE)
        assert len(double.log) == 1

    async def test_the_edge_as_the_server_tells_it(self, asker: Asker, double: PubMedDouble) -> None:
        """In JSON with a raw line break in a text, which strict JSON forbids."""
        text = "Search Backend failed: Exception:\n'retstart' cannot be larger than 9998."
        double.faults.append(Fault(pubmed.search_error(text)))
        with pytest.raises(Refused, match="9,999"):
            await asker.eutils.search("stromal")

    @pytest.mark.parametrize("query", ["((stromal", "stromal)", '"stromal'])
    async def test_an_unbalanced_query(self, asker: Asker, double: PubMedDouble, query: str) -> None:
        with pytest.raises(BadQuery, match="parenthesis"):
            await asker.eutils.search(query)
        assert len(double.asked("esearch")) == 1

    async def test_an_empty_query(self, asker: Asker) -> None:
        with pytest.raises(BadQuery):
            await asker.eutils.search(" ")

    async def test_a_wrong_key(self, double: PubMedDouble, tmp_path: Path) -> None:
        double.valid_keys = {"right"}
        async with asking(double, tmp_path, api_key="wrong") as asker:
            with pytest.raises(BadKey, match="API key"):
                await asker.eutils.search("stromal")
        assert len(double.log) == 1

    async def test_a_long_query_does_not_stand_in_the_url(self, asker: Asker, double: PubMedDouble) -> None:
        await asker.eutils.search(" OR ".join(f"{pmid}[pmid]" for pmid in range(1, 3000)))
        assert len(double.log[0].url) < 100

    async def test_it_tries_again_and_counts_down(self, asker: Asker, double: PubMedDouble) -> None:
        double.faults += [
            Fault(pubmed.busy(retry_after="2")),
            Fault(pubmed.busy()),
            Fault(pubmed.page("NCBI/eutils202 - WWW Error 500 Diagnostic", 500)),
        ]
        assert (await asker.eutils.search("stromal")).total == 10
        assert [(wait.attempt, wait.attempts, wait.doing) for wait in asker.pauses] == [
            (2, 4, "searching"),
            (3, 4, "searching"),
            (4, 4, "searching"),
        ]
        assert [wait.why for wait in asker.pauses] == ["PubMed is busy", "PubMed is busy", "PubMed is out of order"]
        assert asker.pauses[0].seconds == 2
        assert 10 <= asker.pauses[1].seconds <= 11
        assert asker.waits[-1] is None

    async def test_each_attempt_waits_for_its_turn(self, asker: Asker, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.busy(retry_after="0"), times=3))
        await asker.eutils.search("stromal")
        assert asker.clock.slept == [0, 0, 0, pytest.approx(1.1)]

    async def test_it_gives_up_after_four(self, asker: Asker, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.busy(), times=9))
        with pytest.raises(Busy):
            await asker.eutils.search("stromal")
        assert len(double.log) == 4

    async def test_cancelling_it_while_it_counts_down(self, double: PubMedDouble, tmp_path: Path) -> None:
        double.faults.append(Fault(pubmed.busy(retry_after="300")))
        asleep = asyncio.Event()

        async def sleep(_seconds: float) -> None:
            asleep.set()
            await asyncio.Event().wait()

        async with open_client(double.transport()) as client:
            pace = Pace(tmp_path / "pace", with_key=False)
            eutils = Eutils(client, base_url=pubmed.BASE_URL, pace=pace, sleep=sleep)
            task = asyncio.create_task(eutils.search("stromal"))
            await asleep.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert len(double.log) == 1

    async def test_cancelling_it_while_it_waits_for_the_answer(self, asker: Asker, double: PubMedDouble) -> None:
        gate = double.hold("esearch")
        task = asyncio.create_task(asker.eutils.search("stromal"))
        await gate.arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        gate.release()
        assert (await asker.eutils.search("stromal")).total == 10


class TestSpell:
    async def test_a_suggestion(self, asker: Asker, double: PubMedDouble) -> None:
        double.spelling = {"asthmaa": "asthma"}
        assert await asker.eutils.spell("asthmaa OR fever") == "asthma OR fever"

    async def test_nothing_to_suggest(self, asker: Asker) -> None:
        assert await asker.eutils.spell("asthma") == ""

    @pytest.mark.parametrize("change", [pubmed.busy(), pubmed.nothing(), pubmed.page("x"), pubmed.lost()])
    async def test_a_failure_is_no_suggestion(self, asker: Asker, double: PubMedDouble, change: pubmed.Change) -> None:
        double.spelling = {"asthmaa": "asthma"}
        double.faults.append(Fault(change))
        assert await asker.eutils.spell("asthmaa") == ""
        assert len(double.log) == 1


class TestFetch:
    async def test_records_in_the_order_asked(self, asker: Asker, double: PubMedDouble) -> None:
        xml = await asker.fetch(7, 2, 99, 5)
        assert xml.startswith(b"<?xml")
        assert xml.endswith(b"</PubmedArticleSet>")
        assert pmids_in(xml, range(1, 100)) == [7, 2, 5]
        assert double.asked("efetch") == [
            {"db": "pubmed", "id": "7,2,99,5", "retmode": "xml", "retmax": "4", "tool": "pubmed-tui"}
        ]

    @pytest.mark.parametrize("packed", [True, False])
    async def test_packed_or_not_it_is_the_same(self, double: PubMedDouble, tmp_path: Path, packed: bool) -> None:
        for pmid in range(1, 50):
            double.add(article(pmid, padding=10_000))
        double.gzip = packed
        async with asking(double, tmp_path) as asker:
            xml = await asker.fetch(*range(1, 50))
        assert all(held.xml in xml for held in double.articles.values())
        assert xml.count(b"<PubmedArticle>") == 49

    async def test_none_of_them_is_no_error(self, asker: Asker, double: PubMedDouble) -> None:
        assert b"<PubmedArticleSet>" in await asker.fetch(99)
        double.faults.append(Fault(pubmed.no_records()))
        assert pmids_in(await asker.fetch(1, 2), (1, 2)) == []

    async def test_one_of_them_missing_is_no_error(self, asker: Asker, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.without(2)))
        assert pmids_in(await asker.fetch(1, 2, 3), (1, 2, 3)) == [1, 3]

    @pytest.mark.parametrize("end", [b"\n" * 200, b" \n", b""])
    async def test_blanks_after_the_end_do_no_harm(self, asker: Asker, double: PubMedDouble, end: bytes) -> None:
        body = [PROLOG, b"<PubmedArticleSet>", b"</PubmedArticleSet>", *(bytes([blank]) for blank in end)]
        double.faults.append(Fault(pubmed.prescribed(200, XML, *body)))
        assert b"<PubmedArticleSet>" in await asker.fetch(1)

    async def test_an_empty_root(self, asker: Asker, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.prescribed(200, XML, PROLOG, b"<PubmedArticleSet/>\n")))
        assert b"<PubmedArticleSet/>" in await asker.fetch(1)

    @pytest.mark.parametrize("count", [0, BATCH + 1])
    def test_a_batch_has_a_size(self, tmp_path: Path, count: int) -> None:
        eutils = Eutils(httpx.AsyncClient(), base_url=pubmed.BASE_URL, pace=Pace(tmp_path / "pace", with_key=False))
        with pytest.raises(ValueError, match=str(count)):
            eutils.fetch(range(1, count + 1))

    async def test_the_first_records_come_before_the_last(self, asker: Asker, double: PubMedDouble) -> None:
        gate = double.gate()
        double.faults.append(Fault(pubmed.slow(gate)))
        async with aclosing(asker.eutils.fetch((1, 2, 3))) as pieces:
            seen = b""
            while b">1</PMID>" not in seen:
                seen += await anext(pieces)
            assert b">3</PMID>" not in seen
            gate.release()
            seen += b"".join([piece async for piece in pieces])
        assert pmids_in(seen, (1, 2, 3)) == [1, 2, 3]

    async def test_cancelling_it_in_the_middle(self, asker: Asker, double: PubMedDouble) -> None:
        gate = double.gate()
        double.faults.append(Fault(pubmed.slow(gate)))
        task = asyncio.create_task(asker.fetch(1, 2, 3))
        await gate.arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert pmids_in(await asker.fetch(1), (1,)) == [1]

    async def test_leaving_it_in_the_middle(self, asker: Asker) -> None:
        async with aclosing(asker.eutils.fetch((1, 2, 3))) as pieces:
            await anext(pieces)
        gc.collect()
        assert pmids_in(await asker.fetch(1), (1,)) == [1]

    FAULTS: tuple[tuple[pubmed.Change, type[RemoteError]], ...] = (
        (pubmed.fetch_error("Error: proxy_stream() failed"), Temporary),
        (pubmed.fetch_error("Failed to connect to PubOne service"), Temporary),
        (pubmed.fetch_error("Error: External viewer error: Empty Response. Status: Timeout", status=200), Temporary),
        (pubmed.fetch_error("ID list is empty! Possibly it has no correct IDs."), Refused),
        (pubmed.page("NCBI/eutils202 - WWW Error 500 Diagnostic", 500), Temporary),
        (pubmed.page("502 Bad Gateway", 502), Temporary),
        (pubmed.page("Welcome to the hotel"), NotPubMed),
        (pubmed.blocked(), Blocked),
        (pubmed.busy(), Busy),
        (pubmed.busy(status=200), Busy),
        (pubmed.prolog_only(), Interrupted),
        (pubmed.nothing(), Interrupted),
        (pubmed.cut(), Interrupted),
        (pubmed.cut_gzip(), Interrupted),
        (pubmed.damaged_gzip(), Interrupted),
        (pubmed.lost(), Interrupted),
        (pubmed.redirect("http://login.invalid/"), NotPubMed),
        (pubmed.bomb(65), TooLarge),
        (pubmed.prescribed(200, {"Content-Encoding": "br"}, b"x", encoded=True), NotPubMed),
        (pubmed.prescribed(200, XML, b"<PubmedArticleSet>" + b"x" * 2**17), Interrupted),
        (pubmed.prescribed(200, XML, b"<!-- " + b"x" * 2**17), Interrupted),
        (pubmed.prescribed(200, HTML, b"x" * 2**20), NotPubMed),
    )

    @pytest.mark.parametrize(("change", "error"), FAULTS)
    @pytest.mark.parametrize("packed", [True, False])
    async def test_what_goes_wrong_has_a_name(
        self, asker: Asker, double: PubMedDouble, change: pubmed.Change, error: type[RemoteError], packed: bool
    ) -> None:
        double.gzip = packed
        double.faults.append(Fault(change))
        with pytest.raises(RemoteError) as caught:
            await asker.fetch(1, 2, 3)
        assert type(caught.value) is error
        assert len(double.log) == 1, "fetch is one attempt"

    @pytest.mark.parametrize(("change", "error"), FAULTS)
    async def test_over_real_http_it_has_the_same_name(
        self, double: PubMedDouble, tmp_path: Path, change: pubmed.Change, error: type[RemoteError]
    ) -> None:
        double.faults.append(Fault(change))
        with double.serve() as base_url:
            async with asking(double, tmp_path, base_url=base_url) as asker:
                with pytest.raises(RemoteError) as caught:
                    await asker.fetch(1, 2, 3)
                assert type(caught.value) is error
                assert pmids_in(await asker.fetch(3, 1), (1, 3)) == [3, 1]

    async def test_the_loop_around_it(self, asker: Asker, double: PubMedDouble) -> None:
        double.faults += [Fault(pubmed.cut()), Fault(pubmed.lost())]
        async for attempt in asker.eutils.attempts("fetching"):
            with attempt:
                xml = await asker.fetch(1, 2)
        assert pmids_in(xml, (1, 2)) == [1, 2]
        assert [wait.why for wait in asker.pauses] == ["The answer was cut short", "The connection was lost"]
        assert {wait.doing for wait in asker.pauses} == {"fetching"}

    async def test_an_endless_answer_ends(self, asker: Asker, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.endless()))
        with pytest.raises(TooLarge):
            async with aclosing(asker.eutils.fetch((1,))) as pieces:
                async for _ in pieces:
                    pass

    async def test_a_bomb_takes_little_memory(self, asker: Asker, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.bomb(256)))
        tracemalloc.start()
        try:
            with pytest.raises(TooLarge):
                async with aclosing(asker.eutils.fetch((1,))) as pieces:
                    async for _ in pieces:
                        pass
            assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
        finally:
            tracemalloc.stop()


def raising(error: Exception, cause: BaseException | None = None) -> httpx.MockTransport:
    def door(_request: httpx.Request) -> httpx.Response:
        raise error from cause

    return httpx.MockTransport(door)


class TestTransport:
    """What the HTTP library raises, and what a reader is told."""

    @pytest.mark.parametrize(
        ("error", "cause", "expected"),
        [
            (httpx.ConnectError("x"), None, NoNetwork),
            (httpx.ConnectError("x"), ConnectionRefusedError(), NoNetwork),
            (httpx.ConnectError("x"), OSError(101, "Network is unreachable"), NoNetwork),
            (httpx.ConnectError("x"), ssl.SSLCertVerificationError(), NoNetwork),
            (httpx.ConnectError("x"), ConnectionResetError(), Interrupted),
            (httpx.ConnectTimeout("x"), None, NoNetwork),
            (httpx.ProxyError("x"), None, NoNetwork),
            (httpx.ReadTimeout("x"), None, Interrupted),
            (httpx.WriteTimeout("x"), None, Interrupted),
            (httpx.PoolTimeout("x"), None, Interrupted),
            (httpx.ReadError("x"), None, Interrupted),
            (httpx.WriteError("x"), None, Interrupted),
            (httpx.RemoteProtocolError("x"), None, Interrupted),
        ],
    )
    async def test_each_error_has_its_meaning(
        self, tmp_path: Path, error: Exception, cause: BaseException | None, expected: type[RemoteError]
    ) -> None:
        async with open_client(raising(error, cause)) as client:
            eutils = Eutils(client, base_url=pubmed.BASE_URL, pace=Pace(tmp_path / "pace", with_key=False))
            with pytest.raises(RemoteError) as caught:
                async with aclosing(eutils.fetch((1,))) as pieces:
                    await anext(pieces)
        assert type(caught.value) is expected
        assert caught.value.hint
        assert caught.value.__suppress_context__, "the library's own error would show the request"

    async def test_a_bad_certificate_is_named(self, tmp_path: Path) -> None:
        error, cause = httpx.ConnectError("x"), ssl.SSLCertVerificationError()
        async with open_client(raising(error, cause)) as client:
            eutils = Eutils(client, base_url=pubmed.BASE_URL, pace=Pace(tmp_path / "pace", with_key=False))
            with pytest.raises(NoNetwork, match="certificate"):
                await eutils.search("x")

    async def test_nobody_listening(self, double: PubMedDouble, tmp_path: Path) -> None:
        with double.serve() as base_url:
            pass
        async with asking(double, tmp_path, base_url=base_url) as asker:
            with pytest.raises(NoNetwork):
                await asker.eutils.search("stromal")
        assert asker.pauses == []

    async def test_a_connection_that_closes_while_it_is_made_is_tried_again(self, tmp_path: Path) -> None:
        """The end of the connection in the middle of the TLS greeting: seen on first requests."""

        async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        base_url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server, asking(PubMedDouble(), tmp_path, base_url=base_url) as asker:
            with pytest.raises(Interrupted):
                await asker.eutils.search("stromal")
        assert len(asker.pauses) == 3


class TestDeadline:
    async def test_an_answer_that_never_ends_is_given_up(
        self, asker: Asker, double: PubMedDouble, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tui.remote.eutils.FETCH_SECONDS", 0.05)
        double.faults.append(Fault(pubmed.slow(double.gate())))
        with pytest.raises(Interrupted, match="in time"):
            await asker.fetch(1, 2)


class TestAddress:
    @pytest.mark.parametrize(
        "base_url",
        [
            "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
            "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/",
            "https://10.0.0.7:8443",
            "http://127.0.0.1:8080/entrez/eutils",
            "http://127.1.2.3/",
            "http://localhost:8080",
            "http://[::1]:8080/x",
        ],
    )
    def test_https_anywhere_and_http_on_this_machine(self, tmp_path: Path, base_url: str) -> None:
        Eutils(httpx.AsyncClient(), base_url=base_url, pace=Pace(tmp_path / "pace", with_key=False))

    @pytest.mark.parametrize(
        "base_url",
        [
            "http://eutils.ncbi.nlm.nih.gov/entrez/eutils",
            "http://localhost.example.org/",
            "http://127.0.0.1@example.org/",
            "http://10.0.0.7/",
            "http://[2001:db8::1]/",
            "https://reader:password@example.org/",
            "https://example.org/?api_key=1",
            "https:///entrez",
            "ftp://example.org/",
            "file:///etc/passwd",
            "eutils.ncbi.nlm.nih.gov",
            "https://[::1",
            "https://example.org:port/",
            "https://exa\nmple.org/",
            "",
        ],
    )
    def test_nothing_else(self, tmp_path: Path, base_url: str) -> None:
        with pytest.raises(BadAddress, match="PUBMED_TUI_EUTILS_URL") as caught:
            Eutils(httpx.AsyncClient(), base_url=base_url, pace=Pace(tmp_path / "pace", with_key=False))
        assert caught.value.exit_status == 2

    async def test_a_slash_at_its_end_makes_no_difference(self, double: PubMedDouble, tmp_path: Path) -> None:
        with double.serve() as base_url:
            async with asking(double, tmp_path, base_url=f"{base_url}/") as asker:
                assert (await asker.eutils.search("stromal")).total == 10

    async def test_a_proxy_is_not_asked_for_this_machine(
        self, double: PubMedDouble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        with double.serve() as base_url:
            async with asking(double, tmp_path, base_url=base_url) as asker:
                assert (await asker.eutils.search("stromal")).total == 10


class TestWarm:
    async def test_it_opens_a_connection_and_says_who_asks(self, double: PubMedDouble, tmp_path: Path) -> None:
        async with asking(double, tmp_path, email="reader@example.org", api_key="secret") as asker:
            await asker.eutils.warm()
        (asked,) = double.log
        assert (asked.method, asked.program) == ("HEAD", "einfo")
        assert asked.params == {"tool": "pubmed-tui", "email": "reader@example.org"}
        assert asked.headers["user-agent"] == f"pubmed-tui/{__version__}"

    async def test_once_in_an_idle_minute(self, asker: Asker, double: PubMedDouble) -> None:
        for seconds in (0, 30, 29, 2, 30):
            asker.clock.now += seconds
            await asker.eutils.warm()
        assert len(double.log) == 2

    async def test_not_where_a_request_was_made(self, asker: Asker, double: PubMedDouble) -> None:
        await asker.eutils.search("stromal")
        await asker.eutils.warm()
        assert [asked.program for asked in double.log] == ["esearch"]

    async def test_a_failure_says_nothing(self, tmp_path: Path) -> None:
        async with open_client(raising(httpx.ConnectError("x"))) as client:
            await Eutils(client, base_url=pubmed.BASE_URL, pace=Pace(tmp_path / "pace", with_key=False)).warm()


def test_nothing_is_sent_before_the_first_request(double: PubMedDouble, tmp_path: Path) -> None:
    client = open_client(double.transport())
    Eutils(client, base_url=pubmed.BASE_URL, pace=Pace(tmp_path / "pace", with_key=False))
    assert double.log == []
    assert list(tmp_path.iterdir()) == []


class TestRealHttp:
    async def test_search_spell_and_fetch_over_one_connection(self, double: PubMedDouble, tmp_path: Path) -> None:
        double.spelling = {"stromel": "stromal"}
        with double.serve() as base_url:
            async with asking(double, tmp_path, base_url=base_url) as asker:
                await asker.eutils.warm()
                query = await asker.eutils.spell("stromel")
                reply = await asker.eutils.search(query, limit=3)
                assert pmids_in(await asker.fetch(*reply.pmids), reply.pmids) == [10, 9, 8]
        assert [asked.program for asked in double.log] == ["einfo", "espell", "esearch", "efetch"]

    async def test_cancelling_reaches_the_wire(self, double: PubMedDouble, tmp_path: Path) -> None:
        with double.serve() as base_url:
            gate = double.hold("esearch")
            async with asking(double, tmp_path, base_url=base_url) as asker:
                task = asyncio.create_task(asker.eutils.search("stromal"))
                await gate.arrived.wait()
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                gate.release()
                assert (await asker.eutils.search("stromal")).total == 10

    async def test_too_many_requests_are_refused_until_the_second_is_over(self, tmp_path: Path) -> None:
        """Without a pace, as another program behind the same address would be."""
        now = 0.0
        double = PubMedDouble(clock=lambda: now)
        double.add(article(1))
        double.limit = 3
        with double.serve() as base_url:
            async with asking(double, tmp_path, base_url=base_url) as asker:
                for _ in range(3):
                    await asker.eutils.search("stromal")
                with pytest.raises(Busy):
                    await asker.fetch(1)
                now += 1.1
                assert pmids_in(await asker.fetch(1), (1,)) == [1]

    def test_two_programs_together_keep_to_the_limit(self, double: PubMedDouble, tmp_path: Path) -> None:
        """By their real clocks: eight searches, which unpaced would start within a few milliseconds."""
        program = (
            "import asyncio, pathlib, sys\n"
            "from tui.remote import Eutils, Pace, open_client\n"
            "async def main():\n"
            "    async with open_client() as client:\n"
            "        pace = Pace(pathlib.Path(sys.argv[2]), with_key=False)\n"
            "        eutils = Eutils(client, base_url=sys.argv[1], pace=pace)\n"
            "        await asyncio.gather(*(eutils.search('stromal') for _ in range(4)))\n"
            "asyncio.run(main())\n"
        )
        with double.serve() as base_url:
            command = [sys.executable, "-c", program, base_url, str(tmp_path / "pace")]
            processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
            assert [process.wait() for process in processes] == [0, 0]
        starts = sorted(asked.time for asked in double.log)
        assert len(starts) == 8
        assert starts[-1] - starts[0] > 1.5
        assert all(late - early > 0.5 for early, late in zip(starts, starts[6:], strict=False))


async def test_a_request_that_waits_for_its_connection_is_counted_from_when_it_is_sent(tmp_path: Path) -> None:
    clock = Clock()

    class FarAway(Pace):
        """Where half a second passes until the connection is open."""

        async def start(self) -> float:
            moment = await super().start()
            clock.now += 0.5
            return moment

    with holding([1]).serve() as url:
        async with open_client() as client:
            eutils = Eutils(client, base_url=url, pace=FarAway(tmp_path / "pace", with_key=False, clock=clock))
            await eutils.search("stromal")
    assert (tmp_path / "pace").read_bytes().split()[1:] == [b"1000.5"]
