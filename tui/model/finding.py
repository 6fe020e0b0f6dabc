"""Something recognised in a record's own words: a research resource, a data accession."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One identifier found in text."""

    kind: str
    """What it is, in words: ``antibody``, ``software``, ``GEO series``, ``clinical trial`` ..."""
    id: str
    """The identifier in its canonical spelling: ``RRID:AB_2313584``, ``GSE12345``."""
    url: str
    """Its page on the web, https, percent-encoded."""
    place: str
    """Where in the record it stands: ``title``, ``abstract``, ``keywords`` or ``data banks``."""
    quote: str
    """The text as it stands there."""
