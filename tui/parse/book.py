"""One PubmedBookArticle or BookDocument to a `Record` whose `book` is set."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from tui.model.record import Book, ItemList, Node, PersonList, Record, Section
from tui.parse import indexing, pubmed
from tui.parse.dates import date_of
from tui.parse.markup import text_of
from tui.parse.other import only, other
from tui.parse.people import people_of


def book_record(root: Element) -> Record:
    """Raises `NotPubMedXml` where there is no PMID."""
    fields: pubmed.Fields = {}
    extra: list[Node] = []
    if root.tag == "BookDocument":
        _document(root, fields, extra)
    else:
        for child in root:
            if child.tag == "BookDocument":
                _document(child, fields, extra)
            elif child.tag == "PubmedBookData":
                pubmed.data_parts(child, fields, extra)
            else:
                other(child, root, extra)
    return pubmed.record_of(fields, extra)


def _document(document: Element, fields: pubmed.Fields, extra: list[Node]) -> None:
    book: dict[str, Any] = {}
    repeated: dict[str, list[Any]] = {}
    locations: list[tuple[str, str]] = []
    items: list[ItemList] = []
    for child in document:
        tag = child.tag
        if tag == "PMID":
            pubmed.pmid_of(child, fields)
        elif tag == "ArticleIdList":
            fields["ids"] = pubmed.identifiers(child, extra)
        elif tag == "Book":
            _book(child, book, extra)
        elif tag == "LocationLabel":
            locations.append((child.get("Type", ""), text_of(child)))
        elif tag == "ArticleTitle":
            fields["title"] = text_of(child)
            fields["title_link"] = pubmed.book_link(child)
        elif tag == "VernacularTitle":
            fields["vernacular_title"] = text_of(child)
        elif tag == "Pagination":
            fields["pagination"] = pubmed.pagination(child, extra)
        elif tag == "Language":
            repeated.setdefault("languages", []).append(text_of(child))
        elif tag == "AuthorList":
            repeated.setdefault("author_lists", []).append(people_of(child, "Author", extra))
        elif tag == "InvestigatorList":
            repeated.setdefault("investigator_lists", []).append(people_of(child, "Investigator", extra))
        elif tag == "PublicationType":
            repeated.setdefault("publication_types", []).append(indexing.term(child))
        elif tag == "Abstract":
            fields["abstract"] = pubmed.abstract(child, extra)
        elif tag == "Sections":
            book["sections"] = tuple([_section(section, extra) for section in only(child, "Section", extra)])
        elif tag == "KeywordList":
            repeated.setdefault("keyword_lists", []).append(indexing.keyword_list(child, extra))
        elif tag == "ContributionDate":
            book["contributed"] = date_of(child, extra)
        elif tag == "DateRevised":
            fields["revised"] = date_of(child, extra)
        elif tag == "GrantList":
            fields["grants"] = pubmed.grants(child, extra)
            fields["grants_complete"] = child.get("CompleteYN") != "N"
        elif tag == "ItemList":
            texts = [text_of(item) for item in only(child, "Item", extra)]
            items.append(ItemList(child.get("ListType", ""), tuple(texts)))
        elif tag == "ReferenceList":
            repeated.setdefault("reference_lists", []).append(pubmed.reference_list(child, extra))
        else:
            other(child, document, extra)
    for name, values in repeated.items():
        fields[name] = tuple(values)
    fields["book"] = Book(**book, locations=tuple(locations), items=tuple(items))


_TEXTS = {
    "Volume": "volume",
    "VolumeTitle": "volume_title",
    "Edition": "edition",
    "Medium": "medium",
    "ReportNumber": "report_number",
}
_DATES = {"PubDate": "date", "BeginningDate": "beginning", "EndingDate": "ending"}


def _book(element: Element, book: dict[str, Any], extra: list[Node]) -> None:
    authors: list[PersonList] = []
    isbns: list[str] = []
    elocations = []
    for child in element:
        tag = child.tag
        if tag in _TEXTS:
            book[_TEXTS[tag]] = text_of(child)
        elif tag in _DATES:
            book[_DATES[tag]] = date_of(child, extra)
        elif tag == "BookTitle":
            book["title"], book["link"] = text_of(child), pubmed.book_link(child)
        elif tag == "CollectionTitle":
            book["collection"], book["collection_link"] = text_of(child), pubmed.book_link(child)
        elif tag == "Publisher":
            for part in child:
                if part.tag == "PublisherName":
                    book["publisher"] = text_of(part)
                elif part.tag == "PublisherLocation":
                    book["publisher_location"] = text_of(part)
                else:
                    other(part, child, extra)
        elif tag == "AuthorList":
            authors.append(people_of(child, "Author", extra))
        elif tag == "InvestigatorList":
            book["investigators"] = people_of(child, "Investigator", extra)
        elif tag == "Isbn":
            isbns.append(text_of(child))
        elif tag == "ELocationID":
            elocations.append(pubmed.elocation(child))
        else:
            other(child, element, extra)
    book["authors"] = tuple(authors)
    book["isbns"] = tuple(isbns)
    book["elocations"] = tuple(elocations)


def _section(element: Element, extra: list[Node]) -> Section:
    title = label = kind = ""
    link = pubmed.book_link(element)
    sections: list[Section] = []
    for child in element:
        if child.tag == "SectionTitle":
            title, link = text_of(child), pubmed.book_link(child)
        elif child.tag == "LocationLabel":
            label, kind = text_of(child), child.get("Type", "")
        elif child.tag == "Section":
            sections.append(_section(child, extra))
        else:
            other(child, element, extra)
    return Section(title, link, label, kind, tuple(sections))
