"""Text wrapped into lines, and words found in it: nothing is lost, nothing is too wide, and every match is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.model.clean import clean
from tui.present.blocks import Block, Page, Run, Target, heading, item, paragraph
from tui.ui.lines import Line, Match, lines_of, lines_with, marked, matches

TEXTS = st.text(st.sampled_from("ab xyz-肺腺癌é\u0301\n\tא[]/\x1b\u202e"), max_size=80)
PAGES = st.lists(
    st.builds(Block, st.tuples(st.builds(Run, TEXTS), st.builds(Run, TEXTS)), indent=st.sampled_from([0, 3]))
)


def shown(line: Line) -> str:
    return "".join(run.text for run in line.runs)


@given(PAGES.map(tuple), st.integers(12, 60))
def test_every_character_stands_on_a_line_that_has_room_for_it(page: Page, width: int) -> None:
    lines = lines_of(page, width)
    for number, block in enumerate(page):
        kept = "".join(shown(line) for line in lines if line.block == number)
        assert kept == clean(block.text).replace("\n", " ").replace("\t", " ")
    for line in lines:
        assert line.indent + cell_len(shown(line).rstrip()) <= width


@given(PAGES.map(tuple), st.integers(12, 60), st.sampled_from(["a", "ab", "x y", "肺", "B"]))
def test_what_is_found_is_marked_and_nothing_else(page: Page, width: int, wanted: str) -> None:
    lines, found = lines_of(page, width), matches(page, wanted)
    for marks, style in ((found, []), "match"), (([], found), "hit"):
        there = ["".join(text for text, styles in marked(line, *marks) if style in styles.split()) for line in lines]
        assert "".join(there).lower() == wanted.lower() * len(found)
        for line in lines:
            assert "".join(text for text, _ in marked(line, *marks)) == shown(line)
    for match, number in zip(found, lines_with(lines, found), strict=True):
        assert lines[number].block == match.block
        assert lines[number].start <= match.start < lines[number].start + len(shown(lines[number]))


def test_words_go_on_to_the_next_line_whole() -> None:
    page = (heading("MeSH"), paragraph("Mesenchymal stem cells within tumour stroma"), item(Run("a b c"), indent=2))
    assert [(" " * line.indent + shown(line)).rstrip() for line in lines_of(page, 20)] == [
        "MeSH", "Mesenchymal stem", "cells within tumour", "stroma", "  a b c",
    ]  # fmt: skip


def test_a_long_item_stands_further_in_on_its_second_line() -> None:
    (first, second) = lines_of((item(Run("Carcinoma, Ductal, Breast"), indent=1),), 20)
    assert (first.indent, second.indent) == (1, 3)


def test_a_link_can_be_followed_from_every_line_it_stands_on() -> None:
    target = Target("search", "x")
    lines = lines_of((Block((Run("see "), Run("one two three four five six", "", target), Run(" end"))),), 12)
    assert [line.target for line in lines[:-1]] == [target] * (len(lines) - 1)


def test_a_match_is_found_whatever_its_case_and_across_runs() -> None:
    page = (Block((Run("Stro"), Run("MA cell"))), paragraph("stroma [x] (y"))
    assert matches(page, "stroma") == [Match(0, 0, 6), Match(1, 0, 6)]
    assert matches(page, "[x] (") == [Match(1, 7, 12)]
    assert matches(page, "") == []


def test_a_page_of_many_places_is_marked_at_once() -> None:
    """Each line looks at its own matches, not at all of them: else this takes minutes."""
    page = tuple(paragraph("a " * 1000) for _ in range(200))
    lines, found = lines_of(page, 60), matches(page, "a")
    assert len(found) == 200_000
    numbers = lines_with(lines, found)
    assert numbers == sorted(numbers)
    assert sum(style == "match" for line in lines for _, style in marked(line, found, found)) == 200_000


def test_what_is_found_stands_out_from_what_was_searched_for() -> None:
    (line,) = lines_of((Block((Run("Stromal", "strong"), Run(" cells"))),), 40)
    assert list(marked(line, [Match(0, 3, 10)], [Match(0, 0, 5), Match(0, 8, 13)])) == [
        ("Str", "strong hit"),
        ("om", "strong match"),
        ("al", "strong match"),
        (" ", "match"),
        ("ce", "match"),
        ("lls", "hit"),
    ]
