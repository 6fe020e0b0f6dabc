"""What can be said of a record in a word: its ids, its authors, its date, whether it still stands."""

from __future__ import annotations

import copy
import pickle

import pytest

from tui.model.dates import PartialDate
from tui.model.record import (
    ArticleDate,
    Book,
    Descriptor,
    ELocation,
    Identifier,
    Issue,
    Journal,
    MeshHeading,
    Person,
    PersonList,
    Qualifier,
    Record,
    Relation,
    Term,
)
from tui.model.results import Row, row_of
from tui.model.text import Text

DOIS = {
    "10.1038/nature06188": "10.1038/nature06188",
    "10.1000/MixedCase": "10.1000/MixedCase",
    "https://doi.org/10.1/x": "10.1/x",
    "http://dx.doi.org/10.1/x": "10.1/x",
    "HTTPS://DX.DOI.ORG/10.1/x": "10.1/x",
    "doi:10.1/x": "10.1/x",
    "DOI: 10.1/x ": "10.1/x",
    "10.1/doi:inside": "10.1/doi:inside",
}


@pytest.mark.parametrize("written", DOIS)
def test_a_doi_is_given_without_its_prefix(written: str) -> None:
    assert Record(1, ids=(Identifier("doi", written),)).doi == DOIS[written]


def test_where_a_doi_is_found() -> None:
    listed, online = (Identifier("doi", "10.1/list"),), (ELocation("pii", "S1"), ELocation("doi", "10.1/online"))
    assert Record(1, ids=listed, elocations=online).doi == "10.1/list"
    assert Record(1, ids=(Identifier("doi", ""),), elocations=online).doi == "10.1/online"
    assert Record(1, elocations=(ELocation("doi", "10.1/wrong", valid=False), *online)).doi == "10.1/online"
    assert Record(1, elocations=(ELocation("doi", "10.1/wrong", valid=False),)).doi == ""
    assert Record(1, book=Book(elocations=online)).doi == "10.1/online"
    assert Record(1).doi == ""


@pytest.mark.parametrize(("written", "pmcid"), [("PMC77", "PMC77"), ("77", "PMC77"), ("", "")])
def test_a_pmcid_has_its_prefix(written: str, pmcid: str) -> None:
    assert Record(1, ids=(Identifier("pmc", written), Identifier("mid", "NIHMS1"))).pmcid == pmcid


ORCIDS = {
    "0000-0002-1825-0097": "0000-0002-1825-0097",
    "0000000218250097": "0000-0002-1825-0097",
    "https://orcid.org/0000-0002-1825-0097": "0000-0002-1825-0097",
    "http://orcid.org/0000-0002-1825-0097/": "0000-0002-1825-0097",
    "0000-0002-1694-233x": "0000-0002-1694-233X",
    " 0000-0002-1694-233X ": "0000-0002-1694-233X",
    "0000-0002-1825": "",
    "ABCDEFGHIJKLMNOP": "",
    "٠٠٠٠-0002-1825-0097": "",
    "http://evil.example/0000-0002-1825-0097?x=y z": "",
    "": "",
}


@pytest.mark.parametrize("written", ORCIDS, ids=ascii)
def test_an_orcid_in_any_spelling(written: str) -> None:
    assert Person(identifiers=(Identifier("GRID", "g"), Identifier("ORCID", written))).orcid == ORCIDS[written]


def test_the_first_orcid_that_is_one() -> None:
    identifiers = (Identifier("ORCID", "nonsense"), Identifier("ORCID", "0000000218250097"))
    assert Person(identifiers=identifiers).orcid == "0000-0002-1825-0097"


NAMES = [
    (Person("Karnoub", "Antoine E", "AE"), "Karnoub AE", "Antoine E Karnoub"),
    (Person("Smith", "John", "J", "Jr"), "Smith J Jr", "John Smith, Jr"),
    (Person("Plato"), "Plato", "Plato"),
    (Person("", "Madonna"), "Madonna", "Madonna"),
    (Person("Lee", "", "K"), "Lee K", "K Lee"),
    (Person(collective_name="The Group"), "The Group", "The Group"),
    (Person(), "", ""),
]


@pytest.mark.parametrize(("person", "short", "full"), NAMES)
def test_names(person: Person, short: str, full: str) -> None:
    assert (person.short, person.full) == (short, full)


def test_who_is_cited() -> None:
    wrong, right, editor = Person("Wrong", valid=False), Person("Right"), Person("Editor")
    record = Record(1, author_lists=(PersonList((wrong, right)), PersonList((editor,), False, "editors")))
    assert record.authors == (right,)
    assert not record.authors_complete
    assert Record(1).authors == ()
    assert Record(1).authors_complete


def test_the_date_to_show() -> None:
    printed, online, book = PartialDate("2007"), PartialDate("2006", "12"), PartialDate("1993")
    electronic = (ArticleDate(online),)
    assert Record(1, issue=Issue(date=printed), article_dates=electronic).date == printed
    assert Record(1, article_dates=electronic).date == online
    assert Record(1, book=Book(date=book, contributed=online)).date == online
    assert Record(1, book=Book(date=book)).date == book
    assert Record(1).date == PartialDate()


STANDING = [
    # relations, publication types, retracted, concern
    ((), ("Retracted Publication",), True, False),
    (("RetractionIn",), (), True, False),
    (("RetractedandRepublishedIn",), (), True, False),
    (("RetractionOf",), ("Retraction of Publication",), False, False),
    (("RetractedandRepublishedFrom",), (), False, False),
    (("ErratumIn", "CommentIn", "UpdateIn", "CorrectedandRepublishedIn"), ("Published Erratum",), False, False),
    (("ExpressionOfConcernIn",), (), False, True),
    (("ExpressionOfConcernFor",), ("Expression of Concern",), False, False),
    (("RetractionIn", "ExpressionOfConcernIn"), (), True, True),
]


@pytest.mark.parametrize(("relations", "types", "retracted", "concern"), STANDING)
def test_whether_it_still_stands(
    relations: tuple[str, ...], types: tuple[str, ...], retracted: bool, concern: bool
) -> None:
    record = Record(
        1,
        relations=tuple(Relation(kind, "J") for kind in relations),
        publication_types=tuple(Term(name) for name in types),
    )
    assert (record.retracted, record.concern) == (retracted, concern)


def test_a_heading_is_major_by_itself_or_by_a_qualifier() -> None:
    assert MeshHeading(Descriptor("A", major=True)).major
    assert MeshHeading(Descriptor("A"), (Qualifier("q"), Qualifier("r", major=True))).major
    assert not MeshHeading(Descriptor("A"), (Qualifier("q"),)).major


def test_the_name_of_a_journal() -> None:
    names = Journal("Title", "Iso", "Ta")
    assert names.abbreviation == "Iso"
    assert names._replace(iso_abbreviation="").abbreviation == "Ta"
    assert Journal("Title").abbreviation == "Title"


def test_the_row_of_an_article() -> None:
    record = Record(
        9,
        title="T",
        journal=Journal("Title", "Iso"),
        issue=Issue(date=PartialDate(medline_date="1998 Dec-1999 Jan")),
        author_lists=(PersonList((Person("No", valid=False), Person("Yes", initials="Y"))),),
        publication_types=(Term("Retracted Publication"),),
    )
    assert row_of(record) == Row(9, 1998, "Iso", "Yes Y", False, "T", True, False)
    incomplete = record._replace(author_lists=(record.author_lists[0]._replace(complete=False),))
    assert row_of(incomplete).more_authors


def test_the_row_of_a_book() -> None:
    editors = PersonList((Person("E"), Person("F")), kind="editors")
    record = Record(9, author_lists=(editors,), book=Book("The book", date=PartialDate("1993")))
    assert row_of(record) == Row(9, 1993, "The book", "E", True, "The book", False, False)
    assert row_of(Record(9)) == Row(9, 0, "", "", False, "", False, False)


def test_marked_up_text_is_a_string_with_something_beside_it() -> None:
    text = Text("H₂O", "H<sub>2</sub>O")
    assert text == "H₂O"
    assert hash(text) == hash("H₂O")
    assert {"H₂O": 1}[str(text)] == 1
    assert f"{text}!" == "H₂O!"
    for again in (pickle.loads(pickle.dumps(text)), copy.copy(text), copy.deepcopy(text)):
        assert type(again) is Text
        assert (again, again.markup) == ("H₂O", "H<sub>2</sub>O")


def test_a_record_survives_pickling_whole() -> None:
    record = Record(1, title=Text("H₂O", "H<sub>2</sub>O"), book=Book("B"), mesh=(MeshHeading(Descriptor("A")),))
    again = pickle.loads(pickle.dumps(record))
    assert again == record
    assert again.title.markup == "H<sub>2</sub>O"
