"""From an older schema to the present one."""

from __future__ import annotations

import re
from pathlib import Path

import apsw
import pytest

from tests.cache.cache_samples import kept, parts
from tui.cache import Cache, ReadOnly, TooNew, upgrades
from tui.cache.upgrades import connect

KNOWN = len(upgrades.LADDER)
LADDER = (
    *upgrades.LADDER,
    "ALTER TABLE record ADD COLUMN stars INTEGER NOT NULL DEFAULT 0; INSERT INTO stale SELECT pmid FROM record",
    "CREATE TABLE note (pmid INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
)


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
    connection = connect(old, ladder=LADDER[: KNOWN + steps])
    assert connection.rows("PRAGMA user_version") == [(KNOWN + steps + 1,)]
    assert connection.rows("SELECT pmid, stars FROM record") == [(1, 0), (2, 0)]
    assert bool(connection.rows("SELECT 1 FROM sqlite_schema WHERE name = 'note'")) == (steps == 2)
    connection.close()
    still_open.close()
    backup = old.with_name(f"pubmed.db.before-upgrade-{KNOWN + 1}")
    assert "stars" not in columns(backup)
    kept_before = Cache.open(backup)
    assert list(kept_before.records.pmids("pmid")) == [1, 2]
    assert kept_before.check() == ()
    kept_before.close()


def test_from_the_middle_of_the_ladder(old: Path) -> None:
    connect(old, ladder=LADDER[: KNOWN + 1]).close()
    connection = connect(old, ladder=LADDER)
    assert connection.rows("PRAGMA user_version") == [(KNOWN + 3,)]
    connection.close()
    assert "stars" in columns(old.with_name(f"pubmed.db.before-upgrade-{KNOWN + 2}"))


def test_an_upgraded_file_is_not_upgraded_again(old: Path) -> None:
    connect(old, ladder=LADDER).close()
    before = parts(old)
    connect(old, ladder=LADDER).close()
    assert parts(old) == before


def test_a_step_that_fails_changes_nothing(old: Path) -> None:
    with pytest.raises(apsw.SQLError):
        connect(old, ladder=(*LADDER[: KNOWN + 1], "CREATE TABLE note (this is no SQL"))
    assert "stars" not in columns(old)
    cache = Cache.open(old)
    assert list(cache.records.pmids()) == [1]
    assert cache.check() == ()
    cache.close()


def test_an_upgraded_file_is_too_new_for_the_older_program(old: Path) -> None:
    connect(old, ladder=LADDER).close()
    with pytest.raises(TooNew):
        Cache.open(old)


def test_a_file_that_cannot_be_written_is_not_upgraded(old: Path) -> None:
    with pytest.raises(ReadOnly, match="has to be upgraded"):
        connect(old, read_only=True, ladder=LADDER)
    assert set(parts(old)) <= {"pubmed.db", "pubmed.db-shm", "pubmed.db-wal"}


def test_a_new_file_is_made_as_it_is_now(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    connection = connect(path)
    assert connection.rows("PRAGMA journal_mode") == [("wal",)]
    assert connection.rows("PRAGMA page_size") == [(8192,)]
    assert connection.rows("PRAGMA user_version") == [(KNOWN + 1,)]
    connection.close()
    assert set(parts(path)) == {"pubmed.db"}


def test_a_file_without_mesh_gets_its_tables(old: Path, tmp_path: Path) -> None:
    sqlite = apsw.Connection(str(old))
    sqlite.execute("DROP TABLE vocabulary; DROP TABLE heading; DROP TABLE heading_term; DROP TABLE heading_tree")
    sqlite.pragma("user_version", 1)
    sqlite.close()
    upgraded, new = Cache.open(old), Cache.open(tmp_path / "new.db")
    assert upgraded.mesh.version() == ""
    assert list(upgraded.records.pmids()) == [1]
    upgraded.close()
    new.close()
    assert tables(old) == tables(tmp_path / "new.db")


def tables(path: Path) -> list[tuple[str, str]]:
    """Name and columns of all tables and indexes, without the comments of schema.sql."""
    sqlite = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    rows = [(str(name), str(sql)) for name, sql in sqlite.execute("SELECT name, sql FROM sqlite_schema ORDER BY name")]
    sqlite.close()
    return [(name, " ".join(re.sub("--.*", "", sql).split())) for name, sql in rows]
