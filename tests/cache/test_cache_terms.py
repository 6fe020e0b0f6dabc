"""What of a record can be found."""

from __future__ import annotations

import pytest

from tests.cache.cache_samples import made
from tui.cache.terms import columns, fold
from tui.model.record import Descriptor, Grant, MeshHeading, Qualifier


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain ASCII stays", "plain ASCII stays"),
        ("Über naïve", "Über naïve"),
        ("TGF-β1", "TGF-beta1"),
        ("α-synuclein, Δ9", "alpha-synuclein, delta9"),
        ("5 µg", "5 mug"),
        ("αβ T cells", "alphabeta T cells"),
        ("καρκίνος", "καρκίνος"),
        ("H₂O, CD4⁺, m²", "H2O, CD4+, m2"),
        ("ＩＬ－６", "IL-6"),
        ("乳腺癌", " 乳  腺  癌 "),
        ("がん and 암", " が  ん  and  암 "),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


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
    words = columns(made(1, grants=(Grant(grant),)))[5]
    assert grant in words
    assert [spelling for spelling in spellings if spelling not in words] == []


@pytest.mark.parametrize("grant", ["MR/K01014X/1", "81972014", "MC_UU_12013/5", "SPP1757", ""])
def test_other_grants_stay_as_they_are(grant: str) -> None:
    assert columns(made(1, grants=(Grant(grant),)))[5] == grant


def test_each_qualifier_follows_its_descriptor() -> None:
    heading = MeshHeading(Descriptor("Neoplasms"), (Qualifier("metabolism"), Qualifier("therapy")))
    words = columns(made(1, mesh=(heading,)))[4]
    assert "Neoplasms metabolism" in words
    assert "Neoplasms therapy" in words
