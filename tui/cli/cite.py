"""Write records as formatted references, one a line, in the style of PubMed or of a style guide, or in one of your
own: a file in the Citation Style Language (.csl)."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from tui.cli.opening import library, pmids_of
from tui.cli.outcome import tell
from tui.export.citation import STYLES, style_named
from tui.model.problem import Problem
from tui.model.record import Record


class BadStyleFile(Problem):
    """The file that should hold a style cannot be used so."""

    exit_status = 2


def add_words(parser: argparse.ArgumentParser) -> None:
    names = ", ".join(style.name for style in STYLES)
    parser.add_argument(
        "pmids", nargs="+", metavar="PMID", help="numbers of records, or - to read them from standard input"
    )
    parser.add_argument("--style", default="nlm", metavar="S", help=f"one of {names} (nlm), or a .csl file")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--html", action="store_true", help="with italics and links, each reference a paragraph")
    form.add_argument("--markdown", action="store_true", help="the same, an empty line between references")
    parser.add_argument("--offline", action="store_true", help="use what is kept; open no connection")


def run(words: argparse.Namespace) -> int:
    file = Path(words.style) if words.style.lower().endswith(".csl") else None
    if file is None:
        style_named(words.style)
    elif words.html or words.markdown:
        raise BadStyleFile("References by a .csl file are plain text.", "Leave out --html and --markdown.")
    elif not file.is_file():
        raise BadStyleFile(f"There is no style file {file}.")
    return asyncio.run(_run(words, pmids_of(words.pmids), file))


async def _run(words: argparse.Namespace, pmids: list[int], file: Path | None) -> int:
    """What is there is cited; what cannot be had is said."""
    status = 0
    async with library(offline=words.offline) as records:
        try:
            found = [kept.record async for kept in records.records(pmids)]
        except Problem as problem:
            tell(str(problem))
            status = problem.exit_status
            found = [kept.record for kept in await records.kept(pmids)]
    if file is None:
        for record in found:
            print(_form(record, words), end="\n\n" if words.markdown else "\n")
    elif found:
        from tui.export.style_file import formatted  # noqa: PLC0415 - needs a package that not everybody has

        print("\n".join(formatted(found, file)))
    return status


def _form(record: Record, words: argparse.Namespace) -> str:
    reference = style_named(words.style).cite(record)
    if words.html:
        return f"<p>{reference.html()}</p>"
    return reference.markdown() if words.markdown else reference.plain()
