"""Files of PubMed XML into the cache: any size, constant memory, stopped and resumed at any moment.

How far a file was read is kept in the same transaction as each batch of its records, so that what is there and where
to go on can never disagree. Several files are read by as many processes; this one keeps what they have read, and
leaves others time to write between two batches. A second connection to the cache: reading goes on meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tui.cache import Cache
from tui.cache.imports import Bookmark
from tui.library.batches import Batch, Task, batches
from tui.library.packed import Unreadable, edition, identity
from tui.library.workers import Result, Workers
from tui.model.clean import one_line
from tui.model.problem import Problem
from tui.model.results import Origin
from tui.parse import NotPubMedXml

_PAUSE = 0.01
"""Seconds between two batches that are both there: twice as long as others who want to write wait between two tries."""
_LITTLE = 4_000_000
"""Bytes of packed XML that are read before a process has started."""
_MANY = 20_000
"""Records of which the index has few pieces."""
_LATER = 1e-6
"""Seconds by which a file's records are newer than those of the file before it, which may be read at the same time."""


class Progress(NamedTuple):
    """How far an import is."""

    read: int
    """Bytes of the files."""
    size: int
    records: int
    deleted: int


class Report(NamedTuple):
    """What became of a file."""

    records: int
    """Records read, in this and in earlier goes."""
    stored: int
    """New to the cache, or newer than what was there."""
    deleted: int
    """Removed, because PubMed withdrew them."""
    resumed: bool
    """Whether an earlier import of it was taken up again."""
    already: bool
    """Whether there was nothing to do: it had been imported before."""


def _nobody(_progress: Progress) -> None:
    pass


class _Intake:
    """A file that is being imported, with what became of it so far."""

    def __init__(self, cache: Cache, file: Path, origin: Origin) -> None:
        """Raises Unreadable."""
        self._cache = cache
        self.size, digest = identity(file)
        self._known = (str(file.absolute()), self.size, digest)
        self._edition = edition(file.name)
        mark = cache.imports.bookmark(*self._known)
        self.report = Report(mark.records, 0, 0, mark.offset > 0 and not mark.done, mark.done)
        version = cache.mesh.version()
        self.task = Task(file, origin, mark.offset, (cache.path, version) if version else None)
        self.read = 0

    def keep(self, batch: Batch, seen: bool) -> None:
        """Raises CacheError; then nothing of it is kept."""
        source = self.task.origin.source
        records = self.report.records + batch.records
        with self._cache.transaction():
            stored = self._cache.records.put_blocks(batch.blocks, seen=seen, edition=self._edition).stored
            gone = self._withdrawn(batch.gone)
            deleted = self._cache.records.withdraw(gone, source, self._edition, batch.revised)
            self._cache.imports.set_bookmark(*self._known, Bookmark(batch.end, batch.done, records))
        self.read = batch.read
        self.report = self.report._replace(
            records=records, stored=self.report.stored + stored, deleted=self.report.deleted + deleted
        )

    def _withdrawn(self, pmids: Sequence[int]) -> list[int]:
        """Those that no later file of NLM's has brought back already."""
        origins = self._cache.records.origins(pmids)
        return [pmid for pmid in pmids if not self._edition or edition(origins.get(pmid, "")) <= self._edition]


class Import:
    """Imports files. Use it as a context manager, in one thread."""

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._stored = 0

    def __enter__(self) -> Self:
        self._cache = Cache.open(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cache.close()

    @property
    def notice(self) -> str:
        return self._cache.notice

    def mark_seen(self, pmids: Sequence[int], when: float) -> None:
        """Have these listed first where all that is kept is listed."""
        self._cache.records.mark_seen(pmids, when)

    def take(
        self, file: Path, progress: Callable[[Progress], None] = _nobody, *, source: str = "", seen: bool = False
    ) -> Report:
        """Import one file; `source` is where its records are said to be from, the file's name if empty.

        Raises Unreadable, NotPubMedXml and CacheError; the batches before the fault are kept.
        """
        intake = self._begin(file, self._now(), source)
        if not intake.report.already:
            for batch in batches(intake.task):
                intake.keep(batch, seen)
                progress(_progress([intake], intake.size))
        return intake.report

    def take_all(
        self,
        files: Sequence[Path],
        ended: Callable[[Path, Report | Problem], None],
        progress: Callable[[Progress], None] = _nobody,
        *,
        jobs: int,
    ) -> None:
        """Import files, each named once, `jobs` at a time; `ended` hears of each what became of it. Raises CacheError.

        For one job, and for little, no process is started.
        """
        started = self._now()
        intakes: dict[Path, _Intake] = {}
        size = sum(file.stat().st_size for file in files if file.is_file())

        def tasks() -> Iterator[Task]:
            for number, file in enumerate(files):
                try:
                    intake = self._begin(file, started + number * _LATER)
                except Unreadable as problem:
                    ended(file, problem)
                    continue
                intakes[file] = intake
                if intake.report.already:
                    intake.read = intake.size
                    ended(file, intake.report)
                else:
                    yield intake.task

        several = jobs > 1 and size > _LITTLE
        with Workers(tasks(), min(jobs, len(files))) if several else nullcontext(_read(tasks())) as results:
            for task, got, waiting in results:
                intake = intakes[task.file]
                if isinstance(got, Problem):
                    intake.read = intake.size
                    ended(task.file, got)
                    continue
                intake.keep(got, seen=False)
                if got.done:
                    self._stored += intake.report.stored
                    intake.read = intake.size
                    ended(task.file, intake.report)
                progress(_progress(intakes.values(), size))
                if waiting:
                    time.sleep(_PAUSE)

    @property
    def index_in_pieces(self) -> bool:
        """Whether so much of what there is was imported here that searches take longer until the index is joined."""
        return self._stored > max(_MANY, self._cache.records.info().records // 10)

    def join_index(self, progress: Callable[[float], None]) -> None:
        """Join the index: some seconds for a million records.

        `progress` hears which part is done, from 0 to 1. It may be stopped in between, without any loss.
        """
        for part in self._cache.pieces.join():
            progress(part)

    def _begin(self, file: Path, when: float, source: str = "") -> _Intake:
        """Raises Unreadable."""
        return _Intake(self._cache, file, Origin(source or one_line(file.name), when))


def _read(tasks: Iterator[Task]) -> Iterator[Result]:
    """Read files in this process, one after the other."""
    for task in tasks:
        try:
            for batch in batches(task):
                yield Result(task, batch, waiting=False)
        except (Unreadable, NotPubMedXml) as problem:
            yield Result(task, problem, waiting=False)


def _progress(intakes: Iterable[_Intake], size: int) -> Progress:
    reports = [intake.report for intake in intakes]
    return Progress(
        sum(intake.read for intake in intakes),
        size,
        sum(report.records for report in reports),
        sum(report.deleted for report in reports),
    )
