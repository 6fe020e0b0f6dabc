"""PubMed's search fields: their names, every tag by which each is written, and how their values are read.

Source: the PubMed User Guide, "Search field tags" (pubmed.ncbi.nlm.nih.gov/help), and the names and full names that
EInfo gives. A tag is read without regard to case and blanks.
"""

from __future__ import annotations

from difflib import get_close_matches
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """How the values of a field are read."""

    TEXT = "words and phrases"
    NAME = "a person's name"
    HEADING = "a MeSH heading, or one with a subheading"
    VALUE = "a whole value"
    DATE = "a date, or a range of dates"
    PMID = "PubMed's numbers"


class Field(NamedTuple):
    """A search field."""

    name: str
    """As PubMed writes it in a translation: ``MeSH Terms``."""
    tags: tuple[str, ...]
    """As people write it, lower case, the usual one first: ``mh``."""
    kind: Kind
    near: bool = False
    """Whether it can be searched by proximity."""

    @property
    def tag(self) -> str:
        return self.tags[0]


FIELDS = (
    Field("All Fields", ("all", "all fields", "allfields"), Kind.TEXT),
    Field("Title", ("ti", "title", "titl"), Kind.TEXT, near=True),
    Field("Title/Abstract", ("tiab", "title/abstract", "titleabstract"), Kind.TEXT, near=True),
    Field("Abstract", ("ab", "abstract"), Kind.TEXT),
    Field("Text Word", ("tw", "text word", "text words", "word"), Kind.TEXT),
    Field("Transliterated Title", ("tt", "transliterated title"), Kind.TEXT),
    Field("Other Term", ("ot", "other term", "other terms", "otrm"), Kind.TEXT),
    Field("Affiliation", ("ad", "affiliation", "affl"), Kind.TEXT, near=True),
    Field("Conflict of Interest Statements", ("cois", "conflict of interest statements"), Kind.TEXT),
    Field("Author - Corporate", ("cn", "author - corporate", "corporate author", "coln"), Kind.TEXT),
    Field("Grants and Funding", ("gr", "grants and funding", "grant number", "grant", "grnt"), Kind.TEXT),
    Field("Author", ("au", "author", "auth"), Kind.NAME),
    Field("Author - First", ("1au", "author - first", "first author name", "first author", "faut"), Kind.NAME),
    Field("Author - Last", ("lastau", "author - last", "last author name", "last author", "laut"), Kind.NAME),
    Field("Author - Full", ("fau", "author - full", "full author name", "full"), Kind.NAME),
    Field(
        "Investigator",
        ("ir", "investigator", "fir", "full investigator name", "investigator - full", "finv"),
        Kind.NAME,
    ),
    Field("Editor", ("ed", "editor"), Kind.NAME),
    Field("Subject - Personal Name", ("ps", "subject - personal name", "personal name as subject"), Kind.NAME),
    Field("Author - Identifier", ("auid", "author - identifier", "author identifier"), Kind.VALUE),
    Field("MeSH Terms", ("mh", "mesh terms", "mesh", "mesh term"), Kind.HEADING),
    Field("MeSH Major Topic", ("majr", "mesh major topic", "mj"), Kind.HEADING),
    Field("MeSH Subheading", ("sh", "mesh subheading", "mesh subheadings", "subheading", "subh"), Kind.VALUE),
    Field("Supplementary Concept", ("nm", "supplementary concept", "substance name", "subs"), Kind.VALUE),
    Field("Pharmacological Action", ("pa", "pharmacological action", "papx"), Kind.HEADING),
    Field("EC/RN Number", ("rn", "ec/rn number", "ecno", "registry number"), Kind.VALUE),
    Field("Publication Type", ("pt", "publication type", "ptyp"), Kind.VALUE),
    Field("Language", ("la", "language", "lang"), Kind.VALUE),
    Field("Journal", ("ta", "journal", "jour", "journal title", "jt", "jid", "issn"), Kind.VALUE),
    Field("Volume", ("vi", "volume", "vol"), Kind.VALUE),
    Field("Issue", ("ip", "issue", "iss"), Kind.VALUE),
    Field("Pagination", ("pg", "pagination", "page"), Kind.VALUE),
    Field("Place of Publication", ("pl", "place of publication", "cnty"), Kind.VALUE),
    Field("Publisher", ("pubn", "publisher"), Kind.VALUE),
    Field("Book", ("book",), Kind.VALUE),
    Field("ISBN", ("isbn",), Kind.VALUE),
    Field("Secondary Source ID", ("si", "secondary source id"), Kind.VALUE),
    Field("Article Identifier", ("aid", "article identifier", "doi", "pii", "pid", "publisher id"), Kind.VALUE),
    Field("Location ID", ("lid", "location id"), Kind.VALUE),
    Field("PMCID", ("pmc", "pmcid"), Kind.VALUE),
    Field("PMID", ("pmid", "uid", "ui", "eid", "extended pmid"), Kind.PMID),
    Field("Filter", ("sb", "filter", "subset", "filt"), Kind.VALUE),
    Field("Date - Publication", ("dp", "date - publication", "pdat", "publication date", "pd"), Kind.DATE),
    Field("Date - Entry", ("edat", "date - entry", "entry date", "entrez date"), Kind.DATE),
    Field("Date - Create", ("crdt", "date - create", "create date"), Kind.DATE),
    Field("Date - MeSH", ("mhda", "date - mesh", "mesh date"), Kind.DATE),
    Field("Date - Modification", ("lr", "date - modification", "modification date", "mdat"), Kind.DATE),
    Field("Date - Completion", ("dcom", "date - completion", "completion date", "cdat"), Kind.DATE),
    Field("Electronic Publication Date", ("epdat", "electronic publication date", "epdt"), Kind.DATE),
    Field("Print Publication Date", ("ppdat", "print publication date", "ppdt"), Kind.DATE),
)

ALL_FIELDS = FIELDS[0]
_BY_TAG = {tag: field for field in FIELDS for tag in (*field.tags, field.name.lower())}


def field(tag: str) -> Field | None:
    """The field that a tag names, without its brackets and what follows a colon in it."""
    return _BY_TAG.get(" ".join(tag.lower().replace(" / ", "/").split()))


def named(name: str) -> Field:
    """The field with this usual tag; for tags that stand in the program itself."""
    return _BY_TAG[name]


def nearest(tag: str) -> str:
    """The usual tag of the field that was perhaps meant; empty where nothing comes near."""
    close = get_close_matches(" ".join(tag.lower().split()), _BY_TAG, n=1, cutoff=0.6)
    return close[0] if close else ""
