"""``pubmed-tui mesh``: loading and fetching NLM's file, and a heading on standard output."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.mesh_samples import BREAST_NEOPLASMS, VOCABULARY, descriptor_set, tree_file
from tests.mesh_server import serving
from tui.cache import Cache
from tui.model.mesh import MeshDescriptor

YEAR = date.today().year
NAMES = sum(1 + len(one.entry_terms) + len(one.permuted_terms) for one in VOCABULARY)
SAYS = f"{len(VOCABULARY)} headings, found by {NAMES} names."
HOSTILE = "[/b] \x1b]0;owned\x07 \u202egnp"


@pytest.fixture
def loaded(offline: Shell) -> Shell:
    """The vocabulary is loaded, and the demo's records are kept."""
    cache = Cache.open(offline.cache)
    cache.mesh.load(VOCABULARY, "2026")
    cache.close()
    return offline


class TestLoad:
    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("desc2026.xml", descriptor_set(), f"MeSH 2026; {SAYS}"),
            ("desc2026.gz", gzip.compress(descriptor_set()), f"MeSH 2026; {SAYS}"),
            ("mtrees2026.bin", tree_file(), "MeSH 2026, names and tree numbers only; 16 headings, found by 16 names."),
        ],
    )
    def test_a_file(self, shell: Shell, name: str, data: bytes, said: str) -> None:
        (shell.folder / name).write_bytes(data)
        ended = shell.run("mesh", "load", name)
        assert (ended.status, ended.out, ended.err) == (0, "", f"pubmed-tui: {name}: {said}\n")
        assert shell.run("mesh", "show", "Skin Diseases").status == 0

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("none.xml", None, "The file cannot be read: no such file or directory. Check the name."),
            ("cut.xml", descriptor_set()[:-9], "The XML ends before its last record does. Fetch or download it again."),
            ("page.xml", b"<html></html>", "<html> is no element that holds MeSH descriptors. NLM's XML was expected"),
            ("d2026.bin", b"*NEWRECORD\n", "'*NEWRECORD' is no line of MeSH's tree file. NLM's descriptor file"),
        ],
    )
    def test_a_file_that_is_none(self, loaded: Shell, name: str, data: bytes | None, said: str) -> None:
        if data is not None:
            (loaded.folder / name).write_bytes(data)
        ended = loaded.run("mesh", "load", name)
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.startswith(f"pubmed-tui: {name}: {said}")
        assert ended.err.count("\n") == 1
        assert loaded.run("mesh", "show", "breast cancer").status == 0

    @pytest.mark.parametrize(
        "words",
        [("load",), ("load", "a.xml", "b.xml"), ("load", "a.xml", "--fetch"), ("load", "--fetch", "--json"), ("show",),
         ("show", "breast", "--fetch"), ("browse",), ()],
    )  # fmt: skip
    def test_words_that_do_not_go_together(self, shell: Shell, words: tuple[str, ...]) -> None:
        ended = shell.run("mesh", *words)
        assert (ended.status, ended.out) == (2, "")
        assert ended.err.count("\n") == 1
        assert not shell.cache.exists()


class TestFetch:
    def test_once(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "nlm").mkdir()
        file = tmp_path / "nlm" / f"desc{YEAR}.gz"
        file.write_bytes(gzip.compress(descriptor_set()))
        with serving(file.parent) as url:
            shell.variables["PUBMED_TUI_MESH_URL"] = url
            ended = shell.run("mesh", "load", "--fetch")
            assert (ended.status, ended.out) == (0, "")
            assert ended.err.splitlines() == [
                "pubmed-tui: Fetching 0.0 MB from NLM.",
                f"pubmed-tui: desc{YEAR}.gz: MeSH {YEAR}; {SAYS}",
            ]
            again = shell.run("mesh", "load", "--fetch")
        assert again.status == 0
        assert again.err == f"pubmed-tui: MeSH {YEAR} is loaded already; NLM has no newer one. Nothing was fetched.\n"
        assert sorted(each.name for each in shell.cache.parent.iterdir()) == ["pace", "pubmed.db"]

    def test_where_there_is_no_such_file(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "nlm").mkdir()
        with serving(tmp_path / "nlm") as url:
            ended = shell.run("mesh", "load", "--fetch", PUBMED_TUI_MESH_URL=url)
        assert ended.status == 1
        assert ended.err.startswith(f"pubmed-tui: NLM has no MeSH descriptors of {YEAR - 1}. Load a file that you have")

    def test_without_a_network(self, shell: Shell) -> None:
        ended = shell.run("mesh", "load", "--fetch", PUBMED_TUI_MESH_URL="http://127.0.0.1:9")
        assert ended.status == 3
        assert ended.err.startswith("pubmed-tui: NLM's file server cannot be reached. Check the network")

    def test_from_an_address_that_is_not_safe(self, shell: Shell) -> None:
        ended = shell.run("mesh", "load", "--fetch", PUBMED_TUI_MESH_URL="http://example.org")
        assert ended.status == 2
        assert "PUBMED_TUI_MESH_URL must begin with https://" in ended.err


class TestShow:
    def test_a_heading_by_any_of_its_names(self, loaded: Shell) -> None:
        first = loaded.run("mesh", "show", "Breast", "Neoplasms")
        assert (first.status, first.err) == (0, "")
        assert first.lines[:3] == [
            "Breast Neoplasms",
            "Topical descriptor · D001943 · MeSH 2026",
            "8 records kept here under it.",
        ]
        for name in ("breast cancer", "d001943", "C17.800.090.500"):
            assert loaded.run("mesh", "show", name) == first

    def test_as_one_object(self, loaded: Shell) -> None:
        ended = loaded.run("mesh", "show", "breast cancer", "--json")
        assert (ended.status, ended.err) == (0, "")
        shown = json.loads(ended.out)
        assert shown["records"] == 8
        assert shown["version"] == "2026"
        assert shown["broader"][1] == {
            "number": "C17.800.090",
            "ui": "D001941",
            "name": "Breast Diseases",
            "leaf": False,
            "records": 8,
        }
        assert [place["name"] for place in shown["paths"][0]] == [
            "Diseases",
            "Neoplasms",
            "Neoplasms by Site",
            "Breast Neoplasms",
        ]
        for name, value in BREAST_NEOPLASMS._replace(qualifiers=())._asdict().items():
            assert shown[name] == (list(value) if isinstance(value, tuple) else value) or name == "qualifiers"
        assert shown["qualifiers"][0] == {"ui": "Q000473", "name": "pathology"}

    def test_what_is_no_heading(self, loaded: Shell) -> None:
        ended = loaded.run("mesh", "show", "brest", "cancer")
        assert (ended.status, ended.out) == (1, "")
        assert ended.err == (
            "pubmed-tui: MeSH has no heading 'brest cancer'. Near it are 'Breast', 'Breast Diseases', "
            "'Breast Neoplasms', 'Breast Neoplasms, Male'.\n"
        )
        assert loaded.run("mesh", "show", "xyz").err == "pubmed-tui: MeSH has no heading 'xyz'.\n"

    def test_without_a_vocabulary(self, offline: Shell) -> None:
        ended = offline.run("mesh", "show", "breast cancer")
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.startswith("pubmed-tui: No MeSH vocabulary is loaded. pubmed-tui mesh load --fetch gets it")

    def test_foreign_text_does_nothing_to_the_terminal(self, shell: Shell) -> None:
        hostile = MeshDescriptor("A01", HOSTILE, ("A01",))
        (shell.folder / "mtrees2026.bin").write_bytes(tree_file([hostile]))
        assert shell.run("mesh", "load", "mtrees2026.bin").status == 0
        shown = shell.run("mesh", "show", "A01")
        missing = shell.run("mesh", "show", HOSTILE[:5], "\x1b[2J")
        assert shown.status == 0
        assert "[/b]" in shown.out
        for text in (shown.out, shown.err, missing.err):
            assert all(line.replace("\ufffd", "").isprintable() for line in text.splitlines())
