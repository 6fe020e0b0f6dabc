"""Nothing in a cleaned text can act on a terminal, and nothing else is taken from it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.model.clean import clean, one_line, squeeze, unstacked

MARK = "\u0301"
CLEANED = {
    "": "",
    "plain\ttext\nof two lines": "plain\ttext\nof two lines",
    "\x1b[2J": "\ufffd[2J",
    "\x1b]52;c;Zm9v\x07": "\ufffd]52;c;Zm9v\ufffd",
    "a\x00b\x7fc\x9bd": "a\ufffdb\ufffdc\ufffdd",
    "a\rb\r\nc\u2028d\u2029e": "a\nb\nc\nd\ne",
    "\u202eabc\u202c \u2066x\u2069 \u200e\u200f\u061c": "abc x ",
    "\ufeffa\ufff9b\ufffbc": "abc",
    "\ud800 alone": "\ufffd alone",
    "e" + MARK * 8: "e" + MARK * 8,
    "e" + MARK * 9 + "o" + MARK * 50: "e" + MARK * 8 + "o" + MARK * 8,
    "e" + MARK * 5 + "\u202e" + MARK * 5: "e" + MARK * 8,
    "[Article in German]": "[Article in German]",
    "१.७३ m² – 中文 – עברית": "१.७३ m² – 中文 – עברית",
    "a\u200db\u200cc\u00ad\u00a0\u2009": "a\u200db\u200cc\u00ad\u00a0\u2009",
}


@pytest.mark.parametrize("text", CLEANED, ids=ascii)
def test_what_becomes_of_a_text(text: str) -> None:
    assert clean(text) == CLEANED[text]


# What a terminal or a line of text could be led by: C0, DEL, C1, line ends, marks of direction, byte order marks.
ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
ANY = st.text(st.characters() | st.sampled_from("\x1b\x9b\r\n\t \u202e\u2028\ufeff" + MARK), max_size=40)


@given(ANY)
@example("e" + (MARK * 5 + "\u202e") * 9)
@example("\r" + "\u2028" * 3)
def test_any_text_is_harmless_afterwards(text: str) -> None:
    cleaned = clean(text)
    assert ACTS.search(cleaned) is None
    assert clean(cleaned) == cleaned
    cleaned.encode()
    assert not re.search(f"{MARK}{{9}}", cleaned)


@given(ANY)
def test_what_has_a_glyph_stays(text: str) -> None:
    def glyphs(text: str) -> list[str]:
        return [one for one in text if unicodedata.category(one)[0] in "LNPS" and one != "\ufffd"]

    assert glyphs(clean(text)) == glyphs(text)


@given(ANY)
def test_a_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert not re.search(r"[\n\t\r]|  ", line)
    assert line.splitlines() in ([line], [])
    assert line == line.strip(" ")


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        (" a  b \n c\t\td \r\n", "a b c d"),
        ("1.73\u00a0m²\u2009of ", "1.73\u00a0m²\u2009of"),
        ("\u00a0 edge \u2009", "\u00a0 edge \u2009"),
        ("   ", ""),
    ],
)
def test_only_ordinary_blanks_are_squeezed(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


def test_marks_of_different_kinds_make_one_stack() -> None:
    marks = "\u0301\u20d7\ufe20\u0488\u1dc0\u1ab0"
    assert unstacked("e" + marks * 3) == "e" + marks + marks[:2]
