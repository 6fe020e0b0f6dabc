"""A search in parts: disjoint, complete, each small enough, whatever the days look like."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.library.splitting import EARLIEST, Days, Part, Plan, Span, listed, plan, spans
from tui.model.problem import Problem
from tui.remote.replies import SearchReply

TODAY = date(2026, 11, 21)
WHOLE = Days(EARLIEST, TODAY + timedelta(1))


class Entered:
    """How many records were entered on each day, and what was asked about them."""

    def __init__(self, records: dict[date, int]) -> None:
        self.records = records
        self.asked: list[Days] = []

    async def count(self, days: Days) -> int:
        self.asked.append(days)
        return sum(number for day, number in self.records.items() if days.first <= day <= days.last)


DAYS = st.one_of(
    st.dates(EARLIEST, TODAY), st.dates(date(2020, 1, 1), date(2020, 1, 9)), st.sampled_from((EARLIEST, TODAY))
)


@settings(deadline=None)
@given(st.dictionaries(DAYS, st.integers(1, 60), max_size=40), st.integers(1, 50))
async def test_spans_are_disjoint_cover_everything_and_are_small_enough(days: dict[date, int], ceiling: int) -> None:
    entered = Entered(days)
    whole = Span(WHOLE, await entered.count(WHOLE))
    found = [span async for span in spans(entered.count, whole, ceiling)]
    assert all(span.days.first <= span.days.last for span in found)
    assert all(newer.days.first > older.days.last for newer, older in pairwise(found))
    assert {day for day in days if not any(span.days.first <= day <= span.days.last for span in found)} == set()
    assert [span.total for span in found] == [await entered.count(span.days) for span in found]
    assert all(0 < span.total <= ceiling or span.days.first == span.days.last for span in found)
    too_large = {day for day, number in days.items() if number > ceiling}
    assert {span.days.first for span in found if span.total > ceiling} == too_large


async def test_a_search_is_halved_no_finer_than_it_must_be() -> None:
    entered = Entered({TODAY - timedelta(day): 100 for day in range(1000)})
    found = [span async for span in spans(entered.count, Span(WHOLE, 100_000), 9_999)]
    assert 11 <= len(found) <= 40
    assert len(entered.asked) < 4 * len(found)


async def test_a_count_that_knows_no_days_is_not_asked_for_ever() -> None:
    async def count(_days: Days) -> int:
        return 50_000

    with pytest.raises(Problem, match="date of entry"):
        [span async for span in spans(count, Span(WHOLE, 50_000), 9_999)]


def test_days_as_a_term() -> None:
    days = Days(date(2019, 3, 1), date(2019, 3, 2))
    assert str(days) == "2019/03/01:2019/03/02[edat]"
    assert days.halves == (Days(days.first, days.first), Days(days.last, days.last))


class PubMed:
    """Answers to queries of the forms Q, (Q) AND days and (Q) NOT days, as ESearch would page them."""

    def __init__(self, entered: dict[int, date | None], *, per_request: int = 10**6) -> None:
        self.entered = entered
        self.per_request = per_request
        self.asked: list[tuple[str, int, int]] = []

    async def search(self, query: str, *, start: int = 0, limit: int = 50) -> SearchReply:
        self.asked.append((query, start, limit))
        _, _, within = query.partition(") AND ")
        _, _, outside = query.partition(") NOT ")
        pmids = [
            pmid
            for pmid, day in sorted(self.entered.items(), reverse=True)
            if (not within or _in(day, within)) and not (outside and _in(day, outside))
        ]
        page = pmids[start : start + min(limit, self.per_request)]
        return SearchReply(tuple(page), len(pmids), "understood", ("lost",), ("the",))


def _in(day: date | None, term: str) -> bool:
    first, _, last = term.removesuffix("[edat]").partition(":")
    return day is not None and first <= f"{day:%Y/%m/%d}" <= last


async def _all(pubmed: PubMed, planned: Plan) -> list[int]:
    return [pmid for part in planned.parts for pmid in await listed(pubmed.search, part, planned.ceiling)]


async def test_a_small_search_is_one_part_and_two_requests() -> None:
    pubmed = PubMed(dict.fromkeys(range(1, 8), TODAY))
    planned = await plan(pubmed.search, "stroma OR tumour", ceiling=7, today=TODAY)
    assert planned.parts == (Part("stroma OR tumour", 7),)
    assert (planned.split, planned.beyond, planned.requests) == (False, (), 2)
    assert planned.translation == ("understood", ("lost",), ("the",), "")
    assert await _all(pubmed, planned) == [7, 6, 5, 4, 3, 2, 1]
    assert pubmed.asked == [("stroma OR tumour", 0, 0), ("stroma OR tumour", 0, 7)]


async def test_a_large_search_is_parted_and_listed_whole_newest_days_first() -> None:
    pubmed = PubMed({pmid: date(2000, 1, 1) + timedelta(pmid) for pmid in range(1, 101)})
    told: list[int] = []
    planned = await plan(pubmed.search, "a OR b", ceiling=30, today=TODAY, told=told.append)
    assert planned.split
    assert told == list(range(1, len(planned.parts) + 1))
    assert all(part.query == f"(a OR b) AND {part.days}" and part.total <= 30 for part in planned.parts)
    assert planned.requests == 2 * len(planned.parts)
    assert await _all(pubmed, planned) == list(range(100, 0, -1))


async def test_records_without_a_date_of_entry_are_a_part_of_their_own() -> None:
    pubmed = PubMed({pmid: None if pmid % 10 == 0 else date(2000, 1, pmid % 10) for pmid in range(1, 41)})
    planned = await plan(pubmed.search, "a", ceiling=15, today=TODAY)
    assert planned.parts[-1] == Part(f"(a) NOT {WHOLE}", 4)
    assert sorted(await _all(pubmed, planned)) == list(range(1, 41))


async def test_a_day_that_holds_too_much_is_named() -> None:
    day = date(2000, 1, 5)
    pubmed = PubMed({pmid: day if pmid <= 20 else TODAY for pmid in range(1, 26)})
    planned = await plan(pubmed.search, "a", ceiling=10, today=TODAY)
    assert planned.beyond == (Part(f"(a) AND {Days(day, day)}", 20, Days(day, day)),)
    assert len(await _all(pubmed, planned)) == 15


async def test_a_part_is_paged_where_the_server_gives_less_than_asked() -> None:
    pubmed = PubMed(dict.fromkeys(range(1, 8), TODAY), per_request=3)
    planned = await plan(pubmed.search, "a", ceiling=7, today=TODAY)
    assert await _all(pubmed, planned) == [7, 6, 5, 4, 3, 2, 1]
    assert pubmed.asked[1:] == [("a", 0, 7), ("a", 3, 4), ("a", 6, 1)]


async def test_records_that_are_gone_meanwhile_end_the_listing() -> None:
    pubmed = PubMed(dict.fromkeys(range(1, 8), TODAY))
    planned = await plan(pubmed.search, "a", ceiling=7, today=TODAY)
    del pubmed.entered[7]
    assert await _all(pubmed, planned) == [6, 5, 4, 3, 2, 1]
