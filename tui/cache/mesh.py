"""MeSH as a vocabulary: its headings by every name they have, and the tree they stand in.

A heading is known by its `ui`. What is narrower than it is what stands below any of its tree numbers, which is how
PubMed explodes a heading; that a heading below has another place elsewhere adds nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate, islice
from typing import Any

from tui.cache.connection import Connection, storable
from tui.cache.errors import CacheError, read_only
from tui.cache.keys import Keys
from tui.cache.packing import CODEC, pack, unpack
from tui.model.folding import words
from tui.model.mesh import CATEGORIES, AllowableQualifier, MeshDescriptor, MeshPlace, MeshSuggestion

_TABLES = ("heading", "heading_term", "heading_tree")
_BATCH = 1000
"""Headings written in one go."""
_LAST = "\U0010ffff"
"""Sorts after everything that a folded term may go on with."""
_NAMES_OF_ONE = 8
"""Folded terms looked at for each suggestion: several lead to the same heading."""
_PLACE = (
    "SELECT tree.number, tree.ui, name, "
    "NOT EXISTS (SELECT 1 FROM heading_tree AS below WHERE below.parent = tree.number) "
    "FROM heading_tree AS tree JOIN heading USING (ui) WHERE "
)
_PLACE_TYPES = (str, str, str, int)


def folded(text: str) -> str:
    """A name as it is looked up: its words, without case and accents, in their order."""
    return " ".join(words(storable(text)))


class Mesh:
    """The part of the cache that holds the vocabulary. All of it answers, with nothing, where none is loaded."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ancestors: dict[str, frozenset[str]] = {}
        self._keys = Keys()
        self._held = ""
        """The version that is held in memory."""

    def load(self, descriptors: Iterable[MeshDescriptor], version: str) -> None:
        """Replace the vocabulary by these, all or none.

        They are gathered in a table of this connection's own first, so that others wait for the moment of the change
        and not for the reading of a file. Of two with the same UI the first one counts. Every record is stale then: it
        is to be found under other broader headings.
        """
        if self._connection.read_only:
            raise read_only(self._connection.path)
        for table in _TABLES:
            self._connection.rows(f"CREATE TEMP TABLE new_{table} AS SELECT * FROM {table} WHERE 0")  # noqa: S608 - our own names
        try:
            remaining = iter(descriptors)
            while batch := list(islice(remaining, _BATCH)):
                self._gather(batch)
            with self._connection.transaction():
                for table in _TABLES:
                    self._connection.rows(f"DELETE FROM {table}")  # noqa: S608 - as above
                    self._connection.rows(f"INSERT OR IGNORE INTO {table} SELECT * FROM new_{table}")  # noqa: S608 - as above
                self._connection.rows("DELETE FROM vocabulary")
                self._connection.rows("INSERT INTO vocabulary VALUES (?)", (version,))
                self._connection.rows("UPDATE state SET exploded = ''")
                self._connection.rows("INSERT OR IGNORE INTO stale SELECT pmid FROM record")
        finally:
            for table in _TABLES:
                with suppress(CacheError):
                    self._connection.rows(f"DROP TABLE new_{table}")
        self._forget()
        self._held = ""

    def _gather(self, batch: Sequence[MeshDescriptor]) -> None:
        each = self._connection.each
        each(
            "INSERT INTO new_heading VALUES (?, ?, ?, ?, ?)",
            [(one.ui, one.name, folded(one.name), CODEC, _packed(one)) for one in batch],
        )
        each(
            "INSERT INTO new_heading_term VALUES (?, ?)",
            [(term, one.ui) for one in batch for term in _folded_terms(one)],
        )
        each(
            "INSERT INTO new_heading_tree VALUES (?, ?, ?)",
            [(number, _parent(number), one.ui) for one in batch for number in one.tree_numbers],
        )

    def version(self) -> str:
        """Which one is loaded, as `load` was told; empty where none is."""
        rows = self._connection.rows("SELECT version FROM vocabulary", types=(str,))
        return rows[0][0] if rows else ""

    def named(self, name: str) -> MeshDescriptor | None:
        """The heading of exactly this name."""
        return self._one("name = ?", name)

    def find(self, text: str) -> MeshDescriptor | None:
        """The heading that somebody means by its name, an entry term, a UI or a tree number."""
        return (
            self.named(text)
            or self._one("ui = upper(?)", text)
            or self._one("ui = (SELECT ui FROM heading_tree WHERE number = upper(?))", text)
            or self._one("folded = ?", folded(text))
            or self._one("ui = (SELECT min(ui) FROM heading_term WHERE folded = ?)", folded(text))
        )

    def heading(self, words: str) -> str:
        """The name of the heading that is called so, or has such an entry term; of folded words; empty for none."""
        rows = self._connection.rows(
            "SELECT name FROM heading WHERE folded = ?1 UNION ALL "
            "SELECT name FROM heading_term JOIN heading USING (ui) WHERE heading_term.folded = ?1 LIMIT 1",
            (words,),
            types=(str,),
        )
        return rows[0][0] if rows else ""

    def goes_on(self, words: str) -> bool:
        """Whether a name or an entry term begins with these folded words and has more."""
        span = (f"{words} ", f"{words}!")  # the character after a blank
        sql = (
            "SELECT 1 FROM heading WHERE folded >= ?1 AND folded < ?2 UNION ALL "
            "SELECT 1 FROM heading_term WHERE folded >= ?1 AND folded < ?2 LIMIT 1"
        )
        return bool(self._connection.rows(sql, span))

    def exploded(self) -> bool:
        """Whether every record is found under the headings above its own."""
        return bool(self._connection.rows("SELECT 1 FROM state JOIN vocabulary ON exploded = version"))

    def note_exploded(self) -> None:
        """Note that no record is stale any more."""
        with self._connection.transaction():
            self._connection.rows(
                "UPDATE state SET exploded = (SELECT version FROM vocabulary) "
                "WHERE EXISTS (SELECT 1 FROM vocabulary) AND NOT EXISTS (SELECT 1 FROM stale)"
            )

    def _one(self, condition: str, text: str) -> MeshDescriptor | None:
        rows = self._connection.rows(
            f"SELECT codec, details FROM heading WHERE {condition} ORDER BY ui LIMIT 1",  # noqa: S608 - our own words
            (storable(text.strip()),),
            types=(int, bytes),
        )
        return self._unpacked(*rows[0]) if rows else None

    def suggest(self, prefix: str, limit: int) -> tuple[MeshSuggestion, ...]:
        """Headings of which a name begins so, each once: those that are called so themselves come first."""
        start = folded(prefix)
        if not start:
            return ()
        span = (start, start + _LAST, limit * _NAMES_OF_ONE)
        uis = dict.fromkeys(
            ui
            for table in ("heading", "heading_term")
            for (ui,) in self._connection.rows(
                f"SELECT ui FROM {table} WHERE folded >= ? AND folded < ? ORDER BY folded LIMIT ?",  # noqa: S608 - as above
                span,
            )
        )
        found = (self._one("ui = ?", ui) for ui in islice(uis, limit))
        return tuple(_suggestion(one, start) for one in found if one is not None)

    def tops(self) -> tuple[MeshPlace, ...]:
        """The categories under which there is anything."""
        letters = ((letter,) for letter in CATEGORIES)
        used = self._connection.each("SELECT parent FROM heading_tree WHERE parent = ? LIMIT 1", letters, types=(str,))
        return tuple(MeshPlace(letter, "", CATEGORIES[letter]) for (letter,) in used)

    def below(self, number: str) -> tuple[MeshPlace, ...]:
        """The headings directly below a place or a category, in the order of the tree."""
        return self._places_where("tree.parent = ? ORDER BY tree.number", (number,))

    def path(self, number: str) -> tuple[MeshPlace, ...]:
        """The way to a place from its category on, itself last."""
        top = MeshPlace(number[0], "", CATEGORIES.get(number[0], number[0]))
        steps = self._connection.each(
            f"{_PLACE} tree.number = ?", [(step,) for step in _steps(number)], types=_PLACE_TYPES
        )
        return (top, *_places(steps))

    def narrower(self, ui: str) -> tuple[MeshPlace, ...]:
        """The headings directly below any place of a heading, each once."""
        return _each_once(
            self._places_where(
                "tree.parent IN (SELECT number FROM heading_tree WHERE ui = ?) ORDER BY tree.number", (ui,)
            )
        )

    def broader(self, ui: str) -> tuple[MeshPlace, ...]:
        """The headings directly above any place of a heading, each once."""
        return _each_once(
            self._places_where(
                "tree.number IN (SELECT parent FROM heading_tree WHERE ui = ?) ORDER BY tree.number", (ui,)
            )
        )

    def _places_where(self, condition: str, bindings: tuple[str, ...]) -> tuple[MeshPlace, ...]:
        return _places(self._connection.rows(_PLACE + condition, bindings, types=_PLACE_TYPES))

    def under(self, ui: str) -> frozenset[str]:
        """The names of a heading and of all that is narrower, down to the leaves: what PubMed's explosion finds."""
        rows = self._connection.rows(
            "SELECT name FROM heading WHERE ui = ? UNION SELECT name FROM heading_tree AS tree "
            "JOIN heading_tree AS below ON below.number > tree.number || '.' AND below.number < tree.number || '/' "
            "JOIN heading ON heading.ui = below.ui WHERE tree.ui = ?",
            (ui, ui),
            types=(str,),
        )
        return frozenset(name for (name,) in rows)

    def ancestors(self, name: str) -> frozenset[str]:
        """The names of all headings that are broader than this one, up to the top, and its own: the reverse of `under`.

        For each heading of each record that is indexed: the tree is read once and held in memory. Records may have the
        spelling of another year, ``Hela Cells``.
        """
        known = self._ancestors.get(name)
        if known is None:
            names, numbers = self._tree
            above = (names.get(step) for number in numbers.get(folded(name), ()) for step in _steps(number))
            known = self._ancestors[name] = frozenset((name, *filter(None, above)))
        return known

    def keys(self) -> Keys:
        """What makes the keys of records, as of now; the tree is in memory, so that it needs no connection any more."""
        version = self.version()
        if version != self._held:
            self._forget()
            self._held = version
            if version:
                self.ancestors("")
                self._keys = Keys(self.ancestors)
        return self._keys

    def _forget(self) -> None:
        self._ancestors.clear()
        self._keys = Keys()
        self.__dict__.pop("_tree", None)

    @cached_property
    def _tree(self) -> tuple[dict[str, str], dict[str, list[str]]]:
        """The name at each number, and the numbers of each folded name."""
        sql = "SELECT number, name, folded FROM heading_tree JOIN heading USING (ui)"
        names: dict[str, str] = {}
        numbers: dict[str, list[str]] = {}
        for number, name, text in self._connection.rows(sql, types=(str, str, str)):
            names[number] = name
            numbers.setdefault(text, []).append(number)
        return names, numbers

    def _unpacked(self, codec: int, details: bytes) -> MeshDescriptor:
        stored = unpack(codec, details)
        if stored is None:
            raise self._connection.found_damaged()
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(stored).items()
        }
        qualifiers = tuple(AllowableQualifier(*each) for each in values.pop("qualifiers"))
        return MeshDescriptor(**values, qualifiers=qualifiers)


def _packed(one: MeshDescriptor) -> bytes:
    return pack(json.dumps(one._asdict(), ensure_ascii=False).encode("utf-8", "replace"))


def _names_of(one: MeshDescriptor) -> tuple[str, ...]:
    return (one.name, *one.entry_terms, *one.permuted_terms)


def _folded_terms(one: MeshDescriptor) -> set[str]:
    """What leads to a heading besides its own name."""
    return {*map(folded, _names_of(one)), ""} - {folded(one.name), ""}


def _suggestion(one: MeshDescriptor, start: str) -> MeshSuggestion:
    term = next((name for name in _names_of(one) if folded(name).startswith(start)), one.name)
    return MeshSuggestion(term, one.name)


def _parent(number: str) -> str:
    return number.rpartition(".")[0] or number[0]


def _steps(number: str) -> list[str]:
    """``C04``, ``C04.588``, ``C04.588.180``."""
    return list(accumulate(number.split("."), "{}.{}".format))


def _places(rows: Iterable[tuple[str, str, str, int]]) -> tuple[MeshPlace, ...]:
    return tuple(MeshPlace(number, ui, name, bool(leaf)) for number, ui, name, leaf in rows)


def _each_once(places: Iterable[MeshPlace]) -> tuple[MeshPlace, ...]:
    first: dict[str, MeshPlace] = {}
    for place in places:
        first.setdefault(place.ui, place)
    return tuple(first.values())
