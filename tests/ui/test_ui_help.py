"""Footer, help and command palette: they name what works here and now, and do it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
from textual.widgets import Input

from tests.desk import Desk
from tests.driver import NARROW, Reader, squeezed
from tui.ui.widgets.key_line import KeyLine

Demo = Callable[..., AbstractAsyncContextManager[Reader]]


async def test_help_and_footer_name_what_works_here_now_and_nothing_else(demo: Demo, desk: Desk) -> None:
    async with desk.open() as reader:
        footer = reader.footer
        assert "Export" not in footer
        assert "Copy" not in footer
        await reader.key("f1")
        help = reader.page
        assert any("To the results" in line or "Back to the results" in line for line in help)
        for absent in ("Export the marked", "Follow the link", "Fetch this record again", "Forward again"):
            assert not any(absent in line for line in help), absent
        await reader.key("escape")
        await reader.search("karnoub mesenchymal")
        footer = reader.footer
        for name in ("Export", "Copy", "Related", "MeSH"):
            assert name in footer
        await reader.press("help")
        help = reader.page
        for here in (
            "Go into the record",
            "Export the marked",
            "Fetch this record again",
            "To its comments",
            "Go offl",
        ):
            assert any(here in line for line in help), here
        for absent in ("Find words", "Forward again", "Follow the link"):
            assert not any(absent in line for line in help), absent


async def test_the_demo_offers_no_network(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("help")
        for absent in ("Go offline", "Fetch this record again"):
            assert not any(absent in line for line in reader.page), absent
        await reader.key("escape", "O")
        reader.status.says("OFFLINE demo")


async def test_the_palette_lists_what_the_keys_do_and_does_it(demo: Demo) -> None:
    async with demo() as reader:
        await reader.key("ctrl+p")
        reader.says("Export", "Copy", "Help")
        box = reader.app.screen.query_one(Input)
        box.value = "Export"
        await reader.settled()
        await reader.until(lambda: "Export the marked records" in reader.screen and "Half a page" not in reader.screen)
        await reader.key("enter", wait=False)
        await reader.until(lambda: "Export PMID 17914389" in reader.screen)


async def test_a_theme_is_chosen_in_the_palette(demo: Demo) -> None:
    async with demo() as reader:
        before = reader.app.theme
        await reader.key("ctrl+p")
        reader.app.screen.query_one(Input).value = "Theme"
        await reader.until(lambda: "Change the colours" in reader.screen and "Half a page" not in reader.screen)
        await reader.key("enter", wait=False)
        await reader.until(lambda: "paper" in reader.screen)
        reader.app.screen.query_one(Input).value = "paper"
        await reader.until(lambda: "dracula" not in reader.screen)
        await reader.key("enter", wait=False)
        await reader.until(lambda: reader.app.theme == "paper")
        assert before == "lamp"


async def test_the_palette_does_what_a_pane_does(demo: Demo) -> None:
    async with demo() as reader:
        await reader.key("ctrl+p")
        reader.app.screen.query_one(Input).value = "Mark"
        await reader.until(lambda: "Mark or unmark this record" in reader.screen and "Half a page" not in reader.screen)
        await reader.key("enter", wait=False)
        await reader.until(lambda: "1 marked" in reader.screen)


async def test_a_line_of_the_help_is_opened_by_key_and_by_mouse(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("help", "find")
        await reader.type("Mark all")
        await reader.key("enter", "enter")
        reader.says("42 marked")
        await reader.press("help")
        line = next(number for number, line in enumerate(reader.page) if line.startswith("e "))
        await reader.click("#page", 2, line + 1)
        reader.says("Export 42 records")


async def test_in_the_query_line_letters_are_typed_and_there_is_nothing_to_scroll(desk: Desk) -> None:
    async with desk.open() as reader:
        assert "/ Search" not in reader.footer
        await reader.key("f1")
        names = [line.split("  ")[0] for line in reader.page]
        assert not {"/", "s", "Up", "PgUp", "Ctrl+PgUp"} & set(names), names
        assert "Ctrl+Shift+Left" in names


@pytest.mark.parametrize("pane", ["query", "pane_results", "pane_record", "pane_sidebar"])
async def test_on_80_columns_the_footer_is_whole(desk: Desk, pane: str) -> None:
    async with desk.open("karnoub mesenchymal", size=NARROW) as reader:
        await reader.press("pane_record", "find")
        await reader.type("cells")
        await reader.key("enter")
        await reader.press(pane)
        assert reader.footer.endswith(("q Quit", "f1 Help"))


@pytest.mark.parametrize(
    ("actions", "keys"),
    [
        (["export"], "esc Close ^y To the clipboard"),
        (["copy"], "esc Close"),
        (["pane_record", "find"], "esc Close"),
        (["help"], "⏎ Open / Find esc Close"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[-1],
)
async def test_a_dialog_names_its_own_keys_in_place_of_those_under_it(
    demo: Demo, actions: list[str], keys: str
) -> None:
    async with demo() as reader:
        under = reader.browser.query_one(KeyLine).region
        await reader.press(*actions)
        if actions == ["help"]:
            await reader.key("j")
        assert squeezed(reader.lines(under)) == keys
