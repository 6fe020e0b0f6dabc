"""MEDLINE/nbib: PubMed's own display format, field by field in its order, folded as PubMed folds it.

The tags are those of NLM's "MEDLINE/PubMed Data Element (Field) Descriptions" and of PubMed's help, "PubMed format".
Where PubMed's files of today and its files from before 2020 differ (folding, accents, the place of article numbers),
this is the format of today. What a record cannot say, such as the journal's second ISSN, is not there; a field that
was read from a file and has no place in a record is written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from tui.export import words
from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.medline import SECOND_DATES, STATUSES
from tui.model.record import Abstract, Book, Grant, Person, Record, Relation
from tui.model.relations import RELATIONS
from tui.model.results import Kept

_WIDTH = 87
"""Characters of a line; the blank at which it is folded may stand after them."""
_INDENT = " " * 6
_NO_BOOK = Book()

_NOT_ARTICLE_IDS = frozenset(("pubmed", "pmc", "pmcid", "pmcpid", "mid"))
"""Kinds of ArticleId that are no AID: they have tags of their own, or none."""

_OPENING, _CLOSING = re.compile(r"<su[bp]>"), re.compile(r"</su[bp]>")
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"[a-z]?[0-9]+")
_TAG_NAME = re.compile(r"[A-Z][A-Z0-9]{1,3}")


def write(records: Iterable[Kept]) -> Iterator[str]:
    """One record a piece, a blank line between two."""
    before = ""
    for kept in records:
        yield before + "".join(f"{line}\n" for tag, value in fields(kept.record) for line in _folded(tag, value))
        before = "\n"


def fields(record: Record) -> Iterator[tuple[str, str]]:
    """Tag and value of each field, in PubMed's order; values on one line, none empty."""
    for tag, value in _fields(record):
        if value and (line := one_line(value)):
            yield tag, line


def _folded(tag: str, value: str) -> Iterator[str]:
    """The lines of a field: broken at blanks only, each of which stays at the end of its line."""
    line = f"{tag:<4}- {value}"
    while len(line) > _WIDTH:
        end = line.rfind(" ", len(_INDENT), _WIDTH + 1)
        if end < 0:
            end = line.find(" ", _WIDTH)
        if end < 0:
            break
        yield line[: end + 1]
        line = _INDENT + line[end + 1 :]
    yield line


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    journal, issue = record.journal, record.issue
    book = record.book or _NO_BOOK
    yield "PMID", str(record.pmid)
    yield "OWN", record.owner
    yield "STAT", record.status
    if record.book:
        yield "DRDT", _compact(record.revised)
        yield "CTDT", _compact(book.contributed)
        yield "PB", book.publisher
        yield "CTI", _plain(book.collection)
        yield from (("ISBN", isbn) for isbn in book.isbns)
    else:
        yield "DA", _compact(record.created)
        yield "DCOM", _compact(record.completed)
        yield "LR", _compact(record.revised)
    yield from (("IS", issn) for issn in _issns(record))
    yield "VI", issue.volume or book.volume
    yield "VTI", _plain(book.volume_title)
    yield "IP", issue.issue
    yield "DP", str(issue.date if issue.date != PartialDate() else book.date)
    yield "TI", _plain(record.title)
    yield "BTI", _plain(book.title)
    yield "EN", book.edition
    yield from (("CP", text) for kind, text in book.locations if kind == "chapter")
    yield "PG", _pages(record)
    yield from (("LID", location) for location in _locations(record))
    yield "AB", _abstract(record.abstract)
    yield "CI", _plain(record.abstract.copyright)
    lists = book.authors + record.author_lists
    for people in lists:
        if people.kind == "editors":
            yield from _people(people.people, "FED", "ED", "AD")
    for people in lists:
        if people.kind != "editors":
            yield from _people(people.people, "FAU", "AU", "AD")
            if not people.complete:
                yield "AU", "et al."
    yield from (("LA", language) for language in record.languages)
    for bank in record.data_banks:
        yield from (("SI", f"{bank.name}/{accession}") for accession in bank.accessions)
        if not bank.accessions:
            yield "SI", bank.name
    yield from (("GR", _grant(grant)) for grant in record.grants)
    yield from (("PT", term.name) for term in record.publication_types)
    yield "TT", _plain(record.vernacular_title)
    yield from (("DEP", _compact(date.date)) for date in record.article_dates)
    yield "PL", journal.country or book.publisher_location
    yield "TA", journal.medline_ta or journal.iso_abbreviation
    yield "JT", journal.title
    yield "JID", journal.nlm_unique_id
    yield from (("RN", f"{substance.registry_number or '0'} ({substance.name})") for substance in record.substances)
    yield from (("RN", term.name) for term in record.supplementary_concepts)
    yield from (("SB", subset) for subset in record.citation_subsets)
    yield from ((RELATIONS[each.kind].tag, _relation(each)) for each in record.relations if _shown(each))
    yield from (("GS", symbol) for symbol in record.gene_symbols)
    yield from (("MH", words.heading(each)) for each in record.mesh)
    yield "RF", record.number_of_references
    yield from _people(record.name_subjects, "FPS", "PS", "AD", short_first=True)
    yield "PMC", record.pmcid
    yield from (("MID", each.value) for each in record.ids if each.kind == "mid")
    yield from (("OID", _owned(each.kind, each.value)) for each in record.other_ids)
    for abstract in record.other_abstracts:
        if abstract.kind != "Publisher":  # PubMed does not show the publisher's in another language
            yield "OAB", _abstract(abstract)
            yield "OABL", abstract.language
            yield "OCI", _plain(abstract.copyright)
    for keywords in record.keyword_lists:
        yield "OTO", keywords.owner
        yield from (("OT", "*" * keyword.major + _plain(keyword.text)) for keyword in keywords.keywords)
    yield from (("GN", _owned(note.owner, note.text)) for note in record.notes)
    yield "COIS", _plain(record.conflict_of_interest)
    for people in record.investigator_lists:
        yield from _people(people.people, "FIR", "IR", "IRAD")
    yield from (("SFM", mission) for mission in record.space_flight_missions)
    yield from _history(record)
    yield from (("AID", f"{each.value} [{each.kind}]") for each in record.ids if each.kind not in _NOT_ARTICLE_IDS)
    yield "PST", record.publication_status
    yield "SO", _source(record)
    yield from _elsewhere(record)


def _issns(record: Record) -> Iterator[str]:
    journal = record.journal
    if journal.issn:
        yield f"{journal.issn} ({journal.issn_type})" if journal.issn_type else journal.issn
    yield from (node.text for node in record.unrecognised if node.name == "IS")
    if journal.issn_linking:
        yield f"{journal.issn_linking} (Linking)"


def _elsewhere(record: Record) -> Iterator[tuple[str, str]]:
    """Fields of a MEDLINE file that no field of a record stands for."""
    return (
        (node.name, node.text) for node in record.unrecognised if _TAG_NAME.fullmatch(node.name) and node.name != "IS"
    )


def _pages(record: Record) -> str:
    medline, start, end = record.pagination
    return medline or "-".join(part for part in (start, end) if part)


def _locations(record: Record) -> Iterator[str]:
    """A publisher's identifier first, then the DOI, then an article number, which stands for pages and has no kind."""
    places = [place for place in record.elocations if place.valid]
    pii = {each.value for each in record.ids if each.kind == "pii"}
    numbers = [
        place
        for place in places
        if not place.kind or (place.kind == "pii" and _NUMBER.fullmatch(place.value) and place.value not in pii)
    ]
    for kind in ("pii", "doi"):
        yield from (f"{each.value} [{kind}]" for each in places if each.kind == kind and each not in numbers)
    yield from (each.value for each in numbers)


def _people(
    people: Iterable[Person], full: str, short: str, address: str, *, short_first: bool = False
) -> Iterator[tuple[str, str]]:
    """Each person by both names, with ids and addresses; superseded spellings left out."""
    for person in people:
        if not person.valid:
            continue
        if person.collective_name:
            yield "CN", _plain(person.collective_name)
        else:
            names = [(full, _full_name(person)), (short, person.short)]
            yield from reversed(names) if short_first else names
        for kind, value in person.identifiers:
            yield "AUID", _owned(kind, (person.orcid if kind == "ORCID" else "") or value)
        yield from ((address, _plain(each.text)) for each in person.affiliations)


def _full_name(person: Person) -> str:
    """``Weinberg, Robert A Jr``."""
    given = " ".join(part for part in (person.fore_name or person.initials, person.suffix) if part)
    return ", ".join(part for part in (person.last_name, given) if part)


def _owned(owner: str, value: str) -> str:
    """``ORCID: 0000-0002-1825-0097``."""
    return f"{owner}: {value}" if owner else value


def _grant(grant: Grant) -> str:
    """``R01 CA116235/CA/NCI NIH HHS/United States``; the country's slash stands even where it is not known."""
    return "/".join([*filter(None, (grant.id, grant.acronym, grant.agency)), grant.country])


def _shown(relation: Relation) -> bool:
    return relation.kind in RELATIONS and bool(RELATIONS[relation.kind].tag)


def _relation(relation: Relation) -> str:
    pmid = f"PMID: {relation.pmid}" if relation.pmid else ""
    *before, last = [part for part in (relation.source, relation.note, pmid) if part.strip(". ")] or [""]
    return "".join(f"{part.rstrip('.')}. " for part in before) + last


def _abstract(abstract: Abstract) -> str:
    return " ".join(
        f"{section.label}: {_plain(section.text)}" if section.label else _plain(section.text)
        for section in abstract.sections
    )


def _history(record: Record) -> Iterator[tuple[str, str]]:
    """PubMed's own dates by the names of their fields, then all of them; of a book each date once."""
    dates = {each.status: each.date for each in record.history}
    for tag, status in STATUSES.items():
        if status in dates and not (record.book and tag == "MHDA"):
            yield tag, _day(dates[status]) if tag == "PMCR" else _minute(dates[status])
    for status, date in record.history:
        if not (record.book and status in STATUSES.values()):
            yield "PHST", f"{_minute(date)} [{status}]"


def _source(record: Record) -> str:
    """The citation that PubMed makes of the rest: ``Nature. 2007 Oct 4;449(7162):557-63. doi: 10.1038/nature06188.``"""
    journal, issue = record.journal, record.issue
    abbreviation = journal.medline_ta or journal.iso_abbreviation
    if not abbreviation:
        return ""
    preprint = " [Preprint]" if any(term.name == "Preprint" for term in record.publication_types) else ""
    second = SECOND_DATES.get(record.publication_model, "")
    electronic = next((each.date for each in record.article_dates if each.kind == "Electronic"), PartialDate())
    date, other = issue.date, electronic
    if second not in ("", "Epub") and electronic != PartialDate():
        date, other = electronic, issue.date
    number = f"({issue.issue})" if issue.issue else ""
    pages = _pages(record) or next((each.value for each in record.elocations if each.kind != "doi"), "")
    source = f"{abbreviation}{preprint}. {date}"
    if issue.volume or number:
        source += f";{issue.volume}{number}"
    if pages:
        source += f":{pages}"
    doi = f" doi: {record.doi}." if record.doi else ""
    return f"{source}.{doi}" + (f" {second} {other}." if second and other != PartialDate() else "")


def _compact(date: PartialDate) -> str:
    """``20071004``, as far as it is known."""
    return date.iso.replace("-", "")


def _day(date: PartialDate) -> str:
    """``2007/10/04``."""
    return date.iso.replace("-", "/")


def _minute(date: PartialDate) -> str:
    """``2007/10/05 09:00``; midnight where no time is known."""
    return f"{_day(date)} {date.hour or '0':0>2}:{date.minute or '0':0>2}"


def _plain(text: str) -> str:
    """A text as PubMed shows it here: scripts in parentheses (``H(2)O``), no other markup, formulas readable."""
    markup = getattr(text, "markup", "")
    if not markup or "<mml:" in markup:
        return text
    return unescape(_TAG.sub("", _CLOSING.sub(")", _OPENING.sub("(", markup))))
