"""What became of a publication later, as its citation must say: retracted, corrected, doubted.

RefType and RefSource of CommentsCorrections (pubmed_250101.dtd). A notice of retraction is not itself retracted.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.model.clean import one_line
from tui.model.record import Record, Relation
from tui.model.relations import RELATIONS

_RETRACTED = {"RetractionIn": "retracted in", "RetractedandRepublishedIn": "retracted and republished in"}
"""The kinds by which a publication is retracted, and what they do to it."""

_CHANGES = frozenset((
    "RetractionIn", "RetractedandRepublishedIn", "ErratumIn", "CorrectedandRepublishedIn", "ExpressionOfConcernIn",
))  # fmt: skip
"""The notices that PubMed's own references name."""

_SOURCE = re.compile(
    r"(?:(?P<authors>.*[a-z] [A-Z]{1,3})\. )?(?P<journal>[^.;:]+)\. (?P<year>[0-9]{4})[^;:]*"
    r"(?:;(?P<volume>[^:(]*)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<pages>[^.\s]+))?(?:\. (?P<doi>doi: ?\S+))?\.?"
)


class Notice(NamedTuple):
    """A short citation (RefSource) taken apart; only `source` where it has another form."""

    source: str
    journal: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def retractions(record: Record) -> list[tuple[str, str]]:
    """(``retracted in``, ``Lancet. 2010 Feb 6;375(9713):445``) of each notice; a retracted record may have none."""
    return [
        (_RETRACTED[relation.kind], source)
        for relation in record.relations
        if relation.kind in _RETRACTED and (source := _source(relation))
    ]


def retracted_in(record: Record) -> str:
    """The same in one line, parted by semicolons."""
    return "; ".join(f"{done} {source}" for done, source in retractions(record))


def changes(record: Record) -> list[str]:
    """``Retraction in: Lancet. 2010 Feb 6;375(9713):445``, the label repeated for each, as MEDLINE does."""
    return [
        f"{RELATIONS[relation.kind].words}: {source}"
        for relation in record.relations
        if relation.kind in _CHANGES and (source := _source(relation))
    ]


def notice(source: str) -> Notice:
    """The parts of a RefSource such as ``J Clin Psychiatry. 2002 Feb;63(2):169``."""
    found = _SOURCE.fullmatch(source)
    if not found:
        return Notice(source)
    parts = {name: (found[name] or "").strip() for name in ("journal", "year", "volume", "issue", "pages")}
    return Notice(source, **parts)


def _source(relation: Relation) -> str:
    return one_line(relation.source).rstrip(" .;:")
