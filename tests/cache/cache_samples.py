"""Records for the tests of the cache, in our own words."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tui.model.dates import PartialDate
from tui.model.record import Abstract, AbstractSection, Journal, Person, PersonList, Record
from tui.model.results import Kept, Origin

NOW = 1_700_000_000.0


def made(pmid: int, **fields: Any) -> Record:
    """A small record; `fields` replace its own."""
    record = Record(
        pmid=pmid,
        title=f"Title of number {pmid}",
        journal=Journal(title="Journal of Samples", iso_abbreviation="J Sampl"),
        author_lists=(PersonList((Person("Sampler", "Sally Q", "SQ"), Person("Tester", "Tom", "T"))),),
        abstract=Abstract((AbstractSection("We tell nothing, and tell it briefly.", "BACKGROUND"),)),
    )
    return record._replace(**fields)


def kept(pmid: int, *, xml: bytes = b"", source: str = "PubMed", retrieved: float = NOW, **fields: Any) -> Kept:
    """The same as it is kept; without `xml`, some that tells its PMID."""
    return Kept(made(pmid, **fields), xml or article(pmid), Origin(source, retrieved))


def article(pmid: int, size: int = 1000) -> bytes:
    """XML of about `size` bytes that cannot be packed to less than half of them."""
    noise = random.Random(pmid).randbytes(size // 2).hex().encode()
    return b"<PubmedArticle><PMID>%d</PMID><X>%s</X></PubmedArticle>" % (pmid, noise)


def revised(year: int, month: int = 1, day: int = 1) -> PartialDate:
    return PartialDate(year=str(year), month=f"{month:02}", day=f"{day:02}")


def parts(path: Path) -> dict[str, bytes]:
    """The files beside `path` that belong to it, by name."""
    return {part.name: part.read_bytes() for part in path.parent.iterdir() if part.name.startswith(path.name)}
