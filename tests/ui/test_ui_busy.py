"""PubMed is busy or out of order: the reader sees why, for how long and how often, can cancel, and loses nothing."""

from __future__ import annotations

import re

import pytest

from tests.desk import NOON, Clock, Desk
from tests.made_up import article
from tests.pubmed_double import (
    Fault,
    PubMedDouble,
    busy,
    cut,
    fetch_error,
    lost,
    nothing,
    page,
    prolog_only,
    search_error,
)

SEED = "Mesenchymal stem cells within tumour stroma"
BACK_END = "Search Backend failed: Database is not supported: pubmed"

# How a request can fail, and the words of the status line; %s stands for what was being done and for the seconds.
FAULTS = [
    (busy(), "PubMed is busy, %s s, attempt 2 of 4"),
    (busy(status=200), "PubMed is busy, %s s, attempt 2 of 4"),
    (page("502 Bad Gateway", 502), "PubMed is out of order, %s s, attempt 2 of 4"),
    (nothing(), "The answer was cut short, %s s, attempt 2 of 4"),
    (cut(), "The answer was cut short, %s s, attempt 2 of 4"),
    (lost(), "The connection was lost, %s s, attempt 2 of 4"),
    (page("Hotel login"), "Something else answered, %s s, attempt 2 of 2"),
]
OWN_FAULTS = {
    "esearch": [(search_error(BACK_END), "PubMed is out of order, %s s, attempt 2 of 4")],
    "efetch": [
        (fetch_error("Status: Timeout"), "PubMed is out of order, %s s, attempt 2 of 4"),
        (prolog_only(), "The answer was cut short, %s s, attempt 2 of 4"),
    ],
}


@pytest.mark.parametrize(("program", "doing"), [("esearch", "searching"), ("efetch", "fetching")])
async def test_it_is_said_what_happened_and_tried_again(
    desk: Desk, pubmed: PubMedDouble, program: str, doing: str
) -> None:
    async with desk.open(size=(80, 24)) as reader:
        for number, (change, words) in enumerate(FAULTS + OWN_FAULTS[program]):
            title = f"Plankton{number} drifts."
            pubmed.add(article(40_000_000 + number, title))
            pubmed.faults.append(Fault(change, program))
            gate = desk.pauses.hold()
            await reader.ask(f"plankton{number}")
            await gate.arrived.wait()
            await reader.status.comes_to_say("Esc cancels")
            said = words.replace("%s", rf"{doing} again in \d+") + " · Esc cancels"
            assert re.search(said, reader.status.text), f"{said} is not what is said:\n{reader.screen}"
            reader.status.says_nothing_of("nothing found")
            reader.record.says_nothing_of("PubMed found nothing")
            gate.release()
            await reader.settled()
            reader.results.shows(title)
            reader.record.says(title)
            reader.status.says("1 found")
            reader.status.says_nothing_of("attempt")


async def test_the_seconds_that_pubmed_asks_for_are_counted_down(
    desk: Desk, pubmed: PubMedDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticking = Clock()
    monkeypatch.setattr("tui.ui.widgets.status_line.monotonic", ticking)
    pubmed.faults.append(Fault(busy(retry_after="5"), "esearch"))
    gate = desk.pauses.hold()
    async with desk.open() as reader:
        await reader.ask("karnoub mesenchymal")
        await gate.arrived.wait()
        for later, seconds in ((0.0, 5), (0.9, 5), (1.1, 4), (4.5, 1), (6.0, 1)):
            ticking.now = NOON + later
            said = f"PubMed is busy, searching again in {seconds} s, attempt 2 of 4"
            await reader.status.comes_to_say(said)
        assert desk.pauses.seconds == [5.0]
        gate.release()
        await reader.settled()


async def test_escape_ends_the_wait(desk: Desk, pubmed: PubMedDouble) -> None:
    pubmed.faults.append(Fault(busy(), "esearch"))
    gate = desk.pauses.hold()
    async with desk.open() as reader:
        await reader.ask("karnoub mesenchymal")
        await reader.status.comes_to_say("Esc cancels")
        await reader.key("escape")
        reader.status.says("Cancelled.")
        gate.release()
        await reader.settled()
        assert len(pubmed.asked("esearch")) == 1
        reader.status.says_nothing_of("attempt", "nothing found")


async def test_escape_ends_the_wait_for_a_record(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        pubmed.faults.append(Fault(busy(), "efetch", times=9))
        desk.pauses.hold()
        await reader.press("refresh", wait=False)
        await reader.status.comes_to_say("Esc cancels")
        await reader.key("escape")
        reader.status.says("Cancelled.")
        reader.record.says("A MSC-ing link in metastasis?")
        assert len(pubmed.asked("efetch")) == 2


async def test_in_the_end_it_is_said_that_it_could_not_be_had(desk: Desk, pubmed: PubMedDouble) -> None:
    pubmed.faults.append(Fault(busy(), "esearch", times=4))
    async with desk.open("karnoub mesenchymal") as reader:
        assert len(desk.pauses.seconds) == 3
        reader.status.says("PubMed is busy: it had too many requests")
        reader.status.says_nothing_of("nothing found", "0 found", "attempt")
        reader.status.says("Try again in a minute; with an API key (NCBI_API_KEY) PubMed allows more.")
        assert reader.toasts == []
        assert reader.results.pmids == ()
        reader.record.says_nothing_of("PubMed found nothing")
        await reader.search("karnoub mesenchymal")
        reader.results.shows(SEED)


async def test_a_search_that_failed_is_not_remembered_as_empty(desk: Desk, pubmed: PubMedDouble) -> None:
    pubmed.faults.append(Fault(search_error(BACK_END), "esearch", times=4))
    async with desk.open("karnoub mesenchymal"):
        pass
    gate = pubmed.hold("esearch")
    async with desk.open() as reader:
        await reader.ask("karnoub mesenchymal")
        await gate.arrived.wait()
        reader.status.says_nothing_of("last time", "nothing found")
        gate.release()
        await reader.settled()
        reader.status.says("1 found")


async def test_records_that_could_not_be_fetched_are_not_remembered_as_missing(
    desk: Desk, pubmed: PubMedDouble
) -> None:
    pubmed.faults.append(Fault(page("502 Bad Gateway", 502), "efetch", times=8))
    async with desk.open("karnoub mesenchymal") as reader:
        reader.results.says("PMID 17914389")
        reader.record.says("PMID 17914389", "Not fetched yet.")
        reader.sidebar.says("MeSH terms", "Not fetched yet.")
        pubmed.faults.clear()
        await reader.search("karnoub mesenchymal")
        reader.results.shows(SEED)
        reader.record.says(SEED)


async def test_what_was_found_before_stays_while_pubmed_is_busy_and_after(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        pubmed.faults.append(Fault(busy(), "esearch", times=4))
        gate = desk.pauses.hold()
        await reader.ask("stroma metastasis")
        await reader.status.comes_to_say("Esc cancels")
        reader.results.shows("A MSC-ing link in metastasis?", SEED)
        reader.record.says("A MSC-ing link in metastasis?")
        gate.release()
        await reader.settled()
        reader.results.shows("A MSC-ing link in metastasis?", SEED)
        reader.status.says("2 found last time")


async def test_a_failed_search_leaves_the_list_of_another_query(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        pubmed.faults.append(Fault(busy(), "esearch", times=4))
        await reader.search("karnoub")
        reader.results.shows("A MSC-ing link in metastasis?", SEED)
        reader.status.says_nothing_of("nothing found")


async def test_a_next_page_that_failed_can_be_had_later(desk: Desk, pubmed: PubMedDouble, many: list[int]) -> None:
    async with desk.open("plankton") as reader:
        pubmed.faults.append(Fault(page("502 Bad Gateway", 502), "esearch", times=4))
        await reader.press("last")
        reader.status.says("50 of 120 loaded")
        await reader.press("first", "last")
        reader.status.says("120 found")


async def test_a_key_is_answered_while_pubmed_is_busy(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        pubmed.faults.append(Fault(busy(), "esearch"))
        gate = desk.pauses.hold()
        await reader.ask("cancer")
        await reader.status.comes_to_say("Esc cancels")
        await reader.key("j", wait=False)
        await reader.record.comes_to_say(SEED)
        await reader.key("question_mark", wait=False)
        await reader.until(lambda: reader.dialog is not None)
        await reader.key("escape", wait=False)
        gate.release()
        await reader.settled()


async def test_what_is_shown_is_not_taken_for_the_answer_to_the_query_that_failed(
    desk: Desk, pubmed: PubMedDouble
) -> None:
    async with desk.open("karnoub mesenchymal") as reader:
        pubmed.faults.append(Fault(busy(), "esearch", times=4))
        await reader.search("plankton")
        reader.status.says("1 found for: karnoub mesenchymal")
        await reader.search("karnoub mesenchymal")
        reader.status.says_nothing_of("found for")
