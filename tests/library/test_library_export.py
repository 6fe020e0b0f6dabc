"""Exporting: what is missing is fetched first; the file has every record that was asked for, or there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rispy

import tests.pubmed_double as pubmed
from tests.library.opened import copies, ids_asked, pages
from tests.made_up import TITLE
from tests.pubmed_double import Fault, PubMedDouble
from tui import export
from tui.library import Library, NotFound, NotKept
from tui.remote import Busy

RIS, JSON, XML = map(export.by_name, ("ris", "json", "xml"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "out.ris"


async def test_what_is_missing_is_fetched(library: Library, double: PubMedDouble, file: Path) -> None:
    await copies(library.record(2))
    assert await library.exports.to_file([5, 2, 7], RIS, file, replace=False) == 3
    assert ids_asked(double) == [[2], [5, 7]]
    assert [entry["title"] for entry in rispy.loads(file.read_text(encoding="utf-8"))] == [TITLE] * 3
    assert [line[6:] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("AN")] == [
        "5",
        "2",
        "7",
    ]


async def test_the_same_as_text(library: Library, file: Path) -> None:
    for format in export.FORMATS:
        await library.exports.to_file([5, 2], format, file, replace=True)
        whole = file.read_bytes().decode()
        assert await library.exports.text([5, 2], format) == whole
        assert "".join([piece async for piece in library.exports.pieces([5, 2], format)]) == whole


async def test_one_that_pubmed_does_not_have_is_named(library: Library, file: Path) -> None:
    with pytest.raises(NotFound, match="PMID 404, 405"):
        await library.exports.to_file([1, 404, 2, 405], RIS, file, replace=False)
    assert not file.exists()


async def test_of_many_the_first_five_are_named(library: Library, file: Path) -> None:
    with pytest.raises(NotFound, match=r"PMID 101, 102, 103, 104, 105 \.\.\.\."):
        await library.exports.to_file(range(101, 120), RIS, file, replace=False)


async def test_offline_one_that_is_not_kept_is_named(library: Library, double: PubMedDouble, file: Path) -> None:
    await copies(library.record(1))
    library.offline = True
    with pytest.raises(NotKept, match="PMID 2, 3"):
        await library.exports.to_file([1, 2, 3], RIS, file, replace=False)
    with pytest.raises(NotKept):
        [piece async for piece in library.exports.pieces([2], RIS)]
    with pytest.raises(NotKept):
        await copies(library.records([2]))
    assert not file.exists()
    assert len(double.log) == 1


async def test_offline_from_what_is_kept(library: Library, file: Path) -> None:
    await pages(library.search("stromal"))
    library.offline = True
    assert await library.exports.to_file(range(1, 9), JSON, file, replace=False) == 8
    assert [record["pmid"] for record in json.loads(file.read_text(encoding="utf-8"))] == list(range(1, 9))


async def test_a_fetch_that_fails_leaves_no_file(library: Library, double: PubMedDouble, file: Path) -> None:
    double.faults.append(Fault(pubmed.busy(), times=9))
    with pytest.raises(Busy):
        await library.exports.to_file([1], XML, file, replace=False)
    assert list(file.parent.glob("*.part")) == []
    assert not file.exists()


async def test_a_file_is_not_replaced_unasked(library: Library, file: Path) -> None:
    file.write_text("mine")
    with pytest.raises(Exception, match="exists already"):
        await library.exports.to_file([1], RIS, file, replace=False)
    assert file.read_text() == "mine"
    assert await library.exports.to_file([1], RIS, file, replace=True) == 1
    assert rispy.loads(file.read_text(encoding="utf-8"))[0]["title"] == TITLE


async def test_how_far_it_is_is_told(library: Library, file: Path) -> None:
    await library.fetch(range(1, 9))
    told: list[int] = []
    await library.exports.to_file([1, 2, 3], RIS, file, replace=False, told=told.append)
    assert [piece async for piece in library.exports.pieces([4, 5], RIS, told.append)]
    assert told == [3, 2]


async def test_records_go_through_a_function(library: Library) -> None:
    assert await library.exports.through([3, 1], lambda records: [kept.record.pmid for kept in records]) == [3, 1]
    with pytest.raises(NotFound):
        await library.exports.through([1, 404], list)


async def test_a_search_is_listed_whole(library: Library, double: PubMedDouble) -> None:
    plan = await library.plan("stromal")
    assert (plan.total, plan.split, plan.per_second) == (8, False, 3)
    assert [pmids async for pmids in library.listed(plan)] == [(8, 7, 6, 5, 4, 3, 2, 1)]
    assert [int(params["retmax"]) for params in double.asked("esearch")] == [0, 9999]
    await library.fetch([5, 2])
    assert await library.absent([1, 2, 5, 1]) == [1]


async def test_offline_what_is_kept_is_listed(library: Library) -> None:
    await library.fetch([5, 2])
    library.offline = True
    for query in ("stromal", ""):
        plan = await library.plan(query)
        assert (plan.total, plan.split) == (2, False)
        assert [sorted(pmids) async for pmids in library.listed(plan)] == [[2, 5]]
