"""Show records as the detail pane shows them, as plain text, or complete as JSON."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from contextlib import aclosing

from tui import __version__
from tui.cli.opening import library, pmids_of
from tui.cli.outcome import tell
from tui.library import Library
from tui.model.problem import Problem
from tui.model.results import Kept
from tui.present import ages, record
from tui.present.plain import plain
from tui.quick import width

_BETWEEN = "\n" + "-" * 72 + "\n\n"


def add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "pmids", nargs="+", metavar="PMID", help="numbers of records, or - to read them from standard input"
    )
    parser.add_argument("--json", action="store_true", help="an array of complete records, in the order asked")
    parser.add_argument("--offline", action="store_true", help="use what is kept; open no connection")


def run(words: argparse.Namespace) -> int:
    return asyncio.run(_run(pmids_of(words.pmids), as_json=words.json, offline=words.offline))


async def _run(pmids: list[int], *, as_json: bool, offline: bool) -> int:
    status = 0
    shown: list[Kept] = []
    async with library(offline=offline) as records:
        if len(pmids) > 1 and not offline:
            status = await _fetch_together(records, pmids)
        for pmid in pmids:
            first: Kept | None = None
            try:
                async with aclosing(records.record(pmid)) as copies:
                    async for kept in copies:
                        if first is not None:
                            _tell_of(kept, first)
                        elif as_json:
                            shown.append(kept)
                        else:
                            await _print(records, kept, first=not shown)
                            shown = [kept]
                        first = first or kept
            except Problem as problem:
                tell(str(problem))
                status = max(status, problem.exit_status)
        if as_json:
            from tui import export  # noqa: PLC0415 - only for this form

            sys.stdout.writelines(export.by_name("json").write(shown))
    return status


async def _fetch_together(records: Library, pmids: list[int]) -> int:
    """Have several records with few requests. Where that fails, what is kept is shown, and PubMed is left alone."""
    try:
        await records.fetch(pmids)
    except Problem as problem:
        tell(str(problem))
        records.offline = True
        return problem.exit_status
    return 0


def _tell_of(newer: Kept, shown: Kept) -> None:
    """What was kept was shown at once; PubMed's own copy came after it, and is kept now."""
    if newer.xml != shown.xml:
        tell(f"PubMed has a newer version of PMID {newer.record.pmid}; show it again to see it.")


async def _print(records: Library, kept: Kept, *, first: bool) -> None:
    now = time.time()
    columns = width()
    text = plain(record.page(kept, now), columns)
    print(text if first else _BETWEEN + text, end="", flush=True)
    await records.keep_rendered(kept, columns, __version__, ages.changes_at(now), text)
