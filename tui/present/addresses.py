"""Where a record stands on the web. An address is only made of an id that has the form of one: ids are foreign text."""

from __future__ import annotations

import re
from urllib.parse import quote

from tui.model.record import Record

_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_PMCID = re.compile(r"PMC[0-9]+")


def pubmed_url(pmid: int) -> str:
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def doi_url(doi: str) -> str:
    """An empty string where `doi` has not the form of one (DOI Handbook, 2.2)."""
    return f"https://doi.org/{quote(doi, safe='/')}" if _DOI.fullmatch(doi) else ""


def pmc_url(pmcid: str) -> str:
    """An empty string where `pmcid` is not ``PMC`` and a number."""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/" if _PMCID.fullmatch(pmcid) else ""


def addresses(record: Record) -> dict[str, str]:
    """Those that the record has, by what is found there: ``pubmed``, ``doi``, ``pmc``; always PubMed's, first."""
    found = {"pubmed": pubmed_url(record.pmid), "doi": doi_url(record.doi), "pmc": pmc_url(record.pmcid)}
    return {place: url for place, url in found.items() if url}
