"""From a tree of the query language to one expression of SQLite's full-text search over the table ``words``.

The expression holds nothing but folded words in quotation marks, names of columns, and operators: no text of a query
can become anything else. The tree comes mapped (``query.mapping``): every term in it has a field. Format:
sqlite.org/fts5.html, "Full-text Query Syntax".
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tui.cache.terms import JOINT
from tui.model.folding import key, words
from tui.model.languages import LANGUAGES
from tui.query.dates import span
from tui.query.fields import Field, Kind
from tui.query.qualifiers import QUALIFIERS
from tui.query.tree import Combination, Dates, Near, Node, Pmids, Recent, Term

NOTHING = '"\ue001"'
"""A word that stands nowhere."""
EVERYTHING = 'keys : "all"'

_TEXT_COLUMNS = {
    "all": "- keys",
    "ti": "title",
    "tiab": "{title abstract keywords}",
    "ab": "abstract",
    "tw": "{title abstract keywords vocabulary groups vernacular}",
    "tt": "vernacular",
    "ot": "keywords",
    "ad": "affiliations",
    "cois": "interests",
    "cn": "groups",
    "gr": "grants",
}
_VALUE_KINDS = {
    "ta": ("ta",), "vi": ("vi",), "ip": ("ip",), "pg": ("pg",), "pl": ("pl",), "pubn": ("pb",), "book": ("bk",),
    "si": ("si",), "aid": ("ai",), "lid": ("li",), "sh": ("sh",), "nm": ("nm",), "rn": ("rn",), "pmc": ("pc",),
}  # fmt: skip
_NAME_KINDS = {"au": "au", "1au": "fi", "lastau": "lt", "ir": "ir", "ed": "ed", "ps": "ps"}
_LANGUAGE = {key(name): code for code, name in LANGUAGES.items()}
_LETTERS_OF_A_LANGUAGE = 3


class Vocabulary(NamedTuple):
    """What the compiler asks of the MeSH vocabulary, where one is loaded."""

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
    """The tree as an FTS5 query; `today` is what ``last 5 years`` is reckoned from."""
    return _Compiler(vocabulary, today or date.today()).of(node)


class _Compiler:
    def __init__(self, vocabulary: Vocabulary, today: date) -> None:
        self._vocabulary = vocabulary
        self._today = today

    def of(self, node: Node) -> str:
        match node:
            case Combination(operator, parts):
                return self._combined(operator, [f"({self.of(part)})" for part in parts])
            case Pmids(pmids):
                return _any(f"pm_{pmid}" for pmid in pmids)
            case Dates() | Recent():
                return _any(_days(node.field.tag, *span(node, self._today)))
            case Near(text, field, distance):
                return _near(words(text), _TEXT_COLUMNS[field.tag], distance)
            case Term(_, Field() as field):
                return self._term(node, field)
        raise ValueError(f"{node} is not mapped")

    @staticmethod
    def _combined(operator: str, parts: Sequence[str]) -> str:
        """NOT takes two sides in FTS5."""
        return f"{parts[0]} NOT ({' OR '.join(parts[1:])})" if operator == "NOT" else f" {operator} ".join(parts)

    def _term(self, term: Term, field: Field) -> str:
        match field.kind, field.tag:
            case Kind.TEXT, tag:
                return self._truncated(term, _TEXT_COLUMNS[tag]) or _text(term, _TEXT_COLUMNS[tag])
            case Kind.NAME, "fau":
                return _full_name(term)
            case Kind.NAME, tag:
                return _name(term, _NAME_KINDS[tag])
            case Kind.HEADING, tag:
                return self._heading(term, major=tag == "majr")
            case _, "la":
                return _language(term)
            case _, "pt":
                return self._publication_type(term)
            case _, "sb":
                return self._filter(term)
            case _, ("auid" | "isbn") as tag:
                value = key(term.text.replace("*", " ")).replace("_", "")
                return _one("id" if tag == "auid" else "sn", value, "*" in term.text)
            case _, tag:
                return " OR ".join(_value(kind, term.text) for kind in _VALUE_KINDS[tag])

    def _truncated(self, term: Term, columns: str) -> str:
        """A single word with an asterisk, as the words it stands for; empty where it is none, or stands for many."""
        parts = [words(part) for part in term.text.split("*")]
        if len(parts) < 2 or len(parts[0]) != 1 or any(len(part) > 1 for part in parts) or " " in term.text:
            return ""
        found = self._vocabulary.beginning("*".join("".join(part) for part in parts))
        if found is None:
            return ""
        return "{} : ({})".format(columns, " OR ".join(f'"{word}"' for word in found)) if found else NOTHING

    def _heading(self, term: Term, *, major: bool) -> str:
        name, _, qualifier = term.text.partition("/")
        if "*" in name:
            return _value("mj" if major else "mh", name)
        known = self._vocabulary.heading(" ".join(words(name)))
        heading = key(known or name)
        if not heading:
            return NOTHING
        exploded = bool(known) and term.explode
        if exploded and self._vocabulary.indexed and not words(qualifier):
            return _any((f"{'mk' if major else 'mx'}_{heading}",))
        below = [key(each) for each in self._vocabulary.under(known)] if exploded else []
        if words(qualifier):
            qualifier = key(QUALIFIERS.get(qualifier.strip().lower(), qualifier))
            kind = "mp" if major else "mq"
            return _any(f"{kind}_{each}{JOINT}{qualifier}" for each in below or (heading,))
        return _any(f"{'mj' if major else 'mh'}_{each}" for each in below or (heading,))

    def _publication_type(self, term: Term) -> str:
        known = "" if "*" in term.text else self._vocabulary.heading(" ".join(words(term.text)))
        if known and term.explode:
            return _any(f"pt_{key(each)}" for each in {known, *self._vocabulary.under(known)})
        return _value("pt", term.text)

    def _filter(self, term: Term) -> str:
        """A subset; a language, a publication type or a heading serve as filters too."""
        if key(term.text) == "all":
            return EVERYTHING
        field = term.field
        parts = (
            _value("sb", term.text),
            _language(term),
            self._publication_type(term),
            self._heading(term, major=False),
        )
        return " OR ".join(dict.fromkeys(f"({part})" for part in parts)) if field else NOTHING


def _any(keys: Collection[str] | Iterator[str]) -> str:
    """Records with one of the keys; none where there is none."""
    found = " OR ".join(f'"{each}"' for each in dict.fromkeys(keys))
    return f"keys : ({found})" if found else NOTHING


def _one(kind: str, value: str, beginning: bool) -> str:
    if not value:
        return NOTHING
    return f'keys : "{kind}_{value}"{" *" if beginning else ""}'


def _value(kind: str, text: str) -> str:
    """A whole value, or its beginning."""
    before, asterisk, _ = text.partition("*")
    return _one(kind, key(before), bool(asterisk))


def _text(term: Term, columns: str) -> str:
    parts = term.text.split("*")
    beginning = len(parts) > 1
    found = words(parts[0])
    if not found:
        return NOTHING
    if not beginning:
        if term.quoted or len(found) == 1:
            return f'{columns} : "{" ".join(found)}"'
        return f"{columns} : ({' AND '.join(_phrases(term.text))})"
    if term.quoted or len(term.text.split()) == 1:
        return f'{columns} : "{" ".join(found)}" *'
    return f"{columns} : ({' AND '.join(_phrases(term.text))})"


def _near(parts: Sequence[str], columns: str, distance: int) -> str:
    quoted = " ".join(f'"{part}"' for part in parts)
    return f"{columns} : NEAR({quoted}, {distance})" if parts else NOTHING


def _phrases(text: str) -> Iterator[str]:
    """Each of the words between blanks, which is several words where it holds a hyphen or the like."""
    for part in text.split():
        if found := words(part.partition("*")[0]):
            yield f'"{" ".join(found)}"{" *" if "*" in part else ""}'


def _name(term: Term, kind: str) -> str:
    """A last name and initials; without quotation marks more initials may follow."""
    name = key(term.text.partition("*")[0].replace(",", " "))
    if not name:
        return NOTHING
    if term.quoted and "*" not in term.text:
        return _one(kind, name, False)
    if "*" in term.text or "_" in name:
        return _one(kind, name, True)
    return _one("al", name, False) if kind == "au" else f'keys : ("{kind}_{name}" OR "{kind}_{name}_" *)'


def _full_name(term: Term) -> str:
    """A full name in either order."""
    parts = words(term.text.partition("*")[0])
    if not parts:
        return NOTHING
    orders = dict.fromkeys(("_".join(parts), "_".join((parts[-1], *parts[:-1]))))
    star = "" if term.quoted and "*" not in term.text else " *"
    return "keys : (" + " OR ".join(f'"fa_{order}"{star}' for order in orders) + ")"


def _language(term: Term) -> str:
    if "*" in term.text:
        return _value("la", term.text)
    name = key(term.text)
    return _one("la", _LANGUAGE.get(name, name[:_LETTERS_OF_A_LANGUAGE] if name not in LANGUAGES else name), False)


def _days(kind: str, first: date, last: date) -> Iterator[str]:
    """The keys of whole years, whole months and days that make up a span."""
    day = first
    while day <= last:
        if (day.month, day.day) == (1, 1) and date(day.year, 12, 31) <= last:
            yield f"{kind}{day.year:04}"
            reached = date(day.year, 12, 31)
        elif day.day == 1 and (end := day.replace(day=monthrange(day.year, day.month)[1])) <= last:
            yield f"{kind}{day.year:04}{day.month:02}"
            reached = end
        else:
            yield f"{kind}{day.year:04}{day.month:02}{day.day:02}"
            reached = day
        if reached == date.max:
            return
        day = reached + timedelta(1)
