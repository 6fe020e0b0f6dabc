"""What MEDLINE format calls things that the XML has other names for: read and written by the same tables."""

from __future__ import annotations

STATUSES = {"EDAT": "pubmed", "MHDA": "medline", "PMCR": "pmc-release", "CRDT": "entrez"}
"""Dates with a field of their own, and their PubStatus (PubMedPubDate, pubmed_250101.dtd)."""

SECOND_DATES = {"Print-Electronic": "Epub", "Electronic-Print": "Print", "Electronic-eCollection": "eCollection"}
"""By PubModel (Article), what the citation (SO) calls the date that does not lead."""
