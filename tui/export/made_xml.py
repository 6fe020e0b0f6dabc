"""PubMed's XML of a record that was read from MEDLINE text: every element for which that text says something.

The order is that of pubmed_250101.dtd. An element that it demands is empty where the text does not fill it, and so are
the unique ids of NLM's vocabularies; an attribute that takes one of a few words (the type of a supplementary concept)
is left out where the text says none. What the DTD has no place for, the text alone has.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    Book,
    DataBank,
    ELocation,
    Grant,
    KeywordList,
    MeshHeading,
    Pagination,
    Person,
    PersonList,
    Record,
    Relation,
)


def made(record: Record) -> str:
    """One PubmedArticle or PubmedBookArticle."""
    if record.book is not None:
        return _in("PubmedBookArticle", _book_document(record, record.book), _data("PubmedBookData", record))
    return _in("PubmedArticle", _citation(record), _data("PubmedData", record))


def _citation(record: Record) -> str:
    journal = record.journal
    return _in(
        "MedlineCitation",
        _element("PMID", str(record.pmid), Version=record.version),
        _date("DateCompleted", record.completed),
        _date("DateRevised", record.revised),
        _article(record),
        _in(
            "MedlineJournalInfo",
            _text("Country", journal.country),
            _element("MedlineTA", journal.medline_ta),
            _text("NlmUniqueID", journal.nlm_unique_id),
            _text("ISSNLinking", journal.issn_linking),
        ),
        _in(
            "ChemicalList",
            *(
                _in(
                    "Chemical",
                    _element("RegistryNumber", substance.registry_number),
                    _element("NameOfSubstance", substance.name, UI=substance.ui),
                )
                for substance in record.substances
            ),
        ),
        _in(
            "SupplMeshList",
            *(_element("SupplMeshName", each.name, UI=each.ui) for each in record.supplementary_concepts),
        ),
        *(_text("CitationSubset", subset) for subset in record.citation_subsets),
        _in("CommentsCorrectionsList", *map(_relation, record.relations)),
        _in("GeneSymbolList", *(_text("GeneSymbol", symbol) for symbol in record.gene_symbols)),
        _in("MeshHeadingList", *map(_heading, record.mesh)),
        _text("NumberOfReferences", record.number_of_references),
        _in("PersonalNameSubjectList", *(_person("PersonalNameSubject", each) for each in record.name_subjects)),
        *(_element("OtherID", each.value, Source=each.kind) for each in record.other_ids),
        *(_other_abstract(each) for each in record.other_abstracts),
        *map(_keywords, record.keyword_lists),
        _text("CoiStatement", record.conflict_of_interest),
        *(_text("SpaceFlightMission", mission) for mission in record.space_flight_missions),
        *(_people("InvestigatorList", "Investigator", each) for each in record.investigator_lists),
        *(_element("GeneralNote", note.text, Owner=note.owner) for note in record.notes),
        **({"Owner": record.owner} if record.owner else {}),
        Status=record.status,
    )


def _article(record: Record) -> str:
    journal, issue = record.journal, record.issue
    medium = issue.medium or ("Internet" if journal.issn_type == "Electronic" else "Print")
    places = list(map(_place, record.elocations))
    return _in(
        "Article",
        _in(
            "Journal",
            _element("ISSN", journal.issn, IssnType=journal.issn_type) if journal.issn else "",
            _in(
                "JournalIssue",
                _text("Volume", issue.volume),
                _text("Issue", issue.issue),
                _date("PubDate", issue.date) or _in("PubDate", _element("MedlineDate", "")),
                CitedMedium=medium,
            ),
            _text("Title", journal.title),
            _text("ISOAbbreviation", journal.iso_abbreviation),
        ),
        _element("ArticleTitle", record.title),
        _pages(record.pagination) or ("" if places else _in("Pagination", _element("MedlinePgn", ""))),
        *places,
        _abstract("Abstract", record.abstract),
        *(_people("AuthorList", "Author", each) for each in record.author_lists),
        *(_text("Language", language) for language in record.languages or ("und",)),
        _in("DataBankList", *map(_data_bank, record.data_banks)),
        _in("GrantList", *map(_grant, record.grants)),
        _in("PublicationTypeList", *_types(record)),
        _text("VernacularTitle", record.vernacular_title),
        *(_date("ArticleDate", each.date, DateType=each.kind) for each in record.article_dates),
        PubModel=record.publication_model,
    )


def _book_document(record: Record, book: Book) -> str:
    return _in(
        "BookDocument",
        _element("PMID", str(record.pmid), Version=record.version),
        _ids(record),
        _in(
            "Book",
            _in(
                "Publisher",
                _element("PublisherName", book.publisher),
                _text("PublisherLocation", book.publisher_location),
            ),
            _element("BookTitle", book.title),
            _date("PubDate", book.date) or _in("PubDate", _element("MedlineDate", "")),
            *(_people("AuthorList", "Author", each) for each in book.authors),
            _text("Volume", book.volume),
            _text("VolumeTitle", book.volume_title),
            _text("Edition", book.edition),
            _text("CollectionTitle", book.collection),
            *(_text("Isbn", isbn) for isbn in book.isbns),
            *map(_place, book.elocations),
        ),
        *(_element("LocationLabel", text, Type=kind) for kind, text in book.locations),
        _text("ArticleTitle", record.title),
        _text("VernacularTitle", record.vernacular_title),
        _pages(record.pagination),
        *(_text("Language", language) for language in record.languages),
        *(_people("AuthorList", "Author", each) for each in record.author_lists),
        *(_people("InvestigatorList", "Investigator", each) for each in record.investigator_lists),
        *_types(record),
        _abstract("Abstract", record.abstract),
        *map(_keywords, record.keyword_lists),
        _date("ContributionDate", book.contributed),
        _date("DateRevised", record.revised),
        _in("GrantList", *map(_grant, record.grants)),
    )


def _data(name: str, record: Record) -> str:
    """PubmedData or PubmedBookData."""
    dates = (_date("PubMedPubDate", each.date, PubStatus=each.status) for each in record.history)
    return _in(name, _in("History", *dates), _element("PublicationStatus", record.publication_status), _ids(record))


def _ids(record: Record) -> str:
    return _in("ArticleIdList", *(_element("ArticleId", each.value, IdType=each.kind) for each in record.ids))


def _people(name: str, member: str, people: PersonList) -> str:
    whole = {"CompleteYN": "Y" if people.complete else "N"} if name == "AuthorList" else {}
    kind = {"Type": people.kind} if people.kind else {}
    return _in(name, *(_person(member, person) for person in people.people), **whole, **kind)


def _person(name: str, person: Person) -> str:
    parts = (
        (_text("CollectiveName", person.collective_name),)
        if person.collective_name
        else (
            _element("LastName", person.last_name),
            _text("ForeName", person.fore_name),
            _text("Initials", person.initials),
            _text("Suffix", person.suffix),
        )
    )
    return _in(
        name,
        *parts,
        *(_element("Identifier", each.value, Source=each.kind) for each in person.identifiers),
        *(_in("AffiliationInfo", _text("Affiliation", each.text)) for each in person.affiliations),
    )


def _abstract(name: str, abstract: Abstract, **attributes: str) -> str:
    sections = (
        _element("AbstractText", section.text, **({"Label": section.label} if section.label else {}))
        for section in abstract.sections
    )
    return _in(name, *sections, _text("CopyrightInformation", abstract.copyright), **attributes)


def _other_abstract(abstract: Abstract) -> str:
    kind = {"Type": abstract.kind} if abstract.kind else {}
    return _abstract("OtherAbstract", abstract, **kind, Language=abstract.language or "eng")


def _heading(heading: MeshHeading) -> str:
    descriptor = heading.descriptor
    return _in(
        "MeshHeading",
        _element("DescriptorName", descriptor.name, UI=descriptor.ui, MajorTopicYN=_yes_or_no(descriptor.major)),
        *(
            _element("QualifierName", each.name, UI=each.ui, MajorTopicYN=_yes_or_no(each.major))
            for each in heading.qualifiers
        ),
    )


def _keywords(given: KeywordList) -> str:
    words = (_element("Keyword", each.text, MajorTopicYN=_yes_or_no(each.major)) for each in given.keywords)
    return _in("KeywordList", *words, Owner=given.owner)


def _relation(relation: Relation) -> str:
    pmid = _element("PMID", str(relation.pmid), Version=relation.version or "1") if relation.pmid else ""
    source = _element("RefSource", relation.source)
    return _in("CommentsCorrections", source, pmid, _text("Note", relation.note), RefType=relation.kind)


def _grant(grant: Grant) -> str:
    return _in(
        "Grant",
        _text("GrantID", grant.id),
        _text("Acronym", grant.acronym),
        _element("Agency", grant.agency),
        _text("Country", grant.country),
    )


def _types(record: Record) -> list[str]:
    return [_element("PublicationType", each.name, UI=each.ui) for each in record.publication_types]


def _data_bank(bank: DataBank) -> str:
    numbers = (_text("AccessionNumber", number) for number in bank.accessions)
    return _in("DataBank", _element("DataBankName", bank.name), _in("AccessionNumberList", *numbers))


def _pages(pages: Pagination) -> str:
    return _in(
        "Pagination", _text("StartPage", pages.start), _text("EndPage", pages.end), _text("MedlinePgn", pages.medline)
    )


def _place(place: ELocation) -> str:
    return _element("ELocationID", place.value, EIdType=place.kind or "pii", ValidYN=_yes_or_no(place.valid))


def _date(name: str, date: PartialDate, **attributes: str) -> str:
    parts = zip(
        ("Year", "Month", "Day", "Season", "MedlineDate", "Hour", "Minute", "Second"),
        (date.year, date.month, date.day, date.season, date.medline_date, date.hour, date.minute, date.second),
        strict=True,
    )
    return _in(name, *(_text(part, value) for part, value in parts), **attributes)


def _yes_or_no(truth: bool) -> str:
    return "Y" if truth else "N"


def _text(name: str, text: str) -> str:
    """The element, if there is a text to put into it."""
    return _element(name, text) if text else ""


def _element(name: str, text: str, **attributes: str) -> str:
    return f"<{name}{_written(attributes.items())}>{_escaped(one_line(text))}</{name}>"


def _in(name: str, *children: str, **attributes: str) -> str:
    """These elements in one, if there are any."""
    inside = "".join(children)
    return f"<{name}{_written(attributes.items())}>{inside}</{name}>" if inside else ""


def _written(attributes: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {name}="{_escaped(one_line(value))}"' for name, value in attributes)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
