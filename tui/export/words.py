"""What a record says beyond a citation, in words that any format can hold: abstract, keywords, notices, remarks."""

from __future__ import annotations

import re

from tui.model.clean import one_line
from tui.model.record import AbstractSection, Grant, MeshHeading, Person, PersonList, Record, Relation
from tui.model.text import Text

_STOP = re.compile(r"(?<![.\s])(?<!\.\w)\s*\.((?:</\w+>)*)$")
"""A full stop that is not the last of several, nor of an abbreviation such as ``U.S.``"""

_WARNINGS = {
    "RetractionIn": "Retraction in",
    "RetractedandRepublishedIn": "Retracted and republished in",
    "ExpressionOfConcernIn": "Expression of concern in",
}
"""The relations that whoever cites the publication must know of."""

_RELATIONS = {
    "RetractionOf": "Retraction of",
    "RetractedandRepublishedFrom": "Retracted and republished from",
    "ExpressionOfConcernFor": "Expression of concern for",
    "ErratumIn": "Erratum in",
    "ErratumFor": "Erratum for",
    "CorrectedandRepublishedIn": "Corrected and republished in",
    "CorrectedandRepublishedFrom": "Corrected and republished from",
    "RepublishedIn": "Republished in",
    "RepublishedFrom": "Republished from",
    "UpdateIn": "Update in",
    "UpdateOf": "Update of",
}
"""The other relations that change what a publication is worth."""


def title(record: Record) -> str:
    """Of the article, the chapter or the book, without the full stop that PubMed ends it with: styles set their own."""
    given = record.title or (record.book.title if record.book else "")
    plain, markup = _STOP.sub("", one_line(given)), getattr(given, "markup", "")
    return Text(plain, _STOP.sub(r"\1", one_line(markup))) if markup else plain


def authors(record: Record) -> list[Person]:
    """Of a book whose record names nobody, those of the book."""
    return people(record.author_lists, "authors") or people(record.book.authors if record.book else (), "authors")


def editors(record: Record) -> list[Person]:
    """Of the book that the record is, or is a chapter of."""
    return people(record.author_lists + (record.book.authors if record.book else ()), "editors")


def people(lists: tuple[PersonList, ...], kind: str) -> list[Person]:
    """Of the lists of this kind, those without a kind being ``authors``; superseded spellings left out."""
    return [
        person
        for given in lists
        if (given.kind or "authors") == kind
        for person in given.people
        if person.valid and _named(person)
    ]


def _named(person: Person) -> bool:
    names = (person.collective_name, person.last_name, person.fore_name, person.initials)
    return any(one_line(name).strip() for name in names)


def abstract(record: Record) -> tuple[AbstractSection, ...]:
    """The sections of the record's abstract that have text; of another abstract where it has none of its own."""
    for each in (record.abstract, *record.other_abstracts):
        sections = tuple(section for section in each.sections if one_line(section.text))
        if sections:
            return sections
    return ()


def keywords(record: Record) -> list[str]:
    """MeSH as ``Descriptor`` and ``Descriptor/qualifier``, then the other keywords, parted at semicolons."""
    found = []
    for heading in record.mesh:
        found.append(heading.descriptor.name)
        found += [f"{heading.descriptor.name}/{qualifier.name}" for qualifier in heading.qualifiers]
    given = [keyword.text for each in record.keyword_lists for keyword in each.keywords]
    parts = (one_line(part) for keyword in found + given for part in keyword.split(";"))
    return list(dict.fromkeys(filter(None, parts)))


def warnings(record: Record) -> list[str]:
    """That it was retracted, or that there is concern about it, and where that is said."""
    said = ["RETRACTED PUBLICATION"] if record.retracted else []
    return said + [_relation(relation, _WARNINGS) for relation in record.relations if relation.kind in _WARNINGS]


def remarks(record: Record) -> list[str]:
    """What reference managers have no field for, each with its label."""
    date, pages = record.date, record.pagination.medline
    book_authors = people(record.book.authors, "authors") if record.book and record.authors else []
    labelled = (
        ("Original title", [record.vernacular_title]),
        ("Published", [str(date)] if date.medline_date or date.season else []),
        ("Pages", [pages] if "," in pages or ";" in pages else []),
        ("Authors of the book", [person.full for person in book_authors]),
        ("Languages", list(record.languages) if len(record.languages) > 1 else []),
        ("Publication types", [term.name for term in record.publication_types]),
        ("Grants", [grant(each) for each in record.grants]),
        ("MeSH", [heading(each) for each in record.mesh]),
        ("Data banks", [f"{bank.name}: {', '.join(bank.accessions)}" for bank in record.data_banks]),
        ("Conflict of interest", [record.conflict_of_interest]),
    )
    said = [_relation(relation, _RELATIONS) for relation in record.relations if relation.kind in _RELATIONS]
    return said + [f"{label}: {'; '.join(filter(None, values))}" for label, values in labelled if any(values)]


def _relation(relation: Relation, words: dict[str, str]) -> str:
    pmid = f"PMID: {relation.pmid}" if relation.pmid else ""
    return f"{words[relation.kind]}: {' '.join(part for part in (relation.source, pmid, relation.note) if part)}"


def grant(given: Grant) -> str:
    """``R01 CA116235 (NCI NIH HHS, United States)``, or what there is of it."""
    funder = ", ".join(part for part in (given.agency, given.country) if part)
    return f"{given.id} ({funder})" if given.id and funder else given.id or funder


def heading(given: MeshHeading) -> str:
    """As MEDLINE writes it: ``Breast Neoplasms/genetics/*pathology``, the star marking what is a major topic."""
    name = "*" * given.descriptor.major + given.descriptor.name
    return name + "".join(("/*" if qualifier.major else "/") + qualifier.name for qualifier in given.qualifiers)
