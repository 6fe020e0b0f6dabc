"""Queries drawn from what stands in records: a value asked for in its own field finds the record it was drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from tests.cache.naive import PARTS, days, roles, texts, whole_values
from tui.model.clean import squeeze
from tui.model.folding import words
from tui.model.record import Record

_PLAIN = str.maketrans(dict.fromkeys('"“”„‟«»″[]()*', " "))
"""Without what means something in a query."""
_ELSEWHERE = "not "
_FIELD_OF = {part: tag for tag, parts in PARTS.items() if len(parts) == 1 for part in parts}


class Drawn(NamedTuple):
    query: str
    pmid: int
    """Of the record that it has to find; 0 where the value was put into another field."""


def queries(records: Sequence[Record], each: int) -> list[Drawn]:
    """Of every kind of value some, `each` of them, from all over the records."""
    kinds: dict[str, list[Drawn]] = defaultdict(list)
    for record in records:
        for kind, query in (*_words(record), *_people(record), *_values(record), *_headings(record), *_dates(record)):
            kinds[kind].append(Drawn(query, 0 if kind.startswith(_ELSEWHERE) else record.pmid))
    return [drawn for found in kinds.values() for drawn in islice(found, 0, None, max(1, len(found) // each))]


def _plain(text: str) -> str:
    return squeeze(text.translate(_PLAIN))


def _words(record: Record) -> Iterator[tuple[str, str]]:
    """A few words of each text, in quotation marks, in each field that holds words; and what is no phrase, the end of a
    value with the beginning of the next."""
    for part, values in texts(record).items():
        each = [plain.split() for plain in map(_plain, values) if words(plain)]
        for before, after in pairwise(each):
            yield f"{_ELSEWHERE}across {part}", f'"{before[-1]} {after[0]}"'
        for value in values:
            typed = _plain(value).split()
            start = record.pmid % max(1, len(typed) - 3)
            phrase = " ".join(typed[start : start + 1 + record.pmid % 3])
            if not words(phrase):
                continue
            yield f"all {part}", f'"{phrase}"'
            for tag, parts in PARTS.items():
                yield f"{tag} {part}" if part in parts else f"{_ELSEWHERE}{tag} {part}", f'"{phrase}"[{tag}]'
            distance = len(words(" ".join(typed[start : start + 5]))) - 2
            if len(typed) >= start + 5 and distance > 0 and _FIELD_OF.get(part) in ("ti", "ad"):
                ends = f"{typed[start + 4]} {typed[start]}"
                if len(words(ends)) > 1:
                    yield f"near {part}", f'"{ends}"[{_FIELD_OF[part]}:~{distance}]'


def _people(record: Record) -> Iterator[tuple[str, str]]:
    for tag, people in roles(record).items():
        for person in people[record.pmid % 3 :: 7]:
            last, fore, initials = map(
                _plain, (person.last_name or person.fore_name, person.fore_name, person.initials)
            )
            if not words(last) or person.suffix:
                continue
            yield f"{tag} last", f"{last}[{tag}]" if _is_safe(last) else f'"{last} {initials}"[{tag}]'
            yield f"{tag} exact", f'"{last} {initials}"[{tag}]'
            yield (
                f"{tag} truncated",
                f"{last} {initials[:1]}[{tag}]" if _is_safe(last) else f'"{last} {initials}"[{tag}]',
            )
            if person.last_name and words(fore):
                yield f"{tag} full", f'"{last} {fore}"[{tag}]'
                yield f"{tag} natural", f'"{fore} {last}"[{tag}]'
                yield f"{tag} comma", f'"{last}, {fore}"[{tag}]'
                if tag == "au":
                    yield "fau", f'"{fore} {last}"[fau]'
                    yield "fau comma", f'"{last}, {fore}"[fau]'


def _is_safe(text: str) -> bool:
    return not {"and", "or", "not"}.intersection(text.lower().split())


def _values(record: Record) -> Iterator[tuple[str, str]]:
    for tag, values in whole_values(record).items():
        for value in values:
            plain = _plain(value)
            if words(plain) and words(plain) == words(value):
                yield tag, f'"{plain}"[{tag}]'
                if len(words(plain)[0]) > 4:
                    yield f"{tag} truncated", f'"{plain[:5]}*"[{tag}]' if plain[:5].isalnum() else f'"{plain}"[{tag}]'
    yield "pmid", f"{record.pmid}"
    yield "sb", f"{record.status or 'all'}[sb]".replace("-", "").replace("InDataReview", "inprocess")


def _headings(record: Record) -> Iterator[tuple[str, str]]:
    for heading in record.mesh:
        name = _plain(heading.descriptor.name)
        for tag in ("mh", "majr") if heading.major else ("mh",):
            yield tag, f'"{name}"[{tag}]'
            yield f"{tag} noexp", f'"{name}"[{tag}:noexp]'
        for qualifier in heading.qualifiers:
            for tag in ("mh", "majr") if qualifier.major else ("mh",):
                yield f"{tag} with subheading", f'"{name}/{qualifier.name}"[{tag}]'
                yield f"{tag} with subheading, noexp", f'"{name}/{qualifier.name}"[{tag}:noexp]'


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    for tag in ("dp", "epdat", "ppdat", "edat", "crdt", "mhda", "lr", "dcom"):
        for day in days(record, tag):
            year, month, number = f"{day // 10000:04}", f"{day // 100 % 100:02}", f"{day % 100:02}"
            for form in (year, f"{year}/{month}", f"{year}/{month}/{number}"):
                yield f"{tag} to itself", f"{form}:{form}[{tag}]"
                yield f"{tag} on", f"{form}:3000[{tag}]"
                yield f"{tag} until", f"0001:{form}[{tag}]"
                if day in days(record, tag, single=True):
                    yield tag, f"{form}[{tag}]"


def distinct(drawn: Iterable[Drawn]) -> list[str]:
    """The queries, each once."""
    return list(dict.fromkeys(each.query for each in drawn))
