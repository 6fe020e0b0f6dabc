"""Runs of text as plain text, HTML and Markdown: the same words, and nothing of a record's text acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.export.export_samples import HOSTILE, MARKUP
from tui.export.reference import Reference, Run, Sentence, phrase, reference, run_of, sentence, without_stop
from tui.model.text import Text

WATER = Text("H\u2082O in E. coli.", "H<sub>2</sub>O in <i>E. coli</i>.")
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TAGS = {"i", "b", "u", "sub", "sup", "a"}


class Words(HTMLParser):
    """The text of inline HTML; it complains of any tag that is not ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.links += [value or "" for _, value in attrs]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def words_of_html(html: str) -> Words:
    words = Words()
    words.feed(html)
    words.close()
    assert not words.open
    return words


def words_of_markdown(markdown: str) -> Words:
    """What a reader of Markdown sees of one line: it must be one paragraph."""
    tokens = MARKDOWN.parse(markdown)
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    html = MARKDOWN.render(markdown).strip()
    html = html.removeprefix("<p>").removesuffix("</p>").replace("<em>", "<i>").replace("</em>", "</i>")
    return words_of_html(html)


@pytest.mark.parametrize(
    ("run", "plain", "html", "markdown"),
    [
        (Run("Nature"), "Nature", "Nature", "Nature"),
        (Run("Nature", italic=True), "Nature", "<i>Nature</i>", "*Nature*"),
        (
            *(run_of(WATER), "H\u2082O in E. coli."),
            *("H<sub>2</sub>O in <i>E. coli</i>.", "H<sub>2</sub>O in *E. coli*."),
        ),
        (
            *(run_of(WATER, italic=True), "H\u2082O in E. coli."),
            *(
                "<i>H</i><i><sub>2</sub></i><i>O in </i>E. coli<i>.</i>",
                "*H*<i><sub>2</sub></i><i>O in </i>E. coli<i>.</i>",
            ),
        ),
        (
            Run("a & b < c", link="https://doi.org/x"),
            *("a & b < c", '<a href="https://doi.org/x">a &amp; b &lt; c</a>', "[a & b \\< c](https://doi.org/x)"),
        ),
        (Run("(x)", italic=True), "(x)", "<i>(x)</i>", "<i>(x)</i>"),
        (Run("x\u00b2", markup="<mml:math xmlns:mml='m'>x2</mml:math>"), "x\u00b2", "x\u00b2", "x\u00b2"),
        (Run("a b", markup="<i>a <b>b</i>"), "a b", "a b", "a b"),
        (Run("p[-/-] *x* `y` _z_"), "p[-/-] *x* `y` _z_", "p[-/-] *x* `y` _z_", "p\\[-/-\\] \\*x\\* \\`y\\` \\_z\\_"),
        (Run("21. heart"), "21. heart", "21. heart", "21\\. heart"),
        (Run("- item"), "- item", "- item", "\\- item"),
    ],
)
def test_forms(run: Run, plain: str, html: str, markdown: str) -> None:
    one = Reference((run,))
    assert (one.plain(), one.html(), one.markdown()) == (plain, html, markdown)
    assert words_of_html(html).text == words_of_markdown(markdown).text


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("Cells move",), "Cells move."),
        (("Cells move.",), "Cells move."),
        (("Do they?",), "Do they?"),
        (("Stop!",), "Stop!"),
        (("\u201cDr. House.\u201d",), "\u201cDr. House.\u201d"),
        (("a \u201cplague\u201d",), "a \u201cplague\u201d."),
        (("[Do they?]",), "[Do they?]."),
        (("Nature", ", 449"), "Nature, 449."),
        (("", ""), ""),
        ((" ",), ""),
    ],
)
def test_a_sentence_ends_with_one_stop(pieces: tuple[str, ...], expected: str) -> None:
    assert Reference(sentence(*pieces)).plain() == expected


def test_sentences_are_parted_by_a_blank_and_empty_ones_are_left_out() -> None:
    assert reference(sentence("A"), (), sentence(""), phrase("B")).plain() == "A. B"


def test_a_full_stop_is_taken_from_text_and_markup() -> None:
    assert without_stop(run_of(WATER)) == Run("H\u2082O in E. coli", "H<sub>2</sub>O in <i>E. coli</i>")


RUNS = st.builds(
    lambda text, markup, italic, link: Run(
        Reference(phrase(text)).plain(), markup, italic, "https://doi.org/10.1/x%20y" if link else ""
    ),
    HOSTILE,
    MARKUP,
    st.booleans(),
    st.booleans(),
)
SENTENCES = st.lists(st.lists(RUNS, min_size=1, max_size=3).map(lambda runs: sentence(*runs)), max_size=4)


@settings(deadline=None, max_examples=300)
@given(SENTENCES)
def test_hostile_text_is_only_text(sentences: list[Sentence]) -> None:
    made = reference(*sentences)
    links = [run.link for run in made.runs if run.link and run.segments]
    expected = "".join(text for run in made.runs for text, _ in run.segments)
    assert "\n" not in made.plain() + made.html() + made.markdown()
    assert re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", made.plain() + made.html()) is None
    html = words_of_html(made.html())
    assert (html.text, html.links) == (expected, links)
    markdown = words_of_markdown(made.markdown())
    assert markdown.text.strip() == expected.strip()
    assert markdown.links == links
