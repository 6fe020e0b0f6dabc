"""What can go wrong between here and PubMed, told apart by what the caller does about it.

::

    Problem
     └─ RemoteError         it could not be had now; exit status 3
         ├─ NoNetwork       no connection at all: go on with what is kept
         ├─ Busy            too many requests: again after a pause, PubMed's own where it names one
         ├─ Temporary       PubMed is out of order: again after a pause
         │   └─ Interrupted the connection or the answer broke off: again after a short pause
         ├─ NotPubMed       something else answered, a hotel's login page for one: again once
         ├─ Blocked         NCBI has shut this address out: write to them; exit status 1
         ├─ Refused         what was asked for cannot be had; exit status 1
         ├─ TooLarge        the answer is beyond all reason; exit status 1
         ├─ BadQuery        PubMed does not take the query: change it; exit status 2
         ├─ BadKey          PubMed does not take the API key: check it; exit status 2
         └─ BadAddress      the service's address is no place to send a key to; exit status 2

Messages are made here and where answers are judged, never from an error of the HTTP library and never from the
body of a failed answer: both can hold the API key.
"""

from __future__ import annotations

from tui.model.problem import Problem


class RemoteError(Problem):
    """Something could not be had from PubMed."""

    exit_status = 3
    pauses: tuple[float, ...] = ()
    """Seconds before the second, third ... attempt; there are no more attempts than that."""
    why = ""
    """The clause for `tui.model.results.Wait.why`; with 24 letters the whole sentence fits 80 columns."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        why: str = "",
        retry_after: float | None = None,
        pauses: tuple[float, ...] | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after
        """Seconds that the server asks to wait, in place of each of `pauses`; None where it says nothing."""
        if why:
            self.why = why
        if pauses is not None:
            self.pauses = pauses


class NoNetwork(RemoteError):
    """No connection can be made: no network, no such host, no route, nobody listening."""


class Busy(RemoteError):
    """HTTP 429, or "API rate limit exceeded" under any status."""

    pauses = (5.0, 10.0, 20.0)
    why = "PubMed is busy"


class Temporary(RemoteError):
    """HTTP 5xx, or a failure of NCBI's own back end under another status."""

    pauses = (5.0, 10.0, 20.0)
    why = "PubMed is out of order"


class Interrupted(Temporary):
    """The connection broke, or the answer ended before its end. A caller that finds an answer's XML broken may
    raise this itself, so that the attempt is made again."""

    pauses = (1.0, 5.0, 10.0)
    why = "The answer was cut short"


def cut_short() -> Interrupted:
    """The error for an answer that lacks its end."""
    return Interrupted("PubMed's answer was cut short.", "Try again.")


class NotPubMed(RemoteError):
    """An answer that is none of PubMed's. Tried again once: NCBI's own front sends such pages in passing, a login
    page of the network stays."""

    pauses = (5.0,)
    why = "Something else answered"


class Blocked(RemoteError):
    """NCBI's page for addresses that it has shut out."""

    exit_status = 1


class Refused(RemoteError):
    """A well-formed request for something that PubMed does not give."""

    exit_status = 1


class TooLarge(RemoteError):
    """An answer beyond the limit of what can be meant."""

    exit_status = 1


class BadQuery(RemoteError):
    """PubMed refused the query."""

    exit_status = 2


class BadKey(RemoteError):
    """PubMed does not know the API key."""

    exit_status = 2


class BadAddress(RemoteError):
    """The configured address is not one that a key and an e-mail address may be sent to."""

    exit_status = 2
