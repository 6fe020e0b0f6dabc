"""Text to the clipboard, by the way that works where the program runs, and a truthful word on which it was.

A desktop's own tool is asked first. Over SSH the text goes to the terminal as OSC 52 (XTerm Control Sequences,
"Manipulate Selection Data"), through tmux by tmux's own command, through GNU screen wrapped in its DCS. A tmux that
does not know the command (before 3.2) is given the sequence as it stands, which it may take itself, and wrapped in its
own DCS, which it passes on. Whether a terminal took it, nobody is told; so that is not claimed.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

from textual.app import App

from tui.model.clean import clean

TERMINAL_LIMIT = 74_994
"""Bytes of text that OSC 52 carries in the terminals with the smallest limit (100,000 bytes of base64)."""
_PATIENCE = 3.0
_SCREEN_PIECE = 700
"""Bytes of one DCS string that GNU screen passes on (its own limit is 768)."""

_TOOLS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("", "pbcopy", ("pbcopy",)),
    ("WAYLAND_DISPLAY", "wl-copy", ("wl-copy",)),
    ("DISPLAY", "xclip", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", "xsel", ("xsel", "--clipboard", "--input")),
    ("", "clip.exe", ("clip.exe",)),
)
"""(variable that must be set, program, its call)."""


async def copied(app: App[Any], text: str) -> str:
    """Copy `text` from inside the program; one sentence that says what was done."""

    def write(sequence: str) -> None:
        app.call_from_thread(_write_raw, app, sequence)

    return await asyncio.to_thread(copy, text, write)


def _write_raw(app: App[Any], sequence: str) -> None:
    # Textual's own copy_to_clipboard cannot wrap OSC 52 for GNU screen.
    if app._driver is not None:
        app._driver.write(sequence)


def copy(text: str, write: Callable[[str], None], environment: Mapping[str, str] = os.environ) -> str:
    """Copy `text`; one sentence that says what was done. `write` sends raw characters to the terminal.

    May wait for another program for some seconds: call it off the event loop.
    """
    text = clean(text).rstrip("\n")
    remote = "SSH_CONNECTION" in environment or "SSH_TTY" in environment
    if not remote:
        for variable, program, call in _TOOLS:
            if (not variable or environment.get(variable)) and shutil.which(program) and _run(call, text):
                return f"Copied with {program}."
    if len(text.encode()) > TERMINAL_LIMIT:
        return f"Too long for a terminal's clipboard; it is in the file {_file(text)} instead."
    if environment.get("TMUX") and shutil.which("tmux") and _run(("tmux", "load-buffer", "-w", "-"), text):
        return "Copied into tmux's buffer, and offered to the terminal's clipboard."
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    if environment.get("STY"):
        pieces = [sequence[at : at + _SCREEN_PIECE] for at in range(0, len(sequence), _SCREEN_PIECE)]
        sequence = "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    elif environment.get("TMUX"):
        sequence += f"\x1bPtmux;\x1b{sequence}\x1b\\"
    write(sequence)
    return "Sent to the terminal's clipboard (OSC 52); some terminals do not take it."


def _run(call: tuple[str, ...], text: str) -> bool:
    # Written with UTF-16 for Windows' clip.exe, which takes nothing else as Unicode.
    data = text.encode("utf-16") if call[0] == "clip.exe" else text.encode()
    try:
        done = subprocess.run(  # noqa: S603 - a fixed call without a shell
            call, input=data, timeout=_PATIENCE, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _file(text: str) -> str:
    descriptor, name = tempfile.mkstemp(prefix="pubmed-tui-copy-", suffix=".txt")
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return name
