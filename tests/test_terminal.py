"""The whole way in a real terminal: started, used by its keys, ended in every manner, and the terminal as before."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

import json

import rispy

from tests.made_up import article
from tests.pseudo_terminal import Terminal
from tests.pubmed_answers import JSON
from tests.pubmed_double import Fault, PubMedDouble, prescribed

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "tui" / "demo" / "records.xml.gz"
BROWSER = ["-m", "tui"]
SEED = "Mesenchymal stem cells"
COMMENTARY = "A MSC-ing link in metastasis?"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Folders of its own, no settings, and no network that would answer."""
    folders = {f"XDG_{name.upper()}_HOME": str(tmp_path / name) for name in ("data", "config", "state")}
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "PUBMED_TUI_EUTILS_URL": "http://127.0.0.1:9/entrez/eutils",
        **folders,
    }


@pytest.fixture
def pubmed(environment: dict[str, str]) -> Iterator[PubMedDouble]:
    """PubMed with the records of the demo, on this machine."""
    double = PubMedDouble()
    double.add_file(DEMO)
    with double.serve() as url:
        environment["PUBMED_TUI_EUTILS_URL"] = url
        yield double


INTERRUPTED = """
import os, signal, sys

class Finder:
    def find_spec(name, path, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder)
from tui.__main__ import main
sys.argv = ["pubmed-tui", *{words!r}]
sys.exit(main())
"""
"""The program, where Ctrl+C comes when it begins to load a module."""


@pytest.mark.parametrize("module", ["tui.quick", "termios", "tui.cli", "textual", "textual.app", "tui.ui.app"])
def test_ctrl_c_while_the_browser_loads(environment: dict[str, str], module: str) -> None:
    with Terminal(["-c", INTERRUPTED.format(module=module, words=[])], environment) as terminal:
        assert terminal.end() == 130
        if terminal.output:  # it has come so far as to draw its first frame
            terminal.was_left_as_found()
        assert b"Traceback" not in terminal.output


@pytest.mark.parametrize("module", ["tui.quick", "tui.cli", "tui.cli.search", "argparse", "asyncio", "tui.library"])
def test_ctrl_c_while_a_command_loads(environment: dict[str, str], module: str) -> None:
    code = INTERRUPTED.format(module=module, words=["search", "x"])
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


def panes(terminal: Terminal) -> None:
    """Wait for the three panes."""
    terminal.shows("Search ─", "Record ─", "MeSH and grants ─")


def test_the_demo_from_its_first_frame_to_its_end(environment: dict[str, str], tmp_path: Path) -> None:
    with Terminal([*BROWSER, "--demo"], environment) as terminal:
        panes(terminal)
        assert b"\x1b[?1049h" in terminal.output
        assert SEED not in terminal.screen, "the frame is there before anything heavy is loaded"
        terminal.shows("42 kept", SEED, "Breast Neoplasms", "PMID 17914389 from the demo library, today")
        terminal.type("skarnoub chemokine\r")
        terminal.shows("1 found in what is kept", "Karnoub AE")
        terminal.type("r")
        terminal.shows("Hurst DR, Welch DR")
        terminal.type("[")
        terminal.shows("Karnoub AE, Dash AB")
        terminal.type("e")
        terminal.shows("Export PMID 17914389")
        terminal.type(f"\t\x05\x15{tmp_path}/seed.ris")
        terminal.shows("seed.ris")
        terminal.type("\r")
        terminal.shows("1 record written to")
        terminal.type("q")
        assert terminal.end() == 0
        terminal.was_left_as_found()
    (entry,) = rispy.loads((tmp_path / "seed.ris").read_text(encoding="utf-8"))
    assert entry["accession_number"] == "17914389"
    assert not (tmp_path / "data").exists(), "the demo keeps nothing"


def test_keys_typed_before_the_program_is_there_are_not_lost(environment: dict[str, str], pubmed: PubMedDouble) -> None:
    with Terminal(BROWSER, environment) as terminal:
        panes(terminal)
        terminal.type("karnoub mesenchymal\r")
        terminal.shows("1 found", "Karnoub AE", "PMID 17914389 from PubMed, today")
        assert pubmed.asked("esearch")[0]["term"] == "karnoub mesenchymal"
        terminal.type("q")
        assert terminal.end() == 0


def test_online_and_then_offline(environment: dict[str, str], pubmed: PubMedDouble) -> None:
    with Terminal([*BROWSER, "stroma", "metastasis"], environment, (80, 24)) as terminal:
        terminal.shows("2 found", COMMENTARY, "PMID 990000001 from PubMed, today")
        terminal.type("j")
        terminal.shows("PMID 17914389 from PubMed, today", "Karnoub AE")
        terminal.type("q")
        assert terminal.end() == 0
        terminal.was_left_as_found()
    asked = len(pubmed.log)
    with Terminal([*BROWSER, "--offline"], environment, (80, 24)) as terminal:
        terminal.shows("OFFLINE", "2 kept")
        terminal.type("smetastasis karnoub\r")
        terminal.shows("1 found in what is kept", "Karnoub AE")
        terminal.type("q")
        assert terminal.end() == 0
        terminal.was_left_as_found()
    assert len(pubmed.log) == asked


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(environment: dict[str, str], number: signal.Signals) -> None:
    with Terminal([*BROWSER, "--demo"], environment) as terminal:
        terminal.shows("42 kept")
        terminal.signal(number)
        assert terminal.end() == 128 + number
        terminal.was_left_as_found()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_records_are_fetched_leaves_the_terminal_as_it_was(
    environment: dict[str, str], pubmed: PubMedDouble, number: signal.Signals
) -> None:
    gate = pubmed.hold("efetch")
    with Terminal([*BROWSER, "stroma", "metastasis"], environment) as terminal:
        terminal.shows("2 found")
        gate.arrived.wait_in_thread()
        terminal.signal(number)
        assert terminal.end() == 128 + number
        terminal.was_left_as_found()


def test_a_web_browser_of_the_terminal_is_lent_the_screen(environment: dict[str, str], tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\necho reading $1\nread answer\n")
    browser.chmod(0o700)
    with Terminal([*BROWSER, "--demo"], {**environment, "BROWSER": str(browser)}) as terminal:
        terminal.shows("42 kept", "PubMed ID")
        terminal.type("o")
        terminal.shows("Open in the web browser")
        terminal.type("d")
        terminal.shows("reading https://doi.org/10.1038/nature06188")
        assert 1049 not in terminal.modes
        terminal.type("\n")
        terminal.shows("42 kept", "Asked the web browser for")
        terminal.type("q")
        assert terminal.end() == 0
        terminal.was_left_as_found()


def test_where_there_is_no_web_browser_the_address_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    with Terminal([*BROWSER, "--demo"], {**environment, "PATH": str(tmp_path)}) as terminal:
        terminal.shows("42 kept", "PubMed ID")
        terminal.type("op")
        terminal.shows("There is no web browser here.", "https://pubmed.ncbi.nlm.nih.gov/17914389/")
        terminal.type("q")
        assert terminal.end() == 0


def test_a_terminal_that_is_gone_ends_the_program(environment: dict[str, str], tmp_path: Path) -> None:
    """The signal comes more than once, as where a multiplexer ends a window: the next must not cut the end short."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    with Terminal([*BROWSER, "--demo"], {**environment, "TMPDIR": str(folder)}) as terminal:
        terminal.shows("42 kept")
        assert list(folder.iterdir()) != []
        terminal.hang_up()
        assert terminal.ended(signal.SIGHUP) != 0
        assert list(folder.iterdir()) == []


def test_a_wrong_setting_is_said_on_the_terminal_as_it_was(environment: dict[str, str], tmp_path: Path) -> None:
    config = tmp_path / "config" / "pubmed-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('theme = "neon"\n', encoding="utf-8")
    with Terminal(BROWSER, environment) as terminal:
        assert terminal.end() == 2
        assert "There is no theme 'neon'." in terminal.screen
        terminal.was_left_as_found()


def test_a_terminal_that_can_do_nothing_is_refused(environment: dict[str, str]) -> None:
    with Terminal([*BROWSER, "--demo"], {**environment, "TERM": "dumb"}) as terminal:
        assert terminal.end() == 2
        assert "The browser needs a terminal." in terminal.screen
        assert b"\x1b[?" not in terminal.output


@pytest.mark.parametrize("words", [(), ("--demo",), ("stroma",)])
def test_without_a_terminal_there_is_a_message(environment: dict[str, str], words: tuple[str, ...]) -> None:
    ended = subprocess.run(
        [sys.executable, *BROWSER, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert ended.stderr.startswith(b"pubmed-tui: The browser needs a terminal.")


def test_nothing_that_is_shown_acts_on_the_terminal(environment: dict[str, str], pubmed: PubMedDouble) -> None:
    canary = "[/b][@click=app.quit]x[/]\x7f\x9b2J\x9d0;owned\x9c\u202egnp\u2066\ufeff\u2028z e" + "\u0301" * 40
    pubmed.add(article(40_000_001, f"plankton {canary}", abstract=f"plankton {canary}"))
    said = f"plankton \x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x1bPq\x1b\\\x1b_Gx\x1b\\\x1b[2J\x00{canary}"
    result = {"count": "1", "retmax": "1", "retstart": "0", "idlist": ["40000001"], "querytranslation": said}
    body = json.dumps({"header": {"type": "esearch"}, "esearchresult": result})
    pubmed.faults.append(Fault(prescribed(200, JSON, body.encode()), "esearch"))
    with Terminal([*BROWSER, "plankton"], environment) as terminal:
        panes(terminal)
        terminal.shows("1 found", "plankton [/b][@click=app.quit", "PMID 40000001 from PubMed, today")
        for key, title in (("i", "─ The query ─"), ("e", "Export PMID 40000001")):
            terminal.type(key)
            terminal.shows(title)
            terminal.type("\x1b")
            terminal.shows_no_longer(title)
        terminal.type("q")
        assert terminal.end() == 0
    text = terminal.output.decode()
    assert not re.search(
        "[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\u2028]", text
    )
    assert not re.search("\u0301{9}", text)
    assert set(re.findall(r"\x1b\](\d+)", text)) <= {"22", "52"}
    assert not re.findall(r"\x1b[PX^_]", text), "a control string"
    assert "owned" in text, "it is shown, as text"


@pytest.mark.parametrize("theme", ["lamp", "ansi-dark"])
def test_without_colours_the_cursor_and_the_choice_are_seen(
    environment: dict[str, str], tmp_path: Path, theme: str
) -> None:
    settings = tmp_path / "config" / "pubmed-tui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'theme = "{theme}"\n')
    with Terminal([*BROWSER, "--demo"], {**environment, "NO_COLOR": "1"}) as terminal:
        panes(terminal)
        terminal.shows(SEED)
        terminal.type("2jj")
        terminal.until(lambda: "Karnoub AE" in terminal.standing_out)
        terminal.type("e")
        terminal.shows("Export PMID")
        terminal.until(lambda: "RIS, for Zotero" in terminal.standing_out)
        terminal.type("\x1b")
        terminal.shows_no_longer("Export PMID")
        terminal.type("q")
        assert terminal.end() == 0
    assert not re.findall(rb"\x1b\[(?:[\d;]*;)?(?:[349][0-8]|10[0-7])(?:;[\d;]*)?m", terminal.output), "SGR's colours"
