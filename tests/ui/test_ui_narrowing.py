"""A result is put in another order, and narrowed by what its records have in common."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.desk import Desk
from tests.driver import Reader
from tests.pubmed_double import PubMedDouble
from tui.ui.widgets.year_bars import YearBars

Demo = Callable[..., AbstractAsyncContextManager[Reader]]
SEED = "Mesenchymal stem cells within tumour stroma"


def facets(reader: Reader) -> list[str]:
    return [" ".join(line.split()) for line in reader.page]


async def test_the_order_is_chosen_and_named(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("cancer")
        reader.status.says("By newest entry")
        newest = reader.results.pmids
        await reader.press("sort")
        await reader.choose("first author")
        reader.status.says("By first author")
        assert reader.results.pmids != newest
        assert sorted(reader.results.pmids) == sorted(newest)
        await reader.search("breast")
        reader.status.says("By first author")
        await reader.press("sort")
        await reader.key("m")
        reader.status.says("By best match")
        await reader.press("back", "back", "back")
        reader.status.says("By newest entry")
        assert reader.results.pmids == newest


async def test_everything_kept_has_an_order_too(demo: Demo) -> None:
    async with demo() as reader:
        kept = reader.results.pmids
        await reader.press("sort")
        await reader.choose("journal")
        reader.status.says("By journal", "42 kept")
        assert reader.results.pmids != kept


async def test_online_pubmed_is_asked_for_the_order(desk: Desk, pubmed: PubMedDouble, many: list[int]) -> None:
    async with desk.open("plankton") as reader:
        await reader.press("sort")
        await reader.choose("publication date")
        assert pubmed.asked("esearch")[-1]["sort"] == "pub_date"
        reader.status.says("By publication date")
        await reader.press("last")
        assert pubmed.asked("esearch")[-1]["sort"] == "pub_date"
        await reader.press("sort")
        await reader.key("escape")
        reader.status.says("By publication date")


async def test_years_are_chosen_with_the_keyboard(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("cancer")
        await reader.press("years")
        await reader.key("left", "space", "left", "left")
        chosen = next(line for line in reader.lines(reader.browser.panes.search.content_region) if "–" in line)
        years, records = chosen.strip().split(": ")
        first, last = years.split("–")
        await reader.key("enter")
        assert reader.query_text == f"cancer AND {first}:{last}[dp]"
        assert reader.results.focused
        assert len(reader.results.pmids) >= int(records), "by print or electronic date"


async def test_one_year_is_chosen_with_the_mouse(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("karnoub")
        await reader.click("#years", 1, 0, times=2)
        assert reader.query_text == "karnoub AND 2007[dp]"


async def test_years_are_left_again(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("cancer")
        await reader.press("years")
        assert isinstance(reader.app.focused, YearBars)
        await reader.key("space", "left", "escape")
        assert reader.results.focused
        assert reader.query_text == "cancer"


async def test_online_there_are_no_bars(desk: Desk) -> None:
    async with desk.open("stroma metastasis") as reader:
        assert not reader.browser.panes.search.years.display
        await reader.press("years")
        assert reader.results.focused
        await reader.press("offline")
        assert reader.browser.panes.search.years.display


async def test_a_value_narrows_the_search(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("cancer")
        await reader.press("facets")
        await reader.until(lambda: "Journals" in facets(reader))
        assert "Journals" in facets(reader)
        assert "Major MeSH topics" in facets(reader)
        reader.says(f"{len(reader.results.pmids)} records are counted.")
        await reader.key("enter")
        assert reader.query_text.startswith("cancer AND ")
        assert reader.query_text.endswith("[ta]")
        reader.status.says("found in what is kept")


async def test_a_value_is_taken_away(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("cancer")
        before = set(reader.results.pmids)
        await reader.press("facets", "exclude")
        assert " NOT " in reader.query_text
        assert set(reader.results.pmids) < before


async def test_counts_are_what_the_narrowed_search_finds(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("cancer")
        await reader.press("facets")
        lines = facets(reader)
        count = int(next(line for line in lines if line.endswith(" J Clin Oncol")).split()[0])
        await reader.key("slash")
        await reader.burst("j clin oncol\n")
        await reader.key("enter")
        assert reader.query_text == 'cancer AND "J Clin Oncol"[ta]'
        reader.status.says(f"{count} found in what is kept")


async def test_facets_are_left_again(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("cancer")
        await reader.press("facets")
        await reader.key("escape")
        assert reader.dialog is None
        assert reader.query_text == "cancer"


async def test_years_of_the_facets_narrow_as_well(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("karnoub")
        await reader.press("facets", "facet_years")
        await reader.key("enter")
        assert reader.query_text == "karnoub AND 2007[dp]"


async def test_online_what_is_kept_is_counted_and_pubmed_is_asked(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        asked = len(pubmed.log)
        await reader.press("facets")
        reader.says("2 records are counted: those kept here, as PubMed counts no values.")
        assert len(pubmed.log) == asked
        await reader.key("enter")
        assert pubmed.asked("esearch")[-1]["term"].startswith("stroma metastasis AND ")


async def test_of_many_records_a_sample_is_read(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.library.facets.SAMPLE", 5)
    async with demo() as reader:
        await reader.press("facets")
        reader.says("42 records are counted. Values of a sample of 5, counts of all.")


async def test_a_typed_search_is_narrowed_as_it_was_meant(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("query")
        await reader.type("metastas")
        await reader.settled()
        found = len(reader.results.pmids)
        await reader.key("down")
        await reader.press("facets", "facet_years")
        await reader.key("enter")
        assert reader.query_text.startswith("metastas* AND ")
        assert 0 < len(reader.results.pmids) < found
