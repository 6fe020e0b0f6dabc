"""The index finds what is found by looking at every record: all queries, over all recorded records.

Once without MeSH and once with it. What is wrong in how words are cut, or in how a query is read and mapped, does not
show here: the tests of `model.folding` and of `query` are about that.
"""

from __future__ import annotations

import gc
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cache import drawn
from tests.cache.naive import NO_MESH, MeshTree, Naive, folded
from tests.query.trees import combined
from tui.cache import Cache
from tui.cache.compile import Vocabulary, expression
from tui.model.mesh import MeshDescriptor
from tui.model.record import Record
from tui.model.results import Kept, Origin
from tui.parse import NotPubMedXml, Parsed, read
from tui.query import parse, unparse
from tui.query.fields import FIELDS
from tui.query.tree import Node, Pmids, leaves

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = sorted((DATA / "pubmed_xml").glob("*.xml*"))
MESH = DATA / "mesh"
pytestmark = pytest.mark.skipif(not FILES or not MESH.exists(), reason="the records are not beside this checkout")

TODAY = date(2024, 6, 15)
_PARTS = Path(__file__).with_name("queries.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]
TABLE = {title.removeprefix("# "): queries for title, *queries in (part.splitlines() for part in _PARTS)}
"""What is in queries.txt, by the titles of its parts."""


class Asked(NamedTuple):
    """A cache with all records, and who looks at them one by one."""

    cache: Cache
    naive: Naive

    def found(self, query: str, *, unfinished: bool = False) -> tuple[Node | None, set[int]]:
        question = self.cache.search.read(query, unfinished=unfinished, today=TODAY)
        return question.node, set(self.cache.search.hits(question))

    def differing(self, queries: list[str]) -> list[tuple[str, list[int], list[int]]]:
        """Of those that find something else, the query, what it finds too much and what it misses."""
        differing = []
        for query in queries:
            node, found = self.found(query)
            expected = self.naive.found(node) if node else set()
            if found != expected:
                differing.append((query, sorted(found - expected)[:3], sorted(expected - found)[:3]))
        return differing


@pytest.fixture(scope="module")
def kept() -> Iterator[list[Kept]]:
    """The last version of each record in those of the files that can be read."""
    found: dict[int, Kept] = {}
    for path in FILES:
        data = path.read_bytes()
        try:
            for one in read([gzip.decompress(data) if path.suffix == ".gz" else data]):
                if isinstance(one, Parsed):
                    found[one.record.pmid] = Kept(one.record, one.xml, Origin(path.name, 0.0))
        except NotPubMedXml:
            continue
    assert len(found) > 2400
    gc.freeze()  # they stay; to look through them again and again would take longer than the tests
    yield list(found.values())
    gc.unfreeze()


@pytest.fixture(scope="module")
def records(kept: list[Kept]) -> list[Record]:
    return [one.record for one in kept]


@pytest.fixture(scope="module")
def descriptors() -> list[MeshDescriptor]:
    """MeSH 2022."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for name, _, number in (line.rpartition(";") for line in _lines(MESH / "mtrees2022.bin.gz")):
        numbers[name].append(number)
    terms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ui, name, _, _, term, *_ in (
        line.split("\t") for line in _lines(MESH / "mesh2022_descriptor_terms.tsv.gz")[1:]
    ):
        terms[ui, name].append(term)
    return [
        MeshDescriptor(ui, name, tuple(numbers[name]), entry_terms=tuple(entry_terms))
        for (ui, name), entry_terms in terms.items()
    ]


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


@pytest.fixture(scope="module")
def plain(kept: list[Kept], records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """Without MeSH."""
    with closing(Cache.open(tmp_path_factory.mktemp("plain") / "pubmed.db")) as cache:
        cache.records.put(kept)
        yield Asked(cache, Naive(records, NO_MESH, TODAY))


@pytest.fixture(scope="module")
def tree(descriptors: list[MeshDescriptor]) -> MeshTree:
    names = {folded(one.name): one.name for one in descriptors}
    for one in descriptors:
        for term in one.entry_terms:
            names.setdefault(folded(term), one.name)
    return MeshTree(names, {one.name: one.tree_numbers for one in descriptors})


@pytest.fixture(scope="module")
def meshed(
    kept: list[Kept],
    records: list[Record],
    descriptors: list[MeshDescriptor],
    tree: MeshTree,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Asked]:
    """With MeSH loaded before the records came."""
    with closing(Cache.open(tmp_path_factory.mktemp("meshed") / "pubmed.db")) as cache:
        cache.mesh.load(descriptors, "2022")
        cache.records.put(kept)
        yield Asked(cache, Naive(records, tree, TODAY))


def test_the_table_has_every_field() -> None:
    nodes = [parse(query) for queries in TABLE.values() for query in queries]
    asked = {getattr(leaf, "field", None) for node in nodes if node for leaf in leaves(node)}
    assert {field.tag for field in FIELDS if field not in asked} == {"pmid"}
    assert any(isinstance(leaf, Pmids) for node in nodes if node for leaf in leaves(node))
    assert sum(map(len, TABLE.values())) > 350


@pytest.mark.parametrize("title", TABLE)
def test_the_table_without_mesh(plain: Asked, title: str) -> None:
    assert plain.differing(TABLE[title]) == []


@pytest.mark.parametrize("title", TABLE)
def test_the_table_with_mesh(meshed: Asked, title: str) -> None:
    assert meshed.differing(TABLE[title]) == []
    found = [bool(meshed.found(query)[1]) for query in TABLE[title]]
    assert [query for query, any_ in zip(TABLE[title], found, strict=True) if any_ == (title == "Nothing")] == []


@pytest.mark.parametrize("title", TABLE)
def test_a_translation_finds_what_its_query_finds(meshed: Asked, title: str) -> None:
    for query in TABLE[title]:
        node, found = meshed.found(query)
        assert node is not None
        assert meshed.found(unparse(node, long=True))[1] == found, query
        assert meshed.found(unparse(node))[1] == found, query


def test_each_record_is_found_by_what_stands_in_it(plain: Asked, records: list[Record]) -> None:
    queries = drawn.queries(records[::6], each=5)
    assert len(queries) > 1000
    missed = [one for one in queries if one.pmid and one.pmid not in plain.found(one.query)[1]]
    assert missed == []
    assert plain.differing(drawn.distinct(queries)) == []


def test_headings_with_all_that_is_narrower(meshed: Asked, records: list[Record], tree: MeshTree) -> None:
    """As they are before and after every record is indexed under the headings above its own."""
    asked = {heading.descriptor.name for record in records[::30] for heading in record.mesh}
    asked |= {"Neoplasms", "Diseases", "Body Regions", "Eukaryota", "Proteins", "Chemicals and Drugs"}
    names = [name for name in sorted(asked) if tree.heading(name) == name]
    forms = ("{}[mh]", "{}[majr]", "{}[mh:noexp]", "{}/metabolism[mh]", "{}/therapy[majr]", "{}[sb]")
    queries = [forms[place % len(forms)].format(f'"{name}').replace("[", '"[') for place, name in enumerate(names)]
    queries += [
        f'"{name}"[pt]' for name in ("Clinical Trial", "Review", "Study Characteristics", "Guideline", "Letter")
    ]
    assert len(queries) > 350
    assert meshed.differing(queries) == []
    indexed = Vocabulary(tree.heading, tree.under, indexed=True)
    for query in queries:
        question = meshed.cache.search.read(query, today=TODAY)
        assert question.node is not None
        again = question._replace(expression=expression(question.node, indexed, TODAY))
        assert set(meshed.cache.search.hits(again)) == meshed.naive.found(question.node), query


def test_any_combination(plain: Asked, meshed: Asked, records: list[Record]) -> None:
    queries = drawn.distinct(drawn.queries(records[::40], each=3)) + [
        query for each in TABLE.values() for query in each
    ]
    pool = list(dict.fromkeys(leaf for node in map(parse, queries) if node for leaf in leaves(node)))

    @settings(max_examples=60, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(combined(st.sampled_from(pool), max_leaves=8), st.sampled_from((plain, meshed)))
    def holds(node: Node, asked: Asked) -> None:
        mapped, found = asked.found(unparse(node))
        assert found == (asked.naive.found(mapped) if mapped else set())

    holds()


@pytest.mark.parametrize(
    ("query", "beginning"),
    [
        ("organi*ation", "organi"),
        ('"health organi*ation"[tiab]', "organi"),
        ("tumo*r[ti]", "tumo"),
        ("hepat*itis", "hepat"),
    ],
)
def test_an_asterisk_within_a_word_stands_for_the_words_that_the_index_knows(
    plain: Asked, query: str, beginning: str
) -> None:
    known = sorted(word for holders in plain.naive.holders.values() for word in holders if word.startswith(beginning))

    def meant(pattern: str) -> list[str]:
        return [word for word in known if re.fullmatch(pattern.replace("*", ".*"), word)]

    question = plain.cache.search.read(query, today=TODAY)
    assert question.node is not None
    vocabulary = Vocabulary(lambda _: "", lambda _: (), beginning=meant)
    again = question._replace(expression=expression(question.node, vocabulary, TODAY))
    found = set(plain.cache.search.hits(again))
    assert found == plain.naive.found(question.node)
    assert found


@pytest.mark.parametrize(
    "whole", ["metagenomics", "hepatotoxicity", "breast cancer", "il-6", '"breast" AND metastasis']
)
def test_what_is_typed_so_far_finds_what_the_whole_will_find(plain: Asked, whole: str) -> None:
    """Taken as it stands: mapped, the whole may find more."""
    _, finally_found = plain.found(
        " AND ".join(f'"{word}"' for word in whole.replace('"', "").split() if word != "AND")
    )
    for length in range(len(whole) - 2, len(whole) + 1):
        node, found = plain.found(whole[:length], unfinished=True)
        assert node is not None
        assert found == plain.naive.found(node)
        assert finally_found <= found
