"""The table of formats, and names of files."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.export import FORMATS, Format, UnknownFormat, by_name, suggested_name
from tui.model.dates import PartialDate
from tui.model.problem import Problem
from tui.model.record import Issue, Person, PersonList, Record
from tui.model.results import Kept, Origin

TODAY = date(2026, 11, 21)
XML = b"<PubmedArticle><MedlineCitation><PMID>%d</PMID></MedlineCitation></PubmedArticle>"


def _record(name: Person, pmid: int = 17914389) -> Record:
    return Record(pmid, author_lists=(PersonList((name,)),), issue=Issue(date=PartialDate("2007", "Oct", "4")))


@pytest.mark.parametrize("format", FORMATS, ids=[format.name for format in FORMATS])
def test_every_format_takes_one_record_at_a_time(format: Format) -> None:
    taken = 0

    def records() -> Iterator[Kept]:
        nonlocal taken
        for pmid in range(1, 1000):
            taken += 1
            yield Kept(Record(pmid), XML % pmid, Origin("PubMed", 0))

    pieces = format.write(records())
    next(pieces)
    next(pieces)
    assert taken < 4
    assert sum("999" in piece for piece in pieces) == 1


@pytest.mark.parametrize("format", FORMATS, ids=[format.name for format in FORMATS])
def test_no_record_at_all_is_no_error(format: Format) -> None:
    assert isinstance("".join(format.write([])), str)


def test_every_row_is_found_by_its_name() -> None:
    assert [by_name(format.name) for format in FORMATS] == list(FORMATS)


def test_names_are_found_in_any_capitals() -> None:
    assert by_name(" RIS ").suffix == ".ris"


def test_an_unknown_name_lists_the_formats_and_the_nearest() -> None:
    with pytest.raises(UnknownFormat) as caught:
        by_name("jsn")
    assert isinstance(caught.value, Problem)
    assert caught.value.exit_status == 2
    assert "'jsn'" in caught.value.message
    assert "json?" in caught.value.hint
    assert all(format.name in caught.value.hint for format in FORMATS)


def test_rispy_is_imported_only_when_ris_is_written() -> None:
    code = "import sys, tui.export; sys.exit('rispy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Person("Karnoub", "Antoine E"), "karnoub-2007-17914389.ris"),
        (Person("M\u00fcller-L\u00fcdenscheidt"), "muller-ludenscheidt-2007-17914389.ris"),
        (Person("O'Neill"), "o-neill-2007-17914389.ris"),
        (Person("../../etc/passwd\x00"), "etc-passwd-2007-17914389.ris"),
        (Person("\u738b"), "pubmed-2007-17914389.ris"),
        (Person(collective_name="The ABC, and XYZ Group"), "the-abc-and-xyz-group-2007-17914389.ris"),
    ],
)
def test_one_record_is_named_after_its_first_author(name: Person, expected: str) -> None:
    assert suggested_name(_record(name), 1, by_name("ris"), TODAY) == expected


def test_several_records_are_named_after_the_day() -> None:
    assert suggested_name(None, 12, by_name("ris"), TODAY) == "pubmed-20261121-12-records.ris"
    assert suggested_name(Record(1), 1, by_name("json"), TODAY) == "pubmed-1.json"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_name_gives_a_safe_file_name(name: str) -> None:
    suggested = suggested_name(_record(Person(name)), 1, by_name("xml"), TODAY)
    assert re.fullmatch(r"[a-z0-9][A-Za-z0-9._-]{1,79}", suggested)
