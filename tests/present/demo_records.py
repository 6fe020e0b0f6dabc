"""The records of the demo library, for tests of how records are shown."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from tui.model.record import Record
from tui.model.results import Kept, Origin
from tui.parse import Parsed, read

LIBRARY = Path(__file__).parents[2] / "tui" / "demo" / "records.xml.gz"
SEED = 17914389
NOW = 1_763_700_000.0
WEEK = 7 * 86_400


@cache
def demo() -> dict[int, Kept]:
    """By PMID."""
    found = read([gzip.decompress(LIBRARY.read_bytes())])
    origin = Origin("the demo library", NOW - WEEK)
    return {one.record.pmid: Kept(one.record, one.xml, origin) for one in found if isinstance(one, Parsed)}


def kept(record: Record) -> Kept:
    return Kept(record, b"", Origin("PubMed", NOW))
