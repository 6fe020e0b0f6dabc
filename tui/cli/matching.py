"""Many records, fetched: those of a list, or all that answer a query, in parts where PubMed does not page to them."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Sequence

from tui.cli.bar import Bar
from tui.cli.opening import EmptyQuery
from tui.cli.outcome import tell
from tui.library import Library
from tui.library.splitting import Part, Plan
from tui.model.problem import Problem
from tui.model.results import ResultPage
from tui.present import ages, status

_STEP = 400
"""Records fetched between two drawings of the bar: as many as two requests hold."""


class NotAgreed(Problem):
    """The user did not say that so many requests may be made."""

    exit_status = 2


async def matching(records: Library, query: str, *, yes: bool) -> Sequence[int]:
    """The PMIDs, newest entry first, their records kept. With `yes`, nobody is asked whether it may take long.

    What is left out is said. Stopped in between, what was fetched is kept. Raises Problem.
    """
    if not (query.strip() or records.offline):
        raise EmptyQuery
    bar = Bar()
    try:
        plan = await records.plan(query, lambda parts: bar.draw(0, 1, f"planning, {parts} parts so far"))
        bar.clear()
        if plan.translation.not_found:
            tell(status.understood(ResultPage(query, translation=plan.translation)))
        for line in _told(plan):
            tell(line)
        if plan.split and not (yes or await _agreed()):
            raise Problem("Nothing was fetched.")
        pmids: tuple[int, ...] = ()
        async for part in records.listed(plan):
            pmids += part
            bar.draw(len(pmids), plan.total, f"{len(pmids):,} of {plan.total:,} listed")
    finally:
        bar.clear()
    if records.offline:
        return pmids
    pmids = tuple(dict.fromkeys(pmids)) if plan.split else pmids
    await fetched(records, pmids)
    return await _had(records, pmids)


async def fetched(records: Library, pmids: Sequence[int]) -> None:
    """Have these records kept, none older than a week, as far as PubMed has them. Raises Problem."""
    bar = Bar()
    try:
        for at in range(0, len(pmids), _STEP):
            bar.draw(at, len(pmids), f"{at:,} of {len(pmids):,} records fetched")
            await records.fetch(pmids[at : at + _STEP])
    finally:
        bar.clear()


async def _had(records: Library, pmids: tuple[int, ...]) -> tuple[int, ...]:
    """Without those that PubMed lists and does not give: withdrawn a moment ago, or merged."""
    absent = await records.absent(pmids)
    if not absent:
        return pmids
    names = ", ".join(map(str, absent[:5])) + (" ..." if len(absent) > 5 else "")
    tell(f"PubMed lists {len(absent):,} of these without giving them: PMID {names}. They are left out.")
    gone = set(absent)
    return tuple(pmid for pmid in pmids if pmid not in gone)


def _told(plan: Plan) -> list[str]:
    """What the user should know before it begins."""
    if not plan.split:
        return []
    lines = [
        f"{plan.total:,} records match, more than the {plan.ceiling:,} that PubMed gives for one search. They can be "
        f"had by the date of entry, in {len(plan.parts):,} parts: at most {plan.requests:,} requests, at least "
        f"{ages.duration(plan.seconds)} at {plan.per_second} a second. What is kept already is not fetched again.",
        "NCBI asks that large jobs run at weekends, or from 9 pm to 5 am US Eastern time.",
    ]
    return lines + [f"{_where(part)}; PubMed gives {plan.ceiling:,} of them." for part in plan.beyond]


def _where(part: Part) -> str:
    if part.days is None:
        return f"{part.total:,} have no date of entry"
    return f"{part.total:,} were entered on {part.days.first:%Y-%m-%d} alone"


async def _agreed() -> bool:
    """What the user says at the terminal. Raises NotAgreed where there is none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NotAgreed("Nothing was fetched.", "Say --yes to have it done without being asked.")
    sys.stderr.write("Go on? [y/N] ")
    sys.stderr.flush()
    with contextlib.suppress(NotImplementedError):  # on Windows, where Ctrl+C acts after the answer
        await _typed(sys.stdin.fileno())
    return sys.stdin.readline().strip().lower() in ("y", "yes")


async def _typed(terminal: int) -> None:
    """Wait here, and not in `readline`, which does not hear of a Ctrl+C that came a moment before."""
    loop, typed = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(terminal, typed.set)
    try:
        await typed.wait()
    finally:
        loop.remove_reader(terminal)
