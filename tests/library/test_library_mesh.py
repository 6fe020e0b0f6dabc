"""MeSH for the front ends: a heading and what stands around it, the tree as it is opened, the kept records."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.opened import Clock, opened
from tests.mesh_samples import BREAST_NEOPLASMS, VOCABULARY
from tests.pubmed_double import PubMedDouble
from tui.cache import Cache
from tui.library import Library
from tui.library.bulk import Import
from tui.model.mesh import MeshPlace, MeshSuggestion

DEMO = Path(__file__).parents[2] / "tui" / "demo" / "records.xml.gz"


@pytest.fixture
def loaded(path: Path) -> None:
    """The vocabulary is loaded, and the demo's records are kept."""
    cache = Cache.open(path)
    cache.mesh.load(VOCABULARY, "2026")
    cache.close()
    with Import(path) as importing:
        importing.take(DEMO)


def names(places: tuple[MeshPlace, ...]) -> list[str]:
    return [place.name for place in places]


async def test_without_a_vocabulary_there_is_nothing(library: Library) -> None:
    mesh = library.mesh
    assert await mesh.version() == ""
    assert await mesh.view("Breast Neoplasms") is None
    assert await mesh.below("") == ()
    assert await mesh.suggest("br") == await mesh.like("brest", 3) == ()


async def test_a_heading_and_what_stands_around_it(loaded: None, library: Library) -> None:
    view = await library.mesh.view("cancer of the breast")
    assert view is not None
    assert view.descriptor == BREAST_NEOPLASMS
    assert view.version == await library.mesh.version() == "2026"
    assert [names(path) for path in view.paths] == [
        ["Diseases", "Neoplasms", "Neoplasms by Site", "Breast Neoplasms"],
        ["Diseases", "Skin and Connective Tissue Diseases", "Skin Diseases", "Breast Diseases", "Breast Neoplasms"],
    ]
    assert names(view.broader) == ["Neoplasms by Site", "Breast Diseases"]
    assert names(view.narrower) == ["Breast Neoplasms, Male", "Carcinoma, Ductal, Breast"]


async def test_the_tree_as_it_is_opened(loaded: None, library: Library) -> None:
    categories = await library.mesh.below("")
    assert names(categories)[:2] == ["Anatomy", "Diseases"]
    branch = await library.mesh.branch("C04.588.180")
    assert branch[0] == categories
    assert [names(places) for places in branch[1:]] == [
        ["Neoplasms", "Skin and Connective Tissue Diseases"],
        ["Neoplasms by Site"],
        ["Breast Neoplasms"],
    ]


async def test_what_is_near_a_misspelled_name(loaded: None, library: Library) -> None:
    assert await library.mesh.like("brest cancer", 2) == (
        MeshSuggestion("Breast", "Breast"),
        MeshSuggestion("Breast Diseases", "Breast Diseases"),
    )
    assert await library.mesh.like("xy", 2) == await library.mesh.like("", 2) == ()


async def test_how_many_records_are_kept(loaded: None, path: Path, double: PubMedDouble, clock: Clock) -> None:
    async with opened(path, double, clock, offline=True) as library:
        counts = await library.mesh.counts(("Breast Neoplasms", "Skin Diseases", 'quoted "name" [/b] OR *'))
    assert counts == {"Breast Neoplasms": 8, "Skin Diseases": 8, 'quoted "name" [/b] OR *': 0}
    assert double.log == []
