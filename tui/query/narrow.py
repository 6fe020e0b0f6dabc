"""A query made narrower by adding to it: what is added stands at its end, for everybody to see.

PubMed reads operators from left to right, so that what is added applies to all that stands before it.
"""

from __future__ import annotations

from tui.query.parse import BEFORE_ASTERISK

EVERYTHING = "all[sb]"
"""What finds every record."""


def narrowed(query: str, clause: str, *, unfinished: bool = False) -> str:
    """Those records that answer the clause too; with `unfinished` the query's last word is the beginning of one."""
    before = _whole(query, unfinished)
    return f"{before} AND {clause}" if before else clause


def without(query: str, clause: str, *, unfinished: bool = False) -> str:
    """Those that do not answer the clause."""
    return f"{_whole(query, unfinished) or EVERYTHING} NOT {clause}"


def going_on(query: str) -> str:
    """The same with its last word as the beginning of one, where PubMed takes it for that."""
    last = query.rsplit(maxsplit=1)[-1] if query.strip() else ""
    return f"{query.strip()}*" if len(last) >= BEFORE_ASTERISK and last.isalnum() else query.strip()


def _whole(query: str, unfinished: bool) -> str:
    query = query.strip()
    if query and all(word.strip(",;").isdecimal() for word in query.split()):  # PMIDs, as long as they stand alone
        return f"{query}[pmid]"
    return going_on(query) if unfinished else query
