"""Records of our own making as PubMed's XML, for tests that need to know every word of them."""

from __future__ import annotations

from collections.abc import Iterable

from tests.pubmed_answers import PROLOG
from tests.pubmed_double import PubMedDouble

TITLE = "Stromal cells in a dish."


def article(
    pmid: int, title: str = TITLE, *, version: int = 1, revised: int = 20200101, abstract: str = "Few words."
) -> bytes:
    """A record; `revised` is yyyymmdd, the texts are XML."""
    year, month, day = revised // 10000, revised // 100 % 100, revised % 100
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="{version}">{pmid}</PMID>'
        f"<DateRevised><Year>{year}</Year><Month>{month:02}</Month><Day>{day:02}</Day></DateRevised>"
        '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2019</Year></PubDate>'
        "</JournalIssue><Title>Journal of made-up results</Title><ISOAbbreviation>J Made Up</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{abstract}</AbstractText></Abstract>"
        '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Müller</LastName><Initials>AE</Initials></Author>'
        '<Author ValidYN="Y"><LastName>Sampler</LastName><Initials>S</Initials></Author></AuthorList>'
        "<Language>eng</Language></Article></MedlineCitation></PubmedArticle>"
    ).encode()


def deletion(*pmids: int) -> bytes:
    """PubMed's word that these records are withdrawn."""
    return b"<DeleteCitation>%b</DeleteCitation>" % b"".join(b'<PMID Version="1">%d</PMID>' % pmid for pmid in pmids)


def article_set(elements: Iterable[bytes]) -> bytes:
    return PROLOG + b"<PubmedArticleSet>\n" + b"\n".join(elements) + b"\n</PubmedArticleSet>\n"


def holding(pmids: Iterable[int]) -> PubMedDouble:
    """A stand-in that holds a record for each of these."""
    double = PubMedDouble()
    for pmid in pmids:
        double.add(article(pmid))
    return double
