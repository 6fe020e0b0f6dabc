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
from terminal import Failed, Terminal

APP = Path(__file__).with_name("list_app.py")
STEPS = 100
"""Cursor keys of one measurement."""
HELD = 30
"""Keys a second while one is held."""
DOWN = "\x1b[B"
NAMES = {"a": "1,000", "b": "1,000,000", "o": "OptionList, 10,000"}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=15)
    words.add_argument("--seconds", type=float, default=10, help="how long a key is held")
    asked = words.parse_args()
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    with Terminal([sys.executable, APP], environment) as terminal:
        terminal.rest(2)
        numbers = count(1)
        mounts = {key: partial(mounting, terminal, key, numbers) for key in NAMES}
        for mount in mounts.values():
            mount()
        times = {key: 1000 * median(values) for key, values in in_turn(mounts, asked.rounds).items()}
        steps = in_turn({key: partial(stepped, terminal, key, numbers) for key in NAMES}, max(3, asked.rounds // 3))
        cpu = {key: 1000 * median(values) for key, values in steps.items()}
        single = {key: held(terminal, key, numbers, 1) for key in NAMES}
        late = {key: held(terminal, key, numbers, int(HELD * asked.seconds)) for key in NAMES}
    report(
        "List of results, 160 by 45",
        [
            Ratio("mount 1,000,000 rows, against 1,000 (cpu)", times["b"], times["a"], "ms", 1.2),
            Ratio("mount 1,000,000 rows, against an OptionList of 10,000 (cpu)", times["b"], times["o"], "ms", 0.4),
            Ratio("a cursor key in 1,000,000 rows, against 1,000 (cpu)", cpu["b"], cpu["a"], "ms", 1.3),
            Ratio("a cursor key, against an OptionList of 10,000 (cpu)", cpu["b"], cpu["o"], "ms", 0.4),
            Ratio(
                f"last answer to a key held at {HELD}/s, against the time between two",
                1000 * late["b"],
                1000 / HELD,
                "ms",
                1,
            ),
        ],
        [
            f"Held {asked.seconds:g} s at {HELD} keys a second, the last key was answered "
            + ", ".join(f"{1000 * late[key]:.0f} ms ({NAMES[key]})" for key in NAMES)
            + " after it was pressed; a single key "
            + ", ".join(f"{1000 * single[key]:.0f} ms" for key in NAMES)
            + "."
        ],
    )


def mounted(terminal: Terminal, key: str, numbers: Iterator[int]) -> int:
    """Mount a new list, and let the screen come to rest; its number."""
    number = next(numbers)
    terminal.type(key)
    terminal.until(lambda text: f"{number}:0;" in text)
    terminal.rest(0.3)
    return number


def mounting(terminal: Terminal, key: str, numbers: Iterator[int]) -> float:
    """CPU seconds that it takes to mount a list, until the screen has come to rest."""
    before = terminal.now().cpu
    mounted(terminal, key, numbers)
    return terminal.now().cpu - before


def stepped(terminal: Terminal, key: str, numbers: Iterator[int]) -> float:
    """Press a cursor key, and again when it is answered; CPU seconds a key."""
    mounted(terminal, key, numbers)
    before = terminal.now().cpu
    for _ in range(STEPS):
        terminal.type(DOWN)
        terminal.until(bool)
    terminal.rest(0.1)
    return (terminal.now().cpu - before) / STEPS


def held(terminal: Terminal, key: str, numbers: Iterator[int], presses: int) -> float:
    """Hold a cursor key; seconds from its last press until the screen has come to rest."""
    number = mounted(terminal, key, numbers)
    start = time.perf_counter()
    for press in range(presses):
        terminal.rest(start + press / HELD - time.perf_counter())
        last = terminal.type(DOWN)
    terminal.rest(1.5)
    if key != "o" and f"▌ {number}:{presses};" not in terminal.text:
        raise Failed("The cursor is not where the keys lead.")
    return terminal.last_printed.wall - last.wall


if __name__ == "__main__":
    main()
