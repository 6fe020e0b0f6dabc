"""Several files at once: the same as one after the other, whoever is stopped or killed in between."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cache.cache_search import how_many
from tests.made_up import article, article_set, deletion
from tui.cache import Cache
from tui.library.bulk import Import, Progress, Report
from tui.library.workers import Lost
from tui.model.problem import Problem

HERE = Path(__file__).parent
COUNT = 2000
"""Records in each file, in several batches."""
WITHDRAWN = {5, COUNT + 5}


def made(pmid: int, revised: int = 20200101) -> bytes:
    return article(pmid, abstract=os.urandom(400).hex(), revised=revised)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three files, more than is read without processes; the third revises and withdraws records of the others."""
    contents = [
        [made(pmid) for pmid in range(1, COUNT + 1)],
        [made(pmid) for pmid in range(COUNT + 1, 2 * COUNT + 1)],
        [*(made(pmid, revised=20250101) for pmid in range(1, COUNT + 1, 2)), deletion(*WITHDRAWN), deletion(99_999)],
    ]
    found = []
    for number, elements in enumerate(contents, 1):
        file = tmp_path / f"pubmed26n{number:04}.xml"
        file.write_bytes(article_set(elements))
        found.append(file)
    return found


class Told:
    """What became of each file."""

    def __init__(self) -> None:
        self.ended: dict[str, Report | Problem] = {}
        self.progress: list[Progress] = []

    def end(self, file: Path, outcome: Report | Problem) -> None:
        assert file.name not in self.ended
        self.ended[file.name] = outcome


def contents(path: Path) -> dict[int, bytes]:
    cache = Cache.open(path)
    found = {pmid: stored.xml for pmid, stored in cache.records.iter_xml(cache.records.pmids("pmid"))}
    assert cache.check() == ()
    assert how_many(cache, "stromal") == len(found)
    cache.close()
    return found


@pytest.fixture
def expected(tmp_path: Path, files: list[Path]) -> dict[int, bytes]:
    """What there is after one file after the other."""
    with Import(tmp_path / "other.db") as importing:
        for file in files:
            importing.take(file)
    return contents(tmp_path / "other.db")


def test_the_same_as_one_after_the_other(path: Path, files: list[Path], expected: dict[int, bytes]) -> None:
    told = Told()
    with Import(path) as importing:
        importing.take_all(files, told.end, told.progress.append, jobs=2)
    assert set(contents(path)) == set(range(1, 2 * COUNT + 1)) - WITHDRAWN
    assert contents(path) == expected
    reports = [told.ended[file.name] for file in files]
    assert [report.records for report in reports if isinstance(report, Report)] == [COUNT, COUNT, COUNT // 2]
    size = sum(file.stat().st_size for file in files)
    assert told.progress[-1][:3] == (size, size, 2 * COUNT + COUNT // 2)
    assert all(earlier.read <= later.read for earlier, later in zip(told.progress, told.progress[1:], strict=False))
    assert multiprocessing.active_children() == []


def test_a_second_time_there_is_nothing_to_do(path: Path, files: list[Path]) -> None:
    with Import(path) as importing:
        importing.take_all(files, Told().end, jobs=2)
        told = Told()
        importing.take_all(files, told.end, jobs=2)
    assert [report.already for report in told.ended.values() if isinstance(report, Report)] == [True] * 3


def test_faults_of_some_files_are_told_and_the_others_imported(path: Path, files: list[Path], tmp_path: Path) -> None:
    cut = tmp_path / "cut.xml"
    cut.write_bytes(files[1].read_bytes()[:-1000])
    summed = tmp_path / "summed.xml"
    summed.write_bytes(files[2].read_bytes())
    summed.with_name("summed.xml.md5").write_text("0" * 32)
    told = Told()
    with Import(path) as importing:
        importing.take_all([tmp_path / "none.xml", cut, summed, files[0]], told.end, jobs=2)
    assert {name: type(outcome).__name__ for name, outcome in told.ended.items()} == {
        "none.xml": "Unreadable", "cut.xml": "Truncated", "summed.xml": "Unreadable", files[0].name: "Report",
    }  # fmt: skip
    assert "MD5" in str(told.ended["summed.xml"])
    assert set(range(1, COUNT + 1)) <= set(contents(path))


def test_stopped_and_resumed(path: Path, files: list[Path], expected: dict[int, bytes]) -> None:
    class Stop(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.records > COUNT:
            raise Stop

    with Import(path) as importing:
        with pytest.raises(Stop):
            importing.take_all(files, Told().end, stop, jobs=2)
        assert multiprocessing.active_children() == []
        assert 0 < len(contents(path)) < 2 * COUNT
        told = Told()
        importing.take_all(files, told.end, jobs=2)
    assert any(report.resumed for report in told.ended.values() if isinstance(report, Report))
    assert contents(path) == expected


def test_a_worker_that_is_killed(path: Path, files: list[Path], expected: dict[int, bytes]) -> None:
    told = Told()
    killed: list[int | None] = []

    def kill(_progress: Progress) -> None:
        if not killed:
            (victim, *_) = multiprocessing.active_children()
            victim.kill()
            killed.append(victim.pid)

    with Import(path) as importing:
        importing.take_all(files, told.end, kill, jobs=2)
        lost = [name for name, outcome in told.ended.items() if isinstance(outcome, Lost)]
        assert len(lost) == 1
        assert len(told.ended) == 3
        importing.take_all(files, Told().end, jobs=1)
    assert contents(path) == expected


def test_killed_at_several_moments(path: Path, files: list[Path], expected: dict[int, bytes]) -> None:
    """The workers end as well: they hold the pipe that is read here to its end."""
    for pieces in (0, 1, 2, 3):
        with child(path, files) as started:
            assert started.stdout is not None
            assert started.stdin is not None
            for _ in range(pieces):
                started.stdout.readline()
                started.stdin.write("go on\n")
                started.stdin.flush()
            started.kill()
            started.communicate()
        contents(path)
    with Import(path) as importing:
        importing.take_all(files, Told().end, jobs=2)
    assert contents(path) == expected


def test_another_copy_reads_and_writes_meanwhile(path: Path, files: list[Path]) -> None:
    other = Cache.open(path)
    counts: list[int] = []

    def meanwhile(_progress: Progress) -> None:
        counts.append(how_many(other, "stromal"))
        other.records.mark_seen([1], 1e9 + len(counts))

    with Import(path) as importing:
        importing.take_all(files, Told().end, meanwhile, jobs=2)
    assert 0 < counts[0] < counts[-1] == 2 * COUNT - len(WITHDRAWN)
    assert other.records.get_many([1])[1].seen == 1e9 + len(counts)
    other.close()


def child(path: Path, files: list[Path]) -> subprocess.Popen[str]:
    paths = os.pathsep.join(map(str, (HERE.parents[1], HERE.parent, HERE)))
    return subprocess.Popen(
        [sys.executable, "-B", str(HERE / "library_child.py"), "take_all", str(path), *map(str, files)],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
