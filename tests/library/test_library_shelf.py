"""When nothing can be kept, and after the cache was damaged: the reader reads on, and is told once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.library.opened import Clock, opened, pages
from tests.pubmed_double import PubMedDouble
from tui.cache import Cache, damage
from tui.library import Library, Shelf

HERE = Path(__file__).parent
NOBODY = 65534


def child(task: str, *arguments: object) -> list[dict[str, Any]]:
    """All that the child says until it ends well."""
    paths = os.pathsep.join(map(str, (HERE.parents[1], HERE.parent, HERE)))
    done = subprocess.run(
        [sys.executable, "-B", str(HERE / "library_child.py"), task, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can enter; pytest's own they cannot."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        for place in Path(folder).rglob("*"):
            place.chmod(0o755)


def read_on(told: dict[str, Any]) -> None:
    """All records were read, none was fetched twice, and the one that PubMed does not have was asked for once.

    Thousands more were exported whole.
    """
    assert told["rows"] == told["read"] == list(range(1, 9))
    assert told["exported"] == 8
    assert told["asked"] == ["1", "2,3", "8,7,6,5,4", "404"]
    assert told["missed"] == 2
    assert told["many"]


@pytest.mark.skipif(os.name != "posix", reason="limits of this kind are POSIX's")
def test_on_a_full_disk_the_reader_reads_on(path: Path) -> None:
    (told,) = child("full", path)
    read_on(told)
    first, second, third = told["notices"]
    assert (first, third) == ("", "")
    assert second.count("the disk is full") == 1
    assert second.endswith("What is fetched now is only held until the program ends.")
    cache = Cache.open(path)
    assert cache.records.has([1]) == {1}
    assert cache.check() == ()
    cache.close()


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are POSIX's")
def test_in_a_folder_that_can_only_be_read_the_reader_reads_on(open_folder: Path) -> None:
    (told,) = child("read_only", open_folder / "data" / "pubmed.db", NOBODY)
    read_on(told)
    first, *rest = told["notices"]
    assert first.count("cannot be written") == 1
    assert rest == ["", ""]


class TestAfterDamage:
    async def test_what_was_rescued_is_found_again(self, path: Path, double: PubMedDouble, clock: Clock) -> None:
        async with opened(path, double, clock) as library:
            await pages(library.search("stromal"))
        damage.mark(path)
        async with opened(path, double, clock, offline=True) as library:
            notice = await library.take_notice()
            assert "set aside" in notice
            assert "8 records were moved" in notice
            assert await library.take_notice() == ""
            (before,) = await pages(library.search("stromal"))
            await library.mend()
            (after,) = await pages(library.search("stromal"))
            assert (before.total, after.total) == (0, 8)
            assert len(after.rows) == 8

    async def test_an_end_that_was_cut_off_is_looked_into(
        self, path: Path, double: PubMedDouble, clock: Clock, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy" / "pubmed.db"
        copy.parent.mkdir()
        async with opened(path, double, clock) as library:
            await library.fetch([1])
            for part in path.parent.glob("pubmed.db*"):
                (copy.parent / part.name).write_bytes(part.read_bytes())
        shelf = Shelf(copy)
        assert shelf.unclean
        shelf.close()
        async with opened(copy, double, clock) as library:
            await library.mend()
            assert await library.take_notice() == ""
        shelf = Shelf(copy)
        assert not shelf.unclean
        shelf.close()

    async def test_faults_are_told(self, path: Path) -> None:
        shelf = Shelf(path)
        shelf.looked_at(("This is amiss.", "So is that."))
        assert shelf.take_notice() == "This is amiss. Start the program again to have the cache mended."
        shelf.close()


async def test_a_newer_cache_is_not_touched_and_the_reader_reads_on(
    path: Path, double: PubMedDouble, clock: Clock
) -> None:
    async with opened(path, double, clock) as library:
        await library.fetch([1])
    content = bytearray(path.read_bytes())
    content[60:64] = (9999).to_bytes(4)  # user_version, SQLite file format 1.3.8
    path.write_bytes(content)
    async with opened(path, double, clock) as library:
        notice = await library.take_notice()
        assert "newer version of the program" in notice
        assert notice.endswith("What is fetched now is only held until the program ends.")
        await library.fetch([1, 2])
        assert len(await library.kept([1, 2])) == 2
    assert path.read_bytes() == content


async def test_a_page_is_kept_while_it_is_true(library: Library, path: Path, clock: Clock) -> None:
    (kept,) = [kept async for kept in library.record(1)]
    await library.keep_rendered(kept, 80, "v1", clock.now + 1000, "the page")
    await library.keep_rendered(kept, 81, "v1", clock.now + 30 * 86_400, "another")
    shelf = Shelf(path)
    assert shelf.cache.pages.get(1, 80, "v1", clock.now) == "the page"
    assert shelf.cache.pages.get(1, 80, "v1", clock.now + 1000) is None
    assert shelf.cache.pages.get(1, 80, "v2", clock.now) is None
    assert shelf.cache.pages.get(1, 81, "v1", clock.now + 7.1 * 86_400) is None, "it would hide that it is old"
    shelf.close()


async def test_of_an_old_record_no_page_is_kept(library: Library, path: Path, clock: Clock) -> None:
    (kept,) = [kept async for kept in library.record(1)]
    clock.days(8)
    await library.keep_rendered(kept, 80, "v1", clock.now + 1000, "the page")
    shelf = Shelf(path)
    assert shelf.cache.pages.get(1, 80, "v1", clock.now) is None
    shelf.close()
