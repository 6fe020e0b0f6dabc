"""The sections of an article, each with two readers: a pattern for its usual form, and the parser's for any other.

A pattern is given what stands between a section's tags and the attributes of its start tag; it gives the section's
value, or None where it departs from the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Affiliation,
    ArticleDate,
    Descriptor,
    ELocation,
    Grant,
    HistoryDate,
    Identifier,
    Keyword,
    KeywordList,
    MeshHeading,
    Node,
    Pagination,
    Person,
    PersonList,
    Qualifier,
    Record,
    Relation,
    Substance,
    Term,
)
from tui.parse import indexing, pubmed
from tui.parse.dates import date_of
from tui.parse.markup import text_of
from tui.parse.other import only, other
from tui.parse.patterns import GAP, VALUE, Unsure, attributes, end, leaf, leaves, maybe, rows, start, tidied, tidy
from tui.parse.people import people_of, person
from tui.parse.scripts import subscript, superscript
from tui.parse.tree import tree_of

Pattern = Callable[[str, str], Any]
Tree = Callable[[Element, list[Node]], Any]
Row = tuple[str, ...]

_REMEMBERED = 30_000
"""Headings and the like that are read once for all records that have them: some 20 MB."""

_new = tuple.__new__  # a named tuple's own constructor is a function in Python, and takes three times as long


class Section(NamedTuple):
    """An element that stands directly in Article, MedlineCitation or PubmedData."""

    field: int
    """The place in `Record`; -1 for what a scan leaves out."""
    pattern: Pattern
    tree: Tree
    many: bool = False
    """Whether it may come again; the field holds a tuple of them then."""
    complete: int = -1
    """The place of the field that is False for CompleteYN="N"."""


NEXT = re.compile(rf"{GAP}(?:<\?[^<>?]*+\?>{GAP})*+<(/?\w++)((?: [^<>]*+)?)>{GAP}").match
"""A tag and its attributes. Processing instructions may stand before it: PMC leaves some."""


def _text(inside: str, about: str) -> str | None:
    return None if about else _words(inside)


_MARKUP = re.compile("</?[biu]>|<su([bp])>([^<&]*+)</su[bp]>")


def _words(inside: str) -> str | None:
    """Mixed content as it reads; its markup is not kept."""
    if "<" in inside:
        inside = _MARKUP.sub(_script, inside)
        if "<" in inside:
            return None
    return tidy(inside)


def _script(found: re.Match[str]) -> str:
    kind, text = found.groups()
    return "" if kind is None else (subscript if kind == "b" else superscript)(text)


_PAGES = re.compile(leaves("StartPage", "EndPage", "MedlinePgn"))


def _pagination(inside: str, _attributes: str) -> Pagination | None:
    found = _PAGES.fullmatch(inside)
    if found is None:
        return None
    start, end, medline = tidied(found.groups(""))
    return Pagination(medline, start, end)


def _elocation(inside: str, about: str) -> ELocation | None:
    if "<" in inside:
        return None
    names = attributes(about)
    return ELocation(names.get("EIdType", ""), tidy(inside), names.get("ValidYN") != "N")


def _abstract(inside: str, about: str, language: str = "") -> Abstract | None:
    """Part after part: one that holds markup is read by the parser, the others by themselves."""
    sections = []
    copyright = ""
    at = 0
    while found := NEXT(inside, at):
        tag, names = found.groups()
        end_tag = f"</{tag}>"
        end = inside.find(end_tag, at)
        if end < 0:
            return None
        text = inside[found.end() : end]
        begin, at = at, end + len(end_tag)
        value = _words(text)
        if value is None:
            value = text_of(tree_of(inside[begin:at].strip().encode()))
        if tag == "AbstractText":
            named = attributes(names)
            sections.append(_new(AbstractSection, (value, named.get("Label", ""), named.get("NlmCategory", ""))))
        elif tag == "CopyrightInformation":
            copyright = value
        else:
            return None
    if inside[at:].strip():
        return None
    named = attributes(about)
    return Abstract(tuple(sections), copyright, named.get("Type", ""), named.get("Language", language))


def _listed(item: re.Pattern[str], make: Callable[[Row], Any]) -> Pattern:
    """The tuple of what is made of each item of a list, given its groups and an empty text."""

    def read(inside: str, _attributes: str) -> tuple[Any, ...] | None:
        found = rows(inside, item)
        return None if found is None else tuple([make(row) for row in found])

    return read


def _remembered(read: Pattern) -> Pattern:
    """The same for a list that is nearly always one of a few."""
    return lru_cache(_REMEMBERED)(read)


_PEOPLE = {
    tag: re.compile(
        start(tag, '(?: ValidYN="([YN])")?(?: EqualContrib="([YN])")?')
        + leaves("CollectiveName", "LastName", "ForeName", "Initials", "Suffix")
        + maybe(leaf("Identifier", f' Source="{VALUE}"'))
        + maybe(start("AffiliationInfo"), leaf("Affiliation"), end("AffiliationInfo")) * 3
        + end(tag)
    )
    for tag in ("Author", "Investigator")
}


def _people(tag: str) -> Pattern:
    item = _PEOPLE[tag]

    def read(inside: str, about: str) -> PersonList | None:
        found = rows(inside, item)
        if found is None:
            return None
        people = []
        for valid, equal, group, last, fore, initials, suffix, source, identifier, *places, _ in found:
            identifiers = (_new(Identifier, (source, identifier)),) if source else ()
            affiliations = tuple([_new(Affiliation, (place, ())) for place in places if place])
            person = (last, fore, initials, suffix, group, "", valid != "N", equal, identifiers, affiliations)
            people.append(_new(Person, person))
        names = attributes(about)
        return PersonList(tuple(people), names.get("CompleteYN") != "N", names.get("Type", ""), names.get("ID", ""))

    return read


_ABOUT = f'(?: UI="{VALUE}")?(?: MajorTopicYN="([YN])")?'
_DESCRIPTOR = re.compile(
    GAP + start("MeshHeading") + f'<DescriptorName{_ABOUT}(?: Type="{VALUE}")?(?: AutoHM="([YN])")?>([^<]++)'
)
_QUALIFIER = re.compile(leaf("QualifierName", f'{_ABOUT}(?: AutoHM="([YN])")?'))


def _headings(inside: str, _attributes: str) -> tuple[MeshHeading, ...] | None:
    *pieces, rest = inside.split("</MeshHeading>")
    headings = []
    for piece in pieces:
        name, _, qualifiers = piece.partition("</DescriptorName>")
        headings.append(_new(MeshHeading, (_descriptor(name), _qualifiers(qualifiers))))
    return None if rest.strip() else tuple(headings)


@lru_cache(_REMEMBERED)
def _descriptor(piece: str) -> Descriptor:
    """Raises Unsure."""
    found = _DESCRIPTOR.fullmatch(piece)
    if found is None:
        raise Unsure
    ui, major, kind, automatic, name = tidied(found.groups(""))
    return Descriptor(name, ui, major == "Y", kind, automatic)


@lru_cache(_REMEMBERED)
def _qualifiers(piece: str) -> tuple[Qualifier, ...]:
    """Raises Unsure."""
    found = rows(piece.lstrip(), _QUALIFIER)
    if found is None:
        raise Unsure
    return tuple([Qualifier(name, ui, major == "Y", automatic) for ui, major, automatic, name, _ in found])


_CHEMICAL = re.compile(
    GAP + start("Chemical") + leaf("RegistryNumber") + leaf("NameOfSubstance", f'(?: UI="{VALUE}")?')
)


def _chemicals(inside: str, _attributes: str) -> tuple[Substance, ...] | None:
    *pieces, rest = inside.split("</Chemical>")
    return None if rest.strip() else tuple([_chemical(piece) for piece in pieces])


@lru_cache(_REMEMBERED)
def _chemical(piece: str) -> Substance:
    """Raises Unsure."""
    found = _CHEMICAL.fullmatch(piece)
    if found is None:
        raise Unsure
    number, ui, name = tidied(found.groups(""))
    return Substance(name, ui, number)


_KIND = re.compile(leaf("PublicationType", f'(?: UI="{VALUE}")?'))


def _kind(row: Row) -> Term:
    ui, name, _ = row
    return Term(name, ui)


_GRANT = re.compile(start("Grant") + leaves("GrantID", "Acronym", "Agency", "Country") + end("Grant"))


def _grant(row: Row) -> Grant:
    return _new(Grant, row[:4])


_RELATION = re.compile(
    start("CommentsCorrections", f' RefType="{VALUE}"')
    + leaf("RefSource")
    + maybe(f'<PMID(?: Version="{VALUE}")?>([0-9]++)</PMID>{GAP}')
    + maybe(leaf("Note"))
    + end("CommentsCorrections")
)


def _relation(row: Row) -> Relation:
    kind, source, version, pmid, note, _ = row
    return Relation(kind, source, int(pmid or 0), version, note)


_KEYVALUE = re.compile(leaf("Keyword", '(?: MajorTopicYN="([YN])")?'))


def _keywords(inside: str, about: str) -> KeywordList | None:
    found = rows(inside, _KEYVALUE)
    if found is None:
        return None
    keywords = [_new(Keyword, (text, major == "Y")) for major, text, _ in found if text]
    return KeywordList(tuple(keywords), attributes(about).get("Owner", "NLM"))


_YMD = leaf("Year") + leaf("Month") + leaf("Day")
_EVENT = re.compile(
    start("PubMedPubDate", f' PubStatus="{VALUE}"') + _YMD + leaves("Hour", "Minute", "Second") + end("PubMedPubDate")
)


def _event(row: Row) -> HistoryDate:
    status, year, month, day, hour, minute, second, _ = row
    return _new(HistoryDate, (status, _new(PartialDate, (year, month, day, "", "", hour, minute, second))))


_ID = re.compile(leaf("ArticleId", f'(?: IdType="{VALUE}")?'))


def _id(row: Row) -> Identifier:
    kind, value, _ = row
    return _new(Identifier, (kind or "pubmed", value))


_DATE = re.compile(_YMD)


def _article_date(inside: str, about: str) -> ArticleDate | None:
    found = _DATE.fullmatch(inside)
    if found is None:
        return None
    date = _new(PartialDate, (*tidied(found.groups()), "", "", "", "", ""))
    return ArticleDate(date, attributes(about).get("DateType", "Electronic"))


def _other_id(inside: str, about: str) -> Identifier | None:
    return None if "<" in inside else Identifier(attributes(about).get("Source", ""), tidy(inside))


def _unsure(_inside: str, _attributes: str) -> None:
    """For what is so rare that the parser may read all of it."""


def _nothing(_inside: str, _attributes: str) -> str:
    """For what is left out."""
    return ""


def _text_tree(element: Element, _extra: list[Node]) -> str:
    return text_of(element)


def _title_tree(element: Element, extra: list[Node]) -> str:
    if element.attrib:  # it says where in a book the article stands
        other(element, element, extra)
    return text_of(element)


def _list_tree(tag: str, read: Tree) -> Tree:
    return lambda element, extra: tuple([read(child, extra) for child in only(element, tag, extra)])


def _people_tree(tag: str) -> Tree:
    return lambda element, extra: people_of(element, tag, extra)


def _term_tree(element: Element, _extra: list[Node]) -> Term:
    return indexing.term(element)


def _elocation_tree(element: Element, _extra: list[Node]) -> ELocation:
    return pubmed.elocation(element)


def _article_date_tree(element: Element, extra: list[Node]) -> ArticleDate:
    return ArticleDate(date_of(element, extra), element.get("DateType", "Electronic"))


def _event_tree(element: Element, extra: list[Node]) -> HistoryDate:
    return HistoryDate(element.get("PubStatus", ""), date_of(element, extra))


def _other_id_tree(element: Element, _extra: list[Node]) -> Identifier:
    return Identifier(element.get("Source", ""), text_of(element))


def _by_tag(*sections: tuple[str, str, Pattern, Tree], many: str = "", complete: str = "") -> dict[str, Section]:
    """Sections by tag; `many` names the fields that are tuples of them, `complete` those with a field beside them."""
    index = Record._fields.index
    return {
        tag: Section(
            index(field) if field else -1,
            pattern,
            tree,
            field in many.split(),
            index(f"{field}_complete") if field in complete.split() else -1,
        )
        for tag, field, pattern, tree in sections
    }


ARTICLE = _by_tag(
    ("ArticleTitle", "title", _text, _title_tree),
    ("Pagination", "pagination", _pagination, pubmed.pagination),
    ("ELocationID", "elocations", _elocation, _elocation_tree),
    ("Abstract", "abstract", _abstract, pubmed.abstract),
    ("AuthorList", "author_lists", _people("Author"), _people_tree("Author")),
    ("Language", "languages", _text, _text_tree),
    ("DataBankList", "data_banks", _unsure, _list_tree("DataBank", indexing.data_bank)),
    ("GrantList", "grants", _listed(_GRANT, _grant), pubmed.grants),
    (
        "PublicationTypeList",
        "publication_types",
        _remembered(_listed(_KIND, _kind)),
        _list_tree("PublicationType", _term_tree),
    ),
    ("VernacularTitle", "vernacular_title", _text, _text_tree),
    ("ArticleDate", "article_dates", _article_date, _article_date_tree),
    many="elocations author_lists languages article_dates",
    complete="grants data_banks",
)
CITATION = _by_tag(
    ("ChemicalList", "substances", _chemicals, _list_tree("Chemical", indexing.substance)),
    ("SupplMeshList", "supplementary_concepts", _unsure, _list_tree("SupplMeshName", _term_tree)),
    ("CitationSubset", "citation_subsets", _text, _text_tree),
    (
        "CommentsCorrectionsList",
        "relations",
        _listed(_RELATION, _relation),
        _list_tree("CommentsCorrections", indexing.relation),
    ),
    ("GeneSymbolList", "gene_symbols", _unsure, _list_tree("GeneSymbol", _text_tree)),
    ("MeshHeadingList", "mesh", _headings, _list_tree("MeshHeading", indexing.mesh_heading)),
    ("NumberOfReferences", "number_of_references", _text, _text_tree),
    ("PersonalNameSubjectList", "name_subjects", _unsure, _list_tree("PersonalNameSubject", person)),
    ("OtherID", "other_ids", _other_id, _other_id_tree),
    ("OtherAbstract", "other_abstracts", _unsure, pubmed.abstract),
    ("KeywordList", "keyword_lists", _keywords, indexing.keyword_list),
    ("CoiStatement", "conflict_of_interest", _text, _text_tree),
    ("SpaceFlightMission", "space_flight_missions", _text, _text_tree),
    ("InvestigatorList", "investigator_lists", _people("Investigator"), _people_tree("Investigator")),
    ("GeneralNote", "", _nothing, _text_tree),
    many="citation_subsets other_ids other_abstracts keyword_lists space_flight_missions investigator_lists",
)
PUBMED_DATA = _by_tag(
    ("History", "history", _listed(_EVENT, _event), _list_tree("PubMedPubDate", _event_tree)),
    ("PublicationStatus", "publication_status", _text, _text_tree),
    ("ArticleIdList", "ids", _listed(_ID, _id), pubmed.identifiers),
    ("ObjectList", "", _nothing, _text_tree),
)
