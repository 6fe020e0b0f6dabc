"""Searching PubMed: a query is typed, its answer arrives piece by piece, is understood, and is walked through."""

from __future__ import annotations

import pytest

from tests import pubmed_double
from tests.desk import Desk
from tests.made_up import article
from tests.pubmed_double import Fault, PubMedDouble, slow

SEED = "Mesenchymal stem cells within tumour stroma promote breast cancer metastasis."
COMMENTARY = "A MSC-ing link in metastasis?"


async def test_a_query_is_typed_and_its_results_are_walked(desk: Desk) -> None:
    async with desk.open() as reader:
        assert reader.query.focused
        await reader.search("stroma metastasis")
        reader.results.shows(COMMENTARY, SEED)
        reader.status.says("PubMed", "2 found", "PMID 990000001 from PubMed, today")
        reader.record.says(COMMENTARY, "Hurst DR, Welch DR")
        assert reader.results.focused
        await reader.press("down")
        reader.record.says(SEED, "Karnoub AE, Dash AB", "Nature. 2007 Oct 4;449(7162):557-63")
        reader.sidebar.says("MeSH terms (21)", "Breast Neoplasms")
        reader.status.says("PMID 17914389 from PubMed, today")


async def test_a_query_of_the_command_line_is_searched_at_once(desk: Desk) -> None:
    async with desk.open("stroma metastasis") as reader:
        reader.results.shows(COMMENTARY, SEED)
        assert reader.query_text == "stroma metastasis"
        assert reader.results.focused


async def test_nothing_is_asked_of_the_network_before_something_is_typed(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open() as reader:
        assert desk.connected == 0
        await reader.type("s")
        await reader.settled()
        assert [asked.program for asked in pubmed.log] == ["einfo"]
        await reader.type("troma metastasis")
        await reader.key("enter")
        assert [asked.program for asked in pubmed.log] == ["einfo", "esearch", "efetch", "espell"]


async def test_the_first_record_shows_before_the_last_arrives(desk: Desk, pubmed: PubMedDouble) -> None:
    gate = pubmed.gate()
    pubmed.faults.append(Fault(slow(gate), "efetch"))
    async with desk.open() as reader:
        await reader.ask("stroma metastasis")
        await reader.record.comes_to_say(COMMENTARY)
        reader.results.shows(COMMENTARY, "…")
        reader.results.says("PMID 17914389")
        gate.release()
        await reader.settled()
        reader.results.shows(COMMENTARY, SEED)


async def test_the_list_says_how_many_there_are_before_any_record_is_there(desk: Desk, pubmed: PubMedDouble) -> None:
    gate = pubmed.hold("efetch")
    async with desk.open() as reader:
        await reader.ask("stroma metastasis")
        await reader.status.comes_to_say("2 found")
        reader.results.says("PMID 990000001", "PMID 17914389")
        gate.release()
        await reader.settled()
        reader.results.shows(COMMENTARY, SEED)


async def test_it_is_told_how_pubmed_understood_the_query(desk: Desk) -> None:
    async with desk.open() as reader:
        await reader.search("stroma metastasis")
        reader.status.says('Understood as: "stroma"[All Fields] AND "metastasis"[All Fields]')
        await reader.press("understood")
        reader.says("Understood as", "stroma metastasis")
        await reader.key("escape")
        assert reader.dialog is None


async def test_what_pubmed_did_not_find_and_how_it_would_spell_it_is_told(desk: Desk, pubmed: PubMedDouble) -> None:
    pubmed.spelling["metastatis"] = "metastasis"
    async with desk.open() as reader:
        await reader.search("stroma metastatis")
        reader.status.says("Did you mean: stroma metastasis", "Not found: metastatis")
        await reader.press("understood")
        reader.says("Did you mean", "Not found, and left out")
        await reader.key(*"jjjj", "enter")
        assert reader.query_text == "stroma metastasis"
        reader.results.shows(COMMENTARY, SEED)


async def test_a_query_that_finds_nothing_says_so(desk: Desk) -> None:
    async with desk.open() as reader:
        await reader.search("zyzzyva")
        reader.status.says("nothing found", "Not found: zyzzyva")
        reader.record.says("PubMed found nothing.")
        assert reader.results.pmids == ()


async def test_an_empty_query_is_not_sent(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open() as reader:
        await reader.key("enter")
        reader.status.says("Type a query first; offline, an empty one lists everything kept.")
        assert pubmed.asked("esearch") == []


async def test_a_query_is_typed_into_the_list_by_slash_as_well(desk: Desk) -> None:
    async with desk.open("cancer") as reader:
        await reader.key("slash")
        assert reader.query.focused
        await reader.key("escape")
        assert reader.results.focused


async def test_the_next_page_is_there_before_the_first_is_at_its_end(
    desk: Desk, pubmed: PubMedDouble, many: list[int]
) -> None:
    async with desk.open("plankton") as reader:
        reader.status.says("50 of 120 loaded")
        assert reader.results.pmids == tuple(many[:50])
        await reader.key(*["pagedown"] * 3)
        assert reader.results.selected > many[50]
        reader.status.says("120 found")
        assert reader.results.pmids == tuple(many)
        asked = len(pubmed.log)
        await reader.press("last")
        reader.record.says(f"Plankton number {many[-1]} drifts.")
        assert len(pubmed.log) == asked


async def test_a_first_page_takes_no_more_than_three_requests_and_walking_it_none(
    desk: Desk, pubmed: PubMedDouble, many: list[int]
) -> None:
    async with desk.open("plankton") as reader:
        assert [asked.program for asked in pubmed.log] == ["esearch", "efetch", "efetch"]
        await reader.key("j", "j", "k")
        reader.record.says(f"Plankton number {many[1]} drifts.")
        assert len(pubmed.log) == 3


async def test_a_long_list_says_why_it_is_short(desk: Desk, pubmed: PubMedDouble, many: list[int]) -> None:
    pubmed.count_of["plankton"] = 36_935
    async with desk.open("plankton") as reader:
        reader.status.says("50 of 36,935 loaded; PubMed serves the first 9,999")
        await reader.press("last")
        reader.status.says("120 of 36,935 loaded; PubMed serves the first 9,999")


async def test_nothing_is_asked_for_beyond_what_pubmed_serves(
    desk: Desk, pubmed: PubMedDouble, many: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("tui.library.library", "tui.remote.eutils", "tests.pubmed_double"):
        monkeypatch.setattr(f"{place}.REACHABLE", 70)
    assert pubmed_double.REACHABLE == 70
    async with desk.open("plankton") as reader:
        await reader.press("last")
        reader.status.says("70 of 120 loaded; PubMed serves the first 70")
        asked = len(pubmed.log)
        await reader.press("first", "last")
        assert len(pubmed.log) == asked
        assert reader.results.selected == many[69]


async def test_a_new_search_ends_the_one_before(desk: Desk, pubmed: PubMedDouble) -> None:
    gate = pubmed.hold("esearch")
    async with desk.open() as reader:
        await reader.ask("cancer")
        await gate.arrived.wait()
        await reader.ask("stroma metastasis")
        await reader.until(lambda: len(pubmed.asked("esearch")) == 2)
        gate.release()
        await reader.settled()
        reader.results.shows(COMMENTARY, SEED)
        reader.status.says("2 found")
        assert [asked["id"] for asked in pubmed.asked("efetch")] == ["990000001,17914389"]


async def test_escape_cancels_a_search(desk: Desk, pubmed: PubMedDouble) -> None:
    gate = pubmed.hold("esearch")
    async with desk.open() as reader:
        await reader.ask("stroma metastasis")
        await gate.arrived.wait()
        await reader.status.comes_to_say("PubMed …")
        await reader.key("escape")
        reader.status.says("Cancelled.")
        gate.release()
        await reader.settled()
        assert reader.results.pmids == ()
        assert pubmed.asked("efetch") == []
        await reader.search("stroma metastasis")
        reader.results.shows(COMMENTARY, SEED)
        reader.status.says_nothing_of("Cancelled.")


async def test_a_search_that_was_cancelled_while_records_came_keeps_those_that_came(
    desk: Desk, pubmed: PubMedDouble
) -> None:
    gate = pubmed.gate()
    pubmed.faults.append(Fault(slow(gate), "efetch"))
    async with desk.open() as reader:
        await reader.ask("stroma metastasis")
        await reader.record.comes_to_say(COMMENTARY)
        await reader.key("escape")
        reader.results.shows(COMMENTARY, "…")
    async with desk.open(offline=True) as reader:
        await reader.search("")
        reader.results.shows(COMMENTARY)
        assert reader.results.pmids == (990000001,)


async def test_the_answer_of_the_last_time_shows_while_the_same_is_asked_again(
    desk: Desk, pubmed: PubMedDouble
) -> None:
    async with desk.open("stroma metastasis"):
        pass
    pubmed.add(article(40_000_001, "Metastasis leaves the stroma."))
    gate = pubmed.hold("esearch")
    async with desk.open() as reader:
        await reader.ask("stroma metastasis")
        await reader.status.comes_to_say("2 found last time")
        reader.results.shows(COMMENTARY, SEED)
        await reader.key("j", wait=False)
        await reader.record.comes_to_say(SEED)
        gate.release()
        await reader.settled()
        reader.status.says("3 found")
        reader.results.shows(COMMENTARY, "Metastasis leaves the stroma.", SEED)
        assert reader.results.selected == 17914389
        reader.record.says(SEED)


async def test_a_key_held_moves_the_list_without_waiting_for_records(
    desk: Desk, pubmed: PubMedDouble, many: list[int]
) -> None:
    gate = pubmed.hold("efetch")
    async with desk.open() as reader:
        await reader.ask("plankton")
        await reader.until(lambda: len(reader.results.pmids) == 50)
        for place in range(1, 20):
            await reader.key("j", wait=False)
            assert reader.results.selected == many[place]
        gate.release()
        await reader.settled()
        reader.record.says(f"Plankton number {many[19]} drifts.")
        assert [asked.program for asked in pubmed.log].count("efetch") == 2
