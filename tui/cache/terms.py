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

from tui.cache.filters import filters
from tui.detect.nih import award_of
from tui.model.dates import PartialDate
from tui.model.folding import fold, key
from tui.model.record import Grant, Person, Record
from tui.query.qualifiers import broader as broader_qualifiers

BREAK = "\ue000"
"""A word nobody types: it stands between values, so that no phrase runs from one into the next."""
JOINT = "__"
"""Between a heading and its qualifier within one key."""
LATE = "late"
"""Before the key of a date that only ranges find."""


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

Broader = Callable[[str], Collection[str]]
"""The headings above a heading, itself among them; none where no vocabulary is loaded."""


def unexploded(_name: str) -> Collection[str]:
    """Where no vocabulary is loaded."""
    return ()


_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])\W*\Z", re.ASCII)


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
    return f" {BREAK} ".join([fold(value) for value in values if value])


def _people(record: Record) -> Iterator[Person]:
    """Authors and editors."""
    lists = record.author_lists + (record.book.authors if record.book else ())
    return (person for people in lists for person in people.people)


def _members(record: Record) -> Iterator[Person]:
    """Investigators."""
    lists = record.investigator_lists + ((record.book.investigators,) if record.book else ())
    return (person for people in lists for person in people.people)


def _keys(record: Record, broader: Broader) -> Iterator[str]:
    yield "all"
    yield f"pm_{record.pmid}"
    yield from _people_keys(record)
    yield from _mesh_keys(record, broader)
    yield from _source_keys(record)
    yield from _date_keys(record)
    yield from (f"sb_{name}" for name in filters(record))
    yield f"yr{record.date.year_number:04}"
    yield from _id_keys(record)
    yield from (f"la_{key(language)}" for language in record.languages)
    for term in record.publication_types:
        yield f"pt_{key(term.name)}"
        yield from (f"px_{key(name)}" for name in broader(term.name))
    for substance in record.substances:
        yield f"nm_{key(substance.name)}"
        if substance.registry_number not in ("", "0"):
            number = key(substance.registry_number)
            yield f"rn_{number}"
            yield f"rn_{number.removeprefix('ec_')}"
    yield from (f"nm_{key(term.name)}" for term in record.supplementary_concepts)


def identifier_key(text: str) -> str:
    """An ORCID, an ISBN and the like without what divides it, and an ORCID without what stands before it."""
    orcid = _ORCID.search(text)
    return "".join(orcid.groups()).lower() if orcid else key(text).replace("_", "")


def _names_of(person: Person, kind: str) -> Iterator[str]:
    """``au_karnoub_ae`` and ``auf_karnoub_antoine_e``."""
    yield f"{kind}_{key(f'{person.last_name or person.fore_name} {person.initials} {person.suffix}')}"
    if person.last_name and person.fore_name:
        yield f"{kind}f_{key(f'{person.last_name} {person.fore_name} {person.suffix}')}"


def _people_keys(record: Record) -> Iterator[str]:
    for person in _people(record):
        if not person.collective_name:
            yield from _names_of(person, "au")
            yield f"al_{key(person.last_name or person.fore_name).partition('_')[0]}"
        yield from (f"id_{identifier_key(identifier.value)}" for identifier in person.identifiers)
    for person in _members(record):
        yield from _names_of(person, "ir")
        yield from (f"id_{identifier_key(identifier.value)}" for identifier in person.identifiers)
    authors = [person for person in record.authors if not person.collective_name]
    if authors:
        yield from _names_of(authors[0], "fi")
        yield from _names_of(authors[-1], "lt")
    for person in record.name_subjects:
        yield from _names_of(person, "ps")
    lists = record.author_lists + (record.book.authors if record.book else ())
    for person in (person for people in lists if people.kind == "editors" for person in people.people):
        yield from _names_of(person, "ed")


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
            kinds = (("mq", "mr"), ("mp", "ms")) if qualifier.major else (("mq", "mr"),)
            for exactly, below in kinds:
                yield f"{exactly}_{name}{JOINT}{key(qualifier.name)}"
                yield from (f"{below}_{name}{JOINT}{key(each)}" for each in broader_qualifiers(qualifier.name.lower()))


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

    PubMed dates a record by print and electronic publication alike. ``entrez``, ``pubmed`` and ``medline`` in its
    history are its dates of creation, entry and MeSH (User Guide, "PubMed format", PHST).
    """
    history: dict[str, set[int]] = {}
    for each in record.history:
        history.setdefault(each.status.lower(), set()).add(each.date.sort_key)
    created = history.get("entrez") or _known(record.created) or history.get("pubmed", set())
    entered = history.get("pubmed") or created
    electronic = {each.date.sort_key for each in record.article_dates}
    found = {
        "dp": {record.date.sort_key, record.issue.date.sort_key} | electronic,
        "edat": entered,
        "crdt": created,
        "mhda": history.get("medline") or entered,
        "lr": _known(record.revised),
        "dcom": _known(record.completed),
        "epdat": electronic | history.get("epublish", set()),
        "ppdat": {_printed(record)} | history.get("ppublish", set()),
    }
    return {tag: days - {0} for tag, days in found.items()}


def _printed(record: Record) -> int:
    """The date of the printed issue; 0 where there is none."""
    return record.issue.date.sort_key if "Print" in (record.publication_model or "Print") else 0


def _known(date: PartialDate) -> set[int]:
    return {date.sort_key} - {0}


def _date_keys(record: Record) -> Iterator[str]:
    for tag, days in dates(record).items():
        yield from _spans(tag, days)
    printed = _printed(record)
    late = {each.date.sort_key for each in record.article_dates if 0 < printed < each.date.sort_key}
    if late:
        single = set(_spans("dp", dates(record)["dp"] - late))
        yield from (f"{LATE}{each}" for each in _spans("dp", late) if each not in single)


def _spans(tag: str, days: Iterable[int]) -> Iterator[str]:
    """The keys of the year, the month and the day of each date."""
    for day in days:
        yield f"{tag}{day // 10000:04}"
        yield f"{tag}{day // 100:06}"
        yield f"{tag}{day:08}"


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
