"""A small vocabulary in the form of NLM's files: real names and places, scope notes in our own words."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from tui.model.mesh import AllowableQualifier, MeshDescriptor

PROLOG = (
    '<?xml version="1.0"?>\n<!DOCTYPE DescriptorRecordSet SYSTEM '
    '"https://www.nlm.nih.gov/databases/dtd/nlmdescriptorrecordset_20260101.dtd">\n'
)
BREAST_NEOPLASMS = MeshDescriptor(
    "D001943",
    "Breast Neoplasms",
    ("C04.588.180", "C17.800.090.500"),
    "1",
    "Growths of the BREAST that are new.",
    ("Breast Cancer", "Cancer of the Breast", "Mammary Carcinoma, Human"),
    ("Cancer, Breast", "Neoplasms, Breast"),
    "coordinate with the type of growth",
    "68; was used otherwise before",
    ("Breast (1963-1965)", "Neoplasms (1963-1965)"),
    ("Mammography",),
    (),
    (AllowableQualifier("Q000473", "pathology"), AllowableQualifier("Q000139", "chemically induced")),
    "1966-01-01",
    "2020-05-27",
)
VOCABULARY = (
    MeshDescriptor("D009369", "Neoplasms", ("C04",), "1", "Growths that are new.", ("Cancer", "Tumors"), ("Tumor",)),
    MeshDescriptor("D009371", "Neoplasms by Site", ("C04.588",), "1", entry_terms=("Neoplasms by Sites",)),
    BREAST_NEOPLASMS,
    MeshDescriptor("D018567", "Breast Neoplasms, Male", ("C04.588.180.260", "C17.800.090.500.260"), "1"),
    MeshDescriptor("D018270", "Carcinoma, Ductal, Breast", ("C04.557.470.200", "C04.588.180.390"), "1"),
    MeshDescriptor("D017437", "Skin and Connective Tissue Diseases", ("C17",), "1"),
    MeshDescriptor("D012871", "Skin Diseases", ("C17.800",), "1", entry_terms=("Dermatoses",)),
    MeshDescriptor("D001941", "Breast Diseases", ("C17.800.090",), "1"),
    MeshDescriptor("D001940", "Breast", ("A01.236",), "1"),
    MeshDescriptor("D001829", "Body Regions", ("A01",), "1"),
    MeshDescriptor("D045304", "Cytochromes c", ("D12.776.422.220.283",), "1", actions=("Oxidants",)),
    MeshDescriptor("D045311", "Cytochromes c'", ("D12.776.422.220.284",), "1"),
    MeshDescriptor(
        "D053773", "Transforming Growth Factor beta1", ("D12.776.467.942.500",), "1", entry_terms=("TGF-β1",)
    ),
    MeshDescriptor("D000077289", "Letrozole", ("D03.383.129.799",), "1", entry_terms=("Fémara",)),
    MeshDescriptor("D016428", "Journal Article", ("V03.175.500",), "2"),
    MeshDescriptor("D008297", "Male", (), "3", entry_terms=("Males",)),
    MeshDescriptor("D005842", "Germany, West", ("Z01.542.315.800",), "4"),
)


def descriptor_xml(one: MeshDescriptor) -> str:
    """A DescriptorRecord that says all that the descriptor does, among elements that are passed over."""
    terms = [(one.name, "N"), *((term, "N") for term in one.entry_terms), *((term, "Y") for term in one.permuted_terms)]
    return (
        f'<DescriptorRecord DescriptorClass = "{one.kind}">\n  <DescriptorUI>{one.ui}</DescriptorUI>\n'
        f"{_named('DescriptorName', one.name)}{_date('DateCreated', '1999-01-01')}{_date('DateRevised', one.revised)}"
        f"{_date('DateEstablished', one.established)}{_qualifiers(one)}{_element('Annotation', one.annotation)}"
        f"{_element('HistoryNote', 'not shown')}{_element('PublicMeSHNote', one.public_note)}"
        f"{_list('PreviousIndexingList', (_element('PreviousIndexing', each) for each in one.previous_indexing))}"
        f"{_list('SeeRelatedList', (_referred('SeeRelatedDescriptor', each) for each in one.see_also))}"
        f"{_list('PharmacologicalActionList', (_referred('PharmacologicalAction', each) for each in one.actions))}"
        f"{_list('TreeNumberList', (_element('TreeNumber', each) for each in one.tree_numbers))}"
        f'<ConceptList><Concept PreferredConceptYN="Y"><ConceptUI>M1</ConceptUI>{_named("ConceptName", one.name)}'
        f"{_element('ScopeNote', one.scope_note)}{_terms(terms[:2])}</Concept>"
        f'<Concept PreferredConceptYN="N"><ConceptUI>M2</ConceptUI>{_element("ScopeNote", "of another concept")}'
        f"{_terms(terms[2:])}</Concept></ConceptList>\n</DescriptorRecord>\n"
    )


def descriptor_set(vocabulary: Iterable[MeshDescriptor] = VOCABULARY) -> bytes:
    """The file of these descriptors, ``desc2026.xml``."""
    records = "".join(map(descriptor_xml, vocabulary))
    return f'{PROLOG}<DescriptorRecordSet LanguageCode = "eng">\n{records}</DescriptorRecordSet>\n'.encode()


def tree_file(vocabulary: Iterable[MeshDescriptor] = VOCABULARY) -> bytes:
    """The tree file, ``mtrees2026.bin``, in the order of the tree."""
    lines = sorted((number, one.name) for one in vocabulary for number in one.tree_numbers)
    return "".join(f"{name};{number}\n" for number, name in lines).encode()


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}\n    </{tag}>\n" if text else ""


def _named(tag: str, name: str) -> str:
    return f"<{tag}>\n   <String>{escape(name)}</String>\n  </{tag}>\n"


def _referred(tag: str, name: str) -> str:
    inside = f"<DescriptorUI>D0</DescriptorUI>{_named('DescriptorName', name)}"
    return f"<{tag}><DescriptorReferredTo>{inside}</DescriptorReferredTo></{tag}>"


def _list(tag: str, elements: Iterable[str]) -> str:
    inside = "".join(elements)
    return f"<{tag}>\n{inside}</{tag}>\n" if inside else ""


def _date(tag: str, date: str) -> str:
    if not date:
        return ""
    year, month, day = date.split("-")
    return f"<{tag}>\n<Year>{year}</Year>\n<Month>{month}</Month>\n<Day>{day}</Day>\n</{tag}>\n"


def _qualifiers(one: MeshDescriptor) -> str:
    return _list(
        "AllowableQualifiersList",
        (
            f"<AllowableQualifier><QualifierReferredTo><QualifierUI>{each.ui}</QualifierUI>"
            f"{_named('QualifierName', each.name)}</QualifierReferredTo><Abbreviation>XX</Abbreviation>"
            "</AllowableQualifier>"
            for each in one.qualifiers
        ),
    )


def _terms(terms: Iterable[tuple[str, str]]) -> str:
    return _list(
        "TermList",
        (
            f'<Term  ConceptPreferredTermYN="N"  IsPermutedTermYN="{permuted}"  RecordPreferredTermYN="N">'
            f"<TermUI>T1</TermUI><String>{escape(term)}</String>{_date('DateCreated', '1974-01-01')}</Term>\n"
            for term, permuted in terms
        ),
    )
