"""Back and forward through what was visited. Pure."""

from __future__ import annotations

from typing import NamedTuple

from tui.model.results import ResultPage

_LONGEST = 200


class Visit(NamedTuple):
    """A place to come back to: a list, the place in it, and the record that was read."""

    page: ResultPage
    cursor: int
    pmid: int
    """0 for none."""


class Trail:
    """A line of visits with a place on it; a new visit ends what lay ahead."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._at = -1

    def go(self, visit: Visit) -> None:
        """Visit a new place."""
        del self._visits[self._at + 1 :]
        self._visits.append(visit)
        del self._visits[:-_LONGEST]
        self._at = len(self._visits) - 1

    def stay(self, visit: Visit) -> None:
        """What the present place has become: another cursor, more records known."""
        if self._visits:
            self._visits[self._at] = visit

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._visits) - 1

    def back(self) -> Visit:
        """The visit before; the caller has asked `can_go_back`."""
        self._at -= 1
        return self._visits[self._at]

    def forward(self) -> Visit:
        """The visit after; the caller has asked `can_go_forward`."""
        self._at += 1
        return self._visits[self._at]
