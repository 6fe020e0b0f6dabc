"""What the records of a result have in common: values, and how many of all have each."""

from __future__ import annotations

from typing import NamedTuple


class Facet(NamedTuple):
    """A value that a result can be narrowed to."""

    text: str
    """As a reader knows it: ``Nature``, ``English``, ``with abstract``."""
    clause: str
    """What is added to the query: ``"Nature"[ta]``."""
    records: int
    """How many records of the whole result have it, which is how many the narrowed query finds."""


class Group(NamedTuple):
    """Values of one kind, those of most records first."""

    name: str
    facets: tuple[Facet, ...]
    others: int
    """How many more values were seen, which are those of few records."""


class Facets(NamedTuple):
    """The facets of a result."""

    total: int
    """How many records there are in all."""
    sample: int
    """In how many of them, spread evenly, values were looked for; every one is counted in all."""
    years: tuple[tuple[int, int], ...]
    """See `ResultPage.years`."""
    groups: tuple[Group, ...]
