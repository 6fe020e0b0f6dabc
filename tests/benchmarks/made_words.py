"""Words that nobody uses, by Zipf's law: what synthetic records and headings are made of."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random

_COMMON = """
the of and in to a with was were is for by that on as from this at or an are be we not which these than patients after
study results cells between cell both treatment two group using during disease also have has effect effects analysis
associated activity high clinical levels protein its significantly response data may cancer compared increased model
expression human based used higher observed method mice more risk methods
"""
_SPECIAL = ("±", "β", "α", "µm", "≥", "–", "10⁻⁶", "naïve", "Sjögren", "&lt;", "&gt;", "&amp;", "°C", "in vivo")
_ONSETS = "b c d f g h l m n p r s t v br cr gl pl pr st tr th ph"
_ENDINGS = "n r s l m t x nt st al ic in ine ase itis oma tion ous gen ate osis ide"
_WORDS = 400_000


_BEND = 1000


class Zipf:
    """Things of which the n-th comes 1/n times as often as the first, and beyond the thousandth less than that.

    A large `offset` makes the first ones as common as each other.
    """

    def __init__(self, things: Sequence[str], offset: float = 0.5) -> None:
        self._things = things
        ranks = [rank + offset for rank in range(1, len(things) + 1)]
        self._sums = list(accumulate(1 / rank if rank < _BEND else _BEND**0.35 * rank**-1.35 for rank in ranks))
        self._total = self._sums[-1]

    def some(self, chance: Random, count: int) -> list[str]:
        random, sums, total, things = chance.random, self._sums, self._total, self._things
        return [things[bisect(sums, random() * total)] for _ in range(count)]

    def one(self, chance: Random) -> str:
        return self.some(chance, 1)[0]


@cache
def words() -> Zipf:
    return Zipf(_listed())


@cache
def plain_words() -> Sequence[str]:
    """Those that names are made of."""
    return [word for word in _listed()[100:60_000] if word.isascii() and word.isalpha()]


@cache
def _listed() -> list[str]:
    chance = Random("words")
    onsets, endings = _ONSETS.split(), ["", "", *_ENDINGS.split()]
    made = dict.fromkeys(_COMMON.split())
    while len(made) < _WORDS:
        syllables = [chance.choice(onsets) + chance.choice("aeiouy") for _ in range(chance.choice((1, 2, 2, 3)))]
        made["".join(syllables) + chance.choice(endings)] = None
    listed = list(made)
    for place, word in enumerate(_SPECIAL):
        listed[200 + 40 * place] = word
    return listed
