"""MeSH for the front ends: a heading with what stands around it, the tree, and how many kept records are under each.

All of it is read in the desk's thread, and says nothing where no vocabulary is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.library.desk import Desk
from tui.library.shelf import Shelf
from tui.model.mesh import MeshPlace, MeshSuggestion, MeshView

_SHORTEST, _LONGEST = 3, 100
"""Letters of a misspelled name that are looked at."""


def counts(shelf: Shelf, names: Iterable[str]) -> dict[str, int]:
    """How many kept records are under each of these headings."""
    return shelf.cache.sets.under(names)


class Vocabulary:
    """MeSH as it is loaded. Raises CacheError, and Closed after the library is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def version(self) -> str:
        """Such as ``2026``; empty where none is loaded."""
        return await self._desk.do(lambda shelf: shelf.cache.mesh.version())

    async def view(self, text: str) -> MeshView | None:
        """The heading that somebody means, by its name, an entry term, a UI or a tree number."""
        return await self._desk.do(_view, text)

    async def below(self, number: str) -> tuple[MeshPlace, ...]:
        """What stands directly below a place of the tree; the categories for an empty number."""
        return await self._desk.do(_below, number)

    async def branch(self, number: str) -> tuple[tuple[MeshPlace, ...], ...]:
        """The tree opened as far as a place: the categories, then what is below each step of the way to it."""
        return await self._desk.do(_branch, number)

    async def suggest(self, prefix: str, limit: int = 12) -> tuple[MeshSuggestion, ...]:
        """Headings of which a name begins so."""
        return await self._desk.do(lambda shelf: shelf.cache.mesh.suggest(prefix, limit))

    async def like(self, text: str, limit: int) -> tuple[MeshSuggestion, ...]:
        """Headings of which a name begins as a misspelled one does, as far as it does."""
        return await self._desk.do(_like, text, limit)

    async def counts(self, names: Iterable[str]) -> dict[str, int]:
        """How many kept records are under each of these headings."""
        return await self._desk.do(counts, tuple(names))


def _view(shelf: Shelf, text: str) -> MeshView | None:
    mesh = shelf.cache.mesh
    found = mesh.find(text)
    if found is None:
        return None
    paths = tuple(map(mesh.path, found.tree_numbers))
    return MeshView(found, paths, mesh.broader(found.ui), mesh.narrower(found.ui), mesh.version())


def _below(shelf: Shelf, number: str) -> tuple[MeshPlace, ...]:
    return shelf.cache.mesh.below(number) if number else shelf.cache.mesh.tops()


def _branch(shelf: Shelf, number: str) -> tuple[tuple[MeshPlace, ...], ...]:
    way = shelf.cache.mesh.path(number)[:-1]
    return tuple(_below(shelf, step) for step in ("", *(place.number for place in way)))


def _like(shelf: Shelf, text: str, limit: int) -> tuple[MeshSuggestion, ...]:
    starts = (text[:end] for end in range(min(len(text), _LONGEST), _SHORTEST - 1, -1))
    return next((found for start in starts if (found := shelf.cache.mesh.suggest(start, limit))), ())
