"""A program in a pseudo-terminal of 160 by 45 cells: what it prints, and when.

The terminal itself never echoes, so that a typed letter on the screen was put there by the program.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

COLUMNS, LINES = 160, 45
# ECMA-48: control sequences, control strings, other escape sequences, control characters.
_UNPRINTED = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-OQ-WYZ\\`-~]"
    rb"|[\x00-\x1a\x1c-\x1f\x7f]"
)
_BEGUN = re.compile(rb"\x1b[^\x1b]{0,200}\Z")
"""After all the above is gone: a sequence whose end has not arrived."""


class Moment(NamedTuple):
    """How long after its start a program did something, in seconds."""

    wall: float
    cpu: float
    """CPU time that all its threads had used by then."""


class Failed(Exception):
    """The program ended, or did not do in time what was waited for."""


class Terminal:
    """Starts the program; use it as a context manager. At the end the program is asked to stop."""

    def __init__(self, words: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        self.text = ""
        """What it printed, without what moves the cursor or changes colours."""
        self.last_printed = Moment(0, 0)
        self._waiting = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._master, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        quiet = termios.tcgetattr(terminal)
        quiet[3] &= ~termios.ECHO
        termios.tcsetattr(terminal, termios.TCSANOW, quiet)
        self._begun = time.perf_counter()
        self._program = subprocess.Popen(
            words,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"},
            start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - no threads here, and no other way to a terminal of its own
        )
        os.close(terminal)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._program.terminate()
        until = time.perf_counter() + 5
        with suppress(Failed):
            while self._program.poll() is None and time.perf_counter() < until:
                self._read(0.02)
        self._program.kill()
        self._program.wait()
        os.close(self._master)

    def now(self) -> Moment:
        return Moment(time.perf_counter() - self._begun, cpu_of(self._program.pid))

    def type(self, keys: str) -> Moment:
        """Type these keys; when that was. What was printed before is forgotten."""
        self.text = ""
        moment = self.now()  # not after it: whoever waited for the key may have the processor first
        os.write(self._master, keys.encode())
        return moment

    def calm(self, seconds: float = 0.3) -> None:
        """Go on reading until nothing was printed for so long."""
        printed = None
        while printed != self.last_printed:
            printed = self.last_printed
            self.rest(seconds)

    def rest(self, seconds: float) -> None:
        """Type nothing for so long, and go on reading."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)

    def until(self, seen: Callable[[str], bool], patience: float = 30) -> Moment:
        """Read until `seen` is true of all that was printed so far; when that was. Raises Failed."""
        moment = self.now()
        until = moment.wall + patience
        while not seen(self.text):
            if moment.wall > until:
                raise Failed(f"Nothing for {patience} s. It printed: {self.text[-400:]!r}")
            self._read(0.5)
            moment = self.now()
        return moment

    def _read(self, patience: float) -> None:
        ready, _, _ = select.select([self._master], [], [], patience)
        if not ready:
            return
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # EIO: nobody has the terminal open any longer
            raise Failed(f"The program has ended. It printed: {self.text[-400:]!r}") from None
        self.last_printed = self.now()
        data = _UNPRINTED.sub(b"", self._waiting + data)
        begun = _BEGUN.search(data)
        cut = begun.start() if begun else len(data)
        self._waiting = data[cut:]
        self.text += self._decoder.decode(data[:cut])


def cpu_of(pid: int) -> float:
    """CPU seconds that another process has used, by its own clock: clock_getcpuclockid(3), as Linux builds its ids."""
    return time.clock_gettime((~pid << 3) | 2)


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
