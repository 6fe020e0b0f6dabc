"""From text to tree, as PubMed reads it: operators from left to right, a blank between two parts being AND.

Bare words beside each other stay one term, which is mapped as a whole; a tag takes the phrase before it, or all the
bare words before it. Sources: the PubMed User Guide, "Boolean operators", "Search field tags", "Truncation",
"Proximity"; ``tests/query`` holds its examples.
"""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from tui.query import dates
from tui.query.errors import (
    BadDate,
    BadNumber,
    BadProximity,
    EmptyBrackets,
    MisplacedOperator,
    NoSuchSearch,
    QueryError,
    ShortTruncation,
    TooDeep,
    UnclosedBracket,
    UnknownField,
    UnopenedBracket,
)
from tui.query.fields import Field, Kind, field, nearest
from tui.query.tokens import Piece, Sort, pieces
from tui.query.tree import Combination, Dates, Day, Near, Node, Operator, Past, Pmids, Recent, Term

DEEPEST = 50
"""Brackets within each other: SQLite's full-text search reads no more than about a hundred."""
BEFORE_ASTERISK = 4
"""Letters and digits that PubMed wants before an asterisk."""
_OPERATORS = ("AND", "OR", "NOT")
_PAST = re.compile(r"#(\d{1,9})")
_PMID = re.compile(r"0*([1-9]\d{0,8})")
_TAG = re.compile(r"(?P<name>[^:]*?)\s*(?::\s*(?P<more>.*?)\s*)?")
_HAS_WORD = re.compile(r"[^\W_]")


def parse(text: str) -> Node | None:
    """The tree of a query; None for a blank one. Raises QueryError."""
    try:
        return _parsed(text)
    except QueryError as error:
        error.query = text
        raise


def placed(error: NoSuchSearch, text: str) -> NoSuchSearch:
    """The same error with its place in the query that names the search, or another one that needs it."""
    named = [(piece, past) for piece in pieces(text) if (past := _PAST.fullmatch(piece.text))]
    place = next((piece for piece, past in named if int(past[1]) == error.number), named[0][0])
    error.query, error.column, error.length = text, place.column, place.length
    return error


def _parsed(text: str) -> Node | None:
    found = pieces(text)
    if not found:
        return None
    if all(piece.sort is Sort.WORD and _number(piece.text.rstrip(",;")) for piece in found):
        return Pmids(tuple(dict.fromkeys(_number(piece.text.rstrip(",;")) for piece in found)))
    reader = _Reader(found)
    node = reader.sequence(0)
    if reader.at < len(found):
        raise UnopenedBracket("A bracket is closed that was not opened.", "Take it away.", found[reader.at].column)
    return node


class _Reader:
    """Goes through the pieces once."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self.at = 0

    def sequence(self, depth: int) -> Node:
        """Everything up to the closing parenthesis, or to the end."""
        node: Node | None = None
        joined: Operator | None = None
        """The operator that the combination in `node` was made with here; none for one that stood in brackets."""
        while (piece := self._next()) is not None and piece.sort is not Sort.CLOSE:
            operator = self._operator(piece, node is None)
            part = self._part(depth)
            if node is None:
                node = part
            elif joined == operator and isinstance(node, Combination):
                node = Combination(operator, (*node.parts, part))
            else:
                node, joined = Combination(operator, (node, part)), operator
                depth += 1  # what stood before is now within brackets, though nobody wrote them
                if depth > DEEPEST:
                    raise _too_deep(piece)
        if node is None:
            place = self._pieces[self.at - 1]
            raise EmptyBrackets(
                "There is nothing between these brackets.", "Fill them or take them away.", place.column
            )
        return node

    def _next(self) -> Piece | None:
        return self._pieces[self.at] if self.at < len(self._pieces) else None

    def _operator(self, piece: Piece, first: bool) -> Operator:
        """The operator before the next part; AND where none stands there."""
        if piece.sort is not Sort.WORD or piece.text not in _OPERATORS:
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
        if following.sort is Sort.WORD and following.text in _OPERATORS:
            raise MisplacedOperator(
                f"{piece.text} and {following.text} stand beside each other.", "Take one away.", *following[2:]
            )
        return cast("Operator", piece.text)

    def _part(self, depth: int) -> Node:
        piece = self._pieces[self.at]
        if piece.sort is Sort.OPEN:
            return self._group(piece, depth + 1)
        if piece.sort is Sort.TAG:
            raise EmptyBrackets(
                f"There is nothing before [{piece.text}].", "A tag follows the words it is about.", *piece[2:]
            )
        if piece.sort is Sort.COLON:
            raise BadDate("A colon stands between two dates.", "Write, for example, 2005:2010[dp].", *piece[2:])
        if piece.sort is Sort.WORD and (past := _PAST.fullmatch(piece.text)):
            self.at += 1
            return Past(int(past[1]))
        return self._range(self._leaf())

    def _group(self, opening: Piece, depth: int) -> Node:
        if depth > DEEPEST:
            raise _too_deep(opening)
        self.at += 1
        if self.at == len(self._pieces):
            raise UnclosedBracket("A bracket is not closed.", "Add ) at its end.", *opening[2:])
        node = self.sequence(depth)
        if self.at == len(self._pieces):
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
        kind = _field(tag)[0].kind
        if not quoted and kind in (Kind.DATE, Kind.PMID) and (cut := _fitting(run, kind)):
            self.at = start + cut  # the words before the number are no part of it
            return _term(run[:cut], None, quoted, None)
        self.at += 1
        return _term(run, _field(tag), quoted, tag)

    def _goes_on(self) -> bool:
        piece = self._next()
        return (
            piece is not None
            and piece.sort is Sort.WORD
            and piece.text not in _OPERATORS
            and not _PAST.fullmatch(piece.text)
        ) or (piece is not None and piece.sort is Sort.COLON and self._pieces[self.at - 1].sort is Sort.WORD)

    def _range(self, leaf: Node) -> Node:
        """``"2005"[dp] : "2010"[dp]``, where the leaf is the first half of such."""
        colon = self._next()
        if colon is None or colon.sort is not Sort.COLON:
            return leaf
        self.at += 1
        following = self._next()
        end = self._leaf() if following is not None and following.sort in (Sort.WORD, Sort.PHRASE) else None
        if not isinstance(leaf, Dates) or not isinstance(end, Dates) or leaf.field != end.field:
            raise BadDate(
                "A colon stands between two dates of one field.", "Write, for example, 2005:2010[dp].", *colon[2:]
            )
        return _dates(leaf.first, end.last, leaf.field, colon)


def _too_deep(piece: Piece) -> TooDeep:
    return TooDeep(
        "The query turns too often between AND, OR and NOT, or has too many brackets.", "Divide it.", *piece[2:]
    )


def _field(tag: Piece) -> tuple[Field, str]:
    """The field of a tag and what follows a colon in it. Raises UnknownField."""
    found = _TAG.fullmatch(tag.text.strip())
    name, more = (found["name"], (found["more"] or "").lower()) if found else ("", "")
    known = field(name) or field(tag.text)
    if known is None:
        near = nearest(name)
        raise UnknownField(
            f"[{name.strip()}] is no search field of PubMed's.",
            f"Perhaps [{near}] is meant." if near else "[tiab] looks in title and abstract, [au] for authors.",
            *tag[2:],
        )
    return known, more


def _fitting(run: list[Piece], kind: Kind) -> int:
    """How many words stand before those at the end that can be a date, or PMIDs."""
    if kind is Kind.PMID:
        cut = len(run)
        while cut and _number(run[cut - 1].text.rstrip(",;")):
            cut -= 1
        return cut if cut < len(run) else 0
    for cut in range(len(run)):
        text = " ".join(piece.text for piece in run[cut:])
        if dates.last(text) or all(dates.day(half) for half in text.split(":", 1)):
            return cut
    return 0


def _number(text: str) -> int:
    """A PMID, or 0."""
    found = _PMID.fullmatch(text)
    return int(found[1]) if found and text.isascii() else 0


def _term(run: list[Piece], tagged: tuple[Field, str] | None, quoted: bool, tag: Piece | None) -> Node:
    text = " ".join(" ".join(piece.text for piece in run).split())
    place = (run[0].column, run[-1].column + run[-1].length - run[0].column)
    known, more = tagged or (None, "")
    if not quoted:
        _look_for_small_operators(run, known)
    for piece in run:
        _look_at_asterisks(piece, quoted)
    if not _HAS_WORD.search(text):
        raise EmptyBrackets(
            f"There is no word in {text or 'these quotation marks'}.", "Write what to look for.", *place
        )
    if known is None or tag is None:
        return Term(text, quoted=quoted)
    if known.kind is Kind.DATE and not more:
        return _date(text, known, place)
    if known.kind is Kind.PMID and not more:
        return _pmids(text, place)
    if known.kind is Kind.HEADING and more in ("noexp", "exp"):
        return Term(text, known, quoted, more == "exp")
    if more.startswith("~"):
        return _near(text, known, more[1:], quoted, tag)
    if more:
        raise UnknownField(
            f"[{tag.text}] is no search field of PubMed's.",
            "Only [mh:noexp], [majr:noexp] and a distance such as [tiab:~3] have a colon.",
            *tag[2:],
        )
    return Term(text, known, quoted)


def _look_for_small_operators(run: list[Piece], known: Field | None) -> None:
    """A small ``and`` is an ordinary word to PubMed, and ignored; inside the name of a heading it belongs there."""
    for place, piece in enumerate(run):
        if piece.text in ("and", "or", "not"):
            inside = 0 < place < len(run) - 1
            if known is not None and known.kind is not Kind.TEXT and inside:
                continue
            raise MisplacedOperator(
                f"PubMed reads a small {piece.text} as a word that it leaves out.",
                f'Write {piece.text.upper()}, or put the phrase in "quotation marks".',
                *piece[2:],
            )


def _look_at_asterisks(piece: Piece, quoted: bool) -> None:
    at = 0
    for word in piece.text.split():
        at = piece.text.index(word, at)
        before = word.find("*")
        if before >= 0 and sum(map(str.isalnum, word[:before])) < BEFORE_ASTERISK:
            raise ShortTruncation(
                f"Before an asterisk PubMed wants at least {BEFORE_ASTERISK} letters or digits.",
                "Write more of the word.",
                piece.column + quoted + at,
                len(word),
            )
        at += len(word)


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
    return _dates(first, last, known, Piece(Sort.WORD, text, *place))


def _dates(first: Day, last: Day, known: Field, piece: Piece) -> Node:
    if dates.span(Dates(first, first, known), _ANY_DAY)[0] > dates.span(Dates(last, last, known), _ANY_DAY)[1]:
        raise BadDate(
            f"{dates.written(first)} is later than {dates.written(last)}.", "Put the earlier date first.", *piece[2:]
        )
    return Dates(first, last, known)


def _pmids(text: str, place: tuple[int, int]) -> Node:
    numbers = [_number(word.rstrip(",;")) for word in text.split()]
    if not all(numbers):
        raise BadNumber(f"{text} is no PMID.", "A PMID is a number of up to eight digits.", *place)
    return Pmids(tuple(dict.fromkeys(numbers)))


def _near(text: str, known: Field, distance: str, quoted: bool, tag: Piece) -> Node:
    if not known.near:
        raise BadProximity(
            f"PubMed knows no distance in [{known.tag}].", "It knows one in [ti], [tiab] and [ad].", *tag[2:]
        )
    if not distance.isascii() or not distance.isdigit() or len(distance) > 4:
        raise BadProximity("The distance is a number.", "Write, for example, [tiab:~3].", *tag[2:])
    if not quoted or "*" in text or len(text.split()) < 2:
        raise BadProximity(
            "A distance is one between whole words in quotation marks.", 'Write, for example, "a b"[tiab:~3].', *tag[2:]
        )
    return Near(text, known, int(distance))


_ANY_DAY = date(2000, 1, 1)
