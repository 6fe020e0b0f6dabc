"""Pages for when there is no record to show, and the page that tells how a query was understood."""

from __future__ import annotations

from tui.model.results import ResultPage
from tui.present.blocks import Block, Page, Run, Target, heading, paragraph

NOT_FETCHED = paragraph("Not fetched yet.", "dim")
NOTHING_SELECTED: Page = (paragraph("Nothing selected. Press s, type a query, and Enter.", "dim"),)


def nothing_found(*, offline: bool) -> Page:
    said = "Nothing that is kept here answers this query." if offline else "PubMed found nothing."
    return (paragraph(said, "dim"),)


def not_fetched(pmid: int, why: str) -> Page:
    """A record that could not be had."""
    return (heading(f"PMID {pmid}"), NOT_FETCHED, paragraph(why, "warning"))


NOTHING_BESIDE: Page = (
    heading("MeSH terms"),
    NOT_FETCHED,
    heading("Grants"),
    NOT_FETCHED,
)
"""The sidebar of a record that could not be had."""


def understood(page: ResultPage) -> Page:
    """How the query was understood, in full."""
    translation = page.translation
    blocks: list[Block] = [heading("Query"), paragraph(page.query)]
    if translation.suggestion:
        suggestion = Run(translation.suggestion, "", Target("search", translation.suggestion))
        blocks += [heading("Did you mean"), Block((suggestion,))]
    for name, texts in (("Not found, and left out", translation.not_found), ("Ignored", translation.ignored)):
        if texts:
            blocks += [heading(name), *(paragraph(text) for text in texts)]
    text = translation.text
    return (*blocks, heading("Understood as"), paragraph(text) if text else paragraph("Not stated.", "dim"))
