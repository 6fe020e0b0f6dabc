"""Turn files of MEDLINE/nbib or PubMed XML (.xml, .xml.gz) into any export format, without the cache and without a
network. What a file is shows in its content, not in its name; - is standard input."""

from __future__ import annotations

import argparse
import gzip
import os
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from io import BufferedReader
from itertools import chain
from pathlib import Path

from tui import export
from tui.cli.outcome import tell
from tui.files import check_place, write_atomically
from tui.model.clean import one_line
from tui.model.problem import Problem
from tui.model.results import Kept, Origin
from tui.parse import NotPubMedXml, Parsed, nbib, read

_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_BEFORE = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"
"""What may stand before the first ``<`` of XML: blanks, a byte order mark, half of a character of two bytes."""


class NotConvertible(Problem):
    """A file that cannot be read."""


def add_words(parser: argparse.ArgumentParser) -> None:
    names = ", ".join(format.name for format in export.FORMATS)
    parser.add_argument("files", nargs="+", metavar="FILE", help="MEDLINE/nbib or PubMed XML, packed with gzip or not")
    parser.add_argument("--format", default="ris", metavar="F", help=f"one of {names} (ris)")
    parser.add_argument("--output", metavar="FILE", help="a file instead of standard output")
    parser.add_argument("--force", action="store_true", help="replace the file where it exists")


def run(words: argparse.Namespace) -> int:
    format = export.by_name(words.format)
    if words.output is not None:
        check_place(Path(words.output), replace=words.force)
    count = 0

    def records() -> Iterator[Kept]:
        nonlocal count
        for name in words.files:
            for kept in _read(name):
                count += 1
                yield kept

    reading = records()
    first = next(reading, None)  # before anything is written: a wrong name or file shows here
    if first is None:
        raise NotConvertible("There is no record to convert.", "No file was written.")
    pieces = format.write(chain((first,), reading))
    if words.output is None:
        for piece in pieces:
            sys.stdout.write(piece)
    else:
        write_atomically(Path(words.output), pieces, replace=words.force)
        tell(f"{count} {'record' if count == 1 else 'records'} written to {words.output}.")
    return 0


def _read(name: str) -> Iterator[Kept]:
    """The records of one file, each with its XML if it has one. Raises `NotConvertible`, which names the file."""
    shown = "Standard input" if name == "-" else one_line(name)
    try:
        with os.fdopen(0, "rb", closefd=False) if name == "-" else Path(name).open("rb") as stream:
            changed = time.time() if name == "-" else os.fstat(stream.fileno()).st_mtime
            yield from _kept(_chunks(stream), Origin(shown if name == "-" else one_line(Path(name).name), changed))
    except (NotPubMedXml, nbib.NotNbib) as problem:
        raise NotConvertible(f"{shown}: {problem.message}", problem.hint) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise NotConvertible(f"{shown} is damaged: it cannot be unpacked.", "Download it again.") from None
    except OSError as error:
        why = os.strerror(error.errno).lower() if error.errno else "it failed"
        raise NotConvertible(f"{shown} cannot be read: {why}.", "Check the name.") from None


def _chunks(stream: BufferedReader) -> Iterator[bytes]:
    """The bytes, unpacked where they are gzip (RFC 1952), in pieces of bounded size."""
    with gzip.GzipFile(fileobj=stream) if stream.peek(2).startswith(_GZIP) else nullcontext(stream) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            yield chunk


def _kept(chunks: Iterator[bytes], origin: Origin) -> Iterator[Kept]:
    first = next(chunks, b"")
    chunks = chain((first,), chunks)
    if first.lstrip(_BEFORE).startswith(b"<"):
        yield from (Kept(each.record, each.xml, origin) for each in read(chunks) if isinstance(each, Parsed))
    else:
        yield from (Kept(record, b"", origin) for record in nbib.read(chunks))
