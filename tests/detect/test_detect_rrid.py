"""RRIDs as authors write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.detect.rrid import SOFTWARE, rrids

RRIDS = [
    ("stained with anti-GFP (RRID:AB_2313584)", "RRID:AB_2313584", "antibody"),
    ("RRID: AB_2313584.", "RRID:AB_2313584", "antibody"),
    ("RRID AB_ 123456", "RRID:AB_123456", "antibody"),
    ("clone 3A9, AB_10563566,", "RRID:AB_10563566", "antibody"),
    ("RRID:AB_999", "RRID:AB_999", "antibody"),
    ("MATLAB (RRID:SCR_001622)", "RRID:SCR_001622", SOFTWARE),
    ("Fiji, SCR_002285", "RRID:SCR_002285", SOFTWARE),
    ("RRID:nif-0000-00098", "RRID:nif-0000-00098", SOFTWARE),
    ("HeLa (RRID:CVCL_0030)", "RRID:CVCL_0030", "cell line"),
    ("mice (RRID:IMSR_JAX:000664)", "RRID:IMSR_JAX:000664", "mouse strain"),
    ("RRID:MGI:2159769", "RRID:MGI:2159769", "mouse strain"),
    ("RRID:MMRRC_000123-UNC", "RRID:MMRRC_000123-UNC", "mouse strain"),
    ("RRID:RGD_734476", "RRID:RGD_734476", "rat strain"),
    ("RRID:ZFIN_ZDB-ALT-980203-1827", "RRID:ZFIN_ZDB-ALT-980203-1827", "zebrafish strain"),
    ("RRID: BDSC:31777", "RRID:BDSC_31777", "fly strain"),
    ("RRID:WB-STRAIN:WBStrain00000001", "RRID:WB-STRAIN:WBStrain00000001", "worm strain"),
    ("RRID:Addgene_12260", "RRID:Addgene_12260", "plasmid"),
    ("RRID:JAX_000664", "RRID:JAX_000664", "research resource"),
]


@pytest.mark.parametrize(("text", "id", "kind"), RRIDS, ids=[id for _, id, _ in RRIDS])
def test_forms(text: str, id: str, kind: str) -> None:
    (finding,) = rrids(text, "abstract")
    assert (finding.id, finding.kind, finding.place) == (id, kind, "abstract")
    assert finding.url == f"https://scicrunch.org/resolver/{id}"
    assert finding.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "MGI:12345 is a gene",
        "RGD_734476",
        "xAB_123456",
        "AB_123456x",
        "ab_123456",
        "AB 123456",
        "RRIDs",
        "RRID: none",
        "",
    ],
)
def test_what_is_no_rrid(text: str) -> None:
    assert list(rrids(text, "abstract")) == []


def test_several_in_one_sentence() -> None:
    found = [finding.id for finding in rrids("RRIDs: AB_2313584, AB_10563566; see also RRID:SCR_001622", "abstract")]
    assert found == ["RRID:AB_2313584", "RRID:AB_10563566", "RRID:SCR_001622"]


@settings(deadline=None)
@given(st.text(alphabet="RID: #_-.\u00a0\nABSCRVLmgiJAX0123456789", max_size=200))
def test_quotes_stand_in_the_text_and_links_are_encoded(text: str) -> None:
    for finding in rrids(text, "title"):
        assert finding.quote in text
        assert finding.url.isascii()
        assert not set(finding.url) & set(' \n"<>[]')
