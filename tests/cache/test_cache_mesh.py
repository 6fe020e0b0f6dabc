"""The vocabulary: found by every name, up and down the tree, replaced whole or not at all."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tests.mesh_samples import BREAST_NEOPLASMS, VOCABULARY
from tui.cache import Cache, Damaged, ReadOnly
from tui.cache.mesh import Mesh, folded
from tui.model.mesh import CATEGORIES, MeshDescriptor, MeshPlace, MeshSuggestion

TREE_FILE = Path(__file__).parents[3] / "shared" / "data" / "mesh" / "mtrees2022.bin.gz"
NEOPLASMS = "D009369"


@pytest.fixture
def mesh(cache: Cache) -> Mesh:
    """A small vocabulary, loaded."""
    cache.mesh.load(VOCABULARY, "2026")
    return cache.mesh


def count(path: Path) -> int:
    """How many headings there are."""
    sqlite = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    found = sqlite.execute("SELECT ui FROM heading").fetchall()
    sqlite.close()
    return len(found)


def names(places: tuple[MeshPlace, ...]) -> list[str]:
    return [place.name for place in places]


class TestLoading:
    def test_nothing_is_loaded_at_first(self, cache: Cache) -> None:
        mesh = cache.mesh
        assert mesh.version() == ""
        assert mesh.find("Breast Neoplasms") is None
        assert (mesh.tops(), mesh.below("C04"), mesh.narrower("D1"), mesh.suggest("br", 5)) == ((), (), (), ())
        assert mesh.under("D1") == frozenset()
        assert mesh.ancestors("Breast Neoplasms") == {"Breast Neoplasms"}

    def test_every_descriptor_comes_back_as_it_was(self, mesh: Mesh, path: Path) -> None:
        assert mesh.version() == "2026"
        assert count(path) == len(VOCABULARY)
        for one in VOCABULARY:
            assert mesh.named(one.name) == one

    def test_the_next_one_replaces_it(self, mesh: Mesh, path: Path) -> None:
        assert "Neoplasms" in mesh.ancestors("Breast Neoplasms")
        mesh.load([BREAST_NEOPLASMS._replace(tree_numbers=("A01",), entry_terms=())], "2027")
        assert (mesh.version(), count(path)) == ("2027", 1)
        assert mesh.find("Neoplasms") is None
        assert mesh.find("Breast Cancer") is None
        assert mesh.ancestors("Breast Neoplasms") == {"Breast Neoplasms"}
        assert names(mesh.below("A")) == ["Breast Neoplasms"]

    def test_a_file_that_breaks_off_changes_nothing(self, mesh: Mesh, cache: Cache, path: Path) -> None:
        def breaking() -> Iterator[MeshDescriptor]:
            yield from [BREAST_NEOPLASMS._replace(ui=f"D{number}", name=str(number)) for number in range(3000)]
            raise OSError("gone")

        for _ in range(2):  # nothing is left of the first time that would be in the way
            with pytest.raises(OSError, match="gone"):
                mesh.load(breaking(), "2027")
        assert (mesh.version(), count(path)) == ("2026", len(VOCABULARY))
        assert cache.check() == ()

    def test_others_can_write_while_the_file_is_read(self, path: Path, mesh: Mesh) -> None:
        other = Cache.open(path)

        def slow() -> Iterator[MeshDescriptor]:
            yield from VOCABULARY
            other.records.note_missing([1], 1.0)

        mesh.load(slow(), "2027")
        assert other.records.missing([1]) == {1: 1.0}
        assert other.mesh.version() == "2027"
        other.close()

    def test_of_two_with_one_ui_the_first_counts(self, cache: Cache, path: Path) -> None:
        cache.mesh.load([BREAST_NEOPLASMS, BREAST_NEOPLASMS._replace(name="Other")], "2026")
        assert count(path) == 1
        assert cache.mesh.named("Breast Neoplasms") == BREAST_NEOPLASMS

    def test_a_cache_that_cannot_be_written_says_so_at_once(self, path: Path, mesh: Mesh) -> None:
        def never() -> Iterator[MeshDescriptor]:
            raise AssertionError("nothing is read")
            yield

        reading = Cache.open(path, read_only=True)
        with pytest.raises(ReadOnly):
            reading.mesh.load(never(), "2027")
        assert reading.mesh.find("breast cancer") == BREAST_NEOPLASMS
        reading.close()

    def test_damage_is_told(self, path: Path, cache: Cache, mesh: Mesh) -> None:
        sqlite = apsw.Connection(str(path))
        sqlite.execute("UPDATE heading SET details = x'00' WHERE ui = ?", (BREAST_NEOPLASMS.ui,))
        sqlite.close()
        with pytest.raises(Damaged):
            mesh.find("Breast Neoplasms")


class TestFinding:
    @pytest.mark.parametrize(
        "text",
        [
            "Breast Neoplasms", "breast neoplasms", " BREAST-NEOPLASMS ", "Breast  Cancer", "cancer, breast",
            "mammary carcinoma (human)", "D001943", "d001943", "C04.588.180", "c17.800.090.500",
        ],
    )  # fmt: skip
    def test_by_every_name(self, mesh: Mesh, text: str) -> None:
        assert mesh.find(text) == BREAST_NEOPLASMS

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Cytochromes c'", "Cytochromes c'"),
            ("Cytochromes c", "Cytochromes c"),
            ("cytochromes C", "Cytochromes c"),
            ("femara", "Letrozole"),
            ("FÉMARA", "Letrozole"),
            ("tgf-beta1", "Transforming Growth Factor beta1"),
            ("TGF β1", "Transforming Growth Factor beta1"),
            ("males", "Male"),
        ],
    )
    def test_whatever_its_case_accents_and_letters(self, mesh: Mesh, text: str, name: str) -> None:
        found = mesh.find(text)
        assert found is not None
        assert found.name == name

    @pytest.mark.parametrize("text", ["", "  ", "...", "breast", "neoplasm", "' OR 1=1 --", "%", "*", "\x00", "\udc80"])
    def test_what_is_no_heading(self, mesh: Mesh, text: str) -> None:
        found = mesh.find(text)
        assert found is None or (text, found.name) == ("breast", "Breast")

    def test_a_name_goes_before_an_entry_term(self, cache: Cache) -> None:
        cache.mesh.load(
            [MeshDescriptor("D1", "First", entry_terms=("Second",)), MeshDescriptor("D2", "Second")], "2026"
        )
        found = cache.mesh.find("second")
        assert found is not None
        assert found.ui == "D2"

    def test_suggestions(self, mesh: Mesh) -> None:
        assert mesh.suggest("breast", 10) == (
            MeshSuggestion("Breast", "Breast"),
            MeshSuggestion("Breast Diseases", "Breast Diseases"),
            MeshSuggestion("Breast Neoplasms", "Breast Neoplasms"),
            MeshSuggestion("Breast Neoplasms, Male", "Breast Neoplasms, Male"),
        )
        assert mesh.suggest("CANCER", 10) == (
            MeshSuggestion("Cancer", "Neoplasms"),
            MeshSuggestion("Cancer of the Breast", "Breast Neoplasms"),
        )
        assert len(mesh.suggest("b", 2)) == 2
        assert mesh.suggest("", 5) == mesh.suggest("--", 5) == mesh.suggest("zz", 5) == ()


class TestTree:
    def test_the_categories_that_are_used(self, mesh: Mesh) -> None:
        assert [(place.number, place.name) for place in mesh.tops()] == [
            ("A", "Anatomy"),
            ("C", "Diseases"),
        ]

    def test_what_is_directly_below_a_place(self, mesh: Mesh) -> None:
        assert [place[:3] for place in mesh.below("C")] == [
            ("C04", NEOPLASMS, "Neoplasms"),
            ("C17", "D017437", "Skin and Connective Tissue Diseases"),
        ]
        assert [(place.name, place.leaf) for place in mesh.below("C04.588.180")] == [
            ("Breast Neoplasms, Male", True),
            ("Carcinoma, Ductal, Breast", True),
        ]
        assert mesh.below("C04.588")[0] == ("C04.588.180", "D001943", "Breast Neoplasms", False)
        assert mesh.below("C0") == ()

    def test_broader_and_narrower_in_every_place(self, mesh: Mesh) -> None:
        assert names(mesh.broader("D001943")) == ["Neoplasms by Site", "Breast Diseases"]
        assert names(mesh.narrower("D001943")) == ["Breast Neoplasms, Male", "Carcinoma, Ductal, Breast"]
        assert mesh.broader(NEOPLASMS) == ()

    def test_the_way_to_a_place(self, mesh: Mesh) -> None:
        assert names(mesh.path("C17.800.090.500")) == [
            "Diseases",
            "Skin and Connective Tissue Diseases",
            "Skin Diseases",
            "Breast Diseases",
            "Breast Neoplasms",
        ]

    def test_all_that_is_under_a_heading(self, mesh: Mesh) -> None:
        assert mesh.under("D012871") == {
            "Skin Diseases",
            "Breast Diseases",
            "Breast Neoplasms",
            "Breast Neoplasms, Male",
        }
        assert mesh.under("D008297") == {"Male"}

    def test_all_that_a_heading_is_under(self, mesh: Mesh) -> None:
        assert mesh.ancestors("Breast Neoplasms, Male") == {
            "Breast Neoplasms, Male",
            "Breast Neoplasms",
            "Neoplasms by Site",
            "Neoplasms",
            "Breast Diseases",
            "Skin Diseases",
            "Skin and Connective Tissue Diseases",
        }
        assert mesh.ancestors("Male") == {"Male"}
        assert mesh.ancestors("Unheard Of") == {"Unheard Of"}

    def test_a_place_whose_number_only_begins_alike_is_not_below(self, cache: Cache) -> None:
        cache.mesh.load(
            [
                MeshDescriptor("D1", "One", ("A01",)),
                MeshDescriptor("D2", "Two", ("A01.1",)),
                MeshDescriptor("D3", "Three", ("A01.11",)),
                MeshDescriptor("D4", "Four", ("A011",)),
            ],
            "2026",
        )
        assert cache.mesh.under("D2") == {"Two"}
        assert cache.mesh.under("D1") == {"One", "Two", "Three"}
        assert cache.mesh.ancestors("Four") == {"Four"}


@pytest.mark.skipif(not TREE_FILE.exists(), reason="no shared/data beside the checkout")
def test_explosion_over_all_of_mesh(cache: Cache, path: Path) -> None:
    """Against a naive reading of NLM's own tree file."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for line in gzip.decompress(TREE_FILE.read_bytes()).decode().splitlines():
        name, _, number = line.rpartition(";")
        numbers[name].append(number)
    mesh = cache.mesh
    mesh.load((MeshDescriptor(places[0], name, tuple(places)) for name, places in numbers.items()), "2022")
    assert count(path) == 30_192
    assert {letter.number for letter in mesh.tops()} == set(CATEGORIES)
    for top in ("Breast Neoplasms", "Neoplasms", "Mice", "Proteins", "Eye", "Publication Components"):
        starts = tuple(f"{number}." for number in numbers[top])
        below = {name for name, places in numbers.items() if any(place.startswith(starts) for place in places)}
        assert mesh.under(numbers[top][0]) == below | {top}
        assert all(top in mesh.ancestors(name) for name in below)
        assert top not in set.union(
            set(), *(mesh.ancestors(name) for name in list(numbers)[::50] if name not in below | {top})
        )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Carcinoma, Ductal, Breast", "carcinoma ductal breast"),
        ("IL-6_x (H₂O)", "il 6 x h2o"),
        ("Défiltran", "defiltran"),
        ("Straße", "strasse"),
        ("肺癌", "肺 癌"),
        ("", ""),
    ],
)
def test_folded(text: str, key: str) -> None:
    assert folded(text) == key
