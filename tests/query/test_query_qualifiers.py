"""Subheadings."""

from __future__ import annotations

import pytest

from tui.query.qualifiers import broader, exploded, qualifier


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("th", "therapy"),
        ("DH", "diet therapy"),
        ("drug therapy", "drug therapy"),
        ("Administration and Dosage", "administration & dosage"),
        ("administration & dosage", "administration & dosage"),
        ("isolation, purification", "isolation & purification"),
        ("therap", ""),
        ("", ""),
    ],
)
def test_by_name_and_abbreviation(text: str, name: str) -> None:
    assert qualifier(text) == name


def test_what_is_narrower() -> None:
    """NLM's own example: therapeutic use with administration & dosage, adverse effects, poisoning underneath."""
    assert exploded("therapeutic use") == ("therapeutic use", "administration & dosage", "adverse effects", "poisoning")
    assert {"drug therapy", "surgery", "transplantation"} < set(exploded("therapy"))
    assert exploded("trends") == ("trends",)
    assert exploded("unheard of") == ("unheard of",)


def test_what_is_narrower_than_the_narrower_is_narrower() -> None:
    """Toxicity is below adverse effects, but not where those are below therapeutic use."""
    for name in ("anatomy & histology", "etiology", "metabolism", "pharmacology", "physiology", "therapy"):
        below = exploded(name)
        assert {each for one in below for each in exploded(one)} == set(below)


def test_what_is_broader_has_it_below() -> None:
    assert set(broader("poisoning")) == {"adverse effects", "pharmacology", "therapeutic use"}
    assert broader("therapy") == ()
    for name in ("toxicity", "blood", "virology", "transplantation"):
        assert broader(name)
        assert all(name in exploded(each) for each in broader(name))
