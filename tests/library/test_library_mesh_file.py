"""NLM's file into the cache, and from NLM's server to this machine: once, whole or not at all."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.mesh_samples import VOCABULARY, descriptor_set, tree_file
from tests.mesh_server import MeshServer, fault
from tui.cache import Cache
from tui.cache.mesh import folded
from tui.library.mesh_file import Loaded, fetch, load, load_fetched
from tui.library.packed import Unreadable
from tui.model.mesh import MeshDescriptor
from tui.model.problem import Problem
from tui.parse.mesh import NotMesh
from tui.remote import Interrupted, NotPubMed, Refused

MESH = Path(__file__).parents[3] / "shared" / "data" / "mesh"
PACKED = gzip.compress(descriptor_set(), mtime=0)
TERMS = sum(1 + len(one.entry_terms) + len(one.permuted_terms) for one in VOCABULARY)


@pytest.fixture
def cache(path: Path) -> Iterator[Cache]:
    cache = Cache.open(path)
    yield cache
    cache.close()


def unheard(_size: int, _done: int) -> None:
    pass


class TestLoading:
    @pytest.mark.parametrize(
        ("name", "data", "loaded"),
        [
            ("desc2026.xml", descriptor_set(), Loaded("2026", len(VOCABULARY), TERMS)),
            ("desc2026.gz", PACKED, Loaded("2026", len(VOCABULARY), TERMS)),
            ("desc.xml", descriptor_set(), Loaded("desc.xml", len(VOCABULARY), TERMS)),
            (
                "mtrees2022.bin",
                tree_file(),
                Loaded("2022, names and tree numbers only", len(VOCABULARY) - 1, len(VOCABULARY) - 1),
            ),
        ],
    )
    def test_every_form(self, cache: Cache, tmp_path: Path, name: str, data: bytes, loaded: Loaded) -> None:
        (tmp_path / name).write_bytes(data)
        heard = []
        assert load(cache, tmp_path / name, lambda size, done: heard.append((size, done))) == loaded
        assert cache.mesh.version() == loaded.version
        assert "Skin Diseases" in cache.mesh.ancestors("Breast Neoplasms")
        assert heard[-1] == (len(data), len(data))

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (PACKED[:-20], "The file is cut short."),
            (PACKED[:200] + b"\xff" * 50 + PACKED[250:], "The file is damaged: it cannot be unpacked."),
            (descriptor_set()[:-5], "The XML ends before its last record does."),
            (b"<html></html>", "<html> is no element that holds MeSH descriptors."),
            (b"", "There is no MeSH descriptor in it."),
        ],
    )
    def test_a_file_that_cannot_be_read_leaves_what_was_there(
        self, cache: Cache, tmp_path: Path, data: bytes, said: str
    ) -> None:
        cache.mesh.load(VOCABULARY, "2025")
        (tmp_path / "desc2026.gz").write_bytes(data)
        with pytest.raises((NotMesh, Unreadable), match=f"^{said}"):
            load(cache, tmp_path / "desc2026.gz", unheard)
        assert cache.mesh.version() == "2025"
        assert cache.mesh.find("breast cancer") is not None

    def test_what_is_no_file(self, cache: Cache, tmp_path: Path) -> None:
        with pytest.raises(Unreadable, match="no such file"):
            load(cache, tmp_path / "none", unheard)
        with pytest.raises(Unreadable, match="This is not a file"):
            load(cache, tmp_path, unheard)


class TestFetching:
    async def test_this_years_file(self, tmp_path: Path) -> None:
        server = MeshServer(desc2026=PACKED, desc2025=b"old")
        heard = []
        file = await fetch(server.client(tmp_path), tmp_path, 2026, "", lambda size, done: heard.append((size, done)))
        assert file == tmp_path / "desc2026.gz"
        assert file.read_bytes() == PACKED
        assert heard[0] == (len(PACKED), 1000)
        assert heard[-1] == (len(PACKED), len(PACKED))
        assert server.asked == ["desc2026.gz"]

    async def test_last_years_where_there_is_none_yet(self, tmp_path: Path) -> None:
        server = MeshServer(desc2025=PACKED)
        assert await fetch(server.client(tmp_path), tmp_path, 2026, "2024", unheard) == tmp_path / "desc2025.gz"
        assert server.asked == ["desc2026.gz", "desc2025.gz"]
        with pytest.raises(Refused, match="of 2022"):
            await fetch(server.client(tmp_path), tmp_path, 2023, "", unheard)

    async def test_nothing_that_is_loaded_already(self, tmp_path: Path) -> None:
        server = MeshServer(desc2025=PACKED)
        assert await fetch(server.client(tmp_path), tmp_path, 2025, "2025", unheard) is None
        assert server.asked == []
        assert await fetch(server.client(tmp_path), tmp_path, 2026, "2025", unheard) is None
        assert server.asked == ["desc2026.gz"]

    async def test_the_full_file_where_only_the_tree_is_loaded(self, tmp_path: Path) -> None:
        server = MeshServer(desc2026=PACKED)
        loaded = "2026, names and tree numbers only"
        assert await fetch(server.client(tmp_path), tmp_path, 2026, loaded, unheard) == tmp_path / "desc2026.gz"

    async def test_a_connection_that_breaks_is_tried_again(self, tmp_path: Path) -> None:
        server = MeshServer(desc2026=PACKED)
        server.faults += [fault(200, [PACKED[:500], None]), fault(503, Retry_After="3")]
        file = await fetch(server.client(tmp_path), tmp_path, 2026, "", unheard)
        assert file is not None
        assert file.read_bytes() == PACKED
        assert [wait.doing for wait in server.waits] == ["fetching", "fetching"]
        assert server.waits[1].seconds == 3
        assert sorted(each.name for each in tmp_path.iterdir()) == ["desc2026.gz", "pace"]

    async def test_nothing_is_left_of_what_does_not_come_whole(self, tmp_path: Path) -> None:
        server = MeshServer()
        server.faults += [fault(200, [PACKED[:500], None])] * 4
        with pytest.raises(Interrupted):
            await fetch(server.client(tmp_path), tmp_path, 2026, "", unheard)
        server.faults.append(fault(200))
        with pytest.raises(NotPubMed):
            await fetch(server.client(tmp_path), tmp_path, 2026, "", unheard)
        assert [each.name for each in tmp_path.iterdir()] == ["pace"]

    async def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        server = MeshServer(desc2026=PACKED)
        with pytest.raises(Problem, match="could not be written: no such file or directory"):
            await fetch(server.client(tmp_path), tmp_path / "none", 2026, "", unheard)

    async def test_one_that_was_fetched_before_is_not_fetched_again(self, cache: Cache, tmp_path: Path) -> None:
        server = MeshServer()
        file = tmp_path / "desc2026.gz"
        file.write_bytes(PACKED)
        assert await fetch(server.client(tmp_path), tmp_path, 2026, "", unheard) == file
        assert server.asked == []
        assert load_fetched(cache, file, unheard).version == "2026"
        assert not file.exists()

    async def test_one_that_came_damaged_is_removed(self, cache: Cache, tmp_path: Path) -> None:
        file = tmp_path / "desc2026.gz"
        file.write_bytes(PACKED[:-9])
        with pytest.raises(Unreadable):
            load_fetched(cache, file, unheard)
        assert not file.exists()


@pytest.mark.skipif(not MESH.exists(), reason="no shared/data beside the checkout")
def test_real_headings_with_all_their_terms(cache: Cache, tmp_path: Path) -> None:
    """Every eighth descriptor of 2022, in NLM's form: each is found by each of its terms."""
    terms = real_terms()
    file = tmp_path / "desc2022.xml"
    file.write_bytes(descriptor_set(map(descriptor, terms, terms.values())))
    assert load(cache, file, unheard) == Loaded("2022", 3775, sum(map(len, terms.values())))
    leads = defaultdict(set)
    for (_, name), kinds in terms.items():
        for term in kinds:
            leads[folded(term)].add(name)
    for (_, name), kinds in islice(terms.items(), 0, None, 10):
        for term in kinds:
            found = cache.mesh.find(term)
            assert found is not None, term
            assert found.name in leads[folded(term)], term
            assert found.name == name or len(leads[folded(term)]) > 1, term


def real_terms() -> dict[tuple[str, str], dict[str, str]]:
    """By UI and name: the terms, and whether each is permuted."""
    terms: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    packed = MESH / "mesh2022_descriptor_terms.tsv.gz"
    for line in gzip.decompress(packed.read_bytes()).decode().splitlines()[1:]:
        ui, name, _, _, term, _, permuted, _ = line.split("\t")
        terms[ui, name][term] = permuted
    return dict(islice(terms.items(), 0, None, 8))


def descriptor(named: tuple[str, str], terms: dict[str, str]) -> MeshDescriptor:
    ui, name = named
    entries, permuted = (
        tuple(term for term, is_permuted in terms.items() if is_permuted == kind and term != name) for kind in "NY"
    )
    return MeshDescriptor(ui, name, (), "1", "", entries, permuted)
