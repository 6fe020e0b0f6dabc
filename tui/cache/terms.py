"""What of a record can be found: the texts of the columns of the table ``words``.

Text is searched by words and phrases; everything that is searched as a whole (names, headings, dates, ids) is one word
of the column ``keys``, two letters for its kind before it: ``mh_breast_neoplasms``, ``au_karnoub_ae``, ``dp200710``. So
every query is one expression over one index, whatever it combines, and its newest records come first without a look at
the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from tui.model.dates import PartialDate
from tui.model.folding import fold, key
from tui.model.record import Grant, Person, Record

BREAK = "\ue000"
"""A word nobody types: it stands between values, so that no phrase runs from one into the next."""
JOINT = "__"
"""Between a heading and its qualifier within one key."""


class Columns(NamedTuple):
    """The columns of the table ``words``, in their order."""

    keys: str
    abstract: str
    title: str
    keywords: str
    vocabulary: str
    """What NLM and others have said of it in terms: headings, types, substances, banks, comments' notes."""
    affiliations: str
    names: str
    """Authors, editors, investigators, and people the article is about."""
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

Broader = Callable[[str], Collection[str]]
"""The headings above a heading, itself among them; none where no vocabulary is loaded."""


def unexploded(_name: str) -> Collection[str]:
    """Where no vocabulary is loaded."""
    return ()


_STATUS = {
    "MEDLINE": "medline",
    "In-Process": "inprocess",
    "In-Data-Review": "inprocess",
    "Publisher": "publisher",
    "PubMed-not-MEDLINE": "pubmednotmedline",
    "OLDMEDLINE": "oldmedline",
    "Completed": "completed",
}
_AWARD = re.compile(
    r"(?:\d[ -]*)?(?P<activity>[A-Z][A-Z\d]\d|[A-Z]\d[A-Z])?[ -]*(?P<institute>[A-Z]{2})[ -]*0*(?P<serial>\d{3,6})\b"
)
"""An NIH award: type, activity, institute, serial number; what follows is year and suffix."""


def columns(record: Record, broader: Broader = unexploded) -> Columns:
    """The texts under which a record is found; with `broader`, also under the headings above its own."""
    book = record.book
    journal, issue = record.journal, record.issue
    return Columns(
        " ".join(dict.fromkeys(_keys(record, broader))),
        _text(
            " ".join(f"{section.label} {section.text}" for section in abstract.sections)
            for abstract in (record.abstract, *record.other_abstracts)
        ),
        _text((record.title, *((book.title, book.collection) if book else ()))),
        _text((*(word.text for owner in record.keyword_lists for word in owner.keywords), *record.gene_symbols)),
        _text(_vocabulary(record)),
        _text(dict.fromkeys(place.text for person in _people(record) for place in person.affiliations)),
        _text(_names(record)),
        _text(
            (
                *dict.fromkeys((journal.title, journal.iso_abbreviation, journal.medline_ta)),
                f"{record.date} {issue.volume} {issue.issue} {record.pagination.medline or record.pagination.start}",
                *((book.publisher,) if book else ()),
            )
        ),
        _text(part for grant in record.grants for part in _grant(grant)),
        _text(_ids(record)),
        _text(person.collective_name for person in _people(record)),
        _text((record.vernacular_title,)),
        _text((record.conflict_of_interest,)),
    )


def _text(values: Iterable[str]) -> str:
    return f" {BREAK} ".join([fold(value) for value in values if value])


def _people(record: Record) -> Iterator[Person]:
    lists = record.author_lists + (record.book.authors if record.book else ())
    return (person for people in lists for person in people.people)


def _keys(record: Record, broader: Broader) -> Iterator[str]:
    yield "all"
    yield f"pm_{record.pmid}"
    yield from _people_keys(record)
    yield from _mesh_keys(record, broader)
    yield from _source_keys(record)
    yield from _date_keys(record)
    yield from _filter_keys(record)
    yield f"yr{record.date.year_number:04}"
    yield from _id_keys(record)
    yield from (f"la_{key(language)}" for language in record.languages)
    for term in record.publication_types:
        yield f"pt_{key(term.name)}"
        yield from (f"px_{key(name)}" for name in broader(term.name))
    for substance in record.substances:
        yield f"nm_{key(substance.name)}"
        if substance.registry_number not in ("", "0"):
            yield f"rn_{key(substance.registry_number)}"
    yield from (f"nm_{key(term.name)}" for term in record.supplementary_concepts)


def name_key(person: Person) -> str:
    """``karnoub_ae``: last name and initials, and a suffix."""
    return key(f"{person.last_name or person.fore_name} {person.initials} {person.suffix}")


def full_name_key(person: Person) -> str:
    """``karnoub_antoine_e``; empty where no full name is known."""
    return key(f"{person.last_name} {person.fore_name}") if person.last_name and person.fore_name else ""


def _people_keys(record: Record) -> Iterator[str]:
    for person in _people(record):
        if not person.collective_name:
            name = name_key(person)
            yield f"au_{name}"
            yield f"al_{name.partition('_')[0]}"
            if full := full_name_key(person):
                yield f"fa_{full}"
        for identifier in person.identifiers:
            yield f"id_{key(identifier.value).replace('_', '')}"
        if person.orcid:
            yield f"id_{key(person.orcid).replace('_', '')}"
    authors = [person for person in record.authors if not person.collective_name]
    if authors:
        yield f"fi_{name_key(authors[0])}"
        yield f"lt_{name_key(authors[-1])}"
    lists = record.investigator_lists + ((record.book.investigators,) if record.book else ())
    for person in (person for people in lists for person in people.people):
        yield f"ir_{name_key(person)}"
        if full := full_name_key(person):
            yield f"ir_{full}"
    yield from (f"ps_{name_key(person)}" for person in record.name_subjects)
    editors = (people for people in (record.book.authors if record.book else ()) if people.kind == "editors")
    yield from (f"ed_{name_key(person)}" for people in editors for person in people.people)


def _mesh_keys(record: Record, broader: Broader) -> Iterator[str]:
    for heading in record.mesh:
        name = key(heading.descriptor.name)
        above = [key(each) for each in broader(heading.descriptor.name)]
        yield f"mh_{name}"
        yield from (f"mx_{each}" for each in above)
        if heading.major:
            yield f"mj_{name}"
            yield from (f"mk_{each}" for each in above)
        for qualifier in heading.qualifiers:
            yield f"sh_{key(qualifier.name)}"
            yield f"mq_{name}{JOINT}{key(qualifier.name)}"
            if qualifier.major:
                yield f"mp_{name}{JOINT}{key(qualifier.name)}"


def _source_keys(record: Record) -> Iterator[str]:
    journal, issue, book = record.journal, record.issue, record.book
    named = {
        "ta": (
            *(journal.title, journal.iso_abbreviation, journal.medline_ta, journal.nlm_unique_id),
            *(journal.issn, journal.issn_linking),
        ),
        "vi": (issue.volume, book.volume if book else ""),
        "ip": (issue.issue,),
        "pg": (record.pagination.medline, record.pagination.start, record.pagination.medline.partition("-")[0]),
        "pl": (journal.country, book.publisher_location if book else ""),
        "pb": (book.publisher if book else "",),
        "bk": (book.link.book, book.title) if book else (),
        "sn": tuple(isbn.replace("-", "") for isbn in book.isbns) if book else (),
    }
    return (f"{kind}_{key(value)}" for kind, values in named.items() for value in values if value)


def dates(record: Record) -> dict[str, set[int]]:
    """The dates of a record as yyyymmdd, by the usual tag of their field; an unknown part is the first of its kind.

    PubMed dates a record by print and electronic publication alike. The XML has no date of creation since 2018: then it
    is that of entry, from which it hardly ever differs.
    """
    history: dict[str, set[int]] = {}
    for each in record.history:
        history.setdefault(each.status.lower(), set()).add(each.date.sort_key)
    entered = history.get("entrez") or history.get("pubmed", set())
    electronic = {each.date.sort_key for each in record.article_dates}
    printed = {record.issue.date.sort_key} if record.publication_model.startswith("Print") else set()
    found = {
        "dp": {record.date.sort_key, record.issue.date.sort_key} | electronic,
        "edat": entered,
        "crdt": _known(record.created) or entered,
        "mhda": history.get("medline", set()),
        "lr": _known(record.revised),
        "dcom": _known(record.completed),
        "epdat": electronic | history.get("epublish", set()),
        "ppdat": printed | history.get("ppublish", set()),
    }
    return {tag: days - {0} for tag, days in found.items()}


def _known(date: PartialDate) -> set[int]:
    return {date.sort_key} - {0}


def _date_keys(record: Record) -> Iterator[str]:
    for tag, days in dates(record).items():
        for day in days:
            yield f"{tag}{day // 10000:04}"
            yield f"{tag}{day // 100:06}"
            yield f"{tag}{day:08}"


def _filter_keys(record: Record) -> Iterator[str]:
    yield f"sb_{_STATUS.get(record.status, key(record.status))}"
    for subset in record.citation_subsets:
        yield f"sb_{key(subset)}"
        yield f"sb_jsubset{key(subset)}"
    holds = {
        "hasabstract": any(section.text for section in record.abstract.sections),
        "books": record.book is not None,
        "free_full_text": bool(record.pmcid),
        "pubmed_pmc": bool(record.pmcid),
        "data": bool(record.data_banks),
        "hasdata": bool(record.data_banks),
        "retracted": record.retracted,
    }
    yield from (f"sb_{name}" for name, so in holds.items() if so)


def _id_keys(record: Record) -> Iterator[str]:
    places = record.elocations + (record.book.elocations if record.book else ())
    for value in (*(each.value for each in record.ids), *(each.value for each in record.other_ids), record.doi):
        if value:
            yield f"ai_{key(value)}"
    for place in places:
        yield f"ai_{key(place.value)}"
        yield f"li_{key(place.value)}"
    if record.pmcid:
        yield f"pc_{key(record.pmcid)}"
    for bank in record.data_banks:
        yield f"si_{key(bank.name)}"
        for accession in bank.accessions:
            yield f"si_{key(accession)}"
            yield f"si_{key(f'{bank.name} {accession}')}"


def _names(record: Record) -> Iterator[str]:
    lists = record.investigator_lists + ((record.book.investigators,) if record.book else ())
    members = (person for people in lists for person in people.people)
    for person in (*_people(record), *members, *record.name_subjects):
        if not person.collective_name:
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


def _grant(grant: Grant) -> Iterator[str]:
    """A grant in the spellings people use: ``R01 CA016235-03``, ``R01CA016235 03``, ``CA016235`` and ``CA16235``."""
    yield grant.id
    award = _AWARD.match(grant.id.upper())
    if award:
        institute, serial = award["institute"], award["serial"]
        padded, bare = f"{institute}{serial:0>6}", f"{institute}{serial}"
        rest = grant.id[award.end() :]
        if award["activity"]:
            yield f"{award['activity']}{padded} {rest}"
            yield f"{award['activity']} {padded} {rest}"
        yield from dict.fromkeys((padded, bare))
    yield from (grant.acronym, grant.agency, grant.country)


def _ids(record: Record) -> Iterator[str]:
    yield str(record.pmid)
    yield from dict.fromkeys((record.doi, record.pmcid, *(id.value for id in (*record.ids, *record.other_ids))))
    yield from (substance.registry_number for substance in record.substances if substance.registry_number != "0")
    journal = record.journal
    yield from dict.fromkeys((journal.issn, journal.issn_linking, journal.nlm_unique_id))
    yield from (person.orcid for person in _people(record))
