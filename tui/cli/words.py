"""The words of the command line, and what an error looks like: one or two sentences, a status, never a traceback."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from tui import __version__
from tui.cli.outcome import INTERRUPTED, tell
from tui.model.clean import clean
from tui.model.problem import Problem
from tui.quick import COMMANDS, Frame

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


def run(words: Sequence[str], frame: Frame) -> int:
    """Do what the words say; the exit status. `frame` is what is on the screen already."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        try:
            return _run(words, frame)
        finally:
            print(end="", flush=True)  # here, where an output that takes no more is dealt with
    except Problem as problem:
        frame.leave()
        tell(str(problem))
        _point_at(problem)
        return problem.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.ENOSPC):
            raise
        # Python would complain at exit, when it flushes what is left.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:  # whoever read our output has enough
            return 0
        tell("The output could not be written: the disk is full. Free some space, then try again.")
        return 1


def _point_at(problem: Problem) -> None:
    """Show where in a query a mistake is."""
    from tui.cli import caret  # noqa: PLC0415 - rarely needed
    from tui.query import QueryError  # noqa: PLC0415 - as above

    if isinstance(problem, QueryError) and problem.query:
        for line in caret.lines(problem):
            tell(line)


def _run(words: Sequence[str], frame: Frame) -> int:
    if words and words[0] in COMMANDS:
        command = import_module(f"tui.cli.{'importing' if words[0] == 'import' else words[0]}")
        parser = _Parser(prog=f"pubmed-tui {words[0]}", description=command.__doc__, allow_abbrev=False)
        command.add_words(parser)
        # PMIDs may stand on both sides of an option; after --, of which the other way knows nothing, they may not.
        parse = parser.parse_args if "--" in words else parser.parse_intermixed_args
        return int(command.run(parse(words[1:])))
    from tui.cli import browse  # noqa: PLC0415 - only this command needs the rest

    return browse.run(_browser_words(words), frame)


def _browser_words(words: Sequence[str]) -> argparse.Namespace:
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
