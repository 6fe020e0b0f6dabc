"""Blocks of XML: what stands in them, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from tests.cache.cache_samples import NOW, article, kept, revised
from tui.cache import Cache
from tui.cache.entries import blocks
from tui.cache.keys import Keys
from tui.cache.packing import FULL


def blocks_of(path: Path) -> dict[int, int]:
    """How many records stand in each block; none but live blocks are there."""
    sqlite = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    live = dict(sqlite.execute("SELECT block, records FROM live"))
    assert dict(sqlite.execute("SELECT block, count(*) FROM source GROUP BY block")) == live
    assert {id for (id,) in sqlite.execute("SELECT id FROM block")} == set(live)
    sqlite.close()
    return live


def test_records_that_come_together_stand_together(cache: Cache, path: Path) -> None:
    cache.records.put([kept(pmid) for pmid in range(1, 21)])
    cache.records.put([kept(30)])
    assert blocks_of(path) == {1: 20, 2: 1}


def test_a_block_is_not_made_larger_than_it_needs_to_be(cache: Cache, path: Path) -> None:
    cache.records.put([kept(pmid, xml=article(pmid, FULL // 4)) for pmid in range(1, 11)])
    assert blocks_of(path) == {1: 4, 2: 4, 3: 2}
    assert cache.records.get_many([3, 4, 5, 9]).keys() == {3, 4, 5, 9}
    assert all(stored.xml == article(pmid, FULL // 4) for pmid, stored in cache.records.iter_xml(range(1, 11)))


def test_a_record_larger_than_a_block(cache: Cache) -> None:
    cache.records.put([kept(1), kept(2, xml=article(2, 3 * FULL)), kept(3)])
    assert {pmid: stored.xml for pmid, stored in cache.records.iter_xml([1, 2, 3])} == {
        1: article(1), 2: article(2, 3 * FULL), 3: article(3),
    }  # fmt: skip


def test_a_block_goes_with_the_last_of_its_records(cache: Cache, path: Path) -> None:
    cache.records.put([kept(1), kept(2), kept(3)])
    cache.records.put([kept(1, xml=article(11), revised=revised(2020))])
    assert blocks_of(path) == {1: 2, 2: 1}
    cache.records.put([kept(2, xml=article(12), revised=revised(2020))])
    cache.records.delete([3])
    assert set(blocks_of(path).values()) == {1}
    assert {pmid: stored.xml for pmid, stored in cache.records.iter_xml([1, 2, 3])} == {1: article(11), 2: article(12)}
    cache.records.delete([1, 2])
    assert blocks_of(path) == {}
    assert cache.check() == ()


def test_what_is_not_changed_is_not_written_again(cache: Cache, path: Path) -> None:
    cache.records.put([kept(1), kept(2), kept(3)])
    cache.records.put([kept(1, retrieved=NOW + 1), kept(3, retrieved=NOW + 1)])
    assert blocks_of(path) == {1: 3}
    cache.records.put([kept(1, retrieved=NOW + 2), kept(4), kept(2, xml=article(9), retrieved=NOW + 2), kept(4)])
    assert blocks_of(path) == {1: 2, 2: 2}
    assert [stored.xml for _, stored in cache.records.iter_xml([1, 2, 3, 4])] == [
        article(1), article(9), article(3), article(4),
    ]  # fmt: skip
    assert cache.check() == ()


@pytest.mark.parametrize("there", [(), (1,), (2, 3), (1, 2, 3)])
def test_blocks_that_were_made_elsewhere(cache: Cache, there: tuple[int, ...]) -> None:
    """What is kept already and as new is left out of them."""
    cache.records.put([kept(pmid, xml=article(pmid + 10), revised=revised(2021)) for pmid in there])
    made = list(blocks([kept(pmid, revised=revised(2020)) for pmid in (1, 2, 3)], Keys()))
    assert cache.records.put_blocks(made) == (3 - len(there), 0, len(there))
    for pmid, stored in cache.records.iter_xml([1, 2, 3]):
        assert stored.xml == article(pmid + 10 if pmid in there else pmid)
    assert cache.check() == ()
