"""What a query looked for is marked in title and abstract, and nowhere else."""

from __future__ import annotations

import pytest

from tests.present.demo_records import NOW, SEED, demo
from tui.model.results import ResultPage, Translation
from tui.present import record as record_page
from tui.present.marking import marking_of, places
from tui.query.marking import Marking


def marked(query: str, translation: str = "") -> dict[str, set[str]]:
    """By the first word of a block, what is marked in it."""
    page = record_page.page(demo()[SEED], NOW)
    marking = marking_of(ResultPage(query, translation=Translation(translation)))
    found: dict[str, set[str]] = {}
    for block, start, end in places(page, marking):
        text = page[block].text
        found.setdefault(text.split()[0], set()).add(text[start:end])
    return found


def test_words_of_the_query_stand_out_in_title_and_abstract() -> None:
    found = marked("stroma cells")
    assert found.pop("Mesenchymal") == {"stroma"} | {"cells"}
    assert found, "the abstract speaks of them too"
    assert all(words <= {"stroma", "cells", "Stroma", "Cells"} for words in found.values())


def test_what_pubmed_made_of_the_query_counts() -> None:
    translation = '"neoplasm metastasis"[MeSH Terms] OR "metastasis"[All Fields] OR "tumour"[Title]'
    assert marked("spread", translation)["Mesenchymal"] == {"metastasis", "tumour"}


def test_what_cannot_be_read_is_left_to_the_query() -> None:
    assert marked("stroma", "(stroma[nosuchfield]")["Mesenchymal"] == {"stroma"}
    assert marked('"stroma', "also not [") == {}


@pytest.mark.parametrize("page", [None, ResultPage(""), ResultPage(" ", translation=Translation("everything kept"))])
def test_without_a_query_nothing_is_marked(page: ResultPage | None) -> None:
    assert marking_of(page) == Marking()
    assert marking_of(page).title.places("everything kept") == []
