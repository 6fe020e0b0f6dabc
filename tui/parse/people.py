"""Authors, investigators and people written about (elements Author, Investigator, PersonalNameSubject)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tui.model.record import Affiliation, Identifier, Node, Person, PersonList
from tui.parse.markup import text_of
from tui.parse.other import only, other


def people_of(element: Element, tag: str, extra: list[Node]) -> PersonList:
    """AuthorList or InvestigatorList, whose members are `tag`."""
    get = element.get
    return PersonList(
        tuple([person(child, extra) for child in only(element, tag, extra)]),
        get("CompleteYN") != "N",
        get("Type", ""),
        get("ID", ""),
    )


def person(element: Element, extra: list[Node]) -> Person:
    last = fore = initials = suffix = collective = investigators = ""
    identifiers: list[Identifier] = []
    affiliations: list[Affiliation] = []
    for child in element:
        tag = child.tag
        if tag == "LastName":
            last = text_of(child)
        elif tag == "ForeName":
            fore = text_of(child)
        elif tag == "Initials":
            initials = text_of(child)
        elif tag == "AffiliationInfo":
            affiliations.append(_affiliation(child, extra))
        elif tag == "Identifier":
            identifiers.append(Identifier(child.get("Source", ""), text_of(child)))
        elif tag == "Suffix":
            suffix = text_of(child)
        elif tag == "CollectiveName":
            collective = text_of(child)
            investigators = child.get("Investigators", "")
        elif tag == "Affiliation":  # directly on the author, in files up to 2014
            affiliations.append(Affiliation(text_of(child)))
        elif tag in ("FirstName", "MiddleName"):  # ForeName in two parts, in files up to 2002
            fore = f"{fore} {text_of(child)}".strip()
        else:
            other(child, element, extra)
    return Person(
        last,
        fore,
        initials,
        suffix,
        collective,
        investigators,
        element.get("ValidYN") != "N",
        element.get("EqualContrib", ""),
        tuple(identifiers),
        tuple(affiliations),
    )


def _affiliation(element: Element, extra: list[Node]) -> Affiliation:
    text = ""
    identifiers: list[Identifier] = []
    for child in element:
        if child.tag == "Affiliation":
            text = text_of(child)
        elif child.tag == "Identifier":
            identifiers.append(Identifier(child.get("Source", ""), text_of(child)))
        else:
            other(child, element, extra)
    return Affiliation(text, tuple(identifiers))
