"""Write records in a format that a reference manager reads, to standard output or to a file."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui import export
from tui.cli.bar import Bar
from tui.cli.matching import fetched, matching
from tui.cli.opening import library, pmids_of, query_of
from tui.cli.outcome import INTERRUPTED, tell
from tui.files import check_place
from tui.library import Library
from tui.model.problem import Problem

if TYPE_CHECKING:
    from tui.cli.updating import File


class NothingMatched(Problem):
    """There is nothing to export."""


def add_words(parser: argparse.ArgumentParser) -> None:
    names = ", ".join(format.name for format in export.FORMATS)
    parser.add_argument(
        "pmids", nargs="*", metavar="PMID", help="numbers of records, or - to read them from standard input"
    )
    parser.add_argument("--query", metavar="Q", help="export all that answers this query")
    parser.add_argument("--format", metavar="F", help=f"one of {names} (ris)")
    parser.add_argument("--output", metavar="FILE", help="a file instead of standard output")
    parser.add_argument("--force", action="store_true", help="replace the file where it exists")
    parser.add_argument(
        "--update",
        metavar="FILE",
        help="bring a .ris, .bib or .json file up to date: records replaced by PMID, new ones added at the end, your "
        "own entries and fields left alone; without PMIDs and query, the records that are in it",
    )
    parser.add_argument("--yes", action="store_true", help="fetch more than 9,999 records without being asked")
    parser.add_argument("--offline", action="store_true", help="use what is kept; open no connection")


def run(words: argparse.Namespace) -> int:
    format = export.by_name(words.format or "ris")
    pmids = pmids_of(words.pmids)
    if not words.pmids and words.query is None and words.update is None:
        tell("Nothing to export: name PMIDs, or a query with --query. See pubmed-tui export --help.")
        return 2
    if words.update is not None and (words.output is not None or words.force):
        tell("With --update, the file that is named there is written. Leave out --output and --force.")
        return 2
    if words.output is not None:
        check_place(Path(words.output), replace=words.force)
    file = None
    if words.update is not None:
        from tui.cli.updating import opened  # noqa: PLC0415 - rispy, and only here

        file = opened(words.update, format.name if words.format else "")
    gc.set_threshold(100_000, 20, 20)  # as in `importing`
    try:
        return asyncio.run(_run(words, format, file, pmids))
    except KeyboardInterrupt:
        if words.query is not None and not words.offline:
            tell("Stopped. What was fetched is kept; the same command goes on from here.")
        return INTERRUPTED


async def _run(words: argparse.Namespace, format: export.Format, file: File | None, named: list[int]) -> int:
    async with library(offline=words.offline) as records:
        pmids: Sequence[int] = named
        if not records.offline:
            await fetched(records, named if file is not None else await records.absent(named))
        if words.query is not None:
            found = await matching(records, query_of([words.query]), yes=words.yes)
            pmids = list(dict.fromkeys((*named, *found))) if named else found
        elif file is not None and not words.pmids:
            from tui.cli.updating import in_file  # noqa: PLC0415 - as above

            pmids = await in_file(records, file)
        if not pmids:
            raise NothingMatched("There is no record to export.", "No file was written.")
        if file is not None:
            from tui.cli.updating import update  # noqa: PLC0415 - as above

            await update(records, file, pmids)
        else:
            await _write(records, pmids, format, words)
    return 0


async def _write(records: Library, pmids: Sequence[int], format: export.Format, words: argparse.Namespace) -> None:
    bar = Bar()

    def told(done: int) -> None:
        bar.draw(done, len(pmids), f"{done:,} of {len(pmids):,} records written")

    try:
        if words.output is None:
            async for piece in records.exports.pieces(pmids, format, told):
                sys.stdout.write(piece)
        else:
            await records.exports.to_file(pmids, format, Path(words.output), replace=words.force, told=told)
    finally:
        bar.clear()
    if words.output is not None:
        tell(f"{len(pmids)} {'record' if len(pmids) == 1 else 'records'} written to {words.output}.")
