"""What of the chosen records goes to the clipboard: a small menu, then the copy, then a word on how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from tui import export
from tui.export.citation import STYLES, citation
from tui.library import Library
from tui.model.problem import Problem
from tui.ui.clipboard import copied
from tui.ui.screens.choice import Choice, ChoiceScreen

_STYLE_KEYS = {"nlm": "c", "ama": "a", "apa": "A", "mla": "m", "vancouver": "v"}


async def copy_records(app: App[Any], library: Library, pmids: Sequence[int]) -> str:
    """Ask what to copy, and copy it; what was done, or an empty string. Raises Problem."""
    kept = await library.kept(pmids) if len(pmids) == 1 else ()
    several = len(pmids) > 1
    choices = [Choice("p", "PMIDs, one a line" if several else "PMID", "pmid")]
    if not kept or kept[0].record.doi:
        choices.append(Choice("d", "DOIs, one a line" if several else "DOI", "doi"))
    choices += [Choice(_STYLE_KEYS[style.name], f"citation: {style.label}", style.name) for style in STYLES]
    choices.append(Choice("r", "RIS", "ris"))
    chosen = await app.push_screen_wait(ChoiceScreen("Copy", choices))
    text = await _text(library, pmids, chosen) if chosen else ""
    return await copied(app, text) if text else ""


async def _text(library: Library, pmids: Sequence[int], chosen: str) -> str:
    if chosen == "pmid":
        return "\n".join(map(str, pmids))
    if chosen == "ris":
        return await library.exported(pmids, export.by_name("ris"))
    records = [kept.record async for kept in library.records(pmids)]
    if chosen != "doi":
        return "\n".join(citation(record, chosen).plain() for record in records)
    dois = [record.doi for record in records if record.doi]
    if not dois:
        raise Problem("None of these records has a DOI.")
    return "\n".join(dois)
