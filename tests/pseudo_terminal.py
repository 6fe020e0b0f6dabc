"""A program in a pseudo-terminal: what its screen shows, what it sent to the terminal, what it left behind.

    with Terminal(["-m", "tui", "--demo"], environment) as terminal:
        terminal.shows("42 kept")
        terminal.type("q")
        assert terminal.end() == 0

Nothing here waits for time: output is read until the screen shows what is waited for, a minute at most.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from signal import Signals
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 60
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")


class Terminal:
    """Python with these words in a terminal of `size` columns and lines; use it as a context manager."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (120, 40)) -> None:
        columns, lines = size
        self.output = b""
        """Everything that the program wrote."""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._open: tuple[int, ...] = (self._ours, self._theirs)
        self._settings = termios.tcgetattr(self._theirs)
        self._program = subprocess.Popen(
            [sys.executable, *words],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env={"TERM": "xterm-256color", "LANG": "C.UTF-8", **environment},
            start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - nothing but a system call, and only in tests
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._program.poll() is None:
            self._program.kill()
            self._program.wait()
        self.hang_up()

    @property
    def screen(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def standing_out(self) -> str:
        """What stands on the screen reversed or underlined, and nothing else."""
        lines = (self._screen.buffer[line] for line in range(self._screen.lines))
        cells = (line[column] for line in lines for column in range(self._screen.columns))
        return "".join(cell.data for cell in cells if cell.reverse or cell.underscore)

    def type(self, text: str) -> None:
        """Type this, all at once; Enter is ``\\r``."""
        os.write(self._ours, text.encode())

    def shows(self, *texts: str) -> None:
        """Read until the screen shows all of these."""
        self.until(lambda: all(text in self.screen for text in texts), f"{texts} is not shown")

    def shows_no_longer(self, text: str) -> None:
        """Read until this is gone from the screen."""
        self.until(lambda: text not in self.screen, f"{text} is still shown")

    def until(self, true: Callable[[], bool], else_say: str = "it did not come") -> None:
        """Read until this is true."""
        deadline = time.monotonic() + PATIENCE
        while not true():
            ended = self._program.poll() is not None
            assert self._read() or not ended, f"The program has ended, and {else_say}:\n{self.screen}"
            assert time.monotonic() < deadline, f"{else_say}:\n{self.screen}"

    def signal(self, number: Signals) -> None:
        self._program.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        for descriptor in self._open:
            os.close(descriptor)
        self._open = ()

    def ended(self, number: Signals) -> int:
        """Wait for the end of a program whose terminal is gone, which it hears again and again; its exit status."""
        deadline = time.monotonic() + PATIENCE
        while self._program.poll() is None:
            assert time.monotonic() < deadline, "the program does not end"
            self._program.send_signal(number)
        return self._program.returncode

    def end(self) -> int:
        """Read until the program has ended; its exit status."""
        self.until(lambda: self._program.poll() is not None, "the program does not end")
        while self._read():
            pass
        return self._program.returncode

    @property
    def modes(self) -> set[int]:
        """The private modes that are on now (DECSET, XTerm Control Sequences), of those that were ever changed."""
        on: set[int] = set()
        for numbers, what in _MODE.findall(self.output):
            for number in map(int, numbers.split(b";")):
                (on.add if what == b"h" else on.discard)(number)
        return on

    def was_left_as_found(self) -> None:
        """Fails unless the alternate screen, the mouse and all else are off, and cursor and typed keys are shown."""
        assert self.modes - {7} == {25}, f"modes {self.modes} are on"  # 7: lines wrap, 25: the cursor is shown
        pushed, popped = re.findall(rb"\x1b\[>\d+u", self.output), re.findall(rb"\x1b\[<u", self.output)
        assert len(pushed) == len(popped), "the keyboard speaks its own protocol still"
        assert termios.tcgetattr(self._theirs) == self._settings

    def _read(self) -> bool:
        """Take what has been written, waiting for it a moment; whether there was anything."""
        if not select.select([self._ours], [], [], 0.2)[0]:
            return False
        data = os.read(self._ours, 1 << 16)
        self.output += data
        self._stream.feed(data)
        return bool(data)


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
