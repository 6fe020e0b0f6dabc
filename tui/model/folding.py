"""Text as words: the one form to which what people type and what PubMed prints are brought, so that they meet.

A word is a run of letters and digits in lower case without accents; everything else only divides words, so that
``IL-6`` is two words beside each other and ``p53-/-`` is one. Compatibility forms are undone (``H₂O`` is ``h2o``),
Greek letters outside of Greek words become their names (``TGF-β1`` is ``tgf beta1``), and every Chinese, Japanese or
Korean character is a word, as no blanks divide theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu"),
    *("xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
_GREEK_NAME = dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _GREEK, strict=True))
_GREEK_WORD = 3
"""As many Greek letters in a row are a Greek word, and stay."""
_SPELLED = re.compile("[α-ω]+|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003347f]")
"""Greek letters in a row; one character of kana, Han or Hangul."""
_LETTERS = {
    ord(letter): plain for letter, plain in zip("øłđıæœþð", ("o", "l", "d", "i", "ae", "oe", "th", "d"), strict=True)
} | dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060), "")
"""Letters that Unicode does not take apart into a plain one and an accent, as PubMed reads them; and what only says
where a line may break, and where not: soft hyphens, spaces and joiners of no width."""
DIVIDER = "\x02"
"""Between two texts that are folded in one go; it stays, as the word BREAK."""
BREAK = "_"
"""No text folds to it."""
_WORD = re.compile(r"[^\W_]+|\x02")
_ASCII_WORD = re.compile(r"[0-9A-Za-z]+")
_PART = re.compile(r"\S+")
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {ord(DIVIDER): BREAK}


def fold(text: str) -> str:
    """The words of a text, blanks between them; a text without any word is blank."""
    if not text.isascii():
        text = " ".join([part if part.isascii() else _plain(part) for part in text.split()])
        if not text.isascii():
            return " ".join(_WORD.findall(text.lower())).replace(DIVIDER, BREAK)
    return text.translate(_ASCII)


def words(text: str) -> list[str]:
    """The words of a text, in their order."""
    if DIVIDER in text:
        text = text.replace(DIVIDER, " ")
    return fold(text).split()


class Located(NamedTuple):
    """A word and where it stands in the text: ``beta1`` at the place of ``β1``."""

    word: str
    start: int
    end: int


def located(text: str) -> Iterator[Located]:
    """The `words` of a text, each with its place."""
    if text.isascii():
        for found in _ASCII_WORD.finditer(text):
            yield Located(found.group().lower(), *found.span())
        return
    for part in _PART.finditer(text):
        yield from _located(part.group(), part.start())


def _located(part: str, offset: int) -> Iterator[Located]:
    """The words of a text without blanks, of which `offset` characters are before it."""
    plain: list[str] = []
    origin: list[int] = []  # of each character of `plain`, the place of the one that it comes from
    for place, character in enumerate(part):
        folded = character if character.isascii() else _unspelled(character)
        plain += folded
        origin += [place] * len(folded)
    spelled: list[str] = []
    places: list[tuple[int, int]] = []  # of each character of `spelled`, what it comes from
    at = 0
    joined = "".join(plain)
    for found in (*_SPELLED.finditer(joined), None):
        start, end = found.span() if found else (len(joined), len(joined))
        spelled += joined[at:start]
        places += [(origin[each], origin[each]) for each in range(at, start)]
        if found:
            name = _spelled(found)
            spelled += name
            places += [(origin[start], origin[end - 1])] * len(name)
        at = end
    there = [
        Located(found.group(), offset + places[found.start()][0], offset + places[found.end() - 1][1] + 1)
        for found in _WORD.finditer("".join(spelled).lower())
    ]
    expected = words(part)
    if [each.word for each in there] == expected:
        yield from there
    else:  # characters that only make up a letter together, such as single Korean ones: the place is the whole
        yield from (Located(word, offset, offset + len(part)) for word in expected)


@lru_cache(maxsize=1 << 15)
def key(text: str) -> str:
    """A whole value as one word, ``breast_neoplasms``: what is looked up as a whole, never by its words.

    Those of journals, headings and countries come again and again in an import, and are held.
    """
    return "_".join(words(text))


@lru_cache(maxsize=1 << 14)
def _plain(part: str) -> str:
    """The words of a part of a text that is more than ASCII; most such parts are few signs that come again and
    again."""
    return " ".join(_WORD.findall(_SPELLED.sub(_spelled, _unspelled(part)).lower()))


def _unspelled(text: str) -> str:
    """Without accents and capitals; Greek letters and characters that are words are still there."""
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", "".join(letter for letter in text if not unicodedata.combining(letter)))


def _spelled(found: re.Match[str]) -> str:
    text = found.group()
    if text[0] > "ω":
        return f" {text} "
    if len(text) >= _GREEK_WORD:
        return text
    return "".join(_GREEK_NAME[letter] for letter in text)
