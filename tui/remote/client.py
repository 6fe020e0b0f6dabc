"""The HTTP client as this program wants it. Made once, by whoever opens the library, and closed by them."""

from __future__ import annotations

import httpx

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def open_client(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """A client that keeps a few connections open. `transport` stands in for the network in tests.

    Nothing is connected yet. Proxies are taken from the environment, but never for a service on this machine: its
    plain http would carry the API key to the proxy. What httpx writes to its log, the URL at level INFO, holds no
    key; where it is not wanted, the log's settings say so.
    """
    return httpx.AsyncClient(
        transport=transport,
        mounts={f"all://{host}": None for host in LOOPBACK},
        limits=httpx.Limits(max_connections=4, max_keepalive_connections=4, keepalive_expiry=60),
        follow_redirects=False,
    )
