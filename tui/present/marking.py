"""The words of a query in the page of a record, and in its row."""

from __future__ import annotations

from collections.abc import Iterator

from tui.model.results import ResultPage
from tui.present.blocks import Page
from tui.query import QueryError, parse
from tui.query.marking import Marking, marking

_ABSTRACTS = ("Abstract", "Other abstract")
"""Headings under which abstracts stand."""


def marking_of(page: ResultPage | None) -> Marking:
    """What is marked for an answer: the words by which it was found, as far as whoever answered says them."""
    if page is None or not page.query.strip():
        return Marking()
    for text in (page.translation.text, page.query):
        try:
            if node := parse(text):
                return marking(node)
        except QueryError:  # PubMed understands more, and says it in its own way
            continue
    return Marking()


def places(page: Page, marking: Marking) -> Iterator[tuple[int, int, int]]:
    """(number of the block, start, end) of what is to be marked in its text, in reading order."""
    in_abstract = False
    for number, block in enumerate(page):
        if block.kind == "heading":
            in_abstract = block.text.startswith(_ABSTRACTS)
        elif block.kind == "title" or in_abstract:
            offset = 0
            for run in block.runs:
                if run.style != "label":
                    wanted = marking.title if block.kind == "title" else marking.abstract
                    yield from ((number, offset + start, offset + end) for start, end in wanted.places(run.text))
                offset += len(run.text)
