"""Packing XML."""

from __future__ import annotations

import pytest

from tests.cache.cache_samples import article
from tui.cache.sources import CODEC, pack, unpack


@pytest.mark.parametrize("xml", [b"", b"<a/>", article(1), article(2, 100_000), bytes(50_000)])
def test_what_was_packed_comes_back(xml: bytes) -> None:
    assert unpack(CODEC, pack(xml)) == xml


def test_no_other_bytes_come_back_than_were_packed() -> None:
    xml = b"<PubmedArticle>" + b"<Author>Sampler</Author>" * 20 + article(1, 200) + b"</PubmedArticle>"
    packed = pack(xml)
    for bit in range(len(packed) * 8):
        spoilt = bytearray(packed)
        spoilt[bit // 8] ^= 1 << bit % 8
        assert unpack(CODEC, bytes(spoilt)) in (None, xml)
    for length in range(len(packed)):
        assert unpack(CODEC, packed[:length]) is None


def test_a_codec_that_is_not_known() -> None:
    assert unpack(CODEC + 1, pack(b"<a/>")) is None
