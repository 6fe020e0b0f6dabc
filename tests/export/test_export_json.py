"""JSON: nothing of PubMed's XML is lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.recorded import needs_data, recorded
from tui.export.json import as_values, write
from tui.model.clean import clean
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Book,
    Descriptor,
    Identifier,
    Issue,
    MeshHeading,
    Record,
    Relation,
    Term,
)
from tui.model.results import Kept, Origin
from tui.model.text import Text

RECORD = Record(
    17914389,
    title=Text("H\u2082O in tumours", "H<sub>2</sub>O in tumours"),
    issue=Issue("449", "7162", PartialDate("2007", "Oct", "4")),
    abstract=Abstract((AbstractSection("It flows.", "RESULTS"),)),
    mesh=(MeshHeading(Descriptor("Water", "D014867", major=True)),),
    relations=(Relation("RetractionIn", "Nature. 2010"), Relation("CommentIn", "Nat Med. 2007", 17987019)),
    ids=(Identifier("doi", "10.1038/nature06188"), Identifier("pmc", "PMC123")),
    publication_types=(Term("Journal Article", "D016428"),),
)


def _written(*records: Record) -> Any:
    return json.loads("".join(write(Kept(record, b"", Origin("PubMed", 1_790_000_000)) for record in records)))


def test_an_array_of_records_with_their_origin() -> None:
    first, second = _written(RECORD, Record(2))
    assert (first["pmid"], second["pmid"]) == (17914389, 2)
    assert (first["source"], first["retrieved"]) == ("PubMed", "2026-09-21T14:13:20Z")
    assert _written() == []


def test_values_keep_the_field_names() -> None:
    values = as_values(RECORD)
    assert values["title"] == {"text": "H\u2082O in tumours", "markup": "H<sub>2</sub>O in tumours"}
    assert values["issue"] == {
        "volume": "449",
        "issue": "7162",
        "date": {"year": "2007", "month": "Oct", "day": "4", "iso": "2007-10-04"},
    }
    assert values["abstract"] == {"sections": [{"text": "It flows.", "label": "RESULTS"}]}
    assert values["mesh"] == [{"descriptor": {"name": "Water", "ui": "D014867", "major": True}}]
    assert values["relations"] == [
        {"kind": "RetractionIn", "source": "Nature. 2010"},
        {"kind": "CommentIn", "source": "Nat Med. 2007", "pmid": 17987019},
    ]
    assert (values["doi"], values["pmcid"], values["retracted"]) == ("10.1038/nature06188", "PMC123", True)


def test_every_key_of_the_top_level_is_always_there() -> None:
    assert _written(Record(1))[0].keys() == _written(RECORD)[0].keys() > set(Record._fields)
    assert as_values(Record(1))["book"] is None
    assert as_values(Record(1, book=Book("GeneReviews", isbns=("1",))))["book"] == {
        "title": "GeneReviews",
        "isbns": ["1"],
        "investigators": {"complete": True},
    }


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_is_written_so_that_it_reads_back(texts: list[str]) -> None:
    records = [Record(number, title=text) for number, text in enumerate(texts, 1)]
    pieces = list(write(Kept(record, b"", Origin("PubMed", 0)) for record in records))
    read_back = json.loads("".join(pieces).encode())
    assert [values["title"] for values in read_back] == [clean(text) for text in texts]
    assert len(pieces) == len(texts) + 1


# Every text and attribute value of the source occurs in the JSON, as often as it stands there. Both sides are
# cleaned of control characters, and runs of blanks are one; attributes that say Y or N are truth values.

_BETWEEN_ELEMENTS = frozenset(("PubmedArticleSet", "PubmedArticle", "MedlineCitation", "PubmedData"))
"""Elements whose own text the DTD forbids; one recorded file has a word there."""


@lru_cache(10_000)
def _words(text: str) -> str:
    return " ".join(clean(text).split())


def _pieces_of_xml(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        texts = [] if element.tag in _BETWEEN_ELEMENTS else [element.text, *(child.tail for child in element)]
        yield from filter(None, (_words(text or "") for text in (*texts, *element.attrib.values())))


def _pieces_of_json(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value.keys() == {"text", "markup"}:
        yield from _pieces_of_xml(ElementTree.fromstring(f"<markup>{value['markup']}</markup>"))
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _pieces_of_json(part)
    elif value is not None:
        yield ("N", "Y")[value] if isinstance(value, bool) else _words(str(value))


def _missing(xml: bytes, values: dict[str, Any]) -> Counter[str]:
    return Counter(_pieces_of_xml(ElementTree.fromstring(xml))) - Counter(_pieces_of_json(values))


@needs_data
def test_nothing_of_a_real_record_is_lost() -> None:
    for kept in recorded():
        (values,) = json.loads("".join(write([kept])))
        assert not _missing(kept.xml, values), (kept.origin.source, kept.record.pmid)
    assert len(recorded()) > 3000


def test_the_check_above_sees_a_loss() -> None:
    xml = b'<PubmedArticle><X Y="n"><ArticleTitle>A <i>b</i> c</ArticleTitle></X></PubmedArticle>'
    assert set(_missing(xml, {"title": {"text": "A b c", "markup": "A <i>b</i>"}})) == {"c", "n"}
