"""From an older schema to the present one."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import apsw
import pytest

from tests.cache.cache_samples import kept, parts
from tests.cache.cache_search import how_many
from tests.made_up import article
from tui.cache import Cache, ReadOnly, TooNew
from tui.cache.upgrades import LADDER, connect

VERSION_1 = Path(__file__).with_name("version_1.db.gz")
"""A cache as the first version of the program left it: records 1 to 30 fetched, 31 to 60 imported, 7 put twice."""
NOW_AT = len(LADDER) + 1
LONGER = (
    *LADDER,
    "ALTER TABLE record ADD COLUMN stars INTEGER NOT NULL DEFAULT 0;"
    "INSERT OR IGNORE INTO stale SELECT pmid FROM record",
    "CREATE TABLE note (pmid INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
)
"""Two steps more than there are."""


@pytest.fixture
def old(path: Path) -> Path:
    """A cache of the present version with a record."""
    cache = Cache.open(path)
    cache.records.put([kept(1)])
    cache.close()
    return path


def columns(path: Path) -> list[str]:
    sqlite = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    names = [str(row[1]) for row in sqlite.execute("PRAGMA table_info(record)")]
    sqlite.close()
    return names


@pytest.mark.parametrize("steps", [1, 2])
def test_all_steps_are_taken_after_a_backup(old: Path, steps: int) -> None:
    still_open = Cache.open(old)
    still_open.records.put([kept(2)])
    connection = connect(old, ladder=LONGER[: len(LADDER) + steps])
    assert connection.rows("PRAGMA user_version") == [(NOW_AT + steps,)]
    assert connection.rows("SELECT pmid, stars FROM record") == [(1, 0), (2, 0)]
    assert bool(connection.rows("SELECT 1 FROM sqlite_schema WHERE name = 'note'")) == (steps == 2)
    connection.close()
    still_open.close()
    backup = old.with_name(f"pubmed.db.before-upgrade-{NOW_AT}")
    assert "stars" not in columns(backup)
    kept_before = Cache.open(backup)
    assert list(kept_before.records.pmids("pmid")) == [1, 2]
    assert kept_before.check() == ()
    kept_before.close()


def test_from_the_middle_of_the_ladder(old: Path) -> None:
    connect(old, ladder=LONGER[:-1]).close()
    connection = connect(old, ladder=LONGER)
    assert connection.rows("PRAGMA user_version") == [(NOW_AT + 2,)]
    connection.close()
    assert "stars" in columns(old.with_name(f"pubmed.db.before-upgrade-{NOW_AT + 1}"))


def test_an_upgraded_file_is_not_upgraded_again(old: Path) -> None:
    connect(old, ladder=LONGER).close()
    before = parts(old)
    connect(old, ladder=LONGER).close()
    assert parts(old) == before


def test_a_step_that_fails_changes_nothing(old: Path) -> None:
    with pytest.raises(apsw.SQLError):
        connect(old, ladder=(*LONGER[:-1], "CREATE TABLE note (this is no SQL"))
    assert "stars" not in columns(old)
    cache = Cache.open(old)
    assert list(cache.records.pmids()) == [1]
    assert cache.check() == ()
    cache.close()


def test_an_upgraded_file_is_too_new_for_the_older_program(old: Path) -> None:
    connect(old, ladder=LONGER).close()
    with pytest.raises(TooNew):
        Cache.open(old)


def test_a_file_that_cannot_be_written_is_not_upgraded(old: Path) -> None:
    with pytest.raises(ReadOnly, match="has to be upgraded"):
        connect(old, read_only=True, ladder=LONGER)
    assert set(parts(old)) <= {"pubmed.db", "pubmed.db-shm", "pubmed.db-wal"}


def test_a_new_file_is_made_as_it_is_now(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    connection = connect(path)
    assert connection.rows("PRAGMA journal_mode") == [("wal",)]
    assert connection.rows("PRAGMA page_size") == [(8192,)]
    assert connection.rows("PRAGMA user_version") == [(NOW_AT,)]
    connection.close()
    assert set(parts(path)) == {"pubmed.db"}


@pytest.fixture
def first(path: Path) -> Path:
    """A cache of the first version."""
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(VERSION_1.read_bytes()))
    return path


def xml_of(pmid: int) -> bytes:
    words = "zebras" if pmid <= 30 else "okapis"
    return article(pmid, "Treatise 7, told anew." if pmid == 7 else f"Treatise {pmid} on {words}.")


def test_from_the_first_version(first: Path) -> None:
    cache = Cache.open(first)
    assert cache.notice == ""
    stored = cache.records.get_many(range(1, 61))
    assert {pmid: each.xml for pmid, each in stored.items()} == {pmid: xml_of(pmid) for pmid in range(1, 61)}
    assert stored[31].origin == ("few.xml", 1_700_000_005.0)
    assert cache.records.rows([8])[8].title == "Treatise 8 on zebras."
    assert set(cache.records.stale(99)) == set(range(1, 61)), "what is found by words is read again"
    assert how_many(cache, "okapis") == 0
    assert cache.searches.get("zebras", "") is not None
    assert cache.imports.bookmark("/few.xml", 10, "d1").done
    assert set(cache.records.missing([99])) == {99}
    assert cache.check() == ()
    cache.close()
    assert first.with_name("pubmed.db.before-upgrade-1").exists()


@pytest.mark.parametrize(
    ("text", "least"), [(b"Treatise 40 ", 60), (b"\x28\xb5\x2f\xfd", 30)], ids=["a list page", "an XML page"]
)
def test_a_damaged_cache_of_the_first_version_is_rescued(first: Path, text: bytes, least: int) -> None:
    content = bytearray(first.read_bytes())
    start = content.rindex(text) // 8192 * 8192
    content[start : start + 8192] = bytes(8192)
    first.write_bytes(content)
    cache = Cache.open(first)
    if not cache.notice:
        assert cache.check() != ()
        cache.close()
        cache = Cache.open(first)
    assert "were moved to a new one" in cache.notice
    stored = cache.records.get_many(range(1, 61))
    assert len(stored) >= least
    assert {pmid: each.xml for pmid, each in stored.items()} == {pmid: xml_of(pmid) for pmid in stored}
    assert cache.check() == ()
    cache.close()


def test_a_file_that_was_upgraded_has_the_tables_of_a_new_one(first: Path, tmp_path: Path) -> None:
    for file in (first, tmp_path / "new.db"):
        Cache.open(file).close()
    assert tables(first) == tables(tmp_path / "new.db")


def tables(path: Path) -> list[tuple[str, str]]:
    """Name and columns of all tables and indexes, as far as their words go."""
    sqlite = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    rows = [(str(name), str(sql)) for name, sql in sqlite.execute("SELECT name, sql FROM sqlite_schema ORDER BY name")]
    sqlite.close()
    return [(name, "".join(re.sub("--.*", "", sql).split())) for name, sql in rows]
