"""When a request may start: never more in a second than NCBI allows, counted over all programs of the user.

NCBI counts the requests that start, by address: 3 in a second, 10 with an API key (E-utilities, A General
Introduction, NBK25497). So the starts stand in one small file that all processes share, under a lock of the
operating system, which a killed process cannot leave behind. Starts still to come stand there too: whoever has to
wait reserves the moment, and those who come later queue up behind it.

The file is one line of Unix times: when it was written, then each start. Anything else in it counts as nothing;
where it cannot be had at all, the process counts for itself alone.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

WINDOW = 1.1
"""Seconds in which the allowed number may start: NCBI's one, and a margin for what the network adds or takes."""
STARTS, STARTS_WITH_KEY = 3, 10
_HORIZON = 600.0
"""A start further than this from the time of writing was not written by a clock."""
_PUNCTUAL = 0.02
"""Seconds of delay that the margin of `WINDOW` allows for."""
_LONGEST_FILE = 64 * 1024
_LOCK_TRIES, _LOCK_PAUSE = 200, 0.01
"""Two seconds at most: a stopped process, or a file server that is gone, must not stop this one."""


class Pace:
    """Gives out the moments at which requests may start.

    `path` is the file to share, in a folder that exists; `clock` gives Unix time in seconds.
    """

    def __init__(
        self,
        path: Path,
        *,
        with_key: bool,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._path = path
        self._allowed = STARTS_WITH_KEY if with_key else STARTS
        self._clock = clock
        self._sleep = sleep
        self._last_line = b""
        self._one_thread = threading.Lock()

    @property
    def per_second(self) -> int:
        """How many requests may start in a second."""
        return self._allowed

    async def start(self) -> float:
        """Return when a request may start, with the moment that it was given. A cancelled wait gives that back."""
        reservation = asyncio.ensure_future(asyncio.to_thread(self._change, self._reserve))
        try:
            moment, now = await asyncio.shield(reservation)
            if moment > now:
                await self._sleep(moment - now)
        except asyncio.CancelledError:
            reservation.add_done_callback(self._give_back)
            raise
        return moment

    async def sets_out(self, moment: float) -> None:
        """The request that was given `moment` is being sent now.

        It may have waited for its connection to be opened. NCBI counts what arrives: the next ones, whose connection
        is open, would otherwise come within the second in which this one does.
        """
        if self._clock() - moment < _PUNCTUAL:
            return

        def move(starts: list[float], now: float) -> float:
            if moment in starts:
                starts.remove(moment)
            starts.append(now)
            return now

        await asyncio.to_thread(self._change, move)

    def _give_back(self, reservation: asyncio.Future[tuple[float, float]]) -> None:
        if reservation.cancelled():
            return
        moment, _ = reservation.result()

        def forget(starts: list[float], now: float) -> float:
            if moment in starts:
                starts.remove(moment)
            return now

        asyncio.get_running_loop().run_in_executor(None, self._change, forget)

    def _reserve(self, starts: list[float], now: float) -> float:
        """The first moment that leaves no more than the allowed number of starts in any window.

        Where a moment was given back, that can lie before others already given. Their windows stay right: of the
        allowed number of starts up to any of them this is now one, and the one it displaces lies a window before.
        """
        starts.sort()
        moment = max(now, starts[-self._allowed] + WINDOW) if len(starts) >= self._allowed else now
        starts.append(moment)
        return moment

    def _change(self, change: Callable[[list[float], float], float]) -> tuple[float, float]:
        """Apply `change` to the starts of all processes while no other can; its result, and what time it was."""
        with self._one_thread:
            now = self._clock()
            try:
                with _exclusive(self._path) as file:
                    starts = _read(file.read(_LONGEST_FILE), now)
                    result = change(starts, now)
                    self._last_line = _line(starts, now)
                    file.seek(0)
                    file.truncate()
                    file.write(self._last_line)
            except OSError:
                starts = _read(self._last_line, now)
                result = change(starts, now)
                self._last_line = _line(starts, now)
            return result, now


def _read(line: bytes, now: float) -> list[float]:
    """The starts that still matter. Where the clock went back since, they go back with it."""
    try:
        written, *starts = (float(word) for word in line.split())
    except ValueError:
        return []
    if not all(abs(start - written) < _HORIZON for start in starts):
        return []
    gone_back = max(0.0, written - now)
    return [start - gone_back for start in starts if start - gone_back > now - WINDOW]


def _line(starts: list[float], now: float) -> bytes:
    return " ".join(map(repr, [now, *starts])).encode()


@contextmanager
def _exclusive(path: Path) -> Iterator[FileIO]:
    """The file, which no other process has at the same time; OSError where that cannot be had in two seconds."""
    with FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        for tries_left in reversed(range(_LOCK_TRIES)):
            try:
                _lock(file)
                break
            except (BlockingIOError, PermissionError):
                if not tries_left:
                    raise
                time.sleep(_LOCK_PAUSE)
        try:
            yield file
        finally:
            _unlock(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: FileIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: FileIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
