"""A stream of bytes cut into records, so that a file of any size is read in constant memory.

The cut is made on the bytes, at the elements' own end tags, and each element is then parsed by itself. What
stands between them is checked as strictly as a parser would: anything but blanks, comments and the root's tags
is refused, and so is a document type that declares entities of its own (the way of every XML bomb). The DTD is
never loaded. A root of any name is a set of records when a record comes first in it.
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

_DELETIONS = frozenset((b"DeleteCitation", b"DeleteDocument"))
_NAME = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_CHILD = re.compile(rb"(?<!/>)[ \t\r\n]*+<?+([\w.:-]*+)")
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_LONGEST_NAME = 64
_SPECIAL = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))
_ERROR = re.compile(rb"<ERROR>(.*?)</ERROR>", re.DOTALL)


class NotPubMedXml(Problem):
    """The bytes are not PubMed's XML, or not well-formed."""


class Truncated(NotPubMedXml):
    """The bytes end before the root element does."""


class Grammar(NamedTuple):
    """Which elements a stream is made of, and what it is called where it is not."""

    sets: frozenset[bytes]
    """The root elements."""
    elements: frozenset[bytes]
    """What is cut out of them."""
    owner: str
    """Whose XML it is: ``PubMed's``."""
    records: str
    """What the elements are: ``PubMed records``."""
    named: str
    """The root elements that a reader may have heard of."""


PUBMED = Grammar(
    frozenset((b"PubmedArticleSet", b"MedlineCitationSet", b"PubmedBookArticleSet", b"BookDocumentSet")),
    frozenset((b"PubmedArticle", b"PubmedBookArticle", b"MedlineCitation", b"BookDocument")) | _DELETIONS,
    "PubMed's",
    "PubMed records",
    "PubmedArticleSet, MedlineCitationSet or PubmedBookArticleSet",
)


class Piece(NamedTuple):
    """One element of the set."""

    name: str
    xml: bytes
    """The element from its first ``<`` to its last ``>``, UTF-8."""
    end: int
    """How many bytes of the stream (as UTF-8, without byte order mark) lie behind us when it has been read."""

    @property
    def deletes(self) -> bool:
        """Whether it names records to remove (DeleteCitation, DeleteDocument) and is none itself."""
        return self.name.encode() in _DELETIONS


class Cutter:
    """Takes bytes as they come, gives whole elements as they are complete.

    `feed` yields the elements that the bytes complete; `finish` raises `Truncated` where the root is still open.
    """

    def __init__(self, grammar: Grammar = PUBMED) -> None:
        self._grammar = grammar
        self._head: bytes | None = b""
        """The first bytes, until they tell their encoding."""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._buffer = bytearray()
        self._start = 0
        self._searched = 0
        """How far into the element at `_start` its end is known not to stand."""
        self._dropped = 0
        self._root = b""
        self._ended = False

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The elements completed by `data`. Raises `NotPubMedXml`."""
        self._buffer += self._utf8(data)
        while (piece := self._next()) is not None:
            yield piece
        if self._start:
            self._dropped += self._start
            del self._buffer[: self._start]
            self._start = 0
        self._refuse_larger_than_any(len(self._buffer))

    def finish(self) -> None:
        """Say that no more bytes follow. Raises `Truncated` where the set is not complete."""
        if self._head:  # too little to tell its encoding: then it is what it looks like
            self._buffer += self._head.removeprefix(codecs.BOM_UTF8)
            self._next()
        if not self._ended and not self._root:
            if not self._buffer.strip():
                raise Truncated("The XML is empty.", "Fetch or download it again.")
            if (name := _NAME.match(self._buffer)) is not None and name[1] not in self._grammar.sets:
                self._refuse(0, name[1])
        if not self._ended or self._buffer.strip():
            raise Truncated("The XML ends before its last record does.", "Fetch or download it again.")

    def _utf8(self, data: bytes) -> bytes:
        """`data` in UTF-8, whatever the declaration names (XML 1.0, 4.3.3 and appendix F)."""
        if self._head is not None:
            data = self._head + data
            if len(data) < 256 and b">" not in data:
                self._head = data
                return b""
            self._head = None
            encoding = _encoding(data)
            if encoding:
                self._decoder = codecs.getincrementaldecoder(encoding)()
            data = data.removeprefix(codecs.BOM_UTF8)
        if self._decoder is None:
            return data
        try:
            return self._decoder.decode(data).encode()
        except UnicodeError:
            raise NotPubMedXml("The XML is not in the encoding that it declares.", "Download it again.") from None

    def _next(self) -> Piece | None:
        buffer = self._buffer
        while True:
            at = self._skip_blanks()
            if at >= len(buffer):
                return None
            if buffer[at] != 0x3C:
                raise NotPubMedXml(f"{self._quoted(at)} is not XML.", self._expected)
            if buffer.startswith((b"<!--", b"<?"), at):
                comment = buffer.startswith(b"<!--", at)
                end = buffer.find(b"-->", at + 4) if comment else buffer.find(b"?>", at + 2)
                if end < 0:
                    return None
                self._start = end + (3 if comment else 2)
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
                if name in self._grammar.elements:
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
                raise NotPubMedXml(f"{self._quoted(at)} is not XML.", self._expected)
            return None
        return found.group(1)

    def _skip_doctype(self, at: int) -> bool:
        end = self._buffer.find(b">", at)
        subset = self._buffer.find(b"[", at, end if end >= 0 else len(self._buffer))
        if subset >= 0:
            raise NotPubMedXml(
                f"The XML declares entities of its own, which {self._grammar.owner} never does.",
                "It is refused; download it again.",
            )
        if end < 0:
            return False
        if self._root or self._ended:
            raise NotPubMedXml("The XML has a declaration inside its records.", "It is refused; download it again.")
        self._start = end + 1
        return True

    def _open_root(self, at: int, name: bytes) -> bool:
        end = self._buffer.find(b">", at)
        if end < 0:
            return False
        if name not in self._grammar.sets:
            child = _CHILD.match(self._buffer, end + 1)
            if child is not None and child.end() == len(self._buffer) and not self._root:  # more of it may come
                return False
            if child is None or child[1] not in self._grammar.elements or self._root:
                self._refuse(at, name)
        if self._ended:
            raise NotPubMedXml("The XML has a second root element.", "Split it into one file for each.")
        if self._root:
            raise NotPubMedXml("A set of records stands inside another.", self._expected)
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
            f"<{shown}> is no element that holds {self._grammar.records}.",
            f"{self._expected.removesuffix('.')}: {self._grammar.named}.",
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
            raise NotPubMedXml("The XML has a second root element.", "Split it into one file for each.")
        end = self._end_of_element(at, name)
        if end < 0:
            return None
        self._refuse_larger_than_any(end - at)
        self._start = end
        self._searched = 0
        if not self._root:
            self._ended = True
        with memoryview(self._buffer) as view:
            xml = bytes(view[at:end])
        return Piece(name.decode(), xml, self._dropped + end)

    def _end_of_element(self, at: int, name: bytes) -> int:
        """Where the element that begins at `at` ends, or -1 while its end is not there yet."""
        buffer = self._buffer
        if not self._searched:
            tag_end = buffer.find(b">", at)
            if tag_end > 0 and buffer[tag_end - 1] == 0x2F:  # <DeleteDocument/>
                return tag_end + 1
        closing = b"</" + name
        search = at + self._searched
        while True:
            found = buffer.find(closing, search)
            until = found if found >= 0 else len(buffer)
            # A comment or CDATA section may hold the very characters of an end tag. One byte is looked for first,
            # because most records have not even that.
            special = buffer.find(b"<!", search, until) if buffer.find(b"!", search, until) >= 0 else -1
            if special < 0:
                break
            skipped = self._end_of_special(special)
            if skipped < 0:
                self._searched = special - at
                return -1
            search = skipped
        if found < 0:
            self._searched = max(search, len(buffer) - _LONGEST_NAME) - at
            return -1
        self._searched = found - at
        return buffer.find(b">", found) + 1 or -1

    def _end_of_special(self, at: int) -> int:
        """Where the comment or CDATA section at `at` ends, or -1 while its end is not there yet."""
        for begin, ends in _SPECIAL:
            seen = bytes(self._buffer[at : at + len(begin)])
            if seen == begin:
                end = self._buffer.find(ends, at + len(begin))
                return end + len(ends) if end >= 0 else -1
            if begin.startswith(seen):
                return -1
        raise NotPubMedXml("The XML has a declaration inside its records.", "It is refused; download it again.")

    def _refuse_larger_than_any(self, size: int) -> None:
        if size > LARGEST:
            raise NotPubMedXml(
                f"A single record is larger than {LARGEST >> 20} MiB.",
                f"This is not {self._grammar.owner} XML, or it is damaged.",
            )

    @property
    def _expected(self) -> str:
        return f"{self._grammar.owner} XML was expected."

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
        "".encode(name)  # Python has codecs that are no encodings, such as zlib
    except (LookupError, UnicodeError):
        raise NotPubMedXml(f"The XML is in an unknown encoding, {name}.", "PubMed's own is UTF-8.") from None
    codec = codecs.lookup(name).name
    return "" if codec in ("utf-8", "ascii") else codec
