"""A Record from the fields of one record in MEDLINE format."""

from __future__ import annotations

import re

from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.medline import SECOND_DATES
from tui.model.record import (
    Abstract,
    AbstractSection,
    ArticleDate,
    Book,
    ELocation,
    Identifier,
    Issue,
    Journal,
    Node,
    Note,
    Pagination,
    PersonList,
    Record,
    Term,
)
from tui.parse import nbib_indexing as indexing
from tui.parse import nbib_people
from tui.parse.nbib_dates import compact, history, published
from tui.parse.nbib_fields import Fields, NotNbib, named, with_kind

_ISSN = re.compile(r"(\S+) \((\w+)\)")
_CAPITALS = r"[A-Z][A-Z0-9 ,/&()'-]{1,60}[A-Z)]"
_LABEL = re.compile(rf"({_CAPITALS}): ")
_NEXT_LABEL = re.compile(rf"(?<=[.?!)\]]) (?={_CAPITALS}: )")
_MODELS = {second: model for model, second in SECOND_DATES.items()}
_MODEL = re.compile(rf"\. ({'|'.join(_MODELS)}) [^.]*\.?$")
"""The date that ends SO, which tells PubModel."""


def record_of(pairs: list[tuple[str, list[str]]], line: int) -> Record:
    """The record of these fields, which begins on that line. Raises `NotNbib` where it has no PMID."""
    fields = Fields([(tag, one_line(" ".join(parts))) for tag, parts in pairs])
    pmid = fields.one("PMID")
    if not (pmid.isascii() and pmid.isdigit() and len(pmid) <= 9 and int(pmid)):
        raise NotNbib(f"The record that begins on line {line} has no PMID.", "PubMed's own MEDLINE files have one.")
    people, complete, others = nbib_people.people(fields)
    authors = PersonList(people["authors"], complete)
    place, title = fields.one("PL"), fields.one("TI")
    date, volume = published(fields.one("DP")), fields.one("VI")
    book = _book(fields)
    if book is not None:
        lists = [PersonList(people["editors"], kind="editors"), authors._replace(kind="authors")]
        authors = lists.pop() if title else PersonList()  # with a title of its own it is a chapter, and they are its
        book = book._replace(
            authors=tuple([each for each in lists if each.people]),
            publisher_location=place,
            date=date,
            volume=volume,
        )
        place, date, volume = "", PartialDate(), ""
    journal, issns = _journal(fields, place)
    others += [("IS", issn) for issn in issns]
    substances, concepts = indexing.substances(fields)
    electronic = tuple([ArticleDate(compact(day)) for day in fields.values("DEP")])
    source = _MODEL.search(fields.one("SO"))
    model = _MODELS[source[1]] if source else "Electronic" if electronic else "Print"
    return Record(
        int(pmid),
        owner=fields.one("OWN"),
        status=fields.one("STAT"),
        created=compact(fields.one("DA")),
        completed=compact(fields.one("DCOM")),
        revised=compact(fields.one("DRDT") or fields.one("LR")),
        title=title,
        vernacular_title=fields.one("TT"),
        journal=journal,
        issue=Issue(volume, fields.one("IP"), date),
        pagination=Pagination(fields.one("PG")),
        elocations=tuple([ELocation(kind, value) for value, kind in map(with_kind, fields.values("LID"))]),
        article_dates=electronic,
        abstract=Abstract(_sections(fields.one("AB")), fields.one("CI")),
        other_abstracts=_other_abstracts(fields),
        author_lists=(authors,) if authors.people or not authors.complete else (),
        investigator_lists=(PersonList(people["investigators"]),) if people["investigators"] else (),
        languages=tuple(fields.values("LA")),
        publication_types=tuple([Term(name) for name in fields.values("PT")]),
        data_banks=indexing.data_banks(fields),
        grants=tuple([indexing.grant(text) for text in fields.values("GR")]),
        substances=substances,
        supplementary_concepts=concepts,
        citation_subsets=tuple(fields.values("SB")),
        relations=indexing.relations(fields),
        gene_symbols=tuple(fields.values("GS")),
        mesh=tuple([indexing.heading(text) for text in fields.values("MH")]),
        number_of_references=fields.one("RF"),
        name_subjects=people["subjects"],
        other_ids=tuple([named(text) for text in fields.values("OID")]),
        keyword_lists=indexing.keyword_lists(fields),
        conflict_of_interest=fields.one("COIS"),
        space_flight_missions=tuple(fields.values("SFM")),
        notes=tuple([Note(value, owner) for owner, value in map(named, fields.values("GN"))]),
        publication_status=fields.one("PST"),
        history=history(fields),
        ids=_ids(pmid, fields),
        book=book,
        publication_model=model,
        unrecognised=tuple([Node(tag, (), value) for tag, value in (*others, *fields.rest()) if value]),
    )


def _journal(fields: Fields, country: str) -> tuple[Journal, list[str]]:
    """The journal, and the ISSNs for which it has no place: a journal may have one in print and one online."""
    issn = kind = linking = ""
    others: list[str] = []
    for text in fields.values("IS"):
        found = _ISSN.fullmatch(text)
        if found and found[2] == "Linking" and not linking:
            linking = found[1]
        elif not issn:
            issn, kind = (found[1], found[2]) if found else (text, "")
        else:
            others.append(text)
    title, abbreviation, number = fields.one("JT"), fields.one("TA"), fields.one("JID")
    return Journal(title, "", abbreviation, issn, kind, linking, number, country), others


def _sections(text: str) -> tuple[AbstractSection, ...]:
    """The sections of a structured abstract, told by their labels in capitals; one without a label of any other."""
    if not text:
        return ()
    if not _LABEL.match(text):
        return (AbstractSection(text),)
    sections = []
    for part in _NEXT_LABEL.split(text):
        found = _LABEL.match(part)
        sections.append(AbstractSection(part[found.end() :], found[1]) if found else AbstractSection(part))
    return tuple(sections)


def _other_abstracts(fields: Fields) -> tuple[Abstract, ...]:
    found: list[Abstract] = []
    for tag, text in fields.all("OAB", "OABL", "OCI"):
        if tag == "OAB" or not found:
            found.append(Abstract())
        if tag == "OAB":
            found[-1] = Abstract(_sections(text))
        elif tag == "OABL":
            found[-1] = found[-1]._replace(language=text)
        else:
            found[-1] = found[-1]._replace(copyright=text)
    return tuple(found)


def _ids(pmid: str, fields: Fields) -> tuple[Identifier, ...]:
    ids = [Identifier("pubmed", pmid)]
    ids += [Identifier(kind, value) for value, kind in map(with_kind, fields.values("AID"))]
    for tag, kind in (("PMC", "pmc"), ("MID", "mid")):
        ids += [Identifier(kind, value) for value in fields.values(tag)]
    return tuple(ids)


def _book(fields: Fields) -> Book | None:
    """What tells a book or its chapter, or None in an article."""
    book = Book(
        title=fields.one("BTI"),
        publisher=fields.one("PB"),
        volume_title=fields.one("VTI"),
        edition=fields.one("EN"),
        collection=fields.one("CTI"),
        isbns=tuple(fields.values("ISBN")),
        locations=tuple([("chapter", text) for text in fields.values("CP")]),
        contributed=compact(fields.one("CTDT")),
    )
    return None if book == Book() else book
