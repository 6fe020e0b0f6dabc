"""How long `pubmed-tui show` of a kept record takes: python tests/benchmarks/showing.py

Against a bare start of the same Python. The record is one of the demo library, shown before, so that its page is kept.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

from ratios import Ratio, in_turn, median, report
from terminal import Moment

PMID = "17914389"
GOAL = 3


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=31)
    words.add_argument("--program", default=str(Path(sys.executable).with_name("pubmed-tui")))
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home, as_file(files("tui.demo") / "records.xml.gz") as records:
        environment = {"HOME": home, "PATH": os.environ["PATH"]}
        show = [asked.program, "show", PMID]
        _took([asked.program, "import", str(records)], environment)
        first = _took(show, environment)
        runs = {
            "python": [sys.executable, "-c", "pass"],
            "show": show,
            "show --offline": [*show, "--offline"],
        }
        times = in_turn({name: partial(_took, each, environment) for name, each in runs.items()}, asked.rounds)
    ms = {name: Moment(*(1000 * median(clock) for clock in zip(*each, strict=True))) for name, each in times.items()}
    report(
        "Showing a kept record, against python -c pass",
        [
            Ratio(f"pubmed-tui {name} ({clock})", getattr(ms[name], clock), getattr(ms["python"], clock), "ms", GOAL)
            for name in ("show", "show --offline")
            for clock in ("cpu", "wall")
        ],
        [f"The first time, when the page is made: {1000 * first.cpu:.0f} ms of CPU time."],
    )


def _took(words: list[str], environment: Mapping[str, str]) -> Moment:
    """From the start of a program to its end, its output thrown away. Raises SystemExit where it fails."""
    quiet = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_WRONLY, 0) for each in (1, 2)]
    begun = time.perf_counter()
    pid = os.posix_spawn(words[0], words, environment, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - begun
    if status:
        raise SystemExit(f"{' '.join(words)} failed.")
    return Moment(wall, usage.ru_utime + usage.ru_stime)


if __name__ == "__main__":
    main()
