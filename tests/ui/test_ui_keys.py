"""Keys: each does what it is said to do, help and footer name only those that work, and a user can change them."""

from __future__ import annotations

import re
import webbrowser
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.binding import Binding

import tui.ui
from tests.desk import Desk
from tests.driver import BOUND, Reader
from tui.config import ConfigError, Settings
from tui.library.demo import demo_library
from tui.ui.app import PubMedApp
from tui.ui.widgets.moving import Moving

Demo = Callable[..., AbstractAsyncContextManager[Reader]]
BINDINGS = [
    (cls.__name__, binding)
    for cls in BOUND
    for binding in cls.__dict__["BINDINGS"]
    if isinstance(binding, Binding) and not binding.system
]


def cursor(reader: Reader, pane: str) -> int:
    widget = reader.browser.query_one(f"#{pane}")
    assert isinstance(widget, Moving)
    return widget.cursor


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the web browser was asked for."""
    urls: list[str] = []

    def visit(url: str, new: int = 0, autoraise: bool = True) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser("xdg-open"))
    monkeypatch.setattr(webbrowser, "open", visit)
    return urls


async def test_the_keys_that_move(demo: Demo) -> None:
    async with demo() as reader:
        page = (len(reader.results.lines)) // 2 - 1
        last = len(reader.results.pmids) - 1
        for key, place in (
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("up", 0), ("pagedown", page), ("pageup", 0),
            ("ctrl+d", page // 2), ("ctrl+u", 0), ("G", last), ("j", last), ("g", 0), ("end", last), ("home", 0),
        ):  # fmt: skip
            await reader.key(key, wait=False)
            assert cursor(reader, "results") == place, key
        await reader.press("pane_record")
        page = len(reader.record.lines) - 1
        for key, place in (
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("pagedown", page), ("pageup", 0), ("ctrl+d", page // 2),
            ("ctrl+u", 0), ("end", len(reader.browser.panes.record.shown)), ("home", 0), ("G", 1), ("g", 0),
        ):  # fmt: skip
            await reader.key(key, wait=False)
            if key in ("end", "G"):
                assert cursor(reader, "record") > page, key
                reader.record.says("copyright")
            else:
                assert cursor(reader, "record") == place, key


async def test_the_keys_that_open(demo: Demo) -> None:
    async with demo() as reader:
        for key in ("enter", "l", "right"):
            await reader.key(key)
            assert reader.record.focused, key
            await reader.press("pane_results")
        for key in ("enter", "l", "right"):
            await reader.press("pane_sidebar")
            await reader.key("j", "j", key)
            assert reader.query_text == '"Breast Neoplasms"[mh]', key
            await reader.key("left_square_bracket")
            assert reader.query_text == "", key


async def test_the_web_browser_is_asked_for_the_record(demo: Demo, visited: list[str]) -> None:
    async with demo() as reader:
        await reader.press("open_web")
        reader.says("PubMed", "the publisher's page (DOI)")
        await reader.key("p")
        await reader.press("open_web")
        await reader.key("d")
        await reader.search("30051594")
        await reader.press("open_web")
        await reader.key("c")
        assert reader.toasts[-1].startswith("Asked the web browser for https://pmc.ncbi.nlm.nih.gov/articles/PMC")
    assert visited[:2] == ["https://pubmed.ncbi.nlm.nih.gov/17914389/", "https://doi.org/10.1038/nature06188"]
    assert re.fullmatch(r"https://pmc\.ncbi\.nlm\.nih\.gov/articles/PMC\d+/", visited[2])


async def test_q_closes_and_then_quits(demo: Demo) -> None:
    async with demo() as reader:
        for action in ("help", "understood", "copy", "open_web"):
            await reader.press(action)
            assert reader.dialog is not None, action
            await reader.key("q")
            assert reader.dialog is None, action
        await reader.press("query")
        await reader.type("q")
        assert reader.query_text == "q"
        await reader.key("escape", "q", wait=False)
        assert reader.app.return_code == 0


async def test_escape_closes_every_dialog(demo: Demo) -> None:
    async with demo() as reader:
        for action in ("help", "understood", "copy", "open_web", "export"):
            await reader.press(action)
            assert reader.dialog is not None, action
            await reader.key("escape")
            assert reader.dialog is None, action
        await reader.press("pane_record", "find")
        await reader.key("escape")
        assert reader.dialog is None


async def test_ctrl_c_tells_how_to_quit(demo: Demo) -> None:
    async with demo() as reader:
        await reader.key("ctrl+c")
        assert reader.toasts == ["Press q to quit, Esc first in the query line"]


async def test_a_letter_typed_into_a_query_is_no_command(desk: Desk) -> None:
    async with desk.open() as reader:
        await reader.type("seyobrRO123[]?/nN Aqlgjk")
        assert reader.query_text == "seyobrRO123[]?/nN Aqlgjk"
        assert reader.dialog is None


async def test_keys_that_come_in_a_burst_go_where_the_first_of_them_leads(desk: Desk) -> None:
    async with desk.open("stroma metastasis") as reader:
        await reader.burst("jsqueryless 8863847")
        assert reader.query_text == "stroma metastasisqueryless 8863847"
        assert cursor(reader, "results") == 1
        await reader.key("escape")
        await reader.burst("2jj1s")
        assert reader.query.focused
        assert cursor(reader, "record") == 2


async def test_a_burst_in_the_query_line_is_taken_in_its_order(demo: Demo) -> None:
    async with demo() as reader:
        await reader.burst("skarnoub\n")
        reader.status.says("1 found in what is kept")
        await reader.press("query")
        await reader.burst("\x15chemokine\nj")
        reader.status.says("found in what is kept")
        assert reader.query_text.startswith("chemokine")


async def test_a_burst_goes_on_in_the_dialog_that_its_first_key_opens(demo: Demo, visited: list[str]) -> None:
    async with demo() as reader:
        await reader.burst("yp")
        assert reader.dialog is None
        assert "clipboard" in reader.toasts[-1]
        await reader.burst("od")
        assert visited == ["https://doi.org/10.1038/nature06188"]
        await reader.burst("2/escape\n")
        reader.says("escape: not found")
        await reader.burst("e\x1bj")
        assert reader.dialog is None
        assert cursor(reader, "record") == 1
        await reader.burst("?/Export the\n")
        reader.says("Export the: 1 place")


async def test_a_query_typed_ahead_of_the_screen_is_searched(desk: Desk) -> None:
    async with desk.open(settled=False) as reader:
        await reader.burst("karnoub mesenchymal\n")
        reader.status.says("1 found")
        assert reader.query_text == "karnoub mesenchymal"


async def test_a_key_on_the_line_of_keys_can_be_clicked(demo: Demo) -> None:
    async with demo() as reader:
        line = reader.footer
        for name, then in (("s Search", reader.query), ("⏎ Search", reader.results)):
            await reader.click("KeyLine", line.index(name) + 2, 0)
            assert then.focused
            line = reader.footer
        before = reader.screen
        await reader.click("KeyLine", len(line) + 3, 0)
        assert reader.screen == before


async def test_keys_are_changed_by_the_ids_of_actions(desk: Desk) -> None:
    settings = Settings(
        keys=(("export", "x"), ("down", "J,Ctrl+N"), ("quit", "ctrl+x"), ("close_export", "F9")), theme="paper"
    )
    async with desk.open("stroma metastasis", settings=settings) as reader:
        assert reader.app.theme == "paper"
        await reader.key("J")
        assert cursor(reader, "results") == 1
        await reader.key("k", "j")
        assert cursor(reader, "results") == 0
        await reader.key("ctrl+n", "e", "q")
        assert cursor(reader, "results") == 1
        assert reader.dialog is None
        assert "x Export" in reader.footer
        await reader.press("help")
        assert any(re.match(r"x +Export the marked", line.strip()) for line in reader.page)
        await reader.key("escape", "x")
        reader.says("Export PMID 17914389")
        await reader.key("f9")
        assert reader.dialog is None, "a dialog's own action has another key as well"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(keys=(("exprot", "x"),)), "[keys] names an unknown action, 'exprot'. Did you mean export?"),
        (Settings(theme="neon"), "There is no theme 'neon'. Known are "),
        (Settings(theme="\x1b[31m"), "There is no theme '\ufffd[31m'."),
    ],
    ids=["key", "theme", "hostile theme"],
)
def test_a_setting_that_cannot_be_is_refused(settings: Settings, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        PubMedApp(lambda: demo_library(tmp_path), settings)
    assert str(refused.value).startswith(said)
    assert refused.value.exit_status == 2


@pytest.mark.parametrize(("place", "binding"), BINDINGS, ids=[f"{place}-{one.key}" for place, one in BINDINGS])
def test_every_binding_says_what_it_does_and_has_an_id(place: str, binding: Binding) -> None:
    assert binding.description
    assert binding.id


def test_no_two_actions_have_the_same_id() -> None:
    ids = [binding.id for _, binding in BINDINGS]
    assert len(set(ids)) == len(ids)


def test_no_action_needs_a_chord_that_others_take() -> None:
    taken = {f"ctrl+{letter}" for letter in "absqjmi"}
    for place, binding in BINDINGS:
        assert set(binding.key.split(",")) - taken, f"{place}: {binding.key}"


async def test_what_others_leave_through_is_bound_to_nothing_more(demo: Demo) -> None:
    """Ctrl+A, B, S, Q, J, M and I come from tmux, flow control and Enter's and Tab's own codes."""
    async with demo() as reader:
        for letter in "abs":
            before = reader.screen
            await reader.key(f"ctrl+{letter}")
            assert reader.screen == before, letter


def test_no_widget_has_a_colour_of_its_own() -> None:
    """Colours are the theme's: `themes.py` alone may name one."""
    colour = re.compile(
        r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=\s*;)|\brgba?\(|\bhsla?\(|\bansi_(?!color\b)\w+|color:\s*[a-z]+\s*;"
    )
    sources = [*Path(tui.ui.__file__).parent.rglob("*.py"), *Path(tui.ui.__file__).parent.rglob("*.tcss")]
    assert len(sources) > 10
    for source in sources:
        if source.name != "themes.py":
            assert not colour.findall(source.read_text(encoding="utf-8")), source.name
