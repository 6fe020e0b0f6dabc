"""What a PubMed record is: frozen values that hold everything its XML says.

Every class names the DTD element it stands for (pubmed_250101.dtd). An absent element is an empty string
or an empty tuple, never None; an absent attribute has the DTD's default. Named tuples and not dataclasses:
thirty frozen dataclasses would cost two bare Python starts at import and twice the time to fill.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.model.dates import PartialDate

_ORCID = re.compile(r"([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9Xx])\W*\Z")
_DOI_PREFIX = re.compile(r"\A\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


class Node(NamedTuple):
    """An element that the DTD this program knows does not name, kept whole so that nothing is lost."""

    name: str
    """Where it stood, as ``MedlineCitation/NewThing``."""
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    """Its own text and the text after each of its children."""
    children: tuple[Node, ...] = ()


class Identifier(NamedTuple):
    """An id with its kind: Identifier, ArticleId, ELocationID's value, OtherID, Isbn."""

    kind: str
    """Lower-case kind as the source names it: ``doi``, ``pmc``, ``pubmed``, ``ORCID``, ``NASA`` ..."""
    value: str


class ELocation(NamedTuple):
    """ELocationID: where the article is found online."""

    kind: str
    """``doi`` or ``pii``; empty for an article number of a MEDLINE file."""
    value: str
    valid: bool = True


class Affiliation(NamedTuple):
    """AffiliationInfo."""

    text: str
    identifiers: tuple[Identifier, ...] = ()


class Person(NamedTuple):
    """Author, Investigator or PersonalNameSubject: a person, or a group where `collective_name` is given."""

    last_name: str = ""
    fore_name: str = ""
    initials: str = ""
    suffix: str = ""
    collective_name: str = ""
    """The group's name; then the personal parts are empty."""
    investigators: str = ""
    """CollectiveName's Investigators attribute: the `PersonList.id` of the group's members."""
    valid: bool = True
    """False for an earlier spelling kept beside the corrected person (ValidYN="N")."""
    equal_contribution: str = ""
    """``Y`` or ``N`` as EqualContrib says; empty where it says nothing."""
    identifiers: tuple[Identifier, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()

    @property
    def orcid(self) -> str:
        """``0000-0002-1825-0097``, from any of the forms in which PubMed has it; empty for none."""
        for identifier in self.identifiers:
            found = _ORCID.search(identifier.value) if identifier.kind == "ORCID" else None
            if found is not None:
                return "-".join(found.groups()).upper()
        return ""

    @property
    def short(self) -> str:
        """``Karnoub AE`` or ``Smith J Jr``, as PubMed's own citations write it; the group's name for a group."""
        if self.collective_name:
            return self.collective_name
        return " ".join(part for part in (self.last_name or self.fore_name, self.initials, self.suffix) if part)

    @property
    def full(self) -> str:
        """``Antoine E Karnoub``; the group's name for a group."""
        if self.collective_name:
            return self.collective_name
        name = " ".join(part for part in (self.fore_name or self.initials, self.last_name) if part)
        return f"{name}, {self.suffix}" if self.suffix else name


class PersonList(NamedTuple):
    """AuthorList or InvestigatorList."""

    people: tuple[Person, ...] = ()
    complete: bool = True
    """False where PubMed lists only some of them (CompleteYN="N": "et al.")."""
    kind: str = ""
    """``authors`` or ``editors`` in books; empty in articles."""
    id: str = ""
    """InvestigatorList's ID, named by `Person.investigators`."""


class AbstractSection(NamedTuple):
    """AbstractText."""

    text: str
    label: str = ""
    category: str = ""
    """NlmCategory: BACKGROUND, OBJECTIVE, METHODS, RESULTS, CONCLUSIONS, UNASSIGNED."""


class Abstract(NamedTuple):
    """Abstract or OtherAbstract."""

    sections: tuple[AbstractSection, ...] = ()
    copyright: str = ""
    kind: str = ""
    """OtherAbstract's Type, such as ``Publisher`` or ``plain-language-summary``; empty for the record's own."""
    language: str = ""
    """OtherAbstract's three-letter language; empty for the record's own."""


class Journal(NamedTuple):
    """Journal together with MedlineJournalInfo."""

    title: str = ""
    iso_abbreviation: str = ""
    medline_ta: str = ""
    """NLM's own title abbreviation, the one that ``[ta]`` searches."""
    issn: str = ""
    issn_type: str = ""
    """``Print`` or ``Electronic``."""
    issn_linking: str = ""
    nlm_unique_id: str = ""
    country: str = ""

    @property
    def abbreviation(self) -> str:
        return self.iso_abbreviation or self.medline_ta or self.title


class Issue(NamedTuple):
    """JournalIssue."""

    volume: str = ""
    issue: str = ""
    date: PartialDate = PartialDate()
    """PubDate."""
    medium: str = ""
    """CitedMedium: ``Print`` or ``Internet``."""


class Pagination(NamedTuple):
    """Pagination; `medline` is abbreviated (``557-63``) and may be roman, lettered or a list of ranges."""

    medline: str = ""
    start: str = ""
    end: str = ""


class ArticleDate(NamedTuple):
    """ArticleDate."""

    date: PartialDate
    kind: str = "Electronic"


class DataBank(NamedTuple):
    """DataBank, such as GENBANK or ClinicalTrials.gov."""

    name: str
    accessions: tuple[str, ...] = ()


class Grant(NamedTuple):
    """Grant."""

    id: str = ""
    acronym: str = ""
    """Two letters for an NIH institute, such as ``CA``."""
    agency: str = ""
    country: str = ""


class Term(NamedTuple):
    """A name from a controlled list: PublicationType, SupplMeshName."""

    name: str
    ui: str = ""
    """NLM's unique id, such as D016428; missing in files up to 2014."""
    kind: str = ""
    """SupplMeshName's Type: Disease, Protocol, Organism, Anatomy, Population."""


class Substance(NamedTuple):
    """Chemical."""

    name: str
    ui: str = ""
    registry_number: str = ""
    """CAS number, UNII or ``EC ...``; ``0`` means that there is none."""


class Descriptor(NamedTuple):
    """DescriptorName as it stands on a record."""

    name: str
    ui: str = ""
    major: bool = False
    kind: str = ""
    """``Geographic`` or empty."""
    automatic: str = ""
    """``Y`` where the heading was mapped by machine (AutoHM)."""


class Qualifier(NamedTuple):
    """QualifierName."""

    name: str
    ui: str = ""
    major: bool = False
    automatic: str = ""


class MeshHeading(NamedTuple):
    """MeshHeading: one descriptor with its qualifiers."""

    descriptor: Descriptor
    qualifiers: tuple[Qualifier, ...] = ()

    @property
    def major(self) -> bool:
        """Whether the heading, or one of its qualifiers, is a major topic of the record."""
        return self.descriptor.major or any(qualifier.major for qualifier in self.qualifiers)


class Relation(NamedTuple):
    """CommentsCorrections: another publication that comments on, corrects or retracts this one, or the reverse."""

    kind: str
    """RefType: CommentIn, ErratumFor, RetractionIn ..."""
    source: str
    """RefSource, a short citation."""
    pmid: int = 0
    """0 where PubMed names no record."""
    version: str = ""
    note: str = ""


class Keyword(NamedTuple):
    """Keyword."""

    text: str
    major: bool = False


class KeywordList(NamedTuple):
    """KeywordList; `owner` is who assigned them, ``NOTNLM`` being the authors."""

    keywords: tuple[Keyword, ...]
    owner: str = "NLM"


class Note(NamedTuple):
    """GeneralNote."""

    text: str
    owner: str = "NLM"


class HistoryDate(NamedTuple):
    """PubMedPubDate: when the record was received, accepted, entered ..."""

    status: str
    date: PartialDate


class DataObject(NamedTuple):
    """Object of ObjectList."""

    kind: str
    parameters: tuple[tuple[str, str], ...] = ()


class Reference(NamedTuple):
    """Reference: one entry of the article's bibliography."""

    citation: str
    ids: tuple[Identifier, ...] = ()


class ReferenceList(NamedTuple):
    """ReferenceList; lists nest."""

    references: tuple[Reference, ...] = ()
    title: str = ""
    lists: tuple[ReferenceList, ...] = ()


class BookLink(NamedTuple):
    """The attributes book, part and sec, which place a title inside NCBI Bookshelf."""

    book: str = ""
    part: str = ""
    sec: str = ""


class Section(NamedTuple):
    """Section of a book document: its table of contents."""

    title: str
    link: BookLink = BookLink()
    label: str = ""
    label_kind: str = ""
    sections: tuple[Section, ...] = ()


class ItemList(NamedTuple):
    """ItemList of a book document."""

    kind: str
    items: tuple[str, ...] = ()


class Book(NamedTuple):
    """Book, and the parts of BookDocument that articles do not have."""

    title: str = ""
    link: BookLink = BookLink()
    publisher: str = ""
    publisher_location: str = ""
    date: PartialDate = PartialDate()
    beginning: PartialDate = PartialDate()
    ending: PartialDate = PartialDate()
    authors: tuple[PersonList, ...] = ()
    """The whole book's authors or editors; the chapter's own are `Record.authors`."""
    investigators: PersonList = PersonList()
    volume: str = ""
    volume_title: str = ""
    edition: str = ""
    collection: str = ""
    collection_link: BookLink = BookLink()
    isbns: tuple[str, ...] = ()
    elocations: tuple[ELocation, ...] = ()
    medium: str = ""
    report_number: str = ""
    locations: tuple[tuple[str, str], ...] = ()
    """LocationLabel: (type, text), as ``("chapter", "7")``."""
    sections: tuple[Section, ...] = ()
    contributed: PartialDate = PartialDate()
    items: tuple[ItemList, ...] = ()


class Record(NamedTuple):
    """PubmedArticle (or bare MedlineCitation), or PubmedBookArticle where `book` is not None."""

    pmid: int
    version: str = "1"
    """PMID's Version attribute."""
    status: str = ""
    """MEDLINE, In-Process, Publisher, PubMed-not-MEDLINE ..."""
    owner: str = ""
    indexing_method: str = ""
    version_id: str = ""
    version_date: str = ""
    created: PartialDate = PartialDate()
    """DateCreated, in files up to 2017."""
    completed: PartialDate = PartialDate()
    revised: PartialDate = PartialDate()
    title: str = ""
    """ArticleTitle; in brackets where PubMed translated it."""
    title_link: BookLink = BookLink()
    vernacular_title: str = ""
    journal: Journal = Journal()
    issue: Issue = Issue()
    publication_model: str = ""
    """PubModel: Print, Print-Electronic ... says which date leads."""
    pagination: Pagination = Pagination()
    elocations: tuple[ELocation, ...] = ()
    article_dates: tuple[ArticleDate, ...] = ()
    abstract: Abstract = Abstract()
    other_abstracts: tuple[Abstract, ...] = ()
    author_lists: tuple[PersonList, ...] = ()
    """One in articles, up to two (authors, editors) in books."""
    investigator_lists: tuple[PersonList, ...] = ()
    languages: tuple[str, ...] = ()
    """Three-letter codes, ``eng``."""
    publication_types: tuple[Term, ...] = ()
    data_banks: tuple[DataBank, ...] = ()
    data_banks_complete: bool = True
    grants: tuple[Grant, ...] = ()
    grants_complete: bool = True
    substances: tuple[Substance, ...] = ()
    supplementary_concepts: tuple[Term, ...] = ()
    citation_subsets: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    gene_symbols: tuple[str, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    number_of_references: str = ""
    name_subjects: tuple[Person, ...] = ()
    """PersonalNameSubject: people the article is about."""
    other_ids: tuple[Identifier, ...] = ()
    keyword_lists: tuple[KeywordList, ...] = ()
    conflict_of_interest: str = ""
    space_flight_missions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    publication_status: str = ""
    history: tuple[HistoryDate, ...] = ()
    ids: tuple[Identifier, ...] = ()
    """PubmedData's ArticleIdList, never a reference's."""
    objects: tuple[DataObject, ...] = ()
    reference_lists: tuple[ReferenceList, ...] = ()
    book: Book | None = None
    unrecognised: tuple[Node, ...] = ()

    @property
    def authors(self) -> tuple[Person, ...]:
        """The authors as cited: without superseded spellings (ValidYN="N"), without the editors of a book."""
        return tuple(
            person
            for people in self.author_lists
            if people.kind != "editors"
            for person in people.people
            if person.valid
        )

    @property
    def authors_complete(self) -> bool:
        return all(people.complete for people in self.author_lists)

    def id(self, kind: str) -> str:
        """The article id of this kind (``doi``, ``pmc``, ``pii``, ``mid`` ...), or an empty string."""
        for identifier in self.ids:
            if identifier.kind == kind and identifier.value:
                return identifier.value
        return ""

    @property
    def doi(self) -> str:
        """The DOI without prefix, from ArticleIdList or a valid ELocationID."""
        doi = self.id("doi")
        if not doi:
            places = self.elocations + (self.book.elocations if self.book else ())
            doi = next((place.value for place in places if place.kind == "doi" and place.valid), "")
        return _DOI_PREFIX.sub("", doi).strip()

    @property
    def pmcid(self) -> str:
        """``PMC7745181``, or an empty string."""
        pmcid = self.id("pmc")
        return f"PMC{pmcid}" if pmcid.isdigit() else pmcid

    @property
    def date(self) -> PartialDate:
        """The date of publication to show: the issue's, else the electronic one, else the book's."""
        if self.issue.date != PartialDate():
            return self.issue.date
        if self.article_dates:
            return self.article_dates[0].date
        if self.book:
            return self.book.contributed if self.book.contributed.year else self.book.date
        return PartialDate()

    @property
    def related(self) -> tuple[Relation, ...]:
        """Comments, corrections and the like that PubMed has a record of; what it cites is not among them."""
        return tuple(relation for relation in self.relations if relation.pmid and relation.kind != "Cites")

    @property
    def retracted(self) -> bool:
        """Whether this publication itself was retracted; a notice of retraction is not."""
        return any(term.name == "Retracted Publication" for term in self.publication_types) or any(
            relation.kind in ("RetractionIn", "RetractedandRepublishedIn") for relation in self.relations
        )

    @property
    def concern(self) -> bool:
        """Whether an expression of concern was published about it."""
        return any(relation.kind == "ExpressionOfConcernIn" for relation in self.relations)
