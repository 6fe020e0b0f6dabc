"""Reading a record: its sections, where its links lead, back and forward, finding words in it, its sidebar."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from tests.desk import Desk
from tests.driver import Reader
from tests.made_up import article
from tests.pubmed_double import PubMedDouble

Demo = Callable[..., AbstractAsyncContextManager[Reader]]

SEED = "Mesenchymal stem cells within tumour stroma"
COMMENTARY = "A MSC-ing link in metastasis?"
SECTIONS = (
    "Abstract", "Identifiers", "Dates", "Publication types", "Substances", "Keywords", "MeSH terms",
    "Related publications", "References", "Research resources used", "Research tools detected", "Data used",
    "Associated grants", "Source",
)  # fmt: skip
"""Of every record, in this order."""


async def read_through(reader: Reader) -> str:
    """Everything the record pane says, screenful after screenful."""
    await reader.press("pane_record", "first")
    seen = reader.record.text
    while not reader.record.widget.is_vertical_scroll_end:
        await reader.press("page_down")
        seen += f" {reader.record.text}"
    return seen


async def go_to(reader: Reader, text: str) -> None:
    """Move the cursor of the focused pane down to the first line with this text."""
    pane = reader.record if reader.record.focused else reader.sidebar
    await reader.press("first")
    for _ in range(200):
        if text in reader.line_at_cursor(pane):
            return
        await reader.press("down")
    raise AssertionError(f"{text!r} is on no line:\n{reader.screen}")


async def test_the_seed_record_is_whole_and_says_what_it_has_not(demo: Demo) -> None:
    async with demo() as reader:
        text = await read_through(reader)
        at = -1
        for section in SECTIONS:
            assert text.find(section, at + 1) > at, section
            at = text.find(section, at + 1)
        for fact in (
            "Karnoub AE, Dash AB, Vo AP, Sullivan A, Brooks MW, Bell GW, Richardson AL, Polyak K, Tubo R, Weinberg RA",
            "Nature. 2007 Oct 4;449(7162):557-63", "PubMed ID 17914389", "DOI 10.1038/nature06188",
            "PMCID none stated", "Comment in: Nat Med. 2007 Nov;13:1289-91 PMID 990000001",
            "R01 CA116235 NCI NIH HHS", "P50 CA089393-080014", "None found: none stated by PubMed.", "not offered;",
            "From the demo library, retrieved 2026-11-21 (today).", "courtesy of the U.S. National Library of Medicine",
        ):  # fmt: skip
            assert fact in text, fact


async def test_the_sidebar_has_the_seeds_mesh_terms_and_two_projects(demo: Demo) -> None:
    async with demo() as reader:
        reader.sidebar.says("MeSH terms (21)", "Topics", "Breast Neoplasms", "Check tags", "Mice")
        await reader.press("pane_sidebar", "last")
        reader.sidebar.says("Grants (8)", "R01 CA116235", "P50 CA089393", "NCI NIH HHS, United States")


async def test_a_mesh_term_leads_to_a_search_for_it(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("karnoub mesenchymal") as reader:
        await reader.press("pane_sidebar")
        await go_to(reader, "Neoplasm Metastasis")
        await reader.press("open_link")
        assert reader.query_text == '"Neoplasm Metastasis"[mh]'
        assert pubmed.asked("esearch")[-1]["term"] == '"Neoplasm Metastasis"[mh]'
        assert 17914389 in reader.results.pmids
        assert reader.results.focused


async def test_a_grant_leads_to_a_search_for_its_project(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("karnoub mesenchymal") as reader:
        await reader.press("pane_sidebar")
        await go_to(reader, "P50 CA089393")
        await reader.press("open_link")
        assert "CA089393" in reader.query_text
        assert pubmed.asked("esearch")[-1]["term"] == reader.query_text


async def test_offline_a_mesh_term_and_a_grant_find_what_is_kept(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("pane_sidebar")
        await go_to(reader, "Breast Neoplasms")
        await reader.press("open_link")
        assert 17914389 in reader.results.pmids
        await reader.press("back", "pane_sidebar")
        await go_to(reader, "R01 CA116235")
        await reader.press("open_link")
        assert 17914389 in reader.results.pmids, reader.screen


async def test_a_relation_leads_to_a_record_that_is_fetched(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("karnoub mesenchymal") as reader:
        assert reader.results.pmids == (17914389,)
        await reader.press("pane_record")
        await go_to(reader, "Comment in")
        await reader.press("open_link")
        reader.record.says(COMMENTARY, "Hurst DR, Welch DR")
        assert pubmed.asked("efetch")[-1]["id"] == "990000001"
        assert reader.record.focused


async def test_one_key_leads_from_the_seed_to_its_commentary_and_back_again(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("relations")
        reader.record.says(COMMENTARY)
        await reader.press("relations")
        reader.record.says(SEED)
        await reader.press("back")
        reader.record.says(COMMENTARY)
        await reader.press("back")
        reader.record.says(SEED)


async def test_several_relations_are_gone_to_on_their_page(desk: Desk, pubmed: PubMedDouble) -> None:
    relations = "".join(
        f'<CommentsCorrections RefType="CommentIn"><RefSource>J {number}</RefSource>'
        f'<PMID Version="1">{number}</PMID></CommentsCorrections>'
        for number in (17914389, 990000001)
    )
    end = f"<CommentsCorrectionsList>{relations}</CommentsCorrectionsList></MedlineCitation>".encode()
    pubmed.add(article(40_000_001, "Plankton is discussed.").replace(b"</MedlineCitation>", end))
    async with desk.open("plankton") as reader:
        await reader.press("relations")
        assert reader.record.focused
        assert "Comment in: J 17914389" in reader.line_at_cursor(reader.record)
        await reader.press("open_link")
        reader.record.says(SEED)


async def test_a_relation_that_pubmed_does_not_have_says_so(desk: Desk, pubmed: PubMedDouble) -> None:
    del pubmed.articles[990000001]
    async with desk.open("karnoub mesenchymal") as reader:
        await reader.press("relations")
        reader.record.says("PMID 990000001", "PubMed has no record with the PMID 990000001.")
        await reader.press("back")
        reader.record.says(SEED)


async def test_back_and_forward_through_searches_and_records(desk: Desk) -> None:
    async with desk.open("stroma metastasis") as reader:
        await reader.press("down")
        await reader.search("cancer")
        await reader.press("down", "down")
        there = reader.results.selected
        await reader.press("back")
        assert reader.query_text == "stroma metastasis"
        reader.results.shows(COMMENTARY, SEED)
        assert reader.results.selected == 17914389
        reader.record.says(SEED)
        reader.status.says("2 found")
        await reader.press("forward")
        assert reader.query_text == "cancer"
        assert reader.results.selected == there
        reader.status.says("21 found", f"PMID {there}")
        await reader.key("backspace")
        assert reader.query_text == "stroma metastasis"


async def test_a_new_visit_ends_what_lay_ahead(desk: Desk) -> None:
    async with desk.open("stroma metastasis") as reader:
        await reader.search("cancer")
        await reader.press("back")
        await reader.search("karnoub")
        assert "]" not in (await helped(reader))
        await reader.press("back")
        assert reader.query_text == "stroma metastasis"


async def helped(reader: Reader) -> list[str]:
    """The keys that the help names here and now."""
    await reader.press("help")
    lines = reader.page
    await reader.key("escape")
    return [word for line in lines for word in line[:16].split()]


async def test_words_are_found_in_a_record(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("pane_record", "find")
        await reader.type("CCL5")
        await reader.key("enter")
        reader.says("CCL5: 2 places")
        first = reader.line_at_cursor(reader.record)
        assert "CCL5" in first
        await reader.press("find_next")
        second = reader.line_at_cursor(reader.record)
        assert "CCL5" in second
        assert second != first
        await reader.press("find_previous")
        assert reader.line_at_cursor(reader.record) == first
        await reader.press("find_previous")
        assert reader.line_at_cursor(reader.record) == second


async def test_words_that_are_not_there_are_not_found(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("pane_record", "find")
        await reader.type("zyzzyva")
        await reader.key("enter")
        reader.says("zyzzyva: not found")
        await reader.press("find")
        await reader.key("escape")
        assert reader.dialog is None
        assert reader.record.focused


async def test_words_are_found_in_the_sidebar_as_well(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("pane_sidebar", "find")
        await reader.type("paracrine")
        await reader.key("enter")
        assert "Paracrine Communication" in reader.line_at_cursor(reader.sidebar)


async def test_a_record_is_fetched_afresh(desk: Desk, pubmed: PubMedDouble) -> None:
    pubmed.add(article(40_000_001, "Plankton drifts."))
    async with desk.open("plankton") as reader:
        pubmed.add(article(40_000_001, "Plankton swims.", version=2))
        desk.clock.pass_days(2)
        await reader.press("refresh")
        reader.record.says("Plankton swims.")
        reader.status.says("PMID 40000001 from PubMed, today")
        reader.results.shows("Plankton swims.")


async def test_fetching_afresh_keeps_the_place(demo: Demo, desk: Desk) -> None:
    async with desk.open("karnoub mesenchymal") as reader:
        await reader.press("pane_record")
        await go_to(reader, "Comment in")
        await reader.press("refresh")
        assert "Comment in" in reader.line_at_cursor(reader.record)


async def test_the_sidebar_is_hidden_and_shown(demo: Demo) -> None:
    async with demo() as reader:
        assert reader.sidebar.shown
        await reader.press("sidebar")
        assert not reader.sidebar.shown
        await reader.press("sidebar")
        assert reader.sidebar.shown
        await reader.press("sidebar", "pane_sidebar")
        assert reader.sidebar.shown
        assert reader.sidebar.focused
        await reader.press("sidebar")
        assert reader.record.focused


async def test_panes_are_gone_through_and_gone_to(demo: Demo) -> None:
    async with demo() as reader:
        panes = (reader.results, reader.record, reader.sidebar)
        for pane in (*panes[1:], *panes):
            await reader.press("next_pane")
            assert pane.focused
        for pane in (reader.record, reader.results, reader.sidebar):
            await reader.press("previous_pane")
            assert pane.focused
        for action, pane in zip(("pane_results", "pane_record", "pane_sidebar"), panes, strict=True):
            await reader.press(action)
            assert pane.focused
        await reader.press("sidebar", "pane_record", "next_pane")
        assert reader.results.focused, "a hidden pane is passed over"


async def test_enter_goes_into_the_record_and_escape_back_to_the_results(demo: Demo) -> None:
    async with demo() as reader:
        await reader.press("open_record")
        assert reader.record.focused
        await reader.key("escape")
        assert reader.results.focused


async def test_the_mouse_does_the_same(demo: Demo) -> None:
    async with demo() as reader:
        await reader.click("#results", 5, 2)
        reader.record.says(COMMENTARY)
        await reader.click("#record", 5, 3)
        assert reader.record.focused
        line = next(number for number, text in enumerate(reader.sidebar.lines) if "MeSH terms" in text)
        assert line == 0
        await reader.click("#results", 5, 0)
        line = next(number for number, text in enumerate(reader.sidebar.lines) if "Breast Neoplasms" in text)
        await reader.click("#sidebar", 6, line + 1)
        assert reader.query_text == '"Breast Neoplasms"[mh]'


async def test_a_retraction_cannot_be_missed(demo: Demo) -> None:
    async with demo("estrogen receptor") as reader:
        await reader.search("8863847")
        reader.results.says("RETRACTED")
        reader.record.says("RETRACTED: this publication has been retracted")
