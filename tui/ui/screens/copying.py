"""What of the chosen records goes to the clipboard: a small menu, then the copy, then a word on how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from tui import export
from tui.export.citation import citation
from tui.library import Library
from tui.model.problem import Problem
from tui.model.record import Record
from tui.ui.clipboard import copied
from tui.ui.screens.choice import Choice, ChoiceScreen

_CHOICES = (
    ("p", "PMID", "PMIDs, one a line"),
    ("d", "DOI", "DOIs, one a line"),
    ("c", "citation, as PubMed writes it", "citations, as PubMed writes them"),
    ("r", "RIS", "RIS"),
)
"""The key, and the words for one record and for several."""


def menu(pmids: Sequence[int], record: Record | None) -> ChoiceScreen:
    """Asks what to copy of these; `record` is the only one of them, where it is known."""
    choices = [
        Choice(key, several if len(pmids) > 1 else one, key)
        for key, one, several in _CHOICES
        if key != "d" or len(pmids) > 1 or record is None or record.doi
    ]
    return ChoiceScreen("Copy", choices)


async def copy_records(app: App[Any], library: Library, pmids: Sequence[int], chosen: str) -> str:
    """Copy what was chosen from the menu; what was done. Raises Problem."""
    return await copied(app, await _text(library, pmids, chosen))


async def _text(library: Library, pmids: Sequence[int], chosen: str) -> str:
    if chosen == "p":
        return "\n".join(map(str, pmids))
    if chosen == "r":
        return await library.exported(pmids, export.by_name("ris"))
    records = [kept.record async for kept in library.records(pmids)]
    if chosen == "c":
        return "\n".join(citation(record, "nlm").plain() for record in records)
    dois = [record.doi for record in records if record.doi]
    if not dois:
        raise Problem("None of these records has a DOI.")
    return "\n".join(dois)
