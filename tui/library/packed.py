"""Files of records as they lie on a disk: which there are, whether they are whole, and what is in them unpacked.

NLM puts a file of its own beside each, with its MD5: ``MD5(pubmed26n0001.xml.gz)= 0d599f0e...``; those of md5sum are
read as well. A download that was cut or changed is told by it before anything is imported.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from io import BufferedReader
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from tui.model.problem import Problem

_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_ENDINGS = (".xml", ".xml.gz")
_MD5 = re.compile(r"\b[0-9A-Fa-f]{32}\b")
_HEAD = 1 << 20
_LONGEST_MD5 = 4096
_EDITION = re.compile(r"(?:pubmed|medline)(\d\d)n(\d{4,5})\.xml(?:\.gz)?\Z")


def _quickest() -> ModuleType:
    """isal unpacks three times as fast as zlib, has the same functions, and is an extra."""
    return import_module("isal.isal_zlib" if find_spec("isal") else "zlib")


_zlib = _quickest()


class Unreadable(Problem):
    """The file is not one that can be imported."""


def listed(path: Path) -> list[Path]:
    """The files meant by this name: of a folder those that end in .xml or .xml.gz, in the order of their names.

    NLM numbers its baseline and its update files through, so that this is the order they were made in. A checksum,
    as ``*`` names it beside its file, is none. Raises Unreadable for a folder without any.
    """
    if not path.is_dir():
        return [] if path.suffix == ".md5" else [path]
    files = sorted(file for file in path.iterdir() if file.name.endswith(_ENDINGS) and file.is_file())
    if not files:
        raise Unreadable("There are no .xml or .xml.gz files in this folder.", "Name another one.")
    return files


def edition(name: str) -> int:
    """The place of a file among NLM's, by its name: 2600001 for ``pubmed26n0001.xml.gz``; 0 for one of another name."""
    found = _EDITION.match(name)
    return int(found[1]) * 100_000 + int(found[2]) if found else 0


@contextmanager
def opened(file: Path) -> Iterator[BufferedReader]:
    """Raises Unreadable where it cannot be read, then or inside ``with``."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            raise Unreadable("This is not a file.", "Name files that end in .xml or .xml.gz.")
        with file.open("rb") as stream:
            yield stream
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise Unreadable(f"The file cannot be read: {why}.", "Check the name.") from None


def identity(file: Path) -> tuple[int, str]:
    """Its size, and a digest of its beginning: with its name, what tells it from others. Raises Unreadable."""
    with opened(file) as stream:
        return os.fstat(stream.fileno()).st_size, hashlib.blake2b(stream.read(_HEAD), digest_size=16).hexdigest()


def check(stream: BufferedReader, file: Path) -> None:
    """Hold a file against the MD5 beside it; then it stands at its beginning again. Raises Unreadable, OSError."""
    beside = file.with_name(file.name + ".md5")
    if not beside.is_file():
        return
    with beside.open(encoding="utf-8", errors="replace") as text:
        written = _MD5.search(text.read(_LONGEST_MD5))
    if written is None:
        raise Unreadable(f"The file {beside.name} beside it holds no MD5.", "Download both again.")
    if hashlib.file_digest(stream, partial(hashlib.md5, usedforsecurity=False)).hexdigest() != written[0].lower():
        raise Unreadable("The file is not the one whose MD5 lies beside it.", "Download it again.")
    stream.seek(0)


def inflated(stream: BinaryIO) -> Iterator[bytes]:
    """The file's bytes, unpacked where it is gzip (RFC 1952), to its very end: only there is its checksum.

    Pieces are bounded whatever the compression. Raises Unreadable.
    """
    data = stream.read(_CHUNK)
    if not data.startswith(_GZIP):
        while data:
            yield data
            data = stream.read(_CHUNK)
        return
    inflater = _zlib.decompressobj(31)
    try:
        while data:
            yield inflater.decompress(data, _CHUNK * 4)
            data = inflater.unconsumed_tail
            if inflater.eof:  # another member may follow, or zeros that fill a block
                data = inflater.unused_data.lstrip(b"\0")
                while not data and (more := stream.read(_CHUNK)):
                    data = more.lstrip(b"\0")
                if data:
                    inflater = _zlib.decompressobj(31)
            elif not data:
                data = stream.read(_CHUNK)
    except _zlib.error:
        raise Unreadable("The file is damaged: it cannot be unpacked.", "Download it again.") from None
    if not inflater.eof:
        raise Unreadable("The file is cut short.", "Download it again.")
