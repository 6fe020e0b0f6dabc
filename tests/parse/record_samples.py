"""Records in our own words, for tests that put one thing into them and look for it."""

from __future__ import annotations

from tui.model.record import Record
from tui.parse import parse_record


def xml_of(
    *,
    title: str = "A title.",
    journal: str = "",
    date: str = "<Year>2007</Year>",
    article: str = "",
    citation: str = "",
    data: str = "",
    attributes: str = 'Status="MEDLINE" Owner="NLM"',
) -> str:
    """A PubmedArticle with this XML in its title, Journal, PubDate, Article, MedlineCitation and PubmedData."""
    return (
        f'<PubmedArticle><MedlineCitation {attributes}><PMID Version="2">7</PMID>'
        f'<Article PubModel="Print"><Journal>{journal}<JournalIssue CitedMedium="Internet"><Volume>449</Volume>'
        f"<Issue>7162</Issue><PubDate>{date}</PubDate></JournalIssue></Journal>"
        f"<ArticleTitle>{title}</ArticleTitle>{article}</Article>{citation}</MedlineCitation>"
        f"<PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def record_of(**places: str) -> Record:
    return parse_record(xml_of(**places).encode())


def title_of(xml: str) -> str:
    return record_of(title=xml).title


def book_of(*, document: str = "", book: str = "", data: str = "") -> Record:
    return parse_record(
        (
            f'<PubmedBookArticle><BookDocument><PMID Version="1">7</PMID>'
            '<ArticleIdList><ArticleId IdType="bookaccession">NBK7</ArticleId></ArticleIdList>'
            "<Book><Publisher><PublisherName>A <i>small</i> press</PublisherName>"
            "<PublisherLocation>Here</PublisherLocation></Publisher>"
            f'<BookTitle book="b">The book</BookTitle><PubDate><Year>1993</Year></PubDate>{book}</Book>{document}'
            f"</BookDocument><PubmedBookData>{data}</PubmedBookData></PubmedBookArticle>"
        ).encode()
    )
