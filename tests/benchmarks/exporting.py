"""How fast records are exported, and in how much memory: python tests/benchmarks/exporting.py

The whole program over caches, in which the demo records stand again and again under new PMIDs. In the smallest one
SQLite's page cache (16 MiB) does not fill; from the next on, memory must not grow. RIS is also written from records
that are in memory already, as rispy writes its own, in one run.
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
    words.add_argument("--sizes", type=int, nargs=3, default=(1_000, 20_000, 100_000), help="records in the caches")
    words.add_argument("--rounds", type=int, default=3)
    asked = words.parse_args()
    few, _, many = sizes = asked.sizes
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        homes = {count: _home(folder / str(count), count) for count in sizes}
        records = folder / "records.xml"
        records.write_bytes(b"".join(_set(few)))
        pairs = in_turn({"RIS in memory": partial(_in_memory, records)}, asked.rounds)["RIS in memory"]
        runs = {
            (format.name, count): partial(_export, home, format.name, count)
            for format in export.FORMATS
            for count, home in homes.items()
        }
        results = {run: each[0] for run, each in in_turn(runs, 1).items()}
    ours, rispys = (median(times) for times in zip(*pairs, strict=True))
    formats = {format.name: [results[format.name, count] for count in sizes] for format in export.FORMATS}
    report(
        f"Exporting {many:,} records, {_size() / 1000:.1f} kB of XML each",
        [
            Ratio("a record in memory to RIS, against rispy (cpu)", ours, rispys, "µs", 0.25, at_least=True),
            *(
                Ratio(f"peak memory, to {name}, against {sizes[1]:,}", ran[2].memory, ran[1].memory, "MiB", 1.2)
                for name, ran in formats.items()
            ),
        ],
        [
            f"By the whole program, from the cache ({few:,} in {formats['ris'][0].memory:.0f} MiB):",
            *(
                f"- {name}: {1e6 / ran[2].wall:,.0f} records a second, {ran[2].cpu:.0f} µs of CPU time each"
                for name, ran in formats.items()
            ),
            f"To RIS, that is {rispys / formats['ris'][2].cpu:.2f} of rispy's rate on records in memory.",
        ],
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
