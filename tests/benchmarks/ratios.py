"""What a benchmark says: ratios of medians, of runs taken in turn, beside the goal they are to reach."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import NamedTuple, TypeVar

K = TypeVar("K")
T = TypeVar("T")


class Ratio(NamedTuple):
    """One line of the table."""

    what: str
    ours: float
    theirs: float
    """What ours is divided by."""
    unit: str
    goal: float
    """The most the ratio may be; the least, where `at_least` is set."""
    at_least: bool = False
    """Whether more is better: theirs is divided by ours then."""

    @property
    def ratio(self) -> float:
        over, under = (self.theirs, self.ours) if self.at_least else (self.ours, self.theirs)
        return over / under if under else float("inf")

    @property
    def reached(self) -> bool:
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal


def in_turn(runs: Mapping[K, Callable[[], T]], rounds: int) -> dict[K, list[T]]:
    """What each run gave, `rounds` times; all of them once, then all of them again, so that a busy spell hits all."""
    results: dict[K, list[T]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            if sys.stderr.isatty():
                sys.stderr.write(f"\r\x1b[K{number + 1} of {rounds}: {name}")
            results[name].append(run())
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    return results


def report(title: str, lines: Iterable[Ratio], notes: Iterable[str] = ()) -> None:
    """Print the table in Markdown."""
    python = ".".join(map(str, sys.version_info[:3]))
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    out = [f"{title} (Python {python}, {os.cpu_count()} cores{load})", ""]
    out += ["| what | ours | theirs | ratio | goal | reached |", "|---|---|---|---|---|---|"]
    for line in lines:
        goal = f"{'≥' if line.at_least else '≤'} {line.goal:g}"
        ours, theirs = (f"{value:.3g} {line.unit}".rstrip() for value in (line.ours, line.theirs))
        reached = "yes" if line.reached else "no"
        out.append(f"| {line.what} | {ours} | {theirs} | {line.ratio:.2f} | {goal} | {reached} |")
    sys.stdout.write("\n".join([*out, "", *notes]).rstrip() + "\n")


def percentile(values: Iterable[float], part: float) -> float:
    """The value below which `part` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


__all__ = ["Ratio", "in_turn", "median", "percentile", "report"]
