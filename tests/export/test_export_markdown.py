"""The reading list, read back with a Markdown parser: a heading a record, and nothing in a record that acts."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from tests.export.export_samples import RECORDS, RICH, kept, real
from tests.export.test_export_reference import MARKDOWN, words_of_html
from tests.recorded import needs_data
from tui.export.markdown import write
from tui.model.clean import one_line
from tui.model.record import Abstract, AbstractSection, Keyword, KeywordList, MeshHeading, Record
from tui.model.record import Descriptor as MeshDescriptor

RICH_MARKDOWN = """\
## *CCL5* and H<sub>2</sub>O in tumours

Karnoub AE, van den Berg JW Jr; Cancer, Stroma and Bone Group. *CCL5* and H<sub>2</sub>O in tumours. Nature. 2007 Oct \
4;449(7162):557-63. English, French. [doi: 10.1038/nature06188](https://doi.org/10.1038/nature06188). Epub 2007 Sep \
26. Retraction in: Nature. 2010 Feb 6;463(7282):1000. [PMID: 17914389](https://pubmed.ncbi.nlm.nih.gov/17914389/); \
[PMCID: PMC7000001](https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/).

> **RETRACTED PUBLICATION**

> **Retraction in: Nature. 2010 Feb 6;463(7282):1000 PMID: 20137807**

**BACKGROUND:** Cells meet.

**RESULTS:** They move on.

**MeSH:** Animals; Breast Neoplasms/genetics/\\*pathology; \\*Stromal Cells

**Keywords:** tumour stroma

**Grants:** R01 CA116235-02 (NCI NIH HHS, United States)

**Data:** GEO: GSE9001, GSE9002

**Languages:** English; French

**Publication types:** Journal Article; Retracted Publication

"""

BLOCKS = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "blockquote_open", "blockquote_close"),
    "inline",
}
INLINE = {
    "text",
    "text_special",
    "html_inline",
    "em_open",
    "em_close",
    "strong_open",
    "strong_close",
    "link_open",
    "link_close",
}
HOSTS = (
    "https://doi.org/",
    "https://pubmed.ncbi.nlm.nih.gov/",
    "https://pmc.ncbi.nlm.nih.gov/",
    "https://www.ncbi.nlm.nih.gov/books/",
)


def _written(*records: Record) -> str:
    return "".join(write(kept(records)))


def _tokens(text: str) -> list[Token]:
    """What the parser makes of the text: only what a reading list is made of."""
    tokens: list[Token] = MARKDOWN.parse(text)
    assert {token.type for token in tokens} <= BLOCKS
    for token in tokens:
        for child in token.children or ():
            assert child.type in INLINE, (child.type, child.content)
            if child.type == "html_inline":
                assert re.fullmatch(r"</?(i|b|u|sub|sup)>", child.content)
            if child.type == "link_open":
                assert str(child.attrs["href"]).startswith(HOSTS)
    return tokens


def _paragraphs(text: str) -> list[str]:
    """The text of each heading and paragraph, as a reader sees it."""
    shown = []
    for token in _tokens(text):
        if token.type == "inline":
            html = MARKDOWN.renderer.render([token], MARKDOWN.options, {})
            html = re.sub(r"<(/?)(em|strong)>", lambda tag: f"<{tag[1]}{'i' if tag[2] == 'em' else 'b'}>", html)
            shown.append(words_of_html(html).text)
    return shown


def test_the_whole_of_a_record() -> None:
    assert _written(RICH) == RICH_MARKDOWN
    assert _written(RICH, RICH) == RICH_MARKDOWN * 2
    assert _written() == ""


def test_headings_and_links() -> None:
    tokens = _tokens(_written(RICH, Record(2)))
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2", "h2"]
    assert _paragraphs(_written(Record(2)))[0] == "PMID 2"


def test_what_looks_like_markdown_is_shown_as_it_is() -> None:
    lines = (
        "# a",
        "- a",
        "1. a",
        "1) a",
        "> a",
        "```",
        "a | b",
        "---",
        "* * *",
        "<b>a</b>",
        "[a](b)",
        "![a](b)",
        "&amp;",
    )
    record = Record(
        1,
        title="A title # with *stars* ##",
        abstract=Abstract(tuple(AbstractSection(line) for line in lines)),
        mesh=(MeshHeading(MeshDescriptor("p[-/-]", major=True)),),
        keyword_lists=(KeywordList((Keyword("_a_"), Keyword("$x$"))),),
    )
    shown = _paragraphs(_written(record))
    assert shown[0] == "A title # with *stars* ##"
    assert shown[2:-2] == list(lines)
    assert shown[-2:] == ["MeSH: *p[-/-]", "Keywords: _a_; $x$"]


def _blankless(text: str) -> str:
    return re.sub(r"\s", "", one_line(text))


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=2))
def test_hostile_records_are_only_text(records: list[Record]) -> None:
    text = _written(*records)
    assert text.splitlines() == text.split("\n")[:-1]
    headings = [token for token in _tokens(text) if token.type == "heading_open"]
    assert len(headings) == len(records)
    shown = "".join(_blankless(paragraph) for paragraph in _paragraphs(text))
    for record in records:
        for heading in record.mesh:
            assert _blankless(heading.descriptor.name) in shown
        for section in record.abstract.sections:
            assert _blankless(section.text) in shown


@needs_data
def test_real_records_read_back_as_what_they_are() -> None:
    for record in real()[::4]:
        shown = _paragraphs(_written(record))
        text = "\n".join(shown)
        assert f"PMID: {record.pmid}" in text
        assert record.doi in text
        for section in record.abstract.sections:
            if not hasattr(section.text, "markup"):
                assert any(paragraph.endswith(section.text.strip()) for paragraph in shown), record.pmid
            assert section.label.rstrip(": ") in text
        assert all(heading.descriptor.name in text for heading in record.mesh)
        assert all(grant.id in text for grant in record.grants)
        assert ("RETRACTED PUBLICATION" in shown) == record.retracted
