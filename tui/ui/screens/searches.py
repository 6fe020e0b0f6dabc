"""Small questions about a search: in which order, which of the saved ones, under which name."""

from __future__ import annotations

import string
from typing import Any

from textual.app import App

from tui.library import Library
from tui.model.orders import ORDERS
from tui.model.problem import Problem
from tui.model.results import ResultPage
from tui.present import ages, searches
from tui.ui.screens.choice import Choice, ChoiceScreen
from tui.ui.screens.prompt import PromptScreen

_KEYS = "123456789" + "".join(each for each in string.ascii_lowercase if each not in "jkq")


def orders(sort: str) -> ChoiceScreen:
    """Asks for an order by its word; `sort` is the present one."""
    choices = [
        Choice(order.key, f"{order.name}{'  (now)' if order.sort == sort else ''}", order.word) for order in ORDERS
    ]
    return ChoiceScreen("Sort by", choices)


async def saved_search(app: App[Any], library: Library) -> str:
    """Ask for a saved search; its query, or an empty string. Raises Problem where none is saved yet."""
    saved = await library.history.saved()
    if not saved:
        raise Problem("No search is saved yet: W saves the one that is shown.")
    now = library.now()
    choices = [
        Choice(key, f"{each.saved}  ({each.total:,}{searches.change(each)}, {ages.age(each.asked, now)})", each.query)
        for key, each in zip(_KEYS, saved, strict=False)
    ]
    return await app.push_screen_wait(ChoiceScreen("Search again for", choices))


async def save_search(app: App[Any], library: Library, page: ResultPage) -> str:
    """Ask for a name and save the search that a page answers; what was done, or an empty string."""
    known = await library.history.of(page.query)
    name = await name_for(app, known.saved if known and known.saved else page.query.strip())
    if not name:
        return ""
    await library.history.save_page(page, name)
    return f"{name}: saved. w searches for it again and tells what is new."


async def name_for(app: App[Any], name: str) -> str:
    """Ask for the name of a search; `name` is the proposal."""
    return (await app.push_screen_wait(PromptScreen("Save this search as", name))).strip()
