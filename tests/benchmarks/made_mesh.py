"""A tree of headings like that of MeSH, and the descriptor file (descYYYY.xml) it would be published in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from random import Random
from typing import NamedTuple

from made_words import plain_words

_DESCRIPTORS = 30_000
_CHECK_TAGS = ("Humans", "Female", "Male", "Animals", "Adult", "Middle Aged", "Aged", "Adolescent", "Mice", "Child")
CHECKED = (0.62, 0.32, 0.31, 0.22, 0.2, 0.17, 0.12, 0.08, 0.07, 0.07)
"""How many of the records have each of these headings."""
_ALLOWED = 4
"""Qualifiers that each heading may have; with all of them the file would be as large as the records'."""
_CATEGORIES = "ABCDEFGHIJKLMNVZ"
_QUALIFIERS = """metabolism|genetics|drug effects|physiology|analysis|therapy|diagnosis|drug therapy|pathology|surgery
blood|methods|pharmacology|immunology|etiology|epidemiology|complications|administration & dosage|chemistry
therapeutic use|adverse effects|mortality|statistics & numerical data|psychology"""


class Heading(NamedTuple):
    """A descriptor of the tree."""

    ui: str
    name: str
    trees: tuple[str, ...]
    """Tree numbers, such as ``C04.557.337``."""


@cache
def headings() -> tuple[Heading, ...]:
    """The tree, its commonest headings first."""
    chance = Random("headings")
    children: dict[str, int] = {}
    places: list[str] = []
    made: dict[str, Heading] = {}

    def place() -> str:
        parent = chance.choice(places) if places and chance.random() < 0.95 else ""
        if parent.count(".") > 8:
            parent = parent[:3]
        letter = parent or chance.choice(_CATEGORIES)
        children[letter] = number = children.get(letter, 0) + 1
        if number > (99 if not parent else 999):
            return place()
        return f"{parent}.{number:03}" if parent else f"{letter}{number:02}"

    names = [*_CHECK_TAGS]
    while len(made) < _DESCRIPTORS:
        name = (
            names.pop(0) if names else " ".join(chance.choices(plain_words(), k=chance.choice((1, 1, 2, 2, 3)))).title()
        )
        if name not in made:
            trees = tuple(sorted(place() for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))))
            places += trees
            made[name] = Heading(f"D{900_000 + len(made):06}", name, trees)
    return tuple(made.values())


def qualifiers() -> list[tuple[str, str]]:
    return [(f"Q{900_000 + number:06}", name) for number, name in enumerate(_QUALIFIERS.replace("\n", "|").split("|"))]


def descriptor_file() -> Iterator[str]:
    """NLM's XML of the tree (nlmdescriptorrecordset_20260101.dtd), as far as it says what PubMed's records need."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<DescriptorRecordSet LanguageCode = "eng">\n'
    allowed = "".join(
        f"<AllowableQualifier><QualifierReferredTo><QualifierUI>{ui}</QualifierUI><QualifierName><String>{escape(name)}"
        "</String></QualifierName></QualifierReferredTo><Abbreviation>XX</Abbreviation></AllowableQualifier>"
        for ui, name in qualifiers()[:_ALLOWED]
    )
    for heading in headings():
        trees = "".join(f"<TreeNumber>{tree}</TreeNumber>" for tree in heading.trees)
        string = f"<String>{heading.name}</String>"
        yield (
            f'<DescriptorRecord DescriptorClass = "1"><DescriptorUI>{heading.ui}</DescriptorUI>'
            f"<DescriptorName>{string}</DescriptorName><AllowableQualifiersList>{allowed}</AllowableQualifiersList>"
            f"<TreeNumberList>{trees}</TreeNumberList><ConceptList>"
            f'<Concept PreferredConceptYN="Y"><ConceptUI>M{heading.ui[1:]}</ConceptUI>'
            f"<ConceptName>{string}</ConceptName>"
            '<TermList><Term ConceptPreferredTermYN="Y" IsPermutedTermYN="N" LexicalTag="NON" '
            f'RecordPreferredTermYN="Y"><TermUI>T{heading.ui[1:]}</TermUI>{string}</Term></TermList></Concept>'
            "</ConceptList></DescriptorRecord>\n"
        )
    yield "</DescriptorRecordSet>\n"
