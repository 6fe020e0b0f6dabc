"""The page that was rendered before is printed again, to the byte, while it is true, and by next to nothing."""

from __future__ import annotations

import contextlib
import os
import re
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.made_up import article
from tui import __version__, paths, quick
from tui.cache import Cache
from tui.model.results import Kept, Origin
from tui.parse import parse_record

ROOT = Path(__file__).parents[1]
posix = pytest.mark.skipif(os.name != "posix", reason="terminals of this kind are POSIX's")
ALLOWED = {
    "tui",
    "tui.__main__",
    "tui.quick",
    "tui.paths",
    "tui.cache",
    *(f"tui.cache.{name}" for name in ("connection", "damage", "database", "errors", "pages", "rescue", "sources")),
    "tui.cache.upgrades",
    "tui.model",
    "tui.model.problem",
}
"""What the program may load of itself to print a page."""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the cache is; record 1 is kept in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = Path(paths.cache_file())
    keep(path, time.time())
    return path


def keep(path: Path, retrieved: float) -> None:
    cache = Cache.open(path)
    xml = article(1)
    cache.records.put([Kept(parse_record(xml), xml, Origin("PubMed", retrieved))])
    cache.close()


def put(path: Path, *, made_by: str = __version__, until: float | None = None, width: int = 0) -> None:
    """Keep a page of record 1 that no rendering would make."""
    cache = Cache.open(path)
    cache.pages.put(1, width, made_by, time.time() + 1000 if until is None else until, "Müller's page\n")
    cache.close()


def program(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, *words], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=True)


def show(*words: str) -> bytes:
    return program("-m", "tui", "show", *words).stdout


def test_the_kept_page_is_the_rendered_one(cache: Path) -> None:
    rendered = show("1", "--offline")
    kept = Cache.open(cache)
    assert kept.pages.get(1, 0, __version__, time.time()) == rendered.decode()
    kept.close()
    assert show("1", "--offline") == show("1") == show("--offline", "1") == rendered


def test_it_is_what_is_printed(cache: Path) -> None:
    put(cache)
    assert show("1").decode() == "Müller's page\n"


def test_it_is_printed_only_while_it_is_true(cache: Path) -> None:
    put(cache, until=time.time() - 1)
    assert show("1", "--offline").startswith(b"Stromal cells in a dish.\n")


def test_another_version_renders_anew(cache: Path) -> None:
    put(cache, made_by=f"{__version__}.1")
    assert show("1", "--offline").startswith(b"Stromal cells in a dish.\n")


def test_another_width_is_rendered_anew(cache: Path) -> None:
    put(cache, width=80)
    assert show("1", "--offline").startswith(b"Stromal cells in a dish.\n")


def test_a_record_that_was_replaced_is_rendered_anew(cache: Path) -> None:
    put(cache)
    keep(cache, time.time())
    assert show("1", "--offline").startswith(b"Stromal cells in a dish.\n")


def test_of_an_old_record_no_page_is_kept(cache: Path) -> None:
    keep(cache.with_name("other.db"), time.time() - 8 * 86_400)
    cache.with_name("other.db").replace(cache)
    show("1", "--offline")
    kept = Cache.open(cache)
    assert kept.pages.get(1, 0, __version__, time.time()) is None
    kept.close()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["1", "2"],
        ["1", "--json"],
        ["--help"],
        ["-"],
        ["x"],
        ["１"],
        ["1" * 5000],
        ["--offline"],
        ["404"],
    ],
)
def test_whatever_is_unusual_is_left_to_the_slow_path(cache: Path, words: list[str]) -> None:
    put(cache)
    assert not quick.show(words)


def test_no_cache_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert not quick.show(["1"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"no database at all" * 1000, b"", bytes(8192)])
def test_a_damaged_cache_is_left_to_the_slow_path(cache: Path, content: bytes) -> None:
    put(cache)
    cache.write_bytes(content)
    assert not quick.show(["1"])
    assert cache.read_bytes() == content


def test_a_newer_cache_is_left_to_the_slow_path(cache: Path) -> None:
    put(cache)
    content = bytearray(cache.read_bytes())
    content[60:64] = (9999).to_bytes(4)  # user_version, SQLite file format 1.3.8
    cache.write_bytes(content)
    assert not quick.show(["1"])


def test_next_to_nothing_is_loaded(cache: Path) -> None:
    put(cache)
    code = "import sys; sys.argv[1:] = ['show', '1']; import tui.__main__ as m; m.main(); print(*sys.modules)"
    *page, loaded = program("-S", "-E", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}").stdout.splitlines()
    assert b"\n".join(page).decode() == "Müller's page"
    modules = set(loaded.decode().split())
    assert {name for name in modules if name.partition(".")[0] == "tui"} <= ALLOWED
    assert not modules & {"argparse", "asyncio", "dataclasses", "httpx", "json", "lxml", "platformdirs", "textual"}


def test_the_frame_needs_even_less() -> None:
    code = "import sys; before = set(sys.modules); import tui.quick; print(*set(sys.modules) - before)"
    assert set(program("-c", code).stdout.decode().split()) <= {"__future__", "tui", "tui.quick"}


class TestTheFirstFrame:
    @pytest.mark.parametrize("words", [[], ["stromal"], ["--demo"], ["--offline", "x"]])
    def test_without_a_terminal_there_is_none(
        self, words: list[str], capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        quick.first_frame(words).leave()
        assert capfdbinary.readouterr().out == b""

    @posix
    @pytest.mark.parametrize(
        ("columns", "lines", "names"),
        [
            (160, 45, ("Search", "Record", "MeSH and grants")),
            (120, 6, ("Search", "Record", "MeSH and grants")),
            (80, 24, ("Search", "Record")),
            (28, 10, ("Search", "Record")),
            (25, 10, ("Search", "Record")),
            (12, 6, ("", "Reco")),
            (8, 6, ("", "")),
        ],
    )
    def test_it_fills_the_screen(self, tmp_path: Path, columns: int, lines: int, names: tuple[str, ...]) -> None:
        code = "from tui import quick; quick.first_frame([]).leave()"
        status, seen = on_terminal(["-c", code], tmp_path, columns, lines)
        assert status == 0
        drawn, taken_back, rest = seen.partition("\x1b[?1049l\x1b[?25h")
        assert (bool(taken_back), rest) == (True, "")
        start, body = drawn.split("\x1b[H")
        assert start == "\x1b[?1049h\x1b[?25l\x1b[2J"
        cells = re.sub("\x1b\\[([0-9]+)C", lambda found: " " * int(found[1]), body).replace("\r", "").split("\n")
        assert {len(line) for line in cells} == {columns}
        assert len(cells) == lines - 3
        assert all(f"╭─ {name}" in cells[0] for name in names if name)
        assert cells[0].count("╭") == cells[-1].count("╯") == len(names)

    @posix
    @pytest.mark.parametrize(("columns", "lines"), [(7, 24), (80, 5), (1, 1)])
    def test_there_is_none_where_it_has_no_room(self, tmp_path: Path, columns: int, lines: int) -> None:
        code = "from tui import quick; quick.first_frame([]).leave()"
        assert on_terminal(["-c", code], tmp_path, columns, lines) == (
            0,
            "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h",
        )

    @posix
    def test_it_is_taken_back_before_an_error_is_said(self, tmp_path: Path) -> None:
        """The settings are off: the frame was drawn, and the message stands on the reader's own screen."""
        (tmp_path / "pubmed-tui").mkdir()
        (tmp_path / "pubmed-tui" / "config.toml").write_text("nonsense = 1")
        status, seen = on_terminal(["-m", "tui"], tmp_path, 80, 24)
        drawn, taken_back, said = seen.partition("\x1b[?1049l\x1b[?25h")
        assert status == 2
        assert drawn.startswith("\x1b[?1049h")
        assert taken_back
        assert "there is no setting 'nonsense'" in said


def on_terminal(words: list[str], folder: Path, columns: int, lines: int) -> tuple[int, str]:
    """Run Python on a terminal of this size, data and settings in `folder`: its status, and all that it wrote there."""
    import fcntl
    import pty
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    started = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "TERM": "xterm"},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    seen = b""
    with contextlib.suppress(OSError):  # the other side is closed: Linux's way to say so
        while piece := os.read(leader, 10_000):
            seen += piece
    os.close(leader)
    return started.wait(), seen.decode()
