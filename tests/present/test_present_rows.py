"""A result is one line of five fields, whatever its texts hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.clean import clean
from tui.model.results import Row
from tui.present.rows import authors_of, line, mark_of

ROW = Row(17914389, 2007, "Nature", "Karnoub AE", True, "A title.", False, False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\n\r\x1b\u2028 "), max_size=30)


def test_the_fields_of_a_line() -> None:
    assert line(ROW) == "17914389\t2007\tNature\tKarnoub AE\tA title."
    assert line(Row(1, 0, "", "", False, "", False, False)) == "1\t\t\t\t"


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_makes_a_field_or_a_line(journal: str, author: str, title: str) -> None:
    shown = line(ROW._replace(journal=journal, author=author, title=title))
    assert shown.count("\t") == 4
    assert shown.splitlines() == [shown]
    assert clean(shown) == shown


@pytest.mark.parametrize(
    ("retracted", "concern", "mark"),
    [(False, False, ""), (True, False, "RETRACTED "), (False, True, "CONCERN "), (True, True, "RETRACTED ")],
)
def test_what_must_not_be_missed_stands_before_the_title(retracted: bool, concern: bool, mark: str) -> None:
    row = ROW._replace(retracted=retracted, concern=concern)
    assert mark_of(row) == mark
    assert line(row).endswith(f"\t{mark}A title.")


def test_several_authors() -> None:
    assert authors_of(ROW) == "Karnoub AE et al."
    assert authors_of(ROW._replace(more_authors=False)) == "Karnoub AE"
    assert authors_of(ROW._replace(author="")) == ""
