"""The original XML of a record, packed small and proved whole when it is read again.

Codec 0 is one Zstandard frame (RFC 8878) with a checksum and without a dictionary. The number stands on each row, so
that other codecs can come beside it without a rewrite of what is kept.
"""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType

CODEC = 0
_LEVEL = 3


def pack(xml: bytes) -> bytes:
    zstd = _zstd()
    parameter = zstd.CompressionParameter
    options = {parameter.compression_level: _LEVEL, parameter.checksum_flag: 1}
    packed: bytes = zstd.compress(xml, options=options)
    return packed


def unpack(codec: int, packed: bytes) -> bytes | None:
    """The XML, to the byte as it was packed; None where `packed` is not what `pack` made of it."""
    zstd = _zstd()
    if codec != CODEC or not isinstance(packed, bytes):  # a damaged row may hold anything
        return None
    try:
        xml: bytes = zstd.decompress(packed)
    except zstd.ZstdError:
        return None
    return xml


@cache
def _zstd() -> ModuleType:
    """Loaded with the first XML that is read or written: lists do without."""
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - see above
    else:
        from backports import zstd  # noqa: PLC0415 - see above
    return zstd
