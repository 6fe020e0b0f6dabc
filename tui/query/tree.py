"""What a query is once it is read: leaves that name something to find, and combinations of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from tui.query.fields import Field

Operator = Literal["AND", "OR", "NOT"]


class Term(NamedTuple):
    """Words, a phrase, a name, a heading or another value."""

    text: str
    """As it was typed, one blank between words, without the quotation marks; an asterisk in it stands for anything."""
    field: Field | None = None
    """None where none was named: then PubMed maps the words."""
    quoted: bool = False
    explode: bool = True
    """Of what has narrower ones (headings, subheadings, types): whether those count (not so with ``:noexp``)."""


class Near(NamedTuple):
    """``"kidney allograft"[tiab:~3]``: words in any order, with at most so many others between them."""

    text: str
    field: Field
    distance: int


class Day(NamedTuple):
    """A date as precise as it was given: month and day are 0 where they were not."""

    year: int
    month: int = 0
    day: int = 0


class On(NamedTuple):
    """``2007/10[dp]``: a date by itself, which is not the same as the range from it to itself.

    An electronic date later than the printed one is only found by ranges (User Guide, "Publication Date").
    """

    day: Day
    field: Field


class Dates(NamedTuple):
    """From a date to another, both included as far as they reach: ``2005`` ends on its last day."""

    first: Day
    last: Day
    field: Field


class Recent(NamedTuple):
    """``"last 5 years"[dp]``, reckoned from today."""

    amount: int
    unit: Literal["days", "months", "years"]
    field: Field


class Pmids(NamedTuple):
    """Records by their numbers."""

    pmids: tuple[int, ...]


class Past(NamedTuple):
    """``#3``: what the third search of the history asked for."""

    number: int
    column: int = 0
    """Where it stands in the text; it makes no difference between two of them."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Past) and self.number == other.number

    def __hash__(self) -> int:
        return hash(self.number)


class Combination(NamedTuple):
    """Two parts or more. NOT takes all later parts away from the first."""

    operator: Operator
    parts: tuple[Node, ...]


Node = Term | Near | On | Dates | Recent | Pmids | Past | Combination


def leaves(node: Node) -> Iterator[Node]:
    """The parts that are no combination, from left to right."""
    if isinstance(node, Combination):
        for part in node.parts:
            yield from leaves(part)
    else:
        yield node
