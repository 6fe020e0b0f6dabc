"""Text as words: the one form to which what people type and what PubMed prints are brought, so that they meet.

A word is a run of letters and digits in lower case without accents; everything else only divides words, so that
``IL-6`` is two words beside each other and ``p53-/-`` is one. Compatibility forms are undone (``H₂O`` is ``h2o``),
Greek letters outside of Greek words become their names (``TGF-β1`` is ``tgf beta1``), and every Chinese, Japanese or
Korean character is a word, as no blanks divide theirs.
"""

from __future__ import annotations

import re
import unicodedata

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
_WORD = re.compile(r"[^\W_]+")
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def fold(text: str) -> str:
    """The words of a text, blanks between them; a text without any word is blank."""
    if text.isascii():
        return text.translate(_ASCII)
    plain = " ".join([part if part.isascii() else _plain(part) for part in text.split()])
    return " ".join(_WORD.findall(plain.lower()))


def words(text: str) -> list[str]:
    """The words of a text, in their order."""
    return fold(text).split()


def key(text: str) -> str:
    """A whole value as one word, ``breast_neoplasms``: what is looked up as a whole, never by its words."""
    return "_".join(words(text))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFC", "".join(letter for letter in text if not unicodedata.combining(letter)))
    return _SPELLED.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    text = found.group()
    if text[0] > "ω":
        return f" {text} "
    if len(text) >= _GREEK_WORD:
        return text
    return "".join(_GREEK_NAME[letter] for letter in text)
