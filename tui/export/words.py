"""What a record says beyond a citation, in words that any format can hold: abstract, keywords, notices, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.model.clean import one_line
from tui.model.record import AbstractSection, Grant, MeshHeading, Person, PersonList, Record, Relation
from tui.model.relations import RELATIONS
from tui.model.text import Text

_STOP = re.compile(r"(?<![.\s])(?<!\.\w)\s*\.$")
"""A full stop that is not the last of several, nor of an abbreviation such as ``U.S.``"""
_STOP_IN_TAGS = re.compile(_STOP.pattern.replace("$", r"((?:</\w+>)*)$"))

RETRACTED = "RETRACTED PUBLICATION"

_WARNINGS = ("RetractionIn", "PartialRetractionIn", "RetractedandRepublishedIn", "ExpressionOfConcernIn")
"""The relations that whoever cites the publication must know of."""


def title(record: Record) -> str:
    """Of the article, the chapter or the book, without the full stop that PubMed ends it with: styles set their own."""
    given = record.title or (record.book.title if record.book else "")
    plain, markup = _STOP.sub("", one_line(given)), getattr(given, "markup", "")
    return Text(plain, _STOP_IN_TAGS.sub(r"\1", one_line(markup))) if markup else plain


def authors(record: Record) -> list[Person]:
    """Of a book whose record names nobody, those of the book."""
    return people(record.author_lists, "authors") or people(record.book.authors if record.book else (), "authors")


def editors(record: Record) -> list[Person]:
    """Of the book that the record is, or is a chapter of."""
    return people(record.author_lists + (record.book.authors if record.book else ()), "editors")


def people(lists: tuple[PersonList, ...], kind: str) -> list[Person]:
    """Of the lists of this kind, those without a kind being ``authors``, the names of all who have one.

    Superseded spellings are left out.
    """
    found = (each for given in lists if (given.kind or "authors") == kind for each in given.people if each.valid)
    return [name for name in map(_name, found) if any(name[:5])]


def _name(person: Person) -> Person:
    """The name alone, each part on one line. Who has nothing but a suffix has it for a name."""
    last, fore, initials, suffix, group = [part and one_line(part).strip() for part in person[:5]]
    return Person(last, fore, initials, suffix, group) if last or fore or initials or group else Person(suffix)


def inverted(person: Person) -> str:
    """``Family, Given, Suffix``, or the group's name."""
    if person.collective_name:
        return person.collective_name
    return ", ".join(part for part in (person.last_name, person.fore_name or person.initials, person.suffix) if part)


def sections(record: Record) -> tuple[AbstractSection, ...]:
    """The sections of the record's abstract that have text; of another abstract where it has none of its own."""
    for each in (record.abstract, *record.other_abstracts):
        sections = tuple(section for section in each.sections if one_line(section.text))
        if sections:
            return sections
    return ()


def abstract(record: Record) -> str:
    """The sections in one text, each after its label."""
    return " ".join(
        f"{section.label.rstrip(': ')}: {section.text}" if section.label else section.text
        for section in sections(record)
    )


def keywords(record: Record) -> list[str]:
    """MeSH as ``Descriptor`` and ``Descriptor/qualifier``, then the other keywords, parted at semicolons."""
    found = []
    for heading in record.mesh:
        found.append(heading.descriptor.name)
        found += [f"{heading.descriptor.name}/{qualifier.name}" for qualifier in heading.qualifiers]
    found += [keyword.text for each in record.keyword_lists for keyword in each.keywords]
    parts = [one_line(part).strip() for part in ";".join(found).split(";")]
    return list(dict.fromkeys(filter(None, parts)))


def warnings(record: Record) -> list[str]:
    """That it was retracted, or that there is concern about it, and where that is said."""
    said = [RETRACTED] if record.retracted else []
    return said + [_relation(relation) for relation in record.relations if relation.kind in _WARNINGS]


def remarks(record: Record) -> list[str]:
    """What reference managers have no field for, each with its label: the relations that are no warnings first."""
    others = [each for each in record.relations if each.kind in RELATIONS and each.kind not in _WARNINGS]
    said = ((label, "; ".join(filter(None, values))) for label, values in _labelled(record).items())
    return [*map(_relation, others), *(f"{label}: {text}" for label, text in said if text)]


def _labelled(record: Record) -> dict[str, Iterable[str]]:
    date, pages = record.date, record.pagination.medline
    book_authors = people(record.book.authors, "authors") if record.book and record.authors else []
    return {
        "Original title": [record.vernacular_title],
        "Published": [str(date)] if date.medline_date or date.season else [],
        "Pages": [pages] if "," in pages or ";" in pages else [],
        "Authors": [] if record.authors_complete else ["the list is not complete"],
        "Authors of the book": map(inverted, book_authors),
        "Languages": record.languages if len(record.languages) > 1 else [],
        "Publication types": [term.name for term in record.publication_types],
        "Grants": map(grant, record.grants),
        "MeSH": map(heading, record.mesh),
        "Data banks": [f"{bank.name}: {', '.join(bank.accessions)}" for bank in record.data_banks],
        "Conflict of interest": [record.conflict_of_interest],
    }


def _relation(relation: Relation) -> str:
    pmid = f"PMID: {relation.pmid}" if relation.pmid else ""
    told = " ".join(part for part in (relation.source, pmid, relation.note) if part)
    return f"{RELATIONS[relation.kind].words}: {told}"


def grant(given: Grant) -> str:
    """``R01 CA116235 (NCI NIH HHS, United States)``, or what there is of it."""
    funder = ", ".join(part for part in (given.agency, given.country) if part)
    return f"{given.id} ({funder})" if given.id and funder else given.id or funder


def heading(given: MeshHeading) -> str:
    """As MEDLINE writes it: ``Breast Neoplasms/genetics/*pathology``, the star marking what is a major topic."""
    name = "*" * given.descriptor.major + given.descriptor.name
    return name + "".join(("/*" if qualifier.major else "/") + qualifier.name for qualifier in given.qualifiers)


LABELS = tuple(_labelled(Record(0)))
"""Of all remarks that are no relations."""
