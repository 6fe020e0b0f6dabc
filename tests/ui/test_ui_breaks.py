"""Where a text is broken into lines: at blanks where it has any, never wider than the line, in linear time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.ui.lines import breaks

# Narrow, wide, without any width, joined, and blanks of which only some are places to break.
LETTERS = "ab-é肺腺\u0301\u200b\u200d\ufe0f☁👩🔬\u00a0\u2009\u3000\n\t "
TEXTS = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


def pieces(text: str, first: int, rest: int) -> list[str]:
    return [text[start:end] for start, end in breaks(text, first, rest)]


@given(TEXTS, st.integers(1, 30), st.integers(1, 30))
@example("a" * 7 + "\u00a0" * 3 + "b", 8, 8)
@example("☁\ufe0f" * 9, 5, 5)
@example("肺" * 3, 1, 1)
@example("00\n⺀", 1, 1)
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, first: int, rest: int) -> None:
    found = pieces(text, first, rest)
    assert "".join(found) == text
    assert all(found) or found == [""]
    for number, piece in enumerate(found):
        room = rest if number else first
        assert cell_len(piece.rstrip(" \n\t")) <= max(room, 2)


@given(st.lists(st.text("abc肺é", min_size=1, max_size=5), min_size=1, max_size=20), st.integers(10, 30))
def test_words_that_fit_stay_whole_and_lines_are_filled(words: list[str], width: int) -> None:
    found = pieces(" ".join(words), width, width)
    assert [word for piece in found for word in piece.split()] == words
    for line, following in pairwise(found):
        assert cell_len(line) + cell_len(following.split()[0]) > width


BROKEN = [
    ("", 8, 8, [""]),
    ("one two three", 8, 8, ["one two ", "three"]),
    ("one two three", 7, 7, ["one two ", "three"]),
    ("one two three", 3, 9, ["one ", "two three"]),
    ("abcdefghij", 4, 4, ["abcd", "efgh", "ij"]),
    ("abcdefghij", 2, 4, ["ab", "cdef", "ghij"]),
    ("x abcdefghij y", 4, 4, ["x ", "abcd", "efgh", "ij y"]),
    ("肺腺癌 x", 4, 4, ["肺腺", "癌 x"]),
    ("1.73\u00a0m of", 6, 6, ["1.73\u00a0m ", "of"]),
    ("a     b", 3, 3, ["a     ", "b"]),
    ("  a", 8, 8, ["  a"]),
]


@pytest.mark.parametrize(("text", "first", "rest", "lines"), BROKEN)
def test_where_lines_end(text: str, first: int, rest: int, lines: list[str]) -> None:
    assert pieces(text, first, rest) == lines


@pytest.mark.parametrize("letter", ["a", "é", "肺", "\u200b", "a\u0301"])
def test_a_million_letters_without_a_blank(letter: str) -> None:
    """To look at the whole again for every line would take hours."""
    text = letter * (1_000_000 // len(letter))
    found = pieces(text, 80, 78)
    assert "".join(found) == text
    assert all(cell_len(piece) <= 80 for piece in found[:100])
