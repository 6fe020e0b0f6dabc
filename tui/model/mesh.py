"""MeSH as a vocabulary: its descriptors, and their places in its tree.

Element names are those of NLM's descriptor file (DescriptorRecordSet; https://www.nlm.nih.gov/mesh/xml_data_elements.html).
A heading may have several places in the tree: what is below any of them is narrower, what is above any of them broader.
"""

from __future__ import annotations

from typing import NamedTuple

CATEGORIES = {
    "A": "Anatomy",
    "B": "Organisms",
    "C": "Diseases",
    "D": "Chemicals and Drugs",
    "E": "Analytical, Diagnostic and Therapeutic Techniques, and Equipment",
    "F": "Psychiatry and Psychology",
    "G": "Phenomena and Processes",
    "H": "Disciplines and Occupations",
    "I": "Anthropology, Education, Sociology, and Social Phenomena",
    "J": "Technology, Industry, and Agriculture",
    "K": "Humanities",
    "L": "Information Science",
    "M": "Named Groups",
    "N": "Health Care",
    "V": "Publication Characteristics",
    "Z": "Geographicals",
}
"""What the first letter of a tree number stands for (https://meshb.nlm.nih.gov/treeView). No headings themselves."""


class AllowableQualifier(NamedTuple):
    """AllowableQualifier: what may stand after the slash."""

    ui: str
    name: str


class MeshDescriptor(NamedTuple):
    """DescriptorRecord: one heading of the vocabulary."""

    ui: str
    """DescriptorUI, such as ``D001943``. The tree file has none: there it is the first of `tree_numbers`."""
    name: str
    """DescriptorName, as it stands on records."""
    tree_numbers: tuple[str, ...] = ()
    """Such as ``C04.588.180``; empty for the check tags Male and Female."""
    kind: str = ""
    """DescriptorClass: 1 topical, 2 publication type, 3 check tag, 4 geographic; empty where not known."""
    scope_note: str = ""
    """ScopeNote of the preferred concept: what it means."""
    entry_terms: tuple[str, ...] = ()
    """Term: other names that lead here, those of all its concepts."""
    permuted_terms: tuple[str, ...] = ()
    """The same with their words in another order (IsPermutedTermYN)."""
    annotation: str = ""
    """Annotation: how indexers use it."""
    public_note: str = ""
    """PublicMeSHNote: since when it is, and what it was before."""
    previous_indexing: tuple[str, ...] = ()
    """PreviousIndexing: headings under which its subject was indexed before, with their years."""
    see_also: tuple[str, ...] = ()
    """SeeRelatedDescriptor: names of headings on related subjects."""
    actions: tuple[str, ...] = ()
    """PharmacologicalAction: names of headings."""
    qualifiers: tuple[AllowableQualifier, ...] = ()
    established: str = ""
    """DateEstablished, ``1966-01-01``: from when it was used for indexing; empty where not stated."""
    revised: str = ""
    """DateRevised."""


class MeshPlace(NamedTuple):
    """A heading, or a category, where it stands in the tree."""

    number: str
    """``C04.588.180``, or the letter of a category; empty for a heading without a place."""
    ui: str
    """Empty for a category."""
    name: str
    leaf: bool = False
    """Whether nothing is narrower there."""


class MeshSuggestion(NamedTuple):
    """A term that begins as was asked, and the heading that it leads to; both the same where it is a heading."""

    term: str
    name: str


class MeshView(NamedTuple):
    """A descriptor and what stands around it."""

    descriptor: MeshDescriptor
    paths: tuple[tuple[MeshPlace, ...], ...] = ()
    """For each of its tree numbers the way to it, from the category on, itself last."""
    broader: tuple[MeshPlace, ...] = ()
    narrower: tuple[MeshPlace, ...] = ()
    version: str = ""
    """Of the vocabulary: ``2026``; empty where none is loaded."""
