"""What became of a publication later."""

from __future__ import annotations

import pytest

from tui.export import notices
from tui.export.notices import Notice
from tui.model.record import Record, Relation

SOURCES = [
    (
        "J Clin Psychiatry. 2002 Feb;63(2):169",
        Notice("", "J Clin Psychiatry", "2002", "63", "2", "169"),
    ),
    (
        "Feifel D, Moutier CY, Perry W. J Clin Psychiatry. 2002 Feb;63(2):169",
        Notice("", "J Clin Psychiatry", "2002", "63", "2", "169"),
    ),
    (
        "Occup Ther Int. 2023 Oct 4;2023:9763538. doi: 10.1155/2023/9763538",
        Notice("", "Occup Ther Int", "2023", "2023", "", "9763538"),
    ),
    ("Biochem J. 1977 Apr 15;164(1):287-8.", Notice("", "Biochem J", "1977", "164", "1", "287-8")),
    ("Lancet. 2010 Feb 6", Notice("", "Lancet", "2010")),
    ("Mech Dev. 2002 Dec;119 Suppl 1:S5-10", Notice("", "Mech Dev", "2002", "119 Suppl 1", "", "S5-10")),
    ("J Infect Dis 1998 Aug;178(2):601", Notice("")),
    ("see the publisher's page", Notice("")),
    ("", Notice("")),
]


@pytest.mark.parametrize(("source", "expected"), SOURCES, ids=[source or "none" for source, _ in SOURCES])
def test_a_short_citation_is_taken_apart(source: str, expected: Notice) -> None:
    assert notices.notice(source) == expected._replace(source=source)


RECORD = Record(
    1,
    relations=(
        Relation("CommentIn", "Nat Med. 2007"),
        Relation("ErratumIn", "Nature. 2008;1:2."),
        Relation("RetractionIn", "Nature.\n2010;1:2", 7),
        Relation("RetractedandRepublishedIn", "Nature. 2011;1:3"),
        Relation("RetractionOf", "Nature. 1999;1:4"),
    ),
)


def test_those_that_a_reference_names() -> None:
    assert notices.changes(RECORD) == [
        "Erratum in: Nature. 2008;1:2",
        "Retraction in: Nature. 2010;1:2",
        "Retracted and republished in: Nature. 2011;1:3",
    ]


def test_those_by_which_it_is_retracted() -> None:
    assert (
        notices.retracted_in(RECORD) == "retracted in Nature. 2010;1:2; retracted and republished in Nature. 2011;1:3"
    )
    assert notices.retracted_in(Record(1)) == ""


def test_a_notice_of_retraction_is_not_retracted() -> None:
    assert notices.retractions(Record(1, relations=(Relation("RetractionOf", "Nature. 1999;1:4"),))) == []
