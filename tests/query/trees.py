"""Trees in few letters, and any number of them at random: for the tests of the query language."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from tui.query.fields import FIELDS, Kind, named
from tui.query.tree import Combination, Dates, Day, Near, Node, On, Operator, Past, Pmids, Recent, Term


def term(text: str, tag: str = "", *, quoted: bool = False, explode: bool = True) -> Term:
    return Term(text, named(tag) if tag else None, quoted, explode)


def phrase(text: str, tag: str = "") -> Term:
    return term(text, tag, quoted=True)


def both(*parts: Node) -> Combination:
    return Combination("AND", parts)


def either(*parts: Node) -> Combination:
    return Combination("OR", parts)


def without(*parts: Node) -> Combination:
    return Combination("NOT", parts)


def near(text: str, tag: str, distance: int) -> Near:
    return Near(text, named(tag), distance)


def on(tag: str, *day: int) -> On:
    return On(Day(*day), named(tag))


def between(tag: str, first: Sequence[int], last: Sequence[int]) -> Dates:
    return Dates(Day(*first), Day(*last), named(tag))


def recent(tag: str, amount: int, unit: str) -> Recent:
    return Recent(amount, unit, named(tag))  # type: ignore[arg-type]  # the tests name units


WORDS = st.sampled_from(
    (
        "cancer",
        "il-6",
        "p53-/-",
        "β-catenin",
        "乳腺癌",
        "o'brien",
        "2,3-dioxygenase",
        "metasta*",
        "und",
        "x",
        "ti",
        "3rd",
    )
)
"""Words that nobody takes for an operator, a number of the history or a date."""
_DAYS = st.dates().flatmap(
    lambda day: st.sampled_from((Day(day.year), Day(day.year, day.month), Day(day.year, day.month, day.day)))
)


def runs(words: st.SearchStrategy[str] = WORDS) -> st.SearchStrategy[str]:
    """Words beside each other, of which the last one alone may be truncated."""
    whole = words.filter(lambda word: "*" not in word)
    return st.tuples(st.lists(whole, max_size=2), words).map(lambda each: " ".join((*each[0], each[1])))


def _fields(*kinds: Kind) -> st.SearchStrategy[str]:
    return st.sampled_from([field.tag for field in FIELDS if field.kind in kinds])


def _in_order(days: tuple[Day, Day], tag: str) -> Dates:
    first, last = sorted(days, key=lambda day: (day.year, day.month or 1, day.day or 1))
    return Dates(first, last, named(tag)) if first[: len(last)] <= last else Dates(last, first, named(tag))


def leaves() -> st.SearchStrategy[Node]:
    """Parts of every kind that are no combination."""
    others = _fields(Kind.TEXT, Kind.NAME, Kind.VALUE, Kind.HEADING)
    plain = st.tuples(st.lists(WORDS, min_size=1, max_size=3), st.booleans()).map(lambda each: term(" ".join(each[0])))
    tagged = st.builds(term, runs(), others, quoted=st.booleans())
    narrow = st.builds(
        term, runs(), st.sampled_from(("mh", "majr", "sh", "pt")), quoted=st.booleans(), explode=st.just(False)
    )
    return st.one_of(
        plain,
        st.builds(phrase, runs()),
        tagged,
        narrow,
        st.builds(near, st.just("kidney allograft"), st.sampled_from(("ti", "tiab", "ad")), st.integers(0, 9999)),
        st.builds(lambda day, tag: On(day, named(tag)), _DAYS, _fields(Kind.DATE)),
        st.builds(_in_order, st.tuples(_DAYS, _DAYS), _fields(Kind.DATE)),
        st.builds(recent, _fields(Kind.DATE), st.integers(1, 99_999), st.sampled_from(("days", "months", "years"))),
        st.lists(st.integers(1, 99_999_999), min_size=1, max_size=4, unique=True).map(lambda each: Pmids(tuple(each))),
        st.builds(Past, st.integers(1, 999)),
    )


def combined(leaves: st.SearchStrategy[Node], max_leaves: int = 12) -> st.SearchStrategy[Node]:
    """Those and combinations of them."""
    operators: st.SearchStrategy[Operator] = st.sampled_from(("AND", "OR", "NOT"))
    return st.recursive(
        leaves,
        lambda parts: st.builds(
            lambda operator, each: Combination(operator, tuple(each)),
            operators,
            st.lists(parts, min_size=2, max_size=4),
        ),
        max_leaves=max_leaves,
    )
