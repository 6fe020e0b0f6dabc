"""One PubmedArticle or MedlineCitation to a `Record` (pubmed_250101.dtd and its predecessors back to 2006).

Each walk goes over an element's children once and asks for their tag, the commonest first. A child that no
branch names is kept as a `Node`: a new DTD loses nothing here, and a test over real files shows what is new.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Affiliation,
    ArticleDate,
    BookLink,
    DataObject,
    ELocation,
    Grant,
    HistoryDate,
    Identifier,
    Issue,
    Journal,
    Node,
    Note,
    Pagination,
    PersonList,
    Record,
    Reference,
    ReferenceList,
)
from tui.parse import indexing
from tui.parse.dates import date_of
from tui.parse.markup import text_of
from tui.parse.other import only, other
from tui.parse.people import people_of, person
from tui.parse.stream import NotPubMedXml

Fields = dict[str, Any]
"""Values for `Record`, by field name, as they are found; ``journal`` is a dict until all its parts are there."""


def article(root: Element) -> Record:
    """A PubmedArticle, or a MedlineCitation that stands alone. Raises `NotPubMedXml` where it has no PMID."""
    fields: Fields = {"journal": {}}
    extra: list[Node] = []
    if root.tag == "MedlineCitation":
        _citation(root, fields, extra)
    else:
        for child in root:
            if child.tag == "MedlineCitation":
                _citation(child, fields, extra)
            elif child.tag == "PubmedData":
                data_parts(child, fields, extra)
            else:
                other(child, root, extra)
    fields["journal"] = Journal(**fields["journal"])
    return record_of(fields, extra)


def record_of(fields: Fields, extra: list[Node]) -> Record:
    """The record of these fields. Raises `NotPubMedXml` where there is no PMID among them."""
    if not fields.get("pmid"):
        raise NotPubMedXml("A record has no PMID.", "It cannot be kept without one; fetch or download it again.")
    return Record(**fields, unrecognised=tuple(extra))


def pmid_of(element: Element, fields: Fields) -> None:
    number = (element.text or "").strip()
    if number.isdigit() and number.isascii() and len(number) <= 9:
        fields["pmid"] = int(number)
    fields["version"] = element.get("Version", "1")


def _citation(citation: Element, fields: Fields, extra: list[Node]) -> None:
    get = citation.get
    fields["status"] = get("Status", "")
    fields["owner"] = get("Owner", "")
    fields["indexing_method"] = get("IndexingMethod", "")
    fields["version_id"] = get("VersionID", "")
    fields["version_date"] = get("VersionDate", "")
    citation_parts(citation, fields, extra)


def citation_parts(citation: Element, fields: Fields, extra: list[Node]) -> None:
    """The children of MedlineCitation."""
    repeated: dict[str, list[Any]] = {}
    for child in citation:
        tag = child.tag
        if tag == "PMID":
            pmid_of(child, fields)
        elif tag in _CITATION_DATES:
            fields[_CITATION_DATES[tag]] = date_of(child, extra)
        elif tag == "Article":
            fields["publication_model"] = child.get("PubModel", "")
            article_parts(child, fields, extra)
        elif tag == "MedlineJournalInfo":
            _texts(child, fields["journal"], _JOURNAL_INFO, extra)
        elif tag == "MeshHeadingList":
            headings = only(child, "MeshHeading", extra)
            fields["mesh"] = tuple([indexing.mesh_heading(heading, extra) for heading in headings])
        elif tag == "ChemicalList":
            chemicals = only(child, "Chemical", extra)
            fields["substances"] = tuple([indexing.substance(chemical, extra) for chemical in chemicals])
        elif tag == "CitationSubset":
            repeated.setdefault("citation_subsets", []).append(text_of(child))
        elif tag == "CommentsCorrectionsList":
            relations = only(child, "CommentsCorrections", extra)
            fields["relations"] = tuple([indexing.relation(relation, extra) for relation in relations])
        elif tag == "CommentsCorrections":  # without a list around it, in files up to 2006
            fields["relations"] = tuple([indexing.relation(relation, extra) for relation in child])
        elif tag == "KeywordList":
            repeated.setdefault("keyword_lists", []).append(indexing.keyword_list(child, extra))
        elif tag == "CoiStatement":
            fields["conflict_of_interest"] = text_of(child)
        elif tag == "OtherID":
            repeated.setdefault("other_ids", []).append(Identifier(child.get("Source", ""), text_of(child)))
        elif tag == "OtherAbstract":
            repeated.setdefault("other_abstracts", []).append(abstract(child, extra))
        elif tag == "SupplMeshList":
            concepts = only(child, "SupplMeshName", extra)
            fields["supplementary_concepts"] = tuple([indexing.term(concept) for concept in concepts])
        elif tag == "GeneSymbolList":
            fields["gene_symbols"] = tuple([text_of(symbol) for symbol in only(child, "GeneSymbol", extra)])
        elif tag == "NumberOfReferences":
            fields["number_of_references"] = text_of(child)
        elif tag == "PersonalNameSubjectList":
            subjects = only(child, "PersonalNameSubject", extra)
            fields["name_subjects"] = tuple([person(subject, extra) for subject in subjects])
        elif tag == "SpaceFlightMission":
            repeated.setdefault("space_flight_missions", []).append(text_of(child))
        elif tag == "InvestigatorList":
            repeated.setdefault("investigator_lists", []).append(people_of(child, "Investigator", extra))
        elif tag == "GeneralNote":
            repeated.setdefault("notes", []).append(Note(text_of(child), child.get("Owner", "NLM")))
        else:
            other(child, citation, extra)
    for name, values in repeated.items():
        fields[name] = (*fields.get(name, ()), *values)


_CITATION_DATES = {"DateCompleted": "completed", "DateRevised": "revised", "DateCreated": "created"}
_JOURNAL_INFO = {
    "Country": "country",
    "MedlineTA": "medline_ta",
    "NlmUniqueID": "nlm_unique_id",
    "ISSNLinking": "issn_linking",
}
_JOURNAL = {"Title": "title", "ISOAbbreviation": "iso_abbreviation"}
_PAGES = {"MedlinePgn": "medline", "StartPage": "start", "EndPage": "end"}


def _texts(element: Element, values: dict[str, str], names: dict[str, str], extra: list[Node]) -> None:
    """Fill `values` from children that are plain text, as `names` (tag to key) says."""
    for child in element:
        name = names.get(child.tag)
        if name is None:
            other(child, element, extra)
        else:
            values[name] = text_of(child)


def article_parts(element: Element, fields: Fields, extra: list[Node]) -> None:
    """The children of Article."""
    repeated: dict[str, list[Any]] = {}
    affiliation: Element | None = None
    for child in element:
        tag = child.tag
        if tag == "Journal":
            _journal(child, fields, extra)
        elif tag == "ArticleTitle":
            fields["title"] = text_of(child)
            fields["title_link"] = book_link(child)
        elif tag == "AuthorList":
            repeated.setdefault("author_lists", []).append(people_of(child, "Author", extra))
        elif tag == "Abstract":
            fields["abstract"] = abstract(child, extra)
        elif tag == "ELocationID":
            repeated.setdefault("elocations", []).append(elocation(child))
        elif tag == "Pagination":
            fields["pagination"] = pagination(child, extra)
        elif tag == "Language":
            repeated.setdefault("languages", []).append(text_of(child))
        elif tag == "PublicationTypeList":
            kinds = only(child, "PublicationType", extra)
            fields["publication_types"] = tuple([indexing.term(kind) for kind in kinds])
        elif tag == "ArticleDate":
            date = ArticleDate(date_of(child, extra), child.get("DateType", "Electronic"))
            repeated.setdefault("article_dates", []).append(date)
        elif tag == "GrantList":
            fields["grants"] = grants(child, extra)
            fields["grants_complete"] = child.get("CompleteYN") != "N"
        elif tag == "DataBankList":
            fields["data_banks"] = tuple([indexing.data_bank(bank, extra) for bank in only(child, "DataBank", extra)])
            fields["data_banks_complete"] = child.get("CompleteYN") != "N"
        elif tag == "VernacularTitle":
            fields["vernacular_title"] = text_of(child)
        elif tag == "Affiliation":
            affiliation = child
        else:
            other(child, element, extra)
    for name, values in repeated.items():
        fields[name] = (*fields.get(name, ()), *values)
    if affiliation is not None and not _gave_to_first_author(text_of(affiliation), fields):
        other(affiliation, element, extra)


def _gave_to_first_author(affiliation: str, fields: Fields) -> bool:
    """In files up to 2009 the article has one affiliation, which is its first author's."""
    lists: tuple[PersonList, ...] = fields.get("author_lists", ())
    if not lists or not lists[0].people:
        return False
    first, *others = lists[0].people
    first = first._replace(affiliations=(*first.affiliations, Affiliation(affiliation)))
    fields["author_lists"] = (lists[0]._replace(people=(first, *others)), *lists[1:])
    return True


def _journal(element: Element, fields: Fields, extra: list[Node]) -> None:
    journal = fields["journal"]
    for child in element:
        tag = child.tag
        if tag == "ISSN":
            journal["issn"] = text_of(child)
            journal["issn_type"] = child.get("IssnType", "")
        elif tag == "JournalIssue":
            fields["issue"] = _issue(child, extra)
        elif tag in _JOURNAL:
            journal[_JOURNAL[tag]] = text_of(child)
        else:
            other(child, element, extra)


def _issue(element: Element, extra: list[Node]) -> Issue:
    volume = issue = ""
    date = PartialDate()
    for child in element:
        if child.tag == "PubDate":
            date = date_of(child, extra)
        elif child.tag == "Volume":
            volume = text_of(child)
        elif child.tag == "Issue":
            issue = text_of(child)
        else:
            other(child, element, extra)
    return Issue(volume, issue, date, element.get("CitedMedium", ""))


def pagination(element: Element, extra: list[Node]) -> Pagination:
    pages: dict[str, str] = {}
    _texts(element, pages, _PAGES, extra)
    return Pagination(**pages)


def elocation(element: Element) -> ELocation:
    return ELocation(element.get("EIdType", ""), text_of(element), element.get("ValidYN") != "N")


def book_link(element: Element) -> BookLink:
    if not element.attrib:
        return _NO_LINK
    return BookLink(element.get("book", ""), element.get("part", ""), element.get("sec", ""))


_NO_LINK = BookLink()


def grants(element: Element, extra: list[Node]) -> tuple[Grant, ...]:
    return tuple([indexing.grant(grant, extra) for grant in only(element, "Grant", extra)])


def abstract(element: Element, extra: list[Node]) -> Abstract:
    """Abstract or OtherAbstract."""
    sections: list[AbstractSection] = []
    copyright = ""
    for child in element:
        if child.tag == "AbstractText":
            sections.append(AbstractSection(text_of(child), child.get("Label", ""), child.get("NlmCategory", "")))
        elif child.tag == "CopyrightInformation":
            copyright = text_of(child)
        else:
            other(child, element, extra)
    other_language = "eng" if element.tag == "OtherAbstract" else ""
    return Abstract(tuple(sections), copyright, element.get("Type", ""), element.get("Language", other_language))


def identifiers(element: Element, extra: list[Node]) -> tuple[Identifier, ...]:
    """ArticleIdList."""
    children = only(element, "ArticleId", extra)
    return tuple([Identifier(child.get("IdType", "pubmed"), text_of(child)) for child in children])


def data_parts(element: Element, fields: Fields, extra: list[Node]) -> None:
    """The children of PubmedData, or of PubmedBookData."""
    references: list[ReferenceList] = []
    for child in element:
        tag = child.tag
        if tag == "History":
            dates = only(child, "PubMedPubDate", extra)
            fields["history"] = tuple([HistoryDate(date.get("PubStatus", ""), date_of(date, extra)) for date in dates])
        elif tag == "ArticleIdList":
            # A book document has a list of its own as well; neither may hide the other.
            known = fields.get("ids", ())
            fields["ids"] = known + tuple([found for found in identifiers(child, extra) if found not in known])
        elif tag == "PublicationStatus":
            fields["publication_status"] = text_of(child)
        elif tag == "ReferenceList":
            references.append(reference_list(child, extra))
        elif tag == "ObjectList":
            fields["objects"] = tuple([_object(thing, extra) for thing in only(child, "Object", extra)])
        else:
            other(child, element, extra)
    if references:
        fields["reference_lists"] = (*fields.get("reference_lists", ()), *references)


def _object(element: Element, extra: list[Node]) -> DataObject:
    parameters = [(child.get("Name", ""), text_of(child)) for child in only(element, "Param", extra)]
    return DataObject(element.get("Type", ""), tuple(parameters))


def reference_list(element: Element, extra: list[Node]) -> ReferenceList:
    references: list[Reference] = []
    lists: list[ReferenceList] = []
    title = ""
    for child in element:
        tag = child.tag
        if tag == "Reference":
            references.append(_reference(child, extra))
        elif tag == "Title":
            title = text_of(child)
        elif tag == "ReferenceList":
            lists.append(reference_list(child, extra))
        else:
            other(child, element, extra)
    return ReferenceList(tuple(references), title, tuple(lists))


def _reference(element: Element, extra: list[Node]) -> Reference:
    citation = ""
    ids: tuple[Identifier, ...] = ()
    for child in element:
        if child.tag == "Citation":
            citation = text_of(child)
        elif child.tag == "ArticleIdList":
            ids = identifiers(child, extra)
        else:
            other(child, element, extra)
    return Reference(citation, ids)
