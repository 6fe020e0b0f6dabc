"""Identifiers in a reference, each with its address: DOI, PMID, PMCID, Bookshelf.

An address is made of the identifier percent-encoded, behind a host of this file's own.
"""

from __future__ import annotations

from urllib.parse import quote

from tui.export.reference import Run, Sentence, phrase
from tui.model.clean import one_line
from tui.model.record import Record

_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_PMC = "https://pmc.ncbi.nlm.nih.gov/articles/"
_BOOKSHELF = "https://www.ncbi.nlm.nih.gov/books/"


def doi_address(doi: str) -> str:
    """``https://doi.org/10.1038/nature06188``."""
    return f"https://doi.org/{quote(one_line(doi), safe='/:;.-_')}"


def pubmed_address(pmid: int) -> str:
    return f"{_PUBMED}{pmid}/"


def pmc_address(pmcid: str) -> str:
    return f"{_PMC}{quote(one_line(pmcid), safe='')}/"


def bookshelf_address(record: Record) -> str:
    """The chapter's or the book's page at NCBI's Bookshelf; empty where it has none."""
    accession = one_line(record.id("bookaccession"))
    return f"{_BOOKSHELF}{quote(accession, safe='')}/" if accession else ""


def nlm_doi(record: Record) -> Sentence:
    """``doi: 10.1038/nature06188.``"""
    doi = one_line(record.doi)
    return phrase(Run(f"doi: {doi}", link=doi_address(doi)), ".") if doi else ()


def nlm_ids(record: Record) -> Sentence:
    """``PMID: 17914389; PMCID: PMC123.``"""
    pmcid = one_line(record.pmcid)
    pmc = ("; ", Run(f"PMCID: {pmcid}", link=pmc_address(pmcid))) if pmcid else ()
    return phrase(Run(f"PMID: {record.pmid}", link=pubmed_address(record.pmid)), *pmc, ".")


def ama_doi(record: Record) -> Sentence:
    """``doi:10.1038/nature06188``, without a stop that could be taken for a part of it."""
    doi = one_line(record.doi)
    return phrase(Run(f"doi:{doi}", link=doi_address(doi))) if doi else ()


def doi_link(record: Record) -> Sentence:
    """``https://doi.org/10.1038/nature06188``, as APA and MLA print it."""
    doi = one_line(record.doi)
    return phrase(Run(f"https://doi.org/{doi}", link=doi_address(doi))) if doi else ()


def bookshelf_link(record: Record, before: str = "") -> Sentence:
    """The address at the Bookshelf, after `before`; no stop follows it."""
    address = bookshelf_address(record)
    return phrase(before, Run(address, link=address)) if address else ()
