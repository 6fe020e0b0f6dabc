"""A stream of bytes cut into records, so that a file of any size is read in constant memory.

The cut is made on the bytes, at the elements' own end tags, and each element is then parsed by itself. What
stands between them is checked as strictly as a parser would: anything but blanks, comments and the root's tags
is refused, and so is a document type that declares entities of its own (the way of every XML bomb). The DTD is
never loaded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from tui.model.clean import one_line
from tui.model.problem import Problem

LARGEST = 64 * 1024 * 1024
"""Bytes of one record beyond which it is refused; the largest real ones are some hundred kB."""

_SETS = frozenset((b"PubmedArticleSet", b"MedlineCitationSet", b"PubmedBookArticleSet", b"BookDocumentSet"))
_RECORDS = frozenset((b"PubmedArticle", b"PubmedBookArticle", b"MedlineCitation", b"BookDocument"))
_DELETIONS = frozenset((b"DeleteCitation", b"DeleteDocument"))
_NAME = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_LONGEST_NAME = 64
_ERROR = re.compile(rb"<ERROR>(.*?)</ERROR>", re.DOTALL)


class NotPubMedXml(Problem):
    """The bytes are not PubMed's XML, or not well-formed."""


class Truncated(NotPubMedXml):
    """The bytes end before the root element does."""


class Piece(NamedTuple):
    """One element of the set."""

    name: str
    xml: bytes
    """The element from its first ``<`` to its last ``>``, UTF-8."""
    end: int
    """How many bytes of the stream (as UTF-8) are behind us when this element has been read."""

    @property
    def deletes(self) -> bool:
        """Whether it names records to remove (DeleteCitation, DeleteDocument) and is none itself."""
        return self.name.encode() in _DELETIONS


class Cutter:
    """Takes bytes as they come, gives whole elements as they are complete.

    `feed` yields the elements that the bytes complete; `finish` raises `Truncated` where the root is still open.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._start = 0
        self._dropped = 0
        self._root = b""
        self._ended = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self._begun = False

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The elements completed by `data`. Raises `NotPubMedXml`."""
        self._buffer += self._utf8(data)
        while (piece := self._next()) is not None:
            yield piece
        if self._start:
            self._dropped += self._start
            del self._buffer[: self._start]
            self._start = 0
        if len(self._buffer) > LARGEST:
            raise NotPubMedXml(
                f"A single record is larger than {LARGEST >> 20} MiB.", "This is not PubMed's XML, or it is damaged."
            )

    def finish(self) -> None:
        """Say that no more bytes follow. Raises `Truncated` where the set is not complete."""
        if not self._ended:
            if not self._root and not self._buffer.strip():
                raise Truncated("The XML is empty.", "Fetch or download it again.")
            raise Truncated("The XML ends before its last record does.", "Fetch or download it again.")

    def _utf8(self, data: bytes) -> bytes:
        """`data` in UTF-8, whatever the declaration names (XML 1.0, 4.3.3 and appendix F)."""
        if not self._begun:
            self._buffer += data
            if len(self._buffer) < 256 and b">" not in self._buffer:
                return b""
            data = bytes(self._buffer)
            self._buffer.clear()
            self._begun = True
            encoding = _encoding(data)
            if encoding:
                self._decoder = codecs.getincrementaldecoder(encoding)()
            elif data.startswith(codecs.BOM_UTF8):
                data = data[3:]
        if self._decoder is None:
            return data
        try:
            return self._decoder.decode(data).lstrip("\ufeff").encode()
        except UnicodeDecodeError:
            raise NotPubMedXml("The XML is not in the encoding that it declares.", "Download it again.") from None

    def _next(self) -> Piece | None:
        buffer = self._buffer
        while True:
            at = self._skip_blanks()
            if at >= len(buffer):
                return None
            if buffer[at] != 0x3C:
                raise NotPubMedXml(f"{self._quoted(at)} is not XML.", "PubMed's XML was expected.")
            if buffer.startswith((b"<!--", b"<?"), at):
                end = buffer.find(b"-->" if buffer.startswith(b"<!--", at) else b"?>", at)
                if end < 0:
                    return None
                self._start = buffer.find(b">", end) + 1
            elif buffer.startswith(b"<!", at):
                if not self._skip_doctype(at):
                    return None
            elif buffer.startswith(b"</", at):
                if not self._close_root(at):
                    return None
            else:
                name = self._name_at(at)
                if name is None:
                    return None
                if name in _RECORDS or name in _DELETIONS:
                    return self._element(at, name)
                if not self._open_root(at, name):
                    return None

    def _skip_blanks(self) -> int:
        at, size, buffer = self._start, len(self._buffer), self._buffer
        while at < size and buffer[at] in b" \t\r\n":
            at += 1
        self._start = at
        return at

    def _name_at(self, at: int) -> bytes | None:
        found = _NAME.match(self._buffer, at)
        if found is None or found.end() == len(self._buffer):
            if len(self._buffer) - at > _LONGEST_NAME:
                raise NotPubMedXml(f"{self._quoted(at)} is not XML.", "PubMed's XML was expected.")
            return None
        return found.group(1)

    def _skip_doctype(self, at: int) -> bool:
        end = self._buffer.find(b">", at)
        subset = self._buffer.find(b"[", at, end if end >= 0 else len(self._buffer))
        if subset >= 0:
            raise NotPubMedXml(
                "The XML declares entities of its own, which PubMed's never does.", "It is refused; download it again."
            )
        if end < 0:
            return False
        if self._root or not self._buffer.startswith(b"<!DOCTYPE", at):
            raise NotPubMedXml("The XML has a declaration inside its records.", "It is refused; download it again.")
        self._start = end + 1
        return True

    def _open_root(self, at: int, name: bytes) -> bool:
        end = self._buffer.find(b">", at)
        if end < 0:
            return False
        if self._root or self._ended or name not in _SETS:
            self._refuse(at, name)
        self._start = end + 1
        if self._buffer[end - 1] == 0x2F:  # <PubmedArticleSet/>: a set with nothing in it
            self._ended = True
        else:
            self._root = name
        return True

    def _refuse(self, at: int, name: bytes) -> None:
        error = _ERROR.search(self._buffer, at)
        if error is not None:
            words = one_line(unescape(error.group(1).decode("utf-8", "replace")))[:200]
            raise NotPubMedXml(f"This is an error message of PubMed, no records: {words}", "Fetch it again.")
        shown = one_line(name.decode("utf-8", "replace"))[:60]
        raise NotPubMedXml(
            f"<{shown}> is no element that holds PubMed records.",
            "PubMed's XML was expected: PubmedArticleSet, MedlineCitationSet or PubmedBookArticleSet.",
        )

    def _close_root(self, at: int) -> bool:
        end = self._buffer.find(b">", at)
        if end < 0:
            return False
        name = bytes(self._buffer[at + 2 : end]).strip()
        if name != self._root or self._ended:
            raise NotPubMedXml("The XML is not well-formed: an end tag has no beginning.", "Download it again.")
        self._ended = True
        self._start = end + 1
        return True

    def _element(self, at: int, name: bytes) -> Piece | None:
        """The element that begins at `at`, or None while its end is not there yet."""
        if self._ended:
            raise NotPubMedXml("The XML has a second root element.", "Download it again.")
        buffer = self._buffer
        closing = b"</" + name
        search = at
        while True:
            found = buffer.find(closing, search)
            if found < 0:
                return None
            # A comment or CDATA section may hold the very characters of an end tag.
            special = buffer.find(b"<!", search, found)
            if special < 0:
                break
            ends = b"-->" if buffer.startswith(b"<!--", special) else b"]]>"
            skipped = buffer.find(ends, special + 4)
            if skipped < 0:
                return None
            search = skipped + 3
        end = buffer.find(b">", found) + 1
        if end == 0:
            return None
        self._start = end
        if not self._root:
            self._ended = True
        with memoryview(buffer) as view:
            xml = bytes(view[at:end])
        return Piece(name.decode(), xml, self._dropped + end)

    def _quoted(self, at: int) -> str:
        return repr(one_line(bytes(self._buffer[at : at + 30]).decode("utf-8", "replace")))


def _encoding(head: bytes) -> str:
    """The codec to decode with, or an empty string where the bytes are UTF-8 (or ASCII) already."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if head[0] else "utf-16-be"
    declared = _ENCODING.match(head.removeprefix(codecs.BOM_UTF8))
    if declared is None:
        return ""
    name = declared.group(1).decode()
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        raise NotPubMedXml(f"The XML is in an unknown encoding, {name}.", "PubMed's own is UTF-8.") from None
    return "" if codec in ("utf-8", "ascii") else codec
