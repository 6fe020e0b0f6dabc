"""One record as a formatted reference: the table of styles.

A style is a row of `STYLES` with its two functions, for articles and for books. What the styles share is made in the
files beside this one: names, titles, imprint (dates, numbers, pages), notices, links.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import NamedTuple

from tui.export import articles, books
from tui.export.reference import Reference
from tui.model.problem import Problem
from tui.model.record import Record


class Style(NamedTuple):
    """A way to write references."""

    name: str
    """What ``--style`` takes."""
    label: str
    """What a list of styles shows."""
    article: Callable[[Record], Reference]
    book: Callable[[Record], Reference]
    """For a book of NCBI's Bookshelf, and a chapter of one."""

    def cite(self, record: Record) -> Reference:
        return self.article(record) if record.book is None else self.book(record)


class UnknownStyle(Problem):
    """There is no style of that name."""

    exit_status = 2


STYLES = (
    Style("nlm", "NLM, as PubMed itself cites", articles.nlm, books.nlm),
    Style("ama", "AMA Manual of Style, 11th edition", articles.ama, books.ama),
    Style("apa", "APA, 7th edition", articles.apa, books.apa),
    Style("mla", "MLA Handbook, 9th edition", articles.mla, books.mla),
    Style("vancouver", "Vancouver (ICMJE)", articles.vancouver, books.vancouver),
)


def style_named(name: str) -> Style:
    """The style of that name, in capitals or not. Raises `UnknownStyle`."""
    for style in STYLES:
        if style.name == name.strip().lower():
            return style
    known = [style.name for style in STYLES]
    near = difflib.get_close_matches(name.strip().lower(), known, n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise UnknownStyle(
        f"There is no citation style {name!r}.", f"{meant}The styles are {', '.join(known)}, or a .csl file."
    )


def citation(record: Record, style: str) -> Reference:
    """The record as a reference in the style of that name. Raises `UnknownStyle`."""
    return style_named(style).cite(record)
