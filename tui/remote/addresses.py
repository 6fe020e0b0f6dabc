"""Which addresses may be asked: https, or plain http to a service on this machine."""

from __future__ import annotations

import ipaddress
from contextlib import suppress

import httpx

from tui.remote.errors import BadAddress


def safe(base_url: str, why: str, variable: str) -> str:
    """The address without its last slash. Raises BadAddress with `why`, naming the `variable` that sets it."""
    with suppress(httpx.InvalidURL):
        url = httpx.URL(base_url)
        private = url.scheme == "https" or (url.scheme == "http" and _is_this_machine(url.host))
        if private and url.host and not (url.userinfo or url.query or url.fragment):
            return str(url).rstrip("/")
    raise BadAddress(why, f"{variable} must begin with https:// (http:// only for a service on this machine).")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
