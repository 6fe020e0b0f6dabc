"""Where on the web a record is opened: a small menu of the addresses that it has."""

from __future__ import annotations

from tui.model.record import Record
from tui.present.addresses import addresses
from tui.ui.screens.choice import Choice, ChoiceScreen

_PLACES = {"pubmed": ("p", "PubMed"), "doi": ("d", "the publisher's page (DOI)"), "pmc": ("c", "the full text in PMC")}
"""By what `addresses` calls it, the key and the words of each."""


def menu(record: Record) -> ChoiceScreen:
    """Asks which page to open; gives its address."""
    choices = [Choice(*_PLACES[place], url) for place, url in addresses(record).items()]
    return ChoiceScreen("Open in the web browser", choices)
