"""Take PubMed XML files (.xml, .xml.gz: efetch answers, baseline and update files) into the cache. A stopped import
goes on where it stopped when the same file is named again."""

from __future__ import annotations

import argparse
import gc
from functools import partial
from pathlib import Path

from tui import paths
from tui.cli.bar import Bar
from tui.cli.outcome import INTERRUPTED, tell
from tui.library.bulk import Import, Progress, Report
from tui.model.clean import one_line
from tui.model.problem import Problem


def add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PubMed XML, packed with gzip or not")


def run(words: argparse.Namespace) -> int:
    # Records are trees without cycles, made and dropped by the thousand: looking for cycles among them costs a tenth.
    gc.set_threshold(100_000, 20, 20)
    status = 0
    with Import(Path(paths.cache_file())) as importing:
        if importing.notice:
            tell(importing.notice)
        for file in words.files:
            name = one_line(str(file))
            bar = Bar()
            try:
                report = importing.take(file, partial(_draw, bar, name))
            except Problem as problem:
                bar.clear()
                tell(f"{name}: {problem}")
                status = max(status, problem.exit_status)
            except KeyboardInterrupt:
                bar.clear()
                tell(f"{name}: stopped. The same command goes on from here.")
                return INTERRUPTED
            else:
                bar.clear()
                tell(f"{name}: {_told(report)}")
    return status


def _draw(bar: Bar, name: str, progress: Progress) -> None:
    bar.draw(progress.read, progress.size, f"{progress.records:,} records  {name[:40]}")


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
