"""Records to a file or to the clipboard: what the dialog offers, what it writes, and what it never does unasked."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
import rispy
from lxml import etree
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Input

from tests.desk import Desk
from tests.driver import Reader
from tests.pubmed_double import Fault, PubMedDouble, busy
from tui.export import FORMATS

Demo = Callable[..., AbstractAsyncContextManager[Reader]]
SEED_TITLE = "Mesenchymal stem cells within tumour stroma promote breast cancer metastasis."


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the program writes to the terminal itself."""
    written: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda _driver, data: written.append(data))
    return written


def clipboard_of(terminal: list[str]) -> str:
    """The text of the one OSC 52 that was written."""
    (sequence,) = (data for data in terminal if "\x1b]52;" in data)
    return base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode()


def path_line(reader: Reader) -> Input:
    return reader.app.screen.query_one("#path", Input)


async def name_file(reader: Reader, name: str) -> None:
    """Give the file of the export dialog another name."""
    path_line(reader).focus()
    await reader.settled()
    path_line(reader).clear()
    await reader.type(name)


async def test_the_record_is_written_as_ris_by_two_keys(demo: Demo, tmp_path: Path) -> None:
    async with demo() as reader:
        await reader.press("export")
        reader.says("Export PMID 17914389", "ris", "RIS, for Zotero", "karnoub-2007-17914389.ris")
        await reader.key("enter")
        assert reader.dialog is None
        assert reader.toasts == ["1 record written to karnoub-2007-17914389.ris"]
        (entry,) = rispy.loads((tmp_path / "karnoub-2007-17914389.ris").read_text(encoding="utf-8"))
        assert SEED_TITLE.startswith(entry["title"])
        assert reader.results.focused


async def test_every_format_is_offered_and_written(demo: Demo, tmp_path: Path) -> None:
    async with demo() as reader:
        for format in FORMATS:
            await reader.press("export")
            await reader.choose(format.label)
            assert reader.dialog is None, reader.screen
            file = tmp_path / f"karnoub-2007-17914389{format.suffix}"
            text = file.read_text(encoding="utf-8")
            assert "Mesenchymal stem cells" in text, format.name
            if format.name == "xml":
                root = etree.fromstring(text.encode())
                assert root.tag == "PubmedArticleSet"
                assert root.findtext(".//PMID") == "17914389"
            elif format.name == "json":
                assert SEED_TITLE in json.dumps(json.loads(text))
            file.unlink()


async def test_a_name_of_ones_own_keeps_its_beginning_when_the_format_changes(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    async with demo() as reader:
        await reader.press("export")
        await name_file(reader, "sub/karnoub-2007-17914389.ris")
        await reader.key("shift+tab", "down")
        assert path_line(reader).value == f"sub/karnoub-2007-17914389{FORMATS[1].suffix}"
        await name_file(reader, "mine.txt")
        await reader.key("shift+tab", "up", "enter")
        assert (tmp_path / "mine.txt").read_text(encoding="utf-8").startswith("TY  - JOUR")


async def test_marked_records_are_written_together_in_the_order_of_the_list(demo: Demo, tmp_path: Path) -> None:
    async with demo() as reader:
        await reader.press("down", "mark", "mark", "first", "mark")
        reader.says("3 marked")
        marked = reader.results.pmids[:3]
        await reader.press("export")
        reader.says("Export 3 records")
        await name_file(reader, "marked.ris")
        await reader.key("enter")
        assert reader.toasts == ["3 records written to marked.ris"]
        entries = rispy.loads((tmp_path / "marked.ris").read_text(encoding="utf-8"))
        assert [int(entry["accession_number"]) for entry in entries] == list(marked)


async def test_all_are_marked_and_none(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("mark_all")
        reader.says("42 marked")
        await reader.press("export")
        reader.says("Export 42 records")
        await reader.key("escape")
        await reader.press("mark_all")
        await reader.press("export")
        reader.says("Export PMID 17914389")


async def test_a_file_is_never_replaced_unasked(demo: Demo, tmp_path: Path) -> None:
    there = tmp_path / "karnoub-2007-17914389.ris"
    there.write_text("mine")
    async with demo() as reader:
        await reader.press("export")
        await reader.key("enter")
        reader.says("This file exists already. Enter once more replaces it.")
        assert there.read_text() == "mine"
        await reader.key("escape")
        assert there.read_text() == "mine"
        await reader.press("export")
        await reader.key("enter", "enter")
        assert reader.dialog is None
        assert there.read_text(encoding="utf-8").startswith("TY  - JOUR")


async def test_a_yes_to_one_file_is_none_to_another(demo: Demo, tmp_path: Path) -> None:
    for name in ("one.ris", "two.ris"):
        (tmp_path / name).write_text("mine")
    async with demo() as reader:
        await reader.press("export")
        await name_file(reader, "one.ris")
        await reader.key("enter")
        await name_file(reader, "two.ris")
        await reader.key("enter")
        reader.says("This file exists already.")
        await name_file(reader, "one.ris")
        await reader.key("enter")
        reader.says("This file exists already.")
        assert [(tmp_path / name).read_text() for name in ("one.ris", "two.ris")] == ["mine", "mine"]


async def test_a_link_is_replaced_and_not_followed(demo: Demo, tmp_path: Path) -> None:
    aim = tmp_path / "aim.txt"
    aim.write_text("mine")
    (tmp_path / "karnoub-2007-17914389.ris").symlink_to(aim)
    async with demo() as reader:
        await reader.press("export")
        await reader.key("enter", "enter")
        assert reader.dialog is None
    assert aim.read_text() == "mine"
    assert not (tmp_path / "karnoub-2007-17914389.ris").is_symlink()


async def test_a_place_that_cannot_be_written_to_is_said_and_the_dialog_stays(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    async with demo() as reader:
        await reader.press("export")
        for name, said in (
            ("folder", "That is a folder; add a file name."),
            ("nowhere/x.ris", "There is no such folder."),
            ("", "Give the file a name."),
            ("/proc/x.ris", "could not be written"),
            ("x" * 300 + ".ris", "could not be written"),
        ):
            await name_file(reader, name)
            await reader.key("enter")
            reader.says(said)
            assert reader.dialog is not None
        await name_file(reader, "folder/good.ris")
        await reader.key("enter")
        assert reader.dialog is None
    assert (tmp_path / "folder" / "good.ris").exists()


async def test_a_path_is_completed_from_the_disk(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "literature").mkdir()
    (tmp_path / "literature" / "stroma.ris").write_text("mine")
    async with demo() as reader:
        await reader.press("export")
        await name_file(reader, "lit")
        await reader.until(lambda: "literature/" in reader.screen)
        await reader.key("right")
        assert path_line(reader).value == "literature/"
        await reader.type("str")
        await reader.until(lambda: "literature/stroma.ris" in reader.screen)
        await reader.key("right", "enter")
        reader.says("This file exists already.")


async def test_a_home_folder_is_understood(demo: Demo, tmp_path: Path) -> None:
    async with demo() as reader:
        await reader.press("export")
        await name_file(reader, "~/seed.ris")
        await reader.key("enter")
    assert (tmp_path / "seed.ris").exists()


async def test_records_are_exported_to_the_clipboard(demo: Demo, terminal: list[str], tmp_path: Path) -> None:
    async with demo() as reader:
        await reader.press("export", "export_clipboard")
        assert reader.dialog is None
        assert any("Sent to the terminal's clipboard (OSC 52)" in toast for toast in reader.toasts), reader.toasts
    (entry,) = rispy.loads(clipboard_of(terminal))
    assert entry["accession_number"] == "17914389"
    assert not list(tmp_path.glob("*.ris"))


async def test_the_buttons_do_what_they_say(demo: Demo, terminal: list[str], tmp_path: Path) -> None:
    async with demo() as reader:
        await reader.press("export")
        await reader.click("#cancel", 2, 0)
        assert reader.dialog is None
        await reader.press("export")
        await reader.click("#write", 2, 0)
        assert (tmp_path / "karnoub-2007-17914389.ris").exists()
        await reader.press("export")
        await reader.click("#clipboard", 2, 0)
        assert clipboard_of(terminal).startswith("TY  - JOUR")


@pytest.mark.parametrize(
    ("key", "copied"),
    [("p", "17914389"), ("d", "10.1038/nature06188"), ("r", "TY  - JOUR")],
    ids=["PMID", "DOI", "RIS"],
)
async def test_a_piece_of_the_record_is_copied(demo: Demo, terminal: list[str], key: str, copied: str) -> None:
    async with demo() as reader:
        await reader.press("copy")
        reader.says("Copy", "PMID", "DOI", "RIS")
        await reader.key(key)
        assert reader.dialog is None
        assert any("OSC 52" in toast for toast in reader.toasts), reader.toasts
    text = clipboard_of(terminal)
    assert text == copied if key != "r" else text.startswith(copied)


@pytest.mark.parametrize(
    ("key", "end"),
    [
        ("c", "2007 Oct 4;449(7162):557-63. doi: 10.1038/nature06188. PMID: 17914389."),
        ("a", "Nature. 2007;449(7162):557-563. doi:10.1038/nature06188"),
        ("A", "Nature, 449(7162), 557–563. https://doi.org/10.1038/nature06188"),
        ("m", "Nature, vol. 449, no. 7162, 4 Oct. 2007, pp. 557-63, https://doi.org/10.1038/nature06188."),
        ("v", "Nature. 2007;449(7162):557-63. doi: 10.1038/nature06188."),
    ],
    ids=["NLM", "AMA", "APA", "MLA", "Vancouver"],
)
async def test_a_citation_is_copied_in_each_style(demo: Demo, terminal: list[str], key: str, end: str) -> None:
    async with demo() as reader:
        await reader.press("copy")
        reader.says("NLM", "AMA", "APA", "MLA", "Vancouver")
        await reader.key(key)
        assert reader.dialog is None
    assert clipboard_of(terminal).startswith("Karnoub")
    assert clipboard_of(terminal).endswith(end)


async def test_of_several_marked_each_is_copied(demo: Demo, terminal: list[str]) -> None:
    async with demo() as reader:
        await reader.press("mark", "mark", "copy")
        reader.says("PMIDs, one a line")
        await reader.key("p")
    assert clipboard_of(terminal) == "17914389\n990000001"


async def test_only_what_the_record_has_is_offered_to_copy(demo: Demo, terminal: list[str]) -> None:
    async with demo() as reader:
        await reader.press("down", "copy")
        assert "DOI" not in "".join(reader.screen.partition("Copy")[2].partition("╰")[0])
        await reader.key("escape")
        assert reader.dialog is None
    assert not any("\x1b]52;" in data for data in terminal)


async def test_the_menu_is_walked_as_well(demo: Demo, terminal: list[str]) -> None:
    async with demo() as reader:
        await reader.press("copy")
        await reader.key("down", "enter")
    assert clipboard_of(terminal) == "10.1038/nature06188"


async def test_marked_records_that_are_not_kept_are_fetched_first(
    desk: Desk, pubmed: PubMedDouble, tmp_path: Path
) -> None:
    pubmed.faults.append(Fault(busy(), "efetch", times=8))
    async with desk.open("stroma metastasis") as reader:
        await reader.press("mark_all")
        pubmed.faults.clear()
        await reader.press("export")
        await name_file(reader, "both.ris")
        await reader.key("enter")
        assert reader.dialog is None, reader.screen
    assert len(rispy.loads((tmp_path / "both.ris").read_text(encoding="utf-8"))) == 2


async def test_what_is_neither_kept_nor_to_be_had_is_said_and_nothing_is_written(
    desk: Desk, pubmed: PubMedDouble, tmp_path: Path
) -> None:
    pubmed.faults.append(Fault(busy(), "efetch", times=8))
    async with desk.open("stroma metastasis") as reader:
        desk.on_the_train = True
        await reader.press("mark_all", "export", wait=False)
        await reader.until(lambda: reader.dialog is not None)
        await name_file(reader, "both.ris")
        await reader.key("enter")
        assert reader.dialog is not None
    assert not (tmp_path / "both.ris").exists()


async def test_it_is_the_record_under_the_cursor_even_while_it_is_on_its_way(
    desk: Desk, pubmed: PubMedDouble, many: list[int]
) -> None:
    gate = pubmed.hold("efetch")
    async with desk.open() as reader:
        await reader.ask("plankton")
        await reader.until(lambda: len(reader.results.pmids) == 50)
        await reader.key("j", "j", "e", wait=False)
        await reader.until(lambda: reader.dialog is not None)
        reader.says(f"Export PMID {many[2]}")
        gate.release()
        await reader.settled()


async def test_pmids_are_copied_before_their_records_are_there(
    desk: Desk, pubmed: PubMedDouble, many: list[int]
) -> None:
    gate = pubmed.hold("efetch")
    async with desk.open() as reader:
        await reader.ask("plankton")
        await reader.until(lambda: len(reader.results.pmids) == 50)
        await reader.key("space", "space", "y", wait=False)
        await reader.until(lambda: reader.dialog is not None)
        reader.says("PMIDs, one a line")
        await reader.key("p", wait=False)
        await reader.until(lambda: any("clipboard" in toast for toast in reader.toasts))
        gate.release()
        await reader.settled()
