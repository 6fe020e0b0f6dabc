"""What the cache knows of words, as the translations of queries tell it."""

from __future__ import annotations

import pytest

from tests.cache.cache_samples import made
from tui.cache import Cache
from tui.model.mesh import MeshDescriptor
from tui.model.record import Descriptor, Grant, MeshHeading, Person, PersonList, Record
from tui.model.results import Kept, Origin, Translation
from tui.query.errors import NoSuchSearch

MESH = [
    MeshDescriptor("D1", "Neoplasms", ("C04",), entry_terms=("Cancer",)),
    MeshDescriptor("D2", "Breast Neoplasms", ("C04.5",), entry_terms=("Breast Cancer",)),
    MeshDescriptor("D3", "Review", ("V02.9",)),
]


def keep(cache: Cache, *records: Record) -> None:
    cache.records.put([Kept(record, b"<PubmedArticle/>", Origin("here", 0.0)) for record in records])


def read(cache: Cache, query: str) -> Translation:
    return cache.search.read(query).translation


def test_without_mesh_a_heading_is_one_that_stands_on_a_record(cache: Cache) -> None:
    everywhere = '("breast"[All Fields] AND "neoplasms"[All Fields]) OR "breast neoplasms"[All Fields]'
    assert read(cache, "breast neoplasms").text == '"breast"[All Fields] AND "neoplasms"[All Fields]'
    keep(cache, made(1, mesh=(MeshHeading(Descriptor("Breast Neoplasms")),)))
    assert read(cache, "breast neoplasms").text == f'"breast neoplasms"[MeSH Terms] OR {everywhere}'
    assert read(cache, "breast cancer[mh]").not_found == ("breast cancer[mh]",)


def test_with_mesh_names_and_entry_terms_are_headings(cache: Cache) -> None:
    keep(cache, made(1))
    cache.mesh.load(MESH, "x")
    assert '"breast neoplasms"[MeSH Terms]' in read(cache, "breast cancer").text
    assert '"breast neoplasms"[MeSH Terms]' in read(cache, "breast cancers").text
    assert read(cache, "review").text == '"review"[Publication Type] OR "review"[All Fields]'
    assert read(cache, "cancer[mh]") == Translation('"neoplasms"[MeSH Terms]')


def test_a_journal_is_known_by_each_of_its_names(cache: Cache) -> None:
    keep(cache, made(1))
    for query in ("journal of samples", "J Sampl"):
        assert read(cache, query).text.startswith('"j sampl"[Journal]')


def test_people_are_known_by_initials_and_full_names_in_either_order(cache: Cache) -> None:
    keep(cache, made(1, investigator_lists=(PersonList((Person("Helper", "Hans", "H"),)),)))
    assert read(cache, "sampler sq").text == "sampler sq[Author]"
    assert read(cache, "Sampler S").text == "sampler s[Author]"
    assert read(cache, "sally q sampler").text == "sally q sampler[Author - Full]"
    assert read(cache, "hans helper").text == "hans helper[Investigator]"
    assert read(cache, "sampler zz").not_found == ("zz",)


def test_what_is_written_is_known_at_once(cache: Cache) -> None:
    assert read(cache, "briefly").not_found == ("briefly",)
    keep(cache, made(1))
    assert read(cache, "briefly").not_found == ()
    cache.records.delete([1])
    assert read(cache, "briefly").not_found == ("briefly",)


def test_a_grant_is_found_in_any_spelling(cache: Cache) -> None:
    keep(cache, made(1, grants=(Grant("R01 CA016235-03", "CA", "NCI NIH HHS", "United States"),)))
    for query in ("R01CA016235", "CA16235", "CA016235[gr]", "R01 CA016235-03[gr]", "NCI[gr]", "united states[gr]"):
        assert cache.search.count(cache.search.read(query)) == 1, query


def test_a_search_of_the_history_is_told_by_its_place(cache: Cache) -> None:
    keep(cache, made(1))
    first = cache.history.note("briefly[tiab]", asked=1.0, offline=True, total=1, newest=1)
    assert cache.search.count(cache.search.read(f"#{first.number} AND nothing")) == 1
    with pytest.raises(NoSuchSearch) as raised:
        cache.search.read(f"#{first.number} AND  #77")
    assert raised.value.column == len(f"#{first.number} AND  ")
    assert raised.value.length == 3
