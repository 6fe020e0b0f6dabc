"""Where on the web a record is opened: a small menu of the addresses that it has."""

from __future__ import annotations

from typing import Any

from textual.app import App

from tui.model.record import Record
from tui.present.addresses import addresses
from tui.ui.screens.choice import Choice, ChoiceScreen

_PLACES = {"pubmed": ("p", "PubMed"), "doi": ("d", "the publisher's page (DOI)"), "pmc": ("c", "the full text in PMC")}
"""By what `addresses` calls it, the key and the words of each."""


async def open_record(app: App[Any], record: Record) -> str:
    """Ask which page to open, and open it; what was done, or an empty string."""
    choices = [Choice(*_PLACES[place], url) for place, url in addresses(record).items()]
    url = await app.push_screen_wait(ChoiceScreen("Open in the web browser", choices))
    if not url:
        return ""
    app.open_url(url)
    return f"Asked the web browser for {url}"
