"""A mistake in a query is pointed at, whatever it stands behind."""

from __future__ import annotations

import io
import os
import sys

import pytest

from tests.cli.shell import Shell
from tui.cli.caret import lines
from tui.query import QueryError, parse


def pointed(query: str) -> list[str]:
    with pytest.raises(QueryError) as caught:
        parse(query)
    return list(lines(caught.value))


@pytest.mark.parametrize(
    ("query", "shown", "caret"),
    [
        ("il-2 AND", "il-2 AND", "     ^~~"),
        ('"tumour', '"tumour', "^"),
        ("tumour[titel]", "tumour[titel]", "      ^~~~~~~"),
        ("腫瘍 AND", "腫瘍 AND", "     ^~~"),
        ("腫瘍[titel]", "腫瘍[titel]", "    ^~~~~~~"),
        ("nai\u0308ve AND", "nai\u0308ve AND", "      ^~~"),
        ("a\tb\nAND", "a b AND", "    ^~~"),
        ("\x1b[31m", "\ufffd[31m", " ^"),
        ("cell OR (mice", "cell OR (mice", "        ^"),
    ],
)
def test_the_caret_stands_under_the_place(query: str, shown: str, caret: str) -> None:
    assert pointed(query) == [shown, caret]


@pytest.mark.parametrize("before", [0, 5, 200])
@pytest.mark.parametrize("after", [0, 300])
def test_a_long_query_is_cut_around_the_place(before: int, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((60, 24)))
    line, caret = pointed(f"{'mice ' * (before // 5)}liver[titel] AND {'rats ' * (after // 5)}x")
    assert len(f"pubmed-tui: {line}") < 60
    assert line[caret.index("^") : len(caret)] == "[titel]"


@pytest.mark.parametrize("command", [("search",), ("export", "--query")])
@pytest.mark.parametrize("mode", [(), ("--offline",)])
def test_every_command_that_takes_a_query_points(
    offline: Shell, command: tuple[str, ...], mode: tuple[str, ...]
) -> None:
    ended = offline.run(*command, "stem cells[mesj]", *mode)
    assert (ended.status, ended.out) == (2, "")
    said, query, caret = ended.err.splitlines()
    assert said == "pubmed-tui: [mesj] is no search field of PubMed's. Perhaps [mh] is meant: MeSH Terms."
    assert query == "pubmed-tui: stem cells[mesj]"
    assert caret == "pubmed-tui:           ^~~~~~"


def test_a_search_of_the_history_that_is_not_there(offline: Shell) -> None:
    ended = offline.run("search", "--offline", "mice OR #7")
    assert ended.status == 2
    assert ended.err.splitlines() == [
        "pubmed-tui: There is no search #7. The history lists those there are.",
        "pubmed-tui: mice OR #7",
        "pubmed-tui:         ^~",
    ]
