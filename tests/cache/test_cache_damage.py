"""Damaged files: found, set aside, and what can be read of them moved to a new one."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import apsw
import pytest

from tests.cache.cache_child import start, tellings
from tests.cache.cache_samples import NOW, kept, parts
from tests.cache.cache_search import answers, how_many
from tui.cache import Cache, Damaged, Locked
from tui.model.results import Translation

PAGE = 8192
COUNT = 400
TOGETHER = 50
"""Records that stand in one block."""


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed cache with COUNT records, in several blocks, and an answer."""
    cache = Cache.open(path)
    for first in range(1, COUNT + 1, TOGETHER):
        cache.records.put([kept(pmid, title=f"Treatise {pmid}") for pmid in range(first, first + TOGETHER)])
    cache.searches.put("query", "date", pmids=[3, 1], total=2, translation=Translation("q"), asked=NOW)
    cache.close()
    return path


def aside(path: Path) -> list[Path]:
    """The files that were set aside, without their WALs."""
    return sorted(part for part in path.parent.iterdir() if re.search(r"\.damaged-\d{8}-\d{6}$", part.name))


def damage(path: Path, change: Callable[[bytearray], None]) -> bytes:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)
    return bytes(content)


def page_of(content: bytearray, text: bytes) -> int:
    """Where the page begins on which `text` stands."""
    return content.index(text) // PAGE * PAGE


def ruin(text: bytes) -> Callable[[bytearray], None]:
    """Overwrite the page on which `text` stands."""

    def change(content: bytearray) -> None:
        start = page_of(content, text)
        content[start : start + PAGE] = random.Random(1).randbytes(PAGE)

    return change


def overwrite_header(content: bytearray) -> None:
    content[:100] = b"this is no database" + bytes(81)


def halve(content: bytearray) -> None:
    del content[len(content) // 2 :]


def cut_last_page(content: bytearray) -> None:
    del content[-PAGE:]


@pytest.mark.parametrize("change", [overwrite_header, halve])
def test_what_cannot_be_opened_is_set_aside_and_begun_anew(filled: Path, change: Callable[[bytearray], None]) -> None:
    damaged = damage(filled, change)
    cache = Cache.open(filled)
    (put_aside,) = aside(filled)
    assert put_aside.read_bytes() == damaged
    assert re.fullmatch(
        rf"The cache was damaged\. It was set aside as {put_aside.name}, and [\d,]+ records were moved to a new one\.",
        cache.notice,
    )
    assert not cache.read_only
    cache.records.put([kept(1000)])
    assert answers(cache, "number", limit=1) == (1000,)
    assert cache.check() == ()
    cache.close()
    cache = Cache.open(filled)
    assert cache.notice == ""
    assert cache.records.has([1000]) == {1000}
    cache.close()
    assert len(aside(filled)) == 1


def test_of_a_file_cut_short_the_beginning_is_rescued(filled: Path) -> None:
    damage(filled, cut_last_page)
    cache = Cache.open(filled)
    assert cache.records.info().records > COUNT / 2
    assert cache.check() == ()
    cache.close()


def test_an_empty_file_beside_its_wal_is_no_new_cache(filled: Path, tmp_path: Path) -> None:
    """SQLite would throw the WAL away, and with it all that was kept last."""
    path = tmp_path / "copy" / "pubmed.db"
    cache = Cache.open(path)
    cache.records.put([kept(1), kept(2)])
    log = path.with_name("pubmed.db-wal").read_bytes()
    cache.close()
    filled.write_bytes(b"")
    filled.with_name("pubmed.db-wal").write_bytes(log)
    with pytest.raises(Damaged):
        Cache.open(filled, read_only=True)
    cache = Cache.open(filled)
    (put_aside,) = aside(filled)
    assert put_aside.read_bytes() == b""
    assert put_aside.with_name(put_aside.name + "-wal").read_bytes() == log
    assert "0 records were moved" in cache.notice
    cache.close()


def a_list_page(_path: Path) -> bytes:
    return b"Treatise 200"


def an_xml_page(path: Path) -> bytes:
    """Something from the middle of the block in which record 200 stands."""
    sqlite = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    ((data,),) = sqlite.execute("SELECT data FROM block WHERE id = (SELECT block FROM source WHERE pmid = 200)")
    sqlite.close()
    assert len(data) > 2 * PAGE
    middle = len(data) // 2
    return bytes(data[middle : middle + 20])


@pytest.mark.parametrize("somewhere", [a_list_page, an_xml_page])
def test_a_bad_page_is_found_and_the_other_pages_are_rescued(filled: Path, somewhere: Callable[[Path], bytes]) -> None:
    text = somewhere(filled)
    cache = Cache.open(filled)
    packed = cache.records.get_many(range(1, COUNT + 1))
    cache.close()
    damage(filled, ruin(text))
    cache = Cache.open(filled)
    assert cache.notice == ""
    assert cache.check() != ()
    with pytest.raises(Damaged):
        cache.records.put([kept(1000)])
    cache.close()
    cache = Cache.open(filled)
    assert cache.notice != ""
    rescued = cache.records.get_many(range(1, COUNT + 1))
    assert len(rescued) > COUNT * 0.8
    assert all(stored.xml == packed[pmid].xml for pmid, stored in rescued.items())
    assert cache.searches.get("query", "date") is not None
    assert set(cache.records.stale(COUNT)) == set(rescued)
    assert cache.check() == ()
    cache.close()


def test_rescued_records_are_parsed_again_and_then_found(filled: Path) -> None:
    damage(filled, ruin(b"Treatise 200"))
    cache = Cache.open(filled)
    cache.check()
    cache.close()
    cache = Cache.open(filled)
    assert how_many(cache, "treatise") == 0
    for _ in range(COUNT // 100):
        stale = cache.records.stale(100)
        again = [kept(pmid, title=f"Treatise {pmid}", xml=found.xml) for pmid, found in cache.records.iter_xml(stale)]
        cache.records.put(again, seen=False)
    assert cache.records.stale(1) == ()
    assert how_many(cache, "treatise") == cache.records.info().records
    assert cache.records.rows([200])[200].title == "Treatise 200"
    cache.close()


def test_a_statement_that_meets_damage_stops_all_writing(filled: Path) -> None:
    damage(filled, ruin(b"Treatise 200"))
    cache = Cache.open(filled)
    with pytest.raises(Damaged, match=r"is damaged.*start it again"):
        list(cache.records.rows(range(1, COUNT + 1)))
    before = parts(filled)["pubmed.db"]
    for write in (
        lambda: cache.records.put([kept(1000)]),
        lambda: cache.records.delete([1]),
        lambda: cache.records.mark_seen([1], NOW),
    ):
        with pytest.raises(Damaged):
            write()
    cache.pages.put(1, 80, "v1", NOW, "text")
    cache.close()
    assert parts(filled)["pubmed.db"] == before
    cache = Cache.open(filled)
    assert "set aside" in cache.notice
    cache.close()


def test_damage_twice_in_a_second(filled: Path) -> None:
    for times in (1, 2):
        damage(filled, overwrite_header)
        cache = Cache.open(filled)
        assert "set aside" in cache.notice
        cache.close()
        assert len(aside(filled)) == times


def test_a_file_that_is_open_elsewhere_is_not_set_aside(filled: Path) -> None:
    damage(filled, ruin(b"Treatise 200"))
    other = start("hold", filled)
    assert other.stdout is not None
    assert json.loads(other.stdout.readline()) == {"ready": True}
    cache = Cache.open(filled)
    assert cache.check() != ()
    cache.close()
    with pytest.raises(Locked, match=r"another copy.*has it open"):
        Cache.open(filled)
    assert aside(filled) == []
    tellings(other)
    cache = Cache.open(filled)
    assert len(aside(filled)) == 1
    assert cache.records.info().records > COUNT / 2
    cache.close()


def test_a_rescue_that_was_cut_off_goes_on(filled: Path) -> None:
    damaged = damage(filled, ruin(b"Treatise 200"))
    cache = Cache.open(filled)
    assert cache.check() != ()
    cache.close()
    (told,) = tellings(start("open_within", filled, 200_000))
    assert told == {"error": "DiskFull"}
    cache = Cache.open(filled)
    (put_aside,) = aside(filled)
    assert put_aside.read_bytes() == damaged
    assert cache.records.info().records > COUNT / 2
    assert cache.check() == ()
    cache.close()
    assert not filled.with_name("pubmed.db.damaged").exists()


def scramble(content: bytearray, chance: random.Random) -> None:
    """Overwrite some bytes, or put two pages in each other's place."""
    length = chance.choice((1, 64, PAGE, PAGE))
    one, other = (chance.randrange(len(content) // PAGE) * PAGE + chance.randrange(PAGE - length + 1) for _ in "ab")
    moved = content[one : one + length]
    content[one : one + length] = chance.choice(
        (bytes(length), chance.randbytes(length), content[other : other + length])
    )
    content[other : other + length] = moved


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_overwritten_nothing_but_plain_errors_comes(filled: Path, seed: int) -> None:
    damage(filled, partial(scramble, chance=random.Random(seed)))
    cache = Cache.open(filled)
    try:
        answers(cache, "treatise", limit=20)
        cache.records.rows(range(1, COUNT + 1))
        cache.records.put([kept(pmid) for pmid in range(100, 120)])
    except Damaged:
        pass
    found = cache.check()
    cache.close()
    cache = Cache.open(filled)
    assert bool(cache.notice) or not found
    assert cache.check() == ()
    cache.close()
