"""``pubmed-tui export --update``, and exports of more records than PubMed gives for one search."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.shell import Ended, Shell
from tests.made_up import TITLE, article, article_set
from tests.pubmed_double import PubMedDouble
from tui.library.bulk import Import

MINE = "; mine\nTY  - BOOK\nTI  - A book of my own\nER  - \n\n"


@pytest.fixture
def file(online: Shell) -> Path:
    """An RIS file with a book of the user's own, and the records 1 and 2 with a note of theirs on the second."""
    assert online.run("export", 1, 2, "--output", "refs.ris").status == 0
    file = online.folder / "refs.ris"
    text = file.read_text(encoding="utf-8").replace("\nER", "\nRN  - to read\nER")
    file.write_text(MINE + text, encoding="utf-8")
    return file


def changed(double: PubMedDouble, pmid: int) -> None:
    double.add(article(pmid, "As it is now.", version=2))


class TestUpdate:
    def test_replaced_added_and_unchanged(self, online: Shell, double: PubMedDouble, file: Path) -> None:
        before = file.read_text(encoding="utf-8")
        online.cache.unlink()
        changed(double, 2)
        ended = online.run("export", "--update", "refs.ris", 1, 2, 3)
        assert (ended.status, ended.out) == (0, "")
        assert ended.err == "pubmed-tui: refs.ris: 1 replaced, 1 added, 1 unchanged.\n"
        after = file.read_text(encoding="utf-8")
        first, second = before.split("TY  - JOUR")[:3:2][0], before.split("TY  - JOUR")[2]
        assert after.startswith(before[: before.index(second)])
        assert "\nTI  - As it is now.\n" in after
        assert after.count("RN  - to read\n") == 2
        assert after.count("\nER  - \n") == 4
        assert first == MINE

    def test_a_second_time_nothing_is_written(self, online: Shell, file: Path) -> None:
        before = file.stat()
        ended = online.run("export", "--update", "refs.ris", 1, 2)
        assert ended.err == "pubmed-tui: refs.ris: 0 replaced, 0 added, 2 unchanged.\n"
        assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    def test_without_more_it_is_what_is_in_the_file(self, online: Shell, double: PubMedDouble, file: Path) -> None:
        online.cache.unlink()
        changed(double, 1)
        del double.articles[2]
        before = file.read_text(encoding="utf-8")
        ended = online.run("export", "--update", "refs.ris")
        assert ended.status == 0
        assert ended.err.splitlines() == [
            "pubmed-tui: Not in PubMed: PMID 2. Their entries stay as they are.",
            "pubmed-tui: refs.ris: 1 replaced, 0 added, 0 unchanged.",
        ]
        assert file.read_text(encoding="utf-8") == before.replace(f"TI  - {TITLE}", "TI  - As it is now.", 1)

    def test_offline(self, online: Shell, file: Path) -> None:
        before = file.read_bytes()
        assert online.run("export", "--update", "refs.ris", "--offline").err.endswith("2 unchanged.\n")
        ended = online.run("export", "--update", "refs.ris", 3, "--offline")
        assert (ended.status, file.read_bytes()) == (1, before)

    def test_what_answers_a_query(self, online: Shell, file: Path) -> None:
        ended = online.run("export", "--update", "refs.ris", "--query", "stromal")
        assert ended.err == "pubmed-tui: refs.ris: 0 replaced, 3 added, 2 unchanged.\n"
        assert file.read_text(encoding="utf-8").count("TY  - JOUR") == 5

    @pytest.mark.parametrize("name", ["new.ris", "new.bib", "new.json"])
    def test_a_file_that_is_not_there_is_made(self, online: Shell, name: str) -> None:
        format = {"new.bib": ("--format", "bibtex")}.get(name, ("--format", name[4:]))
        assert (
            online.run("export", "--update", name, 1, 2).err
            == f"pubmed-tui: {name}: 0 replaced, 2 added, 0 unchanged.\n"
        )
        made = (online.folder / name).read_bytes().decode()
        assert made == online.run("export", 1, 2, *format).out

    def test_csl_where_that_is_asked_for(self, online: Shell) -> None:
        assert online.run("export", "--update", "new.json", 1, "--format", "csl-json").status == 0
        assert online.run("export", "--update", "new.json", 2).status == 0
        items = json.loads((online.folder / "new.json").read_text(encoding="utf-8"))
        assert [item["PMID"] for item in items] == ["1", "2"]

    def test_the_link_and_the_permissions_stay(self, online: Shell, file: Path) -> None:
        file.chmod(0o600)
        link = file.with_name("link.ris")
        link.symlink_to(file)
        assert online.run("export", "--update", "link.ris", 3).status == 0
        assert link.is_symlink()
        assert "AN  - 3\n" in file.read_text(encoding="utf-8")
        assert file.stat().st_mode & 0o777 == 0o600

    def test_a_file_that_changes_meanwhile_is_left_alone(self, online: Shell, double: PubMedDouble, file: Path) -> None:
        gate = double.hold("efetch")
        started = online.start("export", "--update", "refs.ris", 3)
        gate.arrived.wait_in_thread()
        file.write_text("mine", encoding="utf-8")
        gate.release()
        _, said = started.communicate(timeout=60)
        assert started.returncode == 1
        assert "refs.ris was changed by another program meanwhile." in said
        assert file.read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize(
        ("name", "data", "why"),
        [
            ("a.ris", b"TY  - JOUR\nTI  - no end\n", "a.ris: Line 1: the entry that begins here has no end (ER)."),
            ("a.bib", b"\n@article{x, title = {no end}\n", "a.bib: Line 2: this entry cannot be read."),
            ("a.json", b'{"pmid": 1}', "a.json: Line 1: this is no list of records in JSON."),
            ("a.ris", b"TY  - JOUR\nTI  - \xe9\nER  - \n", "a.ris is not UTF-8 text."),
        ],
    )
    def test_a_file_that_cannot_be_read_is_left_alone(self, online: Shell, name: str, data: bytes, why: str) -> None:
        (online.folder / name).write_bytes(data)
        ended = online.run("export", "--update", name, 1)
        assert (ended.status, ended.out) == (1, "")
        assert why in ended.err
        assert (online.folder / name).read_bytes() == data

    def test_it_is_looked_at_before_pubmed_is_asked(self, shell: Shell) -> None:
        (shell.folder / "a.ris").write_text("not there\n")
        assert shell.run("export", "--update", "a.ris", 1).status == 1

    def test_a_copy_of_a_record_that_is_old_is_refreshed(self, online: Shell, double: PubMedDouble) -> None:
        (online.folder / "old.xml").write_bytes(article_set([article(1)]))
        with Import(online.cache, now=lambda: 0.0) as importing:
            importing.take(online.folder / "old.xml")
        changed(double, 1)
        assert TITLE in online.run("export", 1).out
        assert online.run("export", "--update", "new.ris", 1).status == 0
        assert "As it is now." in (online.folder / "new.ris").read_text(encoding="utf-8")

    def test_a_folder(self, online: Shell) -> None:
        (online.folder / "a.ris").mkdir()
        ended = online.run("export", "--update", "a.ris", 1)
        assert (ended.status, ended.out) == (1, "")
        assert "a.ris cannot be read: is a directory. Check the name." in ended.err

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (
                ("--update", "refs.ris", "--format", "bibtex"),
                "refs.ris: The file is in the format ris, and not bibtex.",
            ),
            (("--update", "refs.txt"), "refs.txt: A file that ends in '.txt' cannot be kept in step."),
            (("--update", "refs.ris", "--output", "x.ris"), "Leave out --output and --force."),
            (("--update", "refs.ris", "--force"), "Leave out --output and --force."),
            (("--update", "refs.ris", "--format", "riss"), "There is no export format 'riss'."),
        ],
    )
    def test_words_that_do_not_go_together(self, online: Shell, file: Path, words: tuple[str, ...], why: str) -> None:
        before = file.read_bytes()
        ended = online.run("export", 1, *words)
        assert (ended.status, ended.out) == (2, "")
        assert why in ended.err
        assert file.read_bytes() == before

    def test_nothing_to_update(self, online: Shell) -> None:
        (online.folder / "own.ris").write_text(MINE)
        ended = online.run("export", "--update", "own.ris")
        assert ended.status == 1
        assert "There is no record to export." in ended.err


class Claims(dict[str, int]):
    """What a query claims to find, alone and over days of entry that include both years of `many`."""

    def get(self, query: str, found: int) -> int:  # type: ignore[override]  # as the double asks
        return 12_345 if query in self else found

    def __contains__(self, query: object) -> bool:
        first, _, last = str(query).removesuffix("[edat]").rpartition(") AND ")[2].partition(":")
        return "[edat]" not in str(query) or (first <= "2015/01/01" and last >= "2020/01/01")


@pytest.fixture
def many(online: Shell, double: PubMedDouble) -> Shell:
    """PubMed claims to have more than it gives for one search; five records were entered in two years."""
    for pmid in range(1, 6):
        entered = f'<PubMedPubDate PubStatus="entrez"><Year>{2015 + pmid % 2 * 5}</Year><Month>1</Month><Day>1</Day>'
        history = f"<PubmedData><History>{entered}</PubMedPubDate></History></PubmedData></PubmedArticle>"
        double.add(article(pmid).replace(b"</PubmedArticle>", history.encode()))
    double.count_of = Claims()
    return online


def pmids_in(text: str) -> list[str]:
    return [line[6:] for line in text.splitlines() if line.startswith("AN  - ")]


def at_a_terminal(shell: Shell, answer: str, *words: str) -> Ended:
    """Run the program with a terminal for its standard input and error, and give this answer to a question.

    No answer at all is Ctrl+C.
    """
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, *shell.program, *words],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=shell.folder,
        env=shell.environment,
    ) as started:
        os.close(theirs)
        guard = threading.Timer(60, started.kill)
        guard.start()
        said = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # nobody is at the other end any more
                break
            if not piece:
                break
            said += piece
            if said.endswith(b"[y/N] "):
                if answer:
                    os.write(ours, answer.encode())
                else:
                    started.send_signal(signal.SIGINT)
        assert started.stdout is not None
        out = started.stdout.read().decode()
        os.close(ours)
        guard.cancel()
    return Ended(started.returncode, out, said.decode())


class TestMoreThanOneSearchGives:
    def test_nobody_is_asked_where_that_is_said(self, many: Shell, double: PubMedDouble) -> None:
        ended = many.run("export", "--query", "stromal", "--yes", NCBI_API_KEY="k" * 36)
        assert ended.status == 0
        assert pmids_in(ended.out) == ["5", "3", "1", "4", "2"]
        said = ended.err.splitlines()
        assert said[0].startswith(
            "pubmed-tui: 12,345 records match, more than the 9,999 that PubMed gives for one search"
        )
        assert "in 2 parts: at most 4 requests, at least 1 second at 10 a second." in said[0]
        assert len(said) == 2
        ids = [asked["term"] for asked in double.asked("esearch") if asked["retmax"] != "0"]
        assert len(ids) == 2
        assert all(term.startswith("(stromal) AND ") and term.endswith("[edat]") for term in ids)

    def test_it_is_not_begun_unasked(self, many: Shell, double: PubMedDouble) -> None:
        ended = many.run("export", "--query", "stromal", "--output", "x.ris", NCBI_API_KEY="k" * 36)
        assert (ended.status, ended.out) == (2, "")
        assert ended.err.endswith("pubmed-tui: Nothing was fetched. Say --yes to have it done without being asked.\n")
        assert double.asked("efetch") == []
        assert not (many.folder / "x.ris").exists()

    def test_at_a_terminal_one_is_asked(self, many: Shell) -> None:
        many.variables["NCBI_API_KEY"] = "k" * 36
        refused = at_a_terminal(many, "n\n", "export", "--query", "stromal")
        assert (refused.status, refused.out) == (1, "")
        assert "Nothing was fetched." in refused.err
        agreed = at_a_terminal(many, "y\n", "export", "--query", "stromal")
        assert (agreed.status, len(pmids_in(agreed.out))) == (0, 5)
        assert "of 5 records fetched" in agreed.err
        stopped = at_a_terminal(many, "", "export", "--query", "stromal")
        assert (stopped.status, stopped.out) == (130, "")
        assert "Stopped. What was fetched is kept" in stopped.err

    def test_stopped_and_begun_again(self, many: Shell, double: PubMedDouble) -> None:
        many.variables["NCBI_API_KEY"] = "k" * 36
        assert many.run("export", 1, 2, 3).status == 0
        gate = double.hold("efetch")
        started = many.start("export", "--query", "stromal", "--yes")
        gate.arrived.wait_in_thread()
        started.send_signal(signal.SIGINT)
        out, said = started.communicate(timeout=60)
        assert (started.returncode, out) == (130, "")
        assert said.endswith("pubmed-tui: Stopped. What was fetched is kept; the same command goes on from here.\n")
        gate.release()
        double.log.clear()
        assert len(pmids_in(many.run("export", "--query", "stromal", "--yes").out)) == 5
        assert sorted(asked["id"] for asked in double.asked("efetch")) == ["5,4"]

    def test_what_is_listed_but_not_given_is_left_out(self, online: Shell, double: PubMedDouble) -> None:
        double.articles[3] = double.articles[3]._replace(xml=b"")
        ended = online.run("export", "--query", "stromal")
        assert (ended.status, pmids_in(ended.out)) == (0, ["5", "4", "2", "1"])
        assert "PubMed lists 1 of these without giving them: PMID 3. They are left out." in ended.err


class TestEverythingKept:
    def test_an_empty_query_offline(self, offline: Shell) -> None:
        kept = offline.run("cache", "list").out.split()
        ended = offline.run("export", "--query", "", "--offline")
        assert (ended.status, pmids_in(ended.out)) == (0, kept)

    def test_but_not_online(self, online: Shell) -> None:
        ended = online.run("export", "--query", " ")
        assert (ended.status, ended.out) == (2, "")
        assert "An empty query means everything that is kept here. It needs --offline." in ended.err
