"""The facets of a result as a page to read: a line a value, with how many records have it."""

from __future__ import annotations

from collections.abc import Iterator

from tui.model.facets import Facet, Facets, Group
from tui.model.results import ResultPage
from tui.present.blocks import Block, Page, Run, Target, heading, item, paragraph

_COUNT = 9
"""Cells of a number of records."""
_BAR = 8
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def page(facets: Facets) -> Page:
    """Values by group; each leads to what it would be narrowed by."""
    if not facets.total:
        return (paragraph("Nothing that is kept here answers this query.", "dim"),)
    return tuple(block for group in facets.groups for block in _group(group, facets.total))


def note(result: ResultPage, facets: Facets) -> str:
    """What was counted, in a sentence or two."""
    counted = f"{facets.total:,} {'record is' if facets.total == 1 else 'records are'} counted"
    if not result.offline:
        counted += ": those kept here, as PubMed counts no values"
    if facets.sample < facets.total:
        counted += f". Values of a sample of {facets.sample:,}, counts of all"
    return f"{counted}."


def _group(group: Group, total: int) -> Iterator[Block]:
    yield heading(group.name)
    if not group.facets:
        yield paragraph("None.", "dim")
    yield from (_line(facet, total) for facet in group.facets)
    if group.others > 0:
        yield paragraph(f"and {group.others:,} with fewer records", "dim")


def _line(facet: Facet, total: int) -> Block:
    return item(
        Run(f"{facet.records:>{_COUNT},} "),
        Run(f"{_bar(facet.records, total):<{_BAR}} ", "accent"),
        Run(facet.text, "", Target("narrow", facet.clause)),
    )


def _bar(part: int, whole: int) -> str:
    """A bar of up to eight cells, in eighths of a cell."""
    eighths = max(1, part * _BAR * 8 // whole)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
