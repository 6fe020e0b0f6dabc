"""Search by words: what a person types, read as words, phrases and field tags, never as a language that can be wrong.

Words are joined by AND, or by a capital AND, OR or NOT between two of them, from left to right. ``"a b"`` is a
phrase, ``metasta*`` a beginning, ``karnoub ae[au]`` looks in one column; brackets, operators and tags that make no
sense here are read as words or passed over. Several bare numbers are PMIDs.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Literal, NamedTuple

from tui.cache.connection import Connection, storable
from tui.cache.records import Records
from tui.cache.terms import BREAK, fold

Order = Literal["newest", "relevance", "seen"]

_TAGS = {
    "": "all, all fields",
    "title": "ti, title",
    "abstract": "ab, abstract",
    "{title abstract}": "tiab, title/abstract",
    "{title abstract mesh keywords}": "tw, text words, text word",
    "authors": "au, author, 1au, author - first, lastau, author - last, fau, cn, author - corporate",
    "journal": "ta, journal, so, is, vi, volume, ip, issue, pg, pagination, dp, pdat, date - publication, book, isbn",
    "mesh": "mh, mesh, mesh terms, majr, mesh major topic, sh, mesh subheading, nm, pt, publication type, rn",
    "grants": "gr, grant number, grants and funding",
    "keywords": "ot, other term",
    "ids": "pmid, uid, aid, doi, lid, pmc, pmcid, si, auid",
}
"""PubMed's tags by the column of ``words`` in which they look, as far as one column answers them."""
_COLUMN = {tag: column for column, tags in _TAGS.items() for tag in tags.split(", ")}

_TOKEN = re.compile(r'"(?P<phrase>[^"]*)"?|\[(?P<tag>[^\]]*)\]?|(?P<word>[^\s"\[\]()]+)')
_OPERATORS = frozenset(("AND", "OR", "NOT"))
_LENGTH_READ = 10_000
"""Characters; what follows is passed over."""
_TURNS = 40
"""As many changes of operator are followed: FTS5 reads no deeper than about 80 levels."""
_SHORTEST_BEGINNING = 3
"""Letters; a shorter one begins almost every record."""

_SQL: dict[Order, str] = {
    "newest": "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?",
    # The weights are those of the columns, in their order.
    "relevance": "SELECT rowid FROM words WHERE words MATCH ? "
    "ORDER BY bm25(words, 8, 2, 4, 1, 4, 2, 4, 2), rowid DESC LIMIT ? OFFSET ?",
    "seen": "SELECT pmid FROM words JOIN record ON pmid = words.rowid WHERE words MATCH ? "
    "ORDER BY seen DESC, pmid DESC LIMIT ? OFFSET ?",
}


class Found(NamedTuple):
    """A page of what was found."""

    pmids: tuple[int, ...]
    total: int
    """How many records there are in all."""


class _Term(NamedTuple):
    text: str
    quoted: bool = False
    beginning: bool = False
    column: str | None = None

    def __str__(self) -> str:
        star = " *" if self.beginning else ""
        return f'{self.column} : "{self.text}"{star}' if self.column else f'"{self.text}"{star}'


class Words:
    """The part of the cache that finds records by words."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def search(
        self, text: str, *, limit: int, offset: int = 0, order: Order = "newest", prefix_last: bool = False
    ) -> Found:
        """A page of the records that have these words, and how many there are; see `page` and `count`."""
        pmids = self.page(text, limit=limit, offset=offset, order=order, prefix_last=prefix_last)
        return Found(pmids, self.count(text, prefix_last=prefix_last))

    def page(
        self, text: str, *, limit: int, offset: int = 0, order: Order = "newest", prefix_last: bool = False
    ) -> tuple[int, ...]:
        """A page of the records that have these words; all that are kept, last seen first, for a blank text.

        With `prefix_last` the last word may be unfinished. A page in order `newest` takes the same time however many
        records there are; `relevance` (BM25) and `seen` look at all that match.
        """
        if not text.strip():
            return tuple(islice(Records(self._connection).pmids("seen"), offset, offset + limit))
        match = expression(text, prefix_last=prefix_last)
        if not match:
            return ()
        return tuple(pmid for (pmid,) in self._connection.rows(_SQL[order], (match, limit, offset)))

    def count(self, text: str, *, prefix_last: bool = False) -> int:
        """How many records `page` has in all: the time it takes grows with them."""
        if not text.strip():
            rows = self._connection.rows("SELECT count(*) FROM record")
        else:
            match = expression(text, prefix_last=prefix_last)
            rows = (
                self._connection.rows("SELECT count(*) FROM words WHERE words MATCH ?", (match,)) if match else [(0,)]
            )
        return int(rows[0][0])


def expression(text: str, *, prefix_last: bool = False) -> str:
    """The text as an FTS5 query, every word of it quoted; empty where there is nothing to look for."""
    text = text[:_LENGTH_READ]
    items = _items(text)
    terms = [item for item in items if isinstance(item, _Term)]
    if len(terms) == len(items) > 1 and all(term.text.isdecimal() and term.column is None for term in terms):
        return "ids : (" + " OR ".join(map(str, terms)) + ")"
    last = items[-1] if items else ""
    if prefix_last and text[-1:].isalnum() and isinstance(last, _Term) and not last.quoted:
        items[-1] = last._replace(beginning=last.beginning or len(last.text) >= _SHORTEST_BEGINNING)
    return _joined(items)


def _items(text: str) -> list[_Term | str]:
    """Terms and operators, in their order; the tags are applied."""
    items: list[_Term | str] = []
    for token in _TOKEN.finditer(text):
        phrase, tag, word = token["phrase"], token["tag"], token["word"]
        if word in _OPERATORS:
            items.append(word)
        elif tag is None:
            items += _term(word or phrase, quoted=word is None)
        elif (column := _COLUMN.get(tag.strip().lower().partition(":")[0])) is not None:
            _apply(column, items)
        elif token.start() == 0 or text[token.start() - 1].isspace():
            items += [term for word in tag.split() for term in _term(word, quoted=False)]
    return items


def _term(text: str, *, quoted: bool) -> list[_Term]:
    """The term that the text makes; none where it has nothing that the index knows."""
    folded = storable(fold(text)).replace('"', " ").replace("\0", " ").replace(BREAK, " ").strip()
    beginning = folded.endswith("*")
    folded = folded.rstrip("*")
    return [_Term(folded, quoted, beginning)] if any(map(str.isalnum, folded)) else []


def _apply(column: str, items: list[_Term | str]) -> None:
    """Bind a tag to the phrase before it, or to all the bare words before it."""
    start = len(items)
    while start and isinstance(last := items[start - 1], _Term) and last.column is None and not last.quoted:
        start -= 1
    if start == len(items) and items and isinstance(items[-1], _Term) and items[-1].column is None:
        start -= 1
    terms = [item._replace(column=column) for item in items[start:] if isinstance(item, _Term)]
    if column == "authors" and len(terms) > 1:  # last name and initials, of which some may be left out
        terms = [_Term(" ".join(term.text for term in terms), beginning=True, column=column)]
    items[start:] = terms


def _joined(items: list[_Term | str]) -> str:
    joined, operator, last, turns = "", "", "", 0
    for item in items:
        if not isinstance(item, _Term):
            operator = item
        elif not joined:
            # An operator with nothing before it is a word.
            joined = f'"{operator}" AND {item}' if operator else str(item)
            operator, last = "", "AND" if operator else ""
        else:
            operator = operator or "AND"
            if last and (operator != last or operator == "NOT"):
                turns += 1
                if turns > _TURNS:
                    break
                joined = f"({joined})"
            joined += f" {operator} {item}"
            operator, last = "", operator
    return joined
