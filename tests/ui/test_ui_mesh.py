"""The MeSH screen: browse the tree, read a heading, find one by any name, and search for it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.driver import Reader, drawn, squeezed
from tests.mesh_samples import VOCABULARY
from tests.ui.test_ui_hostile import CANARIES, FORBIDDEN
from tui.cache import Cache
from tui.model.mesh import AllowableQualifier, MeshDescriptor
from tui.ui.screens.mesh import MeshScreen
from tui.ui.widgets.key_line import KeyLine
from tui.ui.widgets.mesh_tree import MeshTree
from tui.ui.widgets.text_pane import TextPane

Demo = Callable[..., AbstractAsyncContextManager[Reader]]
SEED = "karnoub mesenchymal"


class Browser:
    """The MeSH screen as it stands over the records."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @property
    def tree(self) -> MeshTree:
        return self.reader.app.screen.query_one(MeshTree)

    @property
    def page(self) -> TextPane:
        return self.reader.app.screen.query_one("#heading", TextPane)

    @property
    def lines(self) -> list[str]:
        """What the tree draws, without the mark of the cursor."""
        return [line[1:] for line in drawn(self.tree)]

    @property
    def names(self) -> list[str]:
        """The same without the counts."""
        return [re.sub(r"\s+\d*$", "", line) for line in self.lines]

    @property
    def at(self) -> str:
        """The name at the cursor of the tree."""
        place = self.tree.place
        return place.name if place else ""

    def tells_of(self, *texts: str) -> None:
        """Fails unless each of these can be read on the heading's page."""
        seen = squeezed([block.text for block in self.page.shown])
        for text in texts:
            assert text in seen, f"{text!r} is not on the page:\n{self.reader.screen}"

    @property
    def footer(self) -> str:
        return squeezed(self.reader.lines(self.reader.app.screen.query_one(KeyLine).region))


@pytest.fixture
def vocabulary(tmp_path: Path, demo: Demo) -> None:
    """Loaded into the cache of the demo."""
    load(tmp_path, VOCABULARY)


def load(tmp_path: Path, vocabulary: tuple[MeshDescriptor, ...]) -> None:
    cache = Cache.open(tmp_path / "demo" / "pubmed.db")
    cache.mesh.load(vocabulary, "2026")
    cache.close()


@asynccontextmanager
async def browsing(demo: Demo, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Browser]:
    """The screen as M opens it."""
    async with demo(SEED, size=size) as reader:
        await reader.press("mesh")
        assert isinstance(reader.app.screen, MeshScreen)
        yield Browser(reader)


@pytest.mark.usefixtures("vocabulary")
class TestTree:
    async def test_it_opens_on_the_categories(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            assert mesh.names[:3] == ["▸ Anatomy", "▸ Diseases", ""]
            mesh.tells_of("Anatomy", "Category A of the tree")
            mesh.reader.says("MeSH 2026", "records kept here")

    async def test_a_place_is_opened_and_closed(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await mesh.reader.key("j", "l", "l", "right")
            assert mesh.names[:5] == [
                "▸ Anatomy",
                "▾ Diseases",
                "  ▾ Neoplasms",
                "    ▸ Neoplasms by Site",
                "  ▸ Skin and Connective Tissue Diseases",
            ]
            await mesh.reader.key("l", "l", "l", "l")
            assert mesh.at == "Breast Neoplasms"
            mesh.tells_of("Breast Neoplasms", "Growths of the BREAST", "8 records kept here under it.", "Breast Cancer")
            await mesh.reader.key("l", "l")
            assert mesh.at == "Breast Neoplasms, Male"
            assert "          Breast Neoplasms, Male" in mesh.names
            await mesh.reader.key("h")
            assert mesh.at == "Breast Neoplasms"
            await mesh.reader.key("left", "h", "h", "h", "h", "h", "h", "h")
            assert mesh.at == "Diseases"
            assert mesh.names[:3] == ["▸ Anatomy", "▸ Diseases", ""]

    async def test_records_are_counted(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await mesh.reader.press("mesh_find")
            await mesh.reader.type("breast neoplasms")
            await mesh.reader.key("enter")
            (line,) = [line for line in mesh.lines if "▸ Breast Neoplasms" in line]
            assert line.endswith(" 8")

    async def test_enter_opens_a_category(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            assert "Open" in mesh.footer
            for absent in ("Search", "Major topic", "Unexploded", "Broader"):
                assert absent not in mesh.footer
            await mesh.reader.key("m", "u")
            assert isinstance(mesh.reader.app.screen, MeshScreen)
            await mesh.reader.key("enter", "j")
            assert mesh.at == "Body Regions"
            for here in ("Search", "Major topic", "Unexploded", "Broader", "Find", "Help", "Back"):
                assert here in mesh.footer

    async def test_the_mouse(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await mesh.reader.click("#tree", 3, 2)
            assert mesh.names[:3] == ["▸ Anatomy", "▾ Diseases", "  ▸ Neoplasms"]
            await mesh.reader.click("#tree", 10, 3)
            assert mesh.at == "Neoplasms"
            assert mesh.names[2] == "  ▸ Neoplasms"
            await mesh.reader.click("#tree", 10, 3, times=2)
            assert mesh.names[2:4] == ["  ▾ Neoplasms", "    ▸ Neoplasms by Site"]
            await mesh.reader.click("#tree", 3, 2)
            assert mesh.names[1:3] == ["▸ Diseases", ""]
            await mesh.reader.click("#tree", 10, 20)
            assert mesh.at == "Diseases"


@pytest.mark.usefixtures("vocabulary")
class TestHeading:
    async def test_m_in_the_sidebar_opens_the_heading_at_the_cursor(self, demo: Demo) -> None:
        async with demo(SEED) as reader:
            await reader.press("pane_sidebar")
            await reader.key("j", "j")
            assert "Breast Neoplasms" in reader.line_at_cursor(reader.sidebar)
            await reader.press("mesh")
            assert Browser(reader).at == "Breast Neoplasms"
            await reader.key("escape")
            assert reader.sidebar.focused

    async def test_m_on_a_qualifier_opens_its_heading(self, demo: Demo) -> None:
        async with demo("18927361") as reader:
            await reader.press("pane_sidebar")
            await to_line(reader, "genetics")
            await reader.press("mesh")
            assert Browser(reader).at == "Breast Neoplasms"

    async def test_links_lead_to_other_headings(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await find(mesh, "breast diseases")
            await mesh.reader.press("mesh_pane")
            page = mesh.page
            page.go_to_heading("Narrower")
            await mesh.reader.key("enter")
            assert mesh.tree.place is not None
            assert mesh.tree.place.number == "C17.800.090.500", "the place that is nearest"
            assert page.has_focus
            page.go_to_heading("Broader")
            await mesh.reader.key("enter")
            assert mesh.at == "Neoplasms by Site"

    async def test_a_heading_outside_of_the_tree_is_read(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await find(mesh, "males")
            mesh.tells_of("Male", "outside of the tree")
            assert mesh.at == "Anatomy"
            await mesh.reader.key("u")
            assert mesh.reader.query_text == '"Male"[mh:noexp]'

    async def test_a_heading_that_the_vocabulary_does_not_have(self, demo: Demo) -> None:
        async with demo(SEED) as reader:
            await reader.press("pane_sidebar")
            await to_line(reader, "Mice, SCID")
            await reader.press("mesh")
            mesh = Browser(reader)
            mesh.tells_of("Mice, SCID", "MeSH 2026 has no heading of this name.")
            assert mesh.names[0] == "▸ Anatomy"
            await reader.key("enter")
            assert reader.query_text == '"Mice, SCID"[mh]'

    async def test_words_are_found_on_its_page(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await find(mesh, "breast cancer")
            await mesh.reader.press("mesh_pane", "find")
            await mesh.reader.type("Mammary")
            await mesh.reader.key("enter")
            assert "Mammary Carcinoma, Human" in drawn(mesh.page)[mesh.page.cursor - mesh.page.scroll_offset.y]
            await mesh.reader.press("find")
            await mesh.reader.type("zebra")
            await mesh.reader.key("enter")
            assert "zebra" in str(mesh.page.border_subtitle)


@pytest.mark.usefixtures("vocabulary")
class TestFind:
    @pytest.mark.parametrize(
        ("typed", "keys", "name"),
        [
            ("breast cancer", (), "Breast Neoplasms"),
            ("c17.800", (), "Skin Diseases"),
            ("d001941", (), "Breast Diseases"),
            ("breast n", (), "Breast Neoplasms"),
            ("breast", (), "Breast"),
            ("breast", ("down", "down"), "Breast Diseases"),
            ("breast", ("down", "down", "up", "up"), "Breast"),
            ("derm", ("down",), "Skin Diseases"),
        ],
    )
    async def test_by_what_is_typed_or_chosen(self, demo: Demo, typed: str, keys: tuple[str, ...], name: str) -> None:
        async with browsing(demo) as mesh:
            await mesh.reader.press("mesh_find")
            await mesh.reader.type(typed)
            await mesh.reader.settled()
            await mesh.reader.key(*keys, "enter")
            assert mesh.at == name
            mesh.tells_of(name)

    async def test_what_is_typed_is_completed(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await mesh.reader.press("mesh_find")
            await mesh.reader.type("cancer")
            await mesh.reader.settled()
            mesh.reader.says("Cancer → Neoplasms", "Cancer of the Breast → Breast Neoplasms")
            await mesh.reader.type("xyz")
            await mesh.reader.key("enter")
            mesh.reader.says("No heading begins so.")
            await mesh.reader.key("escape")
            assert mesh.at == "Anatomy"


@pytest.mark.usefixtures("vocabulary")
class TestSearch:
    @pytest.mark.parametrize(
        ("key", "query"),
        [
            ("enter", '"Breast Neoplasms"[mh]'),
            ("m", '"Breast Neoplasms"[majr]'),
            ("u", '"Breast Neoplasms"[mh:noexp]'),
        ],
    )
    async def test_for_a_heading(self, demo: Demo, key: str, query: str) -> None:
        async with browsing(demo) as mesh:
            await find(mesh, "breast cancer")
            await mesh.reader.key(key)
            assert mesh.reader.dialog is None
            assert mesh.reader.query_text == query
            assert mesh.reader.results.focused
            mesh.reader.status.says("found in what is kept")
            await mesh.reader.press("back")
            assert mesh.reader.query_text == SEED

    async def test_it_is_for_the_heading_at_the_cursor_though_its_page_is_still_to_come(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await find(mesh, "breast diseases")
            await mesh.reader.burst("ku")
            assert mesh.reader.query_text == '"Skin Diseases"[mh:noexp]'

    async def test_escape_and_q_go_back_without_a_search(self, demo: Demo) -> None:
        async with demo(SEED) as reader:
            for key in ("escape", "q"):
                await reader.press("mesh")
                await reader.key(key)
                assert reader.dialog is None
                assert reader.query_text == SEED

    async def test_help_tells_the_keys(self, demo: Demo) -> None:
        async with browsing(demo) as mesh:
            await find(mesh, "breast cancer")
            await mesh.reader.press("mesh_help")
            page = "\n".join(mesh.reader.page)
            for said in (
                "Search for this heading and all",
                "as a major topic",
                "Show what is narrower",
                "Find a heading",
            ):
                assert said in page
            await mesh.reader.key("escape")
            assert isinstance(mesh.reader.app.screen, MeshScreen)


async def test_without_a_vocabulary_it_says_how_to_get_one(demo: Demo) -> None:
    async with demo(SEED) as reader:
        await reader.press("mesh")
        reader.says("No MeSH vocabulary is loaded.", "pubmed-tui mesh load --fetch")
        assert "Search" not in Browser(reader).footer
        await reader.key("escape")
        await reader.press("pane_sidebar")
        await reader.key("j", "j")
        await reader.press("mesh")
        reader.says("Breast Neoplasms", "No MeSH vocabulary is loaded.")
        await reader.key("m")
        assert reader.query_text == '"Breast Neoplasms"[majr]'


async def test_a_vocabulary_with_gaps(demo: Demo, tmp_path: Path) -> None:
    """Part of NLM's file, as its samples are: there is no way down to some of its headings."""
    load(tmp_path, (VOCABULARY[2], VOCABULARY[3], VOCABULARY[15]))
    async with browsing(demo) as mesh:
        assert mesh.at == ""
        await find(mesh, "breast cancer")
        mesh.tells_of("Breast Neoplasms", "C04.588.180")
        await mesh.reader.press("mesh_pane")
        await mesh.reader.key("l", "h", "h")
        await find(mesh, "male")
        await mesh.reader.key("m")
        assert mesh.reader.query_text == '"Male"[majr]'


@pytest.mark.usefixtures("vocabulary")
async def test_on_80_by_24(demo: Demo) -> None:
    async with browsing(demo, (80, 24)) as mesh:
        await find(mesh, "breast cancer")
        assert [line for line in mesh.lines if line.endswith(" 8")]
        mesh.reader.says("Growths of the BREAST", "Breast Neoplasms")
        assert all(len(line) <= 80 for line in mesh.reader.screen.splitlines())


async def test_foreign_text_does_nothing(demo: Demo, tmp_path: Path) -> None:
    """Past the parser's gate, straight from the cache."""
    texts = [CANARIES[name] for name in CANARIES if name not in ("nothing", "blanks", "half a pair", "emoji")]
    hostile = [
        MeshDescriptor(
            f"D{number}", text, (f"A{number}", f"A{number}.1"), "1", text, (text, f"xx {text}"), (text,), text, text,
            (text,), (text,), (text,), (AllowableQualifier("Q1", text),), text, text,
        )
        for number, text in enumerate(texts, 10)
    ]  # fmt: skip
    load(tmp_path, tuple(hostile))
    async with browsing(demo) as mesh:
        await mesh.reader.key("l", "j")
        for text in texts:
            assert mesh.at == text
            assert not FORBIDDEN.search(mesh.reader.screen), text
            await mesh.reader.key("j")
        await mesh.reader.press("mesh_find")
        await mesh.reader.type("xx")
        await mesh.reader.settled()
        assert not FORBIDDEN.search(mesh.reader.screen)
        await mesh.reader.key("escape", "enter")
        assert not FORBIDDEN.search(mesh.reader.screen)
        assert mesh.reader.query_text.endswith("[mh]")


async def to_line(reader: Reader, text: str) -> None:
    """Move down in the sidebar to the line that says this."""
    for _ in range(60):
        if text in reader.line_at_cursor(reader.sidebar):
            return
        await reader.key("j", wait=False)
    raise AssertionError(f"{text!r} is not there:\n{reader.screen}")


async def find(mesh: Browser, text: str) -> None:
    """Go to a heading by one of its names."""
    await mesh.reader.press("mesh_find")
    await mesh.reader.type(text)
    await mesh.reader.key("enter")
