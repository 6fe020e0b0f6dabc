"""Facets as a page: a line a value, and an honest word on what was counted."""

from __future__ import annotations

from tui.model.facets import Facet, Facets, Group
from tui.model.results import ResultPage
from tui.present import facets

FOUND = Facets(
    1_200,
    400,
    (),
    (
        Group("Journals", (Facet("Nature", '"Nature"[ta]', 1_200), Facet("Cell", '"Cell"[ta]', 3)), 12),
        Group("Funding agencies", (), 0),
    ),
)


def test_a_line_a_value() -> None:
    page = facets.page(FOUND)
    assert [" ".join(block.text.split()) for block in page] == [
        "Journals",
        "1,200 ████████ Nature",
        "3 ▏ Cell",
        "and 12 with fewer records",
        "Funding agencies",
        "None.",
    ]
    targets = [run.target for block in page for run in block.runs if run.target]
    assert [(target.kind, target.value) for target in targets] == [("narrow", '"Nature"[ta]'), ("narrow", '"Cell"[ta]')]


def test_nothing_to_count() -> None:
    (block,) = facets.page(Facets(0, 0, (), ()))
    assert block.text == "Nothing that is kept here answers this query."


def test_what_was_counted() -> None:
    here, there = ResultPage("x", offline=True), ResultPage("x")
    assert facets.note(here, FOUND) == "1,200 records are counted. Values of a sample of 400, counts of all."
    assert facets.note(here, FOUND._replace(total=1, sample=1)) == "1 record is counted."
    assert facets.note(there, FOUND._replace(total=2, sample=2)) == (
        "2 records are counted: those kept here, as PubMed counts no values."
    )
