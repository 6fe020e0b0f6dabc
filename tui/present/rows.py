"""Results as lines: the list's columns, and the tab-separated line of `search`."""

from __future__ import annotations

from tui.model.clean import one_line
from tui.model.results import Row


def mark_of(row: Row) -> str:
    """What must not be missed about a record, in a word before its title."""
    return "RETRACTED " if row.retracted else "CONCERN " if row.concern else ""


def authors_of(row: Row) -> str:
    """``Karnoub AE et al.``"""
    if not row.author:
        return ""
    return f"{row.author} et al." if row.more_authors else row.author


def line(row: Row) -> str:
    """PMID, year, journal, first author, title; tab-separated, no tab or line end inside a field."""
    fields = (str(row.pmid), str(row.year or ""), row.journal, row.author, mark_of(row) + row.title)
    return "\t".join(one_line(field).replace("\t", " ") for field in fields)
