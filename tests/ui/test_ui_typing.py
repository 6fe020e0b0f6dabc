"""Searching as one types: offline the list follows each key, and a mistake is shown under its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.desk import Desk
from tests.driver import Reader
from tests.pubmed_double import PubMedDouble
from tui.ui.screens import showing

Demo = Callable[..., AbstractAsyncContextManager[Reader]]
SEED = "Mesenchymal stem cells within tumour stroma"
COMMENTARY = "A MSC-ing link in metastasis?"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake is shown as soon as nothing else is under way."""
    monkeypatch.setattr(showing, "PAUSE", 0)


def under(reader: Reader, place: str) -> bool:
    """Whether the line under the query line points at this part of it."""
    typed, pointer, *_ = reader.lines(reader.browser.panes.search.content_region)
    start = typed.index(place)
    return pointer.rstrip() == " " * start + "^" + "~" * (len(place) - 1)


async def test_the_list_follows_each_key(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("query")
        totals = []
        for key in "karnoub ":
            await reader.type(key)
            await reader.settled()
            totals.append(len(reader.results.pmids))
            reader.status.says(f"{totals[-1]} found in what is kept")
        assert totals == sorted(totals, reverse=True)
        assert totals[-1] == 1
        reader.results.shows(SEED)
        reader.record.says("Karnoub AE")
        assert reader.query.focused
        await reader.key("ctrl+u")
        reader.status.says("kept", "last seen first")


async def test_the_years_follow_too(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("query")
        await reader.type("karnoub")
        await reader.settled()
        assert "2007" in reader.screen.splitlines()[4]
        assert "1 in 2007" in squeeze(reader)
        await reader.key("ctrl+u")
        assert "most" in squeeze(reader)


def squeeze(reader: Reader) -> str:
    """The left pane on one line."""
    return " ".join(" ".join(reader.lines(reader.browser.panes.search.content_region)).split())


async def test_nothing_found_is_said_while_typing(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("query")
        await reader.type("zyzzyva")
        await reader.settled()
        reader.status.says("nothing found")
        reader.record.says("Nothing that is kept here answers this query.")


async def test_enter_takes_what_was_typed_as_a_search(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("karnoub")
        assert reader.results.focused
        reader.status.says("1 found in what is kept")
        await reader.press("history")
        reader.says("#1", "karnoub", "today, offline")


async def test_typing_is_one_step_of_the_way_back(demo: Demo) -> None:
    async with demo() as reader:
        before = reader.results.pmids
        await reader.press("query")
        await reader.type("metastasis")
        await reader.settled()
        await reader.key("enter")
        await reader.settled()
        assert reader.results.pmids != before
        await reader.press("back")
        assert reader.results.pmids == before
        assert reader.query_text == ""
        await reader.press("forward")
        assert reader.query_text == "metastasis"
        reader.results.shows(COMMENTARY)


async def test_down_goes_into_the_list_that_was_typed(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("query")
        await reader.type("metastas")
        await reader.settled()
        await reader.key("down")
        assert reader.results.focused
        assert reader.query_text == "metastas"
        await reader.press("last")
        reader.record.says(SEED)


async def test_marks_outlive_typing(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("mark", "query")
        await reader.type("zyzzyva")
        await reader.settled()
        await reader.key("ctrl+u", "escape")
        await reader.press("export")
        reader.says("Export PMID 17914389")


async def test_half_a_query_keeps_the_answer_and_shows_the_mistake_in_a_pause(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("query")
        await reader.type("metastasis")
        await reader.settled()
        answer = reader.results.pmids
        await reader.type(' "bre')
        await reader.settled()
        assert under(reader, '"')
        reader.says("A quotation mark is not closed.")
        assert reader.results.pmids == answer
        assert reader.query.focused
        await reader.type('ast"')
        await reader.settled()
        assert "quotation" not in reader.screen
        reader.status.says("found in what is kept")


async def test_a_mistake_is_not_shown_before_the_pause(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "PAUSE", 3600)
    async with demo() as reader:
        await reader.press("query", wait=False)
        await reader.type('"bre')
        assert "quotation" not in reader.screen
        await reader.type('ast"')
        await reader.settled()
        reader.status.says("found in what is kept")


async def test_enter_on_a_mistake_stays_where_it_is(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("metastasis[titel] AND mice")
        assert reader.query.focused
        assert under(reader, "[titel]")
        assert "[titel] is no search field of PubMed's. Perhaps [ti] is meant: Title." in squeeze(reader)
        await reader.key(*["backspace"] * len("[titel]"), "enter")
        assert reader.results.focused
        assert "no search field" not in reader.screen


async def test_a_mistake_out_of_sight_is_brought_into_sight(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("stem[titel] AND " + " AND ".join(["metastasis"] * 12))
        assert under(reader, "[titel]")


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_place_is_right_after_wide_characters(demo: Demo, size: tuple[int, int]) -> None:
    async with demo(size=size) as reader:
        await reader.search("腫瘍[titel]")
        _, pointer, *_ = reader.lines(reader.browser.panes.search.content_region)
        assert pointer.rstrip() == "    ^~~~~~~"


async def test_online_a_mistake_is_named_before_anything_is_sent(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open() as reader:
        await reader.type("metastasis AND")
        await reader.settled()
        assert "nothing after AND" not in reader.screen
        await reader.key("enter")
        assert under(reader, "AND")
        assert pubmed.asked("esearch") == []
        await reader.type(" stroma")
        assert "nothing after AND" not in reader.screen
        await reader.key("enter")
        assert len(pubmed.asked("esearch")) == 1
        reader.results.shows(COMMENTARY, SEED)


async def test_a_search_of_the_history_that_is_not_there(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open() as reader:
        await reader.search("stroma AND #4")
        assert under(reader, "#4")
        assert pubmed.asked("esearch") == []


async def test_online_nothing_is_asked_while_typing(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        asked = len(pubmed.log)
        await reader.press("query")
        await reader.type(" AND cells")
        await reader.settled()
        assert len(pubmed.asked("esearch")) == 1
        assert len(pubmed.log) <= asked + 1, "a connection may be made ready"
        reader.results.shows(COMMENTARY, SEED)


async def test_the_words_looked_for_are_marked(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("mesenchymal")
        assert "mesenchymal" in underlined(reader, "results") & underlined(reader, "record")
        await reader.search("mesenchymal[ab]")
        assert "mesenchymal" not in underlined(reader, "results")
        assert "mesenchymal" in underlined(reader, "record")


async def test_online_they_are_marked_as_pubmed_understood_them(desk: Desk) -> None:
    async with desk.open("Metastasis tumour") as reader:
        assert "metastasis" in underlined(reader, "record")


def underlined(reader: Reader, pane: str) -> set[str]:
    """The texts in a pane with a line under them."""
    widget = reader.browser.query_one(f"#{pane}")
    return {
        segment.text.lower()
        for strip in widget.render_lines(widget.outer_size.region)
        for segment in strip
        if segment.style and segment.style.underline
    }
