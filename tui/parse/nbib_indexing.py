"""What a record in MEDLINE format is about and belongs to: data, grants, substances, relations, MeSH, keywords."""

from __future__ import annotations

import re

from tui.model.record import (
    DataBank,
    Descriptor,
    Grant,
    Keyword,
    KeywordList,
    MeshHeading,
    Qualifier,
    Relation,
    Substance,
    Term,
)
from tui.model.relations import RELATIONS
from tui.parse.nbib_fields import Fields

_SUBSTANCE = re.compile(r"(0|EC [\w.-]+|[0-9]+-[0-9]{2}-[0-9]|[0-9A-Z]{10}) \((.*)\)")
_ACRONYM = re.compile(r"[A-Z]{2}|[A-Z]+_|Im[A-Z]+|HHMI|NULL")
"""``CA`` of NIH, ``WT_`` of Europe PMC's funders, ``ImNIH`` of intramural research."""
_RELATION = re.compile(r"(.*?)(?:\. |^)PMID: ([0-9]{1,9})")
_KINDS = {kind.tag: name for name, kind in reversed(RELATIONS.items()) if kind.tag}
"""By tag; of two kinds with one tag the first of the table."""


def data_banks(fields: Fields) -> tuple[DataBank, ...]:
    banks: list[DataBank] = []
    for text in fields.values("SI"):
        name, _, accession = text.partition("/")
        if not banks or banks[-1].name != name:
            banks.append(DataBank(name))
        if accession:
            banks[-1] = banks[-1]._replace(accessions=(*banks[-1].accessions, accession))
    return tuple(banks)


def grant(text: str) -> Grant:
    """``R01 CA116235/CA/NCI NIH HHS/United States``; read from its end, because numbers hold slashes themselves."""
    *number, agency, country = ["", *text.split("/")] if "/" in text else ["", text, ""]
    acronym = number.pop() if _ACRONYM.fullmatch(number[-1]) else ""
    return Grant("/".join(number[1:]), acronym, agency, country)


def substances(fields: Fields) -> tuple[tuple[Substance, ...], tuple[Term, ...]]:
    """RN: substances with their numbers, and concepts such as ``IFL protocol``, which have none."""
    substances, concepts = [], []
    for text in fields.values("RN"):
        if found := _SUBSTANCE.fullmatch(text):
            substances.append(Substance(found[2], "", found[1]))
        else:
            concepts.append(Term(text))
    return tuple(substances), tuple(concepts)


def relations(fields: Fields) -> tuple[Relation, ...]:
    return tuple([_relation(_KINDS[tag], text) for tag, text in fields.all(*_KINDS)])


def _relation(kind: str, text: str) -> Relation:
    found = _RELATION.fullmatch(text)
    return Relation(kind, found[1], int(found[2])) if found else Relation(kind, text)


def heading(text: str) -> MeshHeading:
    """``Breast Neoplasms/genetics/*pathology``, the star marking what is a major topic."""
    descriptor, *qualifiers = text.split("/")
    return MeshHeading(
        Descriptor(descriptor.removeprefix("*"), major=descriptor.startswith("*")),
        tuple([Qualifier(each.removeprefix("*"), major=each.startswith("*")) for each in qualifiers]),
    )


def keyword_lists(fields: Fields) -> tuple[KeywordList, ...]:
    lists: list[tuple[str, list[Keyword]]] = []
    for tag, text in fields.all("OTO", "OT"):
        if tag == "OTO" or not lists:
            lists.append((text if tag == "OTO" else "", []))
        if tag == "OT":
            lists[-1][1].append(Keyword(text.removeprefix("*"), text.startswith("*")))
    return tuple([KeywordList(tuple(keywords), owner) for owner, keywords in lists])
