"""The kinds of relation between publications (RefType of CommentsCorrections, pubmed_250101.dtd): the one table of what
each is called.

Where two kinds have the same tag in MEDLINE format, the first of them is what the tag is read as.
"""

from __future__ import annotations

from typing import NamedTuple


class RelationKind(NamedTuple):
    """A RefType."""

    words: str
    """``Retraction in``."""
    tag: str = ""
    """Its field in MEDLINE format; empty where the format does not show it."""
    grave: bool = False
    """Whether a reader must not miss it."""


RELATIONS: dict[str, RelationKind] = {
    "CommentIn": RelationKind("Comment in", "CIN"),
    "CommentOn": RelationKind("Comment on", "CON"),
    "ErratumIn": RelationKind("Erratum in", "EIN"),
    "ErratumFor": RelationKind("Erratum for", "EFR"),
    "RetractionIn": RelationKind("Retraction in", "RIN", grave=True),
    "RetractionOf": RelationKind("Retraction of", "ROF", grave=True),
    "PartialRetractionIn": RelationKind("Partial retraction in", "PRIN", grave=True),
    "PartialRetractionOf": RelationKind("Partial retraction of", "PROF", grave=True),
    "ExpressionOfConcernIn": RelationKind("Expression of concern in", "ECI", grave=True),
    "ExpressionOfConcernFor": RelationKind("Expression of concern for", "ECF", grave=True),
    "CorrectedandRepublishedIn": RelationKind("Corrected and republished in", "CRI"),
    "CorrectedandRepublishedFrom": RelationKind("Corrected and republished from", "CRF"),
    "RetractedandRepublishedIn": RelationKind("Retracted and republished in", "RRI", grave=True),
    "RetractedandRepublishedFrom": RelationKind("Retracted and republished from", "RRF", grave=True),
    "RepublishedIn": RelationKind("Republished in", "RPI"),
    "RepublishedFrom": RelationKind("Republished from", "RPF"),
    "ReprintIn": RelationKind("Reprint in", "RPI"),
    "ReprintOf": RelationKind("Reprint of", "RPF"),
    "UpdateIn": RelationKind("Update in", "UIN"),
    "UpdateOf": RelationKind("Update of", "UOF"),
    "SummaryForPatientsIn": RelationKind("Summary for patients in", "SPIN"),
    "OriginalReportIn": RelationKind("Original report in", "ORI"),
    "AssociatedDataset": RelationKind("Associated dataset"),
    "AssociatedPublication": RelationKind("Associated publication", "DDIN"),
}
"""Without ``Cites``, an entry of the bibliography. Partial retractions are of MEDLINE files alone."""
