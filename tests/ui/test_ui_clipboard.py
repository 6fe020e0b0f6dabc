"""Text goes to the clipboard by the way that works where the program runs, and what is said about it is true."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.ui import clipboard

TEXT = "Größe μ → [b]x[/b]\nsecond line"
SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}
Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a program on the path that writes what it is given into the file returned, or fails."""
    programs = tmp_path / "bin"
    programs.mkdir()
    tools = ":".join(str(Path(path).parent) for path in {shutil.which("cat"), shutil.which("sh")} if path)
    monkeypatch.setenv("PATH", str(programs))

    def installed(name: str, *, works: bool = True) -> Path:
        taken = tmp_path / f"{name}.taken"
        program = programs / name
        body = f'PATH={tools}; echo "$@" > "{taken}.words"; cat > "{taken}"' if works else "exit 1"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        return taken

    return installed


def copy(text: str, environment: dict[str, str]) -> tuple[str, str]:
    """What was said, and what was written to the terminal."""
    written: list[str] = []
    return clipboard.copy(text, written.append, environment), "".join(written)


def carried(sequence: str) -> str:
    """The text inside one OSC 52 (XTerm Control Sequences: ``OSC 52 ; c ; base64 BEL``)."""
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found, repr(sequence[:80])
    return base64.b64decode(found[1]).decode()


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("pbcopy", {}),
        ("wl-copy", {"WAYLAND_DISPLAY": "wayland-0"}),
        ("xclip", {"DISPLAY": ":0"}),
        ("xsel", {"DISPLAY": ":0"}),
    ],
)
def test_the_desktops_own_tool_is_asked_first(install: Install, name: str, environment: dict[str, str]) -> None:
    taken = install(name)
    said, written = copy(TEXT, environment)
    assert said == f"Copied with {name}."
    assert taken.read_text(encoding="utf-8") == TEXT
    assert not written


def test_windows_tool_is_given_what_it_understands(install: Install) -> None:
    taken = install("clip.exe")
    assert copy(TEXT, {})[0] == "Copied with clip.exe."
    assert taken.read_bytes().decode("utf-16") == TEXT


@pytest.mark.parametrize("name", ["wl-copy", "xclip", "xsel"])
def test_a_tool_without_its_desktop_is_not_asked(install: Install, name: str) -> None:
    taken = install(name)
    said, written = copy(TEXT, {})
    assert not taken.exists()
    assert carried(written) == TEXT
    assert said == "Sent to the terminal's clipboard (OSC 52); some terminals do not take it."


def test_a_tool_that_fails_is_not_said_to_have_copied(install: Install) -> None:
    install("xclip", works=False)
    said, written = copy(TEXT, {"DISPLAY": ":0"})
    assert "OSC 52" in said
    assert carried(written) == TEXT


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY"])
def test_over_ssh_the_reader_s_own_terminal_is_meant_and_not_the_far_desktop(install: Install, variable: str) -> None:
    taken = install("xclip")
    said, written = copy(TEXT, {variable: "x", "DISPLAY": ":0"})
    assert not taken.exists()
    assert carried(written) == TEXT
    assert "OSC 52" in said


def test_tmux_takes_it_by_its_own_command(install: Install, tmp_path: Path) -> None:
    taken = install("tmux")
    said, written = copy(TEXT, {**SSH, "TMUX": "/tmp/tmux-0/default,1,0"})
    assert said == "Copied into tmux's buffer, and offered to the terminal's clipboard."
    assert taken.read_text(encoding="utf-8") == TEXT
    assert (tmp_path / "tmux.taken.words").read_text() == "load-buffer -w -\n"
    assert not written


def test_where_tmux_fails_the_terminal_is_asked_through_it(install: Install) -> None:
    install("tmux", works=False)
    said, written = copy(TEXT, {**SSH, "TMUX": "/tmp/tmux-0/default,1,0"})
    bare, wrapped = written.removesuffix("\x1b\\").split("\x1bPtmux;")
    assert carried(bare) == carried(wrapped.replace("\x1b\x1b", "\x1b")) == TEXT
    assert "tmux" not in said


def test_gnu_screen_passes_it_on_in_pieces_that_it_allows(install: Install) -> None:
    text = "0123456789" * 500
    written = copy(text, {**SSH, "STY": "1234.pts-0.host"})[1]
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", written, re.DOTALL)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == written
    assert all(len(piece) < 768 for piece in pieces)
    assert carried("".join(pieces)) == text


def test_what_is_too_long_for_a_terminal_is_put_into_a_file(install: Install) -> None:
    text = "ä" * (clipboard.TERMINAL_LIMIT // 2 + 1)
    said, written = copy(text, SSH)
    assert not written
    found = re.fullmatch(r"Too long for a terminal's clipboard; it is in the file (\S+) instead\.", said)
    assert found
    file = Path(found[1])
    try:
        assert file.read_text(encoding="utf-8") == text
        assert file.stat().st_mode & 0o077 == 0
    finally:
        file.unlink()


def test_the_longest_text_of_a_terminal_is_sent(install: Install) -> None:
    text = "a" * clipboard.TERMINAL_LIMIT
    written = copy(text, SSH)[1]
    assert carried(written) == text
    assert len(written) < 100_010


@pytest.mark.parametrize("environment", [SSH, {"DISPLAY": ":0"}], ids=["terminal", "tool"])
def test_nothing_that_acts_on_a_terminal_is_copied(install: Install, environment: dict[str, str]) -> None:
    taken = install("xclip")
    written = copy("a\x1b]52;c;ZXZpbA==\x07b\x9b2Jc\x00d\u202ee\n", environment)[1]
    text = taken.read_text(encoding="utf-8") if taken.exists() else carried(written)
    assert text == "a\ufffd]52;c;ZXZpbA==\ufffdb\ufffd2Jc\ufffdde"
