"""How soon PubMed's records are there: python tests/benchmarks/network.py

Through a network with PubMed's delays (see wire.py), against the two round trips that a search cannot do without, and
against a naive client: a new connection for each request, a request for each record.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ratios import Ratio, in_turn, median, report
from terminal import Terminal
from wire import ROUND_TRIP, PubMedDouble, far_away, holding, title

NEWEST_MEN, NEWEST_MICE = 39_000_299, 39_000_199
HELD = range(NEWEST_MEN, NEWEST_MEN - 400, -1)
PAGE = 50
CLEAR = "\x15"
"""Ctrl+U: empties the line."""
DOWN = 80
"""Records to go down to, past the first page."""
OURS = """
import asyncio, json, sys, tempfile, time
from contextlib import aclosing
from pathlib import Path
from tui import remote
from tui.library import Library

async def search(library, query):
    begun = time.perf_counter()
    first = 0.0
    async with aclosing(library.search(query)) as pages:
        async for page in pages:
            if page.rows and not first:
                first = time.perf_counter() - begun
    return first, time.perf_counter() - begun, len(page.pmids)

async def main(folder):
    pace = remote.Pace(folder / "pace", with_key=False)
    connect = lambda: remote.Eutils(remote.open_client(), base_url=sys.argv[1], pace=pace)
    library = Library(folder / "pubmed.db", connect)
    await library.open()
    await search(library, "men[ti]")
    await asyncio.sleep(2)
    print(json.dumps(await search(library, "mice[ti]")))
    await library.close()

with tempfile.TemporaryDirectory() as folder:
    asyncio.run(main(Path(folder)))
"""
NAIVE = """
import json, re, sys, time
import httpx

def ask(program, **words):
    with httpx.Client() as client:
        return client.post(f"{sys.argv[1]}/{program}.fcgi", data={"db": "pubmed", **words}, timeout=60).text

begun = time.perf_counter()
ids = re.findall("<Id>(.*?)</Id>", ask("esearch", term="mice[ti]", retmax="50"))
first = 0.0
for id in ids:
    ask("efetch", id=id, retmode="xml")
    first = first or time.perf_counter() - begun
print(json.dumps([first, time.perf_counter() - begun, len(ids)]))
"""

BARE = """
import json, sys, time
import httpx

with httpx.Client() as client:
    client.head(f"{sys.argv[1]}/einfo.fcgi")
    begun = time.perf_counter()
    client.get(f"{sys.argv[1]}/einfo.fcgi")
    first = time.perf_counter() - begun
    client.get(f"{sys.argv[1]}/einfo.fcgi")
    print(json.dumps([first, time.perf_counter() - begun, 0]))
"""
"""Two requests, one after the other, on a connection that is open."""


class Search(NamedTuple):
    """What a search took."""

    first: float
    """Seconds until the first record was there."""
    page: float
    """Seconds until all of the page were."""
    records: float
    requests: float


class Reading(NamedTuple):
    """What a reader waited for on the screen."""

    first: float
    """Seconds from Enter to the first record."""
    next: float
    """Seconds from a key to the next record, the median."""
    late: float
    """How many records asked for a request when the reader came to them."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--program", default=str(Path(sys.executable).with_name("pubmed-tui")))
    asked = words.parse_args()
    double = holding(HELD)
    with far_away(double) as url:
        naive = _search(NAIVE, double, url)
        results = in_turn(
            {"ours": partial(_search, OURS, double, url), "bare": partial(_search, BARE, double, url)}, asked.rounds
        )
        readings = in_turn({"screen": partial(_read, asked.program, double, url)}, asked.rounds)["screen"]
    ours = Search(*map(median, zip(*results["ours"], strict=True)))
    screen = Reading(*map(median, zip(*readings, strict=True)))
    floor = median(each.page for each in results["bare"])
    report(
        f"Search through a network of {1000 * ROUND_TRIP:.0f} ms a round trip",
        [
            _ms("first record from Library.search, against two round trips", ours.first, floor, 1.15),
            _ms("first record on the screen, from Enter, against two round trips", screen.first, floor, 1.15),
            _ms("first record, against a naive client", ours.first, naive.first, 0.4),
            _ms(f"page of {PAGE}, against a naive client", ours.page, naive.page, 1 / 20),
            Ratio(f"requests for a page of {PAGE}, of the 3 allowed", ours.requests, 3, "", 1),
            _ms("next record on the screen, from the cursor key, against a round trip", screen.next, floor / 2, 0.5),
        ],
        [
            f"Of the {DOWN} records that the cursor came to next, {screen.late:.0f} had to be asked for then.",
            f"A naive client sends {naive.requests} requests for a page of {PAGE}.",
        ],
    )


def _ms(what: str, ours: float, theirs: float, goal: float) -> Ratio:
    return Ratio(what, 1000 * ours, 1000 * theirs, "ms", goal)


def _search(client: str, double: PubMedDouble, url: str) -> Search:
    done = subprocess.run([sys.executable, "-c", client, url], check=True, stdout=subprocess.PIPE, text=True)
    terms = [asked.params.get("term") for asked in double.log]
    requests = len(terms) - terms.index("mice[ti]") if "mice[ti]" in terms else 0
    double.log.clear()
    first, page, records = json.loads(done.stdout)
    return Search(first, page, records, requests)


def _read(program: str, double: PubMedDouble, url: str) -> Reading:
    """Search in the browser, then go down the results, into their second page."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"], "PUBMED_TUI_EUTILS_URL": url}
        with Terminal([program], environment) as terminal:
            terminal.until(lambda text: "Search" in text)
            _ask(terminal, "men[ti]", NEWEST_MEN)
            terminal.rest(2)
            terminal.type("s")
            terminal.rest(0.5)
            terminal.type(CLEAR)
            terminal.rest(0.5)
            double.log.clear()
            first = _ask(terminal, "mice[ti]", NEWEST_MICE)
            terminal.rest(1)
            waits = []
            for place in range(1, DOWN + 1):
                begun = terminal.type("j")
                # The list shows the number in the title alone, where a semicolon follows it.
                opened = re.compile(rf"{NEWEST_MICE - place}(?!\d|;)")
                waits.append(terminal.until(partial(_found, opened)).wall - begun.wall)
                terminal.rest(0.1)
    late = sum("," not in asked["id"] for asked in double.asked("efetch"))
    return Reading(first, median(waits), late)


def _ask(terminal: Terminal, query: str, newest: int) -> float:
    """Type a query, then Enter; seconds from that to the first record on the screen."""
    terminal.type(query)
    terminal.until(lambda text: query in text)
    terminal.rest(1)
    begun = terminal.type("\r")
    return terminal.until(lambda text: title(newest) in text).wall - begun.wall


def _found(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None


if __name__ == "__main__":
    main()
