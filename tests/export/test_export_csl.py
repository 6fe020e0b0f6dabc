"""CSL-JSON: valid by CSL's own schema, read back as what the record says, and what Zotero makes of the same XML."""

from __future__ import annotations

import json
import re
import unicodedata
import warnings
from typing import Any

import pytest
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.export_samples import RECORDS, RICH, kept, real
from tests.recorded import DATA, needs_data
from tui.export import csl
from tui.export.imprint import printed_pages
from tui.export.pages import pages
from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.record import (
    ArticleDate,
    Book,
    Grant,
    Issue,
    Pagination,
    Person,
    PersonList,
    Record,
    Relation,
    Term,
)
from tui.model.text import Text
from tui.parse import Parsed, read

# The rules of schemas/input/csl-data.json, CSL 1.0.2 (github.com/citation-style-language/schema): the types of items,
# and each variable that there is by the type of its value.
RULES = {
    "types": """
        article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
        dataset document entry entry-dictionary entry-encyclopedia figure graphic hearing interview legal_case
        legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
        periodical personal_communication post post-weblog regulation report review review-book software song speech
        standard thesis treaty webpage
    """,
    "names": """
        author chair collection-editor compiler composer container-author contributor curator director editor
        editorial-director executive-producer interviewer illustrator organizer original-author performer producer
        recipient reviewed-author translator
    """,
    "dates": "accessed available-date container event-date issued original-date submitted",
    "strings": """
        abstract annote archive archive_collection archive_location archive-place authority call-number
        citation-label collection-title container-title container-title-short dimensions division DOI event
        event-place genre ISAN ISBN ISCI ISMN ISRC ISSN ISWC journalAbbreviation jurisdiction keyword language
        medium note original-publisher original-publisher-place original-title part-title PMCID PMID publisher
        publisher-place references reviewed-title scale section shortTitle source status title title-short
        translated-title translated-title-short URL version year-suffix
    """,
    "strings or numbers": """
        chapter-number citation-number collection-number edition first-reference-note-number id issue locator number
        number-of-pages number-of-volumes page page-first part printing supplement volume
    """,
    "parts of a name": "family given dropping-particle non-dropping-particle suffix literal",
}
LISTED = {rule: frozenset(re.findall(r"\S+", names)) for rule, names in RULES.items()}
DATE_PARTS: dict[str, tuple[type, ...]] = {
    "date-parts": (list,),
    "season": (str, int),
    "circa": (str, int, bool),
    "literal": (str,),
}


def _assert_valid(item: dict[str, Any]) -> None:
    assert item["type"] in LISTED["types"]
    assert item["id"]
    for name, value in item.items():
        assert value
        if name in LISTED["names"]:
            for each in value:
                assert each
                assert each.keys() <= LISTED["parts of a name"]
                assert all(isinstance(part, str) for part in each.values())
        elif name in LISTED["dates"]:
            assert value.keys() <= DATE_PARTS.keys()
            assert all(isinstance(part, DATE_PARTS[key]) for key, part in value.items())
            points = value.get("date-parts", [[1]])
            assert len(points) in (1, 2)
            assert all(len(point) in (1, 2, 3) and all(isinstance(part, int) for part in point) for point in points)
        else:
            assert name == "type" or name in LISTED["strings"] | LISTED["strings or numbers"]
            assert isinstance(value, str)


def _items(*records: Record) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads("".join(csl.write(kept(records))))
    return items


RICH_ITEM = {
    "id": "pmid:17914389",
    "type": "article-journal",
    "title": "<i>CCL5</i> and H<sub>2</sub>O in tumours",
    "author": [
        {"family": "Karnoub", "given": "Antoine E"},
        {"family": "Berg", "given": "Jan-Willem", "non-dropping-particle": "van den", "suffix": "Jr"},
        {"literal": "Cancer, Stroma and Bone Group"},
    ],
    "container-title": "Nature",
    "container-title-short": "Nature",
    "issued": {"date-parts": [[2007, 10, 4]]},
    "available-date": {"date-parts": [[2007, 9, 26]]},
    "volume": "449",
    "issue": "7162",
    "page": "557-563",
    "ISSN": "1476-4687",
    "DOI": "10.1038/nature06188",
    "PMID": "17914389",
    "PMCID": "PMC7000001",
    "language": "en",
    "keyword": "Animals; Breast Neoplasms; Breast Neoplasms/genetics; Breast Neoplasms/pathology; Stromal Cells; "
    "tumour stroma",
    "abstract": "BACKGROUND: Cells meet. RESULTS: They move on.",
    "note": "RETRACTED PUBLICATION\n"
    "Retraction in: Nature. 2010 Feb 6;463(7282):1000 PMID: 20137807\n"
    "Original title: Le CCL5 et l'eau\n"
    "Languages: eng; fre\n"
    "Publication types: Journal Article; Retracted Publication\n"
    "Grants: R01 CA116235-02 (NCI NIH HHS, United States)\n"
    "MeSH: Animals; Breast Neoplasms/genetics/*pathology; *Stromal Cells\n"
    "Data banks: GEO: GSE9001, GSE9002",
    "source": "PubMed",
}


def test_the_whole_of_a_record() -> None:
    assert _items(RICH) == [RICH_ITEM]
    _assert_valid(RICH_ITEM)


def test_one_item_a_line() -> None:
    assert "".join(csl.write(kept([RICH, RICH]))).count("\n") == 4
    assert "".join(csl.write([])) == "[]\n"


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        (PartialDate("2007"), {"date-parts": [[2007]]}),
        (PartialDate("2007", "Oct"), {"date-parts": [[2007, 10]]}),
        (PartialDate("2003", season="Fall"), {"date-parts": [[2003]], "season": 3}),
        (PartialDate("2020", season="Jul-Aug"), {"date-parts": [[2020, 7], [2020, 8]]}),
        (PartialDate(medline_date="1998 Dec-1999 Jan"), {"date-parts": [[1998, 12], [1999, 1]]}),
        (PartialDate(medline_date="2000 Spring-Summer"), {"date-parts": [[2000]]}),
        (PartialDate(medline_date="2000 Winter-2001 Spring"), {"date-parts": [[2000], [2001]]}),
        (PartialDate(medline_date="ca. 1850"), {"date-parts": [[1850]], "circa": True}),
        (PartialDate(medline_date="in press"), {"literal": "in press"}),
        (PartialDate(), None),
    ],
)
def test_dates_are_as_precise_as_they_are(date: PartialDate, issued: dict[str, Any] | None) -> None:
    item = csl.item(RICH._replace(issue=Issue(date=date), article_dates=()))
    assert item.get("issued") == issued


def test_a_record_that_is_out_online_only_has_one_date() -> None:
    online = ArticleDate(PartialDate("2020", "02", "03"))
    item = csl.item(RICH._replace(issue=Issue(), article_dates=(online,)))
    assert (item["issued"], "available-date" in item) == ({"date-parts": [[2020, 2, 3]]}, False)


@pytest.mark.parametrize(
    ("changes", "type"),
    [
        ({}, "article-journal"),
        ({"publication_types": (Term("Review"), Term("Preprint"))}, "article"),
        ({"publication_types": (Term("Newspaper Article"),)}, "article-newspaper"),
        ({"book": Book("GeneReviews")}, "chapter"),
        ({"book": Book("GeneReviews"), "title": ""}, "book"),
        ({"book": Book(RICH.title)}, "book"),
    ],
)
def test_types(changes: dict[str, Any], type: str) -> None:
    assert csl.item(RICH._replace(**changes))["type"] == type


def test_a_chapter_and_its_book() -> None:
    editors = PersonList((Person("Adam", "Margaret P"),), kind="editors")
    book = Book("GeneReviews", publisher="UW", publisher_location="Seattle", authors=(editors,), isbns=("9781", "9782"))
    item = csl.item(RICH._replace(book=book, journal=Record(1).journal))
    assert item["container-title"] == "GeneReviews"
    assert item["editor"] == [{"family": "Adam", "given": "Margaret P"}]
    assert (item["publisher"], item["publisher-place"], item["ISBN"]) == ("UW", "Seattle", "9781 9782")


@pytest.mark.parametrize(
    ("languages", "language"),
    [(("eng",), "en"), (("ENG",), "en"), (("und", "chi"), "zh"), (("xyz",), "xyz"), (("und",), None), ((), None)],
)
def test_languages_have_two_letters(languages: tuple[str, ...], language: str | None) -> None:
    assert csl.item(RICH._replace(languages=languages)).get("language") == language


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("p <0.05 & <5 mg", "p <0.05 & <5 mg"),
        ("a <i>b</I> <span class='nocase'>", "a \uff1ci>b\uff1c/I> \uff1cspan class='nocase'>"),
        (Text("a<sub>b", "<b>a</b>&lt;sub&gt;b"), "<b>a</b>\uff1csub>b"),
        (Text("u", "<u>u</u>"), "u"),
        ("The end.", "The end"),
        ("Made in the U.S.", "Made in the U.S."),
        ("Is it?", "Is it?"),
        ("And so on...", "And so on..."),
        (Text("Of E. coli.", "Of <i>E. coli.</i>"), "Of <i>E. coli</i>"),
        ("[Das Herz].", "[Das Herz]"),
    ],
)
def test_titles_have_their_own_tags_and_no_others(title: str, expected: str) -> None:
    assert csl.item(RICH._replace(title=title))["title"] == expected


def test_a_note_is_read_as_nothing_but_a_note() -> None:
    """citeproc-js looks for ``{:name:value}`` anywhere, and for ``name: value`` at the start of a line."""
    errata = (Relation("ErratumIn", "x\ntype: book {:type:book}", 7),)
    record = RICH._replace(relations=errata, grants=(Grant("a\nDOI: b"),))
    for line in csl.item(record)["note"].split("\n"):
        assert not re.match(r"[a-z_-]+:|[A-Z]+:", line)
        assert "{:" not in line


# Read back


ORDER = ("non-dropping-particle", "family", "given", "suffix")


def _norm(text: str) -> str:
    return unicodedata.normalize("NFKC", one_line(text)).strip()


def _words(text: str) -> str:
    """A title without its tags and stop, or a record's text without its markup."""
    markup = getattr(text, "markup", "")
    if markup and "<mml:" not in markup:
        text = re.sub("<[^>]*>", "", markup).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _norm(text).rstrip(". ")


def _name(person: Person) -> str:
    last, fore, initials, suffix, group = (re.sub(r"\s", "", _norm(part)) for part in person[:5])
    return group or f"{last}{fore or initials}{suffix}"


def _assert_read_back(records: list[Record]) -> None:
    items = _items(*records)
    assert len(items) == len(records)
    for record, item in zip(records, items, strict=True):
        _assert_valid(item)
        assert item.keys() <= csl.VARIABLES
        book, journal = record.book or Book(), record.journal
        own = [each for each in record.author_lists if each.kind != "editors"]
        people = own if any(each.people for each in own) else [each for each in book.authors if each.kind == "authors"]
        names = [_name(person) for each in people for person in each.people if person.valid]
        written = [
            each.get("literal") or re.sub(r"\s", "", "".join(each.get(part, "") for part in ORDER))
            for each in item.get("author", [])
        ]
        if record.book is None:
            assert [re.sub(r"\s", "", _norm(name)) for name in written] == [name for name in names if name]
        first, last = pages(Pagination(printed_pages(record)))
        keywords = [heading.descriptor.name for heading in record.mesh]
        keywords += [
            keyword.text for each in record.keyword_lists for keyword in each.keywords if ";" not in keyword.text
        ]
        expected = {
            "volume": record.issue.volume or book.volume,
            "issue": record.issue.issue,
            "page": f"{first}-{last}" if last else first,
            "ISSN": journal.issn or journal.issn_linking,
            "DOI": record.doi,
            "PMID": str(record.pmid),
            "PMCID": record.pmcid,
        }
        if record.book is None:
            expected |= {"container-title": journal.title or journal.abbreviation}
        for name, value in expected.items():
            assert _norm(item.get(name, "")) == _norm(value), (record.pmid, name)
        assert _words(re.sub(r"</?(?:i|b|sub|sup)>", "", item.get("title", ""))) == _words(record.title or book.title)
        parts = {_norm(part) for keyword in keywords for part in keyword.split(";")}
        assert parts - {""} <= set(map(_norm, item.get("keyword", "").split(";")))
        for section in record.abstract.sections:
            assert _norm(section.text) in _norm(item.get("abstract", ""))
        note = _norm(item.get("note", ""))
        assert all(_norm(grant.id) in note for grant in record.grants if "{:" not in grant.id)
        assert note.startswith("RETRACTED PUBLICATION") == record.retracted
        if year := record.date.year_number:
            assert item["issued"]["date-parts"][0][0] == year


@needs_data
def test_real_records_are_read_back_as_what_they_are() -> None:
    assert len(real()) > 2500
    _assert_read_back(list(real()))


@needs_data
def test_citeproc_py_reads_real_items() -> None:
    items = [csl.item(record) for record in real()]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The following arguments for Reference are unsupported: available_date")
        source = CiteProcJSON(items)
    assert source.keys() == {item["id"] for item in items}


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=3))
def test_hostile_text_injects_nothing_and_is_not_lost(records: list[Record]) -> None:
    text = "".join(csl.write(kept(records)))
    text.encode()
    items = json.loads(text)
    assert len(items) == len(records)
    _assert_read_back([record._replace(title=str(record.title)) for record in records])
    for item in items:
        _assert_valid(item)
        for name, value in item.items():
            if isinstance(value, str):
                allowed = r"<(?!/?(?:i|b|sub|sup)>)" if name == "title" else "<"
                assert (
                    not re.search(allowed + r"(?=/?(?:i|b|sub|sup|sc|span)\b)", value, re.IGNORECASE) or name == "DOI"
                )
                assert "\n" not in value or name == "note"


# What Zotero makes of the same XML

PAIRS = DATA / "export_pairs"
_TYPES = {"journalArticle": "article-journal", "preprint": "article"}
_SAME = {"volume": "volume", "issue": "issue", "page": "pages", "DOI": "DOI", "ISSN": "ISSN", "title": "title"}
_SAME |= {"container-title-short": "journalAbbreviation", "PMID": "PMID", "PMCID": "PMCID", "abstract": "abstractNote"}

OTHERWISE = {
    (36798302, "container-title"): "Of a preprint, Zotero gives the server in its field repository,",
    (37398060, "container-title"): "and leaves out the rest of what would be a journal's;",
    (36798302, "container-title-short"): "CSL has the server as the container.",
    (37398060, "container-title-short"): "As above.",
    (36798302, "ISSN"): "As above.",
    (37398060, "ISSN"): "As above.",
    (36798302, "PMID"): "As above.",
    (37398060, "PMID"): "As above.",
    (36798302, "PMCID"): "As above.",
    (37398060, "PMCID"): "As above.",
    (33760390, "container-title"): "Zotero takes (Hoboken, N.J.), which tells journals apart, for the place.",
}
"""(PMID, variable) where we differ from Zotero, and why."""


def _of_zotero(item: dict[str, Any]) -> dict[str, Any]:
    """Zotero's fields under CSL's names. It sets dots after initials, and writes journals in capitals."""
    names = [
        {"family": name["lastName"]} | ({"given": name["firstName"]} if name.get("firstName") else {})
        for name in item["creators"]
    ]
    for name in names:
        name["given"] = re.sub(r"\b([A-Z])\.", r"\1", name["given"])
    date = item["date"]
    return {
        "type": _TYPES[item["itemType"]],
        "author": names,
        "container-title": item.get("publicationTitle", "").lower(),
        "issued": {"2010 Sep-Oct": [[2010, 9], [2010, 10]]}.get(date) or [[int(part) for part in date.split("-")]],
        "language": item["language"].lower(),
        **{name: re.sub(r"\s+", " ", item[theirs]) for name, theirs in _SAME.items() if theirs in item},
    }


def _alike(value: Any) -> Any:
    """Zotero has raised and lowered figures on the line."""
    return _norm(value) if isinstance(value, str) else value


@needs_data
def test_items_are_what_zotero_makes_of_the_same_record() -> None:
    different, compared = set(), 0
    for file in sorted(PAIRS.glob("zotero_pubmedxml_*.json")):
        case = json.loads(file.read_text(encoding="utf-8"))
        records = [parsed.record for parsed in read([case["input"].encode()]) if isinstance(parsed, Parsed)]
        for record, theirs in zip(records, case["expected_zotero_items"], strict=True):
            expected, item = _of_zotero(theirs), csl.item(record)
            ours = {name: item.get(name, "") for name in (*_SAME, "type", "author")}
            ours["container-title"] = item["container-title"].lower()
            ours["issued"] = item["issued"]["date-parts"]
            ours["language"] = {"en": "eng"}[item["language"]]
            for name, value in ours.items():
                compared += 1
                if _alike(value) != _alike(expected.get(name, "")):
                    different.add((record.pmid, name))
            tags = {tag["tag"] for tag in theirs["tags"]}
            assert tags <= set(item.get("keyword", "").split("; "))
    assert compared > 100
    assert different == OTHERWISE.keys()
