"""A file is written whole or not at all, and never over another unasked."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.files import FileExists, write_atomically
from tui.model.problem import Problem

posix = pytest.mark.skipif(os.name != "posix", reason="links, permissions and limits of this kind are POSIX's")
OLD = "what was there before\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "references.ris"


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


def test_the_text_is_written_as_it_is(path: Path) -> None:
    assert write_atomically(path, ["é\r\n", "", "ende\n"]) == len("é\r\nende\n".encode())
    assert path.read_bytes() == "é\r\nende\n".encode()
    assert names(path) == [path.name]


def test_an_empty_file_is_a_file(path: Path) -> None:
    assert write_atomically(path, []) == 0
    assert path.read_bytes() == b""


def test_another_file_is_not_replaced_unasked(path: Path) -> None:
    path.write_text(OLD)
    with pytest.raises(FileExists) as refused:
        write_atomically(path, ["new"])
    assert str(path) in refused.value.message
    assert refused.value.hint
    assert path.read_text() == OLD
    assert write_atomically(path, ["new"], replace=True) == 3
    assert path.read_text() == "new"
    assert names(path) == [path.name]


def test_nothing_is_asked_of_the_pieces_where_the_file_exists(path: Path) -> None:
    path.write_text(OLD)

    def pieces() -> Iterator[str]:
        raise AssertionError("was asked")
        yield ""

    with pytest.raises(FileExists):
        write_atomically(path, pieces())


@pytest.mark.parametrize("old", [None, OLD])
@pytest.mark.parametrize(
    "error", [Problem("The record is damaged."), ValueError("a fault of ours"), KeyboardInterrupt()]
)
def test_pieces_that_fail_leave_everything_as_it_was(path: Path, old: str | None, error: BaseException) -> None:
    if old is not None:
        path.write_text(old)

    def pieces() -> Iterator[str]:
        yield "half " * 10_000
        raise error

    with pytest.raises(type(error)) as raised:
        write_atomically(path, pieces(), replace=True)
    assert raised.value is error
    assert names(path) == ([path.name] if old else [])
    assert old is None or path.read_text() == old


@posix
def test_a_link_is_replaced_and_not_followed(path: Path) -> None:
    target = path.with_name("precious")
    target.write_text(OLD)
    path.symlink_to(target)
    with pytest.raises(FileExists):
        write_atomically(path, ["new"])
    write_atomically(path, ["new"], replace=True)
    assert not path.is_symlink()
    assert (path.read_text(), target.read_text()) == ("new", OLD)


@posix
def test_a_link_to_nowhere_is_in_the_way_too(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))
    with pytest.raises(FileExists):
        write_atomically(path, ["new"])
    assert names(path) == [path.name]


@posix
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_permissions_of_any_other(path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_atomically(path, ["new"])
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


@posix
def test_who_may_read_a_file_stays_as_it_was(path: Path) -> None:
    path.write_text(OLD)
    path.chmod(0o600)
    write_atomically(path, ["new"], replace=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_named(path: Path) -> None:
    nowhere = path.parent / "nowhere" / path.name
    with pytest.raises(Problem, match="could not be written: no such file or directory") as refused:
        write_atomically(nowhere, ["new"])
    assert str(nowhere) in refused.value.message
    assert refused.value.hint


def test_a_folder_is_not_replaced_by_a_file(path: Path) -> None:
    path.mkdir()
    with pytest.raises(FileExists):
        write_atomically(path, ["new"])
    with pytest.raises(Problem, match="could not be written"):
        write_atomically(path, ["new"], replace=True)
    assert path.is_dir()
    assert names(path) == [path.name]


def test_a_file_that_appears_meanwhile_is_kept(path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "new"
        path.write_text(OLD)

    with pytest.raises(FileExists):
        write_atomically(path, pieces())
    assert path.read_text() == OLD
    assert names(path) == [path.name]


def test_a_file_that_appears_meanwhile_is_kept_without_hard_links_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert write_atomically(path, ["first"]) == 5
    path.unlink()

    def pieces() -> Iterator[str]:
        yield "new"
        path.write_text(OLD)

    with pytest.raises(FileExists):
        write_atomically(path, pieces())
    assert path.read_text() == OLD
    assert names(path) == [path.name]


def test_of_several_that_write_at_once_one_wins_whole(path: Path) -> None:
    together = threading.Barrier(8)
    results: list[str] = []

    def write(number: int) -> None:
        text = str(number) * 100_000
        together.wait()
        try:
            write_atomically(path, [text])
            results.append(text)
        except FileExists:
            results.append("")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [text for text in results if text]
    assert len(results) == 8
    assert path.read_text() == winner
    assert names(path) == [path.name]


FULL = """
import resource, signal, sys
from pathlib import Path
from tui.files import write_atomically
from tui.model.problem import Problem

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    write_atomically(Path(sys.argv[1]), ["x" * 1000] * 100, replace=True)
except Problem as problem:
    print(problem)
"""


@posix
@pytest.mark.parametrize("old", [None, OLD])
def test_a_full_disk_leaves_the_old_file(path: Path, old: str | None) -> None:
    if old is not None:
        path.write_text(old)
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", FULL, str(path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert f"{path} could not be written: file too large." in done.stdout
    assert names(path) == ([path.name] if old else [])
    assert old is None or path.read_text() == old


@posix
@pytest.mark.parametrize("name", ["-rf", "\x1b[2J", "\u202egnp.exe", "two\nlines", "é" * 100])
def test_a_strange_name_is_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_atomically(path, ["new"])
    assert path.read_text() == "new"
    with pytest.raises(Problem, match="name too long"):
        write_atomically(tmp_path / (name + "x" * 300), ["new"])
    assert names(path) == [name]
