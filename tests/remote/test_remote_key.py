"""The API key is in requests to the service, and nowhere else."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import httpx
import pytest

import tests.pubmed_double as pubmed
from tests.pubmed_double import Fault, PubMedDouble
from tests.remote.asking import article, asking
from tui.remote import Eutils, Pace, RemoteError, open_client

KEY = "0123456789abcdef0123456789abcdef0123"
FAULTS = (
    pubmed.busy(),
    pubmed.lost(),
    pubmed.cut(),
    pubmed.nothing(),
    pubmed.damaged_gzip(),
    pubmed.page("NCBI/eutils202 - WWW Error 500 Diagnostic", 500),
    pubmed.page(f"Login page that repeats api_key={KEY}"),
    pubmed.search_error(f"Nothing is known of api_key={KEY}"),
    pubmed.fetch_error(f"ID list is empty! api_key={KEY}"),
    pubmed.redirect(f"https://elsewhere.invalid/?api_key={KEY}"),
)


@pytest.fixture
def double() -> PubMedDouble:
    double = PubMedDouble()
    double.add(article(1))
    return double


def shown(error: BaseException) -> str:
    """All that a traceback which prints the values of local variables shows, but for the test's own frames."""
    whole = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert not whole.__cause__
    ours = [frame for frame in whole.stack if not frame.filename.startswith(str(Path(__file__).parent))]
    assert ours
    values = [value for frame in ours for value in (frame.locals or {}).values()]
    return "\n".join([*values, *whole.format_exception_only(), repr(error), repr(vars(error))])


@pytest.mark.parametrize("change", [None, *FAULTS])
@pytest.mark.parametrize("program", ["esearch", "efetch"])
async def test_it_is_in_no_error(
    double: PubMedDouble, tmp_path: Path, change: pubmed.Change | None, program: str
) -> None:
    """Without a fault the key is the fault: the service refuses it and repeats it in its answer."""
    if change:
        double.faults.append(Fault(change, times=9))
    else:
        double.valid_keys = set()
    async with asking(double, tmp_path, api_key=KEY) as asker:
        with pytest.raises(RemoteError) as caught:
            await (asker.eutils.search("stromal") if program == "esearch" else asker.fetch(1))
    assert all(asked.params["api_key"] == KEY for asked in double.log)
    assert KEY not in shown(caught.value)


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.WriteError])
async def test_it_is_in_no_error_of_the_network(tmp_path: Path, error: type[httpx.TransportError]) -> None:
    def door(request: httpx.Request) -> httpx.Response:
        assert KEY in request.content.decode()
        raise error(f"{request.method} {request.url}", request=request)

    async with open_client(httpx.MockTransport(door)) as client:
        eutils = Eutils(client, base_url=pubmed.BASE_URL, pace=Pace(tmp_path / "pace", with_key=True), api_key=KEY)
        with pytest.raises(RemoteError) as caught:
            [piece async for piece in eutils.fetch((1,))]
    assert KEY not in shown(caught.value)
    assert caught.value.__suppress_context__


async def test_it_is_in_no_url_and_no_log(
    double: PubMedDouble, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    double.faults += [Fault(pubmed.busy(retry_after="0")), Fault(pubmed.lost(), program="efetch")]
    with double.serve() as base_url:
        async with asking(double, tmp_path, base_url=base_url, api_key=KEY) as asker:
            await asker.eutils.warm()
            await asker.eutils.search("stromal")
            await asker.eutils.spell("stromal")
            with pytest.raises(RemoteError):
                await asker.fetch(1)
    assert "POST" in caplog.text, "the HTTP library does log, and so could show it"
    assert KEY not in caplog.text
    assert all(KEY not in asked.url for asked in double.log)
    assert [asked.program for asked in double.log if "api_key" not in asked.params] == ["einfo"]


async def test_it_is_not_shown_by_the_client(double: PubMedDouble, tmp_path: Path) -> None:
    async with asking(double, tmp_path, api_key=KEY) as asker:
        assert KEY not in repr(asker.eutils)
        assert KEY not in repr(vars(asker.eutils))


async def test_it_goes_nowhere_but_to_the_service(double: PubMedDouble, tmp_path: Path) -> None:
    """A redirect is not followed, with the key or without."""
    elsewhere = PubMedDouble()
    with double.serve() as base_url, elsewhere.serve() as other:
        double.faults.append(Fault(pubmed.redirect(f"{other}/esearch.fcgi"), times=9))
        async with asking(double, tmp_path, base_url=base_url, api_key=KEY) as asker:
            with pytest.raises(RemoteError):
                await asker.eutils.search("stromal")
            await asker.eutils.warm()
    assert elsewhere.log == []
