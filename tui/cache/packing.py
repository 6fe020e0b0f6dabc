"""Blocks: the XML of several records, one after the other, packed together and proved whole when it is read again.

Together they take a third of the room that each would take by itself, about as much as in the files that PubMed's XML
is published in. Codecs 0 and 1 are one Zstandard frame (RFC 8878) with a checksum and without a dictionary; codec 0
holds a single record. The number stands on each block, so that others can come without a rewrite of what is kept.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from types import ModuleType
from zlib import crc32

CODEC = 1
FULL = 1_000_000
"""Bytes of XML from which on a block is not added to: half as many take a twentieth more room, and reading a record out
of a block takes half a millisecond at the most."""
_CODECS = (0, 1)
_LEVEL = 3
_STEP = 1024


def pack(xml: bytes) -> bytes:
    zstd = _zstd()
    parameter = zstd.CompressionParameter
    options = {parameter.compression_level: _LEVEL, parameter.checksum_flag: 1}
    packed: bytes = zstd.compress(xml, options=options)
    return packed


def unpack(codec: int, packed: bytes) -> bytes | None:
    """The XML, to the byte as it was packed; None where `packed` is not what `pack` made of it."""
    zstd = _zstd()
    if codec not in _CODECS or not isinstance(packed, bytes):  # a damaged row may hold anything
        return None
    try:
        xml: bytes = zstd.decompress(packed)
    except zstd.ZstdError:
        return None
    return xml


def unpack_to(codec: int, packed: bytes, end: int) -> bytes:
    """The first `end` bytes of the XML, or fewer where `packed` is damaged: only their `digest` proves them."""
    zstd = _zstd()
    if codec not in _CODECS:
        return b""
    decompressor = zstd.ZstdDecompressor()
    try:
        xml: bytes = decompressor.decompress(packed, end)
    except zstd.ZstdError:
        return _sound_beginning(packed)[:end]
    return xml


def digest(xml: bytes) -> int:
    """CRC-32: by it and its length, a revised XML is told from the one before, and a damaged one."""
    return crc32(xml)


def _sound_beginning(packed: bytes) -> bytes:
    """What can be unpacked before the first fault."""
    zstd = _zstd()
    decompressor = zstd.ZstdDecompressor()
    parts: list[bytes] = []
    with suppress(zstd.ZstdError, EOFError):
        for at in range(0, len(packed), _STEP):
            parts.append(decompressor.decompress(packed[at : at + _STEP]))
    return b"".join(parts)


@cache
def _zstd() -> ModuleType:
    """Loaded with the first XML that is read or written: lists do without."""
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - see above
    else:
        from backports import zstd  # noqa: PLC0415 - see above
    return zstd
