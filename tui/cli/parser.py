"""The words that take a parser: options, and what --help says."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from tui import __version__
from tui.cli.outcome import tell
from tui.model.clean import clean

_SUMMARIES = {
    "search": "search PubMed, one line a record",
    "show": "show records as the detail pane does",
    "cite": "records as formatted references",
    "export": "write records for a reference manager, a spreadsheet, a script",
    "convert": "turn nbib or PubMed XML files into any export format",
    "import": "take PubMed XML files into the cache",
    "mesh": "load NLM's MeSH vocabulary, show a heading of it",
    "cache": "what is cached: info, list, check, path",
}


class _Parser(argparse.ArgumentParser):
    """Errors in the program's own manner: what is off, then where to look."""

    def error(self, message: str) -> NoReturn:
        tell(f"{clean(message)}. See {self.prog} --help.")
        self.exit(2)


def run_command(words: Sequence[str]) -> int:
    """Do what a command's words say; the exit status."""
    command = import_module(f"tui.cli.{'importing' if words[0] == 'import' else words[0]}")
    parser = _Parser(prog=f"pubmed-tui {words[0]}", description=command.__doc__, allow_abbrev=False)
    command.add_words(parser)
    # PMIDs may stand on both sides of an option; after --, of which the other way knows nothing, they may not.
    parse = parser.parse_args if "--" in words else parser.parse_intermixed_args
    return int(command.run(parse(words[1:])))


def browser_words(words: Sequence[str]) -> argparse.Namespace:
    """The words that start the browser."""
    commands = "\n".join(f"  {name:<8} {summary}" for name, summary in _SUMMARIES.items())
    parser = _Parser(
        prog="pubmed-tui",
        description="Search PubMed in a terminal, read the record beside its MeSH terms and grants, export it, and "
        "read it again offline. Without a command: the browser.",
        epilog=f"commands (each with --help):\n{commands}\n\n"
        "NCBI_EMAIL and NCBI_API_KEY are sent to NCBI where they are set.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("query", nargs="*", metavar="QUERY", help="what to search for at once")
    parser.add_argument(
        "--demo", action="store_true", help="a small library inside the program; no network, nothing kept"
    )
    parser.add_argument("--offline", action="store_true", help="use what is kept; open no connection")
    parser.add_argument("--version", action="version", version=f"pubmed-tui {__version__}")
    return parser.parse_args(words)
