"""What other processes do with a library in these tests: ``python library_child.py NAME PATH [ARGUMENT ...]``.

Each function says on standard output what it saw, one JSON object a line.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from tests.library.opened import Clock, copies, opened, pages, rows_of
from tests.made_up import article, holding
from tests.pubmed_double import PubMedDouble
from tui import export
from tui.cache import history, imports, mesh, packing, records, search, searches, sets
from tui.cache import pages as kept_pages
from tui.library import Library, NotFound
from tui.library.bulk import Import, Progress

LOADED = (imports, kept_pages, packing, records, searches, search, sets, mesh, history)
"""What is else loaded when it is first used, when another user may have no right to."""


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


async def read_on(path: Path, spoil: Callable[[], None]) -> None:
    """Keep a record; then, when nothing can be kept any more, fetch, search, read and export others."""
    double = holding(range(1, 9))
    clock = Clock()
    async with opened(path, double, clock) as library:
        await copies(library.record(1))
    packing.pack(b"")
    spoil()
    async with opened(path, double, clock) as library:
        notices = [await library.take_notice()]
        await library.fetch([2, 3])
        answers = await pages(library.search("stromal"))
        missed = 0
        for _ in range(2):
            try:
                await copies(library.record(404))
            except NotFound:
                missed += 1
        notices += [await library.take_notice(), await library.take_notice()]
        tell(
            notices=notices,
            rows=sorted(rows_of(answers)),
            read=[kept.record.pmid for pmid in range(1, 9) for kept in await copies(library.record(pmid))],
            exported=(await library.exports.text(range(1, 9), export.by_name("xml"))).count("<PubmedArticle>"),
            asked=[params["id"] for params in double.asked("efetch")],
            missed=missed,
            many=await exported_whole(double, library),
        )


async def exported_whole(double: PubMedDouble, library: Library) -> bool:
    """Whether an export of thousands, fetched just now, has each of them, in the order asked."""
    pmids = range(5000, 2800, -1)
    for pmid in pmids:
        double.add(article(pmid))
    text = await library.exports.text(pmids, export.by_name("xml"))
    return [int(pmid) for pmid in re.findall('<PMID Version="1">([0-9]+)</PMID>', text)] == list(pmids)


def full(path: Path) -> None:
    """No file may grow beyond what a process shares with others to open the cache: as on a full disk."""

    def spoil() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (32 * 1024, 32 * 1024))

    asyncio.run(read_on(path, spoil))


def read_only(path: Path, user: str) -> None:
    """The folder can be read only; `user` is somebody without special rights."""

    def spoil() -> None:
        for part in (*path.parent.iterdir(), path.parent):
            part.chmod(0o555 if part.is_dir() else 0o444)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(int(user))
            os.setuid(int(user))

    asyncio.run(read_on(path, spoil))


def take(path: Path, *files: str) -> None:
    """Import files; after each piece tell how many records were read, and wait for a line on standard input."""

    def progress(done: Progress) -> None:
        tell(records=done.records)
        sys.stdin.readline()

    with Import(path) as importing:
        for file in files:
            report = importing.take(Path(file), progress)
            tell(**report._asdict())
    tell(peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def take_all(path: Path, *files: str) -> None:
    """Import files in two processes; after each batch tell how many records were read, and wait for a line."""

    def progress(done: Progress) -> None:
        tell(records=done.records)
        sys.stdin.readline()

    with Import(path) as importing:
        importing.take_all([Path(file) for file in files], lambda file, told: tell(file=file.name), progress, jobs=2)


if __name__ == "__main__":
    {task.__name__: task for task in (full, read_only, take, take_all)}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
