"""The sidebar: MeSH and grants in the order in which they are read, each a way to a search."""

from __future__ import annotations

import pytest

from tests.present.demo_records import SEED, demo
from tui.model.record import Book, Descriptor, Grant, MeshHeading, Qualifier, Record
from tui.present import mesh, sidebar
from tui.present.blocks import Page, Run, Target

BREAST = MeshHeading(
    Descriptor("Breast Neoplasms", "D001943"), (Qualifier("pathology", major=True), Qualifier("secondary"))
)
HUMANS = MeshHeading(Descriptor("Humans"))
MICE = MeshHeading(Descriptor("Mice"), (Qualifier("genetics"),))
MOVEMENT = MeshHeading(Descriptor("Cell Movement"))
STARRED = MeshHeading(Descriptor("Stromal Cells", major=True))
INDEXED = Record(1, status="MEDLINE", mesh=(HUMANS, MOVEMENT, BREAST, MICE, STARRED))


def shown(page: Page) -> list[str]:
    return [" " * block.indent + block.text for block in page]


def targets(page: Page) -> dict[str, Target]:
    return {run.text: run.target for block in page for run in block.runs if run.target}


def test_major_topics_first_and_check_tags_apart() -> None:
    assert mesh.groups(INDEXED) == [
        ("Major topics", [BREAST, STARRED]),
        ("Topics", [MOVEMENT, MICE]),
        ("Check tags", [HUMANS]),
    ]
    assert shown(sidebar.page(INDEXED))[: shown(sidebar.page(INDEXED)).index("Grants")] == [
        "MeSH terms (5)",
        "Major topics",
        " Breast Neoplasms",
        "   /pathology*",
        "   /secondary",
        " Stromal Cells*",
        "Topics",
        " Cell Movement",
        " Mice",
        "   /genetics",
        "Check tags",
        " Humans",
    ]


def test_a_heading_leads_to_a_search_for_it() -> None:
    found = targets(sidebar.page(INDEXED))
    assert found["Breast Neoplasms"] == Target("search", '"Breast Neoplasms"[mh]')
    assert found["/pathology*"] == Target("search", '"Breast Neoplasms/pathology"[mh]')
    assert mesh.query_for("Humans", "majr") == '"Humans"[majr]'
    assert mesh.query_for('A "quoted" name') == '"A  quoted  name"[mh]'


def test_a_star_marks_what_is_major() -> None:
    assert mesh.words(BREAST) == "Breast Neoplasms / pathology* / secondary"
    assert mesh.words(STARRED) == "Stromal Cells*"
    styles = {run.text: run.style for block in sidebar.page(INDEXED) for run in block.runs}
    assert (styles["Breast Neoplasms"], styles["/secondary"], styles["Humans"]) == ("strong", "dim", "")


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Record(1, status="MEDLINE"), "None found: none stated by PubMed."),
        (Record(1, status="OLDMEDLINE"), "None found: none stated by PubMed."),
        (Record(1, status="Publisher"), "None found: not indexed for MEDLINE yet."),
        (Record(1, book=Book("B")), "None found: not offered; PubMed does not index books with MeSH."),
    ],
)
def test_why_there_are_no_terms(record: Record, words: str) -> None:
    assert shown(sidebar.page(record)) == ["MeSH terms", words, "Grants", "None found: none stated by PubMed."]


def test_the_eight_awards_of_the_seed_are_two_projects() -> None:
    record = demo()[SEED].record
    lines = shown(sidebar.page(record))
    grants = lines[lines.index("Grants (8)") :]
    projects = [line for line in grants if line.startswith(" ") and not line.startswith("  ")]
    assert sorted(projects) == [" P50 CA089393", " R01 CA116235"]
    awards = {line.strip() for line in grants if line.startswith("   ")}
    assert {grant.id for grant in record.grants} <= awards
    assert len(record.grants) == 8
    assert {target.kind for text, target in targets(sidebar.page(record)).items() if "CA116235" in text} == {"search"}


def test_every_term_of_the_seed_is_there() -> None:
    record = demo()[SEED].record
    text = "\n".join(shown(sidebar.page(record)))
    assert f"MeSH terms ({len(record.mesh)})" in text
    assert all(heading.descriptor.name in text for heading in record.mesh)


def test_a_grant_without_number_and_a_list_that_is_not_complete() -> None:
    record = Record(1, grants=(Grant(agency="A fund", country="Nowhere"),), grants_complete=False)
    lines = shown(sidebar.page(record))
    assert "A fund" in "\n".join(lines)
    assert lines[-1] == "PubMed's list is not complete."


def test_foreign_text_stays_text() -> None:
    heading = MeshHeading(Descriptor("[b]not bold[/b]"))
    (block,) = [block for block in sidebar.page(Record(1, mesh=(heading,))) if "bold" in block.text]
    assert block.runs == (Run("[b]not bold[/b]", "", Target("search", '"[b]not bold[/b]"[mh]')),)
