"""PubMed XML of records that do not exist, for the stories."""

from __future__ import annotations

from xml.sax.saxutils import escape


def article(pmid: int, title: str, *, version: int = 1, abstract: str = "", more: str = "") -> bytes:
    """One PubmedArticle; `more` is XML that follows its journal, article and so on inside MedlineCitation."""
    text = f"<Abstract><AbstractText>{escape(abstract)}</AbstractText></Abstract>" if abstract else ""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="{version}">{pmid}</PMID>'
        '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year></PubDate>'
        "</JournalIssue><Title>Journal of made-up results</Title><ISOAbbreviation>J Made Up</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{escape(title)}</ArticleTitle>{text}"
        '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Muster</LastName><Initials>AE</Initials></Author>'
        f"</AuthorList><Language>eng</Language></Article>{more}</MedlineCitation></PubmedArticle>"
    ).encode()
