"""Text as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.folding import fold, key, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Plain ASCII is in small letters", "plain ascii is in small letters"),
        ("Über naïve", "uber naive"),
        ("TGF-β1", "tgf beta1"),
        ("α-synuclein, Δ9", "alpha synuclein delta9"),
        ("5 µg", "5 mug"),
        ("αβ T cells", "alphabeta t cells"),
        ("καρκίνος", "καρκινοσ"),
        ("H₂O, CD4⁺, m²", "h2o cd4 m2"),
        ("ＩＬ－６", "il 6"),
        ("IL-6 p53-/- Crohn's HLA_A", "il 6 p53 crohn s hla a"),
        ("Łódź, Ørsted, straße", "lodz orsted strasse"),
        ("乳腺癌", "乳 腺 癌"),
        ("がん and 암", "か ん and 암"),
        ("--- ()", ""),
        ("meta\u00adstasis nano\u200bparticle", "metastasis nanoparticle"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert " ".join(words(text)) == folded
    assert " ".join(fold(text).split()) == folded


def test_a_whole_value_is_one_word() -> None:
    assert key("Carcinoma, Ductal, Breast") == "carcinoma_ductal_breast"


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once
    assert all(word.replace("_", "").isalnum() and "_" not in word for word in once)
