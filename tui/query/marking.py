"""Where the words that a query looks for stand in a text, so that they can be marked there.

What a query takes away with NOT, and what it looks for as a whole (names, headings, dates), is not marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.model.folding import fold, located, words
from tui.query.stop_words import STOP_WORDS
from tui.query.tree import Combination, Near, Node, Term

_TITLE = frozenset(("all", "ti", "tiab", "tw"))
_ABSTRACT = frozenset(("all", "ab", "tiab", "tw"))


class Phrase(NamedTuple):
    """Words that stand beside each other; mostly it is one."""

    words: tuple[str, ...]
    """Folded."""
    beginning: bool = False
    """Whether the last of them may go on."""

    def begins(self, there: list[str]) -> bool:
        """Whether it is what these words begin with."""
        count = len(self.words)
        if not self.beginning or len(there) < count:
            return tuple(there[:count]) == self.words
        return tuple(there[: count - 1]) == self.words[:-1] and there[count - 1].startswith(self.words[-1])


class Phrases:
    """Finds phrases in texts."""

    def __init__(self, phrases: Iterable[Phrase] = ()) -> None:
        distinct = dict.fromkeys(phrases)
        self._beginnings = tuple(each.words[0] for each in distinct if each.beginning and len(each.words) == 1)
        self._others: dict[str, list[Phrase]] = {}
        for each in distinct:
            if not each.beginning or len(each.words) > 1:
                self._others.setdefault(each.words[0], []).append(each)

    def places(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of what is to be marked, in order; none overlaps another."""
        if not self._beginnings and not self._others:
            return []
        there = list(located(text))
        found: list[tuple[int, int]] = []
        for at, (word, start, _) in enumerate(there):
            length = 1 if self._beginnings and word.startswith(self._beginnings) else 0
            for phrase in self._others.get(word, ()):
                if phrase.begins([each.word for each in there[at : at + len(phrase.words)]]):
                    length = max(length, len(phrase.words))
            if not length:
                continue
            end = there[at + length - 1].end
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found


class Marking(NamedTuple):
    """What is marked in a record."""

    title: Phrases = Phrases()
    abstract: Phrases = Phrases()


def marking(node: Node | None) -> Marking:
    """What a query looks for by its words; the tree may be mapped or not."""
    if node is None:
        return Marking()
    wanted = [(leaf.field.tag if leaf.field else "all", _phrases(leaf)) for leaf in _texts(node)]
    return Marking(
        Phrases(phrase for tag, phrases in wanted if tag in _TITLE for phrase in phrases),
        Phrases(phrase for tag, phrases in wanted if tag in _ABSTRACT for phrase in phrases),
    )


def _texts(node: Node) -> Iterator[Term | Near]:
    """What is looked for, without what is taken away."""
    match node:
        case Combination(operator, parts):
            for part in parts[:1] if operator == "NOT" else parts:
                yield from _texts(part)
        case Term() | Near():
            yield node


def _phrases(leaf: Term | Near) -> list[Phrase]:
    """A phrase in quotation marks; else each of the words between blanks, which is several where it has a hyphen."""
    if isinstance(leaf, Near):
        return [Phrase((word,)) for word in words(leaf.text)]
    parts = (leaf.text,) if leaf.quoted else leaf.text.split()
    if leaf.field is None and not leaf.quoted:
        parts = [part for part in parts if fold(part).strip() not in STOP_WORDS]
    folded = ((tuple(words(part.partition("*")[0])), "*" in part) for part in parts)
    return [Phrase(found, beginning) for found, beginning in folded if found]
