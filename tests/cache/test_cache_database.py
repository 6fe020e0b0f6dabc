"""Opening and closing the cache."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest

from tests.cache.cache_samples import NOW, kept, parts
from tui.cache import Cache, CacheError, DiskFull, Interrupted, Locked, TooNew
from tui.model.problem import Problem

ROOT = Path(__file__).parents[2]


def test_what_was_kept_is_there_again(path: Path) -> None:
    cache = Cache.open(path)
    cache.records.put([kept(1)])
    cache.close()
    cache.close()
    cache = Cache.open(path)
    assert cache.records.has([1]) == {1}
    assert (cache.notice, cache.read_only, cache.unclean, cache.path) == ("", False, False, path)
    cache.close()
    assert set(parts(path)) == {"pubmed.db"}


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are POSIX's")
def test_only_the_owner_may_read_it(path: Path) -> None:
    cache = Cache.open(path)
    cache.records.put([kept(1)])
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(part.stat().st_mode) for part in path.parent.iterdir()} == {0o600}
    assert len(list(path.parent.iterdir())) == 3
    cache.close()


def test_a_path_with_signs_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "50% off? #1 & more" / "a?mode=memory.db"
    cache = Cache.open(path)
    cache.records.put([kept(1)])
    reader = Cache.open(path, read_only=True)
    assert reader.records.has([1]) == {1}
    reader.close()
    cache.close()
    assert path.stat().st_size > 0


def test_a_newer_file_is_refused_and_not_touched(path: Path) -> None:
    Cache.open(path).close()
    newer = apsw.Connection(str(path))
    newer.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    newer.pragma("user_version", 9999)
    newer.close()
    before = parts(path)
    assert "pubmed.db-wal" in before
    with pytest.raises(TooNew, match=r"newer version.*Upgrade the program"):
        Cache.open(path)
    with pytest.raises(TooNew):
        Cache.open(path, read_only=True)
    after = parts(path)
    assert {name: after[name] for name in ("pubmed.db", "pubmed.db-wal")} == {
        name: before[name] for name in ("pubmed.db", "pubmed.db-wal")
    }


def test_another_programs_file_is_refused_and_not_touched(path: Path) -> None:
    path.parent.mkdir()
    foreign = apsw.Connection(str(path))
    foreign.execute("CREATE TABLE bookmarks (url)")
    foreign.close()
    before = parts(path)
    with pytest.raises(CacheError, match="belongs to another program"):
        Cache.open(path)
    assert parts(path) == before


def test_a_folder_where_the_file_should_be(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(CacheError, match="cannot be opened"):
        Cache.open(path)


def test_a_file_where_the_folder_should_be(path: Path) -> None:
    path.parent.write_text("in the way")
    with pytest.raises(CacheError, match="cannot be made"):
        Cache.open(path)


def test_nothing_to_read(path: Path) -> None:
    with pytest.raises(CacheError):
        Cache.open(path, read_only=True)
    assert not path.exists()


def test_a_transaction_is_taken_back_whole(cache: Cache) -> None:
    with pytest.raises(KeyError), cache.transaction():
        cache.records.put([kept(1)])
        raise KeyError
    assert cache.records.info().records == 0
    with cache.transaction():
        cache.records.put([kept(1)])
        with pytest.raises(KeyError), cache.transaction():
            cache.records.put([kept(2)])
            raise KeyError
        cache.records.put([kept(3)])
    assert list(cache.records.pmids("pmid")) == [1, 3]


def test_what_runs_can_be_ended_from_another_thread(cache: Cache) -> None:
    cache.records.put([kept(pmid) for pmid in range(1, 100)])
    running = cache.records.pmids("pmid")
    next(running)
    ender = threading.Thread(target=cache.interrupt)
    ender.start()
    ender.join()
    with pytest.raises(Interrupted):
        list(running)
    assert len(list(cache.records.pmids("pmid"))) == 99


def test_ending_what_does_not_run_is_no_error(path: Path) -> None:
    cache = Cache.open(path)
    cache.interrupt()
    cache.records.put([kept(1)])
    cache.close()
    cache.interrupt()


def test_a_sound_cache_has_no_faults(cache: Cache) -> None:
    cache.records.put([kept(pmid) for pmid in range(1, 50)])
    cache.records.delete([7])
    assert cache.check() == ()
    assert cache.check(quick=True) == ()


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("DELETE FROM source WHERE pmid = 3", "The record of PMID 3 has no XML."),
        ("DELETE FROM record WHERE pmid = 3", "The XML of PMID 3 has no record."),
        ("DELETE FROM words WHERE rowid = 3", "The words of PMID 3 cannot be searched."),
        ("UPDATE block SET data = zeroblob(99)", "The XML of PMID 3 is not what was stored."),
        ("UPDATE block SET codec = 77", "The XML of PMID 3 is not what was stored."),
        ("DELETE FROM block", "The XML of PMID 3 is not what was stored."),
        ("UPDATE source SET start = start + 1 WHERE pmid = 3", "The XML of PMID 3 is not what was stored."),
        ("UPDATE source SET digest = 5 WHERE pmid = 3", "The XML of PMID 3 is not what was stored."),
        ("UPDATE live SET records = 3", "Block 1 holds another number of records than is noted."),
        ("INSERT INTO block VALUES (77, 1, x'00')", "Nothing is known of what stands in block 77."),
        ("DELETE FROM words_data WHERE id > 10", "fts5"),
    ],
)
def test_a_full_check_finds_what_does_not_fit(path: Path, broken: str, fault: str) -> None:
    cache = Cache.open(path)
    cache.records.put([kept(pmid) for pmid in range(1, 50)])
    cache.close()
    sqlite = apsw.Connection(str(path))
    sqlite.execute(broken)
    sqlite.close()
    cache = Cache.open(path)
    found = " ".join(cache.check())
    assert fault in found or "damaged" in found
    cache.close()


def test_every_error_has_words_and_a_status() -> None:
    assert issubclass(CacheError, Problem)
    assert Locked.exit_status == 3
    assert DiskFull.exit_status == 1


def test_opening_loads_little() -> None:
    script = (
        "import sys; before = set(sys.modules); import tui.cache.database; print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
        capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    assert "apsw" in loaded
    heavy = {"typing", "json", "dataclasses", "backports.zstd", "compression.zstd", "sqlite3", "lxml", "textual"}
    assert heavy.isdisjoint(loaded)
    assert [name for name in loaded if name.startswith("tui.model.") and name != "tui.model.problem"] == []


def test_a_rendered_page_needs_no_model(path: Path) -> None:
    cache = Cache.open(path)
    cache.pages.put(1, 80, "v1", NOW, "A page.")
    cache.close()
    script = (
        "import sys; from pathlib import Path; from tui.cache import Cache; cache = Cache.open(Path(sys.argv[1])); "
        f"print(cache.pages.get(1, 80, 'v1', {NOW - 1})); cache.close(); print('tui.model.record' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
        capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    assert told == ["A page.", "False"]
