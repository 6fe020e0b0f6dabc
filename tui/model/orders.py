"""The orders in which a result can be listed, by the names under which each is asked for."""

from __future__ import annotations

from typing import NamedTuple


class Order(NamedTuple):
    """An order."""

    sort: str
    """What ESearch calls it (E-utilities In-Depth, "ESearch", ``sort``); empty for its own choice."""
    name: str
    """In plain words, as the end of "sorted by"."""
    key: str
    """The key that stands for it in a menu."""
    word: str
    """What the command line calls it."""


ORDERS = (
    Order("relevance", "best match", "m", "relevance"),
    Order("", "newest entry", "e", "entry"),
    Order("pub_date", "publication date", "p", "date"),
    Order("Author", "first author", "a", "author"),
    Order("JournalName", "journal", "o", "journal"),
)
BY_SORT = {order.sort: order for order in ORDERS}
BY_WORD = {order.word: order for order in ORDERS}
