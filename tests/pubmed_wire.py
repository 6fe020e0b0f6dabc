"""The two doors of `tests.pubmed_double`: an answer as httpx's mock transport streams it, and as a server sends it."""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from tests.pubmed_answers import Answer, Gate, Lost, Step

_CHUNK = 16 * 1024

Asking = Callable[[str, str, str, Mapping[str, str]], Answer]
"""Method, address, form and headers, whose names are in lower case, to the answer."""


def wire(answer: Answer, asked: Mapping[str, str], may_pack: bool) -> tuple[dict[str, str], Iterator[Step]]:
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


class Stream(httpx.AsyncByteStream):
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


class Server(ThreadingHTTPServer):
    """The second door."""

    daemon_threads = False

    def __init__(self, answer: Asking, may_pack: Callable[[], bool]) -> None:
        self.answer = answer
        self.may_pack = may_pack
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def close_connections(self) -> None:
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

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
        asked = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.answer(self.command, self.path, form, asked)
        if answer.first:
            answer.first.wait_in_thread()
        headers, steps = wire(answer, asked, self.server.may_pack())
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
