"""The fields of one record in MEDLINE format, and the forms that values of several of them have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.model.problem import Problem
from tui.model.record import Identifier

_WITH_KIND = re.compile(r"(.*) \[([\w-]+)\]")
"""``10.1038/nature06188 [doi]``, ``2007/10/05 09:00 [pubmed]``."""


class NotNbib(Problem):
    """The text is not in MEDLINE format; the message names the line."""


class Fields:
    """The fields of one record, taken out one kind after the other; what is never asked for remains."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[tuple[int, str]]] = {}
        for place, (tag, value) in enumerate(pairs):
            self._values.setdefault(tag, []).append((place, value))

    def all(self, *tags: str) -> list[tuple[str, str]]:
        """Tag and value of each field of these tags, in their order in the file."""
        found = [(place, tag, value) for tag in tags for place, value in self._values.pop(tag, ())]
        return [(tag, value) for _, tag, value in sorted(found)]

    def values(self, tag: str) -> list[str]:
        return [value for _, value in self._values.pop(tag, ())]

    def one(self, tag: str) -> str:
        """The first of that tag; a second remains."""
        values = self._values.get(tag)
        return values.pop(0)[1] if values else ""

    def rest(self) -> list[tuple[str, str]]:
        return self.all(*self._values)


def named(text: str) -> Identifier:
    """``ORCID: 0000-0002-1825-0097``, ``NASA: 00018452``."""
    kind, colon, value = text.partition(": ")
    return Identifier(kind, value) if colon else Identifier("", text)


def with_kind(text: str) -> tuple[str, str]:
    """Value and kind of ``10.1038/nature06188 [doi]``; an article number has no kind."""
    found = _WITH_KIND.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")
