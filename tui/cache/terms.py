"""What of a record can be found: the texts of the columns of the table ``words``.

Text is searched by words and phrases; everything that is searched as a whole (names, headings, dates, ids) is one word
of the column ``keys``, two letters for its kind before it: ``mh_breast_neoplasms``, ``au_karnoub_ae``, ``dp200710``. So
every query is one expression over one index, whatever it combines, and its newest records come first without a look at
the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.cache.keys import Keys
from tui.detect.nih import award_of
from tui.model.folding import DIVIDER, fold
from tui.model.record import Grant, Person, Record


class Columns(NamedTuple):
    """The columns of the table ``words``, in their order."""

    keys: str
    abstract: str
    title: str
    keywords: str
    vocabulary: str
    """What NLM and others have said of it in terms: headings, types, substances, people, banks, comments' notes."""
    affiliations: str
    names: str
    """Authors, editors and investigators."""
    source: str
    """Journal or book, date, volume, pages."""
    grants: str
    ids: str
    groups: str
    """Authors that are no person."""
    vernacular: str
    interests: str
    """The statement of conflicts of interest."""


WEIGHTS = Columns(*map(str, (0, 2, 8, 4, 4, 1, 4, 1, 2, 2, 4, 4, 1)))
"""Of a word found in a column, for the best match."""


def columns(record: Record, keys: Keys) -> Columns:
    """The texts under which a record is found."""
    book = record.book
    journal, issue = record.journal, record.issue
    return Columns(
        keys.of(record),
        _text(
            " ".join(f"{section.label} {section.text}" for section in abstract.sections)
            for abstract in (record.abstract, *record.other_abstracts)
        ),
        _text((record.title or (book.title if book else ""), book.collection if book else "")),
        _text((*(word.text for each in record.keyword_lists for word in each.keywords), *record.space_flight_missions)),
        _text(_vocabulary(record)),
        _text(
            dict.fromkeys(
                place.text for person in (*_people(record), *_members(record)) for place in person.affiliations
            )
        ),
        _text(_names(record)),
        _text(
            (
                *dict.fromkeys((journal.title, journal.iso_abbreviation, journal.medline_ta)),
                f"{record.date} {issue.volume} {issue.issue} {record.pagination.medline or record.pagination.start}",
                *((book.title, book.publisher) if book else ()),
            )
        ),
        _text(part for grant in record.grants for part in _grant(grant)),
        _text(_ids(record)),
        _text(person.collective_name for person in _people(record)),
        _text((record.vernacular_title,)),
        _text((record.conflict_of_interest,)),
    )


def _text(values: Iterable[str]) -> str:
    """Values in one text; between them a word nobody types, so that no phrase runs from one into the next."""
    return fold(f" {DIVIDER} ".join([value for value in values if value]))


def _people(record: Record) -> Iterator[Person]:
    """Authors and editors."""
    lists = record.author_lists + (record.book.authors if record.book else ())
    return (person for people in lists for person in people.people)


def _members(record: Record) -> Iterator[Person]:
    """Investigators."""
    lists = record.investigator_lists + ((record.book.investigators,) if record.book else ())
    return (person for people in lists for person in people.people)


def _names(record: Record) -> Iterator[str]:
    return _written(person for person in (*_people(record), *_members(record)) if not person.collective_name)


def _written(people: Iterable[Person]) -> Iterator[str]:
    """Names as authors and as sentences have them."""
    for person in people:
        yield person.short
        if person.fore_name and person.last_name and person.fore_name != person.initials:
            yield f"{person.fore_name} {person.last_name}"


def _vocabulary(record: Record) -> Iterator[str]:
    for heading in record.mesh:
        yield heading.descriptor.name
        yield from (qualifier.name for qualifier in heading.qualifiers)
    yield from (term.name for term in (*record.supplementary_concepts, *record.publication_types))
    for substance in record.substances:
        yield substance.name
    for bank in record.data_banks:
        yield bank.name
        yield from bank.accessions
    yield from (relation.note for relation in record.relations)
    yield from record.gene_symbols
    yield from _written(record.name_subjects)


def _grant(grant: Grant) -> Iterator[str]:
    """A grant in the spellings people use: ``R01 CA016235-03``, ``R01CA016235 03``, ``CA016235`` and ``CA16235``."""
    yield grant.id
    if award := award_of(grant):
        number, short = f"{award.institute}{award.serial}", f"{award.institute}{award.serial.lstrip('0')}"
        rest = f"{award.year}{award.suffix}{award.subproject}"
        if award.activity:
            yield f"{award.activity}{number} {rest}"
            yield f"{award.activity} {number} {rest}"
        yield from dict.fromkeys((number, short))
    yield from (grant.acronym, grant.agency, grant.country)


def _ids(record: Record) -> Iterator[str]:
    yield str(record.pmid)
    yield from dict.fromkeys((record.doi, record.pmcid, *(id.value for id in (*record.ids, *record.other_ids))))
    yield from (substance.registry_number for substance in record.substances if substance.registry_number != "0")
    journal = record.journal
    yield from dict.fromkeys((journal.issn, journal.issn_linking, journal.nlm_unique_id))
    yield from (person.orcid for person in _people(record))
