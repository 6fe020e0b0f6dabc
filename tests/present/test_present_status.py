"""The status line says the mode, the count and the origin in the words that were promised."""

from __future__ import annotations

import pytest

from tui.model.record import Record
from tui.model.results import Kept, Origin, ResultPage, Since, Translation, Wait
from tui.present import status

DAY = 86_400.0
PMIDS = tuple(range(1, 201))
COUNTS = [
    (None, ""),
    (ResultPage("x"), ""),
    (ResultPage("x", complete=True), "nothing found"),
    (ResultPage("x", PMIDS, 36_935, 9_999), "200 of 36,935 loaded; PubMed serves the first 9,999"),
    (ResultPage("x", PMIDS, 1_500, 1_500), "200 of 1,500 loaded"),
    (ResultPage("x", PMIDS, 200, 200), "200 found"),
    (ResultPage("x", PMIDS[:1], 1, 1, complete=True), "1 found"),
    (ResultPage("x", PMIDS, 36_935, 9_999, kept=True), "36,935 found last time"),
    (ResultPage("", PMIDS, 200, 200, offline=True), "200 kept"),
    (ResultPage("  ", PMIDS, 200, 200, offline=True), "200 kept"),
    (ResultPage("x", PMIDS, 200, 200, offline=True), "200 found in what is kept"),
    (ResultPage("x", PMIDS, 900, 900, offline=True), "900 found in what is kept"),
    (ResultPage("x", PMIDS, 1000, 1000, offline=True, capped=True), "more than 1,000 found in what is kept"),
    (ResultPage("x", PMIDS, 200, 200, since=Since(0, 3 * DAY, 4, 196)), "200 found, 4 new since 3 days ago"),
    (ResultPage("x", PMIDS, 200, 200, since=Since(0, 3 * DAY, 0, 200)), "200 found, nothing new since 3 days ago"),
    (ResultPage("x", PMIDS, 200, 200, since=Since(0, 3 * DAY, -2, 0)), "200 found, nothing new since 3 days ago"),
    (ResultPage("x", PMIDS, 200, 200, since=Since(0, 3 * DAY, 2, 0)), "200 found, 2 new since 3 days ago"),
    (ResultPage("x", PMIDS, 200, 200, since=Since(0, 60, 0, 200)), "200 found"),
    (ResultPage("x", PMIDS, 200, 200, since=Since(0, 60, 1, 199)), "200 found, 1 new since earlier today"),
    (
        ResultPage("x", PMIDS[50:], 36_935, 9_999, since=Since(0, DAY, 200, 50)),
        "150 of 36,935 loaded, 150 or more new since yesterday; PubMed serves the first 9,999",
    ),
]


@pytest.mark.parametrize(("page", "words"), COUNTS)
def test_the_count(page: ResultPage | None, words: str) -> None:
    assert status.count(page) == words


def test_the_mode() -> None:
    assert status.mode(offline=True, busy=False) == "OFFLINE"
    assert status.mode(offline=True, busy=True, demo=True) == "OFFLINE demo"
    assert status.mode(offline=False, busy=False) == "PubMed"
    assert status.mode(offline=False, busy=True) == "PubMed …"


def test_where_a_record_comes_from() -> None:
    kept = Kept(Record(17914389), b"", Origin("PubMed", 1e9))
    assert status.origin(kept, 1e9 + 3 * DAY) == ("PMID 17914389 from PubMed", ", 3 days ago")
    assert status.origin(None, 1e9) == ("", "")


UNDERSTOOD = [
    (Translation(), ""),
    (Translation("breast[All Fields]"), "Understood as: breast[All Fields]"),
    (
        Translation("t", ("nosuch", "[zz]"), ("the",), "better"),
        "Did you mean: better · Not found: nosuch, [zz] · Ignored: the · Understood as: t",
    ),
]


@pytest.mark.parametrize(("translation", "words"), UNDERSTOOD)
def test_how_the_query_was_understood(translation: Translation, words: str) -> None:
    assert status.understood(ResultPage("x", translation=translation)) == words


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (ResultPage("x"), "By newest entry"),
        (ResultPage("x", offline=True), "By newest entry"),
        (ResultPage("", offline=True), ""),
        (ResultPage("", offline=True, sort="Author"), "By first author"),
        (ResultPage("x", sort="relevance"), "By best match"),
        (ResultPage("x", sort="relevance", exact=False), "By best match among title hits and the newest"),
    ],
)
def test_the_order(page: ResultPage, words: str) -> None:
    assert status.order(page) == words
    assert status.listed(page) == ""
    assert status.listed(page._replace(pmids=PMIDS)) == words
    understood = page._replace(pmids=PMIDS, translation=Translation("t"))
    assert status.listed(understood) == (f"{words} · " if words else "") + "Understood as: t"


def test_nothing_asked_nothing_understood() -> None:
    assert status.understood(None) == ""
    assert status.listed(None) == ""


def test_why_one_waits() -> None:
    wait = Wait(5.0, 2, 4, "PubMed is busy", "searching")
    assert status.waiting(wait, 5) == "PubMed is busy, searching again in 5 s, attempt 2 of 4"
    assert status.waiting(wait._replace(doing="fetching", attempt=3), 1) == (
        "PubMed is busy, fetching again in 1 s, attempt 3 of 4"
    )
