"""The words that a query looks for are found in texts as the index finds them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.folding import located, words
from tui.query import parse
from tui.query.marking import marking


def marked(query: str, text: str, *, abstract: bool = False) -> list[str]:
    phrases = marking(parse(query))
    return [text[start:end] for start, end in (phrases.abstract if abstract else phrases.title).places(text)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("breast cancer", "Cancer of the breast; breasts", ["Cancer", "breast"]),
        ("the role of stroma", "The role of the stroma", ["role", "stroma"]),
        ('"breast cancer"', "Breast cancer; cancer, breast", ["Breast cancer"]),
        ('"breast cancer"', "breast-cancer", ["breast-cancer"]),
        ("metasta*", "Metastasis, metastatic, a meta", ["Metastasis", "metastatic"]),
        ('"breast cana*"', "breast canals; canal of the breast", ["breast canals"]),
        ("il-6", "IL-6 and IL 6, not 6 IL", ["IL-6", "IL 6"]),
        ("tgf-beta1", "TGF-β1 acts", ["TGF-β1"]),
        ("tgf beta1", "TGF-β1, TGF-β2", ["TGF", "β1", "TGF"]),
        ("Müller", "MULLER and Mu\u0308ller", ["MULLER", "Mu\u0308ller"]),
        ("H2O", "H₂O", ["H₂O"]),
        ("腫瘍", "悪性腫瘍の", ["腫瘍"]),
        ('"stem cell" "cell line"', "stem cell line", ["stem cell line"]),
        ("mice[ti] rats[tiab] voles[tw]", "mice rats voles", ["mice", "rats", "voles"]),
        ("mice[ab]", "mice", []),
        ('karnoub ae[au] nature[ta] "mice"[mh] 2007[dp]', "Karnoub, nature, mice, 2007", []),
        ("mice NOT rats", "mice and rats", ["mice"]),
        ("(mice OR voles) NOT (rats OR cats)", "mice voles rats cats", ["mice", "voles"]),
        ('"mice rats"[ti:~3]', "rats eat mice", ["rats", "mice"]),
        ("17914389", "17914389", []),
        ("#3", "3", []),
        ("", "anything", []),
    ],
)
def test_what_is_marked_in_a_title(query: str, text: str, found: list[str]) -> None:
    assert marked(query, text) == found


def test_an_abstract_has_fields_of_its_own() -> None:
    text = "mice rats voles cats"
    assert marked("mice[ti] rats[tiab] voles[ab] cats", text, abstract=True) == ["rats", "voles", "cats"]


@given(st.text())
def test_words_with_their_places_are_the_same_words(text: str) -> None:
    there = list(located(text))
    assert [each.word for each in there] == words(text)
    assert all(0 <= each.start < each.end <= len(text) for each in there)
    assert all(before.start <= after.start for before, after in itertools.pairwise(there))


@given(st.text(alphabet="aβγδ1-* é中한́  H₂ﬁÅ"), st.text(alphabet="aβ1 é中"))
def test_places_are_in_order_and_apart(text: str, query: str) -> None:
    places = marking(parse(f'"{query}a"')).title.places(text)
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))
