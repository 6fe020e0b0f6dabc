"""Write records in a format that a reference manager reads, to standard output or to a file."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from tui import export
from tui.cli.opening import library, pmids_of
from tui.cli.search import found
from tui.cli.words import tell
from tui.library import REACHABLE
from tui.model.problem import Problem


class NothingMatched(Problem):
    """There is nothing to export."""


def add_words(parser: argparse.ArgumentParser) -> None:
    names = ", ".join(format.name for format in export.FORMATS)
    parser.add_argument(
        "pmids", nargs="*", metavar="PMID", help="numbers of records, or - to read them from standard input"
    )
    parser.add_argument("--query", metavar="Q", help="export what answers this query")
    parser.add_argument("--format", default="ris", metavar="F", help=f"one of {names} (ris)")
    parser.add_argument("--output", metavar="FILE", help="a file instead of standard output")
    parser.add_argument("--force", action="store_true", help="replace the file where it exists")
    parser.add_argument("--offline", action="store_true", help="use what is kept; open no connection")


def run(words: argparse.Namespace) -> int:
    format = export.by_name(words.format)
    pmids = pmids_of(words.pmids)
    if not words.pmids and words.query is None:
        tell("Nothing to export: name PMIDs, or a query with --query. See pubmed-tui export --help.")
        return 2
    return asyncio.run(_run(words, format, pmids))


async def _run(words: argparse.Namespace, format: export.Format, pmids: list[int]) -> int:
    async with library(offline=words.offline) as records:
        if words.query is not None:
            page = await found(records, words.query, "", REACHABLE)
            if page.reachable < page.total:
                tell(f"{page.total:,} records match; PubMed serves only the first {page.reachable:,}.")
            pmids = list(dict.fromkeys((*pmids, *page.pmids)))
        if not pmids:
            raise NothingMatched("There is no record to export.", "No file was written.")
        if words.output is None:
            async for piece in records.exporting(pmids, format):
                sys.stdout.write(piece)
        else:
            count = await records.export(pmids, format, Path(words.output), replace=words.force)
            tell(f"{count} {'record' if count == 1 else 'records'} written to {words.output}.")
    return 0
