"""A file of references kept in step: its old text and fresh records to its new text, and what changed.

Entries are replaced by PMID, in their places; records that the file does not have come at its end. Every other byte
stays: entries that name no PMID or another one, comments, order, line ends, and in a replaced entry the fields that
this program never writes. A file that cannot be read with certainty is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tui.export import updating_bibtex, updating_json, updating_ris
from tui.export.updating_parts import Piece, Unreadable
from tui.model.problem import Problem
from tui.model.results import Kept

__all__ = ["NotUpdatable", "Unreadable", "Update", "kind_of", "pmids_in", "updated"]

_BOM = "\ufeff"


class NotUpdatable(Problem):
    """Files of this kind are not kept in step, or not in that format."""

    exit_status = 2


class Kind(NamedTuple):
    """How files in one format are updated."""

    pieces: Callable[[str], list[Piece]]
    """The text in its parts. Raises Unreadable."""
    fresh: Callable[[Kept], Any]
    """A record as the next two take it."""
    merged: Callable[[str, Any], str]
    """An entry brought up to date; as it was, where it says the same already."""
    appended: Callable[[str, list[Any]], str]
    """A text with new entries at its end."""


class Update(NamedTuple):
    """The new text, and how many of the records are in it for which reason."""

    text: str
    replaced: int
    added: int
    unchanged: int


def _array(array: updating_json.Array) -> Kind:
    return Kind(array.pieces, array.fresh, array.merged, array.appended)


_KINDS = {
    "ris": Kind(updating_ris.pieces, updating_ris.fresh, updating_ris.merged, updating_ris.appended),
    "bibtex": Kind(updating_bibtex.pieces, updating_bibtex.fresh, updating_bibtex.merged, updating_bibtex.appended),
    "json": _array(updating_json.RECORDS),
    "csl-json": _array(updating_json.ITEMS),
}
"""By the names of the formats."""
_SUFFIXES = {".ris": ("ris",), ".bib": ("bibtex",), ".json": ("json", "csl-json")}


def kind_of(suffix: str, text: str, format: str = "") -> Kind:
    """How a file with this suffix and text is updated; `format` is the name of the one it should be in, if any.

    Raises NotUpdatable where these do not go together, and Unreadable where the text is neither.
    """
    formats = _SUFFIXES.get(suffix.lower(), ())
    if not formats:
        raise NotUpdatable(
            f"A file that ends in {suffix!r} cannot be kept in step." if suffix else "A file must have a suffix here.",
            f"Name one that ends in {', '.join(_SUFFIXES)}.",
        )
    if len(formats) > 1 and (found := updating_json.format_of(text.removeprefix(_BOM))):
        formats = (found,)
    if format and format not in formats:
        raise NotUpdatable(f"The file is in the format {formats[0]}, and not {format}.", "Leave out --format.")
    return _KINDS[format or formats[0]]


def pmids_in(text: str, kind: Kind) -> list[int]:
    """The PMIDs of the entries, each once. Raises Unreadable."""
    pieces = kind.pieces(text.removeprefix(_BOM))
    return list(dict.fromkeys(piece.pmid for piece in pieces if piece.pmid))


def updated(text: str, records: Iterable[Kept], kind: Kind) -> Update:
    """`text` is the whole file, with its byte order mark if it has one. Raises Unreadable."""
    bom, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    pieces = kind.pieces(text)
    parts = [piece.text for piece in pieces]
    places: dict[int, list[int]] = {}
    for number, piece in enumerate(pieces):
        if piece.pmid:
            places.setdefault(piece.pmid, []).append(number)
    found, replaced = set(), set()
    added: dict[int, Any] = {}
    for kept in records:
        pmid, fresh = kept.record.pmid, kind.fresh(kept)
        if pmid not in places:
            added[pmid] = fresh
            continue
        found.add(pmid)
        for number in places[pmid]:
            parts[number] = kind.merged(pieces[number].text, fresh)
            if parts[number] != pieces[number].text:
                replaced.add(pmid)
    text = kind.appended("".join(parts), list(added.values())) if added else "".join(parts)
    return Update(bom + text, len(replaced), len(added), len(found) - len(replaced))
