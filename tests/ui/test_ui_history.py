"""Searches are kept: made again, combined, saved, and what is new is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from tests.desk import Desk
from tests.driver import Reader
from tests.made_up import article
from tests.pubmed_double import PubMedDouble

Demo = Callable[..., AbstractAsyncContextManager[Reader]]
SEED = "Mesenchymal stem cells within tumour stroma"


def listed(reader: Reader) -> list[str]:
    """The lines of the history."""
    return [" ".join(line.split()) for line in reader.page if line.lstrip().startswith("#")]


async def test_a_search_is_made_again(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("karnoub")
        await reader.search("chemokine")
        await reader.press("history")
        (second, first) = listed(reader)
        assert second.startswith("#2 ")
        assert first.startswith("#1 1 karnoub")
        await reader.key("j", "enter")
        assert reader.dialog is None
        assert reader.query_text == "karnoub"
        reader.results.shows(SEED)


async def test_searches_are_combined_by_their_numbers(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("karnoub")
        await reader.search("metastasis")
        await reader.press("query")
        await reader.key("ctrl+u", "escape")
        await reader.press("history", "insert_number")
        assert reader.query.focused
        assert reader.query_text == "#2"
        await reader.type(" AND")
        await reader.key("escape")
        await reader.press("history")
        await reader.key("j")
        await reader.press("insert_number")
        assert reader.query_text == "#2 AND #1"
        await reader.key("enter")
        reader.status.says("1 found in what is kept")
        reader.results.shows(SEED)


async def test_an_empty_history_says_so(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("history")
        reader.says("Nothing was searched for yet.")
        await reader.key("W", "x", "i")
        assert reader.dialog is not None
        await reader.key("escape")
        assert reader.dialog is None


async def test_what_is_new_is_told_and_marked(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        reader.status.says_nothing_of("new since")
        reader.results.says_nothing_of("new · ")
    desk.clock.pass_days(3)
    pubmed.add(article(999_000_001, "Metastasis leaves the stroma."))
    async with desk.open("stroma metastasis") as reader:
        reader.status.says("3 found, 1 new since 3 days ago")
        assert [line[2:].startswith("new · ") for line in reader.results.lines[1:6:2]] == [True, False, False]
        await reader.press("history")
        assert listed(reader)[0].startswith("#1 3 +1 stroma metastasis")


async def test_a_search_is_saved_and_made_again_with_one_key(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        await reader.press("save_search")
        await reader.key("ctrl+u")
        await reader.burst("spreading\n")
        assert "spreading: saved." in reader.toasts[-1]
    desk.clock.pass_days(1)
    pubmed.add(article(999_000_001, "Metastasis leaves the stroma."))
    async with desk.open() as reader:
        await reader.key("escape")
        await reader.press("saved")
        reader.says("spreading (2, yesterday)")
        await reader.key("1")
        assert reader.query_text == "stroma metastasis"
        reader.status.says("3 found, 1 new since yesterday")
        await reader.press("offline", "saved")
        await reader.key("1")
        reader.status.says("3 found in what is kept")


async def test_without_saved_searches_the_way_to_one_is_told(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("saved")
        reader.status.says("No search is saved yet: W saves the one that is shown.")
        assert reader.dialog is None
        await reader.press("save_search")
        assert reader.dialog is None, "everything kept is no search"


async def test_a_search_is_saved_and_forgotten_in_the_history(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("karnoub")
        await reader.press("history")
        reader.says("None yet.")
        await reader.press("save_search_as")
        await reader.key("ctrl+u")
        await reader.burst("the seed\n")
        assert listed(reader)[0].startswith("#1 1 the seed: karnoub")
        assert len(listed(reader)) == 2
        await reader.key("g", "j")
        await reader.press("forget_search")
        await reader.until(lambda: len(listed(reader)) == 1)
        assert len(listed(reader)) == 1
        assert "the seed" not in listed(reader)[0]


async def test_what_was_only_typed_can_be_saved(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("query")
        await reader.type("karnoub")
        await reader.settled()
        await reader.key("down")
        await reader.press("save_search")
        await reader.key("enter")
        await reader.press("history")
        assert listed(reader)[0].startswith("#1 1 karnoub: karnoub")


async def test_a_hostile_name_is_only_a_name(demo: Demo) -> None:
    async with demo() as reader:
        await reader.search("karnoub")
        await reader.press("save_search")
        await reader.key("ctrl+u")
        await reader.paste("[/b] [link=x] \x1b[31m")
        await reader.key("enter")
        await reader.press("saved")
        reader.says("[/b] [link=x]")
        await reader.key("escape")
        await reader.press("history")
        reader.says("[/b] [link=x]")
