"""What is found in a whole record, and in which of the page's three sections it stands."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui import detect
from tui.model.record import Abstract, AbstractSection, DataBank, Keyword, KeywordList, Record
from tui.parse import NotPubMedXml, Parsed, read

PUBMED_XML = Path(__file__).parents[3] / "shared" / "data" / "pubmed_xml"

RECORD = Record(
    1,
    title="Reads in PRJNA12345 show it",
    abstract=Abstract(
        (
            AbstractSection("Mice (RRID:IMSR_JAX:000664), GSE13601 and MATLAB (RRID:SCR_001622).", "METHODS"),
            AbstractSection("Anti-GFP (AB_2313584) in mice (RRID:IMSR_JAX:000664); PRJNA12345."),
        )
    ),
    other_abstracts=(Abstract((AbstractSection("Registre: NCT00000419."),), language="fre"),),
    keyword_lists=(KeywordList((Keyword("GSE30784"), Keyword("SCR_002285"))),),
    data_banks=(DataBank("GEO", ("gse13601",)), DataBank("OMIM", ("114500",))),
)


def test_resources_are_the_rrids_that_are_no_software() -> None:
    assert [(finding.id, finding.place) for finding in detect.resources(RECORD)] == [
        ("RRID:IMSR_JAX:000664", "abstract"),
        ("RRID:AB_2313584", "abstract"),
    ]


def test_tools_are_the_software() -> None:
    assert [(finding.id, finding.place) for finding in detect.tools(RECORD)] == [
        ("RRID:SCR_001622", "abstract"),
        ("RRID:SCR_002285", "keywords"),
    ]


def test_data_banks_come_first_and_everything_is_told_once() -> None:
    assert [(finding.id, finding.place) for finding in detect.data(RECORD)] == [
        ("GSE13601", "data banks"),
        ("114500", "data banks"),
        ("PRJNA12345", "title"),
        ("NCT00000419", "abstract"),
        ("GSE30784", "keywords"),
    ]


def test_an_empty_record_has_none() -> None:
    assert detect.resources(Record(1)) == detect.tools(Record(1)) == detect.data(Record(1)) == ()


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    record = Record(1, title=text)
    for finding in detect.resources(record) + detect.tools(record) + detect.data(record):
        assert finding.quote in text


@pytest.mark.parametrize(
    "piece",
    ["GSE1", "PDB 1A", "GenBank ", "RRID:", "RRID: AB_", "10.5061/dryad.", "E-", "A_", "PDB. Aa", "AB_1", "1", " "],
)
def test_a_megabyte_of_almost_findings_is_read_to_its_end(piece: str) -> None:
    record = Record(1, title=piece * (1_000_000 // len(piece)) + " GSE13601 SCR_001622")
    assert [finding.id for finding in detect.data(record)] == ["GSE13601"]
    assert detect.tools(record)[-1].id == "RRID:SCR_001622"


def _real() -> Iterator[Record]:
    for file in sorted(PUBMED_XML.glob("*.xml*")):
        data = file.read_bytes()
        try:
            for parsed in read([gzip.decompress(data) if file.suffix == ".gz" else data]):
                if isinstance(parsed, Parsed):
                    yield parsed.record
        except NotPubMedXml:
            continue  # some of the files are damaged on purpose


@pytest.mark.skipif(not PUBMED_XML.is_dir(), reason="the recorded PubMed files are not here")
def test_real_records() -> None:
    linked = banked = nih = understood = 0
    for record in _real():
        texts = [
            record.title,
            *(section.text for part in (record.abstract, *record.other_abstracts) for section in part.sections),
        ]
        for finding in detect.data(record):
            banked += finding.place == "data banks"
            linked += finding.url.startswith("https://")
            assert finding.place in ("data banks", "keywords") or any(finding.quote in text for text in texts)
        assert sum(len(project.grants) for project in detect.projects(record.grants)) == len(set(record.grants))
        for grant in record.grants:
            if "NIH HHS" in grant.agency:
                nih += 1
                understood += detect.award_of(grant) is not None
    assert banked > 100
    assert linked > 0.95 * banked
    assert understood > 0.97 * nih
