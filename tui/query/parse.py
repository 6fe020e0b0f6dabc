"""From text to tree, as PubMed reads it: operators from left to right, a blank between two parts being AND.

Bare words beside each other stay one term, which is mapped as a whole; a tag takes the phrase before it, or all the
bare words before it (`mapping` finds out how many of them it is about). Sources: the PubMed User Guide, "Boolean
operators", "Using search field tags", "Truncating search terms", "Proximity searching" and "PubMed character
conversions"; ``tests/query`` holds their examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import cast

from tui.model.folding import words
from tui.query import dates
from tui.query.errors import (
    BadDate,
    BadNumber,
    BadProximity,
    EmptyBrackets,
    MisplacedOperator,
    MisplacedTruncation,
    ShortTruncation,
    TooDeep,
    UnclosedBracket,
    UnknownField,
    UnopenedBracket,
    told_of,
)
from tui.query.fields import Field, Kind, field, nearest
from tui.query.tokens import Piece, Sort, pieces
from tui.query.tree import Combination, Dates, Day, Near, Node, On, Operator, Past, Pmids, Recent, Term

DEEPEST = 50
"""Brackets within each other: SQLite's full-text search reads no more than about a hundred."""
BEFORE_ASTERISK = 4
"""Letters and digits that PubMed wants before an asterisk."""
_OPERATORS: dict[str, Operator] = {"AND": "AND", "OR": "OR", "NOT": "NOT", "&": "AND", "|": "OR"}
_PAST = re.compile(r"#(\d{1,9})", re.ASCII)
_PMID = re.compile(r"(?:pmid:)?0*([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)
_LABELS = ("pmid", "pmid:")
"""What may stand before a number that is pasted."""
_TAG = re.compile(r"(?P<name>[^:]*?)\s*(?::\s*(?P<more>.*?)\s*)?", re.DOTALL)
_WORD_AFTER_ASTERISK = re.compile(r"\*\w*[^\w*].*\w")
_ANY_DAY = date(2000, 1, 1)


def parse(text: str) -> Node | None:
    """The tree of a query; None for a blank one. Raises QueryError."""
    with told_of(text):
        return _parsed(text)


def _parsed(text: str) -> Node | None:
    found = pieces(text)
    if not found:
        return None
    numbers = [_number(piece) for piece in found if piece.text.lower() not in _LABELS]
    if numbers and all(numbers):
        return Pmids(tuple(dict.fromkeys(numbers)))
    reader = _Reader(found)
    node = reader.sequence(0)
    if reader.at < len(found):
        raise _unopened(found[reader.at])
    return node


class _Reader:
    """Goes through the pieces once."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self.at = 0

    def sequence(self, depth: int) -> Node:
        """Everything up to the closing parenthesis, or to the end."""
        parts: list[Node] = []
        joined: Operator | None = None
        """The operator between the parts."""
        while (piece := self._next()) is not None and piece.sort is not Sort.CLOSE:
            operator = self._operator(piece, not parts)
            if joined not in (None, operator):
                parts = [_joined(joined, parts)]
                depth += 1  # what stood before is now within brackets, though nobody wrote them
                if depth > DEEPEST:
                    raise _too_deep(piece)
            joined = operator if parts else None
            parts.append(self._part(depth))
        if not parts and self.at:
            raise EmptyBrackets(
                "There is nothing between these brackets.",
                "Fill them or take them away.",
                self._pieces[self.at - 1].column,
            )
        if not parts:
            raise _unopened(self._pieces[0])
        return _joined(joined, parts)

    def _next(self) -> Piece | None:
        return self._pieces[self.at] if self.at < len(self._pieces) else None

    def _operator(self, piece: Piece, first: bool) -> Operator:
        """The operator before the next part; AND where none stands there."""
        if not _is_operator(piece):
            return "AND"
        self.at += 1
        following = self._next()
        if first:
            raise MisplacedOperator(
                f"There is nothing before {piece.text}.", "An operator stands between two parts.", *piece[2:]
            )
        if following is None or following.sort is Sort.CLOSE:
            raise MisplacedOperator(
                f"There is nothing after {piece.text}.", "An operator stands between two parts.", *piece[2:]
            )
        if _is_operator(following):
            raise MisplacedOperator(
                f"{piece.text} and {following.text} stand beside each other.", "Take one away.", *following[2:]
            )
        return _OPERATORS[piece.text]

    def _part(self, depth: int) -> Node:
        piece = self._pieces[self.at]
        if piece.sort is Sort.OPEN:
            return self._group(piece, depth + 1)
        if piece.sort is Sort.TAG:
            raise EmptyBrackets(
                f"There is nothing before [{piece.text}].",
                "A tag follows the words it is about; take brackets around a title away.",
                *piece[2:],
            )
        if piece.sort is Sort.COLON:
            raise _misplaced_colon(piece)
        if piece.sort is Sort.WORD and (past := _PAST.fullmatch(piece.text)):
            self.at += 1
            return Past(int(past[1]), piece.column)
        return self._range(self._leaf())

    def _group(self, opening: Piece, depth: int) -> Node:
        if depth > DEEPEST:
            raise _too_deep(opening)
        self.at += 1
        node = self.sequence(depth) if self.at < len(self._pieces) else None
        if node is None or self.at == len(self._pieces):
            raise UnclosedBracket("A bracket is not closed.", "Add ) at its end.", *opening[2:])
        self.at += 1
        return node

    def _leaf(self) -> Node:
        """A phrase or a run of words, with the tag behind it."""
        start = self.at
        quoted = self._pieces[start].sort is Sort.PHRASE
        self.at += 1
        while not quoted and self._goes_on():
            self.at += 1
        run = self._pieces[start : self.at]
        tag = self._next()
        if tag is None or tag.sort is not Sort.TAG:
            return _term(run, None, quoted, None)
        known = _field(tag)
        if not quoted and known[0].kind in (Kind.DATE, Kind.PMID) and (cut := _fitting(run, known[0].kind)):
            self.at = start + cut  # the words before the number are no part of it
            return _term(run[:cut], None, quoted, None)
        self.at += 1
        return _term(run, known, quoted, tag)

    def _goes_on(self) -> bool:
        """Whether the next piece belongs to the same run of words."""
        piece = self._next()
        if piece is None or piece.sort not in (Sort.WORD, Sort.COLON):
            return False
        return not _is_operator(piece) and not _PAST.fullmatch(piece.text)

    def _range(self, leaf: Node) -> Node:
        """``"2005"[dp] : "2010"[dp]``, where the leaf is the first half of such."""
        colon = self._next()
        if colon is None or colon.sort is not Sort.COLON:
            return leaf
        self.at += 1
        following = self._next()
        end = self._leaf() if following is not None and following.sort in (Sort.WORD, Sort.PHRASE) else None
        if not isinstance(leaf, On) or not isinstance(end, On) or leaf.field != end.field:
            raise _misplaced_colon(colon)
        return _dates(leaf.day, end.day, leaf.field, colon)


def _joined(operator: Operator | None, parts: list[Node]) -> Node:
    return parts[0] if operator is None else Combination(operator, tuple(parts))


def _is_operator(piece: Piece) -> bool:
    return piece.sort is Sort.WORD and piece.text in _OPERATORS


def _unopened(piece: Piece) -> UnopenedBracket:
    return UnopenedBracket("A bracket is closed that was not opened.", "Take it away.", *piece[2:])


def _too_deep(piece: Piece) -> TooDeep:
    return TooDeep(
        "The query turns too often between AND, OR and NOT, or has too many brackets.", "Divide it.", *piece[2:]
    )


def _misplaced_colon(colon: Piece) -> BadDate:
    return BadDate(
        "A colon by itself stands between two dates of one field.",
        "Take it away, or write a range as in 2005:2010[dp].",
        *colon[2:],
    )


def _field(tag: Piece) -> tuple[Field, str]:
    """The field of a tag and what follows a colon in it. Raises UnknownField."""
    found = _TAG.fullmatch(tag.text.strip())
    name, more = (found["name"], (found["more"] or "").lower()) if found else ("", "")
    known = field(name)
    if known is None:
        near = nearest(name)
        raise UnknownField(
            f"[{name.strip()}] is no search field of PubMed's.",
            f"Perhaps [{near.tag}] is meant: {near.name}." if near else "[tiab] is title and abstract, [au] authors.",
            *tag[2:],
        )
    return known, more


def _fitting(run: list[Piece], kind: Kind) -> int:
    """How many words stand before those at the end that can be a date, or PMIDs."""
    if kind is Kind.PMID:
        cut = len(run)
        while cut and _number(run[cut - 1]):
            cut -= 1
        return cut if cut < len(run) else 0
    for cut in range(max(0, len(run) - _LONGEST_DATE), len(run)):
        text = " ".join(piece.text for piece in run[cut:])
        if dates.last(text) or all(dates.day(half) for half in text.split(":", 1)):
            return cut
    return 0


_LONGEST_DATE = 7
"""Pieces of ``2005 Jan 1 : 2010 Dec 31``."""


def _number(piece: Piece) -> int:
    """A PMID, or 0."""
    found = _PMID.fullmatch(piece.text.rstrip(",;")) if piece.sort is Sort.WORD else None
    return int(found[1]) if found else 0


def _term(run: list[Piece], tagged: tuple[Field, str] | None, quoted: bool, tag: Piece | None) -> Node:
    text = " ".join(" ".join(piece.text for piece in run).split())
    place = (run[0].column, run[-1].column + run[-1].length - run[0].column)
    known, more = tagged or (None, "")
    if not quoted:
        _look_for_small_operators(run, known)
    if known is None or known.kind is Kind.TEXT:
        _look_at_asterisks(
            (word.group(), piece.column + quoted + word.start())
            for piece in run
            for word in re.finditer(r"\S+", piece.text)
        )
    else:  # the value is one, whatever blanks there are in it
        _look_at_asterisks([(text, place[0])])
    if not words(text):
        raise EmptyBrackets(
            f"There is no word in {text or 'these quotation marks'}.", "Write what to look for.", *place
        )
    if known is None or tag is None:
        _look_at_the_last_asterisk(text, quoted, place)
        return Term(text, quoted=quoted)
    if known.kind is Kind.DATE and not more:
        return _date(text, known, place)
    if known.kind is Kind.PMID and not more:
        return _pmids(run, quoted, place)
    if more.startswith("~"):
        return _near(text, known, more[1:], quoted, tag)
    if more and not (known.explodes and more in ("noexp", "exp")):
        raise UnknownField(
            f"[{tag.text}] is no search field of PubMed's.",
            "Only :noexp, as in [mh:noexp], and a distance, as in [tiab:~3], follow a colon.",
            *tag[2:],
        )
    _look_at_the_last_asterisk(text, quoted or known.kind is not Kind.TEXT, place)
    return Term(text, known, quoted, more != "noexp")


def _look_for_small_operators(run: list[Piece], known: Field | None) -> None:
    """A small ``and`` is an ordinary word to PubMed, and ignored; inside the name of a heading it belongs there."""
    for place, piece in enumerate(run):
        if piece.text.lower() in ("and", "or", "not"):
            inside = 0 < place < len(run) - 1
            if known is not None and known.kind is not Kind.TEXT and inside:
                continue
            raise MisplacedOperator(
                f"PubMed reads {piece.text} as a word that it leaves out.",
                f'Write {piece.text.upper()} to join two parts; put words that belong together in "quotation marks".',
                *piece[2:],
            )


def _look_at_asterisks(places: Iterable[tuple[str, int]]) -> None:
    for text, column in places:
        before, asterisk, _ = text.partition("*")
        if asterisk and sum(map(str.isalnum, before)) < BEFORE_ASTERISK:
            raise ShortTruncation(
                f"Before an asterisk PubMed wants at least {BEFORE_ASTERISK} letters or digits.",
                "Write more of the word.",
                column,
                len(text),
            )


def _look_at_the_last_asterisk(text: str, whole: bool, place: tuple[int, int]) -> None:
    """Only the last word of a phrase, or of another value that is looked for as a whole, can be truncated."""
    if whole and _WORD_AFTER_ASTERISK.search(text):
        raise MisplacedTruncation(
            "Only the last word of a phrase can have an asterisk.",
            "Join the words with AND, each with its own asterisk.",
            *place,
        )


def _date(text: str, known: Field, place: tuple[int, int]) -> Node:
    if recent := dates.last(text):
        return Recent(*recent, known)
    days = [dates.day(half) for half in text.split(":", 1)]
    if None in days:
        raise BadDate(
            f"{text} is no date.",
            f"Write 2007, 2007/10, 2007/10/04, 2005:2010 or last 5 years before [{known.tag}].",
            *place,
        )
    first, last = cast("Day", days[0]), cast("Day", days[-1])
    return _dates(first, last, known, Piece(Sort.WORD, text, *place)) if len(days) > 1 else On(first, known)


def _dates(first: Day, last: Day, known: Field, piece: Piece) -> Node:
    begin, end = dates.span(Dates(first, last, known), _ANY_DAY)
    if begin > end:
        raise BadDate(
            f"{dates.written(first)} is later than {dates.written(last)}.", "Put the earlier date first.", *piece[2:]
        )
    return Dates(first, last, known)


def _pmids(run: list[Piece], quoted: bool, place: tuple[int, int]) -> Node:
    pieces = [Piece(Sort.WORD, word, 0, 0) for word in run[0].text.split()] if quoted else run
    numbers = [_number(piece) for piece in pieces if piece.text.lower() not in _LABELS]
    if not numbers or not all(numbers):
        text = " ".join(piece.text for piece in pieces)
        raise BadNumber(f"{text} is no PMID.", "A PMID is a number of up to eight digits.", *place)
    return Pmids(tuple(dict.fromkeys(numbers)))


def _near(text: str, known: Field, distance: str, quoted: bool, tag: Piece) -> Node:
    if not known.near:
        raise BadProximity(
            f"PubMed knows no distance in [{known.tag}].", "It knows one in [ti], [tiab] and [ad].", *tag[2:]
        )
    if not distance.isascii() or not distance.isdigit() or len(distance) > 4:
        raise BadProximity("The distance is a number.", "Write, for example, [tiab:~3].", *tag[2:])
    if not quoted or "*" in text or len(words(text)) < 2:
        raise BadProximity(
            "A distance is one between whole words in quotation marks.", 'Write, for example, "a b"[tiab:~3].', *tag[2:]
        )
    return Near(text, known, int(distance))
