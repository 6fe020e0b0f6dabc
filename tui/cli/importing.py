"""Take PubMed XML files (.xml, .xml.gz: efetch answers, baseline and update files) into the cache. A stopped import
goes on where it stopped when the same files are named again."""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections.abc import Callable
from pathlib import Path

from tui import paths
from tui.cli.bar import Bar
from tui.cli.outcome import INTERRUPTED, tell
from tui.library.bulk import Import, Progress, Report
from tui.library.packed import Unreadable, listed
from tui.model.clean import one_line
from tui.model.problem import Problem
from tui.present import ages


def add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="PubMed XML, packed with gzip or not; or a folder of such files, taken in the order of their names",
    )
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=os.cpu_count() or 1,
        metavar="N",
        help="read so many files at a time (default: as many as there are processors)",
    )


def run(words: argparse.Namespace) -> int:
    # Records are trees without cycles, made and dropped by the thousand: looking for cycles among them costs a tenth.
    gc.set_threshold(100_000, 20, 20)
    bar = Bar()
    statuses = [0]

    def ended(file: Path, outcome: Report | Problem) -> None:
        bar.clear()
        name = one_line(str(file))
        if isinstance(outcome, Problem):
            statuses.append(outcome.exit_status)
            tell(f"{name}: {outcome}")
        else:
            tell(f"{name}: {_told(outcome)}")

    with Import(Path(paths.cache_file())) as importing:
        if importing.notice:
            tell(importing.notice)
        try:
            importing.take_all(_files(words.files, ended), ended, _drawing(bar), jobs=words.jobs)
        except KeyboardInterrupt:
            bar.clear()
            tell("Stopped. The same command goes on from here.")
            return INTERRUPTED
        if importing.index_in_pieces:
            try:
                importing.join_index(lambda part: bar.draw(int(part * 100), 100, "joining the index"))
            except KeyboardInterrupt:
                bar.clear()
                tell("Stopped. All is imported; searches will take a little longer.")
                return INTERRUPTED
    bar.clear()
    return max(statuses)


def _jobs(word: str) -> int:
    number = int(word) if word.isdecimal() else 0
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError(f"{word!r} is not a number from 1 to 64.")
    return number


def _files(names: list[Path], ended: Callable[[Path, Problem], None]) -> list[Path]:
    files: dict[Path, None] = {}
    for name in names:
        try:
            files |= dict.fromkeys(listed(name))
        except Unreadable as problem:
            ended(name, problem)
    return list(files)


def _drawing(bar: Bar) -> Callable[[Progress], None]:
    """Draws how far it is, how fast, and how long it will take at that rate."""
    begun: list[tuple[float, Progress]] = []

    def draw(progress: Progress) -> None:
        now = time.monotonic()
        begun.append((now, progress))
        del begun[1:]
        (start, first) = begun[0]
        note = f"{progress.records:,} records"
        if progress.read > first.read:
            records = (progress.records - first.records) / (now - start)
            seconds = (progress.size - progress.read) * (now - start) / (progress.read - first.read)
            note += f", {records:,.0f} a second, {ages.duration(seconds)} left"
        bar.draw(progress.read, progress.size, note)

    return draw


def _told(report: Report) -> str:
    if report.already:
        return f"imported before, {_counted(report.records)}; nothing to do."
    parts = [_counted(report.records), f"{report.stored:,} new or newer"]
    if report.deleted:
        parts.append(f"{report.deleted:,} deleted")
    if report.resumed:
        parts.append("taken up where it had stopped")
    return ", ".join(parts) + "."


def _counted(records: int) -> str:
    return f"{records:,} {'record' if records == 1 else 'records'}"
