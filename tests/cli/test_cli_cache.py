"""``pubmed-tui cache``: what is kept, how old and how sound; and what is said of a cache that is amiss."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.made_up import TITLE
from tui.cache import Cache

PAGE = 8192
AS_NOBODY = """
import os, sys
import rispy, tui.__main__
from tui.cache import history, imports, mesh, packing, pages, records, search, searches
from tui.cli import browse, cache, export, importing, search, show  # as nobody, there may be no right to load them
packing.pack(b"")
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
sys.exit(tui.__main__.main())
"""


def test_info(offline: Shell) -> None:
    ended = offline.run("cache", "info")
    assert (ended.status, ended.err) == (0, "")
    facts = dict(line.split("\t") for line in ended.lines)
    assert list(facts) == ["records", "size", "oldest", "newest", "schema", "path"]
    assert int(facts["records"]) >= 38
    assert facts["size"] == f"{offline.cache.stat().st_size} bytes"
    assert facts["oldest"] == facts["newest"] == time.strftime("%Y-%m-%d")
    assert facts["path"] == str(offline.cache)


def test_info_of_nothing(shell: Shell) -> None:
    ended = shell.run("cache", "info")
    assert ended.status == 0
    assert [line.split("\t")[0] for line in ended.lines] == ["records", "size", "schema", "path"]
    assert ended.lines[0] == "records\t0"


def test_list(offline: Shell) -> None:
    ended = offline.run("cache", "list")
    assert (ended.status, ended.err) == (0, "")
    pmids = [int(line) for line in ended.lines]
    assert len(pmids) == len(set(pmids)) >= 38
    assert 17914389 in pmids
    assert offline.run("cache", "list").out == ended.out


def test_path_is_told_without_making_it(shell: Shell) -> None:
    ended = shell.run("cache", "path")
    assert (ended.status, ended.lines, ended.err) == (0, [str(shell.cache)], "")
    assert not shell.cache.exists()


def test_check_of_a_sound_one(offline: Shell) -> None:
    ended = offline.run("cache", "check")
    assert (ended.status, ended.out, ended.err) == (0, "The cache is sound.\n", "")


@pytest.mark.parametrize("words", [(), ("inf",), ("info", "list")])
def test_words_that_are_off(shell: Shell, words: tuple[str, ...]) -> None:
    ended = shell.run("cache", *words)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.endswith(". See pubmed-tui cache --help.\n")


class TestAmiss:
    def test_a_bad_page_is_found(self, offline: Shell) -> None:
        content = bytearray(offline.cache.read_bytes())
        at = content.index(b"Karnoub AE") // PAGE * PAGE
        content[at : at + PAGE] = bytes(PAGE)
        offline.cache.write_bytes(content)
        ended = offline.run("cache", "check")
        assert (ended.status, ended.out) == (1, "")
        assert "The cache is damaged. Start the program again: it sets the file aside" in ended.err
        again = offline.run("cache", "info")
        assert again.status == 0
        assert "The cache was damaged. It was set aside as pubmed.db.damaged-" in again.err
        assert offline.run("cache", "check").status == 0

    @pytest.mark.parametrize("words", [("cache", "info"), ("search", "--offline", "x"), ("show", "1", "--offline")])
    def test_one_that_is_no_database_is_set_aside(self, offline: Shell, words: tuple[str, ...]) -> None:
        offline.cache.write_bytes(b"no database at all" * 1000)
        ended = offline.run(*words)
        assert ended.status == (1 if "show" in words else 0)
        assert "The cache was damaged. It was set aside as pubmed.db.damaged-" in ended.err
        (aside,) = offline.cache.parent.glob("pubmed.db.damaged-*")
        assert aside.read_bytes() == b"no database at all" * 1000

    def test_one_of_a_newer_version_is_not_touched(self, online: Shell) -> None:
        online.keep()
        content = bytearray(online.cache.read_bytes())
        content[60:64] = (9999).to_bytes(4)  # user_version, SQLite file format 1.3.8
        online.cache.write_bytes(content)
        for words, status in ((("cache", "info"), 1), (("show", "1"), 0), (("search", "stromal"), 0)):
            ended = online.run(*words)
            assert ended.status == status
            assert "was made by a newer version of the program" in ended.err
            assert (TITLE in ended.out) == (status == 0)
        assert online.cache.read_bytes() == content

    def test_one_of_another_program_is_not_touched(self, shell: Shell) -> None:
        shell.cache.parent.mkdir(parents=True)
        code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('CREATE TABLE mine (a)')"
        subprocess.run([sys.executable, "-c", code, shell.cache], check=True)
        before = shell.cache.read_bytes()
        ended = shell.run("cache", "info")
        assert (ended.status, ended.out) == (1, "")
        assert "belongs to another program. Move it away" in ended.err
        assert shell.cache.read_bytes() == before

    def test_no_folder_can_be_made(self, shell: Shell) -> None:
        (shell.folder / "data").write_text("a file where a folder should be")
        ended = shell.run("cache", "info")
        assert (ended.status, ended.out) == (1, "")
        assert "cannot be made (Not a directory)" in ended.err
        assert len(ended.err.splitlines()) == 1


@pytest.fixture
def read_only() -> Iterator[Shell]:
    """The demo's records are kept where this user can write nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shell = Shell(folder, {"PUBMED_TUI_EUTILS_URL": "http://127.0.0.1:9/"})
        if os.geteuid() == 0:
            shell.program = ("-c", AS_NOBODY)
        shell.keep()
        for place in (*shell.cache.parent.iterdir(), shell.cache.parent):
            place.chmod(0o555 if place.is_dir() else 0o444)
        Cache.open(shell.cache, read_only=True).close()
        yield shell
        shell.cache.parent.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are POSIX's")
def test_in_a_folder_that_can_only_be_read(read_only: Shell) -> None:
    notice = "cannot be written: what is kept can be read, but nothing new is kept."
    for words in (("search", "--offline", "karnoub"), ("export", "17914389", "--offline"), ("cache", "info")):
        ended = read_only.run(*words)
        assert ended.status == 0
        assert "17914389" in ended.out or "records\t" in ended.out
        assert ended.err.count(notice) == 1
    ended = read_only.run("import", "nothing.xml")
    assert ended.status == 1
    assert notice in ended.err
