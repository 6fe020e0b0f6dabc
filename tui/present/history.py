"""The dates of a record's history in words."""

DATES: dict[str, str] = {
    "published": "Published",
    "received": "Received",
    "revised": "Revised by its authors",
    "accepted": "Accepted",
    "epublish": "Published online",
    "ppublish": "Published in print",
    "aheadofprint": "Ahead of print",
    "ecollection": "In electronic collection",
    "retracted": "Retracted",
    "pubmed": "In PubMed",
    "medline": "In MEDLINE",
    "entrez": "Entered",
    "pmc": "In PMC",
    "pmc-release": "Free in PMC from",
    "premedline": "In process",
}
"""PubStatus (PubMedPubDate, pubmed_250101.dtd)."""
