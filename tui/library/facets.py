"""The facets of a result: values found in its records, or in a sample of them, each counted over all of it.

A value is counted as the query narrowed by it would find it: what the list shows after Enter is what was promised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from pyroaring import BitMap

from tui.cache import Cache
from tui.cache.search import Question
from tui.model.clean import one_line
from tui.model.facets import Facet, Facets, Group
from tui.model.languages import LANGUAGES
from tui.model.record import Record

SAMPLE = 400
"""As many records are read, which is a matter of a moment; where there are no more, that is all."""
_COUNTED = 50
"""Values of a group that are counted: those of most records of the sample."""
_SHOWN = 15
_STEP = 50
"""Records read at a time."""
_UNQUOTABLE = str.maketrans(dict.fromkeys('"*“”„‟«»″', " "))

Value = tuple[str, str]
"""What is shown, and the clause."""


def _clause(text: str, tag: str) -> str:
    return f'"{one_line(text.translate(_UNQUOTABLE))}"[{tag}]'


def _values(texts: Iterable[str], tag: str) -> Iterator[Value]:
    return ((text, _clause(text, tag)) for text in texts if any(map(str.isalnum, text)))


def _journals(record: Record) -> Iterator[Value]:
    journal = record.journal
    return _values((journal.medline_ta or journal.iso_abbreviation or journal.title,), "ta")


def _types(record: Record) -> Iterator[Value]:
    return _values((term.name for term in record.publication_types), "pt")


def _topics(record: Record) -> Iterator[Value]:
    return _values((heading.descriptor.name for heading in record.mesh if heading.major), "majr:noexp")


def _authors(record: Record) -> Iterator[Value]:
    for person in record.authors:
        yield from _values((person.short,), "cn" if person.collective_name else "au")


def _agencies(record: Record) -> Iterator[Value]:
    return _values((grant.agency for grant in record.grants), "gr")


def _languages(record: Record) -> Iterator[Value]:
    return ((LANGUAGES.get(code, code), f"{code}[la]") for code in record.languages)


_GROUPS: Sequence[tuple[str, Callable[[Record], Iterator[Value]]]] = (
    ("Journals", _journals),
    ("Article types", _types),
    ("Major MeSH topics", _topics),
    ("Authors", _authors),
    ("Funding agencies", _agencies),
    ("Languages", _languages),
)
_PROPERTIES: Sequence[Value] = (
    ("with abstract", "hasabstract"),
    ("with data", "data[filter]"),
    ("retracted", '"Retracted Publication"[pt]'),
)
"""What a record has or has not, in PubMed's own words (PubMed User Guide, "Filters")."""


def facets(cache: Cache, question: Question, go_on: Callable[[], None]) -> Facets:
    """The facets of all that answers. `go_on` is called now and then, and raises where it is to end.

    Raises CacheError, NotPubMedXml.
    """
    total, years = cache.sets.tally(question)
    hits = cache.sets.hits(question)
    sample = [hits[at * total // SAMPLE] for at in range(SAMPLE)] if total > SAMPLE else list(hits)
    seen: dict[str, Counter[Value]] = {name: Counter() for name, _ in _GROUPS}
    for record in _records(cache, sample, go_on):
        for name, values_of in _GROUPS:
            seen[name].update(dict.fromkeys(values_of(record), 1))
    likely = {name: [value for value, _ in counter.most_common(_COUNTED)] for name, counter in seen.items()}
    likely["Properties"] = list(_PROPERTIES)
    groups = []
    for name, values in likely.items():
        facets = _counted(cache, hits, values, go_on)
        others = len(seen[name]) - len(values) + max(len(facets) - _SHOWN, 0) if name in seen else 0
        groups.append(Group(name, tuple(facets[:_SHOWN]), others))
    return Facets(total, len(sample), tuple(years.items()), tuple(groups))


def _counted(cache: Cache, hits: BitMap, values: Iterable[Value], go_on: Callable[[], None]) -> list[Facet]:
    """Values with how many of the hits have each; of several spellings of one, the first."""
    distinct: dict[str, Value] = {}
    for value in values:
        go_on()
        distinct.setdefault(cache.search.read(value[1]).expression, value)
    counts = cache.sets.counts(hits, distinct)
    found = [Facet(*value, counts[expression]) for expression, value in distinct.items() if counts[expression]]
    return sorted(found, key=lambda facet: (-facet.records, facet.text))


def _records(cache: Cache, pmids: Sequence[int], go_on: Callable[[], None]) -> Iterator[Record]:
    from tui.parse import parse_record  # noqa: PLC0415 - in a thread of its own, while the screen is drawn

    for at in range(0, len(pmids), _STEP):
        for stored in cache.records.get_many(pmids[at : at + _STEP]).values():
            go_on()
            yield parse_record(stored.xml)
