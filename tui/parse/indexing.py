"""What indexers add to a record: MeSH headings, substances, concepts, keywords, grants, data banks, relations."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tui.model.record import (
    DataBank,
    Descriptor,
    Grant,
    Keyword,
    KeywordList,
    MeshHeading,
    Node,
    Qualifier,
    Relation,
    Substance,
    Term,
)
from tui.parse.markup import text_of
from tui.parse.other import only, other


def mesh_heading(element: Element, extra: list[Node]) -> MeshHeading:
    descriptor = Descriptor("")
    qualifiers: list[Qualifier] = []
    for child in element:
        get = child.get
        if child.tag == "DescriptorName":
            descriptor = Descriptor(
                text_of(child), get("UI", ""), get("MajorTopicYN") == "Y", get("Type", ""), get("AutoHM", "")
            )
        elif child.tag == "QualifierName":
            qualifiers.append(Qualifier(text_of(child), get("UI", ""), get("MajorTopicYN") == "Y", get("AutoHM", "")))
        else:
            other(child, element, extra)
    return MeshHeading(descriptor, tuple(qualifiers))


def term(element: Element) -> Term:
    """PublicationType or SupplMeshName."""
    return Term(text_of(element), element.get("UI", ""), element.get("Type", ""))


def substance(element: Element, extra: list[Node]) -> Substance:
    name = ui = number = ""
    for child in element:
        if child.tag == "NameOfSubstance":
            name, ui = text_of(child), child.get("UI", "")
        elif child.tag == "RegistryNumber":
            number = text_of(child)
        else:
            other(child, element, extra)
    return Substance(name, ui, number)


def keyword_list(element: Element, extra: list[Node]) -> KeywordList:
    """Without the empty keywords that publishers send."""
    keywords = [Keyword(text_of(child), child.get("MajorTopicYN") == "Y") for child in only(element, "Keyword", extra)]
    return KeywordList(tuple([keyword for keyword in keywords if keyword.text]), element.get("Owner", "NLM"))


def grant(element: Element, extra: list[Node]) -> Grant:
    id = acronym = agency = country = ""
    for child in element:
        tag = child.tag
        if tag == "GrantID":
            id = text_of(child)
        elif tag == "Agency":
            agency = text_of(child)
        elif tag == "Country":
            country = text_of(child)
        elif tag == "Acronym":
            acronym = text_of(child)
        else:
            other(child, element, extra)
    return Grant(id, acronym, agency, country)


def data_bank(element: Element, extra: list[Node]) -> DataBank:
    name = ""
    accessions: list[str] = []
    for child in element:
        if child.tag == "DataBankName":
            name = text_of(child)
        elif child.tag == "AccessionNumberList":
            accessions += [text_of(number) for number in only(child, "AccessionNumber", extra)]
        else:
            other(child, element, extra)
    return DataBank(name, tuple(accessions))


def relation(element: Element, extra: list[Node]) -> Relation:
    """CommentsCorrections, or a child of it in files up to 2006, where the type is the element's name."""
    source = version = note = ""
    pmid = 0
    for child in element:
        tag = child.tag
        if tag == "RefSource":
            source = text_of(child)
        elif tag == "PMID":
            number = text_of(child)
            if number.isdigit() and number.isascii():
                pmid, version = int(number), child.get("Version", "")
            else:
                other(child, element, extra)
        elif tag == "Note":
            note = text_of(child)
        else:
            other(child, element, extra)
    return Relation(element.get("RefType") or element.tag, source, pmid, version, note)
