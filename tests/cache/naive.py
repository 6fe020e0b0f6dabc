"""What a query finds, by looking at the records themselves: the tests' own reading of a mapped tree.

It shares with the program the words of a text (`model.folding`), the form of an award number (`detect.nih`) and tables
of names (languages, subheadings), and knows nothing of the index. Phrases are looked for in the text of each value,
names among the people, headings in a MeSH tree made of dictionaries.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from tui.detect.nih import award_of
from tui.model.folding import words
from tui.model.languages import LANGUAGES
from tui.model.record import Person, Record
from tui.query import dates
from tui.query.fields import Field, Kind
from tui.query.qualifiers import exploded, qualifier
from tui.query.tree import Combination, Dates, Near, Node, On, Pmids, Recent, Term

PARTS: Mapping[str, tuple[str, ...]] = {
    "ti": ("title",),
    "tiab": ("title", "abstract", "keywords"),
    "ab": ("abstract",),
    "tw": ("title", "abstract", "keywords", "terms", "groups"),
    "tt": ("vernacular",),
    "ot": ("keywords",),
    "ad": ("affiliations",),
    "cois": ("interests",),
    "cn": ("groups",),
    "gr": ("grants",),
    "all": (
        *("title", "abstract", "keywords", "terms", "groups", "vernacular", "affiliations", "interests", "grants"),
        *("people", "source", "numbers"),
    ),
    "dso": (),
}
"""Which texts of a record each field looks into (User Guide, "PubMed data field descriptions")."""


class MeshTree:
    """MeSH as dictionaries: the heading of each folded name and entry term, and the places of each heading."""

    def __init__(self, names: Mapping[str, str], numbers: Mapping[str, tuple[str, ...]]) -> None:
        self._names = names
        self._numbers = numbers
        self._places = sorted((number, name) for name, each in numbers.items() for number in each)

    def heading(self, text: str) -> str:
        return self._names.get(folded(text), "")

    def under(self, name: str) -> set[str]:
        """A heading and all that stand below any of its places."""
        return {name} | {each for number in self._numbers.get(name, ()) for each in self._below(f"{number}.")}

    def _below(self, number: str) -> Iterator[str]:
        at = bisect_left(self._places, (number, ""))
        while at < len(self._places) and self._places[at][0].startswith(number):
            yield self._places[at][1]
            at += 1


NO_MESH = MeshTree({}, {})


def folded(text: str) -> str:
    return " ".join(words(text))


def _before(text: str) -> str:
    """What stands before an asterisk."""
    return text.partition("*")[0]


class Naive:
    """Looks for everything in every record."""

    def __init__(self, records: Iterable[Record], mesh: MeshTree = NO_MESH, today: date | None = None) -> None:
        self._records = {record.pmid: record for record in records}
        self._mesh = mesh
        self._today = today or date.today()
        self._known: dict[Node, frozenset[int]] = {}
        self._days: dict[tuple[str, bool], dict[int, set[int]]] = {}

    def found(self, node: Node) -> frozenset[int]:
        """The PMIDs of the records that the tree finds."""
        if isinstance(node, Combination):
            first, *others = map(self.found, node.parts)
            match node.operator:
                case "AND":
                    return first.intersection(*others)
                case "OR":
                    return first.union(*others)
                case "NOT":
                    return first.difference(*others)
        if node not in self._known:
            self._known[node] = frozenset(self._leaf(node))
        return self._known[node]

    def _leaf(self, node: Node) -> Iterable[int]:
        match node:
            case Pmids(pmids):
                return self._records.keys() & pmids
            case On() | Dates() | Recent():
                return self._dated(node)
            case Near(text, field, distance):
                return self._near(set(words(text)), PARTS[field.tag], distance)
            case Term(_, Field() as field):
                return self._term(node, field)
        raise ValueError(node)

    def _term(self, term: Term, field: Field) -> Iterable[int]:
        match field.kind:
            case Kind.TEXT:
                return self._text(term, PARTS[field.tag])
            case Kind.NAME:
                return self._named(term, field.tag)
            case Kind.HEADING:
                return self._indexed(term, major=field.tag == "majr")
        return self._valued(term, field.tag)

    # Words

    @cached_property
    def _texts(self) -> dict[str, dict[int, str]]:
        """Part, record: `` words of a value | words of the next ``."""
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for pmid, record in self._records.items():
            for part, values in texts(record).items():
                if held := [folded(value) for value in values if value]:
                    found[part][pmid] = f" {' | '.join(held)} "
        return found

    @cached_property
    def holders(self) -> dict[str, dict[str, set[int]]]:
        """Part, word: records. Only so that there is less to look at."""
        found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for part, texts in self._texts.items():
            holders = found[part]
            for pmid, text in texts.items():
                for word in text.split():
                    holders[word].add(pmid)
        return found

    def _text(self, term: Term, parts: Iterable[str]) -> Iterator[int]:
        *whole, last = words(_before(term.text))
        after = term.text.split("*")[1:]
        pattern = re.compile(
            " "
            + re.escape(" ".join((*whole, last)))
            + "".join(f"[^ ]*{re.escape(folded(part))}" for part in after)
            + " "
        )
        for part in parts:
            texts, holders = self._texts[part], self.holders[part]
            held = [holders.get(word, set()) for word in ((*whole, last) if not after else whole)]
            for pmid in set.intersection(*held) if held else texts:
                if pattern.search(texts[pmid]):
                    yield pmid

    def _near(self, wanted: set[str], parts: Iterable[str], distance: int) -> Iterator[int]:
        """Somewhere all of the words, and among them no more than so many others; the values of a part stand one
        behind the other with a word between."""
        for part in parts:
            holders = self.holders[part]
            for pmid in set.intersection(*(holders.get(word, set()) for word in wanted)):
                text = self._texts[part][pmid].split()
                longest = len(wanted) + distance
                places = [at for at, word in enumerate(text) if word in wanted]
                if any(wanted <= set(text[at : at + longest]) for at in places):
                    yield pmid

    # People

    @cached_property
    def _people(self) -> dict[str, dict[str, list[tuple[int, str, str]]]]:
        """Field, a word of the name (or none): record, last name with initials, last name with forenames."""
        found: dict[str, dict[str, list[tuple[int, str, str]]]] = defaultdict(lambda: defaultdict(list))
        for pmid, record in self._records.items():
            for tag, people in roles(record).items():
                for person in people:
                    full = f"{person.last_name} {person.fore_name} {person.suffix}"
                    short = f"{person.last_name or person.fore_name} {person.initials} {person.suffix}"
                    has_both = person.last_name and person.fore_name
                    name = (pmid, folded(short), folded(full) if has_both else "")
                    for word in {"", *words(f"{short} {full}")}:
                        found[tag][word].append(name)
        return found

    def _named(self, term: Term, tag: str) -> Iterator[int]:
        asked = words(_before(term.text))
        turns = [asked[at:] + asked[:at] for at in range(len(asked))]
        orders = [" ".join(turn) for turn in (turns if "," not in term.text and len(asked) <= 8 else turns[:1])]
        name, many = orders[0], len(asked) > 1

        def is_meant(short: str, full: str) -> bool:
            if "*" in term.text:
                return (tag != "fau" and short.startswith(name)) or full.startswith(name)
            if term.quoted:
                return (tag != "fau" and short == name) or full in orders
            by_initials = short.startswith(name) if many else short.split(" ", maxsplit=1)[0] == name
            return (tag != "fau" and by_initials) or any(f"{full} ".startswith(f"{order} ") for order in orders)

        people = self._people["au" if tag == "fau" else tag]
        likely = people["" if "*" in term.text else asked[0]]
        return (pmid for pmid, short, full in likely if is_meant(short, full))

    # Headings

    @cached_property
    def _headings(self) -> dict[tuple[str, str, bool], set[int]]:
        """Heading, subheading (empty for none), whether as a major topic: records."""
        found: dict[tuple[str, str, bool], set[int]] = defaultdict(set)
        for pmid, record in self._records.items():
            for heading in record.mesh:
                name = folded(heading.descriptor.name)
                found[name, "", False].add(pmid)
                if heading.major:
                    found[name, "", True].add(pmid)
                for each in heading.qualifiers:
                    for major in (False, True) if each.major else (False,):
                        found[name, folded(each.name), major].add(pmid)
        return found

    def _indexed(self, term: Term, *, major: bool) -> set[int]:
        name, slash, after = term.text.partition("/")
        if "*" in term.text:
            start = folded(_before(name))
            return set().union(
                *(
                    pmids
                    for (each, sub, is_major), pmids in self._headings.items()
                    if not slash and not sub and is_major == major and each.startswith(start)
                )
            )
        heading = self._mesh.heading(name)
        headings = self._mesh.under(heading) if heading and term.explode else {heading or name}
        subs = _subheadings(after, term.explode) if slash else {""}
        return set().union(*(self._headings.get((folded(each), sub, major), ()) for each in headings for sub in subs))

    # Whole values

    @cached_property
    def _values(self) -> dict[str, dict[str, set[int]]]:
        found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for pmid, record in self._records.items():
            for tag, values in whole_values(record).items():
                for value in values:
                    if value:
                        found[tag][folded(value)].add(pmid)
        return found

    def _valued(self, term: Term, tag: str) -> Iterable[int]:
        if "*" in term.text and tag != "sb":
            start = identifier(_before(term.text)) if tag in ("auid", "isbn") else folded(_before(term.text))
            return set().union(*(pmids for value, pmids in self._values[tag].items() if value.startswith(start)))
        match tag:
            case "auid" | "isbn":
                wanted = {identifier(term.text)}
            case "la":
                wanted = {next((code for code, name in LANGUAGES.items() if folded(name) == folded(term.text)), "")}
                wanted = wanted - {""} or {folded(term.text)}
            case "sh":
                wanted = _subheadings(term.text, term.explode)
            case "pt":
                known = self._mesh.heading(term.text)
                names = self._mesh.under(known) if known and term.explode else {known or term.text}
                wanted = set(map(folded, names))
            case "sb":
                return self._filtered(term)
            case _:
                wanted = {folded(term.text)}
        return set().union(*(self._values[tag].get(value, ()) for value in wanted))

    def _filtered(self, term: Term) -> Iterable[int]:
        name = folded(term.text).replace(" ", "")
        if name in FILTERS:
            return (pmid for pmid, record in self._records.items() if FILTERS[name](record))
        if folded(term.text) in {*map(folded, LANGUAGES.values()), *LANGUAGES}:
            return self._valued(term, "la")
        subset = {
            pmid
            for pmid, record in self._records.items()
            if name in {each.lower() for each in record.citation_subsets}
            or name in {f"jsubset{each.lower()}" for each in record.citation_subsets}
            or name == f"owner{record.owner.lower()}"
            or name == f"pubstatus{record.publication_status.lower()}"
        }
        return subset.union(self._valued(term, "pt"), self._indexed(term, major=False))

    # Dates

    def _dated(self, node: On | Dates | Recent) -> Iterator[int]:
        first, last = (day.year * 10000 + day.month * 100 + day.day for day in dates.span(node, self._today))
        which = (node.field.tag, isinstance(node, On))
        if which not in self._days:
            self._days[which] = {pmid: days(each, which[0], single=which[1]) for pmid, each in self._records.items()}
        return (pmid for pmid, found in self._days[which].items() if any(first <= day <= last for day in found))


def _subheadings(text: str, explode: bool) -> set[str]:
    known = qualifier(text)
    return set(map(folded, exploded(known) if known and explode else (known or text,)))


def identifier(text: str) -> str:
    """An ORCID, of any form, or an ISBN, without what divides it."""
    letters = re.sub(r"[^0-9a-z]", "", text.lower())
    return letters[-16:] if re.search(r"\d{15}[\dx]$", letters) else letters


def texts(record: Record) -> dict[str, list[str]]:
    """The texts of a record, by what they are."""
    book = record.book
    everybody = [*authors(record), *investigators(record)]
    grants = [
        spelling for grant in record.grants for spelling in (grant.acronym, grant.agency, grant.country, grant.id)
    ]
    for award in filter(None, map(award_of, record.grants)):
        for number in (f"{award.institute}{award.serial}", f"{award.institute}{award.serial.lstrip('0')}"):
            grants.append(number)
        rest = award.year + award.suffix + award.subproject
        if award.activity:
            grants.append(f"{award.activity}{award.institute}{award.serial} {rest}")
            grants.append(f"{award.activity} {award.institute}{award.serial} {rest}")
    return {
        "title": [record.title or (book.title if book else ""), book.collection if book else ""],
        "abstract": [
            " ".join(f"{section.label} {section.text}" for section in each.sections)
            for each in (record.abstract, *record.other_abstracts)
        ],
        "keywords": [
            *(keyword.text for each in record.keyword_lists for keyword in each.keywords),
            *record.space_flight_missions,
        ],
        "terms": [
            *(heading.descriptor.name for heading in record.mesh),
            *(each.name for heading in record.mesh for each in heading.qualifiers),
            *(each.name for each in (*record.publication_types, *record.supplementary_concepts)),
            *(each.name for each in record.substances),
            *(value for bank in record.data_banks for value in (bank.name, *bank.accessions)),
            *(relation.note for relation in record.relations),
            *record.gene_symbols,
            *written(record.name_subjects),
        ],
        "groups": [person.collective_name for person in authors(record)],
        "vernacular": [record.vernacular_title],
        "affiliations": list(dict.fromkeys(place.text for person in everybody for place in person.affiliations)),
        "interests": [record.conflict_of_interest],
        "grants": grants,
        "people": list(written(person for person in everybody if not person.collective_name)),
        "source": [
            *(record.journal.title, record.journal.iso_abbreviation, record.journal.medline_ta),
            f"{record.date} {record.issue.volume} {record.issue.issue} "
            f"{record.pagination.medline or record.pagination.start}",
            *((book.title, book.publisher) if book else ()),
        ],
        "numbers": [
            *(str(record.pmid), record.doi, record.pmcid),
            *(each.value for each in (*record.ids, *record.other_ids)),
            *(each.registry_number for each in record.substances if each.registry_number != "0"),
            *(record.journal.issn, record.journal.issn_linking, record.journal.nlm_unique_id),
            *(person.orcid for person in authors(record)),
        ],
    }


def authors(record: Record) -> list[Person]:
    """Those of the article or chapter, and of the book."""
    lists = [*record.author_lists, *(record.book.authors if record.book else ())]
    return [person for people in lists for person in people.people]


def investigators(record: Record) -> list[Person]:
    lists = [*record.investigator_lists, *((record.book.investigators,) if record.book else ())]
    return [person for people in lists for person in people.people]


def written(people: Iterable[Person]) -> Iterator[str]:
    for person in people:
        yield person.short
        if person.fore_name and person.last_name and person.fore_name != person.initials:
            yield f"{person.fore_name} {person.last_name}"


def roles(record: Record) -> dict[str, list[Person]]:
    """People by the field that looks for them."""
    persons = [person for person in record.authors if not person.collective_name]
    lists = [*record.author_lists, *(record.book.authors if record.book else ())]
    return {
        "au": [person for person in authors(record) if not person.collective_name],
        "1au": persons[:1],
        "lastau": persons[-1:],
        "ir": investigators(record),
        "ed": [person for people in lists if people.kind == "editors" for person in people.people],
        "ps": list(record.name_subjects),
    }


def whole_values(record: Record) -> dict[str, list[str]]:
    """What is looked for as a whole."""
    book, journal, pages = record.book, record.journal, record.pagination
    everybody = [*authors(record), *investigators(record)]
    places = [*record.elocations, *(book.elocations if book else ())]
    numbers = [substance.registry_number for substance in record.substances if substance.registry_number != "0"]
    return {
        "ta": [
            *(journal.title, journal.iso_abbreviation, journal.medline_ta),
            *(journal.nlm_unique_id, journal.issn, journal.issn_linking),
        ],
        "vi": [record.issue.volume, book.volume if book else ""],
        "ip": [record.issue.issue],
        "pg": [pages.medline, pages.start, pages.medline.split("-")[0]],
        "pl": [journal.country, book.publisher_location if book else ""],
        "pubn": [book.publisher] if book else [],
        "book": [book.link.book, book.title] if book else [],
        "isbn": [identifier(isbn) for isbn in book.isbns] if book else [],
        "auid": [identifier(each.value) for person in everybody for each in person.identifiers],
        "la": list(record.languages),
        "pt": [term.name for term in record.publication_types],
        "sh": [each.name for heading in record.mesh for each in heading.qualifiers],
        "nm": [*(each.name for each in record.substances), *(each.name for each in record.supplementary_concepts)],
        "rn": [*numbers, *(number.removeprefix("EC ") for number in numbers)],
        "aid": [
            *(each.value for each in (*record.ids, *record.other_ids)),
            *(place.value for place in places),
            record.doi,
        ],
        "lid": [place.value for place in places],
        "pmc": [record.pmcid],
        "si": [
            value
            for bank in record.data_banks
            for value in (bank.name, *bank.accessions, *(f"{bank.name}/{each}" for each in bank.accessions))
        ],
    }


def days(record: Record, tag: str, *, single: bool = False) -> set[int]:
    """The dates of a record as yyyymmdd, of those of publication only those that a date by itself finds."""
    stamps: dict[str, set[int]] = defaultdict(set)
    for each in record.history:
        stamps[each.status.lower()].add(each.date.sort_key)
    electronic = {each.date.sort_key for each in record.article_dates}
    printed = record.issue.date.sort_key if record.publication_model in ("", *_PRINTED) else 0
    create = stamps["entrez"] or {record.created.sort_key} - {0} or stamps["pubmed"]
    entry = stamps["pubmed"] or create
    found: dict[str, Callable[[], set[int]]] = {
        "dp": lambda: {record.date.sort_key, record.issue.date.sort_key} | electronic,
        "epdat": lambda: electronic | stamps["epublish"],
        "ppdat": lambda: {printed} | stamps["ppublish"],
        "edat": lambda: entry,
        "crdt": lambda: create,
        "mhda": lambda: stamps["medline"] or entry,
        "lr": lambda: {record.revised.sort_key},
        "dcom": lambda: {record.completed.sort_key},
        "p1dat": set,
    }
    dated = found[tag]() - {0}
    return (
        {day for day in dated if not (printed and day in electronic and day > printed)}
        if single and tag == "dp"
        else dated
    )


_PRINTED = ("Print", "Print-Electronic", "Electronic-Print")


def _related(kind: str) -> Callable[[Record], bool]:
    return lambda record: any(relation.kind == kind for relation in record.relations)


def _status(*names: str) -> Callable[[Record], bool]:
    return lambda record: record.status in names


FILTERS: dict[str, Callable[[Record], bool]] = {
    "all": lambda record: True,
    "medline": _status("MEDLINE"),
    "inprocess": _status("In-Process", "In-Data-Review"),
    "publisher": _status("Publisher"),
    "pubmednotmedline": _status("PubMed-not-MEDLINE"),
    "oldmedline": _status("OLDMEDLINE"),
    "completed": _status("Completed"),
    "hasabstract": lambda record: any(section.text for section in record.abstract.sections),
    "hasstructuredabstract": lambda record: any(section.label for section in record.abstract.sections),
    "hasnonenglishabstract": lambda record: any(each.language not in ("", "eng") for each in record.other_abstracts),
    "hascois": lambda record: record.conflict_of_interest != "",
    "haskeyword": lambda record: any(each.keywords for each in record.keyword_lists),
    "hasdatabanklist": lambda record: record.data_banks != (),
    "data": lambda record: record.data_banks != (),
    "hasnihmsid": lambda record: any(each.kind == "mid" and each.value for each in record.ids),
    "freefulltext": lambda record: record.pmcid != "",
    "pubmedpmc": lambda record: record.pmcid != "",
    "fulltext": lambda record: record.pmcid != "" or record.doi != "",
    "books": lambda record: record.book is not None,
    "pubmedbooks": lambda record: record.book is not None,
    "pmcbook": lambda record: record.book is not None,
    "pmcbooktitle": lambda record: record.book is not None and record.title == "",
    "pmcbookchapter": lambda record: record.book is not None and record.title != "",
    "retracted": lambda record: record.retracted,
    "systematic": lambda record: (
        "systematic review" in folded(record.title)
        or any(term.name == "Systematic Review" for term in record.publication_types)
    ),
    "hascommentin": _related("CommentIn"),
    "hascommenton": _related("CommentOn"),
    "hascorrectedrepublishedin": _related("CorrectedandRepublishedIn"),
    "haserratumin": _related("ErratumIn"),
    "haserratumfor": _related("ErratumFor"),
    "hasoriginalreportin": _related("OriginalReportIn"),
    "hasrepublishedfrom": _related("RepublishedFrom"),
    "hasretractedandrepublishedin": _related("RetractedandRepublishedIn"),
    "hasretractionin": _related("RetractionIn"),
    "hasretractionof": _related("RetractionOf"),
    "hassummaryforpatientsin": _related("SummaryForPatientsIn"),
    "hasupdateof": _related("UpdateOf"),
    "indexingmethodautomated": lambda record: record.indexing_method == "Automated",
    "indexingmethodcurated": lambda record: record.indexing_method == "Curated",
}
"""The User Guide's filters, by their names without blanks."""
