"""XML of what was read as MEDLINE text: valid by PubMed's DTD, and the same record when it is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.export.export_samples import RECORDS
from tests.recorded import DATA, needs_data, unpacked
from tui.export import nbib as writer
from tui.export.made_xml import made
from tui.model.clean import clean
from tui.model.record import Abstract, AbstractSection, Person, PersonList, Record
from tui.parse import nbib, parse_record

NOT_SAID = (
    'Value "PartialRetractionOf" for attribute RefType',  # the DTD knows whole retractions alone
    "Element SupplMeshName does not carry attribute Type",
    "Element OtherAbstract does not carry attribute Type",
    "Element PubMedPubDate content does not follow the DTD",  # a day that was never known
)
"""What the DTD demands and MEDLINE text does not say."""


def _recorded() -> Iterator[Record]:
    for file in sorted((DATA / "export_pairs" / "nbib").iterdir()):
        yield from nbib.read([unpacked(file)])


@needs_data
def test_it_is_valid_but_for_what_is_not_said() -> None:
    dtd = etree.DTD(file=str(DATA / "dtd" / "pubmed_250101.dtd"))
    root = etree.fromstring(f"<PubmedArticleSet>{''.join(map(made, _recorded()))}</PubmedArticleSet>")
    assert len(root) == 2539
    dtd.validate(root)
    faults = str(dtd.error_log).splitlines()
    assert [fault for fault in faults if not any(said in fault for said in NOT_SAID)] == []
    assert len(faults) < 50


_NO_PLACE = ("unrecognised", "created")
"""Fields of a record that an article of the DTD has no place for."""
_NOR_IN_A_BOOK = ("owner", "status", "publication_model", "other_abstracts", "number_of_references", "history")


def _read_back(record: Record) -> Record:
    """The record as it has to be when it was XML in between."""
    places = tuple([place._replace(kind=place.kind or "pii") for place in record.elocations])
    relations = tuple([each._replace(version="1" if each.pmid else "") for each in record.relations])
    medium = "" if record.book else "Internet" if record.journal.issn_type == "Electronic" else "Print"
    return record._replace(elocations=places, relations=relations, issue=record.issue._replace(medium=medium))


@needs_data
def test_it_is_read_as_the_same_record() -> None:
    count = 0
    for record in _recorded():
        again, expected = parse_record(made(record).encode()), _read_back(record)
        left_out = (*_NO_PLACE, *(_NOR_IN_A_BOOK if record.book else ()))
        different = [
            name
            for name, ours, theirs in zip(Record._fields, again, expected, strict=True)
            if ours != theirs and name not in left_out
        ]
        # One recorded name has a blank before its comma.
        assert different == (["author_lists"] if record.pmid == 11242391 else []), record.pmid
        count += 1
    assert count == 2539


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=2))
def test_hostile_text_stays_text(records: list[Record]) -> None:
    xml = "".join(map(made, records))
    assert clean(xml) == xml
    root = etree.fromstring(f"<PubmedArticleSet>{xml}</PubmedArticleSet>")
    assert [child.tag for child in root] == [
        "PubmedArticle" if record.book is None else "PubmedBookArticle" for record in records
    ]
    for record in records:
        plain = record._replace(title=str(record.title))
        again = parse_record(made(plain).encode())
        assert dict(writer.fields(again)).get("TI") == dict(writer.fields(plain)).get("TI")


def test_what_the_dtd_demands_is_there() -> None:
    assert made(Record(7)) == (
        '<PubmedArticle><MedlineCitation Status=""><PMID Version="1">7</PMID><Article PubModel=""><Journal>'
        '<JournalIssue CitedMedium="Print"><PubDate><MedlineDate></MedlineDate></PubDate></JournalIssue></Journal>'
        "<ArticleTitle></ArticleTitle><Pagination><MedlinePgn></MedlinePgn></Pagination><Language>und</Language>"
        "</Article><MedlineJournalInfo><MedlineTA></MedlineTA></MedlineJournalInfo></MedlineCitation><PubmedData>"
        "<PublicationStatus></PublicationStatus></PubmedData></PubmedArticle>"
    )


@pytest.mark.parametrize("text", ['<i>&"', "]]>", "a\x1b[2Jb\nc"])
def test_text_is_escaped(text: str) -> None:
    people = (PersonList((Person(collective_name=text),)),)
    record = Record(7, title=text, abstract=Abstract((AbstractSection(text, text),)), author_lists=people)
    again = parse_record(made(record).encode())
    assert again.title == again.abstract.sections[0].label == again.authors[0].collective_name
    assert again.title == " ".join(clean(text).split())
