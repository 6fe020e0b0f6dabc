"""A stand-in for NLM's file server: it has files, and misbehaves as told. `log` is what it was asked for."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from tui.model.results import Wait
from tui.remote import MeshFiles, Pace, open_client

BASE_URL = "https://nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES/xmlmesh"


class Body(httpx.AsyncByteStream):
    """Bytes in pieces; None among them is a connection that breaks."""

    def __init__(self, pieces: Sequence[bytes | None]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if piece is None:
                raise httpx.ReadError("connection lost")
            yield piece


class MeshServer:
    """`files` are its files by name; `faults` come in their place, one after the other."""

    def __init__(self, **files: bytes) -> None:
        self.files = {f"{name}.gz": data for name, data in files.items()}
        self.faults: list[Callable[[httpx.Request], httpx.Response]] = []
        self.log: list[httpx.Request] = []
        self.waits: list[Wait] = []
        self.slept: list[float] = []

    def client(self, folder: Path, base_url: str = BASE_URL) -> MeshFiles:
        """To ask it, never waiting."""

        def on_wait(wait: Wait | None) -> None:
            if wait is not None:
                self.waits.append(wait)

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        pace = Pace(folder / "pace", with_key=False, clock=lambda: 1000.0 + 10 * len(self.log), sleep=sleep)
        transport = httpx.MockTransport(self._answer)
        return MeshFiles(open_client(transport), base_url=base_url, pace=pace, on_wait=on_wait, sleep=sleep)

    @property
    def asked(self) -> list[str]:
        """The names of the files that were asked for."""
        return [request.url.path.rpartition("/")[2] for request in self.log]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.log.append(request)
        if self.faults:
            return self.faults.pop(0)(request)
        data = self.files.get(request.url.path.rpartition("/")[2])
        if data is None:
            return httpx.Response(404, html="<html>Not Found</html>")
        pieces = [data[at : at + 1000] for at in range(0, len(data), 1000)]
        return httpx.Response(200, headers={"Content-Length": str(len(data))}, stream=Body(pieces))


def fault(status: int, body: Sequence[bytes | None] = (b"<html>", b"</html>"), **headers: str) -> Any:
    """An answer that is not the file."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _request: httpx.Response(status, headers=named, stream=Body(body))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Standard error is what is tested."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The files of a folder on this machine; their address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
