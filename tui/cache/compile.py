"""From a tree of the query language to one expression of SQLite's full-text search over the table ``words``.

The expression holds nothing but folded words in quotation marks, names of columns, and operators: no text of a query
can become anything else. The tree comes mapped (``query.mapping``): every term in it has a field. Format:
sqlite.org/fts5.html, "Full-text Query Syntax".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tui.cache.filters import is_filter
from tui.cache.keys import JOINT, LATE, identifier_key
from tui.model.folding import key, words
from tui.model.languages import LANGUAGES
from tui.query.dates import span
from tui.query.errors import TooDeep
from tui.query.fields import Field, Kind, named
from tui.query.qualifiers import exploded, qualifier
from tui.query.tree import Combination, Dates, Near, Node, On, Pmids, Recent, Term

NOTHING = '"\ue001"'
"""A word that stands nowhere."""
EVERYTHING = 'keys : "all"'

_DEEPEST = 90
"""Brackets within each other: FTS5's parser has room for fewer than a hundred."""
_TEXT_COLUMNS = {
    "all": "- keys",
    "ti": "title",
    "tiab": "{title abstract keywords}",
    "ab": "abstract",
    "tw": "{title abstract keywords vocabulary groups}",
    "tt": "vernacular",
    "ot": "keywords",
    "ad": "affiliations",
    "cois": "interests",
    "cn": "groups",
    "gr": "grants",
}
_VALUE_KINDS = {
    "ta": "ta", "vi": "vi", "ip": "ip", "pg": "pg", "pl": "pl", "pubn": "pb", "book": "bk", "si": "si", "aid": "ai",
    "lid": "li", "nm": "nm", "rn": "rn", "pmc": "pc",
}  # fmt: skip
_NAME_KINDS = {"au": "au", "1au": "fi", "lastau": "lt", "ir": "ir", "ed": "ed", "ps": "ps"}
_FULL_AUTHOR = named("fau")
_LANGUAGE = {key(name): code for code, name in LANGUAGES.items()} | {code: code for code in LANGUAGES}
_USUAL_YEARS = (1500, 2099)
"""Before and after, hardly a date is kept: there whole centuries are looked for by the beginning of their years."""
_LONGEST_NAME = 8
"""Words of a name that are tried in other orders."""


class Vocabulary(NamedTuple):
    """What the compiler asks of the MeSH vocabulary, where one is loaded, and of the words of the index."""

    heading: Callable[[str], str]
    """The heading with this name or entry term, empty for none."""
    under: Callable[[str], Collection[str]]
    """The headings under a heading, itself among them."""
    indexed: bool = False
    """Whether every record is found under the headings above its own."""
    beginning: Callable[[str], Sequence[str] | None] = lambda _pattern: None
    """The words that a pattern stands for; None where FTS5 is to find them."""


NO_VOCABULARY = Vocabulary(lambda _text: "", lambda _name: ())


def expression(node: Node, vocabulary: Vocabulary = NO_VOCABULARY, today: date | None = None) -> str:
    """The tree as an FTS5 query; `today` is what ``last 5 years`` is reckoned from. Raises TooDeep."""
    compiled = _Compiler(vocabulary, today or date.today()).of(node)
    if compiled.count("(") > _DEEPEST and _depth(compiled) > _DEEPEST:
        raise TooDeep("The query is too deep to be searched offline.", "Divide it.", 0)
    return compiled


def _depth(compiled: str) -> int:
    """How deep the brackets are within each other: no word holds any."""
    depth = deepest = 0
    for bracket in re.findall("[()]", compiled):
        depth += 1 if bracket == "(" else -1
        deepest = max(deepest, depth)
    return deepest


class _Compiler:
    """Every leaf becomes an expression that needs no brackets beside an operator."""

    def __init__(self, vocabulary: Vocabulary, today: date) -> None:
        self._vocabulary = vocabulary
        self._today = today

    def of(self, node: Node) -> str:
        match node:
            case Combination(operator, parts):
                each = [f"({self.of(part)})" if isinstance(part, Combination) else self.of(part) for part in parts]
                # NOT takes two sides in FTS5.
                return f"{each[0]} NOT ({' OR '.join(each[1:])})" if operator == "NOT" else f" {operator} ".join(each)
            case Pmids(pmids):
                return _any(f"pm_{pmid}" for pmid in pmids)
            case On(_, field) if field.tag == "dp":
                dates = [each for each, _ in _days("dp", *span(node, self._today))]
                return f"({_any(dates)} NOT {_any(f'{LATE}{each}' for each in dates)})"
            case On() | Dates() | Recent():
                return _any_beginning(_days(node.field.tag, *span(node, self._today)))
            case Near(text, field, distance):
                return _near(words(text), _TEXT_COLUMNS[field.tag], distance)
            case Term(_, Field() as field):
                return self._term(node, field)
        raise ValueError(f"{node} is not mapped")

    def _term(self, term: Term, field: Field) -> str:
        match field.kind, field.tag:
            case Kind.TEXT, "dso":
                return NOTHING
            case Kind.TEXT, tag:
                return self._truncated(term, _TEXT_COLUMNS[tag]) or _text(term, _TEXT_COLUMNS[tag])
            case Kind.NAME, "fau":
                return f"keys : ({' OR '.join(_full_name(term, 'au'))})"
            case Kind.NAME, tag:
                kind = _NAME_KINDS[tag]
                return f"keys : ({' OR '.join((*_name(term, kind), *_full_name(term, kind)))})"
            case Kind.HEADING, tag:
                return self._heading(term, major=tag == "majr")
            case _, "sh":
                return _subheading(term)
            case _, "la":
                return _language(term)
            case _, "pt":
                return self._publication_type(term)
            case _, "sb":
                return self._filter(term)
            case _, ("auid" | "isbn") as tag:
                return _one("id" if tag == "auid" else "sn", identifier_key(term.text), "*" in term.text)
            case _, tag:
                return _value(_VALUE_KINDS[tag], term.text) if tag in _VALUE_KINDS else NOTHING

    def _truncated(self, term: Term, columns: str) -> str:
        """Words of which the last has an asterisk, as the words it stands for; empty where FTS5 is to find them."""
        before, _, last = term.text.rpartition(" ")
        parts = [words(part) for part in last.split("*")]
        if len(parts) < 2 or not parts[0] or any(len(part) > 1 for part in parts[1:]):
            return ""
        found = self._vocabulary.beginning("*".join(("".join(parts[0][-1:]), *map("".join, parts[1:]))))
        if found is None:
            return ""
        fixed = (*words(before), *parts[0][:-1])
        variants = " OR ".join(_quoted((*fixed, word)) for word in found)
        return f"{columns} : ({variants})" if variants else NOTHING

    def _heading(self, term: Term, *, major: bool) -> str:
        name, slash, after = term.text.partition("/")
        if "*" in term.text:
            return NOTHING if slash else _value("mj" if major else "mh", name)
        known = self._vocabulary.heading(" ".join(words(name)))
        heading = key(known or name)
        if not heading:
            return NOTHING
        explodes = bool(known) and term.explode
        if explodes and self._vocabulary.indexed and not slash:
            return _any((f"{'mk' if major else 'mx'}_{heading}",))
        headings = [key(each) for each in self._vocabulary.under(known)] if explodes else [heading]
        if not slash:
            return _any(f"{'mj' if major else 'mh'}_{each}" for each in headings)
        subheading = qualifier(after) or after
        kinds = ["mp", "ms"] if major else ["mq", "mr"]
        if not term.explode or len(exploded(subheading)) == 1:
            del kinds[1]
        return _any(f"{kind}_{each}{JOINT}{key(subheading)}" for each in headings for kind in kinds)

    def _publication_type(self, term: Term) -> str:
        known = "" if "*" in term.text else self._vocabulary.heading(" ".join(words(term.text)))
        if not known or not term.explode:
            return _value("pt", known or term.text)
        if self._vocabulary.indexed:
            return _any((f"px_{key(known)}",))
        return _any(f"pt_{key(each)}" for each in self._vocabulary.under(known))

    def _filter(self, term: Term) -> str:
        """A filter that the record tells, or a language; else a type or a heading, which serve as filters too."""
        name = key(term.text)
        if name == "all":
            return EVERYTHING
        if name in _LANGUAGE:
            return _language(term)
        if is_filter(name) or "*" in term.text:
            return _value("sb", term.text)
        parts = _value("sb", term.text), self._publication_type(term), self._heading(term, major=False)
        return f"({' OR '.join(parts)})"


def _quoted(parts: Iterable[str]) -> str:
    return f'"{" ".join(parts)}"'


def _any(keys: Iterable[str]) -> str:
    """Records with one of the keys; none where there is none."""
    return _any_beginning((each, False) for each in keys)


def _any_beginning(keys: Iterable[tuple[str, bool]]) -> str:
    """The same of keys of which some are only the beginnings of keys."""
    found = " OR ".join(f'"{each}" *' if beginning else f'"{each}"' for each, beginning in dict.fromkeys(keys))
    return f"keys : ({found})" if found else NOTHING


def _one(kind: str, value: str, beginning: bool) -> str:
    return _any_beginning([(f"{kind}_{value}", beginning)]) if value else NOTHING


def _value(kind: str, text: str) -> str:
    """A whole value, or its beginning."""
    before, asterisk, _ = text.partition("*")
    return _one(kind, key(before), bool(asterisk))


def _text(term: Term, columns: str) -> str:
    """A word or a phrase, of which the last word may be the beginning of one."""
    before, asterisk, _ = term.text.partition("*")
    found = words(before)
    return f"{columns} : {_quoted(found)}{' *' if asterisk else ''}" if found else NOTHING


def _near(parts: Sequence[str], columns: str, distance: int) -> str:
    """Words in any order with at most so many others between the first and the last of them.

    FTS5 counts all that stands between those two.
    """
    each = dict.fromkeys(parts)
    inner = max(0, len(each) - 2)
    return f"{columns} : NEAR({' '.join(_quoted((part,)) for part in each)}, {distance + inner})" if parts else NOTHING


def _name(term: Term, kind: str) -> Iterator[str]:
    """Last name and initials: without quotation marks, initials and a suffix may be missing at the end."""
    before, asterisk, _ = term.text.partition("*")
    name = key(before)
    if asterisk:
        yield f'"{kind}_{name}" *'
    elif term.quoted or not name:
        yield f'"{kind}_{name}"'
    elif "_" in name:
        yield f'"{kind}_{name}" *'
    elif kind == "au":
        yield f'"al_{name}"'
    else:
        yield from (f'"{kind}_{name}"', f'"{kind}_{name}_" *')


def _full_name(term: Term, kind: str) -> Iterator[str]:
    """Last name and forenames in either order; a comma says that the last name comes first."""
    before, asterisk, _ = term.text.partition("*")
    parts = words(before)
    if len(parts) == 1 and not (term.quoted or asterisk or term.field == _FULL_AUTHOR):
        return  # a last name: `_name` has it
    turns = len(parts) if 1 < len(parts) <= _LONGEST_NAME and "," not in before and not asterisk else 1
    for name in dict.fromkeys("_".join((*parts[turn:], *parts[:turn])) for turn in range(turns)):
        yield f'"{kind}f_{name}"{" *" if asterisk else ""}'
        if not term.quoted and not asterisk:
            yield f'"{kind}f_{name}_" *'


def _subheadings(text: str, *, explode: bool) -> list[str]:
    known = qualifier(text)
    return [key(each) for each in (exploded(known) if known and explode else (known or text,))]


def _subheading(term: Term) -> str:
    if "*" in term.text:
        return _value("sh", term.text)
    return _any(f"sh_{each}" for each in _subheadings(term.text, explode=term.explode))


def _language(term: Term) -> str:
    """A name in English or the code of three letters."""
    name = key(term.text)
    return _value("la", term.text) if "*" in term.text else _one("la", _LANGUAGE.get(name, name), False)


def _days(kind: str, first: date, last: date) -> Iterator[tuple[str, bool]]:
    """The keys of whole years, whole months and days that make up a span, and beginnings of keys for centuries."""
    day = first
    while day <= last:
        reached, letters = _reach(day, last)
        yield kind + f"{day.year:04}{day.month:02}{day.day:02}"[:letters], letters < len("yyyy")
        if reached == date.max:
            return
        day = reached + timedelta(1)


def _reach(day: date, last: date) -> tuple[date, int]:
    """The end of the longest whole span that begins on a day, and how many letters of yyyymmdd name it."""
    if (day.month, day.day) == (1, 1):
        for letters, years in ((1, 1000), (2, 100), (4, 1)):
            end = date(day.year // years * years + years - 1, 12, 31)
            rare = end.year < _USUAL_YEARS[0] or day.year > _USUAL_YEARS[1]
            if end <= last and (years == 1 or (rare and (day.year % years == 0 or day.year == 1))):
                return end, letters
    if day.day == 1 and (end := day.replace(day=monthrange(day.year, day.month)[1])) <= last:
        return end, len("yyyymm")
    return day, len("yyyymmdd")
