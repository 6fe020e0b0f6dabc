"""Records that NLM has withdrawn (DeleteCitation), so that none comes back out of an older file.

Baseline and update files are numbered through the year (``pubmed26n1301``): a record that a later one has is wanted
again. Of other files nobody knows which is the later one; there, a record comes back if it was revised since. What
PubMed itself is asked for always comes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.cache.connection import Connection, storable

if TYPE_CHECKING:
    from tui.cache.entries import Entry


class Withdrawn:
    """The part of the cache that remembers what was withdrawn; what calls it holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, pmids: Iterable[int], source: str, edition: int, revised: int) -> None:
        """A file says that these are withdrawn; it stands at `edition` among NLM's, 0 if it is none of them.

        `revised` is the latest DateRevised that it has, as yyyymmdd.
        """
        self._connection.each(
            "INSERT INTO withdrawn VALUES (?, ?, ?, max(?, coalesce((SELECT revised FROM record WHERE pmid = ?1), 0))) "
            "ON CONFLICT (pmid) DO UPDATE SET source = excluded.source, edition = excluded.edition, "
            "revised = max(revised, excluded.revised) WHERE excluded.edition >= edition",
            [(pmid, storable(source), edition, revised) for pmid in pmids],
        )

    def refused(self, entries: Iterable[Entry], edition: int) -> set[int]:
        """Those of a file's records that were withdrawn later than it was made; the others are withdrawn no more."""
        newest = {entry.pmid: entry for entry in entries}
        known = self._known(newest)
        refused = {pmid for pmid, by in known.items() if not _later(newest[pmid], edition, *by)}
        self.forget(known.keys() - refused)
        return refused

    def forget(self, pmids: Iterable[int]) -> None:
        self._connection.each("DELETE FROM withdrawn WHERE pmid = ?", [(pmid,) for pmid in pmids])

    def _known(self, pmids: Iterable[int]) -> dict[int, tuple[str, int, int]]:
        rows = self._connection.each(
            "SELECT pmid, source, edition, revised FROM withdrawn WHERE pmid = ?",
            [(pmid,) for pmid in pmids],
            types=(int, str, int, int),
        )
        return {pmid: (source, edition, revised) for pmid, source, edition, revised in rows}


def _later(entry: Entry, edition: int, by_source: str, by_edition: int, by_revised: int) -> bool:
    if entry.origin.source == by_source:  # a file is read from its beginning to its end
        return True
    if edition and by_edition:
        return edition > by_edition
    return entry.age[1] > by_revised
