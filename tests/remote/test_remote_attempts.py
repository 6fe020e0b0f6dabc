"""How often something is tried, what the reader is told in between, and that it can be stopped."""

from __future__ import annotations

import asyncio

import pytest

from tests.remote.asking import Clock
from tui.model.results import Wait
from tui.remote import (
    Attempts,
    BadKey,
    BadQuery,
    Blocked,
    Busy,
    Interrupted,
    NoNetwork,
    NotPubMed,
    Refused,
    RemoteError,
    Temporary,
    TooLarge,
)
from tui.remote.attempts import JITTER


class Trial:
    """Attempts at something that fails in a prescribed way, once each, and then succeeds."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.waits: list[Wait | None] = []
        self.clock = Clock()
        self.tried: list[int] = []

    async def run(self) -> None:
        async for attempt in Attempts("searching", self.waits.append, sleep=self.clock.sleep):
            with attempt:
                self.tried.append(attempt.number)
                if self.failures:
                    raise self.failures.pop(0)


async def test_what_succeeds_is_done_once() -> None:
    trial = Trial()
    await trial.run()
    assert trial.tried == [1]
    assert trial.waits == []


@pytest.mark.parametrize(
    ("error", "pauses"),
    [(Busy, (5, 10, 20)), (Temporary, (5, 10, 20)), (Interrupted, (1, 5, 10)), (NotPubMed, (5,))],
)
async def test_what_passes_is_tried_again_after_growing_pauses(
    error: type[RemoteError], pauses: tuple[float, ...]
) -> None:
    trial = Trial(*(error("It failed.") for _ in range(9)))
    with pytest.raises(error):
        await trial.run()
    assert trial.tried == list(range(1, len(pauses) + 2))
    for slept, pause in zip(trial.clock.slept, pauses, strict=True):
        assert pause <= slept <= pause + JITTER


@pytest.mark.parametrize("error", [NoNetwork, BadKey, BadQuery, Refused, Blocked, TooLarge])
async def test_what_stays_is_not_tried_again(error: type[RemoteError]) -> None:
    trial = Trial(error("It failed."))
    with pytest.raises(error):
        await trial.run()
    assert trial.tried == [1]
    assert trial.waits == []


async def test_an_error_that_is_not_the_networks_leaves_at_once() -> None:
    trial = Trial(LookupError("something else"))
    with pytest.raises(LookupError):
        await trial.run()
    assert trial.tried == [1]


async def test_it_ends_with_the_first_success() -> None:
    trial = Trial(Busy("It is busy."), Interrupted("It broke off."))
    await trial.run()
    assert trial.tried == [1, 2, 3]


async def test_a_mixture_of_failures_ends_after_four_attempts() -> None:
    trial = Trial(*(error("It failed.") for error in (Busy, Interrupted, Temporary, Busy, Busy)))
    with pytest.raises(Busy):
        await trial.run()
    assert trial.tried == [1, 2, 3, 4]


async def test_the_reader_is_told_of_each_pause_and_of_its_end() -> None:
    trial = Trial(Busy("It is busy.", retry_after=7), Interrupted("x", why="The connection was lost", retry_after=0))
    await trial.run()
    assert trial.waits == [
        Wait(7, 2, 4, "PubMed is busy", "searching"),
        None,
        Wait(0, 3, 4, "The connection was lost", "searching"),
        None,
    ]


async def test_retry_after_is_obeyed_to_the_second() -> None:
    trial = Trial(Busy("It is busy.", retry_after=42))
    await trial.run()
    assert trial.clock.slept == [42]


async def test_the_loop_may_be_left_early() -> None:
    async for attempt in Attempts("fetching", lambda _wait: None):
        with attempt:
            break
    else:
        pytest.fail("the loop went on")


async def test_cancelling_in_a_pause_leaves_at_once_and_ends_the_countdown() -> None:
    waits: list[Wait | None] = []
    asleep = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    async def work() -> None:
        async for attempt in Attempts("searching", waits.append, sleep=sleep):
            with attempt:
                raise Busy("It is busy.", retry_after=300)

    task = asyncio.create_task(work())
    await asleep.wait()
    assert waits == [Wait(300, 2, 4, "PubMed is busy", "searching")]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert waits[-1] is None
    assert len(waits) == 2
