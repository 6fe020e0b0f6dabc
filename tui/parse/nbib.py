"""MEDLINE/nbib text to Records: what PubMed saves in its "PubMed" format and efetch gives as rettype=medline.

A field is a tag of two to four capitals, filled up with blanks to four places, ``- `` and a value that goes on in
lines that begin with blanks; a blank line ends a record. The format says less than the XML: what it leaves out
(unique ids, references, the ISO abbreviation) is empty here, and a field that no part of a Record stands for is kept
as a `Node` under its tag. Files of PubMed from before 2020 and after are read alike.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator

from tui.model.clean import one_line
from tui.model.record import Record
from tui.parse.nbib_fields import NotNbib
from tui.parse.nbib_record import record_of

__all__ = ["NotNbib", "read"]

LARGEST = 16 * 1024 * 1024
"""Characters of one record beyond which it is refused; the largest real ones have about a million."""

_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*))?")


def read(chunks: Iterable[bytes]) -> Iterator[Record]:
    """The records of a file in UTF-8, one at a time. Raises `NotNbib`."""
    pairs: list[tuple[str, list[str]]] = []
    begin = size = 0
    for number, line in enumerate(_lines(chunks), 1):
        if not line.strip(" \t"):
            if pairs:
                yield record_of(pairs, begin)
                pairs = []
            continue
        field = _FIELD.fullmatch(line)
        if field and field[1] == "PMID" and any(tag == "PMID" for tag, _ in pairs):  # no blank line between the two
            yield record_of(pairs, begin)
            pairs = []
        if not pairs:
            begin, size = number, 0
        if field:
            pairs.append((field[1], [field[2] or ""]))
        elif pairs and line[0] in " \t":
            pairs[-1][1].append(line.strip(" \t"))
        else:
            raise NotNbib(
                f"Line {number} is no field of a MEDLINE record: {one_line(line)[:40]!r}.",
                "A field begins as PMID- 17914389 does.",
            )
        size += len(line)
        if size > LARGEST:
            raise NotNbib(f"The record that begins on line {begin} is too large.", "This is not a MEDLINE file.")
    if pairs:
        yield record_of(pairs, begin)
    elif not begin:
        raise NotNbib("There is no record in it.", "Save or download the file again.")


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Lines without their ends, whichever these are."""
    pending = ""
    for text in _decoded(chunks):
        *whole, pending = (pending + text).split("\n")
        yield from whole
        if len(pending) > LARGEST:
            raise NotNbib(f"A single line is longer than {LARGEST >> 20} MiB.", "This is not a MEDLINE file.")
    if pending:
        yield pending


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8-sig")(), translate=True)
    behind = 1
    try:
        for chunk in chunks:
            text = decoder.decode(chunk)
            behind += text.count("\n")
            yield text
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line = behind + error.object.count(b"\n", 0, error.start)
        raise NotNbib(f"Line {line} is not UTF-8.", "Save or download the file again.") from None
