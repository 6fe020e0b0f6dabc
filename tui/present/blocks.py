"""Something to read, without Textual and without terminal codes: what the panes draw and `show` prints.

A page is a sequence of blocks; a block is a sequence of runs; a run may lead somewhere.
"""

from __future__ import annotations

from typing import NamedTuple


class Target(NamedTuple):
    """Where a run leads when it is opened."""

    kind: str
    """``search`` (value: a query), ``narrow`` (what is added to one), ``record`` (a PMID), ``mesh`` (a heading),
    ``url``, or ``action`` (the id of a key's)."""
    value: str


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: str = ""
    """``strong``, ``dim``, ``label``, ``warning``, ``accent`` or nothing."""
    target: Target | None = None


class Block(NamedTuple):
    """A line or a paragraph."""

    runs: tuple[Run, ...]
    kind: str = "paragraph"
    """``title``, ``heading``, ``paragraph``, ``item`` or ``banner``."""
    indent: int = 0
    """Columns before the text; continuation lines of an item stand two further in."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Page = tuple[Block, ...]


def heading(text: str) -> Block:
    return Block((Run(text, "label"),), "heading")


def paragraph(text: str, style: str = "") -> Block:
    return Block((Run(text, style),))


def none_found(why: str) -> Block:
    """The one way in which a section of a record says that it is empty, and why."""
    return paragraph(f"None found: {why}.", "dim")


def item(*runs: Run, indent: int = 0) -> Block:
    return Block(runs, "item", indent)
