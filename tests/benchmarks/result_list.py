"""A list of a million results against one of a thousand: python tests/benchmarks/result_list.py

How long a new list takes from the key that asks for it to its first row on the screen; what a cursor key costs; and
whether the cursor is where it should be when a key was held down.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

from ratios import Ratio, in_turn, median, report
from terminal import Failed, Moment, Terminal

APP = Path(__file__).with_name("list_app.py")
STEPS = 100
"""Cursor keys of one measurement."""
HELD = 30
"""Keys a second while one is held."""
ALONE = 5
"""Keys pressed one by one before that."""
DOWN = "\x1b[B"
NAMES = {"a": "1,000", "b": "1,000,000", "o": "OptionList, 10,000"}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--seconds", type=float, default=5, help="how long a key is held")
    asked = words.parse_args()
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    with Terminal([sys.executable, APP], environment) as terminal:
        terminal.calm(1)
        numbers = count(1)
        mounts = {key: partial(mounting, terminal, key, numbers) for key in NAMES}
        for mount in mounts.values():
            mount()
        times = {key: 1000 * median(values) for key, values in in_turn(mounts, asked.rounds).items()}
        steps = in_turn({key: partial(stepped, terminal, key, numbers) for key in NAMES}, max(3, asked.rounds // 3))
        cpu = {key: 1000 * median(values) for key, values in steps.items()}
        presses = int(HELD * asked.seconds)
        holds = in_turn({key: partial(held, terminal, key, numbers, presses) for key in NAMES}, 3)
        behind = {key: 1000 * median(values) for key, values in holds.items()}
    report(
        "List of results, 160 by 45",
        [
            Ratio("mount 1,000,000 rows, against 1,000 (cpu)", times["b"], times["a"], "ms", 1.2),
            Ratio("mount 1,000,000 rows, against an OptionList of 10,000 (cpu)", times["b"], times["o"], "ms", 1),
            Ratio("a cursor key in 1,000,000 rows, against 1,000 (cpu)", cpu["b"], cpu["a"], "ms", 1.3),
            Ratio("a cursor key, against an OptionList of 10,000 (cpu)", cpu["b"], cpu["o"], "ms", 1),
            Ratio(
                f"behind a key held at {HELD}/s in 1,000,000 rows, against the time between two",
                behind["b"],
                1000 / HELD,
                "ms",
                1,
            ),
        ],
        [
            f"Held {asked.seconds:g} s, the last key was answered so much later than a key by itself: "
            + ", ".join(f"{behind[key]:.0f} ms ({NAMES[key]})" for key in NAMES)
            + ". OptionList is Textual's own."
        ],
    )


def mounted(terminal: Terminal, key: str, numbers: Iterator[int]) -> int:
    """Mount a new list, and let the screen come to rest; its number."""
    number = next(numbers)
    terminal.type(key)
    terminal.until(lambda text: f"{number}:0;" in text)
    terminal.calm()
    return number


def mounting(terminal: Terminal, key: str, numbers: Iterator[int]) -> float:
    """CPU seconds that it takes to mount a list, until the screen has come to rest."""
    terminal.type("x")
    terminal.calm()
    before = terminal.now().cpu
    mounted(terminal, key, numbers)
    return terminal.now().cpu - before


def stepped(terminal: Terminal, key: str, numbers: Iterator[int]) -> float:
    """Press a cursor key, and again when it is answered; CPU seconds a key."""
    terminal.type("x")
    mounted(terminal, key, numbers)
    before = terminal.now().cpu
    for _ in range(STEPS):
        terminal.type(DOWN)
        terminal.until(bool)
    terminal.rest(0.1)
    return (terminal.now().cpu - before) / STEPS


def held(terminal: Terminal, key: str, numbers: Iterator[int], presses: int) -> float:
    """Hold a cursor key; how many seconds later its last press is answered than a key that is pressed by itself."""
    terminal.type("x")
    number = mounted(terminal, key, numbers)
    alone = median(_answered(terminal, terminal.type(DOWN)) for _ in range(ALONE))
    start = time.perf_counter()
    for press in range(presses):
        terminal.rest(start + press / HELD - time.perf_counter())
        last = terminal.type(DOWN)
    late = _answered(terminal, last)
    if key != "o" and f"▌ {number}:{ALONE + presses};" not in terminal.text:
        raise Failed(f"The cursor is not where {presses} keys lead: {terminal.text!r}")
    return max(late - alone, 0)


def _answered(terminal: Terminal, key: Moment) -> float:
    """Seconds from a key until the screen has come to rest."""
    terminal.calm(0.5)
    return terminal.last_printed.wall - key.wall


if __name__ == "__main__":
    main()
