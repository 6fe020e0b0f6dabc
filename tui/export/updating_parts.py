"""What the kinds of files that can be updated have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tui.export import words
from tui.model.problem import Problem
from tui.model.relations import RELATIONS

_BREAK = re.compile(r"\r\n|\r|\n")
_ADDRESS = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/(?P<pmid>[1-9][0-9]{0,8})/?"
)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_NAMED = re.compile(r"PMID:? ?([1-9][0-9]{0,8})")
OUR_NOTE = re.compile(
    rf"{words.RETRACTED}|Preprint$"
    rf"|(?:{'|'.join([*words.LABELS, 'Group authors', *(kind.words for kind in RELATIONS.values())])}):(?: |$)"
)
"""How a note begins that this program has written; any other one is the user's."""


class Unreadable(Problem):
    """The file is not of the kind that it should be, or broken somewhere."""


class Piece(NamedTuple):
    """A part of a file: an entry, or what stands between entries. All of them in a row are the file."""

    text: str
    pmid: int = 0
    """0 for what is left alone."""


def line_end(text: str) -> str:
    """The first line end there is, else a plain one."""
    found = _BREAK.search(text)
    return found.group() if found else "\n"


def with_line_end(text: str, end: str) -> str:
    return text if end == "\n" else text.replace("\n", end)


def with_blank_line(text: str) -> str:
    """The text with a blank line at its end, if there is anything before it."""
    end = line_end(text)
    if text and not text.endswith(("\r", "\n")):
        text += end
    return text + end if text and not text.endswith(2 * end) else text


def broken(what: str, text: str, at: int) -> Unreadable:
    """`what` is wrong at this place."""
    line = len(_BREAK.findall(text, 0, at)) + 1
    return Unreadable(f"Line {line}: {what}.", "Mend that place; nothing was changed.")


def number(text: str) -> int:
    """The PMID that is the whole of a text, or 0."""
    return int(text) if _NUMBER.fullmatch(text.strip()) else 0


def named(text: str) -> int:
    """The PMID of a text that is ``PMID: 17914389`` and no more, or 0."""
    found = _NAMED.fullmatch(text.strip())
    return int(found[1]) if found else 0


def at_pubmed(address: str) -> int:
    """The PMID of the address of a PubMed page, or 0."""
    found = _ADDRESS.fullmatch(address.strip())
    return int(found["pmid"]) if found else 0


def agreed(pmids: Iterable[int]) -> int:
    """The one PMID that all that say something say; 0 where they contradict each other, or nothing is said."""
    said = {pmid for pmid in pmids if pmid}
    return said.pop() if len(said) == 1 else 0
