"""``pubmed-tui export``: to standard output or to a file, and never half of what was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rispy
from lxml import etree

import tests.pubmed_double as pubmed
from tests.cli.shell import Shell
from tests.made_up import TITLE
from tests.pubmed_double import Fault, PubMedDouble
from tui import export

SEED = 17914389


def pmids_in(text: str) -> list[str]:
    return [line[6:] for line in text.splitlines() if line.startswith("AN  - ")]


class TestFormats:
    def test_ris_unless_told_otherwise(self, offline: Shell) -> None:
        ended = offline.run("export", SEED, 22, "--offline")
        assert (ended.status, ended.err) == (0, "")
        assert len(rispy.loads(ended.out)) == 2
        assert pmids_in(ended.out) == [str(SEED), "22"]
        assert offline.run("export", SEED, 22, "--offline", "--format", "RIS").out == ended.out

    def test_json(self, offline: Shell) -> None:
        ended = offline.run("export", SEED, 22, "--offline", "--format", "json")
        assert [record["pmid"] for record in json.loads(ended.out)] == [SEED, 22]

    def test_xml(self, offline: Shell) -> None:
        ended = offline.run("export", SEED, 22, "--offline", "--format", "xml")
        root = etree.fromstring(ended.out.encode())
        assert root.tag == "PubmedArticleSet"
        assert root.xpath("PubmedArticle/MedlineCitation/PMID/text()") == [str(SEED), "22"]

    @pytest.mark.parametrize("name", [format.name for format in export.FORMATS])
    def test_each_says_the_same_in_a_file(self, offline: Shell, name: str) -> None:
        out = offline.run("export", SEED, "--offline", "--format", name).out
        ended = offline.run("export", SEED, "--offline", "--format", name, "--output", "file")
        assert (ended.status, ended.out) == (0, "")
        assert ended.err == "pubmed-tui: 1 record written to file.\n"
        assert (offline.folder / "file").read_bytes().decode() == out

    def test_one_that_does_not_exist(self, shell: Shell) -> None:
        ended = shell.run("export", 1, "--format", "riss")
        assert (ended.status, ended.out) == (2, "")
        assert "There is no export format 'riss'. Did you mean ris? The formats are " in ended.err


class TestWhichRecords:
    def test_from_standard_input(self, offline: Shell) -> None:
        ended = offline.run("export", "-", "--offline", input=f"22\n{SEED}\n")
        assert pmids_in(ended.out) == ["22", str(SEED)]

    def test_on_both_sides_of_an_option(self, offline: Shell) -> None:
        assert pmids_in(offline.run("export", 22, "--offline", SEED).out) == ["22", str(SEED)]

    def test_what_is_missing_is_fetched(self, online: Shell, double: PubMedDouble) -> None:
        ended = online.run("export", 3, 1)
        assert [entry["title"] for entry in rispy.loads(ended.out)] == [TITLE, TITLE]
        assert [asked["id"] for asked in double.asked("efetch")] == ["3,1"]

    def test_what_answers_a_query(self, online: Shell) -> None:
        ended = online.run("export", "--query", "stromal", 2)
        assert ended.status == 0
        assert pmids_in(ended.out) == ["2", "5", "4", "3", "1"]

    def test_what_answers_a_query_offline(self, offline: Shell) -> None:
        assert pmids_in(offline.run("export", "--query", "karnoub metastasis", "--offline").out) == [str(SEED)]

    def test_more_than_pubmed_serves(self, online: Shell, double: PubMedDouble) -> None:
        double.count_of["stromal"] = 36_935
        ended = online.run("export", "--query", "stromal", NCBI_API_KEY="k" * 36)
        assert (ended.status, ended.out) == (2, "")
        assert "36,935 records match, more than the 9,999 that PubMed gives for one search." in ended.err
        assert "Nothing was fetched. Say --yes to have it done without being asked." in ended.err

    @pytest.mark.parametrize("words", [("--query", "fleegle"), ("-",)])
    def test_nothing_matches(self, online: Shell, words: tuple[str, ...]) -> None:
        ended = online.run("export", *words, "--output", "file")
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.endswith("pubmed-tui: There is no record to export. No file was written.\n")
        assert not (online.folder / "file").exists()

    def test_none_are_named(self, shell: Shell) -> None:
        ended = shell.run("export")
        assert (ended.status, ended.out) == (2, "")
        assert "name PMIDs, or a query with --query. See pubmed-tui export --help." in ended.err

    def test_one_that_cannot_be_had(self, online: Shell) -> None:
        ended = online.run("export", 1, 404, "--output", "file")
        assert (ended.status, ended.out) == (1, "")
        assert "PubMed has no record with the PMID 404." in ended.err
        assert not (online.folder / "file").exists()

    def test_one_that_is_not_kept_offline(self, offline: Shell) -> None:
        ended = offline.run("export", SEED, 404, "--offline")
        assert (ended.status, ended.out) == (1, "")
        assert ended.err == "pubmed-tui: Not kept here: PMID 404. Go online to fetch it from PubMed.\n"

    def test_no_network(self, shell: Shell) -> None:
        for words in (("1",), ("--query", "x")):
            ended = shell.run("export", *words)
            assert (ended.status, ended.out) == (3, "")
            assert "PubMed cannot be reached." in ended.err

    def test_an_answer_that_breaks_off_gives_no_half_file(self, online: Shell, double: PubMedDouble) -> None:
        double.faults.append(Fault(pubmed.blocked(), program="efetch", times=9))
        ended = online.run("export", "--query", "stromal", "--output", "file")
        assert (ended.status, ended.out) == (1, "")
        assert not (online.folder / "file").exists()


class TestTheFile:
    @pytest.fixture
    def file(self, offline: Shell) -> Path:
        file = offline.folder / "kept.ris"
        file.write_text("mine")
        return file

    def run(self, shell: Shell, *words: object) -> tuple[int, str]:
        ended = shell.run("export", SEED, "--offline", *words)
        assert ended.out == ""
        return ended.status, ended.err

    def test_it_is_not_replaced_unasked(self, offline: Shell, file: Path) -> None:
        status, said = self.run(offline, "--output", file)
        assert status == 1
        assert "kept.ris exists already." in said
        assert file.read_text() == "mine"

    def test_it_is_replaced_where_that_is_asked_for(self, offline: Shell, file: Path) -> None:
        assert self.run(offline, "--output", file, "--force")[0] == 0
        assert file.read_text(encoding="utf-8").startswith("TY  - JOUR")

    @pytest.mark.parametrize("words", [(1,), ("--query", "stromal")])
    @pytest.mark.parametrize("place", ["kept.ris", "nowhere/file.ris", ".", "x" * 300])
    def test_nothing_is_fetched_for_a_place_that_cannot_be_written(
        self, online: Shell, double: PubMedDouble, words: tuple[object, ...], place: str
    ) -> None:
        (online.folder / "kept.ris").write_text("mine")
        ended = online.run("export", *words, "--output", place)
        assert ended.status == 1
        assert "exists already" in ended.err or "could not be written" in ended.err
        assert double.log == []

    def test_a_link_is_not_followed(self, offline: Shell, file: Path) -> None:
        link = file.with_name("link.ris")
        link.symlink_to(file)
        assert self.run(offline, "--output", link)[0] == 1
        assert self.run(offline, "--output", link, "--force")[0] == 0
        assert file.read_text() == "mine"
        assert not link.is_symlink()

    @pytest.mark.parametrize("place", ["nowhere/file.ris", "x" * 300])
    def test_a_place_that_cannot_be_written(self, offline: Shell, place: str) -> None:
        status, said = self.run(offline, "--output", place)
        assert status == 1
        assert "could not be written" in said

    def test_a_folder_is_not_replaced(self, offline: Shell, file: Path) -> None:
        assert self.run(offline, "--output", file.parent, "--force")[0] == 1
        assert file.exists()

    def test_nothing_is_left_beside_it(self, offline: Shell, file: Path) -> None:
        before = sorted(file.parent.iterdir())
        self.run(offline, "--output", file)
        self.run(offline, "--output", file.parent, "--force")
        assert sorted(file.parent.iterdir()) == before
