"""What of the chosen records goes to the clipboard: a small menu, then the copy, then a word on how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from tui import export
from tui.export.citation import STYLES, citation
from tui.library import Library
from tui.model.problem import Problem
from tui.model.record import Record
from tui.ui.clipboard import copied
from tui.ui.screens.choice import Choice, ChoiceScreen

_STYLE_KEYS = {"nlm": "c", "ama": "a", "apa": "A", "mla": "m", "vancouver": "v"}


def menu(pmids: Sequence[int], record: Record | None) -> ChoiceScreen:
    """Asks what to copy of these; `record` is the only one of them, where it is known."""
    several = len(pmids) > 1
    choices = [Choice("p", "PMIDs, one a line" if several else "PMID", "pmid")]
    if several or record is None or record.doi:
        choices.append(Choice("d", "DOIs, one a line" if several else "DOI", "doi"))
    choices += [Choice(_STYLE_KEYS[style.name], f"citation: {style.label}", style.name) for style in STYLES]
    choices.append(Choice("r", "RIS", "ris"))
    return ChoiceScreen("Copy", choices)


async def copy_records(app: App[Any], library: Library, pmids: Sequence[int], chosen: str) -> str:
    """Copy what was chosen from the menu; what was done. Raises Problem."""
    return await copied(app, await _text(library, pmids, chosen))


async def _text(library: Library, pmids: Sequence[int], chosen: str) -> str:
    if chosen == "pmid":
        return "\n".join(map(str, pmids))
    if chosen == "ris":
        return await library.exports.text(pmids, export.by_name("ris"))
    records = [kept.record async for kept in library.records(pmids)]
    if chosen != "doi":
        return "\n".join(citation(record, chosen).plain() for record in records)
    dois = [record.doi for record in records if record.doi]
    if not dois:
        raise Problem("None of these records has a DOI.")
    return "\n".join(dois)
