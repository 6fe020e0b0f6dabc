"""The mistakes a query can hold, each by its own name, each with the place where it is.

QueryError
├── UnclosedQuote, UnclosedBracket, UnopenedBracket, EmptyBrackets
├── UnknownField
├── MisplacedOperator      ``AND`` with nothing before or after it
├── SmartQuotes
├── ShortTruncation        fewer than four characters before ``*``
├── MisplacedTruncation    ``*`` in another word than the last of a phrase
├── BadDate, BadProximity, BadNumber
├── NoSuchSearch           ``#7`` where the history has no seventh search
└── TooDeep
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tui.model.problem import Problem


class QueryError(Problem):
    """A query that says nothing, or something that PubMed would silently read as something else."""

    exit_status = 2

    def __init__(self, message: str, hint: str, column: int, length: int = 1) -> None:
        super().__init__(message, hint)
        self.column = column
        """Where it begins: 0 for the first character."""
        self.length = length
        """How many characters are wrong, at least one."""
        self.query = ""
        """The text in which it was found."""


@contextmanager
def told_of(text: str) -> Iterator[None]:
    """Whatever is wrong in ``with`` is wrong in this text."""
    try:
        yield
    except QueryError as error:
        error.query = text
        raise


class UnclosedQuote(QueryError):
    """A quotation mark without its second one."""


class UnclosedBracket(QueryError):
    """``(`` or ``[`` that is never closed."""


class UnopenedBracket(QueryError):
    """``)`` or ``]`` that was never opened."""


class EmptyBrackets(QueryError):
    """Brackets, or a tag, with nothing they could apply to."""


class UnknownField(QueryError):
    """A tag that is no field of PubMed's: PubMed would drop it, and search everywhere."""


class MisplacedOperator(QueryError):
    """AND, OR or NOT with nothing to join, or in small letters between two parts."""


class SmartQuotes(QueryError):
    """Typographic quotation marks."""


class ShortTruncation(QueryError):
    """Too little before an asterisk."""


class MisplacedTruncation(QueryError):
    """An asterisk where PubMed would read a blank."""


class BadDate(QueryError):
    """A date, or a range of dates, that does not exist."""


class BadProximity(QueryError):
    """``"a b"[tiab:~3]`` used where PubMed does not know it."""


class BadNumber(QueryError):
    """Something that is no PMID."""


class NoSuchSearch(QueryError):
    """A number of the history that is gone or never was."""


class TooDeep(QueryError):
    """More brackets within each other, or more searches of the history, than can be searched."""
