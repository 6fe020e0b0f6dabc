"""Foreign text in every place it can come from: it is shown, it stays text, and it does nothing.

A record whose every text is hostile goes past the parser's gate straight to the screen: each widget has to stand it.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import tempfile
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from textual.widget import Widget

from tests.desk import NOON, Clock, Desk, Pauses
from tests.driver import Reader, reading
from tests.made_up import article
from tests.pubmed_answers import JSON, XML
from tests.pubmed_double import Fault, PubMedDouble, prescribed
from tui.config import Settings
from tui.library import Library
from tui.model.clean import clean
from tui.model.problem import Problem
from tui.model.record import Record
from tui.model.results import Kept, Origin, ResultPage, Row, Translation, row_of
from tui.parse import Parsed
from tui.parse import Reader as XmlReader

DEMO = Path(__file__).parents[2] / "tui" / "demo" / "records.xml.gz"
CANARIES = {
    "closing tag": "[/b] closes nothing",
    "action": "[@click=app.quit]click me[/]",
    "link": "[link=https://evil.example/x]here[/link]",
    "style": "[red on blue reverse]loud[/] [$text-error]x",
    "title in brackets": "[Article in German] [Retracted] IL2[high] p53[-/-]",
    "backslashes": "\\[b] \\\\ [b\\",
    "screen cleared": "a\x1b[2J\x1b[31mb",
    "title set": "a\x1b]0;owned\x07b",
    "clipboard written": "a\x1b]52;c;ZXZpbA==\x1b\\b",
    "device control": 'a\x1bP$q"p\x1b\\b\x1b_Gx\x1b\\',
    "C1": "a\x9b2Jb\x9d0;owned\x9cc\x90d",
    "C0": "a\x00b\x01c\x0ed\x0fe\x08f\x7fg",
    "lone carriage return": "visible\rhidden",
    "directions": "a\u202egnp.exe\u202c b\u2066c\u2069 \u200f\u061c",
    "byte order mark": "\ufeffa\ufeffb",
    "line separators": "a\u2028b\u2029c\nd\te",
    "marks without end": "e" + "\u0301" * 40 + " \u0488" * 3,
    "wide": "肺腺癌免疫治疗" * 6,
    "right to left": "תאי גזע בסרטן השד ١٢٣ خلايا",
    "emoji": "👩‍🔬👨‍👩‍👧‍👦🏳️‍🌈 ❤️ 🇩🇪",
    "half a pair": "a\ud800b",
    "unbreakable": "x" * 300,
    "nothing": "",
    "blanks": " \u00a0\u2003 ",
}
STEADY = [text for name, text in CANARIES.items() if name != "emoji"]
"""Without joined emoji: where a toast covers half of one, Textual moves the rest of that line by a cell."""
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
PILE = re.compile("[\u0300-\u036f\u0488]{9}")


def every_text(value: Any, text: str) -> Any:
    """The same value with each text in it replaced, however deep."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        inside = [every_text(item, text) for item in value]
        return type(value)(*inside) if hasattr(value, "_fields") else tuple(inside)
    return value


def records() -> dict[int, Record]:
    """The demo's records."""
    reader = XmlReader()
    parsed = list(reader.feed(gzip.decompress(DEMO.read_bytes())))
    reader.finish()
    return {one.record.pmid: one.record for one in parsed if isinstance(one, Parsed)}


RICH = (18719013, 12369570, 29165978)
"""With investigators; with a mission in space; a chapter of a book."""


class HostileLibrary(Library):
    """Whatever it is asked, it answers with these texts, one after the other."""

    def __init__(self, folder: Path, texts: Sequence[str]) -> None:
        super().__init__(folder / "pubmed.db", _no_network, now=Clock())
        self.texts = texts
        known = records()
        self.known = {
            number: every_text(known[RICH[(number - 1) % len(RICH)]], text)._replace(pmid=number)
            for number, text in enumerate(texts, 1)
        }

    async def search(self, query: str, sort: str = "", limit: int = 50) -> AsyncGenerator[ResultPage, None]:
        text = self.texts[0]
        found = ResultPage(
            text,
            tuple(self.known),
            len(self.known),
            len(self.known),
            Translation(text, (text, text), (text,), text),
            rows=tuple(map(row_of, self.known.values())),
            complete=True,
            problem=Problem(text, text) if query == "fail" else None,
        )
        yield found

    async def record(self, pmid: int, *, refresh: bool = False) -> AsyncGenerator[Kept, None]:
        text = self.texts[pmid - 1]
        yield Kept(self.known[pmid], b"", Origin(text, NOON))
        if refresh:
            raise Problem(text, text)

    async def rows(self, pmids: Sequence[int]) -> tuple[Row, ...]:
        return tuple(row_of(self.known[pmid]) for pmid in pmids)

    async def kept(self, pmids: Sequence[int]) -> list[Kept]:
        return [Kept(self.known[pmid], b"", Origin("", NOON)) for pmid in pmids]

    async def records(self, pmids: Sequence[int]) -> AsyncGenerator[Kept, None]:
        for kept in await self.kept(pmids):
            yield kept

    async def _ensure(self, pmids: Sequence[int]) -> None:
        raise Problem(self.texts[pmids[0] - 1], self.texts[pmids[0] - 1])

    async def ahead(self, pmids: Sequence[int]) -> None:
        pass

    async def warm(self) -> None:
        pass

    async def take_notice(self) -> str:
        return self.texts[0]


def _no_network() -> NoReturn:
    raise AssertionError("nothing is fetched here")


def harmless(reader: Reader) -> None:
    """Nothing on the screen acts, and every border stands in its column."""
    assert reader.app.return_code is None
    cells = reader.cells()
    text = "\n".join("".join(row) for row in cells)
    assert not FORBIDDEN.search(text), ascii(text)
    assert not PILE.search(text), ascii(text)
    for widget in reader.app.screen.walk_children(with_self=True):
        assert isinstance(widget, Widget)
        if widget.is_container or not widget.region.area:
            continue
        for strip in widget.render_lines(widget.outer_size.region):
            assert strip.cell_length == widget.outer_size.width, (widget, strip.text)
            for segment in strip:
                assert not FORBIDDEN.search(segment.text), (widget, ascii(segment.text))
                assert segment.style is None or segment.style.link is None, (widget, segment)
                assert "@click" not in (segment.style.meta if segment.style else {}), (widget, segment)
    for name in ("search", "record", "sidebar"):
        pane = reader.browser.query_one(f"#{name}")
        for line in range(pane.region.y + 1, pane.region.bottom - 1):
            for column in (pane.region.x, pane.region.right - 1):
                if reader.app.screen.get_widget_at(column, line)[0] is pane:
                    assert cells[line][column] == "│", "".join(cells[line])


def whole(text: str, seen: str) -> bool:
    """Whether all of it can be read there, but for where its lines end."""
    return "".join(clean(text).split()) in "".join(seen.split())


async def walk_everywhere(reader: Reader) -> None:
    """Have every widget show what it can."""
    harmless(reader)
    for action in ("pane_record", "page_down", "page_down", "last", "pane_sidebar", "last"):
        await reader.press(action, wait=False)
        harmless(reader)
    for action in ("understood", "help", "copy", "open_web", "export"):
        await reader.press(action)
        assert reader.dialog is not None, action
        harmless(reader)
        if action == "export":
            await reader.press("export_clipboard")
            assert reader.dialog is not None, "the problem is said in the dialog"
            harmless(reader)
        await reader.key("escape")
    await reader.press("refresh")
    harmless(reader)
    await reader.press("pane_results", wait=False)


async def test_each_canary_is_shown_whole_and_does_nothing(tmp_path: Path) -> None:
    library = HostileLibrary(tmp_path, list(CANARIES.values()))
    async with reading(library, query="x") as reader:
        await reader.settled()
        for (name, text), record in zip(CANARIES.items(), library.known.values(), strict=True):
            assert reader.results.selected == record.pmid
            harmless(reader)
            assert whole(text, reader.record.text), name
            assert not record.mesh or whole(text, reader.sidebar.text), name
            if "[" in text:
                await reader.click("#results", 6, 2 * (record.pmid - 1))
                await reader.click("#record", 6, 2)
                harmless(reader)
                reader.browser.panes.results.focus()
            await reader.press("down", wait=False)
            await reader.settled()


async def test_every_widget_stands_all_canaries_at_once(tmp_path: Path) -> None:
    async with reading(HostileLibrary(tmp_path, [" ".join(STEADY)] * 3), query="fail") as reader:
        await reader.settled()
        assert any("[@click=app.quit]" in toast for toast in reader.toasts)
        await walk_everywhere(reader)


def test_every_widget_stands_any_text() -> None:
    parts = st.sampled_from([*STEADY, "[", "]", "[/", "\\", "[b", "[@click=", "\x1b[", "\x1b]", "\x07", "="])
    text = st.lists(parts | st.text(st.characters(), max_size=60), max_size=6).map("".join)

    @settings(max_examples=3, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(st.lists(text, min_size=6, max_size=6))
    def shown(texts: list[str]) -> None:
        asyncio.run(walk_through(texts))

    async def walk_through(texts: list[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with reading(HostileLibrary(Path(folder), texts), query="x", size=(80, 24)) as reader:
                await reader.settled()
                for _ in texts:
                    harmless(reader)
                    await reader.press("down", wait=False)
                    await reader.settled()
                await walk_everywhere(reader)

    shown()


async def test_a_title_of_a_megabyte_is_shown_and_the_screen_still_answers(desk: Desk, pubmed: PubMedDouble) -> None:
    title = "plankton " + "drifts " * 150_000
    pubmed.add(article(40_000_001, title))
    pubmed.add(article(40_000_002, "Plankton swims."))
    pubmed.add(article(40_000_003, "plankton" + "x" * 1_000_000))
    async with desk.open("plankton*") as reader:
        await reader.press("down", "down")
        assert reader.results.selected == 40_000_001
        reader.record.says("plankton drifts drifts")
        harmless(reader)
        await reader.press("pane_record", "last", "pane_results", "up", "up")
        reader.record.says("plankton" + "x" * 20)
        harmless(reader)


@pytest.mark.parametrize("name", ["action", "closing tag", "clipboard written", "C0", "directions"])
async def test_what_pubmed_says_of_a_query_stays_text(desk: Desk, pubmed: PubMedDouble, name: str) -> None:
    text = CANARIES[name]
    result: dict[str, object] = {
        "count": "0", "retmax": "0", "retstart": "0", "idlist": [], "translationset": [], "querytranslation": text,
        "errorlist": {"phrasesnotfound": [text], "fieldsnotfound": [text]},
        "warninglist": {"phrasesignored": [text], "quotedphrasesnotfound": [text], "outputmessages": [text]},
    }  # fmt: skip
    spelled = "".join(f"&#{ord(character)};" if character.isprintable() else "?" for character in text)
    answers = [
        ("esearch", JSON, json.dumps({"header": {"type": "esearch"}, "esearchresult": result})),
        ("espell", XML, f"<eSpellResult><CorrectedQuery>{spelled}</CorrectedQuery></eSpellResult>"),
        ("esearch", JSON, json.dumps({"header": {"type": "esearch"}, "esearchresult": {"ERROR": text}})),
    ]
    pubmed.faults += [Fault(prescribed(200, kind, body.encode()), program) for program, kind, body in answers]
    async with desk.open("plankton") as reader:
        harmless(reader)
        await reader.press("understood")
        harmless(reader)
        assert sum(whole(text, block) for block in reader.page) >= 3, reader.page
        await reader.key("escape")
        await reader.search("drifting")
        harmless(reader)


@pytest.mark.parametrize("name", ["closing tag", "clipboard written", "C1"])
async def test_file_names_and_settings_stay_text(
    tmp_path: Path, pubmed: PubMedDouble, clock: Clock, pauses: Pauses, name: str
) -> None:
    text = CANARIES[name].replace("/", "∕")
    folder = tmp_path / text
    folder.mkdir()
    (folder / "pubmed.db").write_bytes(b"this is no database" * 100)
    (folder / "pubmed-20261121-2-records.ris").touch()
    desk = Desk(folder, pubmed, clock, pauses)
    settings = Settings(warnings=(f"{text} can be read by others",))
    async with desk.open("stroma metastasis", settings=settings) as reader:
        assert len(reader.toasts) >= 2, reader.screen
        assert any(whole(text, toast) for toast in reader.toasts)
        harmless(reader)
        await reader.press("export")
        await reader.paste(f"{folder}/pubmed")
        harmless(reader)
        await reader.key("shift+tab", "end", "enter")
        harmless(reader)


async def test_what_is_pasted_stays_text(desk: Desk) -> None:
    async with desk.open() as reader:
        for text in CANARIES.values():
            await reader.paste(text)
            harmless(reader)
        await reader.key("enter")
        harmless(reader)
        await reader.press("query")
        await reader.key("escape", "2", "slash")
        assert reader.dialog is not None
        for text in CANARIES.values():
            await reader.paste(text)
            harmless(reader)
        await reader.key("enter")
        harmless(reader)
