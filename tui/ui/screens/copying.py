"""What of the chosen records goes to the clipboard: a small menu, then the copy, then a word on how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from tui import export
from tui.export.citation import citation
from tui.library import Library
from tui.model.problem import Problem
from tui.ui.clipboard import copied
from tui.ui.screens.choice import Choice, ChoiceScreen

_CHOICES = (
    ("p", "PMID", "PMIDs, one a line"),
    ("d", "DOI", "DOIs, one a line"),
    ("c", "citation, as PubMed writes it", "citations, as PubMed writes them"),
    ("r", "RIS", "RIS"),
)
"""The key, and the words for one record and for several."""


async def copy_records(app: App[Any], library: Library, pmids: Sequence[int]) -> str:
    """Ask what to copy, and copy it; what was done, or an empty string. Raises Problem."""
    kept = await library.kept(pmids) if len(pmids) == 1 else ()
    choices = [
        Choice(key, several if len(pmids) > 1 else one, key)
        for key, one, several in _CHOICES
        if key != "d" or not kept or kept[0].record.doi
    ]
    chosen = await app.push_screen_wait(ChoiceScreen("Copy", choices))
    text = await _text(library, pmids, chosen) if chosen else ""
    return await copied(app, text) if text else ""


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
