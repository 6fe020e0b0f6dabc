"""PubMed's search fields: their names, every tag by which each is written, and how their values are read.

Sources: the PubMed User Guide, "Search field tags" and "PubMed data field descriptions" (pubmed.ncbi.nlm.nih.gov/help);
the names, full names and tags that EInfo gives; and the tags of the PubMed format (IS, JT, JID ...) that name the same.
A tag is read without regard to case and blanks.
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
    explodes: bool = False
    """Whether its values have narrower ones, which ``:noexp`` leaves out."""

    @property
    def tag(self) -> str:
        return self.tags[0]


FIELDS = (
    Field("All Fields", ("all", "allfields"), Kind.TEXT),
    Field("Title", ("ti", "titl"), Kind.TEXT, near=True),
    Field("Title/Abstract", ("tiab", "titleabstract"), Kind.TEXT, near=True),
    Field("Abstract", ("ab",), Kind.TEXT),
    Field("Text Word", ("tw", "text words", "text", "word"), Kind.TEXT),
    Field("Transliterated Title", ("tt", "vernacular title"), Kind.TEXT),
    Field("Other Term", ("ot", "other terms", "otrm", "keyword"), Kind.TEXT),
    Field("Affiliation", ("ad", "affl"), Kind.TEXT, near=True),
    Field("Conflict of Interest Statements", ("cois", "conflict of interest statement"), Kind.TEXT),
    Field("Author - Corporate", ("cn", "corporate author", "coln"), Kind.TEXT),
    Field("Grants and Funding", ("gr", "grant number", "grant", "grnt"), Kind.TEXT),
    Field("DSO", ("dso",), Kind.TEXT),
    Field("Author", ("au", "auth"), Kind.NAME),
    Field("Author - First", ("1au", "first author name", "first author", "faut"), Kind.NAME),
    Field("Author - Last", ("lastau", "last author name", "last author", "laut"), Kind.NAME),
    Field("Author - Full", ("fau", "full author name", "full"), Kind.NAME),
    Field("Investigator", ("ir", "fir", "full investigator name", "investigator - full", "finv"), Kind.NAME),
    Field("Editor", ("ed",), Kind.NAME),
    Field("Subject - Personal Name", ("ps", "personal name as subject"), Kind.NAME),
    Field("Author - Identifier", ("auid", "author identifier"), Kind.VALUE),
    Field("Author Cluster ID", ("aucl",), Kind.VALUE),
    Field("MeSH Terms", ("mh", "mesh", "mesh term", "mesh heading"), Kind.HEADING, explodes=True),
    Field("MeSH Major Topic", ("majr", "mesh major topics", "mj"), Kind.HEADING, explodes=True),
    Field("MeSH Subheading", ("sh", "mesh subheadings", "subheading", "subh"), Kind.VALUE, explodes=True),
    Field("Supplementary Concept", ("nm", "substance name", "substance", "subs"), Kind.VALUE),
    Field("Pharmacological Action", ("pa", "pharmacologic action", "papx"), Kind.HEADING, explodes=True),
    Field("EC/RN Number", ("rn", "ecno", "registry number"), Kind.VALUE),
    Field("Publication Type", ("pt", "ptyp"), Kind.VALUE, explodes=True),
    Field("Language", ("la", "lang"), Kind.VALUE),
    Field("Journal", ("ta", "jour", "journal title", "jt", "nlm unique id", "jid", "issn", "is"), Kind.VALUE),
    Field("Volume", ("vi", "vol"), Kind.VALUE),
    Field("Issue", ("ip", "iss"), Kind.VALUE),
    Field("Pagination", ("pg", "page"), Kind.VALUE),
    Field("Place of Publication", ("pl", "cnty"), Kind.VALUE),
    Field("Publisher", ("pubn",), Kind.VALUE),
    Field("Book", ("book",), Kind.VALUE),
    Field("ISBN", ("isbn",), Kind.VALUE),
    Field("Secondary Source ID", ("si",), Kind.VALUE),
    Field("Article Identifier", ("aid", "doi", "pii", "mid", "pid", "publisher id"), Kind.VALUE),
    Field("Location ID", ("lid",), Kind.VALUE),
    Field("PMCID", ("pmc", "pmcid"), Kind.VALUE),
    Field("UID", ("pmid", "uid", "ui", "eid", "extended pmid"), Kind.PMID),
    Field("Filter", ("sb", "filter", "subset", "filt"), Kind.VALUE),
    Field("Date - Publication", ("dp", "pdat", "publication date", "date of publication"), Kind.DATE),
    Field("Date - Entry", ("edat", "entry date", "entrez date"), Kind.DATE),
    Field("Date - Create", ("crdt", "create date"), Kind.DATE),
    Field("Date - MeSH", ("mhda", "mesh date"), Kind.DATE),
    Field("Date - Modification", ("lr", "modification date", "mdat"), Kind.DATE),
    Field("Date - Completion", ("dcom", "completion date", "cdat"), Kind.DATE),
    Field("Electronic Publication Date", ("epdat", "epdt"), Kind.DATE),
    Field("Print Publication Date", ("ppdat", "ppdt"), Kind.DATE),
    Field("P1DAT", ("p1dat",), Kind.DATE),
)

ALL_FIELDS = FIELDS[0]
_BY_TAG = {tag: field for field in FIELDS for tag in (*field.tags, field.name.lower())}


def field(tag: str) -> Field | None:
    """The field that a tag names, without its brackets and what follows a colon in it."""
    return _BY_TAG.get(" ".join(tag.lower().replace(" / ", "/").split()))


def named(name: str) -> Field:
    """The field with this usual tag; for tags that stand in the program itself."""
    return _BY_TAG[name]


def nearest(tag: str) -> Field | None:
    """The field that was perhaps meant; None where nothing comes near."""
    close = get_close_matches(" ".join(tag.lower().split()), _BY_TAG, n=1, cutoff=0.6)
    return _BY_TAG[close[0]] if close else None
