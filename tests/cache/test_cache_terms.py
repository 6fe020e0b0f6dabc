"""What of a record can be found."""

from __future__ import annotations

import pytest

from tests.cache.cache_samples import made
from tui.cache.keys import Keys
from tui.cache.terms import columns
from tui.model.folding import words
from tui.model.record import Descriptor, Grant, MeshHeading, Qualifier


@pytest.mark.parametrize(
    ("grant", "spellings"),
    [
        ("R01 CA116235-01A1", {"R01CA116235", "CA116235"}),
        ("R01CA116235", {"R01 CA116235", "CA116235"}),
        ("CA-16672", {"CA16672", "CA016672"}),
        ("P30 CA016672", {"P30CA016672", "CA16672", "CA016672"}),
        ("3P30CA016087-41S1", {"P30CA016087", "P30 CA016087", "CA16087"}),
        ("1-RO1-CA-31324", {"CA31324"}),
        ("R01-HL 27850", {"R01HL027850", "HL27850"}),
    ],
)
def test_an_award_is_there_in_every_spelling(grant: str, spellings: set[str]) -> None:
    found = columns(made(1, grants=(Grant(grant),)), Keys()).grants
    wanted = [grant, *spellings]
    assert [each for each in wanted if " ".join(words(each)) not in " ".join(words(found))] == []


@pytest.mark.parametrize("grant", ["MR/K01014X/1", "81972014", "MC_UU_12013/5", "SPP1757", ""])
def test_other_grants_stay_as_they_are(grant: str) -> None:
    assert words(columns(made(1, grants=(Grant(grant),)), Keys()).grants) == words(grant)


def test_each_qualifier_follows_its_descriptor() -> None:
    heading = MeshHeading(Descriptor("Neoplasms"), (Qualifier("metabolism"), Qualifier("therapy")))
    keys = columns(made(1, mesh=(heading,)), Keys()).keys.split()
    assert {"mh_neoplasms", "mq_neoplasms__metabolism", "mq_neoplasms__therapy", "sh_therapy"} <= set(keys)
