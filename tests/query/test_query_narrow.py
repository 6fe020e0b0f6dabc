"""What is added to a query applies to all of it."""

from __future__ import annotations

import pytest

from tui.query import parse
from tui.query.narrow import narrowed, without
from tui.query.tree import Combination

CLAUSE = '"Nature"[ta]'
QUERIES = [
    "mice",
    "breast cancer",
    "mice OR rats",
    "mice AND rats",
    "mice NOT rats",
    "(mice OR rats) AND cells",
    "mice NOT (rats OR cells)",
    '"stem cells"[mh] 2007[dp]',
    "karnoub ae[au] OR 2005:2010[dp]",
    "17914389 8863847",
    "#3",
    '"a b"[tiab:~3]',
]


@pytest.mark.parametrize("query", QUERIES)
def test_all_that_stood_before_is_narrowed(query: str) -> None:
    before, clause = parse(query), parse(CLAUSE)
    assert before is not None
    assert clause is not None
    for operator, made in (("AND", narrowed), ("NOT", without)):
        assert made(query, CLAUSE).startswith(query), "nothing is hidden"
        node = parse(made(query, CLAUSE))
        assert isinstance(node, Combination)
        assert node.operator == operator
        assert node.parts[-1] == clause
        joined = isinstance(before, Combination) and before.operator == operator
        assert node.parts[:-1] == (before.parts if joined and isinstance(before, Combination) else (before,))


def test_nothing_is_narrowed_to_the_clause() -> None:
    assert narrowed(" ", CLAUSE) == CLAUSE
    assert without("", CLAUSE) == f"all[sb] NOT {CLAUSE}"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [("metas", "metas*"), ("breast meta", "breast meta*"), ("met", "met"), ("cells[mh]", "cells[mh]"), ("", "")],
)
def test_a_word_that_was_being_typed_stays_a_beginning(typed: str, whole: str) -> None:
    assert narrowed(typed, CLAUSE, unfinished=True) == (f"{whole} AND {CLAUSE}" if whole else CLAUSE)
