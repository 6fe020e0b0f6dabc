"""No network: the same screen over what is kept, and nothing that would so much as try to connect."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest

from tests.desk import Desk
from tests.made_up import article
from tests.pubmed_double import Fault, PubMedDouble, busy

SEED = "Mesenchymal stem cells within tumour stroma"
COMMENTARY = "A MSC-ing link in metastasis?"


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks up a host or connects to one fails the test."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("a connection was tried")

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse, raising=False)


async def test_what_was_read_online_is_read_and_searched_offline(desk: Desk, no_sockets: None) -> None:
    async with desk.open("stroma metastasis"):
        pass
    async with desk.open(offline=True) as reader:
        reader.status.says("OFFLINE")
        await reader.search("karnoub chemokine")
        reader.results.shows(SEED)
        reader.status.says("1 found in what is kept", "PMID 17914389 from PubMed, today")
        reader.record.says(SEED, "Karnoub AE")
        reader.sidebar.says("Breast Neoplasms")
        await reader.search("zyzzyva")
        reader.status.says("nothing found")
        reader.record.says("Nothing that is kept here answers this query.")
    assert desk.connected == 1


async def test_an_empty_query_lists_everything_kept_last_seen_first(desk: Desk) -> None:
    async with desk.open("stroma metastasis") as reader:
        desk.clock.pass_days(1)
        await reader.press("down")
    async with desk.open(offline=True) as reader:
        await reader.search("")
        reader.results.shows(SEED, COMMENTARY)
        reader.status.says("2 kept")


async def test_offline_the_program_opens_with_what_is_kept(desk: Desk) -> None:
    async with desk.open("stroma metastasis"):
        pass
    async with desk.open("", offline=True) as reader:
        reader.results.shows(COMMENTARY, SEED)
        assert reader.results.focused


async def test_o_goes_offline_and_comes_back(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        await reader.press("offline")
        reader.status.says("OFFLINE", "2 found in what is kept")
        reader.results.shows(COMMENTARY, SEED)
        asked = len(pubmed.log)
        await reader.search("karnoub")
        reader.results.shows(SEED)
        assert len(pubmed.log) == asked
        await reader.press("offline")
        reader.status.says("PubMed", "1 found")
        reader.status.says_nothing_of("OFFLINE", "kept")
        assert pubmed.asked("esearch")[-1]["term"] == "karnoub"


async def test_typing_a_query_offline_opens_no_connection(desk: Desk, no_sockets: None) -> None:
    async with desk.open(offline=True) as reader:
        await reader.type("karnoub")
        await reader.settled()
        assert desk.connected == 0


async def test_a_network_that_is_lost_leaves_the_screen_as_it_was(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis") as reader:
        await reader.press("down")
        desk.on_the_train = True
        await reader.search("karnoub")
        reader.status.says("OFFLINE", "1 found in what is kept")
        reader.results.shows(SEED)
        reader.record.says(SEED)
        assert len(reader.status.lines[1]) > 10, "the reader is told what happened"
        assert pubmed.asked("esearch")[-1]["term"] != "karnoub"
        await reader.search("metastasis")
        reader.results.shows(COMMENTARY, SEED)
        desk.on_the_train = False
        await reader.press("offline")
        reader.status.says("PubMed")
        reader.status.says_nothing_of("OFFLINE")


async def test_a_network_that_is_lost_while_records_come_leaves_the_list(
    desk: Desk, pubmed: PubMedDouble, many: list[int]
) -> None:
    async with desk.open("plankton") as reader:
        desk.on_the_train = True
        await reader.press("last")
        reader.status.says("OFFLINE")
        assert reader.results.pmids[:50] == tuple(many[:50])
        reader.record.says(f"Plankton number {many[49]} drifts.")


async def test_offline_a_record_that_is_not_kept_says_so(desk: Desk) -> None:
    async with desk.open("karnoub mesenchymal") as reader:
        await reader.press("offline")
        await reader.press("relations")
        reader.record.says("PMID 990000001", "is not kept here. Go online to fetch it from PubMed.")
        assert desk.connected == 1
        await reader.press("offline")
        await reader.press("back")
        reader.record.says(SEED)


async def test_offline_a_record_is_not_fetched_afresh(desk: Desk) -> None:
    async with desk.open("stroma metastasis") as reader:
        await reader.press("offline")
        await reader.press("refresh")
        reader.record.says(COMMENTARY)
        assert desk.connected == 1


async def test_a_record_older_than_a_week_shows_at_once_and_is_refreshed_behind(
    desk: Desk, pubmed: PubMedDouble
) -> None:
    pubmed.add(article(40_000_001, "Plankton drifts."))
    async with desk.open("plankton"):
        pass
    desk.clock.pass_days(8)
    pubmed.add(article(40_000_001, "Plankton swims.", version=2))
    gate = pubmed.hold("efetch")
    async with desk.open() as reader:
        await reader.ask("plankton")
        await gate.arrived.wait()
        await reader.record.comes_to_say("Plankton drifts.")
        reader.results.shows("Plankton drifts.")
        reader.status.says("PMID 40000001 from PubMed, 8 days ago")
        gate.release()
        await reader.settled()
        reader.record.says("Plankton swims.")
        reader.results.shows("Plankton swims.")
        reader.status.says("PMID 40000001 from PubMed, today")


async def test_a_record_of_this_week_is_not_fetched_again(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis"):
        pass
    desk.clock.pass_days(6)
    asked = len(pubmed.asked("efetch"))
    async with desk.open("stroma metastasis") as reader:
        reader.status.says("PMID 990000001 from PubMed, 6 days ago")
        assert len(pubmed.asked("efetch")) == asked


async def test_an_older_version_never_replaces_a_newer_one(desk: Desk, pubmed: PubMedDouble) -> None:
    pubmed.add(article(40_000_001, "Plankton swims.", version=2))
    async with desk.open("plankton"):
        pass
    desk.clock.pass_days(8)
    pubmed.add(article(40_000_001, "Plankton drifts.", version=1))
    async with desk.open("plankton") as reader:
        reader.record.says("Plankton swims.")
        reader.results.shows("Plankton swims.")


async def test_a_refresh_that_fails_loses_nothing(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis"):
        pass
    desk.clock.pass_days(8)
    pubmed.faults.append(Fault(busy(), "efetch", times=12))
    async with desk.open("stroma metastasis") as reader:
        reader.results.shows(COMMENTARY, SEED)
        reader.record.says(COMMENTARY)
        reader.status.says("PMID 990000001 from PubMed, 8 days ago")
        await reader.press("down")
        reader.record.says(SEED)
        reader.status.says("PMID 17914389 from PubMed, 8 days ago")
    desk.on_the_train = True
    async with desk.open("stroma metastasis") as reader:
        reader.results.shows(COMMENTARY, SEED)


async def test_a_record_that_pubmed_no_longer_has_stays_kept(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("stroma metastasis"):
        pass
    desk.clock.pass_days(8)
    del pubmed.articles[990000001]
    async with desk.open("", offline=True) as reader:
        reader.results.shows(COMMENTARY, SEED)
        await reader.press("offline")
        await reader.press("refresh")
        reader.record.says(COMMENTARY)
        reader.status.says("PubMed has no record with the PMID 990000001.")


async def test_a_network_that_is_lost_tells_how_to_come_back(desk: Desk) -> None:
    desk.on_the_train = True
    async with desk.open("karnoub", size=(80, 24)) as reader:
        reader.status.says("PubMed cannot be reached.", "O asks PubMed again.")
        desk.on_the_train = False
        await reader.press("offline")
        reader.results.shows(SEED)


async def test_online_again_with_an_empty_query_asks_for_nothing(desk: Desk, pubmed: PubMedDouble) -> None:
    async with desk.open("karnoub") as reader:
        await reader.press("offline")
        await reader.search("")
        asked = len(pubmed.log)
        await reader.press("offline")
        reader.status.says("PubMed", "1 kept")
        assert len(pubmed.log) == asked
