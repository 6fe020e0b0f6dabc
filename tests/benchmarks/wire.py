"""A network to PubMed, made of a stand-in for PubMed on this machine and the time that a real one takes.

A round trip takes 150 ms, a new connection two of them before its first request is on its way (TCP, TLS), and the
server 8 ms for each record that it sends.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.pubmed_answers import PROLOG, Answer, Step
from tests.pubmed_double import Fault, PubMedDouble

__all__ = ["ROUND_TRIP", "PubMedDouble", "article", "far_away", "holding", "made_up", "title"]

ROUND_TRIP = 0.150
RECORD = 0.008


def holding(pmids: Iterable[int]) -> PubMedDouble:
    """A stand-in that holds a record for each of these; those of odd hundreds are about mice, the others about men."""
    double = PubMedDouble()
    for pmid in pmids:
        double.add(article(pmid))
    return double


@contextmanager
def far_away(double: PubMedDouble) -> Iterator[str]:
    """Serve `double` behind the wire; its address, as PUBMED_TUI_EUTILS_URL wants it."""
    double.faults.append(Fault(_slowly, program="efetch", times=sys.maxsize))
    with double.serve() as near:
        address = urlsplit(near)
        loop = asyncio.new_event_loop()
        wire = loop.run_until_complete(
            asyncio.start_server(lambda *ends: _carry(*ends, port=address.port or 0), "127.0.0.1", 0)
        )
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{wire.sockets[0].getsockname()[1]}{address.path}"
        finally:
            wire.close()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(asyncio.sleep(0))
            loop.close()


def article(pmid: int) -> bytes:
    """A record of about ten kilobytes, as recent ones are."""
    topic = "mice" if pmid // 100 % 2 else "men"
    references = "".join(
        f"<Reference><Citation>Mouse M, et al. A citation of ordinary length. J Made Up. 2019;{number}:1-9.</Citation>"
        f'<ArticleIdList><ArticleId IdType="pubmed">{number}</ArticleId></ArticleIdList></Reference>'
        for number in range(30_000_000, 30_000_030)
    )
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year></PubDate>'
        "</JournalIssue><Title>Journal of made-up results</Title><ISOAbbreviation>J Made Up</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{title(pmid)} on {topic}.</ArticleTitle>"
        f"<Abstract><AbstractText>{'Some words of an abstract. ' * 70}</AbstractText></Abstract>"
        '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Mouse</LastName><Initials>M</Initials></Author>'
        "</AuthorList><Language>eng</Language></Article></MedlineCitation><PubmedData><ArticleIdList>"
        f'<ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList><ReferenceList>{references}</ReferenceList>'
        "</PubmedData></PubmedArticle>"
    ).encode()


def title(pmid: int) -> str:
    """What the title of a record begins with, and no other."""
    return f"Report {pmid};"


def made_up() -> Fault:
    """From now on every record that is fetched exists."""

    def change(true: Answer, params: Mapping[str, str]) -> Answer:
        records = [article(int(pmid)) for pmid in params["id"].split(",")]
        return replace(true, body=[PROLOG + b"<PubmedArticleSet>", *records, b"</PubmedArticleSet>"])

    return Fault(change, program="efetch", times=sys.maxsize)


def _slowly(true: Answer, _params: Mapping[str, str]) -> Answer:
    def body() -> Iterator[Step]:
        for step in true.body:
            if isinstance(step, bytes) and step.startswith(b"<PubmedArticle>"):
                time.sleep(RECORD)
            yield step

    return replace(true, body=body())


async def _carry(client: asyncio.StreamReader, to_client: asyncio.StreamWriter, *, port: int) -> None:
    await asyncio.sleep(2 * ROUND_TRIP)
    server, to_server = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(_one_way(client, to_server), _one_way(server, to_client))


async def _one_way(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    """Hand on what comes, half a round trip later."""
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    now = asyncio.get_running_loop().time

    async def arrive() -> None:
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(due - now())
            if not data:
                return
            to.write(data)

    arriving = asyncio.create_task(arrive())
    with closing(to), suppress(ConnectionError):
        data = b"begun"
        while data:
            data = await source.read(1 << 16)
            under_way.put_nowait((now() + ROUND_TRIP / 2, data))
        await arriving
