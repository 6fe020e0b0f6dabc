"""Small questions about a search: in which order, which of the saved ones, under which name."""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Any

from textual.app import App

from tui.model.orders import BY_WORD, ORDERS
from tui.model.results import Asked
from tui.present import ages, history
from tui.ui.screens.choice import Choice, ChoiceScreen

_KEYS = "123456789" + "".join(each for each in string.ascii_lowercase if each not in "jkq")


async def take_order(app: App[Any], sort: str) -> str:
    """Ask for an order; the present one where the reader thought better of it."""
    choices = [
        Choice(order.key, f"{order.name}{'  (now)' if order.sort == sort else ''}", order.word) for order in ORDERS
    ]
    chosen = await app.push_screen_wait(ChoiceScreen("Sort by", choices))
    return BY_WORD[chosen].sort if chosen else sort


async def take_saved(app: App[Any], searches: Sequence[Asked], now: float) -> str:
    """Ask for a saved search; its query, or an empty string."""
    choices = [
        Choice(key, f"{each.saved}  ({each.total:,}{history.change(each)}, {ages.age(each.asked, now)})", each.query)
        for key, each in zip(_KEYS, searches, strict=False)
    ]
    return await app.push_screen_wait(ChoiceScreen("Search again for", choices))
