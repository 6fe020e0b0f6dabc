"""A mistake of the program's own ends it with a status that says so, a clean terminal, and no secret anywhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from tests.pseudo_terminal import Terminal
from tui.cache import Cache

ROOT = Path(__file__).parents[2]
KEY = "0123456789abcdef0123456789abcdef0123"
BROKEN = """
import sys
from tui.library import Library
from tui.ui.screens.browse import BrowseScreen
from tui.ui.widgets.result_list import ResultList

def broken(*_, **__):
    secret = {key!r}
    raise RuntimeError("a mistake about " + secret)

async def broken_later(*_, **__):
    broken()
    yield

{place} = {how}
from tui.__main__ import main
sys.argv = ["pubmed-tui", "--demo"]
sys.exit(main())
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folders = {f"XDG_{name.upper()}_HOME": str(tmp_path / name) for name in ("data", "config", "state")}
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), **folders}


@pytest.fixture
def configured(tmp_path: Path) -> None:
    """The API key stands in config.toml."""
    file = tmp_path / "config" / "pubmed-tui" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'api_key = "{KEY}"\n', encoding="utf-8")
    file.chmod(0o600)


@pytest.mark.parametrize(
    ("place", "how", "keys"),
    [
        ("ResultList.render_line", "broken", ""),
        ("BrowseScreen.compose", "broken", ""),
        ("BrowseScreen.on_result_list_highlighted", "broken", ""),
        ("BrowseScreen.action_relations", "broken", "r"),
        ("Library.record", "broken_later", ""),
    ],
    ids=["drawing", "building", "a message", "a key", "a worker"],
)
@pytest.mark.usefixtures("configured")
def test_a_mistake_ends_the_program_and_shows_no_secret(
    environment: dict[str, str], tmp_path: Path, place: str, how: str, keys: str
) -> None:
    with Terminal(["-c", BROKEN.format(key=KEY, place=place, how=how)], environment) as terminal:
        if keys:
            terminal.shows("42 kept", "from the demo library")
            terminal.type(keys)
        assert terminal.end() == 1
        terminal.was_left_as_found()
        terminal.shows("The program has ended because of a mistake in it.", "Nothing that was kept is lost.")
        for forbidden in (KEY.encode(), b"Traceback", b"a mistake about"):
            assert forbidden not in terminal.output
    (file,) = (tmp_path / "state" / "pubmed-tui").rglob("crash-*.log")
    text = file.read_text(encoding="utf-8")
    assert "RuntimeError: a mistake about (API key)" in text
    assert "broken" in text
    assert KEY not in text
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_cache_of_a_newer_version_is_said_and_not_touched(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "data" / "pubmed-tui" / "pubmed.db"
    file.parent.mkdir(parents=True)
    Cache.open(file).close()
    data = bytearray(file.read_bytes())
    data[60:64] = (9999).to_bytes(4, "big")  # user_version: SQLite's file format, 1.3
    file.write_bytes(data)
    with Terminal(["-m", "tui", "--offline"], environment) as terminal:
        terminal.shows("newer", "Upgrade", "touched.")
        terminal.type("q")
        assert terminal.end() == 0
        terminal.was_left_as_found()
        assert b"Traceback" not in terminal.output
    assert file.read_bytes() == data
