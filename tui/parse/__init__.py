"""PubMed's XML to values: pure, streaming, and the one place where foreign bytes become text.

`Reader` takes bytes as they come and gives records as they are complete; `parse_record` reads one element again
that is already kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tui.model.record import Record
from tui.parse.book import book_record
from tui.parse.plain import taken
from tui.parse.pubmed import article
from tui.parse.stream import Cutter, NotPubMedXml, Piece, Truncated
from tui.parse.tree import purify, suspect, tree_of

__all__ = ["Deleted", "NotPubMedXml", "Parsed", "Reader", "Truncated", "parse_record", "read"]


class Parsed(NamedTuple):
    """A record together with the XML it was read from."""

    record: Record
    xml: bytes
    end: int
    """Bytes of the stream (as UTF-8) that are behind us."""


class Deleted(NamedTuple):
    """DeleteCitation: records that PubMed has withdrawn."""

    pmids: tuple[int, ...]
    end: int


def parse_record(xml: bytes) -> Record:
    """The record of one element. Raises `NotPubMedXml`."""
    try:
        if not suspect(xml):
            return _by_pattern(xml) or _by_tree(tree_of(xml))
        root = tree_of(xml)
        purify(root)
        return _by_tree(root)
    except RecursionError:
        raise NotPubMedXml("A record's elements are nested too deeply.", "This is not PubMed's XML.") from None


def _by_tree(root: Element) -> Record:
    return book_record(root) if root.tag in ("PubmedBookArticle", "BookDocument") else article(root, {})


def _by_pattern(xml: bytes) -> Record | None:
    """An article whose long lists are read by pattern; None where one of them stands in an unheard-of place."""
    if not xml.startswith((b"<PubmedArticle", b"<MedlineCitation")):
        return None
    rest, lists = taken(xml)
    record = article(tree_of(rest), lists)
    return None if lists else record


class Reader:
    """Bytes of a set in, records and deletions out.

    `start` is a place, as `Parsed.end` gave it, up to which elements are passed over unparsed: an interrupted
    import goes on there. For an index, references, notes and objects may be left out of the records, which then are
    read in half the time.
    """

    def __init__(self, start: int = 0, *, for_index: bool = False) -> None:
        self._cutter = Cutter()
        self._start = start
        self._parse = _index_reader() if for_index else parse_record

    def feed(self, data: bytes) -> Iterator[Parsed | Deleted]:
        """What `data` completes. Raises `NotPubMedXml`."""
        for piece in self._cutter.feed(data):
            if piece.end > self._start:
                yield _value(piece, self._parse)

    def finish(self) -> None:
        """Say that no more bytes follow. Raises `Truncated` where the set is not complete."""
        self._cutter.finish()


def _index_reader() -> Callable[[bytes], Record]:
    from tui.parse.scan import scan  # noqa: PLC0415 - its patterns take as long to make as the rest of this room

    return lambda xml: scan(xml) or parse_record(xml)


def _value(piece: Piece, parse: Callable[[bytes], Record]) -> Parsed | Deleted:
    if piece.deletes:
        numbers = [(child.text or "").strip() for child in tree_of(piece.xml) if child.tag == "PMID"]
        return Deleted(tuple(int(n) for n in numbers if n.isdigit() and n.isascii()), piece.end)
    return Parsed(parse(piece.xml), piece.xml, piece.end)


def read(chunks: Iterable[bytes], start: int = 0) -> Iterator[Parsed | Deleted]:
    """All records and deletions of a set, one at a time. Raises `NotPubMedXml`, `Truncated`."""
    reader = Reader(start)
    for chunk in chunks:
        yield from reader.feed(chunk)
    reader.finish()
