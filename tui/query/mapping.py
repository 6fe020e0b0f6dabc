"""What an untagged term stands for: PubMed's automatic term mapping, as far as those asked know the words.

From left to right the longest run of words is taken that is a MeSH heading or an entry term, else a journal, else an
author; what is none of these is looked for in all fields. A mapped heading is looked for by its words too. Words in
quotation marks, with a hyphen or an asterisk are no subject of it. Source: the PubMed User Guide, "Automatic Term
Mapping"; the form of the outcome is that of ESearch's QueryTranslation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from tui.model.folding import fold, words
from tui.query.errors import NoSuchSearch
from tui.query.fields import ALL_FIELDS, Field, named
from tui.query.stop_words import STOP_WORDS
from tui.query.tree import Combination, Node, Past, Pmids, Term

_LONGEST = 8
"""Words of a heading, a journal or a name that are tried together."""
_HEADING = named("mh")
_JOURNAL = named("ta")
_AUTHOR = named("au")
_FULL_AUTHOR = named("fau")
_FILTER = named("sb")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMCID = re.compile(r"pmc\d+(?:\.\d+)?", re.IGNORECASE)
_FILTERS = frozenset(("hasabstract",))
"""Filters that PubMed knows without their tag."""
_INITIALS = re.compile(r"[a-z]{1,3}")
_SPELLINGS = (
    ("tumour", "tumor"), ("aemia", "emia"), ("haem", "hem"), ("oedema", "edema"), ("oesoph", "esoph"), ("paed", "ped"),
    ("gynaec", "gynec"), ("anaesth", "anesth"), ("leukaem", "leukem"), ("isation", "ization"), ("ise", "ize"),
    ("ising", "izing"), ("colour", "color"), ("behaviour", "behavior"), ("fibre", "fiber"), ("centre", "center"),
    ("faec", "fec"), ("foet", "fet"), ("diarrhoea", "diarrhea"), ("sulph", "sulf"),
)  # fmt: skip
"""British and American."""


class Vocabulary(Protocol):
    """What is known of words where the query is answered. All are asked with folded words, one blank between them."""

    def heading(self, text: str) -> str:
        """The heading with this name or entry term; empty for none."""

    def journal(self, text: str) -> str:
        """The journal with this title, abbreviation or ISSN; empty for none."""

    def author(self, text: str) -> bool:
        """Whether somebody of this name, last name and initials, is an author of anything."""

    def full_author(self, text: str) -> bool:
        """The same of a full name, in either order."""

    def word(self, text: str) -> bool:
        """Whether a word, of which the last letters may be an asterisk, stands anywhere."""

    def phrase(self, text: str, field: Field) -> bool:
        """Whether these words stand beside each other anywhere in the field."""


class Mapped(NamedTuple):
    """A query of which nothing is left to be guessed."""

    node: Node | None
    """Every term in it has a field; None where nothing is left to look for."""
    not_found: tuple[str, ...]
    """Words and phrases that stand nowhere."""
    ignored: tuple[str, ...]
    """Words that were left out."""


def mapped(
    node: Node, vocabulary: Vocabulary, past: Callable[[int], Node | None], *, unfinished: bool = False
) -> Mapped:
    """What the tree means.

    `past` gives what an earlier search asked for, None for one that is gone. With `unfinished` the last word may be
    the beginning of one. Raises NoSuchSearch.
    """
    mapping = _Mapping(vocabulary)
    outcome = mapping.of(with_past(node, past), unfinished)
    return Mapped(outcome, tuple(dict.fromkeys(mapping.not_found)), tuple(dict.fromkeys(mapping.ignored)))


def with_past(node: Node, past: Callable[[int], Node | None], within: tuple[int, ...] = ()) -> Node:
    """The tree with earlier searches in the place of their numbers. Raises NoSuchSearch."""
    match node:
        case Past(number):
            found = None if number in within else past(number)
            if found is None:
                raise NoSuchSearch(number)
            return with_past(found, past, (*within, number))
        case Combination(operator, parts):
            return Combination(operator, tuple(with_past(part, past, within) for part in parts))
    return node


class _Mapping:
    """One pass over a tree."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known = vocabulary
        self.not_found: list[str] = []
        self.ignored: list[str] = []

    def of(self, node: Node, unfinished: bool = False) -> Node | None:
        match node:
            case Combination(operator, parts):
                last = len(parts) - 1
                found = [self.of(part, unfinished and at == last) for at, part in enumerate(parts)]
                if operator == "NOT" and found[0] is None:
                    return None
                return _joined(operator, [part for part in found if part is not None])
            case Term(_, None, True):
                return self._phrase(node, ALL_FIELDS)
            case Term(text, None):
                return self._untagged(text, unfinished)
            case Term(_, Field() as field) if field.kind.name == "TEXT":
                return self._phrase(node, field, unfinished)
        return node

    def _phrase(self, term: Term, field: Field, unfinished: bool = False) -> Node | None:
        """A phrase; without quotation marks, its words where they stand nowhere beside each other."""
        parts = words(term.text.replace("*", " "))
        if not parts:
            self.ignored.append(term.text)
            return None
        if unfinished and not term.quoted and not term.text.endswith("*"):
            term = term._replace(text=f"{term.text}*")
        tagged = term._replace(field=field)
        if len(parts) == 1 or self._known.phrase(term.text, field):
            return tagged._replace(quoted=True) if len(parts) > 1 else tagged
        self.not_found.append(f'"{term.text}"')
        if term.field is None:
            return tagged
        kept = [part for part in term.text.split() if words(part) and fold(part).strip() not in STOP_WORDS]
        return _joined("AND", [Term(part, field) for part in kept] or [tagged])

    def _untagged(self, text: str, unfinished: bool) -> Node | None:
        found: list[Node] = []
        parts = text.split()
        at = 0
        while at < len(parts):
            last_open = unfinished and text[-1:].isalnum()
            taken, node = self._longest(parts[at:], last_open)
            if node is not None:
                found.append(node)
            at += taken
        return _joined("AND", found)

    def _longest(self, parts: list[str], unfinished: bool) -> tuple[int, Node | None]:
        """How many of the words belong together, and what they mean."""
        for taken in range(min(len(parts), _LONGEST), 0, -1):
            run = parts[:taken]
            if any("*" in part for part in run) or (unfinished and taken == len(parts)):
                continue
            node = self._as_value(" ".join(run), " ".join(words(" ".join(run))))
            if node is not None:
                return taken, node
        return 1, self._word(parts[0], unfinished and len(parts) == 1)

    def _as_value(self, typed: str, folded: str) -> Node | None:
        """What the words are a name of."""
        if not folded or (" " not in folded and folded in STOP_WORDS):
            return None
        if heading := self._known.heading(folded):
            return _heading(heading, typed, folded)
        if journal := self._known.journal(folded):
            everywhere = Term(folded, ALL_FIELDS, quoted=" " in folded)
            return Combination("OR", (Term(journal, _JOURNAL, True), everywhere))
        *last_name, initials = folded.split()
        if last_name and _INITIALS.fullmatch(initials) and self._known.author(folded):
            return Term(folded, _AUTHOR)
        if last_name and all(part.isalpha() for part in folded.split()) and self._known.full_author(folded):
            return Term(folded, _FULL_AUTHOR)
        return None

    def _word(self, typed: str, unfinished: bool) -> Node | None:
        parts = words(typed.replace("*", " "))
        if doi := _DOI.fullmatch(typed):
            return Term(doi[1], named("aid"))
        if _PMCID.fullmatch(typed):
            return Term(typed, named("pmc"))
        if not parts or typed.lower() in STOP_WORDS:
            self.ignored.append(typed)
            return None
        if typed.isdecimal() and len(typed) == 8:
            return Combination("OR", (Pmids((int(typed),)), Term(typed, ALL_FIELDS)))
        if typed.lower() in _FILTERS:
            return Term(typed.lower(), _FILTER)
        if len(parts) > 1 or "*" in typed:
            return self._phrase(Term(typed, quoted=len(parts) > 1), ALL_FIELDS, unfinished)
        if unfinished:
            return Term(f"{typed}*", ALL_FIELDS)
        if not self._known.word(parts[0]):
            self.not_found.append(typed)
            return Term(typed, ALL_FIELDS)
        others = [other for other in _variants(parts[0]) if self._known.word(other)]
        return _joined("OR", [Term(each, ALL_FIELDS) for each in (parts[0], *others)])


def _heading(heading: str, typed: str, folded: str) -> Node:
    """A heading, or the words typed, or those of the heading where it has another name."""
    parts: list[Node] = [Term(heading, _HEADING, True)]
    for phrase in dict.fromkeys((" ".join(words(heading)), folded)):
        separate = phrase.split()
        if len(separate) == 1:
            parts.append(Term(phrase, ALL_FIELDS))
        else:
            parts.append(
                Combination("AND", tuple(Term(each, ALL_FIELDS) for each in dict.fromkeys(separate)))
                if len(set(separate)) > 1
                else Term(separate[0], ALL_FIELDS)
            )
            parts.append(Term(phrase, ALL_FIELDS, True))
    return Combination("OR", tuple(dict.fromkeys(parts)))


def _variants(word: str) -> list[str]:
    """Number and spelling: what PubMed's list of word variants mostly holds."""
    others: list[str] = []
    if len(word) > 3:
        if word.endswith("ies"):
            others.append(f"{word[:-3]}y")
        elif word.endswith("s") and not word.endswith("ss"):
            others.append(word[:-1])
        elif word.endswith("y"):
            others.append(f"{word[:-1]}ies")
        else:
            others.append(f"{word}s")
    for each in (word, *others[:1]):
        for british, american in _SPELLINGS:
            if british in each:
                others.append(each.replace(british, american))
            elif american in each:
                others.append(each.replace(american, british))
    return [other for other in dict.fromkeys(others) if other != word]


def _joined(operator: str, parts: list[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return Combination(operator, tuple(parts))  # type: ignore[arg-type]  # only operators come in
