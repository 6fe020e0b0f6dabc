"""Small terminals: 80 by 24 is enough for everything, smaller ones show what they can and break nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NoReturn

import pytest

from tests.driver import NARROW, Reader, reading
from tests.made_up import article, article_set
from tui.library import Library
from tui.library.bulk import Import

Demo = Callable[..., AbstractAsyncContextManager[Reader]]
SEED = "Mesenchymal stem cells wi"


async def test_80_by_24_is_enough_for_the_whole_way(demo: Demo, tmp_path: Path) -> None:
    async with demo(size=(80, 24)) as reader:
        assert reader.results.shown
        assert reader.record.shown
        assert not reader.sidebar.shown
        reader.results.says(SEED)
        reader.record.says(SEED, "Karnoub AE")
        reader.status.says("OFFLINE demo", "42 kept", "PMID 17914389")
        for key in ("Search", "Export", "Help", "Quit"):
            assert key in reader.footer
        await reader.search("metastasis")
        assert len(reader.results.pmids) > 1
        await reader.press("export")
        reader.says("Export PMID", "RIS, for Zotero", "Write the file", "To the clipboard", "Cancel")
        await reader.key("enter")
        assert reader.dialog is None
        assert list(tmp_path.glob("*.ris"))
        await reader.press("help")
        reader.says("Keys that work here now")


async def test_on_a_narrow_screen_the_sidebar_takes_the_place_of_the_results(demo: Demo) -> None:
    async with demo(size=(80, 24)) as reader:
        await reader.press("sidebar")
        assert reader.sidebar.shown
        assert reader.record.shown
        assert not reader.results.shown
        reader.sidebar.says("MeSH terms (21)", "Breast Neoplasms")
        await reader.press("sidebar")
        assert reader.results.shown
        assert not reader.sidebar.shown
        await reader.press("pane_sidebar")
        assert reader.sidebar.focused
        await reader.press("down", "down", "open_link")
        assert reader.results.shown
        assert reader.results.focused
        assert reader.query_text == '"Breast Neoplasms"[mh]'


async def test_a_pane_that_has_the_focus_is_seen(demo: Demo) -> None:
    async with demo(size=(80, 24)) as reader:
        for action in ("sidebar", "query", "sidebar", "pane_record", "pane_results", "sidebar", "next_pane", "sidebar"):
            await reader.press(action)
            focused = reader.app.focused
            assert focused is not None, action
            assert focused.region.area > 0, action
            assert reader.app.screen.region.contains_region(focused.region), action
            if action == "query":
                await reader.key("escape")


@pytest.mark.parametrize(
    "size", [(80, 24), (40, 10), (20, 5), (10, 3), (1, 1)], ids=lambda size: f"{size[0]}x{size[1]}"
)
async def test_every_size_can_be_used(demo: Demo, size: tuple[int, int]) -> None:
    async with demo(size=size) as reader:
        assert reader.results.selected == 17914389
        await reader.press("down")
        assert reader.results.selected == 990000001
        await reader.search("karnoub chemokine")
        assert reader.results.pmids == (17914389,)
        await reader.press("pane_record", "page_down", "last", "first", "pane_sidebar", "last", "sidebar", "sidebar")
        for action in ("help", "export", "copy", "open_web", "understood"):
            await reader.press(action)
            assert reader.dialog is not None, action
            await reader.key("escape")
        await reader.press("relations")
        assert reader.browser.kept is not None
        assert reader.browser.kept.record.pmid == 990000001
        assert all(len(line) <= size[0] for line in reader.screen.splitlines())


async def test_what_is_shown_in_40_by_10_can_be_read(demo: Demo) -> None:
    async with demo(size=(40, 10)) as reader:
        reader.results.says("Mesen")
        reader.record.says("Mesenchymal stem")
        reader.status.says("OFFLINE demo", "42 kept")


async def test_resizing_to_and_fro_keeps_the_place(demo: Demo) -> None:
    async with demo(size=(120, 30)) as reader:
        await reader.press("down", "pane_record", "page_down")
        before = reader.screen
        line = reader.line_at_cursor(reader.record)
        for size in ((80, 24), (20, 5), (1, 1), (200, 60), (120, 30)):
            await reader.resize(*size)
            assert reader.results.selected == 990000001
            assert reader.record.focused
        assert reader.line_at_cursor(reader.record) == line
        assert reader.screen == before


async def test_resizing_while_a_dialog_is_open(demo: Demo) -> None:
    async with demo(size=(120, 30)) as reader:
        for action in ("export", "help", "copy"):
            await reader.press(action)
            for size in ((20, 5), (120, 30)):
                await reader.resize(*size)
            await reader.key("escape")
            assert reader.dialog is None
            assert reader.results.focused


async def test_a_sidebar_that_was_open_when_the_screen_became_narrow_leaves_a_usable_screen(demo: Demo) -> None:
    async with demo(size=(120, 30)) as reader:
        await reader.press("pane_sidebar")
        await reader.resize(80, 24)
        focused = reader.app.focused
        assert focused is not None
        assert focused.region.area > 0
        await reader.press("pane_results")
        await reader.resize(120, 30)
        for pane in (reader.results, reader.record, reader.sidebar):
            assert pane.shown


async def test_the_age_of_a_record_is_seen_however_long_the_name_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / f"{'pubmed26n0001-' * 6}.xml"
    file.write_bytes(article_set([article(40_000_001)]))
    with Import(tmp_path / "pubmed.db") as importing:
        importing.take(file)
    library = Library(tmp_path / "pubmed.db", no_network, offline=True)
    async with reading(library, query="", size=NARROW) as reader:
        await reader.settled()
        reader.status.says("PMID 40000001 from pubmed26n0001-", "…, today")


def no_network() -> NoReturn:
    pytest.fail("a connection was wanted")
