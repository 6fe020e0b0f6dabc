"""How fast records are exported, and in how much memory: python tests/benchmarks/exporting.py

The whole program over a cache, in which the demo records stand again and again under new PMIDs, once few and once many
of them. RIS is also written from records that are in memory already, as rispy writes its own, in one run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ratios import Ratio, in_turn, median, report

from tui import export

_ARTICLE = re.compile(rb"<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)
_PMID = re.compile(rb"(<PMID[^>]*>)[0-9]+(</PMID>)")
IN_MEMORY = """
import json, sys, time
import rispy
from tui.export import ris
from tui.model.results import Kept, Origin
from tui.parse import Parsed, read

with open(sys.argv[1], "rb") as file:
    kept = [Kept(one.record, one.xml, Origin("", 0)) for one in read(file) if isinstance(one, Parsed)]
known = rispy.config.TAG_KEY_MAPPING.values()
entries = [{name: value for name, value in ris.entry(each.record).items() if name in known} for each in kept]
times = []
for write in (lambda: sum(map(len, ris.write(kept))), lambda: len(rispy.dumps(entries))):
    write()
    begun = time.process_time()
    write()
    times.append(1e6 * (time.process_time() - begun) / len(kept))
print(json.dumps(times))
"""


class Ran(NamedTuple):
    """What an export took."""

    cpu: float
    """Microseconds a record."""
    wall: float
    """The same by the clock."""
    memory: float
    """The most it had at a time, MiB."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--few", type=int, default=1_000)
    words.add_argument("--many", type=int, default=100_000)
    words.add_argument("--rounds", type=int, default=3)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        homes = {count: _home(folder / str(count), count) for count in (asked.few, asked.many)}
        records = folder / "records.xml"
        records.write_bytes(b"".join(_set(asked.few)))
        pairs = in_turn({"both": partial(_in_memory, records)}, asked.rounds)["both"]
        runs = {
            (format.name, count): partial(_export, home, format.name, count)
            for format in export.FORMATS
            for count, home in homes.items()
        }
        results = {run: each[0] for run, each in in_turn(runs, 1).items()}
    ours, rispys = (median(times) for times in zip(*pairs, strict=True))
    report(
        f"Exporting, {asked.many:,} records of which each is {_size() / 1000:.1f} kB of XML",
        [
            Ratio("a record in memory to RIS, against rispy (cpu)", ours, rispys, "µs", 0.25, at_least=True),
            *(
                Ratio(
                    f"peak memory for {asked.many:,} to {format.name}, against {asked.few:,}",
                    results[format.name, asked.many].memory,
                    results[format.name, asked.few].memory,
                    "MiB",
                    1.2,
                )
                for format in export.FORMATS
            ),
        ],
        [_note(format.name, results[format.name, asked.many], rispys) for format in export.FORMATS],
    )


def _note(format: str, ran: Ran, rispys: float) -> str:
    share = f", {rispys / ran.cpu:.2f} of rispy's rate" if format == "ris" else ""
    return (
        f"- {format} from the cache, by the whole program: {1e6 / ran.wall:,.0f} records a second by the clock, "
        f"{ran.cpu:.0f} µs of CPU time a record{share}"
    )


def _demo() -> list[bytes]:
    return _ARTICLE.findall(gzip.decompress((files("tui.demo") / "records.xml.gz").read_bytes()))


def _size() -> float:
    articles = _demo()
    return sum(map(len, articles)) / len(articles)


def _set(count: int) -> Iterator[bytes]:
    """So many records as a set."""
    articles = _demo()
    yield b"<PubmedArticleSet>\n"
    for number in range(count):
        yield _PMID.sub(rb"\g<1>%d\g<2>" % (number + 1), articles[number % len(articles)], count=1) + b"\n"
    yield b"</PubmedArticleSet>\n"


def _home(folder: Path, count: int) -> Path:
    """A home with so many records in its cache."""
    folder.mkdir()
    file = folder / "records.xml"
    with file.open("wb") as stream:
        stream.writelines(_set(count))
    _run([sys.executable, "-m", "tui", "import", str(file)], folder)
    file.unlink()
    return folder


def _in_memory(file: Path) -> tuple[float, float]:
    """Ours and rispy's CPU time, microseconds a record."""
    done = subprocess.run([sys.executable, "-c", IN_MEMORY, str(file)], check=True, stdout=subprocess.PIPE, text=True)
    ours, rispys = json.loads(done.stdout)
    return ours, rispys


def _export(home: Path, format: str, count: int) -> Ran:
    words = [sys.executable, "-m", "tui", "export", "--offline", "--query", "", "--format", format]
    wall, usage = _run(words, home)
    return Ran(1e6 * (usage.ru_utime + usage.ru_stime) / count, 1e6 * wall / count, usage.ru_maxrss / 1024)


def _run(words: list[str], home: Path) -> tuple[float, resource.struct_rusage]:
    """The whole program, its output thrown away; seconds, and what it used. Raises SystemExit where it fails.

    Linux counts for a program's memory what whoever started it had: this one must stay the smaller of the two.
    """
    environment = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PATH": os.environ["PATH"]}
    quiet = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_WRONLY, 0) for each in (1, 2)]
    begun = time.perf_counter()
    pid = os.posix_spawn(words[0], words, environment, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{' '.join(words)} failed.")
    return time.perf_counter() - begun, usage


if __name__ == "__main__":
    main()
