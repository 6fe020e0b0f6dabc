"""For the tests of this folder: an `Eutils` that asks a `PubMedDouble` and never waits, and records to ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

from tests.pubmed_double import BASE_URL, PubMedDouble
from tui.model.results import Wait
from tui.remote import Eutils, Pace, open_client

RECORDED = Path(__file__).parents[3] / "shared" / "data" / "eutils_recorded"


class Clock:
    """A clock that only moves when it is told to. Sleeping is noted down, and takes no time."""

    def __init__(self, now: float = 1_000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class Asker:
    """An `Eutils`, the pauses it announced, and how long it slept in them."""

    def __init__(self, eutils: Eutils, waits: list[Wait | None], clock: Clock) -> None:
        self.eutils = eutils
        self.waits = waits
        self.clock = clock

    @property
    def pauses(self) -> list[Wait]:
        return [wait for wait in self.waits if wait]

    async def fetch(self, *pmids: int) -> bytes:
        """One attempt at these records, whole."""
        async with aclosing(self.eutils.fetch(pmids)) as pieces:
            return b"".join([piece async for piece in pieces])


@asynccontextmanager
async def asking(
    double: PubMedDouble, folder: Path, *, base_url: str = "", api_key: str = "", email: str = ""
) -> AsyncIterator[Asker]:
    """Behind the double's first door, or at `base_url` by real HTTP."""
    clock = Clock()
    waits: list[Wait | None] = []
    async with open_client(None if base_url else double.transport()) as client:
        eutils = Eutils(
            client,
            base_url=base_url or BASE_URL,
            pace=Pace(folder / "pace", with_key=bool(api_key), clock=clock, sleep=clock.sleep),
            email=email,
            api_key=api_key,
            on_wait=waits.append,
            sleep=clock.sleep,
            clock=clock,
        )
        yield Asker(eutils, waits, clock)


def article(pmid: int, title: str = "Stromal cells in a dish.", *, year: int = 2020, padding: int = 0) -> bytes:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        f'<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>{year}</Year>'
        f"<Month>Oct</Month></PubDate></JournalIssue><Title>Journal of made-up results</Title>"
        f"<ISOAbbreviation>J Made Up</ISOAbbreviation></Journal><ArticleTitle>{title}</ArticleTitle>"
        f"<Abstract><AbstractText>{'word ' * padding}</AbstractText></Abstract>"
        '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Müller</LastName><Initials>AE</Initials></Author>'
        "</AuthorList><Language>eng</Language></Article><MeshHeadingList><MeshHeading>"
        '<DescriptorName UI="D001943" MajorTopicYN="Y">Breast Neoplasms</DescriptorName>'
        '<QualifierName UI="Q000473" MajorTopicYN="N">pathology</QualifierName></MeshHeading></MeshHeadingList>'
        "</MedlineCitation></PubmedArticle>"
    ).encode()


def holding(pmids: Iterable[int]) -> PubMedDouble:
    """A double that holds a record for each of these."""
    double = PubMedDouble()
    for pmid in pmids:
        double.add(article(pmid))
    return double


def pmids_in(xml: bytes, among: Sequence[int]) -> list[int]:
    """Those of the records that stand in the XML, in its order."""
    places = {pmid: xml.find(b">%d</PMID>" % pmid) for pmid in among}
    return sorted((pmid for pmid in among if places[pmid] >= 0), key=lambda pmid: places[pmid])
