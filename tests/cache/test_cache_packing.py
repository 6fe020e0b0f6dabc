"""Packing XML."""

from __future__ import annotations

import pytest

from tests.cache.cache_samples import article
from tui.cache.packing import CODEC, digest, pack, unpack, unpack_to


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
    assert unpack_to(CODEC + 1, pack(b"<a/>"), 4) == b""


@pytest.mark.parametrize("end", [1, 1000, 150_000, 600_000, 700_000])
def test_the_beginning_of_a_block(end: int) -> None:
    xml = article(1, 600_000)
    assert unpack_to(CODEC, pack(xml), end) == xml[:end]


def test_of_a_damaged_block_what_stands_before_the_damage() -> None:
    xml = article(1, 600_000)
    packed = bytearray(pack(xml))
    middle = len(packed) // 2
    packed[middle : middle + 100] = bytes(100)
    found = unpack_to(CODEC, bytes(packed), len(xml))
    beginning = len(xml) // 4
    assert found[:beginning] == xml[:beginning]
    assert unpack_to(CODEC, pack(xml)[:middle], len(xml))[:beginning] == xml[:beginning]


def test_digests_tell_one_xml_from_another() -> None:
    digests = [digest(article(number)) for number in range(1000)]
    assert len(set(digests)) == 1000
    assert all(-(2**63) <= number < 2**63 for number in digests)
    assert digest(article(3)) == digests[3]
