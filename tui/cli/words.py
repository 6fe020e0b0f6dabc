"""What the words of the command line start, and what an error looks like: one or two sentences and a status, never a
traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

from tui.cli.outcome import INTERRUPTED, tell
from tui.model.problem import Problem
from tui.quick import COMMANDS, Frame


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
        from tui.cli.parser import run_command  # noqa: PLC0415 - the browser does not wait for argparse

        return run_command(words)
    from tui.cli import browse  # noqa: PLC0415 - only this command needs the rest

    if any(word[:1] == "-" for word in words):
        from tui.cli.parser import browser_words  # noqa: PLC0415 - as above

        return browse.run(browse.Words(**vars(browser_words(words))), frame)
    return browse.run(browse.Words(words), frame)
