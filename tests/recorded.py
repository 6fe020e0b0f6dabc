"""The recorded records of PubMed, for tests that go through all of them: read once in a process, each element once."""

from __future__ import annotations

import gc
import gzip
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from tui.model.results import Kept, Origin
from tui.parse import NotPubMedXml, parse_record
from tui.parse.stream import Cutter

DATA = Path(__file__).parents[2] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the recorded PubMed files are not here")


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


@cache
def recorded() -> tuple[Kept, ...]:
    """Every element of every file, revisions of a record included; what is damaged, up to where it is."""
    elements: dict[bytes, str] = {}
    for folder, pattern in (("pubmed_xml", "*.xml*"), ("eutils_recorded", "efetch_pubmed_xml_*.xml*")):
        for file in sorted((DATA / folder).glob(pattern)):
            if not file.name.endswith(".meta.json"):
                elements |= dict.fromkeys(_elements(file), file.name)
    found = tuple([Kept(parse_record(xml), xml, Origin(name, 1_790_000_000)) for xml, name in elements.items()])
    gc.freeze()  # they stay; to look through them again and again would take longer than the tests
    return found


def _elements(file: Path) -> list[bytes]:
    cutter, found = Cutter(), []
    with suppress(NotPubMedXml):  # damaged, or no set of records
        for piece in cutter.feed(unpacked(file)):
            if not piece.deletes:
                found.append(piece.xml)
    return found
