"""Processes that read files, one each at a time, while this one keeps what they have read.

Each has a pipe, and at its near end a thread of ours that queues what comes. The queue is short: workers wait for us,
and nothing piles up in memory. However this process ends, their pipes break with it, and they end as well.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import Empty, Queue, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import NamedTuple, Self

from tui.library.batches import Batch, Task, batches
from tui.model.problem import Problem

_QUEUED = 2
"""Batches that wait to be kept, for each worker."""
_SPAWN = multiprocessing.get_context("spawn")


class Lost(Problem):
    """A worker ended in the midst of a file."""


class Result(NamedTuple):
    """What became of a task so far."""

    task: Task
    got: Batch | Problem
    waiting: bool
    """Whether the next one is there already."""


class Workers:
    """Reads files in `count` processes. Use it as a context manager: what still runs at its end is ended.

    Iterate over it, in one thread, for batches as they come; those of one file are in their order, and the last is
    `done` or a Problem. `tasks` are taken in that thread too, a few ahead.
    """

    def __init__(self, tasks: Iterator[Task], count: int) -> None:
        self._tasks = tasks
        self._count = count
        self._todo: SimpleQueue[Task | None] = SimpleQueue()
        self._done: Queue[tuple[Task, bytes | Problem] | None] = Queue(_QUEUED * count)
        self._processes: list[SpawnProcess] = []
        self._threads = [Thread(target=self._serve, daemon=True) for _ in range(count)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()
        while any(thread.is_alive() for thread in self._threads):
            for process in self._processes:
                process.terminate()
            try:
                self._done.get(timeout=0.05)
            except Empty:
                continue
        for process in self._processes:
            process.join()

    def __iter__(self) -> Iterator[Result]:
        working = self._count
        while working:
            while self._todo.qsize() < self._count:
                self._todo.put(next(self._tasks, None))
            result = self._done.get()
            if result is None:
                working -= 1
                continue
            task, got = result
            if isinstance(got, bytes):
                got = pickle.loads(got)  # noqa: S301 - our own process wrote it
            yield Result(task, got, not self._done.empty())

    def _finish(self) -> None:
        while not self._todo.empty():
            self._todo.get()
        for _ in self._threads:
            self._todo.put(None)

    def _serve(self) -> None:
        if hasattr(signal, "pthread_sigmask"):  # a worker inherits it: Ctrl+C is for whoever keeps what it reads
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        pipe: Connection | None = None
        while (task := self._todo.get()) is not None:
            try:
                pipe = pipe or self._start()
                pipe.send(task)
                while data := pipe.recv_bytes():
                    self._done.put((task, data))
            except (EOFError, OSError):
                pipe = None
                self._done.put(
                    (task, Lost("The import ended in the midst of it.", "The same command goes on from there."))
                )
        if pipe is not None:
            pipe.close()
        self._done.put(None)

    def _start(self) -> Connection:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._processes.append(process)
        return ours


def _work(pipe: Connection) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as above, where signals cannot be blocked
    gc.set_threshold(100_000, 20, 20)  # records are trees without cycles, made and dropped by the thousand
    try:
        while True:
            task = pipe.recv()
            try:
                for batch in batches(task):
                    pipe.send_bytes(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
            except Problem as problem:
                pipe.send_bytes(pickle.dumps(problem))
            pipe.send_bytes(b"")
    except (EOFError, OSError):
        pass  # there is nobody any more to read for
