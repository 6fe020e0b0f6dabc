"""What of the chosen records goes to the clipboard: a small menu, then the copy, then a word on how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from tui import export
from tui.export.citation import citation
from tui.library import Library
from tui.ui.clipboard import copied
from tui.ui.screens.choice import Choice, ChoiceScreen


async def take_copy(app: App[Any], library: Library, pmids: Sequence[int]) -> str:
    """Ask what to copy, and copy it; what was done, or an empty string. Raises Problem."""
    records = [kept.record async for kept in library.records(pmids)]
    dois = [record.doi for record in records if record.doi]
    several = len(pmids) > 1
    choices = [Choice("p", "PMIDs, one a line" if several else "PMID", "pmid")]
    if dois:
        choices.append(Choice("d", "DOIs, one a line" if several else "DOI", "doi"))
    choices += [Choice("c", "citation, as PubMed writes it", "citation"), Choice("r", "RIS", "ris")]
    chosen = await app.push_screen_wait(ChoiceScreen("Copy", choices))
    if chosen == "pmid":
        return await copied(app, "\n".join(map(str, pmids)))
    if chosen == "doi":
        return await copied(app, "\n".join(dois))
    if chosen == "citation":
        return await copied(app, "\n".join(citation(record, "nlm").plain() for record in records))
    if chosen == "ris":
        return await copied(app, await library.exported(pmids, export.by_name("ris")))
    return ""
