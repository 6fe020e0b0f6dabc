"""NIH award numbers: their spellings, and the projects behind a record's grants."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.detect.nih import Award, Project, award, award_of, projects, query_for
from tui.model.record import Grant

REPORTER = Path(__file__).parents[3] / "shared" / "data" / "reporter"

SPELLINGS = [
    ("R01 CA116235-01A1", Award("CA", "116235", "R01", year="01", suffix="A1")),
    ("1R01CA116235-01A1", Award("CA", "116235", "R01", "1", "01", "A1")),
    ("CA116235", Award("CA", "116235")),
    ("P50 CA089393-080014", Award("CA", "089393", "P50", year="08", subproject="0014")),
    ("P50 GM071558-01A20007", Award("GM", "071558", "P50", year="01", suffix="A2", subproject="0007")),
    ("CA-123456-05", Award("CA", "123456", year="05")),
    ("P30 CA 14051", Award("CA", "014051", "P30")),
    ("1-R01-CA-31324", Award("CA", "031324", "R01", "1")),
    ("5 P42 ES07381", Award("ES", "007381", "P42", "5")),
    ("Z01 CP005803", Award("CP", "005803", "Z01")),
    ("ZIA DE000737", Award("DE", "000737", "ZIA")),
    ("K08-HL12345", Award("HL", "012345", "K08")),
    ("N01-HD-1-3126", Award("HD", "013126", "N01")),
    ("N01-HD-13126", Award("HD", "013126", "N01")),
    ("N0I-ES-15733", Award("ES", "015733", "N01")),
    ("UO1GM61393", Award("GM", "061393", "U01")),
    ("3OT2OD030161-01S2", Award("OD", "030161", "OT2", "3", "01", "S2")),
    ("U2C ES030859", Award("ES", "030859", "U2C")),
    ("R01AI057653-S1", Award("AI", "057653", "R01", suffix="S1")),
    ("R01CA116235A1", Award("CA", "116235", "R01", suffix="A1")),
    ("R01 GM13927703", Award("GM", "139277", "R01", year="03")),
    ("T32 AR07190 - 31", Award("AR", "007190", "T32", year="31")),
    ("NIDR 1 RO1 DE 08902", Award("DE", "008902", "R01", "1")),
    ("T32 GM102057 Computational Training Program", Award("GM", "102057", "T32")),
    ("r01 ca116235\u201302", Award("CA", "116235", "R01", year="02")),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS, ids=[text for text, _ in SPELLINGS])
def test_spellings(text: str, expected: Award) -> None:
    assert award(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "G0600275",
        "MC_UP_1203/1",
        "BB/P024378/1",
        "RG/19/6/34387",
        "DMB 8608673",
        "RFA-HS-05-14",
        "HHSN268201100046C",
        "81672034",
        "UO1 111275",
        "R01 CA116235 and R01 CA116236",
        "CA1234567",
        "DE120101234",
        "R01CA116235" * 40,
    ],
)
def test_what_is_no_award(text: str) -> None:
    assert award(text) is None


def _nih(*ids: str) -> list[Grant]:
    return [Grant(id, "CA", "NCI NIH HHS", "United States") for id in ids]


SEED = _nih(
    "R01 CA116235-01A1",
    "P50 CA089393-080014",
    "R01 CA116235-03",
    "P50 CA089393",
    "R01 CA116235",
    "P50 CA089393-070014",
    "P50 CA089393-060014",
    "R01 CA116235-02",
)


def test_eight_award_numbers_are_two_projects() -> None:
    first, second = projects(SEED)
    assert (first.id, first.core, len(first.grants), first.is_nih) == ("R01 CA116235", "R01CA116235", 4, True)
    assert (second.id, second.core, len(second.grants)) == ("P50 CA089393", "P50CA089393", 4)
    assert (first.agency, first.country) == ("NCI NIH HHS", "United States")
    assert set(first.grants + second.grants) == set(SEED)


def test_a_number_without_activity_joins_the_only_project_of_that_number() -> None:
    (project,) = projects(_nih("CA116235", "R01 CA116235-02"))
    assert project.id == "R01 CA116235"
    assert [grant.id for grant in project.grants] == ["CA116235", "R01 CA116235-02"]


def test_it_stands_alone_where_two_projects_share_the_number() -> None:
    assert [project.id for project in projects(_nih("K99 CA129565", "R00 CA129565", "CA129565"))] == [
        "K99 CA129565",
        "R00 CA129565",
        "CA129565",
    ]


def test_other_funders_stand_alone_and_equal_spellings_are_one() -> None:
    council, trust = Grant("G0600275", "", "Medical Research Council", "United Kingdom"), Grant(agency="Wellcome Trust")
    found = projects([council, *SEED[:1], council, council._replace(agency="MRC"), trust, trust])
    assert [(project.id, project.agency, project.is_nih, len(project.grants)) for project in found] == [
        ("G0600275", "Medical Research Council", False, 2),
        ("R01 CA116235", "NCI NIH HHS", True, 1),
        ("", "Wellcome Trust", False, 1),
    ]


def test_a_short_number_of_another_funder_is_no_nih_award() -> None:
    assert award_of(Grant("AG12345", "", "Deutsche Forschungsgemeinschaft", "Germany")) is None
    assert award_of(Grant("R01 AG012345", "", "National Institute on Aging")) is not None
    assert award_of(Grant("AG12345", "AG", "NIA NIH HHS")) is not None
    assert award_of(Grant("AG12345")) is not None


def test_queries_cover_the_ways_of_writing() -> None:
    new, old = projects(_nih("R01 CA116235-02", "P30 CA 14051"))
    assert query_for(new) == '"CA116235"[gr] OR "R01CA116235"[gr]'
    assert query_for(old) == (
        '"CA014051"[gr] OR "CA14051"[gr] OR "CA 14051"[gr] OR "P30CA014051"[gr] OR "P30CA14051"[gr]'
    )


@pytest.mark.parametrize(
    ("id", "query"),
    [
        ("G0600275", '"G0600275"[gr]'),
        ("MC_UP_1203/1", '"MC_UP_1203/1"[gr]'),
        ('x"] OR (cancer[ti]*', '"x OR cancer ti"[gr]'),
        ('"[]', ""),
    ],
)
def test_queries_of_other_funders_cannot_be_broken_out_of(id: str, query: str) -> None:
    assert query_for(Project(id, "", "", ())) == query


def test_a_grant_without_number_is_searched_by_its_agency() -> None:
    (project,) = projects([Grant(agency="Wellcome Trust")])
    assert query_for(project) == '"Wellcome Trust"[gr]'


@settings(deadline=None)
@given(st.lists(st.builds(Grant, st.text(max_size=30), st.text(max_size=3), st.text(max_size=20)), max_size=8))
def test_every_grant_is_in_exactly_one_project_and_every_query_is_whole(grants: list[Grant]) -> None:
    found = projects(grants)
    assert sorted(grant for project in found for grant in project.grants) == sorted(set(grants))
    for project in found:
        query = query_for(project)
        assert query.count('"') == 2 * query.count('"[gr]')
        assert query.count("[") == query.count("]") == query.count("[gr]")


@settings(deadline=None)
@given(st.text(alphabet="RUPCAHL0123456789-/ ASX", max_size=60))
def test_core_numbers_read_back_as_themselves(text: str) -> None:
    found = award(text)
    if found is not None:
        assert award(found.core) == Award(found.institute, found.serial, found.activity)


def _values(node: Any, *keys: str) -> Iterator[tuple[str, ...]]:
    if isinstance(node, dict):
        if all(isinstance(node.get(key), str) for key in keys):
            yield tuple(node[key] for key in keys)
        for value in node.values():
            yield from _values(value, *keys)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value, *keys)


@pytest.mark.skipif(not REPORTER.is_dir(), reason="the recorded RePORTER answers are not here")
def test_reporter_agrees_on_the_core_number() -> None:
    answer = json.loads(gzip.decompress((REPORTER / "reporter_v2_projects_search_a.json.gz").read_bytes()))
    pairs = list(_values(answer, "project_num", "core_project_num"))
    assert pairs
    for number, core in pairs:
        found = award(number)
        assert found is not None, number
        assert found.core == core
