"""What an untagged term stands for: PubMed's automatic term mapping, as far as those asked know the words.

From left to right the longest run of words is taken that names a subject (a MeSH heading, an entry term, a publication
type), else a journal, else an author or investigator; what is none of these is looked for in all fields, with the
other number and spelling of the word. A subject or a journal is looked for by its words too; words in quotation marks
or with an asterisk are not mapped. Sources: the PubMed User Guide, "How PubMed works: Automatic Term Mapping" and
"Searching for a phrase"; the form of the outcome is that of ESearch's QueryTranslation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from tui.model.folding import words
from tui.query.errors import NoSuchSearch, TooDeep
from tui.query.fields import ALL_FIELDS, Kind, named
from tui.query.qualifiers import qualifier
from tui.query.stop_words import STOP_WORDS
from tui.query.tree import Combination, Near, Node, Operator, Past, Pmids, Term, leaves
from tui.query.unparse import unparse

_LONGEST = 8
"""Words of a subject or a journal that are tried together."""
_LONGEST_TITLE = 25
"""Words of a journal's full title, where it stands alone."""
_LONGEST_NAME = 5
_MOST_PARTS = 10_000
"""Parts of a query together with those of the earlier searches that it stands on."""
_HEADING, _TYPE, _SUBHEADING, _JOURNAL = named("mh"), named("pt"), named("sh"), named("ta")
_AUTHOR, _FULL_AUTHOR, _INVESTIGATOR, _FILTER = named("au"), named("fau"), named("ir"), named("sb")
_LABEL = re.compile(r"\b(?:doi|pmc?id):\s*(?=\S)", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMCID = re.compile(r"(pmc\d+)(?:\.\d+)?", re.IGNORECASE)
_DIVIDED = re.compile(r"[!#$%+;<>=?\\^_{}~]+|,(?!\d)|(?<!\d),")
"""What is a blank to PubMed within a word. A hyphen, an apostrophe, a full stop, a slash hold the parts together."""
_TRUNCATED = re.compile(r"[^*]*(?:\*\w*)+|[^*]+$")
"""As much of a word as ends with the part that has an asterisk, and what remains."""
_FILTER_WORD = re.compile(r"(?:has|pubstatus|pmcbook|owner|jsubset|indexingmethod_)[a-z]*")
"""Filters that PubMed knows without their tag."""
_INITIALS = re.compile(r"[a-z]{1,3}")
_SUFFIXES = frozenset(("jr", "sr", "2nd", "3rd", "ii", "iii", "iv"))
_SPELLINGS = (
    ("tumour", "tumor"), ("aemia", "emia"), ("haem", "hem"), ("oedema", "edema"), ("oesoph", "esoph"), ("paed", "ped"),
    ("gynaec", "gynec"), ("anaesth", "anesth"), ("leukaem", "leukem"), ("isation", "ization"), ("ise", "ize"),
    ("ising", "izing"), ("colour", "color"), ("behaviour", "behavior"), ("fibre", "fiber"), ("centre", "center"),
    ("faec", "fec"), ("foet", "fet"), ("diarrhoea", "diarrhea"), ("sulph", "sulf"),
)  # fmt: skip
"""British and American."""


class Vocabulary(Protocol):
    """What is known of words where the query is answered. Texts are folded, one blank between their words."""

    def heading(self, text: str) -> str:
        """The MeSH heading with this name or entry term; empty for none."""

    def goes_on(self, text: str) -> bool:
        """Whether the name or an entry term of any heading begins with these words and has more."""

    def is_type(self, heading: str) -> bool:
        """Whether a heading is that of a publication type."""

    def journal(self, text: str) -> str:
        """The abbreviation, folded, of the journal with this title, abbreviation or ISSN; empty for none."""

    def found(self, node: Node) -> bool:
        """Whether there is anything to be found by a tree in which every term has a field."""


class Mapped(NamedTuple):
    """A query of which nothing is left to be guessed."""

    node: Node | None
    """Every term in it has a field; None where nothing is left to look for."""
    not_found: tuple[str, ...]
    """Words and phrases that stand nowhere, as they were typed."""
    ignored: tuple[str, ...]
    """Words that were left out."""


def mapped(
    node: Node, vocabulary: Vocabulary, past: Callable[[int], Node | None], *, unfinished: bool = False
) -> Mapped:
    """What the tree means.

    `past` gives what an earlier search asked for, None for one that is gone. With `unfinished` the last word may be
    the beginning of one; a single letter is not looked for yet. Raises NoSuchSearch, TooDeep.
    """
    whole = with_past(node, past)
    mapping = _Mapping(vocabulary)
    outcome = mapping.of(whole, unfinished)
    if mapping.named and outcome is not None and not vocabulary.found(outcome):
        # The User Guide, "If no match is found?": then each word is looked for everywhere.
        mapping = _Mapping(vocabulary, names=False)
        outcome = mapping.of(whole, unfinished)
    return Mapped(outcome, tuple(dict.fromkeys(mapping.not_found)), tuple(dict.fromkeys(mapping.ignored)))


def with_past(node: Node, past: Callable[[int], Node | None]) -> Node:
    """The tree with earlier searches in the place of their numbers. Raises NoSuchSearch, TooDeep."""
    if not any(isinstance(leaf, Past) for leaf in leaves(node)):
        return node
    return _Expansion(past).of(node, ())


class _Expansion:
    """One pass over a tree that stands on others. What is wrong is told of the number that was typed."""

    def __init__(self, past: Callable[[int], Node | None]) -> None:
        self._past = past
        self._parts = 0

    def of(self, node: Node, way: tuple[Past, ...]) -> Node:
        """`way` leads from the number that was typed to where the node stands."""
        self._parts += 1
        if self._parts > _MOST_PARTS and way:
            raise TooDeep(f"Too much hangs on search #{way[0].number}.", "Write a part of it out.", *_place(way[0]))
        match node:
            case Past(number):
                found = None if node in way else self._past(number)
                if found is None:
                    raise _gone((*way, node))
                return self.of(found, (*way, node))
            case Combination(operator, parts):
                return Combination(operator, tuple(self.of(part, way) for part in parts))
        return node


def _place(past: Past) -> tuple[int, int]:
    return past.column, len(f"#{past.number}")


def _gone(way: Sequence[Past]) -> NoSuchSearch:
    typed, gone = way[0], way[-1]
    needed = "" if typed is gone else f", on which search #{typed.number} stands"
    return NoSuchSearch(
        f"There is no search #{gone.number}{needed}.", "The history lists those there are.", *_place(typed)
    )


class _Mapping:
    """One pass over a tree."""

    def __init__(self, vocabulary: Vocabulary, *, names: bool = True) -> None:
        self._known = vocabulary
        self._names = names
        """Whether authors and investigators are looked for."""
        self.named = False
        """Whether any were found."""
        self._last_names: dict[str, bool] = {}
        self.not_found: list[str] = []
        self.ignored: list[str] = []

    def of(self, node: Node, unfinished: bool = False) -> Node | None:
        match node:
            case Combination(operator, parts):
                last = len(parts) - 1
                found = [self.of(part, unfinished and at == last) for at, part in enumerate(parts)]
                return None if operator == "NOT" and found[0] is None else _joined(operator, found)
            case Term(text, None, False):
                return self._untagged(text, unfinished)
            case Term(text, field, False) if field == ALL_FIELDS:
                return self._untagged(text, unfinished)
            case Term(_, None):
                return self._noted(node._replace(field=ALL_FIELDS), node)
            case Term():
                term = self._in_full(node)
                return self._noted(term, node) if term.quoted else self._tagged(node)
            case Near() | Pmids():
                return self._noted(node, node)
        return node

    def _in_full(self, term: Term) -> Term:
        """A heading by its own name, a subheading in full."""
        if term.field == _SUBHEADING and (subheading := qualifier(term.text)):
            return term._replace(text=subheading, quoted=True)
        if term.field is None or term.field.kind is not Kind.HEADING or "*" in term.text:
            return term
        name, slash, after = term.text.partition("/")
        heading = self._known.heading(" ".join(words(name)))
        if not heading or (slash and not qualifier(after)):
            return term
        return term._replace(text=f"{heading}{slash}{qualifier(after)}", quoted=True)

    def _noted(self, node: Node, typed: Node) -> Node:
        if not self._known.found(node):
            self.not_found.append(unparse(typed))
        return node

    def _tagged(self, term: Term) -> Node | None:
        """A term in its field: all of its words, or as many of the last ones as are found there; the others are mapped.

        PubMed breaks up a phrase that it does not find, ``psittacine flight[tw]``, and the tag is that of the end.
        """
        parts = [part for part in term.text.split() if words(part)]
        is_text = term.field is not None and term.field.kind is Kind.TEXT
        starts = [0, *range(max(1, len(parts) - _LONGEST), len(parts))] if is_text or "*" not in term.text else [0]
        ends = [
            (start, self._in_full(term._replace(text=" ".join(parts[start:]), quoted=is_text)))
            for start in starts
            if "*" not in "".join(parts[start:-1])
        ]
        start, end = next(((start, end) for start, end in ends if self._known.found(end)), (-1, term))
        if start < 0:
            self.not_found.append(unparse(term))
            start, end = ends[0]
        return _joined("AND", [self._untagged(" ".join(parts[:start])), end])

    def _untagged(self, text: str, unfinished: bool = False) -> Node | None:
        parts = [part for part in _LABEL.sub("", text).split() if words(part)]
        if _LONGEST < len(parts) <= _LONGEST_TITLE and (journal := self._journal(words(" ".join(parts)))):
            return journal
        found: list[Node | None] = []
        at = 0
        while at < len(parts):
            taken, node = self._longest(parts, at, unfinished)
            found.append(node)
            at += taken
        return _joined("AND", found)

    def _longest(self, parts: Sequence[str], at: int, unfinished: bool) -> tuple[int, Node | None]:
        """How many of the words from a place on belong together, and what they mean."""
        most = min(len(parts) - at, _LONGEST)
        most = next((place for place in range(most) if "*" in parts[at + place]), most)
        if unfinished and at + most == len(parts):
            most -= 1
        subject = most if any("/" in part for part in parts[at : at + most]) else 1
        while subject < most and self._known.goes_on(" ".join(words(" ".join(parts[at : at + subject])))):
            subject += 1
        for taken in range(most, 0, -1):
            typed = " ".join(parts[at : at + taken])
            separate = words(typed)
            if STOP_WORDS.issuperset(separate) and taken < len(parts):
                continue
            node = self._subject(typed, separate) if taken <= subject else None
            node = node or self._journal(separate) or self._name(typed, separate)
            if node is not None:
                return taken, node
        return 1, self._word(parts[at], unfinished and at + 1 == len(parts))

    def _subject(self, typed: str, separate: Sequence[str]) -> Node | None:
        name, _, after = typed.partition("/")
        if (subheading := qualifier(after)) and (heading := self._known.heading(" ".join(words(name)))):
            return Term(f"{heading}/{subheading}", _HEADING, True)
        folded = " ".join(separate)
        heading = next(filter(None, map(self._known.heading, (folded, *_in_other_numbers(separate)))), "")
        subheading = qualifier(folded) if len(folded) > 2 else ""
        if not heading and not subheading:
            return None
        is_type = bool(heading) and self._known.is_type(heading)
        parts: list[Node] = [Term(heading, _TYPE if is_type else _HEADING, True)] if heading else []
        if is_type:
            topics = map(self._known.heading, (f"{folded}s as topic", f"{folded} as topic"))
            parts += [Term(topic, _HEADING, True) for topic in topics if topic]
        elif heading and " ".join(words(heading)) != folded:
            parts += _everywhere(words(heading))
        if subheading:
            parts.append(Term(subheading, _SUBHEADING, True))
        parts += self._in_all_forms(separate) if len(separate) == 1 else _everywhere(separate, split=not is_type)
        return _joined("OR", parts)

    def _journal(self, separate: Sequence[str]) -> Node | None:
        folded = " ".join(separate)
        journal = self._known.journal(folded)
        if not journal:
            return None
        names = [Term(name, _JOURNAL, True) for name in (journal, folded)]
        return _joined("OR", [*names, *_everywhere(separate)])

    def _name(self, typed: str, separate: Sequence[str]) -> Node | None:
        """Somebody's last name and initials, or full name."""
        if not self._names or not 1 < len(separate) <= _LONGEST_NAME or not any(map(self._is_last_name, separate)):
            return None
        folded = " ".join(separate)
        initials = separate[-2] if separate[-1] in _SUFFIXES else separate[-1]
        ways: list[tuple[Term, ...]] = []
        if _INITIALS.fullmatch(initials):
            ways.append((Term(folded, _AUTHOR), Term(folded, _INVESTIGATOR)))
        if all(part.isalpha() for part in separate):
            full = typed if "," in typed else folded
            ways.append((Term(full, _FULL_AUTHOR), Term(full, _INVESTIGATOR)))
        for terms in ways:
            if found := [term for term in terms if self._known.found(term)]:
                self.named = True
                return _joined("OR", found)
        return None

    def _is_last_name(self, word: str) -> bool:
        if word not in self._last_names:
            self._last_names[word] = any(self._known.found(Term(word, field)) for field in (_AUTHOR, _INVESTIGATOR))
        return self._last_names[word]

    def _word(self, typed: str, unfinished: bool) -> Node | None:
        if doi := _DOI.fullmatch(typed):
            return self._noted(Term(doi[1], named("aid"), True), Term(typed))
        if pmcid := _PMCID.fullmatch(typed):
            return self._noted(Term(pmcid[1], named("pmc"), True), Term(typed))
        if _FILTER_WORD.fullmatch(typed.lower()) and self._known.found(known := Term(typed.lower(), _FILTER, True)):
            return known
        divided = [each for part in _DIVIDED.split(typed) for each in _TRUNCATED.findall(part) if words(each)]
        if len(divided) > 1:
            last = len(divided) - 1
            return _joined("AND", [self._word(part, unfinished and at == last) for at, part in enumerate(divided)])
        separate = words(typed)
        lowered = divided[0].lower()
        if "*" in typed or len(separate) > 1:
            term = Term(lowered if not unfinished or "*" in typed else f"{lowered}*", ALL_FIELDS, True)
            return self._noted(term, Term(typed))
        if separate[0] in STOP_WORDS:
            self.ignored.append(typed)
            return None
        if unfinished and len(separate[0]) == 1 and typed.isascii():
            return None  # too many words begin so, and nobody wants them all
        if unfinished:
            return Term(f"{separate[0]}*", ALL_FIELDS, True)
        forms = self._in_all_forms(separate)
        if len(forms) == 1 and not self._known.found(forms[0]):
            self.not_found.append(typed)
        return _joined("OR", forms)

    def _in_all_forms(self, separate: Sequence[str]) -> list[Term]:
        """A word everywhere, and what other numbers and spellings of it there are."""
        typed, *others = [Term(form, ALL_FIELDS, True) for form in (separate[0], *_forms(separate[0]))]
        return [typed, *filter(self._known.found, others)]


def _everywhere(separate: Sequence[str], *, split: bool = True) -> Iterator[Node]:
    """Words in all fields: each of them, and beside each other.

    A single letter or number by itself would say nothing (``protein c``).
    """
    if len(separate) > 1 and split and not any(len(word) == 1 or word.isdecimal() for word in separate):
        each = _joined("AND", [Term(word, ALL_FIELDS, True) for word in separate if word not in STOP_WORDS])
        if each is not None:
            yield each
    yield Term(" ".join(separate), ALL_FIELDS, True)


def _in_other_numbers(separate: Sequence[str]) -> list[str]:
    """The words with the last of them in the other number."""
    *before, last = separate
    return [" ".join((*before, other)) for other in _numbers(last)]


def _numbers(word: str) -> list[str]:
    """The singular of a plural, the plural of a singular, as far as its end tells."""
    if len(word) < 4 or not word.isalpha() or not word.isascii() or word.endswith("ss"):
        return []
    if word.endswith("ies"):
        return [f"{word[:-3]}y"]
    if word.endswith("s"):
        return [word[:-1]]
    return [f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"]


def _forms(word: str) -> list[str]:
    """Other number and other spelling: what PubMed's list of word forms mostly holds."""
    others = _numbers(word)
    for each in (word, *others):
        for british, american in _SPELLINGS:
            if british in each:
                others.append(each.replace(british, american))
            elif american in each:
                others.append(each.replace(american, british))
    return [other for other in dict.fromkeys(others) if other != word]


def _joined(operator: Operator, parts: Iterable[Node | None]) -> Node | None:
    """What is there of the parts, each once; of NOT, the first one has to be there."""
    held = [part for part in parts if part is not None]
    kept = 1 if operator == "NOT" else 0
    held = [*held[:kept], *dict.fromkeys(held[kept:])]
    return Combination(operator, tuple(held)) if len(held) > 1 else held[0] if held else None
