"""PubMed's own XML: the elements untouched, in a set that is valid."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.recorded import DATA, needs_data, recorded, unpacked
from tui.export import xml
from tui.model.record import Record
from tui.model.results import Kept, Origin
from tui.parse import NotPubMedXml, Parsed, read

ARTICLE = "<PubmedArticle>\n <MedlineCitation>\u00e9 &lt; &#x2009;<!-- kept --></MedlineCitation>\n</PubmedArticle>"


def _written(*elements: str) -> str:
    return "".join(xml.write(Kept(Record(1), element.encode(), Origin("PubMed", 0)) for element in elements))


def _files() -> list[Path]:
    return sorted((DATA / "pubmed_xml").glob("*.xml*"))


def test_elements_stay_as_they_were_received() -> None:
    text = _written(ARTICLE, ARTICLE)
    assert text.count(ARTICLE) == 2
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC ')
    assert "pubmed_250101.dtd" in text
    assert etree.fromstring(text.encode()).tag == "PubmedArticleSet"


@pytest.mark.parametrize(
    ("element", "parent"), [("MedlineCitation", "PubmedArticle"), ("BookDocument", "PubmedBookArticle")]
)
def test_elements_that_cannot_stand_alone_get_their_parent(element: str, parent: str) -> None:
    root = etree.fromstring(_written(f"<{element} Status='x'><PMID>1</PMID></{element}>").encode())
    assert [child.tag for child in root] == [parent]
    assert [child.tag for child in root[0]] == [element]


def test_mathml_keeps_a_declared_prefix() -> None:
    root = etree.fromstring(_written("<PubmedArticle><mml:math><mml:mi>x</mml:mi></mml:math></PubmedArticle>").encode())
    assert root[0][0].tag == "{http://www.w3.org/1998/Math/MathML}math"


@needs_data
def test_what_is_written_is_read_again_byte_for_byte() -> None:
    """An element that could not stand in the set by itself has its parent around it then."""
    text = "".join(xml.write(recorded()))
    bare = {b"<MedlineCitation": (b"<PubmedArticle>", b"</PubmedArticle>")}
    pieces = [parsed.xml for parsed in read([text.encode()]) if isinstance(parsed, Parsed)]
    assert len(pieces) == len(recorded())
    for kept, piece in zip(recorded(), pieces, strict=True):
        before, after = bare.get(kept.xml[:16], (b"", b""))
        assert piece == before + kept.xml + after


@needs_data
def test_valid_files_stay_valid() -> None:
    dtd = etree.DTD(file=str(DATA / "dtd" / "pubmed_250101.dtd"))
    checked = 0
    for file in _files():
        data = unpacked(file)
        try:
            elements = [parsed.xml.decode() for parsed in read([data]) if isinstance(parsed, Parsed)]
        except NotPubMedXml:
            continue  # damaged, or no set of records
        text = _written(*elements)
        end = 0
        for element in elements:
            end = text.index(element, end) + len(element)
        if dtd.validate(etree.fromstring(data)):
            checked += 1
            assert dtd.validate(etree.fromstring(text.encode())), (file.name, str(dtd.error_log))
            for root in map(etree.fromstring, elements[:3]):
                if root.tag in ("MedlineCitation", "BookDocument"):
                    continue
                bare = _written(etree.tostring(root[0], encoding="unicode", with_tail=False))
                assert dtd.validate(etree.fromstring(bare.encode())), (file.name, str(dtd.error_log))
    assert checked > 100
