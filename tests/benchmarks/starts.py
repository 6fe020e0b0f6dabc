"""How soon something is on the screen, and how soon a key is answered: python tests/benchmarks/starts.py

Against newsboat and a bare Python for the first paint; for the first answer against bibtui and a Textual app that has
as many panes and does nothing. A key is typed as soon as the program runs; when it shows on the screen, it is answered.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from ratios import Ratio, in_turn, median, report
from synthetic import file_name, write_file
from terminal import Moment, Terminal

PAINTED = 300
"""Characters after which something is on the screen."""
RARE = "~"
"""A letter that none of the programs prints by itself."""
TYPED = "~stroma~"
FEEDS, ITEMS = 40, 25
RECORDS = 200
FIVE_PANES = '''
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static


class FivePanes(App[None]):
    CSS = """
    #panes { height: 1fr; }
    #search { width: 30%; }
    #record { width: 1fr; }
    #sidebar { width: 24%; }
    #search, #record, #sidebar { height: 100%; border: round $panel; }
    #results { height: 1fr; }
    #status { height: 2; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            with Vertical(id="search"):
                yield Input(compact=True)
                yield Static(id="results")
            yield Static(id="record")
            yield Static(id="sidebar")
        yield Static(id="status")


FivePanes().run()
'''


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=15)
    words.add_argument("--program", default=_beside("pubmed-tui"), help="the installed pubmed-tui")
    words.add_argument("--newsboat", default=shutil.which("newsboat"))
    words.add_argument("--bibtui", default=_beside("bibtui"))
    asked = words.parse_args()
    if asked.program is None:
        words.error("pubmed-tui is not installed beside this Python; tests/benchmarks/README.md tells how")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
        lines = _first_paint(asked, home, environment) + _first_answer(asked, home, environment)
        lost = _typed_early(asked.program, environment, asked.rounds)
    report("Starts, median of runs in turn through a pseudo-terminal", lines, [lost])


def _first_paint(asked: argparse.Namespace, home: Path, environment: Mapping[str, str]) -> list[Ratio]:
    programs: dict[str, Sequence[str]] = {
        "ours": [asked.program],
        "python": [sys.executable, "-c", f"print('x' * {PAINTED})"],
    }
    if asked.newsboat:
        programs["newsboat, one feed"] = _newsboat(asked.newsboat, home / "empty", feeds=1, items=0)
        programs["newsboat, full"] = _newsboat(asked.newsboat, home / "full", feeds=FEEDS, items=ITEMS)
    times = _medians({name: partial(painted, each, environment) for name, each in programs.items()}, asked.rounds)
    goals = {"newsboat, full": 0.8, "newsboat, one feed": 1.2, "python": 1.3}
    against = {"newsboat, full": f"newsboat with {FEEDS * ITEMS:,} items", "python": "python -c print"}
    return [
        Ratio(f"first paint, against {against.get(name, name)}", times["ours"].wall, times[name].wall, "ms", goal)
        for name, goal in goals.items()
        if name in times
    ]


def _first_answer(asked: argparse.Namespace, home: Path, environment: Mapping[str, str]) -> list[Ratio]:
    five_panes = home / "five_panes.py"
    five_panes.write_text(FIVE_PANES, encoding="utf-8")
    programs: dict[str, Sequence[str]] = {"ours": [asked.program], "five panes": [sys.executable, str(five_panes)]}
    library = _library(asked.program, home, environment)
    if asked.bibtui:
        programs["bibtui"] = [asked.bibtui, str(library)]
    times = _medians({name: partial(answered, each, environment) for name, each in programs.items()}, asked.rounds)
    against = {"five panes": "a bare five-pane Textual app", "bibtui": f"bibtui with the same {RECORDS} records"}
    return [
        Ratio(
            f"first answer to a key, against {against[name]} ({clock})",
            getattr(times["ours"], clock),
            getattr(times[name], clock),
            "ms",
            goal,
        )
        for name, goal in (("five panes", 1.2), ("bibtui", 0.5))
        if name in times
        for clock in ("cpu", "wall")
    ]


def _library(program: str, home: Path, environment: Mapping[str, str]) -> Path:
    """The same made-up records in the program's cache and in a file for bibtui; that file."""
    write_file(home, 1, RECORDS, lean=True)
    records, library = home / file_name(1), home / "library.bib"
    for words in (["import", str(records)], ["convert", str(records), "--format", "bibtex", "--output", str(library)]):
        subprocess.run([program, *words], check=True, capture_output=True, env=environment)
    return library


def painted(words: Sequence[str], environment: Mapping[str, str]) -> Moment:
    """When the first characters are on the screen."""
    with Terminal(words, environment) as terminal:
        return terminal.until(lambda text: len(text) >= PAINTED)


def answered(words: Sequence[str], environment: Mapping[str, str]) -> Moment:
    """When a letter that was typed at once is on the screen."""
    with Terminal(words, environment) as terminal:
        terminal.type(RARE)
        return terminal.until(lambda text: RARE in text)


def _typed_early(program: str, environment: Mapping[str, str], rounds: int) -> str:
    """Whether all keys arrive that are typed before there is anything to see, and while it loads."""
    arrived = 0
    for _ in range(rounds):
        with Terminal([program], environment) as terminal:
            terminal.type(TYPED[:3])
            terminal.until(lambda text: len(text) >= PAINTED)
            terminal.type(TYPED[3:])
            terminal.until(lambda text: TYPED in text)
            arrived += 1
    return f"Keys typed before the first frame: all of them arrived, in their order, in {arrived} of {rounds} starts."


def _medians(runs: Mapping[str, Callable[[], Moment]], rounds: int) -> dict[str, Moment]:
    """In milliseconds. A first run of each warms the file cache and is not counted."""
    for run in runs.values():
        run()
    return {
        name: Moment(*(1000 * median(values) for values in zip(*moments, strict=True)))
        for name, moments in in_turn(runs, rounds).items()
    }


def _newsboat(program: str, folder: Path, *, feeds: int, items: int) -> list[str]:
    """Its command line, for local feeds that it has read already."""
    folder.mkdir()
    urls = []
    for feed in range(feeds):
        entries = "".join(
            f"<item><title>Item {item} of feed {feed}, a title of ordinary length</title><guid>{feed}-{item}</guid>"
            f"<description>{'Some words of an item. ' * 40}</description></item>"
            for item in range(items)
        )
        path = folder / f"{feed}.xml"
        channel = f"<channel><title>Feed {feed}</title><link>http://localhost/</link>{entries}</channel>"
        path.write_text(f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>', encoding="utf-8")
        urls.append(path.as_uri())
    (folder / "urls").write_text("\n".join(urls) + "\n", encoding="utf-8")
    (folder / "config").touch()
    words = [program, "-C", str(folder / "config"), "-u", str(folder / "urls"), "-c", str(folder / "cache.db")]
    subprocess.run([*words, "-x", "reload"], check=False, capture_output=True, env={"HOME": str(folder)})
    return words


def _beside(name: str) -> str | None:
    """The program installed in this Python's environment, or the one on the path."""
    here = Path(sys.executable).with_name(name)
    return str(here) if here.exists() else shutil.which(name)


if __name__ == "__main__":
    main()
