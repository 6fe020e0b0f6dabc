"""Pages as lines of text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.present.demo_records import NOW, demo
from tui.model.clean import clean
from tui.present.blocks import Block, Run, heading, item, paragraph
from tui.present.plain import plain
from tui.present.record import page as record_page

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\n\r\x1b\x9b\u202e "), max_size=60)
BLOCKS = st.builds(
    Block,
    st.lists(st.builds(Run, TEXTS), max_size=3).map(tuple),
    st.sampled_from(["title", "heading", "paragraph", "item", "banner"]),
    st.sampled_from([0, 2, 4]),
)
PAGE = (
    Block((Run("RETRACTED"),), "banner"),
    Block((Run("A title", "strong"),), "title"),
    heading("Abstract"),
    paragraph("Words that go on and on until the line is full."),
    item(Run("One, "), Run("which is rather long for an item")),
    item(Run("two"), indent=4),
)


def test_a_script_gets_one_line_a_block() -> None:
    assert plain(PAGE) == (
        "*** RETRACTED ***\nA title\n\nABSTRACT\nWords that go on and on until the line is full.\n"
        "One, which is rather long for an item\n    two\n"
    )


def test_a_terminal_gets_lines_that_fit() -> None:
    assert plain(PAGE, 24) == (
        "*** RETRACTED ***\nA title\n\nABSTRACT\nWords that go on and on\nuntil the line is full.\n"
        "One, which is rather\n  long for an item\n    two\n"
    )


def test_an_empty_line_before_each_heading_and_banner_but_the_first() -> None:
    assert plain((heading("a"), heading("b"), Block((Run("c"),), "banner"))) == "A\n\nB\n\n*** c ***\n"


def test_real_records_fit_into_eighty_columns() -> None:
    for one in demo().values():
        for line in plain(record_page(one, NOW), 80).splitlines():
            assert len(line) <= 80 or len(line.split()) == 1, (one.record.pmid, line)


@given(st.lists(BLOCKS, max_size=6).map(tuple), st.sampled_from([0, 1, 20, 80]))
def test_nothing_foreign_reaches_the_terminal(blocks: tuple[Block, ...], width: int) -> None:
    text = plain(blocks, width)
    assert clean(text) == text
    assert "\t" not in text
    assert text.endswith("\n")


WORDS = st.lists(st.text("ab-é肺", min_size=1, max_size=30), max_size=30).map(" ".join)


@given(WORDS, st.sampled_from(["title", "heading", "paragraph", "item", "banner"]), st.integers(20, 100))
def test_no_line_is_too_long_but_for_a_single_word(words: str, kind: str, width: int) -> None:
    page = (Block((Run(words),), kind, 2),)
    wrapped = plain(page, width)
    assert wrapped.split() == plain(page).split()
    for line in wrapped.splitlines():
        assert len(line) <= width or len(line.split()) == 1
