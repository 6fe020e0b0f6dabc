"""PubMed's XML to values: pure, streaming, and the one place where foreign bytes become text.

`Reader` takes bytes as they come and gives records as they are complete; `parse_record` reads an element again that is
already kept. Many records are read by pattern, few by the tree: what both give is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tui.model.record import Record
from tui.parse.book import book_record
from tui.parse.pubmed import article
from tui.parse.stream import Cutter, NotPubMedXml, Piece, Truncated
from tui.parse.tree import purify, suspect, tree_of

__all__ = ["Deleted", "NotPubMedXml", "Parsed", "Reader", "Truncated", "parse_record", "parse_records", "read"]


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


_FEW = 30
"""Records that the tree has read before the patterns of `scan` are compiled."""


def parse_record(xml: bytes) -> Record:
    """The record of one element. Raises `NotPubMedXml`."""
    return _record(xml, _by_tree)


def parse_records(xmls: Sequence[bytes]) -> Iterator[Record]:
    """The records of these elements, in their order. Raises `NotPubMedXml`."""
    read = _by_pattern if len(xmls) > _FEW else _by_tree
    return (_record(xml, read) for xml in xmls)


def _record(xml: bytes, read: Callable[[bytes], Record]) -> Record:
    try:
        if not suspect(xml):
            return read(xml)
        root = tree_of(xml)
        purify(root)
        return _of_tree(root)
    except RecursionError:
        raise NotPubMedXml("A record's elements are nested too deeply.", "This is not PubMed's XML.") from None


def _by_pattern(xml: bytes) -> Record:
    from tui.parse.scan import scanned  # noqa: PLC0415 - its patterns take as long to compile as few records to read

    return scanned(xml) or _by_tree(xml)


def _for_index(xml: bytes) -> Record:
    from tui.parse.scan import scanned  # noqa: PLC0415 - as above

    return scanned(xml, references=False) or _by_tree(xml)


def _by_tree(xml: bytes) -> Record:
    return _of_tree(tree_of(xml))


def _of_tree(root: Element) -> Record:
    return book_record(root) if root.tag in ("PubmedBookArticle", "BookDocument") else article(root)


class Reader:
    """Bytes of a set in, records and deletions out.

    `start` is a place, as `Parsed.end` gave it, up to which elements are passed over unparsed: an interrupted
    import goes on there. For an index, references may be left out of the records.
    """

    def __init__(self, start: int = 0, *, for_index: bool = False) -> None:
        self._cutter = Cutter()
        self._start = start
        self._few = _FEW
        self._quick = _for_index if for_index else _by_pattern

    def feed(self, data: bytes) -> Iterator[Parsed | Deleted]:
        """What `data` completes. Raises `NotPubMedXml`."""
        for piece in self._cutter.feed(data):
            if piece.end > self._start:
                yield self._value(piece)

    def finish(self) -> None:
        """Say that no more bytes follow. Raises `Truncated` where the set is not complete."""
        self._cutter.finish()

    def _value(self, piece: Piece) -> Parsed | Deleted:
        if piece.deletes:
            numbers = [(child.text or "").strip() for child in tree_of(piece.xml) if child.tag == "PMID"]
            return Deleted(tuple(int(n) for n in numbers if n.isdigit() and n.isascii()), piece.end)
        read = self._quick
        if self._few:
            self._few -= 1
            read = _by_tree
        return Parsed(_record(piece.xml, read), piece.xml, piece.end)


def read(chunks: Iterable[bytes], start: int = 0) -> Iterator[Parsed | Deleted]:
    """All records and deletions of a set, one at a time. Raises `NotPubMedXml`, `Truncated`."""
    reader = Reader(start)
    for chunk in chunks:
        yield from reader.feed(chunk)
    reader.finish()
