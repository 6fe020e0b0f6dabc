"""The keys of a record: everything of it that is searched as a whole, each as one word, two letters for its kind first.

``mh_breast_neoplasms``, ``au_karnoub_ae``, ``dp200710``. An import makes a hundred of them of every record, so what
comes again and again (headings, journals, dates) is made once and held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

from tui.cache.filters import filters
from tui.model.dates import PartialDate
from tui.model.folding import key
from tui.model.record import Journal, MeshHeading, Person, Record
from tui.query.qualifiers import broader as broader_qualifiers

JOINT = "__"
"""Between a heading and its qualifier within one key."""
LATE = "late"
"""Before the key of a date that only ranges find."""

Broader = Callable[[str], Collection[str]]
"""The headings above a heading, itself among them; none where no vocabulary is loaded."""

_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])\W*\Z", re.ASCII)
_HELD = 1 << 14


def unexploded(_name: str) -> Collection[str]:
    """Where no vocabulary is loaded."""
    return ()


def identifier_key(text: str) -> str:
    """An ORCID, an ISBN and the like without what divides it, and an ORCID without what stands before it."""
    orcid = _ORCID.search(text)
    return "".join(orcid.groups()).lower() if orcid else key(text).replace("_", "")


class Keys:
    """Makes the keys of records; with `broader`, also those of the headings above their own."""

    def __init__(self, broader: Broader = unexploded) -> None:
        self._broader = broader
        self._above: dict[tuple[str, str], tuple[str, ...]] = {}
        """By kind and heading: the keys of the headings above it."""

    def of(self, record: Record) -> str:
        """The keys, each once, blanks between them."""
        found = ["all", f"pm_{record.pmid}", f"yr{record.date.year_number:04}"]
        _people(record, found)
        self._headings(record, found)
        _source(record, found)
        _dates(record, found)
        found += [f"sb_{name}" for name in filters(record)]
        _ids(record, found)
        _substances(record, found)
        return " ".join(dict.fromkeys(found))

    def _headings(self, record: Record, found: list[str]) -> None:
        for heading in record.mesh:
            found += _heading(heading)
            name = heading.descriptor.name
            found += self._keys_above("mx", name)
            if heading.major:
                found += self._keys_above("mk", name)
        for term in record.publication_types:
            found.append(f"pt_{key(term.name)}")
            found += self._keys_above("px", term.name)

    def _keys_above(self, kind: str, name: str) -> tuple[str, ...]:
        above = self._above.get((kind, name))
        if above is None:
            above = self._above[kind, name] = tuple(f"{kind}_{key(each)}" for each in self._broader(name))
        return above


@lru_cache(_HELD)
def _heading(heading: MeshHeading) -> tuple[str, ...]:
    name = key(heading.descriptor.name)
    found = [f"mh_{name}"]
    if heading.major:
        found.append(f"mj_{name}")
    for qualifier in heading.qualifiers:
        found.append(f"sh_{key(qualifier.name)}")
        for exactly, below in (("mq", "mr"), ("mp", "ms")) if qualifier.major else (("mq", "mr"),):
            found.append(f"{exactly}_{name}{JOINT}{key(qualifier.name)}")
            found += [f"{below}_{name}{JOINT}{key(each)}" for each in broader_qualifiers(qualifier.name.lower())]
    return tuple(found)


def _names(person: Person, kind: str) -> Iterator[str]:
    """``au_karnoub_ae`` and ``auf_karnoub_antoine_e``."""
    last, fore, suffix = key(person.last_name or person.fore_name), key(person.fore_name), key(person.suffix)
    yield f"{kind}_{_joined(last, key(person.initials), suffix)}"
    if person.last_name and person.fore_name:
        yield f"{kind}f_{_joined(last, fore, suffix)}"


def _joined(*parts: str) -> str:
    return "_".join([part for part in parts if part])


def _people(record: Record, found: list[str]) -> None:
    lists = record.author_lists + (record.book.authors if record.book else ())
    for people in lists:
        for person in people.people:
            if not person.collective_name:
                found += _names(person, "au")
                found.append(f"al_{key(person.last_name or person.fore_name).partition('_')[0]}")
                if people.kind == "editors":
                    found += _names(person, "ed")
            _identifiers(person, found)
    members = record.investigator_lists + ((record.book.investigators,) if record.book else ())
    for people in members:
        for person in people.people:
            found += _names(person, "ir")
            _identifiers(person, found)
    authors = [person for person in record.authors if not person.collective_name]
    if authors:
        found += _names(authors[0], "fi")
        found += _names(authors[-1], "lt")
    for person in record.name_subjects:
        found += _names(person, "ps")


def _identifiers(person: Person, found: list[str]) -> None:
    if person.identifiers:
        found += [f"id_{identifier_key(identifier.value)}" for identifier in person.identifiers]


def _source(record: Record, found: list[str]) -> None:
    issue, pages, book = record.issue, record.pagination, record.book
    found += _journal(record.journal)
    if issue.volume:
        found.append(f"vi_{key(issue.volume)}")
    if issue.issue:
        found.append(f"ip_{key(issue.issue)}")
    for page in (pages.medline, pages.start, pages.medline.partition("-")[0]):
        if page:
            found.append(f"pg_{key(page)}")
    if book:
        named = {
            "vi": (book.volume,),
            "pl": (book.publisher_location,),
            "pb": (book.publisher,),
            "bk": (book.link.book, book.title),
            "sn": tuple(isbn.replace("-", "") for isbn in book.isbns),
        }
        found += [f"{kind}_{key(value)}" for kind, values in named.items() for value in values if value]


@lru_cache(_HELD)
def _journal(journal: Journal) -> tuple[str, ...]:
    names = (journal.title, journal.iso_abbreviation, journal.medline_ta, journal.nlm_unique_id)
    numbers = (journal.issn, journal.issn_linking)
    country = (f"pl_{key(journal.country)}",) if journal.country else ()
    return (*(f"ta_{key(name)}" for name in (*names, *numbers) if name), *country)


def dates(record: Record) -> dict[str, set[int]]:
    """The dates of a record as yyyymmdd, by the usual tag of their field; an unknown part is the first of its kind.

    PubMed dates a record by print and electronic publication alike. ``entrez``, ``pubmed`` and ``medline`` in its
    history are its dates of creation, entry and MeSH (User Guide, "PubMed format", PHST).
    """
    history: dict[str, set[int]] = {}
    for each in record.history:
        history.setdefault(each.status.lower(), set()).add(_day(each.date))
    created = history.get("entrez") or _known(record.created) or history.get("pubmed", set())
    entered = history.get("pubmed") or created
    electronic = {_day(each.date) for each in record.article_dates}
    found = {
        "dp": {_day(record.date), _day(record.issue.date)} | electronic,
        "edat": entered,
        "crdt": created,
        "mhda": history.get("medline") or entered,
        "lr": _known(record.revised),
        "dcom": _known(record.completed),
        "epdat": electronic | history.get("epublish", set()),
        "ppdat": {_printed(record)} | history.get("ppublish", set()),
    }
    return {tag: days - {0} for tag, days in found.items()}


@lru_cache(_HELD)
def _day(date: PartialDate) -> int:
    return date.sort_key


def _known(date: PartialDate) -> set[int]:
    return {_day(date)} - {0}


def _printed(record: Record) -> int:
    """The date of the printed issue; 0 where there is none."""
    return _day(record.issue.date) if "Print" in (record.publication_model or "Print") else 0


def _dates(record: Record, found: list[str]) -> None:
    known = dates(record)
    for tag, days in known.items():
        for day in days:
            found += _span(tag, day)
    printed = _printed(record)
    late = {day for day in (_day(each.date) for each in record.article_dates) if 0 < printed < day}
    if late:
        single = {each for day in known["dp"] - late for each in _span("dp", day)}
        found += [f"{LATE}{each}" for day in late for each in _span("dp", day) if each not in single]


@lru_cache(_HELD)
def _span(tag: str, day: int) -> tuple[str, str, str]:
    """The keys of the year, the month and the day of a date."""
    return f"{tag}{day // 10000:04}", f"{tag}{day // 100:06}", f"{tag}{day:08}"


def _ids(record: Record, found: list[str]) -> None:
    values: Iterable[str] = (
        *(each.value for each in record.ids),
        *(each.value for each in record.other_ids),
        record.doi,
    )
    found += [f"ai_{key(value)}" for value in dict.fromkeys(values) if value]
    for place in record.elocations + (record.book.elocations if record.book else ()):
        value = key(place.value)
        found += (f"ai_{value}", f"li_{value}")
    if record.pmcid:
        found.append(f"pc_{key(record.pmcid)}")
    for bank in record.data_banks:
        found.append(f"si_{key(bank.name)}")
        for accession in bank.accessions:
            found += (f"si_{key(accession)}", f"si_{key(f'{bank.name} {accession}')}")


def _substances(record: Record, found: list[str]) -> None:
    found += [f"la_{key(language)}" for language in record.languages]
    for substance in record.substances:
        found.append(f"nm_{key(substance.name)}")
        if substance.registry_number not in ("", "0"):
            number = key(substance.registry_number)
            found += (f"rn_{number}", f"rn_{number.removeprefix('ec_')}")
    found += [f"nm_{key(term.name)}" for term in record.supplementary_concepts]
