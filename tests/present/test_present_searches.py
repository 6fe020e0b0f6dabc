"""The history as a page: saved searches first, each with its number, count, change and age."""

from __future__ import annotations

from tui.model.results import Asked
from tui.present import searches
from tui.present.blocks import Page

DAY = 86_400.0
NOW = 1_763_700_000.0


def lines(page: Page) -> list[str]:
    return [" ".join(block.text.split()) for block in page]


def test_nothing_was_searched_for() -> None:
    assert lines(searches.page((), NOW)) == [
        "Saved searches", "None yet.", "All searches", "Nothing was searched for yet.",
    ]  # fmt: skip


def test_saved_ones_come_first_and_by_name() -> None:
    page = searches.page(
        (
            Asked(12, "mice[mh]", NOW - DAY, False, 1_212, 1_200, 9, "rodents"),
            Asked(3, "karnoub", NOW - 3 * DAY, True, 1, -1, 0, ""),
            Asked(2, "stroma", NOW - 3 * DAY, True, 5, 7, 0, "Beds"),
            Asked(1, "voles", NOW - 3 * DAY, True, 5, 5, 0, ""),
        ),
        NOW,
    )
    assert lines(page) == [
        "Saved searches",
        "#2 5 -2 Beds: stroma 3 days ago, offline",
        "#12 1,212 +12 rodents: mice[mh] yesterday",
        "All searches",
        "#12 1,212 +12 rodents: mice[mh] yesterday",
        "#3 1 karnoub 3 days ago, offline",
        "#2 5 -2 Beds: stroma 3 days ago, offline",
        "#1 5 voles 3 days ago, offline",
    ]
    targets = [run.target.value for block in page for run in block.runs if run.target]
    assert targets == ["stroma", "mice[mh]", "mice[mh]", "karnoub", "stroma", "voles"]
