"""Other processes, sudden ends, full disks, and folders that cannot be written."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cache.cache_child import BATCH, start, tellings
from tests.cache.cache_samples import kept, parts
from tests.cache.cache_search import answers, how_many
from tui.cache import Cache, Locked, ReadOnly

NOBODY = 65534


def test_killed_at_any_moment(path: Path) -> None:
    rounds = random.Random(1)
    known = 0
    for _ in range(15):
        child = start("write", path, 1000, 10_000)
        assert child.stdout is not None
        for _ in range(rounds.randrange(1, 6)):
            known = max(known, json.loads(child.stdout.readline()).get("kept", 0))
        child.kill()
        child.communicate()
        cache = Cache.open(path)
        reached = cache.imports.bookmark("1000", 0, "").offset
        assert reached >= known
        assert cache.records.info().records == reached * BATCH
        assert cache.notice == ""
        assert cache.check() == ()
        cache.close()
        known = reached
    assert known > 15


def test_killed_while_the_cache_is_made(path: Path) -> None:
    for number in range(10):
        place = path.with_name(f"{number}.db")
        child = start("write", place, 1000, 10_000)
        while not place.exists() and child.poll() is None:
            pass
        child.kill()
        child.communicate()
        cache = Cache.open(place)
        assert cache.notice == ""
        cache.records.put([kept(1)])
        assert cache.check() == ()
        cache.close()


def test_an_end_that_was_cut_off_is_noticed_once(path: Path) -> None:
    child = start("write", path, 1000, 10_000)
    assert child.stdout is not None
    while "kept" not in child.stdout.readline():
        pass
    child.kill()
    child.communicate()
    cache = Cache.open(path)
    assert cache.unclean
    cache.close()
    cache = Cache.open(path)
    assert cache.unclean
    assert cache.check(quick=True) == ()
    assert not cache.unclean
    cache.close()
    cache = Cache.open(path)
    assert not cache.unclean
    cache.close()


def test_another_copy_at_work_is_no_end_that_was_cut_off(path: Path) -> None:
    other = start("hold", path)
    assert other.stdout is not None
    other.stdout.readline()
    cache = Cache.open(path)
    assert not cache.unclean
    cache.records.put([kept(2)])
    cache.close()
    cache = Cache.open(path)
    assert not cache.unclean
    tellings(other)
    cache.close()
    cache = Cache.open(path)
    assert not cache.unclean
    assert cache.records.has([1, 2]) == {1, 2}
    cache.close()


def test_who_closes_first_does_not_speak_for_the_other(path: Path) -> None:
    other = start("hold", path)
    assert other.stdout is not None
    other.stdout.readline()
    cache = Cache.open(path)
    cache.records.put([kept(2)])
    cache.close()
    other.kill()
    other.communicate()
    cache = Cache.open(path)
    assert cache.unclean
    cache.close()


def test_two_writers_and_a_reader(path: Path) -> None:
    writers = [start("write", path, first, 25) for first in (1_000, 100_000)]
    cache = Cache.open(path)
    while any(writer.poll() is None for writer in writers):
        assert cache.records.info().records % BATCH == 0
        assert how_many(cache, "sampler") % BATCH == 0
    for writer in writers:
        assert tellings(writer)[-1] == {"kept": 25}
    assert cache.records.info().records == 2 * 25 * BATCH
    assert cache.check() == ()
    cache.close()


def test_many_that_make_the_cache_at_once(path: Path) -> None:
    children = [start("write", path, first * 1000, 2) for first in range(1, 7)]
    for child in children:
        assert tellings(child)[-1] == {"kept": 2}
    cache = Cache.open(path)
    assert cache.notice == ""
    assert cache.records.info().records == 6 * 2 * BATCH
    assert cache.check() == ()
    cache.close()
    assert set(parts(path)) == {"pubmed.db"}


def test_who_will_not_wait_is_told_at_once(cache: Cache, path: Path) -> None:
    other = Cache.open(path)
    with cache.transaction():
        cache.records.put([kept(1)])
        with pytest.raises(Locked), other.transaction(wait=False):
            pass
        assert other.records.has([1]) == set()
        other.pages.put(1, 80, "v1", 1.0, "text")
    assert other.records.has([1]) == {1}
    assert other.pages.get(1, 80, "v1", 0.0) is None
    other.close()


@pytest.mark.parametrize("spare", [0, 10_000, 500_000])
def test_a_full_disk_loses_nothing_that_was_kept(path: Path, spare: int) -> None:
    (told,) = tellings(start("fill", path, spare))
    assert "disk is full" in told["refused"]
    assert (told["held"], told["then"], told["check"]) == ([1], 198, [])
    cache = Cache.open(path)
    assert cache.records.info().records == 199
    assert cache.check() == ()
    cache.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount") or "true"
    subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], check=False, capture_output=True)
    if not place.is_mount():
        pytest.skip("this user may not mount a small file system")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    path = small_disk / "pubmed.db"
    cache = Cache.open(path)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    held = 0
    with pytest.raises(Exception, match="disk is full") as refused:
        while True:
            cache.records.put([kept(pmid) for pmid in range(held + 1, held + 51)])
            held += 50
    assert type(refused.value).__name__ == "DiskFull"
    assert cache.records.info().records == held > 0
    ballast.unlink()
    cache.records.put([kept(held + 1)])
    cache.close()
    cache = Cache.open(path)
    assert cache.records.info().records == held + 1
    assert cache.check() == ()
    cache.close()


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder whose files can be read by everybody and written by nobody but its owner."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def read_in(folder: Path) -> dict[str, Any]:
    """What a process that may not write the folder says of the cache in it."""
    for part in folder.iterdir():
        part.chmod(0o444)
    folder.chmod(0o555)
    (told,) = tellings(start("read", folder / "pubmed.db", NOBODY))
    return told


def test_a_folder_that_cannot_be_written_is_read(locked_folder: Path) -> None:
    path = locked_folder / "pubmed.db"
    cache = Cache.open(path)
    cache.records.put([kept(1), kept(2)])
    cache.close()
    before = parts(path)
    told = read_in(locked_folder)
    assert (told["read_only"], told["refused"], told["pmids"]) == (True, True, [1, 2])
    assert (told["found"], told["check"]) == ([2, 1], [])
    assert "cannot be written" in told["notice"]
    assert parts(path) == before


def test_a_folder_that_cannot_be_written_after_a_sudden_end(locked_folder: Path) -> None:
    path = locked_folder / "pubmed.db"
    cache = Cache.open(path)
    cache.records.put([kept(7)])
    cache.close()
    child = start("hold", path)
    assert child.stdout is not None
    child.stdout.readline()
    child.kill()
    child.communicate()
    told = read_in(locked_folder)
    assert told["read_only"]
    assert "cannot be written" in told["notice"]
    assert told["pmids"] == ([7] if "What was kept last may not show." in told["notice"] else [1, 7])


def test_a_folder_that_cannot_be_written_and_holds_nothing(locked_folder: Path) -> None:
    told = read_in(locked_folder)
    assert told["error"] == "ReadOnly"
    assert "cannot be made" in told["message"]


def test_asked_to_read_only(path: Path) -> None:
    cache = Cache.open(path)
    cache.records.put([kept(1)])
    reader = Cache.open(path, read_only=True)
    assert (reader.read_only, reader.notice) == (True, "")
    assert answers(reader, "title", limit=1) == (1,)
    with pytest.raises(ReadOnly):
        reader.records.put([kept(2)])
    cache.records.put([kept(3)])
    assert reader.records.has([1, 2, 3]) == {1, 3}
    reader.close()
    cache.close()


def test_where_memory_cannot_be_shared(path: Path) -> None:
    (told,) = tellings(start("without_wal", path))
    assert (told["before"], told["files"], told["check"]) == ([], ["pubmed.db"], [])


def test_moved_to_where_memory_cannot_be_shared(path: Path) -> None:
    cache = Cache.open(path)
    cache.records.put([kept(1)])
    cache.close()
    (told,) = tellings(start("without_wal", path))
    assert (told["before"], told["files"], told["check"]) == ([1], ["pubmed.db"], [])
    cache = Cache.open(path)
    assert cache.records.has([1, 2]) == {1, 2}
    cache.close()
