"""Never more starts in a second than allowed, whoever counts and whatever the file holds."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from tests.remote.asking import Clock
from tui.remote.pacing import STARTS, STARTS_WITH_KEY, WINDOW, Pace

ROOT = Path(__file__).parents[2]


class Runner:
    """One program's pace, with the moments at which it was allowed to start."""

    def __init__(self, path: Path, clock: Clock, *, with_key: bool = False) -> None:
        self.moments: list[float] = []
        self._clock = clock
        self.pace = Pace(path, with_key=with_key, clock=clock, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.moments.append(self._clock.now + seconds)

    async def start(self) -> float:
        """The moment of one more start."""
        before = len(self.moments)
        await self.pace.start()
        if len(self.moments) == before:
            self.moments.append(self._clock.now)
        return self.moments[-1]


def most_in_a_second(moments: list[float]) -> int:
    return max(sum(start <= moment < start + 1 for moment in moments) for start in moments)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pace"


@pytest.mark.parametrize(("with_key", "allowed"), [(False, STARTS), (True, STARTS_WITH_KEY)])
async def test_the_allowed_number_starts_at_once_and_the_next_waits_a_window(
    path: Path, with_key: bool, allowed: int
) -> None:
    runner = Runner(path, Clock(), with_key=with_key)
    for _ in range(allowed):
        assert await runner.start() == 1000
    assert await runner.start() == pytest.approx(1000 + WINDOW)


async def test_a_long_queue_never_exceeds_the_limit(path: Path) -> None:
    runner = Runner(path, Clock())
    for _ in range(20):
        await runner.start()
    assert most_in_a_second(runner.moments) == STARTS
    assert runner.moments[-1] == pytest.approx(1000 + 6 * WINDOW)


async def test_it_starts_at_once_again_after_idling(path: Path) -> None:
    clock = Clock()
    runner = Runner(path, clock)
    for _ in range(3):
        await runner.start()
    clock.now += WINDOW + 0.001
    assert [await runner.start() for _ in range(3)] == [clock.now] * 3


async def test_who_sets_out_late_is_counted_from_then(path: Path) -> None:
    clock = Clock()
    one, other = Runner(path, clock), Runner(path, clock)
    late = [await one.start() for _ in range(STARTS)]
    clock.now += 0.3
    for moment in late:
        await one.pace.sets_out(moment)
    assert await other.start() == pytest.approx(1000.3 + WINDOW)


async def test_who_sets_out_when_nobody_counts_him_any_more_is_counted_again(path: Path) -> None:
    clock = Clock()
    runner = Runner(path, clock)
    late = [await runner.start() for _ in range(STARTS)]
    clock.now += WINDOW + 2
    for moment in late:
        await runner.pace.sets_out(moment)
    assert await runner.start() == pytest.approx(clock.now + WINDOW)


async def test_two_programs_share_one_count(path: Path) -> None:
    clock = Clock()
    one, other = Runner(path, clock), Runner(path, clock)
    for _ in range(5):
        await one.start()
        await other.start()
        clock.now += 0.01
    assert most_in_a_second(one.moments + other.moments) == STARTS


async def test_who_waits_is_served_before_who_comes_later(path: Path) -> None:
    clock = Clock()
    one, other = Runner(path, clock), Runner(path, clock)
    waiting = [await one.start() for _ in range(6)]
    clock.now += 0.5
    assert await other.start() >= max(waiting)


def test_two_processes_share_one_count(path: Path) -> None:
    """Each has a clock that stands still, so that what they print does not depend on how fast they run."""
    program = (
        "import asyncio, sys, pathlib\n"
        "from tui.remote.pacing import Pace\n"
        "async def sleep(seconds): moments.append(seconds)\n"
        "moments = []\n"
        "async def main():\n"
        "    pace = Pace(pathlib.Path(sys.argv[1]), with_key=False, clock=lambda: 1000.0, sleep=sleep)\n"
        "    for _ in range(200): await pace.start()\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "asyncio.run(main())\n"
        "print(*[0.0] * (200 - len(moments)), *moments)\n"
    )
    command = [sys.executable, "-c", program, str(path)]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    moments = sorted(float(word) for process in processes for word in process.communicate()[0].split())
    assert [process.returncode for process in processes] == [0, 0]
    assert moments == pytest.approx([WINDOW * (number // STARTS) for number in range(400)], abs=1e-6)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff garbage \x80",
        b"nan nan nan nan",
        b"1000.0 inf inf inf",
        b"1e999",
        b"1000.0 99999999999 99999999999 99999999999",
        b"-5 1000 1000 1000",
        b"1000.0 " * 50_000,
        b'{"starts": [1, 2, 3]}',
    ],
)
async def test_whatever_the_file_holds_nobody_waits_for_ever(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    runner = Runner(path, Clock())
    for _ in range(4):
        await runner.start()
    assert runner.moments[-1] <= 1000 + 2 * WINDOW
    assert most_in_a_second(runner.moments) <= STARTS


@pytest.mark.parametrize("hours", [-24.0, -0.0001, 0.0, 24.0])
async def test_a_clock_that_jumps_makes_nobody_wait_longer(path: Path, hours: float) -> None:
    clock = Clock(1e9)
    before = Runner(path, clock)
    for _ in range(6):
        await before.start()
    clock.now += hours * 3600
    assert await Runner(path, clock).start() <= clock.now + 2 * WINDOW + 1e-6


async def test_a_clock_that_goes_back_still_counts_what_was_started(path: Path) -> None:
    clock = Clock(1e9)
    for _ in range(3):
        await Runner(path, clock).start()
    clock.now -= 5
    assert await Runner(path, clock).start() == pytest.approx(clock.now + WINDOW)


async def test_without_a_folder_a_program_counts_for_itself(tmp_path: Path) -> None:
    runner = Runner(tmp_path / "missing" / "pace", Clock())
    for _ in range(7):
        await runner.start()
    assert most_in_a_second(runner.moments) == STARTS
    assert not (tmp_path / "missing").exists()


async def test_a_folder_in_its_place_counts_as_no_file(path: Path) -> None:
    path.mkdir()
    runner = Runner(path, Clock())
    for _ in range(4):
        await runner.start()
    assert most_in_a_second(runner.moments) == STARTS


async def test_what_was_counted_is_kept_when_the_file_goes_away(path: Path) -> None:
    runner = Runner(path, Clock())
    for _ in range(3):
        await runner.start()
    path.unlink()
    path.mkdir()
    assert await runner.start() == pytest.approx(1000 + WINDOW)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
async def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    await Runner(path, Clock()).start()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="there are no POSIX signals")
def test_a_killed_process_leaves_no_lock_behind(path: Path) -> None:
    program = (
        "import fcntl, os, sys\n"
        "fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)\n"
        "fcntl.flock(fd, fcntl.LOCK_EX)\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"locked\n"
        process.kill()
    asyncio.run(Runner(path, Clock()).start())
    assert path.read_bytes().split() == [b"1000.0", b"1000.0"]


class Waiter:
    """A program that waits for its moment until it is cancelled."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._asleep = asyncio.Event()
        pace = Pace(path, with_key=False, clock=clock, sleep=self._sleep)
        self._task = asyncio.create_task(pace.start())
        self.moment = 0.0

    async def _sleep(self, seconds: float) -> None:
        self.moment = self._clock.now + seconds
        self._asleep.set()
        await asyncio.Event().wait()

    async def wait(self) -> None:
        async with asyncio.timeout(60):
            await self._asleep.wait()

    async def leave(self) -> None:
        """Cancel it, and see that its moment is no longer in the file."""
        expected = len(self._path.read_bytes().split()) - 1
        self._task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await self._task
        async with asyncio.timeout(60):
            while len(self._path.read_bytes().split()) != expected:  # noqa: ASYNC110  # a file has no event
                await asyncio.sleep(0)


async def test_a_cancelled_wait_gives_its_moment_to_the_next(path: Path) -> None:
    clock = Clock()
    for _ in range(3):
        await Runner(path, clock).start()
    queue = [Waiter(path, clock) for _ in range(6)]
    for waiter in queue:
        await waiter.wait()
    for waiter in queue:
        await waiter.leave()
    assert await Runner(path, clock).start() == pytest.approx(1000 + WINDOW)


@pytest.mark.parametrize("leaving", range(6))
async def test_moments_given_back_in_the_middle_do_not_break_the_limit(path: Path, leaving: int) -> None:
    clock = Clock()
    runner = Runner(path, clock)
    for _ in range(3):
        await runner.start()
    queue = [Waiter(path, clock) for _ in range(9)]
    for waiter in queue:
        await waiter.wait()
    queue.sort(key=lambda waiter: waiter.moment)
    for waiter in (queue.pop(leaving), queue.pop(leaving), queue.pop(2)):
        await waiter.leave()
    for _ in range(9):
        await runner.start()
    assert most_in_a_second(runner.moments + [waiter.moment for waiter in queue]) == STARTS
    for waiter in queue:
        await waiter.leave()
