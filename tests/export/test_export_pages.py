"""Page numbers written out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.export.pages import pages
from tui.model.record import Pagination

PAGES = [
    ("557-63", "557", "563"),
    ("1316-22", "1316", "1322"),
    ("1099-100", "1099", "1100"),
    ("1289-1291", "1289", "1291"),
    ("557\u201363", "557", "563"),
    ("20-1", "20", "21"),
    ("576", "576", ""),
    ("576-576", "576", ""),
    ("78-35", "78", "35"),  # as PubMed has it
    ("S12-8", "S12", "S18"),
    ("S36-S41", "S36", "S41"),
    ("129S-33S", "129S", "133S"),
    ("S12-130-S12-134", "S12-130", "S12-134"),
    ("SUPPL:4309-22", "SUPPL:4309", "SUPPL:4322"),
    ("1-C10", "1", "C10"),
    ("e123", "e123", ""),
    ("e1-3", "e1", "e3"),
    ("1186.e1-5", "1186.e1", "1186.e5"),
    ("823-8.e1", "823", "828.e1"),
    ("606-620.e7", "606", "620.e7"),
    ("CD000078", "CD000078", ""),
    ("vii-x", "vii", "x"),
    ("iii", "iii", ""),
    ("12-3, 15-9; discussion 20", "12", "13"),
    ("135-8, 143-4, 149-51 passim", "135", "138"),
    ("1184; author reply 1184", "1184", ""),
    ("[34457 words; 185 paragraphs]", "[34457 words; 185 paragraphs]", ""),
    ("suppl 3-10", "suppl 3-10", ""),
    ("1-2-3", "1-2-3", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("medline", "first", "last"), PAGES, ids=[medline or "none" for medline, _, _ in PAGES])
def test_forms(medline: str, first: str, last: str) -> None:
    assert pages(Pagination(medline)) == (first, last)


def test_start_and_end_serve_where_medline_says_nothing() -> None:
    assert pages(Pagination("", "12", "19")) == ("12", "19")
    assert pages(Pagination("", "e7", "e7")) == ("e7", "")


@settings(deadline=None)
@given(st.integers(1, 99999), st.integers(1, 999))
def test_what_is_left_out_is_put_back(first: int, more: int) -> None:
    start, end = str(first), str(first + more)
    same = 0
    while len(start) == len(end) and start[same] == end[same]:
        same += 1
    assert pages(Pagination(f"{start}-{end[same:]}")) == (start, end)


@settings(deadline=None)
@given(st.text(alphabet="0123456789-\u2013eS.,;: xiv", max_size=30))
def test_no_pages_break_it(medline: str) -> None:
    first, last = pages(Pagination(medline))
    assert bool(first) == bool(medline.strip())
    assert last != first or not last
