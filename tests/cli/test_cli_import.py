"""``pubmed-tui import``: what became of each file, in a line on standard error."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.made_up import TITLE, article, article_set, deletion
from tui.cache import Cache


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.xml.gz"
    file.write_bytes(gzip.compress(article_set([article(1), article(2), article(3), deletion(3)])))
    return file


def test_what_became_of_a_file(shell: Shell, good: Path) -> None:
    ended = shell.run("import", good)
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == f"pubmed-tui: {good}: 3 records, 3 new or newer, 1 deleted.\n"
    assert sorted(shell.run("cache", "list").lines) == ["1", "2"]
    assert shell.run("show", 1, "--offline").out.startswith(TITLE)
    assert "From good.xml.gz" in shell.run("show", 1, "--offline").out


def test_a_second_time_there_is_nothing_to_do(shell: Shell, good: Path) -> None:
    shell.run("import", good)
    ended = shell.run("import", good)
    assert ended.status == 0
    assert ended.err == f"pubmed-tui: {good}: imported before, 3 records; nothing to do.\n"


def test_of_several_files_the_good_ones_are_imported(shell: Shell, good: Path, tmp_path: Path) -> None:
    bad = {
        "none.xml": "The file cannot be read: no such file or directory. Check the name.",
        "elsewhere": "There are no .xml or .xml.gz files in this folder. Name another one.",
        "page.xml": "",
        "cut.xml": "The XML ends before its last record does. Fetch or download it again.",
        "cut.xml.gz": "The file is cut short. Download it again.",
        "damaged.xml.gz": "The file is damaged: it cannot be unpacked. Download it again.",
    }
    packed = good.read_bytes()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "page.xml").write_text("<!DOCTYPE html><html></html>")
    (tmp_path / "cut.xml").write_bytes(article_set([article(7)])[:-20])
    (tmp_path / "cut.xml.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "damaged.xml.gz").write_bytes(packed[:10] + b"\xff" * 50)
    ended = shell.run("import", *bad, good)
    assert (ended.status, ended.out) == (1, "")
    lines = ended.err.splitlines()
    assert len(lines) == len(bad) + 1
    for name, said in bad.items():
        (line,) = (line for line in lines if line.startswith(f"pubmed-tui: {name}: {said}"))
        assert line.count(name) == 1
    assert lines[-1].endswith("3 records, 3 new or newer, 1 deleted.")


def test_a_pipe_is_not_waited_for(shell: Shell, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    ended = shell.run("import", "pipe.xml")
    assert ended.status == 1
    assert "This is not a file." in ended.err


def test_a_name_that_acts_on_a_terminal(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a\x1b]0;owned\x07.xml").write_bytes(article_set([article(1)]))
    ended = shell.run("import", "a\x1b]0;owned\x07.xml")
    assert ended.status == 0
    assert all(character.isprintable() for character in ended.err.replace("\n", ""))
    assert "\x1b" not in shell.run("show", 1, "--offline").out


def test_no_words(shell: Shell) -> None:
    ended = shell.run("import")
    assert ended.status == 2
    assert "required: FILE. See pubmed-tui import --help." in ended.err


@pytest.mark.skipif(os.name != "posix", reason="signals of this kind are POSIX's")
def test_one_that_is_stopped_goes_on_from_there(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "many.xml"
    with file.open("wb") as stream:
        stream.write(b"<PubmedArticleSet>")
        for pmid in range(1, 40_001):
            stream.write(article(pmid))
        stream.write(b"</PubmedArticleSet>")
    program = shell.start("import", file)
    patience = time.monotonic() + 60
    while time.monotonic() < patience and not _kept(shell):
        pass
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out) == (130, "")
    assert err == "pubmed-tui: Stopped. The same command goes on from here.\n"
    before = _kept(shell)
    assert 0 < before < 40_000
    ended = shell.run("import", file)
    assert ended.err == (
        f"pubmed-tui: {file}: 40,000 records, {40_000 - before:,} new or newer, taken up where it had stopped.\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="signals of this kind are POSIX's")
@pytest.mark.parametrize("moment", ["as soon as there is a cache", "when something is kept"])
def test_ctrl_c_stops_all_its_processes_without_a_word_from_them(shell: Shell, tmp_path: Path, moment: str) -> None:
    """A terminal sends the signal to each of them."""
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"{number}.xml")
        pmids = range(number * 10_000, number * 10_000 + 9_000)
        files[-1].write_bytes(article_set(article(pmid) for pmid in pmids))
    program = subprocess.Popen(
        [sys.executable, *shell.program, "import", "--jobs", "2", *files],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=shell.folder,
        env=shell.environment,
        text=True,
        start_new_session=True,
    )
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        if _kept(shell) if moment == "when something is kept" else shell.cache.exists():
            break
    os.killpg(program.pid, signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert "Traceback" not in err
    assert (program.returncode, out) == (130, "")
    ended = shell.run("import", "--jobs", "2", *files)
    assert ended.status == 0
    assert _kept(shell) == 18_000


def _kept(shell: Shell) -> int:
    if not shell.cache.exists() or not shell.cache.stat().st_size:
        return 0
    cache = Cache.open(shell.cache, read_only=True)
    count = cache.records.info().records
    cache.close()
    return count
