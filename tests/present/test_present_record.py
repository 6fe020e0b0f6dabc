"""The record's page: every section in its order, and a reason where there is nothing."""

from __future__ import annotations

import pytest

from tests.present.demo_records import NOW, SEED, demo, kept
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Affiliation,
    ArticleDate,
    Book,
    DataBank,
    Descriptor,
    Grant,
    HistoryDate,
    Identifier,
    Issue,
    ItemList,
    Journal,
    Keyword,
    KeywordList,
    MeshHeading,
    Note,
    Pagination,
    Person,
    PersonList,
    Record,
    Reference,
    ReferenceList,
    Relation,
    Section,
    Substance,
    Term,
)
from tui.present.blocks import Block, Run, Target
from tui.present.record import journal_line, page

ALWAYS = [
    "Abstract",
    "Identifiers",
    "Dates",
    "Publication types",
    "Substances",
    "Keywords",
    "MeSH terms",
    "Related publications",
    "References",
    "Research resources used",
    "Research tools detected",
    "Data used",
    "Associated grants",
    "Source",
]


def of(record: Record) -> tuple[Block, ...]:
    return page(kept(record), NOW)


def headings(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if block.kind == "heading"]


def section(blocks: tuple[Block, ...], name: str) -> list[Block]:
    """The blocks under a heading."""
    texts = [block.text if block.kind == "heading" else "" for block in blocks]
    start = texts.index(name) + 1
    end = next((at for at in range(start, len(texts)) if texts[at]), len(texts))
    return list(blocks[start:end])


def lines(record: Record, name: str) -> list[str]:
    return [block.text for block in section(of(record), name)]


def test_every_record_has_every_section_in_the_same_order() -> None:
    assert headings(of(Record(1))) == ALWAYS
    for one in demo().values():
        shown = headings(page(one, NOW))
        assert [name.partition(" (")[0] for name in shown if name.partition(" (")[0] in ALWAYS] == ALWAYS


def test_an_empty_section_says_why() -> None:
    reasons = {name: [block.text for block in section(of(Record(1)), name)] for name in ALWAYS[:-1]}
    searched = "; the full text is not searched."
    assert reasons == {
        "Abstract": ["None found: none stated by PubMed."],
        "Identifiers": ["PubMed ID  1", "DOI        none stated", "PMCID      none stated"],
        "Dates": ["None found: none stated by PubMed."],
        "Publication types": ["None found: none stated by PubMed."],
        "Substances": ["None found: none stated by PubMed."],
        "Keywords": ["None found: none stated by PubMed."],
        "MeSH terms": ["None found: not indexed for MEDLINE yet."],
        "Related publications": ["None found: no comment, correction or retraction stated by PubMed."],
        "References": ["None found: not offered; PubMed has no reference list of this record."],
        "Research resources used": [f"None found: no RRID is named in the title, abstract or keywords{searched}"],
        "Research tools detected": [
            f"None found: no tool's RRID is named in the title, abstract or keywords{searched}"
        ],
        "Data used": [
            "None found: none stated by PubMed, and no accession number is named in the title, abstract or keywords"
            + searched
        ],
        "Associated grants": ["None found: none stated by PubMed."],
    }
    assert [block.text for block in of(Record(1))[:3]] == [
        "[No title stated]",
        "No authors stated.",
        "No journal stated.",
    ]
    assert all(block.text for block in of(Record(1)))


def test_the_seed_shows_what_its_page_showed() -> None:
    blocks = page(demo()[SEED], NOW)
    text = "\n".join(block.text for block in blocks)
    record = demo()[SEED].record
    assert blocks[0] == Block(
        (Run("Mesenchymal stem cells within tumour stroma promote breast cancer metastasis.", "strong"),), "title"
    )
    assert blocks[1].text == (
        "Karnoub AE, Dash AB, Vo AP, Sullivan A, Brooks MW, Bell GW, Richardson AL, Polyak K, Tubo R, Weinberg RA"
    )
    assert blocks[2].text == "Nature. 2007 Oct 4;449(7162):557-63"
    assert Run("17914389", "", Target("url", "https://pubmed.ncbi.nlm.nih.gov/17914389/")) in runs(blocks)
    assert Run("10.1038/nature06188", "", Target("url", "https://doi.org/10.1038/nature06188")) in runs(blocks)
    assert all(grant.id in text for grant in record.grants)
    assert all(heading.descriptor.name in text for heading in record.mesh)
    assert section(blocks, "Source")[0].text == "From the demo library, retrieved 2025-11-14 (7 days ago)."


def runs(blocks: tuple[Block, ...] | list[Block]) -> list[Run]:
    return [run for block in blocks for run in block.runs]


def test_the_companion_is_one_step_away() -> None:
    related = section(page(demo()[SEED], NOW), "Related publications")
    (target,) = [run.target for run in runs(related) if run.target]
    assert target.kind == "record"
    commentary = demo()[int(target.value)]
    back = section(page(commentary, NOW), "Related publications")
    assert Target("record", str(SEED)) in [run.target for run in runs(back)]


@pytest.mark.parametrize(
    ("kinds", "banners"),
    [
        ((), []),
        (("RetractionIn",), ["RETRACTED: this publication has been retracted"]),
        (("ExpressionOfConcernIn",), ["An expression of concern has been published about this article"]),
        (("RetractionOf", "ErratumIn", "CommentIn"), []),
    ],
)
def test_what_must_not_be_missed_stands_first(kinds: tuple[str, ...], banners: list[str]) -> None:
    blocks = of(Record(1, title="T", relations=tuple(Relation(kind, "J") for kind in kinds)))
    assert [block.text for block in blocks if block.kind == "banner"] == banners
    assert [block.kind for block in blocks[: len(banners) + 1]] == ["banner"] * len(banners) + ["title"]


def test_a_retracted_record_of_the_demo_says_so() -> None:
    retracted = [one for one in demo().values() if one.record.retracted]
    assert retracted
    assert all(page(one, NOW)[0].kind == "banner" for one in retracted)


JOURNAL_LINES = [
    (Record(1), ""),
    (Record(1, journal=Journal("T", "Iso"), issue=Issue("449", "7162", PartialDate("2007", "Oct", "4")),
            pagination=Pagination("557-63")), "Iso. 2007 Oct 4;449(7162):557-63"),
    (Record(1, journal=Journal("Title"), issue=Issue("", "3", PartialDate("2007")),
            pagination=Pagination("", "1", "9")), "Title. 2007;(3):1-9"),
    (Record(1, journal=Journal("T"), article_dates=(ArticleDate(PartialDate("2020", "01", "02")),)), "T. 2020 Jan 2"),
    (Record(1, journal=Journal("T"), pagination=Pagination("e12")), "T. :e12"),
    (Record(1, journal=Journal("T", "Hum. Immunol."), issue=Issue("62", date=PartialDate("2001"))),
     "Hum. Immunol. 2001;62"),
    (Record(1, journal=Journal("T", "Hum. Immunol.")), "Hum. Immunol."),
    (Record(1, book=Book("B", publisher="P", publisher_location="L", date=PartialDate("1993"))), "In: B. L: P. 1993"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "line"), JOURNAL_LINES)
def test_the_journal_line(record: Record, line: str) -> None:
    assert journal_line(record) == line


def test_authors_as_they_are_listed() -> None:
    people = (
        Person("A", initials="X", equal_contribution="Y"),
        Person(collective_name="The Group"),
        Person("No", valid=False),
    )
    record = Record(1, author_lists=(PersonList(people, complete=False),))
    assert [block.text for block in of(record)[1:3]] == [
        "A X*, The Group, et al. (PubMed lists only these)",
        "* contributed equally",
    ]


def test_a_translated_title_and_other_languages() -> None:
    record = Record(
        1, title="[T]", vernacular_title="Titel", languages=("ger", "eng", "xyz"), journal=Journal("Full", "F")
    )
    texts = [block.text for block in of(record)]
    assert texts[:2] == ["[T]", "Titel"]
    assert "Full. German, xyz" in texts


def test_a_structured_abstract_and_one_in_another_language() -> None:
    record = Record(
        1,
        abstract=Abstract((AbstractSection("To see.", "AIM"), AbstractSection("Unnamed.")), "© Nobody"),
        other_abstracts=(Abstract((AbstractSection("Mots."),), kind="plain-language-summary", language="fre"),),
    )
    assert lines(record, "Abstract") == ["AIM: To see.", "Unnamed.", "© Nobody"]
    assert lines(record, "Other abstract (plain language summary, French)") == ["Mots."]


def test_all_ids_are_shown_and_only_real_ones_lead_anywhere() -> None:
    ids = (("doi", "10.1000/a b"), ("pmc", "PMC77"), ("pii", "S1"), ("mid", ""))
    record = Record(
        7, ids=tuple(Identifier(*pair) for pair in ids), other_ids=(Identifier("NASA", "9"),), book=Book(isbns=("123",))
    )
    assert lines(record, "Identifiers") == [
        "PubMed ID  7", "DOI        10.1000/a b", "PMCID      PMC77", "pii        S1", "NASA       9", "ISBN       123",
    ]  # fmt: skip
    targets = [run.target.value for run in runs(section(of(record), "Identifiers")) if run.target]
    assert targets == ["https://pubmed.ncbi.nlm.nih.gov/7/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC77/"]


def test_dates_in_words() -> None:
    record = Record(
        1,
        issue=Issue(date=PartialDate("2007", "Oct", "4")),
        article_dates=(ArticleDate(PartialDate("2007", "09", "26")),),
        history=(HistoryDate("received", PartialDate("2007", "5", "20")), HistoryDate("new", PartialDate("2008"))),
        revised=PartialDate("2020", "12", "01"),
    )
    assert lines(record, "Dates") == [
        "Published 2007-10-04 · Electronic publication 2007-09-26 · Received 2007-05-20 · new 2008 · Revised 2020-12-01"
    ]


def test_types_substances_concepts_genes_and_keywords() -> None:
    record = Record(
        1,
        publication_types=(Term("Journal Article"), Term("Retracted Publication")),
        substances=(Substance("Thrombin", "", "EC 3.4.21.5"), Substance("Water", "", "0")),
        supplementary_concepts=(Term("A disease", "", "Disease"), Term("Unnamed")),
        gene_symbols=("nirX", "nirI"),
        keyword_lists=(
            KeywordList((Keyword("one", True), Keyword("two")), "NOTNLM"), KeywordList((Keyword("three"),), "NASA"),
            KeywordList(()),
        ),
    )  # fmt: skip
    assert lines(record, "Publication types") == ["Journal Article · Retracted Publication"]
    assert Run("Retracted Publication", "warning") in runs(section(of(record), "Publication types"))
    assert lines(record, "Substances") == ["Thrombin (EC 3.4.21.5) · Water"]
    assert lines(record, "Supplementary concepts") == ["A disease (Disease) · Unnamed"]
    assert lines(record, "Gene symbols") == ["nirX · nirI"]
    assert lines(record, "Keywords") == ["one* · two", "NASA: three"]


def test_mesh_in_groups() -> None:
    record = Record(1, mesh=(MeshHeading(Descriptor("Humans")), MeshHeading(Descriptor("Stroma", major=True))))
    assert lines(record, "MeSH terms") == ["Major topics: Stroma*", "Check tags: Humans"]


def test_relations_lead_to_their_records_and_grave_ones_stand_out() -> None:
    relations = (
        Relation("CommentIn", "J. 2001", 12, "1", "a note"),
        Relation("RetractionIn", "K. 2002"),
        Relation("NewKind", "L"),
        Relation("Cites", "M", 13),
    )
    record = Record(1, relations=relations)
    blocks = section(of(record), "Related publications")
    assert [block.text for block in blocks] == [
        "Comment in: J. 2001 PMID 12 a note", "Retraction in: K. 2002", "NewKind: L",
    ]  # fmt: skip
    assert blocks[0].runs[1].target == Target("record", "12")
    assert [block.runs[0].style for block in blocks] == ["label", "warning", "label"]
    assert lines(record, "References (1)") == ["M"]


def test_references_are_counted_and_lead_where_they_can() -> None:
    def reference(*ids: tuple[str, str]) -> Reference:
        return Reference("C", tuple(Identifier(*pair) for pair in ids))

    inner = ReferenceList((reference(("pmc", "PMC9")), reference(("pubmed", "x"), ("doi", "bad"))), "Further")
    first = (reference(("doi", "10.1000/x"), ("pubmed", "9")), reference(("doi", "10.1000/x")))
    record = Record(1, number_of_references="43", reference_lists=(ReferenceList(first, "", (inner,)),))
    blocks = section(of(record), "References (4, 43 stated)")
    assert [block.text for block in blocks] == ["1. C", "2. C", "Further", "1. C", "2. C"]
    assert [run.target for run in runs(blocks) if run.text == "C"] == [
        Target("record", "9"),
        Target("url", "https://doi.org/10.1000/x"),
        Target("url", "https://pmc.ncbi.nlm.nih.gov/articles/PMC9/"),
        None,
    ]


def test_what_is_named_in_the_text_and_what_pubmed_states() -> None:
    record = Record(
        1,
        abstract=Abstract((AbstractSection("Stained with RRID:AB_2313584, counted with RRID:SCR_002285."),)),
        data_banks=(DataBank("GENBANK", ("GSE40595",)),),
    )
    assert "AB_2313584" in lines(record, "Research resources used")[0]
    assert lines(record, "Research resources used")[0].endswith("(detected in the abstract)")
    assert "SCR_002285" in lines(record, "Research tools detected")[0]
    assert lines(record, "Data used")[0].endswith("(stated by PubMed)")


def test_grants_as_projects_with_every_award() -> None:
    record = Record(
        1,
        grants=(
            Grant("R01 CA116235-02", "CA", "NCI NIH HHS", "United States"),
            Grant("123/abc", agency="A fund"),
            Grant(agency="No number"),
        ),
        grants_complete=False,
    )
    assert lines(record, "Associated grants") == [
        "R01 CA116235  NCI NIH HHS, United States",
        "R01 CA116235-02",
        "123/abc  A fund",
        "No number  ",
        "PubMed's list is not complete.",
    ]


def test_people_and_their_places() -> None:
    orcid = (Identifier("ORCID", "0000000218250097"),)
    record = Record(
        1,
        author_lists=(
            PersonList((Person("A", "Ann", identifiers=orcid, affiliations=(Affiliation("Here"),)), Person("B"))),
            PersonList((Person("E", initials="F"),), kind="editors"),
        ),
        investigator_lists=(PersonList((Person("I"), Person("J", valid=False))),),
        name_subjects=(Person("Darwin", "Charles"),),
    )
    assert lines(record, "Author details") == ["Ann A  ORCID 0000-0002-1825-0097", "Here"]
    assert lines(record, "Editors") == ["E F"]
    assert lines(record, "Investigators") == ["I"]
    assert lines(record, "People written about") == ["Charles Darwin"]


def test_a_book_shows_its_contents() -> None:
    record = Record(
        1,
        book=Book(
            "B",
            sections=(Section("One", label="1", sections=(Section("Inner"),)),),
            items=(ItemList("Synonyms", ("a", "b")),),
            authors=(PersonList((Person("Whole"),), kind="editors"),),
        ),
    )
    contents = section(of(record), "Contents")
    assert [(block.text, block.indent) for block in contents] == [("1 One", 0), ("Inner", 2)]
    assert lines(record, "Synonyms") == ["a · b"]
    assert lines(record, "Book authors and editors") == ["Whole"]
    assert lines(record, "MeSH terms") == ["None found: not offered; PubMed does not index books with MeSH."]
    assert of(record)[0].text == "B"


def test_statements_at_the_end() -> None:
    record = Record(
        1, conflict_of_interest="None.", notes=(Note("21 fn.", "KIE"),), space_flight_missions=("Flight 1", "Flight 2")
    )
    assert lines(record, "Conflict of interest") == ["None."]
    assert lines(record, "Notes") == ["21 fn. (KIE)"]
    assert lines(record, "Space flight missions") == ["Flight 1 · Flight 2"]


def test_where_it_comes_from_and_under_what_terms() -> None:
    texts = lines(Record(1, version="2", status="MEDLINE", publication_status="ppublish"), "Source")
    assert texts[1] == "Version 2 of the record, status MEDLINE, ppublish."
    assert "courtesy of the U.S. National Library of Medicine" in texts[2]
    assert lines(Record(1), "Source")[1] == "Version 1 of the record."
