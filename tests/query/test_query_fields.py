"""The search fields."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.query import QueryError, parse, unparse
from tui.query.fields import FIELDS, Kind, field, named, nearest
from tui.query.tree import Dates, Term

EINFO = Path(__file__).parents[3] / "shared" / "data" / "eutils_recorded" / "einfo_pubmedclient_pubmed_info.json"
USER_GUIDE = """
    ad all aid au auid book dcom cois cn crdt rn ed edat filter sb 1au fau fir gr ir isbn ip ta la lastau lid mhda majr
    sh mh lr jid ot pg ps pa pl pmid dp pdat pt pubn si nm tw ti tiab tt vi epdat ppdat
"""
"""Every tag of "Search field tags" and "Searching by date"."""
USER_GUIDE_NAMES = """
    Affiliation, All Fields, Article Identifier, Author, Author Identifier, Book, Completion Date,
    Conflict of Interest Statement, Corporate Author, Create Date, EC/RN Number, Editor, Entry Date, Filter,
    First Author Name, Full Author Name, Full Investigator Name, Grants and Funding, Investigator, ISBN, Issue, Journal,
    Language, Last Author Name, Location ID, MeSH Date, MeSH Major Topic, MeSH Subheadings, MeSH Terms,
    Modification Date, NLM Unique ID, Other Term, Pagination, Personal Name as Subject, Pharmacological Action,
    Place of Publication, PMID, Publication Date, Publication Type, Publisher, Secondary Source ID, Subset,
    Supplementary Concept, Text Words, Title, Title/Abstract, Transliterated Title, Volume
"""
RECORDED = """
    Date - Publication, Date - Entry, Supplementary Concept, Journal, Volume, MeSH Terms, All Fields, Author, UID,
    Full Author Name, Publication Type, MeSH Subheading, Text Word, Subheading, MeSH
"""
"""Names that PubMed's own translations and strategies use."""


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", " ").split(",")]


@pytest.mark.parametrize("name", [*USER_GUIDE.split(), *_split(USER_GUIDE_NAMES), *_split(RECORDED)])
def test_a_name_of_the_user_guide_is_known_in_any_letters(name: str) -> None:
    known = field(name)
    assert known is not None
    assert field(f" {name.upper()} ") == field(name.lower().replace("/", " / ")) == known


@pytest.mark.skipif(not EINFO.exists(), reason="the recorded answers are not beside this checkout")
def test_each_field_of_einfo_is_known_by_its_tag_and_its_full_name() -> None:
    fields = json.loads(EINFO.read_bytes())["einforesult"]["dbinfo"][0]["fieldlist"]
    assert len(fields) == 50
    assert [each["name"] for each in fields if field(each["name"]) is None] == []
    assert [each["fullname"] for each in fields if field(each["fullname"]) is None] == []
    dates = {named_ for each in fields if each["isdate"] == "Y" and (named_ := field(each["name"]))}
    assert dates == {each for each in FIELDS if each.kind is Kind.DATE}


def test_no_tag_has_two_meanings() -> None:
    tags = [tag for each in FIELDS for tag in {*each.tags, each.name.lower()}]
    assert len(tags) == len(set(tags))


@pytest.mark.parametrize("tag", [tag for each in FIELDS for tag in (*each.tags, each.name)])
def test_each_tag_is_read_and_written_again(tag: str) -> None:
    known = field(tag)
    assert known is not None
    value = {Kind.DATE: "2005:2010", Kind.PMID: "17"}.get(known.kind, "word")
    node = parse(f"{value}[{tag}]")
    assert node == parse(f"{value} [ {tag.upper()} ]")
    assert node is not None
    assert parse(unparse(node)) == parse(unparse(node, long=True).replace('"', "")) == node
    assert not isinstance(node, Term | Dates) or node.field == known


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("tia", "tiab"),
        ("titel", "ti"),
        ("Titl/Abstract", "tiab"),
        ("meshterm", "mh"),
        ("autor", "au"),
        ("journl", "ta"),
    ],
)
def test_the_nearest_tag_is_told(tag: str, meant: str) -> None:
    assert nearest(tag) == named(meant)
    with pytest.raises(QueryError, match=rf"Perhaps \[{meant}\] is meant"):
        parse(f"word[{tag}]")


def test_a_tag_that_is_near_nothing() -> None:
    assert nearest("qqqqqqq") is None
    with pytest.raises(QueryError, match=r"\[qqqqqqq\] is no search field"):
        parse("word[qqqqqqq]")
