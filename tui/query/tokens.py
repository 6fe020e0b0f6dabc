"""A query cut into its pieces, each with its place; what cannot be cut is named as the mistake it is."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from tui.query.errors import SmartQuotes, UnclosedBracket, UnclosedQuote, UnopenedBracket


class Sort(Enum):
    """What a piece is."""

    WORD = auto()
    PHRASE = auto()
    TAG = auto()
    OPEN = auto()
    CLOSE = auto()
    COLON = auto()
    """Between two dates. One that ends a word, or stands inside of it, is part of the word."""


class Piece(NamedTuple):
    """A word, a phrase without its marks, a tag without its brackets, a parenthesis."""

    sort: Sort
    text: str
    column: int
    length: int


_PIECE = re.compile(
    r'"(?P<phrase>[^"]*)"|\[(?P<tag>[^\[\]]*)\]|(?P<open>\()|(?P<close>\))|(?P<colon>:)|(?P<word>[^\s"\[\]():][^\s"\[\]()]*)'
)
_SMART = re.compile("[“”„‟«»″]")
_SORTS = {
    "phrase": Sort.PHRASE,
    "tag": Sort.TAG,
    "open": Sort.OPEN,
    "close": Sort.CLOSE,
    "colon": Sort.COLON,
    "word": Sort.WORD,
}


def pieces(text: str) -> list[Piece]:
    """The pieces of a query, from left to right. Raises QueryError."""
    if smart := _SMART.search(text):
        raise SmartQuotes(
            f"PubMed does not know the quotation mark {smart.group()}.", 'Use the plain one: ".', smart.start()
        )
    found: list[Piece] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece = _PIECE.match(text, at)
        if piece is None:
            raise _fault(text, at)
        name = piece.lastgroup or "word"
        found.append(Piece(_SORTS[name], piece[name], at, piece.end() - at))
        at = piece.end()
    return found


def _fault(text: str, at: int) -> UnclosedQuote | UnclosedBracket | UnopenedBracket:
    if text[at] == '"':
        return UnclosedQuote("A quotation mark is not closed.", 'Add a second ", or take this one away.', at)
    if text[at] == "[":
        return UnclosedBracket("A square bracket is not closed.", "Close it after the tag, as in [ti].", at)
    return UnopenedBracket("A square bracket is closed that was not opened.", "Write a tag as in [ti].", at)
