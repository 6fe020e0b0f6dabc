"""What of the chosen records goes to the clipboard: a small menu, then the copy, then a word on how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from tui import export
from tui.export.citation import STYLES, citation
from tui.library import Library
from tui.ui.clipboard import copied
from tui.ui.screens.choice import Choice, ChoiceScreen

_STYLE_KEYS = {"nlm": "c", "ama": "a", "apa": "A", "mla": "m", "vancouver": "v"}


async def take_copy(app: App[Any], library: Library, pmids: Sequence[int]) -> str:
    """Ask what to copy, and copy it; what was done, or an empty string. Raises Problem."""
    records = [kept.record async for kept in library.records(pmids)]
    dois = [record.doi for record in records if record.doi]
    several = len(pmids) > 1
    choices = [Choice("p", "PMIDs, one a line" if several else "PMID", "pmid")]
    if dois:
        choices.append(Choice("d", "DOIs, one a line" if several else "DOI", "doi"))
    choices += [Choice(_STYLE_KEYS[style.name], f"citation: {style.label}", style.name) for style in STYLES]
    choices.append(Choice("r", "RIS", "ris"))
    chosen = await app.push_screen_wait(ChoiceScreen("Copy", choices))
    if chosen == "pmid":
        return await copied(app, "\n".join(map(str, pmids)))
    if chosen == "doi":
        return await copied(app, "\n".join(dois))
    if chosen == "ris":
        return await copied(app, await library.exported(pmids, export.by_name("ris")))
    if chosen:
        return await copied(app, "\n".join(citation(record, chosen).plain() for record in records))
    return ""
