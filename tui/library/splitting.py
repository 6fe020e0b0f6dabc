"""A search that finds more records than PubMed pages to, in parts by the date of entry that it does page to.

ESearch gives the first 9,999 records of a query, whatever is asked (NBK25499). The date of publication would not
part them: a record that has only a year counts for 1 January, and such days hold hundreds of thousands. Every record
is entered on a day of its own (EDAT), so the days of entry are halved until each part is small enough.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tui.model.problem import Problem
from tui.model.results import Translation

if TYPE_CHECKING:
    from tui.remote.replies import SearchReply

Search = Callable[..., Awaitable["SearchReply"]]
"""``search(query, start=0, limit=50)``: `tui.remote.Eutils.search`, or something like it."""

EARLIEST = date(1780, 1, 1)
"""Before the oldest record; records of old journals count as entered when they were published."""
_DAY = timedelta(1)
_FETCHED_TOGETHER = 200


class Days(NamedTuple):
    """From the first to the last day of entry, both included."""

    first: date
    last: date

    @property
    def halves(self) -> tuple[Days, Days]:
        """The older and the newer half, of two days or more."""
        middle = self.first + (self.last - self.first) // 2
        return Days(self.first, middle), Days(middle + _DAY, self.last)

    def __str__(self) -> str:
        """As a term of PubMed's language."""
        return f"{self.first:%Y/%m/%d}:{self.last:%Y/%m/%d}[edat]"


class Span(NamedTuple):
    """So many records were entered on these days."""

    days: Days
    total: int


class Part(NamedTuple):
    """A query that is searched for by itself."""

    query: str
    total: int
    """How many records it finds."""
    days: Days | None = None
    """None for the whole of a search, and for what has no date of entry."""


class Plan(NamedTuple):
    """What has to be asked to have all that a query finds."""

    query: str
    total: int
    """How many records the query finds."""
    parts: tuple[Part, ...]
    """Disjoint, newest first."""
    ceiling: int
    """How many records of a part PubMed gives."""
    translation: Translation = Translation()
    per_second: int = 3
    """How many requests may start in a second."""

    @property
    def split(self) -> bool:
        """Whether PubMed does not give all of it for one search."""
        return self.total > self.ceiling

    @property
    def requests(self) -> int:
        """At the most, where nothing is kept yet: one search a part, and fetches of 200 records."""
        return len(self.parts) + sum(-(-min(part.total, self.ceiling) // _FETCHED_TOGETHER) for part in self.parts)

    @property
    def seconds(self) -> float:
        """What the requests take at the least."""
        return self.requests / self.per_second

    @property
    def beyond(self) -> tuple[Part, ...]:
        """The parts that are too large and cannot be parted: more was entered on one day than PubMed gives."""
        return tuple(part for part in self.parts if part.total > self.ceiling)


async def plan(
    search: Search, query: str, *, ceiling: int, today: date, told: Callable[[int], None] = lambda _parts: None
) -> Plan:
    """Ask how many records there are, and how they are spread; `told` hears how many parts are known by then.

    A search of up to `ceiling` records is one part. Raises Problem.
    """
    reply = await search(query, limit=0)
    total = reply.total
    translation = Translation(reply.translation, reply.not_found, reply.ignored)
    if total <= ceiling:
        return Plan(query, total, (Part(query, total),), ceiling, translation)

    async def count(days: Days) -> int:
        return int((await search(_within(query, days), limit=0)).total)

    whole = Span(Days(EARLIEST, today + _DAY), 0)  # it may be tomorrow already where records are entered
    whole = whole._replace(total=await count(whole.days))
    parts = []
    async for span in spans(count, whole, ceiling):
        parts.append(Part(_within(query, span.days), span.total, span.days))
        told(len(parts))
    if total > whole.total:
        parts.append(Part(f"({query}) NOT {whole.days}", total - whole.total))
    return Plan(query, total, tuple(parts), ceiling, translation)


async def spans(count: Callable[[Days], Awaitable[int]], whole: Span, ceiling: int) -> AsyncGenerator[Span, None]:
    """The days of `whole` in disjoint spans, newest first, each of 1 to `ceiling` records; a single day may hold more.

    Days without records may be left out. Raises Problem where `count` does not count by days.
    """
    waiting = [whole]
    while waiting:
        span = waiting.pop()
        if span.total <= ceiling or span.days.first == span.days.last:
            if span.total:
                yield span
            continue
        older, newer = [Span(days, await count(days)) for days in span.days.halves]
        if min(older.total, newer.total) >= span.total:
            raise Problem("PubMed does not part this query by the date of entry.", "Narrow the query.")
        waiting += (older, newer)


async def listed(search: Search, part: Part, ceiling: int) -> tuple[int, ...]:
    """The PMIDs of a part, as far as PubMed gives them. Raises Problem."""
    pmids: dict[int, None] = {}
    while len(pmids) < min(part.total, ceiling):
        known = len(pmids)
        reply = await search(part.query, start=known, limit=ceiling - known)
        pmids |= dict.fromkeys(reply.pmids)
        if len(pmids) == known:
            break
    return tuple(pmids)


def _within(query: str, days: Days) -> str:
    return f"({query}) AND {days}"
