"""PubMed over the network: the only room that knows a URL.

It asks politely (who is asking, how fast, how often again), tells an answer from an error whatever the status says,
and gives back bytes and small values; what a record is, it does not know.
"""

from tui.remote.attempts import Attempt, Attempts
from tui.remote.client import open_client
from tui.remote.errors import (
    BadAddress,
    BadKey,
    BadQuery,
    Blocked,
    Busy,
    Interrupted,
    NoNetwork,
    NotPubMed,
    Refused,
    RemoteError,
    Temporary,
    TooLarge,
)
from tui.remote.eutils import BATCH, REACHABLE, Eutils
from tui.remote.mesh import MeshFiles
from tui.remote.pacing import Pace
from tui.remote.replies import SearchReply

__all__ = [
    "BATCH",
    "REACHABLE",
    "Attempt",
    "Attempts",
    "BadAddress",
    "BadKey",
    "BadQuery",
    "Blocked",
    "Busy",
    "Eutils",
    "Interrupted",
    "MeshFiles",
    "NoNetwork",
    "NotPubMed",
    "Pace",
    "Refused",
    "RemoteError",
    "SearchReply",
    "Temporary",
    "TooLarge",
    "open_client",
]
