"""Take PubMed XML files (.xml, .xml.gz: efetch answers, baseline and update files) into the cache. A stopped import
goes on where it stopped when the same file is named again."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from pathlib import Path

from tui import paths
from tui.cli.words import INTERRUPTED, tell
from tui.library.bulk import Import, Progress, Report
from tui.model.clean import one_line
from tui.model.problem import Problem

_BAR = 24
_EVERY = 0.1
"""Seconds between two drawings of the bar."""


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
            bar = _Bar(name)
            try:
                report = importing.take(file, bar.draw)
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


def _told(report: Report) -> str:
    if report.already:
        return f"imported before, {report.records:,} records; nothing to do."
    parts = [f"{report.records:,} records", f"{report.stored:,} new or newer"]
    if report.deleted:
        parts.append(f"{report.deleted:,} deleted")
    if report.resumed:
        parts.append("taken up where it had stopped")
    return ", ".join(parts) + "."


class _Bar:
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def draw(self, progress: Progress) -> None:
        now = time.monotonic()
        if not self._shown or now - self._last < _EVERY:
            return
        self._last = now
        share = progress.read / progress.size if progress.size else 1.0
        bar = "█" * int(share * _BAR)
        sys.stderr.write(f"\r{bar:░<{_BAR}} {share:4.0%}  {progress.records:,} records  {self._name[:40]}\x1b[K")
        sys.stderr.flush()

    def clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
