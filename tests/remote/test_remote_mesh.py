"""NLM's file of MeSH over the wire: what is asked, what is handed on, and every way in which it is not the file."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.mesh_samples import descriptor_set
from tests.mesh_server import BASE_URL, MeshServer, fault
from tui.remote import BadAddress, Busy, Interrupted, NoNetwork, NotPubMed, Refused, RemoteError, Temporary

PACKED = gzip.compress(descriptor_set(), mtime=0)


async def taken(server: MeshServer, folder: Path, year: int = 2026) -> tuple[int, bytes]:
    """What one attempt gives: the size that is told, and the bytes."""
    files = server.client(folder)
    try:
        async with files.descriptors(year) as download:
            return download.size, b"".join([piece async for piece in download.pieces])
    finally:
        await files.aclose()


async def test_the_file_of_a_year_comes_as_it_is(tmp_path: Path) -> None:
    server = MeshServer(desc2026=PACKED)
    assert await taken(server, tmp_path) == (len(PACKED), PACKED)
    (request,) = server.log
    assert (request.method, str(request.url)) == ("GET", f"{BASE_URL}/desc2026.gz")
    assert request.headers["user-agent"].startswith("pubmed-tui/")
    assert request.headers["accept-encoding"] == "identity"


async def test_what_the_server_packs_itself_is_not_unpacked(tmp_path: Path) -> None:
    """Some name the file's own form in Content-Encoding."""
    server = MeshServer()
    server.faults.append(fault(200, [PACKED], Content_Encoding="x-gzip"))
    assert await taken(server, tmp_path) == (0, PACKED)


async def test_unpacked_it_is_the_file_as_well(tmp_path: Path) -> None:
    server = MeshServer()
    server.faults.append(fault(200, [b"<?xml", descriptor_set()[5:]]))
    assert (await taken(server, tmp_path))[1] == descriptor_set()


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (fault(404), Refused, "NLM has no MeSH descriptors of 2026."),
        (fault(301, Location="https://elsewhere.example/"), NotPubMed, "What came is not NLM's file"),
        (fault(403), NotPubMed, "What came is not NLM's file"),
        (fault(200), NotPubMed, "What came is not NLM's file"),
        (fault(200, []), NotPubMed, "What came is not NLM's file"),
        (fault(429), Busy, "NLM's file server is busy."),
        (fault(500), Temporary, "NLM's file server is out of order"),
        (fault(503), Temporary, "NLM's file server is out of order"),
        (fault(200, [PACKED[:100], None]), Interrupted, "The connection to NLM's file server was lost."),
    ],
)
async def test_what_is_not_the_file(tmp_path: Path, answer: Any, kind: type[RemoteError], said: str) -> None:
    server = MeshServer()
    server.faults.append(answer)
    with pytest.raises(kind, match=f"^{said}") as refused:
        await taken(server, tmp_path)
    assert type(refused.value) is kind
    assert refused.value.hint


async def test_without_a_network(tmp_path: Path) -> None:
    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    server = MeshServer()
    server.faults.append(unreachable)
    with pytest.raises(NoNetwork, match=r"^NLM's file server cannot be reached\."):
        await taken(server, tmp_path)


async def test_a_pause_that_is_asked_for_is_kept_unless_it_is_hours(tmp_path: Path) -> None:
    server = MeshServer()
    server.faults += [fault(503, Retry_After="7"), fault(429, Retry_After="90000")]
    with pytest.raises(Temporary) as soon:
        await taken(server, tmp_path)
    with pytest.raises(Busy) as late:
        await taken(server, tmp_path)
    assert (soon.value.retry_after, bool(soon.value.pauses)) == (7, True)
    assert not late.value.pauses


@pytest.mark.parametrize(
    "address", ["http://nlmpubs.nlm.nih.gov/x", "ftp://example.org", "file:///etc", "", "https://a@b/"]
)
async def test_an_address_that_is_not_safe(tmp_path: Path, address: str) -> None:
    with pytest.raises(BadAddress, match="PUBMED_TUI_MESH_URL must begin with https://"):
        MeshServer().client(tmp_path, address)
