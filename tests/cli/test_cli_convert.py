"""``pubmed-tui convert``: nbib or XML in, any format out; neither cache nor network."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.made_up import TITLE, article, article_set, deletion
from tui.export import FORMATS

NBIB = "PMID- 7\r\nTI  - Two cells in a\r\n      dish.\r\nAU  - Sampler S\r\nAB  - Few words.\r\n\r\nPMID- 8\r\n"
WITHOUT = """
import sys

def refuse(event, arguments):
    if event.startswith(("socket.", "sqlite3.", "subprocess.")):
        sys.stderr.write(f"opened: {event}\\n")
        raise SystemExit(9)

sys.addaudithook(refuse)
from tui.__main__ import main

status = main()
sys.exit(status or 9 * bool({"apsw", "httpx", "tui.cache", "tui.remote", "tui.library"} & set(sys.modules)))
"""
"""The program, ended with 9 as soon as it makes a socket, opens a database or loads what could."""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """No folder that could be written to but the current one."""
    nowhere = {f"XDG_{name}_HOME": "/dev/null/nowhere" for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    return Shell(tmp_path, nowhere, ("-c", WITHOUT))


@pytest.fixture
def nbib(tmp_path: Path) -> Path:
    file = tmp_path / "mine.nbib"
    file.write_bytes(NBIB.encode())
    return file


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    file = tmp_path / "set.txt"  # what it is shows in its content
    file.write_bytes(article_set([article(1), deletion(9), article(2)]))
    return file


@pytest.mark.parametrize("format", [format.name for format in FORMATS])
def test_xml_into_every_format(shell: Shell, xml: Path, format: str) -> None:
    ended = shell.run("convert", xml, "--format", format)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.count(TITLE.rstrip(".")) >= 2


@pytest.mark.parametrize("format", [format.name for format in FORMATS])
def test_nbib_into_every_format(shell: Shell, nbib: Path, format: str) -> None:
    ended = shell.run("convert", nbib, "--format", format)
    assert (ended.status, ended.err) == (0, "")
    assert "Two cells in a dish" in ended.out
    assert {name.name for name in nbib.parent.iterdir()} == {nbib.name}


def test_the_guard_sees_a_socket_and_a_cache(shell: Shell) -> None:
    assert shell.run("cache", "path").status == 9
    sockets = subprocess.run(
        [sys.executable, "-c", WITHOUT.partition("from tui")[0] + "import socket; socket.socket()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (sockets.returncode, sockets.stderr) == (9, "opened: socket.__new__\n")


def test_ris_is_the_format_where_none_is_named(shell: Shell, nbib: Path) -> None:
    assert shell.run("convert", nbib).out.startswith("TY  - JOUR\n")


def test_nbib_becomes_xml_that_can_be_converted_again(shell: Shell, xml: Path, nbib: Path) -> None:
    assert shell.run("convert", xml, nbib, "--format", "xml", "--output", "all.xml").status == 0
    again = shell.run("convert", "all.xml", "--format", "nbib").out
    assert again.replace("LA  - und\n", "") == shell.run("convert", xml, nbib, "--format", "nbib").out


def test_xml_stays_as_it_is(shell: Shell, xml: Path) -> None:
    out = shell.run("convert", xml, "--format", "xml").out
    assert [article(pmid).decode() in out for pmid in (1, 2, 9)] == [True, True, False]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\n\n"])
def test_standard_input_of_any_kind(shell: Shell, nbib: Path, xml: Path, mark: str, *, packed: bool) -> None:
    for file in (nbib, xml):
        data = mark.strip("\n" if file == xml else "").encode() + file.read_bytes()
        ended = shell.run("convert", "-", "--format", "nbib", input=gzip.compress(data) if packed else data)
        assert (ended.status, ended.err) == (0, "")
        assert ended.out == shell.run("convert", file, "--format", "nbib").out


def test_several_files_into_one(shell: Shell, nbib: Path, xml: Path) -> None:
    packed = nbib.parent / "packed"
    packed.write_bytes(gzip.compress(xml.read_bytes()[:300]) + gzip.compress(xml.read_bytes()[300:]))
    ended = shell.run("convert", nbib, packed, "-", "--format=json", "--output", "all.json", input="PMID- 5\n")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "pubmed-tui: 5 records written to all.json.\n"
    written = json.loads((nbib.parent / "all.json").read_text(encoding="utf-8"))
    assert [record["pmid"] for record in written] == [7, 8, 1, 2, 5]
    assert [record["source"] for record in written][1:4:2] == ["mine.nbib", "packed"]
    assert written[4]["source"] == "Standard input"


def test_a_file_is_not_replaced_unasked(shell: Shell, nbib: Path) -> None:
    out = nbib.parent / "out.ris"
    out.write_text("mine")
    refused = shell.run("convert", nbib, "--output", out)
    assert (refused.status, refused.out, out.read_text()) == (1, "", "mine")
    assert shell.run("convert", nbib, "--output", out, "--force").status == 0
    assert out.read_text().startswith("TY  - JOUR\n")


BAD = {
    "none.nbib": (None, " cannot be read: no such file or directory. Check the name."),
    "empty": (b"", ": There is no record in it. Save or download the file again."),
    "text": (b"PMID- 1\n\nhello\n", ": Line 3 is no field of a MEDLINE record: 'hello'. "),
    "latin": (b"PMID- 1\nTI  - caf\xe9\n", ": Line 2 is not UTF-8. "),
    "page.html": (b"<html></html>", ": <html> is no element that holds PubMed records. "),
    "cut.xml": (article_set([article(1)])[:-30], ": The XML ends before its last record does. "),
    "cut.xml.gz": (gzip.compress(article_set([article(1)]))[:-30], " is damaged: it cannot be unpacked. "),
    "not.gz": (b"\x1f\x8bnot at all", " is damaged: it cannot be unpacked. "),
    "\x1b[31m.nbib": (b"hello", ": Line 1 is no field"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_file(shell: Shell, nbib: Path, name: str) -> None:
    data, said = BAD[name]
    if data is not None:
        (nbib.parent / name).write_bytes(data)
    ended = shell.run("convert", nbib, name, "--output", "out.ris")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("pubmed-tui: " + name.replace("\x1b", "\ufffd") + said)
    assert not (nbib.parent / "out.ris").exists()


def test_nothing_to_convert(shell: Shell) -> None:
    ended = shell.run("convert", "-", input="<PubmedArticleSet></PubmedArticleSet>")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "pubmed-tui: There is no record to convert. No file was written.\n"


@pytest.mark.parametrize("words", [(), ("a.nbib", "--format", "docx"), ("a.nbib", "--nosuch")])
def test_words_that_are_off(shell: Shell, words: tuple[str, ...]) -> None:
    ended = shell.run("convert", *words)
    assert (ended.status, ended.out) == (2, "")


def test_records_are_written_while_they_are_read(shell: Shell) -> None:
    """The first comes out before the input has ended, so that no file is too large."""
    some = "".join(f"PMID- {number}\nTI  - {'word ' * 200}\n\n" for number in range(1, 301))
    program = subprocess.Popen(
        [sys.executable, *shell.program, "convert", "-", "--format", "nbib"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=shell.environment,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(some.encode())
    program.stdin.flush()
    assert program.stdout.readline() == b"PMID- 1\n"
    program.stdin.write(b"PMID- 301\n")
    program.stdin.close()
    assert program.stdout.read().count(b"PMID- ") == 300
    program.stdout.close()
    assert program.wait() == 0
