"""MEDLINE/nbib text to Records: what PubMed saves in its "PubMed" format and efetch gives as rettype=medline.

A field is a tag of two to four capitals, filled up with blanks to four places, ``- `` and a value that goes on in
lines that begin with blanks; a blank line ends a record. The format says less than the XML: what it leaves out
(unique ids, references, the ISO abbreviation) is empty here, and a field that no part of a Record stands for is kept
as a `Node` under its tag. Files of PubMed from before 2020 and after are read alike.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator

from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.problem import Problem
from tui.model.record import (
    Abstract,
    AbstractSection,
    Affiliation,
    ArticleDate,
    Book,
    DataBank,
    Descriptor,
    ELocation,
    Grant,
    HistoryDate,
    Identifier,
    Issue,
    Journal,
    Keyword,
    KeywordList,
    MeshHeading,
    Node,
    Note,
    Pagination,
    Person,
    PersonList,
    Qualifier,
    Record,
    Relation,
    Substance,
    Term,
)

LARGEST = 16 * 1024 * 1024
"""Characters of one record beyond which it is refused; the largest real ones have about a million."""

_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*))?")
_KIND = re.compile(r"(.*) \[([\w-]+)\]")
"""``10.1038/nature06188 [doi]``, ``2007/10/05 09:00 [pubmed]``."""
_DATE = re.compile(r"([0-9]{4})(?: ([A-Z][a-z]{2})(?: ([0-9]{1,2}))?)?")
_SEASON = re.compile(r"([0-9]{4}) (Spring|Summer|Autumn|Fall|Winter)")
_ISSN = re.compile(r"(\S+) \((\w+)\)")
_SUBSTANCE = re.compile(r"(0|EC [\w.-]+|[0-9]+-[0-9]{2}-[0-9]|[0-9A-Z]{10}) \((.*)\)")
_ACRONYM = re.compile(r"[A-Z]{2}|[A-Z]+_|Im[A-Z]+|HHMI|NULL")
"""``CA`` of NIH, ``WT_`` of Europe PMC's funders, ``ImNIH`` of intramural research."""
_CAPITALS = r"[A-Z][A-Z0-9 ,/&()'-]{1,60}[A-Z)]"
_LABEL = re.compile(rf"({_CAPITALS}): ")
_NEXT_LABEL = re.compile(rf"(?<=[.?!)\]]) (?={_CAPITALS}: )")
_RELATION = re.compile(r"(.*?)(?:\. |^)PMID: ([0-9]{1,9})")
_MODELS = {"Epub": "Print-Electronic", "Print": "Electronic-Print", "eCollection": "Electronic-eCollection"}
_MODEL = re.compile(rf"\. ({'|'.join(_MODELS)}) [^.]*\.?$")
"""The date that ends SO, which tells PubModel."""

_RELATIONS = {
    "CIN": "CommentIn",
    "CON": "CommentOn",
    "CRF": "CorrectedandRepublishedFrom",
    "CRI": "CorrectedandRepublishedIn",
    "DDIN": "AssociatedPublication",
    "ECF": "ExpressionOfConcernFor",
    "ECI": "ExpressionOfConcernIn",
    "EFR": "ErratumFor",
    "EIN": "ErratumIn",
    "ORI": "OriginalReportIn",
    "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf",
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "RPF": "RepublishedFrom",
    "RPI": "RepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "SPIN": "SummaryForPatientsIn",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
}
"""The kind of CommentsCorrections that each tag stands for."""

_STATUSES = {"EDAT": "pubmed", "MHDA": "medline", "PMCR": "pmc-release", "CRDT": "entrez"}
"""Dates with a tag of their own, and what PHST calls them."""


class NotNbib(Problem):
    """The text is not in MEDLINE format; the message names the line."""


class _Fields:
    """The fields of one record, taken out one kind after the other; what is never asked for remains."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[tuple[int, str]]] = {}
        for place, (tag, value) in enumerate(pairs):
            self._values.setdefault(tag, []).append((place, value))

    def all(self, *tags: str) -> list[tuple[str, str]]:
        """Tag and value of each field of these tags, in their order in the file."""
        found = [(place, tag, value) for tag in tags for place, value in self._values.pop(tag, ())]
        return [(tag, value) for _, tag, value in sorted(found)]

    def values(self, tag: str) -> list[str]:
        return [value for _, value in self._values.pop(tag, ())]

    def one(self, tag: str) -> str:
        """The first of that tag; a second remains."""
        values = self._values.get(tag)
        return values.pop(0)[1] if values else ""

    def rest(self) -> list[tuple[str, str]]:
        return self.all(*self._values)


def read(chunks: Iterable[bytes]) -> Iterator[Record]:
    """The records of a file in UTF-8, one at a time. Raises `NotNbib`."""
    pairs: list[tuple[str, list[str]]] = []
    begin = size = 0
    for number, line in enumerate(_lines(chunks), 1):
        if not line.strip(" \t"):
            if pairs:
                yield _record(pairs, begin)
                pairs = []
            continue
        field = _FIELD.fullmatch(line)
        if field and field[1] == "PMID" and any(tag == "PMID" for tag, _ in pairs):  # no blank line between the two
            yield _record(pairs, begin)
            pairs = []
        if not pairs:
            begin, size = number, 0
        if field:
            pairs.append((field[1], [field[2] or ""]))
        elif pairs and line[0] in " \t":
            pairs[-1][1].append(line.strip(" \t"))
        else:
            raise NotNbib(
                f"Line {number} is no field of a MEDLINE record: {one_line(line)[:40]!r}.",
                "A field begins as PMID- 17914389 does.",
            )
        size += len(line)
        if size > LARGEST:
            raise NotNbib(f"The record that begins on line {begin} is too large.", "This is not a MEDLINE file.")
    if pairs:
        yield _record(pairs, begin)
    elif not begin:
        raise NotNbib("There is no record in it.", "Save or download the file again.")


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Lines without their ends, whichever these are."""
    pending = ""
    for text in _decoded(chunks):
        *whole, pending = (pending + text).split("\n")
        yield from whole
        if len(pending) > LARGEST:
            raise NotNbib(f"A single line is longer than {LARGEST >> 20} MiB.", "This is not a MEDLINE file.")
    if pending:
        yield pending


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8-sig")(), translate=True)
    behind = 1
    try:
        for chunk in chunks:
            text = decoder.decode(chunk)
            behind += text.count("\n")
            yield text
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line = behind + error.object.count(b"\n", 0, error.start)
        raise NotNbib(f"Line {line} is not UTF-8.", "Save or download the file again.") from None


def _record(pairs: list[tuple[str, list[str]]], line: int) -> Record:
    """The record of these fields, which begins on that line. Raises `NotNbib` where it has no PMID."""
    fields = _Fields([(tag, one_line(" ".join(parts))) for tag, parts in pairs])
    pmid = fields.one("PMID")
    if not (pmid.isascii() and pmid.isdigit() and len(pmid) <= 9 and int(pmid)):
        raise NotNbib(f"The record that begins on line {line} has no PMID.", "PubMed's own MEDLINE files have one.")
    people, complete, others = _people(fields)
    authors = PersonList(people["authors"], complete)
    place, title = fields.one("PL"), fields.one("TI")
    date, volume = _date(fields.one("DP")), fields.one("VI")
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
    substances, concepts = _substances(fields)
    electronic = tuple([ArticleDate(_compact(day)) for day in fields.values("DEP")])
    source = _MODEL.search(fields.one("SO"))
    model = _MODELS[source[1]] if source else "Electronic" if electronic else "Print"
    return Record(
        int(pmid),
        owner=fields.one("OWN"),
        status=fields.one("STAT"),
        created=_compact(fields.one("DA")),
        completed=_compact(fields.one("DCOM")),
        revised=_compact(fields.one("DRDT") or fields.one("LR")),
        title=title,
        vernacular_title=fields.one("TT"),
        journal=journal,
        issue=Issue(volume, fields.one("IP"), date),
        pagination=Pagination(fields.one("PG")),
        elocations=tuple([ELocation(kind, value) for value, kind in map(_kind, fields.values("LID"))]),
        article_dates=electronic,
        abstract=Abstract(_sections(fields.one("AB")), fields.one("CI")),
        other_abstracts=_other_abstracts(fields),
        author_lists=(authors,) if authors.people or not authors.complete else (),
        investigator_lists=(PersonList(people["investigators"]),) if people["investigators"] else (),
        languages=tuple(fields.values("LA")),
        publication_types=tuple([Term(name) for name in fields.values("PT")]),
        data_banks=_data_banks(fields),
        grants=tuple([_grant(text) for text in fields.values("GR")]),
        substances=substances,
        supplementary_concepts=concepts,
        citation_subsets=tuple(fields.values("SB")),
        relations=tuple([_relation(_RELATIONS[tag], text) for tag, text in fields.all(*_RELATIONS)]),
        gene_symbols=tuple(fields.values("GS")),
        mesh=tuple([_heading(text) for text in fields.values("MH")]),
        number_of_references=fields.one("RF"),
        name_subjects=people["subjects"],
        other_ids=tuple([_named(text) for text in fields.values("OID")]),
        keyword_lists=_keyword_lists(fields),
        conflict_of_interest=fields.one("COIS"),
        space_flight_missions=tuple(fields.values("SFM")),
        notes=tuple([Note(value, owner) for owner, value in map(_named, fields.values("GN"))]),
        publication_status=fields.one("PST"),
        history=_history(fields),
        ids=_ids(pmid, fields),
        book=book,
        publication_model=model,
        unrecognised=tuple([Node(tag, (), value) for tag, value in (*others, *fields.rest()) if value]),
    )


_GROUPS = {
    "FAU": "authors",
    "AU": "authors",
    "CN": "authors",
    "FED": "editors",
    "ED": "editors",
    "FIR": "investigators",
    "IR": "investigators",
    "PS": "subjects",
    "FPS": "subjects",
}
_SECOND_NAMES = {"AU": "FAU", "ED": "FED", "IR": "FIR", "FPS": "PS"}
"""The tags that say the name again which the tag before them said."""
_FULL = frozenset(("FAU", "FED", "FIR", "FPS"))


def _people(fields: _Fields) -> tuple[dict[str, tuple[Person, ...]], bool, list[tuple[str, str]]]:
    """People by their group, whether the authors are all of them, and what belongs to nobody.

    What follows a name belongs to it. The one affiliation that files from before 2014 have stands before the first
    author, whose it is.
    """
    found: list[tuple[str, list[tuple[str, str]]]] = []
    before: list[tuple[str, str]] = []
    complete = True
    for tag, value in fields.all(*_GROUPS, "AUID", "AD", "IRAD"):
        group = _GROUPS.get(tag, "")
        if group == "authors" and value.rstrip(".") == "et al":
            complete = False
        elif group and not (found and found[-1][0] == group and found[-1][1][-1][0] == _SECOND_NAMES.get(tag)):
            found.append((group, [*before, (tag, value)]))
            before = []
        elif found:
            found[-1][1].append((tag, value))
        else:
            before.append((tag, value))
    people: dict[str, list[Person]] = {group: [] for group in _GROUPS.values()}
    for group, said in found:
        people[group].append(_person(said))
    return {group: tuple(members) for group, members in people.items()}, complete, before


def _person(said: list[tuple[str, str]]) -> Person:
    name, ids, addresses = Person(), [], []
    full = short = ""
    for tag, value in said:
        if tag == "AUID":
            ids.append(_named(value))
        elif tag in ("AD", "IRAD"):
            addresses.append(Affiliation(value))
        elif tag == "CN":
            name = Person(collective_name=value)
        elif tag in _FULL:
            full = value
        else:
            short = value
    if full or short:
        name = _name(full, short)
    return name._replace(identifiers=tuple(ids), affiliations=tuple(addresses))


def _name(full: str, short: str) -> Person:
    """From ``Weinberg, Robert A Jr`` and ``Weinberg RA Jr``, of which one may be missing."""
    last, _, given = full.partition(", ")
    if not last:
        last, _, given = short.partition(", ")
        if not given and short.rpartition(" ")[2].isupper():
            last, _, initials = short.rpartition(" ")
            return Person(last or initials, "", initials if last else "")
        return Person(last, given)
    initials, _, suffix = short.removeprefix(last).strip().partition(" ")
    if not given.endswith(f" {suffix}"):
        initials, suffix = f"{initials} {suffix}", ""
    return Person(last, given.removesuffix(f" {suffix}") if suffix else given, initials.strip(), suffix)


def _named(text: str) -> Identifier:
    """``ORCID: 0000-0002-1825-0097``, ``NASA: 00018452``."""
    kind, colon, value = text.partition(": ")
    return Identifier(kind, value) if colon else Identifier("", text)


def _kind(text: str) -> tuple[str, str]:
    """Value and kind of ``10.1038/nature06188 [doi]``; an article number has no kind."""
    found = _KIND.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def _compact(text: str) -> PartialDate:
    """``20071004``."""
    return PartialDate(text[:4], text[4:6], text[6:8]) if text.isascii() and text.isdigit() else PartialDate(text)


def _date(text: str) -> PartialDate:
    """DP: the date as the journal has it."""
    if day := _DATE.fullmatch(text):
        return PartialDate(day[1], day[2] or "", day[3] or "")
    if season := _SEASON.fullmatch(text):
        return PartialDate(season[1], season=season[2])
    return PartialDate(medline_date=text)


def _history(fields: _Fields) -> tuple[HistoryDate, ...]:
    dates = [HistoryDate(status, _time(time)) for time, status in map(_kind, fields.values("PHST"))]
    known = {each.status for each in dates}
    for tag, status in _STATUSES.items():
        time = fields.one(tag)
        if time and status not in known:
            dates.append(HistoryDate(status, _time(time)))
    return tuple(dates)


def _time(text: str) -> PartialDate:
    """``2007/10/05 09:00``; the numbers as the XML has them, without zeros before."""
    day, _, time = text.partition(" ")
    year, month, date = (*(part.lstrip("0") for part in day.split("/")), "", "", "")[:3]
    hour, _, minute = time.partition(":")
    return PartialDate(year, month, date, hour=_number(hour), minute=_number(minute))


def _number(digits: str) -> str:
    return digits.lstrip("0") or digits[:1]


def _journal(fields: _Fields, country: str) -> tuple[Journal, list[str]]:
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


def _other_abstracts(fields: _Fields) -> tuple[Abstract, ...]:
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


def _data_banks(fields: _Fields) -> tuple[DataBank, ...]:
    banks: list[DataBank] = []
    for text in fields.values("SI"):
        name, _, accession = text.partition("/")
        if not banks or banks[-1].name != name:
            banks.append(DataBank(name))
        if accession:
            banks[-1] = banks[-1]._replace(accessions=(*banks[-1].accessions, accession))
    return tuple(banks)


def _grant(text: str) -> Grant:
    """``R01 CA116235/CA/NCI NIH HHS/United States``; read from its end, because numbers hold slashes themselves."""
    *number, agency, country = ["", *text.split("/")] if "/" in text else ["", text, ""]
    acronym = number.pop() if _ACRONYM.fullmatch(number[-1]) else ""
    return Grant("/".join(number[1:]), acronym, agency, country)


def _substances(fields: _Fields) -> tuple[tuple[Substance, ...], tuple[Term, ...]]:
    """RN: substances with their numbers, and concepts such as ``IFL protocol``, which have none."""
    substances, concepts = [], []
    for text in fields.values("RN"):
        if found := _SUBSTANCE.fullmatch(text):
            substances.append(Substance(found[2], "", found[1]))
        else:
            concepts.append(Term(text))
    return tuple(substances), tuple(concepts)


def _relation(kind: str, text: str) -> Relation:
    found = _RELATION.fullmatch(text)
    return Relation(kind, found[1], int(found[2])) if found else Relation(kind, text)


def _heading(text: str) -> MeshHeading:
    """``Breast Neoplasms/genetics/*pathology``, the star marking what is a major topic."""
    descriptor, *qualifiers = text.split("/")
    return MeshHeading(
        Descriptor(descriptor.removeprefix("*"), major=descriptor.startswith("*")),
        tuple([Qualifier(each.removeprefix("*"), major=each.startswith("*")) for each in qualifiers]),
    )


def _keyword_lists(fields: _Fields) -> tuple[KeywordList, ...]:
    lists: list[tuple[str, list[Keyword]]] = []
    for tag, text in fields.all("OTO", "OT"):
        if tag == "OTO" or not lists:
            lists.append((text if tag == "OTO" else "", []))
        if tag == "OT":
            lists[-1][1].append(Keyword(text.removeprefix("*"), text.startswith("*")))
    return tuple([KeywordList(tuple(keywords), owner) for owner, keywords in lists])


def _ids(pmid: str, fields: _Fields) -> tuple[Identifier, ...]:
    ids = [Identifier("pubmed", pmid)]
    ids += [Identifier(kind, value) for value, kind in map(_kind, fields.values("AID"))]
    for tag, kind in (("PMC", "pmc"), ("MID", "mid")):
        ids += [Identifier(kind, value) for value in fields.values(tag)]
    return tuple(ids)


def _book(fields: _Fields) -> Book | None:
    """What tells a book or its chapter, or None in an article."""
    book = Book(
        title=fields.one("BTI"),
        publisher=fields.one("PB"),
        volume_title=fields.one("VTI"),
        edition=fields.one("EN"),
        collection=fields.one("CTI"),
        isbns=tuple(fields.values("ISBN")),
        locations=tuple([("chapter", text) for text in fields.values("CP")]),
        contributed=_compact(fields.one("CTDT")),
    )
    return None if book == Book() else book
