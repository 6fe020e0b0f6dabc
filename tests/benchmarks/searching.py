"""How long a search of what is kept takes: python tests/benchmarks/searching.py CACHE

CACHE is the file of a cache of many records (see synthetic.py and importing.py). 200 queries are drawn from the records
themselves, the same ones each time: common words, pairs, phrases, beginnings, authors, exploded headings, spans of
dates, grants. Each is read, mapped and answered as the program does it, CPU time of the thread. Against it, over the
same records: FTS5 as it is commonly used, and with ``--tantivy FOLDER`` tantivy (``pip install tantivy``), of which the
index is made in FOLDER where there is none.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import apsw
from ratios import Ratio, percentile, report

from tui.cache import Cache
from tui.cache.search import Order
from tui.model.folding import words
from tui.model.record import Record
from tui.parse import parse_record
from tui.query.stop_words import STOP_WORDS

PAGE = 50
_SAMPLE = 4_000
"""Records from which the queries are drawn."""
_EACH = {
    "a common word": 40,
    "two words": 30,
    "a phrase": 25,
    "a beginning": 25,
    "an author": 25,
    "an exploded heading": 25,
    "a word in a span of years": 20,
    "a grant": 10,
}
_SEED = 11


class Drawn(NamedTuple):
    """A query and what it is an example of."""

    kind: str
    text: str


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("cache", type=Path, metavar="CACHE")
    asked.add_argument("--tantivy", type=Path, metavar="FOLDER")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--rare", type=int, default=30, help="common words asked of the others (30)")
    given = asked.parse_args()
    cache = Cache.open(given.cache, read_only=True)
    sample = sampled(cache)
    queries = draw(sample)
    count = sum(1 for _ in cache.records.pmids("pmid"))
    common = [drawn.text for drawn in queries if drawn.kind == "a common word"][: given.rare]
    for drawn in queries:  # what the file cache holds is not what is measured
        _ours(cache, drawn.text, "newest")
    times: dict[Order, list[tuple[Drawn, float]]] = {}
    orders: tuple[Order, ...] = ("newest", "relevance")
    for order in orders:
        rounds = [[_took(_ours, cache, drawn.text, order) for drawn in queries] for _ in range(given.rounds)]
        times[order] = list(zip(queries, map(min, zip(*rounds, strict=True)), strict=True))
    page = "first page and capped count, 95th percentile, in 5 ms, by"
    lines = [
        Ratio(f"{page} entry", _p95(took for _, took in times["newest"]), 5, "ms", 1),
        Ratio(f"{page} best match", _p95(took for _, took in times["relevance"]), 5, "ms", 1),
    ]
    lines += _against_fts5(cache, given.cache, common, given.rounds)
    if given.tantivy:
        lines.append(_against_tantivy(cache, given.tantivy, queries, times["newest"], given.rounds))
    notes = [f"- {line}" for line in _by_kind(times)] + [f"- {_behind(cache, common)}"]
    report(f"Searching {count:,} records", lines, notes)
    cache.close()


def sampled(cache: Cache) -> list[Record]:
    """Records spread evenly over the cache."""
    pmids = list(cache.records.pmids("pmid"))
    step = max(1, len(pmids) // _SAMPLE)
    return [parse_record(kept.xml) for _, kept in cache.records.iter_xml(pmids[::step])]


def _telling(word: str) -> bool:
    return len(word) > 3 and word.isalpha() and word not in STOP_WORDS


def draw(records: Sequence[Record]) -> list[Drawn]:
    """The queries, in the proportions of _EACH."""
    chance = random.Random(_SEED)
    titles = [[word for word in words(record.title) if _telling(word)] for record in records]
    held = Counter(word for title in titles for word in set(title))
    common = [word for word, _ in held.most_common(80)]
    middling = [word for word, count in sorted(held.items()) if 4 < count < 80] or common
    pairs = [(title[at], title[at + 1]) for title in titles if len(title) > 2 for at in (len(title) // 2 - 1,)]
    authors = sorted({person.short for record in records for person in record.authors[:3] if person.initials})
    headings = sorted({heading.descriptor.name for record in records for heading in record.mesh})
    grants = sorted({grant.id for record in records for grant in record.grants if grant.id}) or ["CA116235"]
    years = sorted({record.date.year_number for record in records} - {0})

    def span() -> str:
        first = chance.choice(years)
        return f"{first}:{first + chance.randrange(8)}[dp]"

    making: dict[str, Callable[[], str]] = {
        "a common word": lambda: chance.choice(common) + chance.choice(("", "[tiab]")),
        "two words": lambda: f"{chance.choice(common)} {chance.choice(common + middling)}",
        "a phrase": lambda: '"{} {}"'.format(*chance.choice(pairs)),
        "a beginning": lambda: f"{chance.choice(common + middling)[: chance.randrange(4, 8)]}*",
        "an author": lambda: chance.choice(authors).split(" Jr")[0] + "[au]",
        "an exploded heading": lambda: f'"{chance.choice(headings)}"[mh]',
        "a word in a span of years": lambda: f"{span()} AND {chance.choice(common)}",
        "a grant": lambda: f"{chance.choice(grants)}[gr]",
    }
    return [Drawn(kind, making[kind]()) for kind, count in _EACH.items() for _ in range(count)]


def _ours(cache: Cache, query: str, order: Order) -> object:
    """All that stands between a key and the rows of a page."""
    question = cache.search.read(query)
    first = cache.search.first(question, limit=PAGE, order=order)
    return cache.records.rows(first.pmids)


def _took(work: Callable[..., object], *what: object) -> float:
    """Milliseconds of CPU time."""
    before = time.thread_time()
    work(*what)
    return (time.thread_time() - before) * 1000


def _p95(times: Iterable[float]) -> float:
    return percentile(times, 0.95)


def _against_fts5(cache: Cache, path: Path, common: Sequence[str], rounds: int) -> Iterator[Ratio]:
    """The same words, asked of the same index as SQLite's manual shows it."""
    plain = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    ranked = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT {PAGE}"
    counted = "SELECT count(*) FROM words WHERE words MATCH ?"
    sides: dict[str, list[float]] = {"ours": [], "capped": [], "ranked": [], "counted": []}
    questions = [cache.search.read(query) for query in common]
    for question in questions:
        sides["ours"].append(_took(lambda q=question: cache.search.first(q, limit=PAGE, order="relevance")))
        sides["capped"].append(min(_took(cache.search.count, question, 1_001) for _ in range(rounds)))
        for name, sql in (("ranked", ranked), ("counted", counted)):
            sides[name].append(_took(lambda s=sql, q=question: plain.execute(s, (q.expression,)).fetchall()))
    plain.close()
    p95 = {name: _p95(times) for name, times in sides.items()}
    yield Ratio("FTS5's ORDER BY rank of a common word over ours", p95["ours"], p95["ranked"], "ms", 100, at_least=True)
    yield Ratio("FTS5's COUNT(*) of a common word over ours", p95["capped"], p95["counted"], "ms", 20, at_least=True)


def _against_tantivy(
    cache: Cache, folder: Path, queries: Sequence[Drawn], ours: Sequence[tuple[Drawn, float]], rounds: int
) -> Ratio:
    """The first page by tantivy's own order, of the queries that its language has too."""
    import tantivy

    index: Any = _tantivy_index(tantivy, cache, folder)
    searcher = index.searcher()
    kinds = ("a common word", "two words", "a phrase")
    theirs: list[float] = []
    for drawn in queries:
        if drawn.kind in kinds:
            text = drawn.text.partition("[")[0]
            if drawn.kind == "two words":
                text = " AND ".join(text.split())
            query = index.parse_query(text, ["title", "abstract"])
            theirs.append(min(_took(searcher.search, query, PAGE) for _ in range(rounds)))
    p95 = _p95(took for drawn, took in ours if drawn.kind in kinds)
    return Ratio("first page, against tantivy's, words and phrases, 95th percentile", p95, _p95(theirs), "ms", 1)


def _tantivy_index(tantivy: Any, cache: Cache, folder: Path) -> Any:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("title", stored=False)
    schema.add_text_field("abstract", stored=False)
    schema.add_integer_field("pmid", stored=True, fast=True)
    if (folder / "meta.json").exists():
        return tantivy.Index.open(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema.build(), path=str(folder))
    writer = index.writer(200_000_000, 1)
    for pmid, kept in cache.records.iter_xml(cache.records.pmids("pmid")):
        record = parse_record(kept.xml)
        abstract = " ".join(section.text for section in record.abstract.sections)
        writer.add_document(tantivy.Document(pmid=pmid, title=str(record.title), abstract=abstract))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _by_kind(times: dict[Any, list[tuple[Drawn, float]]]) -> Iterator[str]:
    for order, measured in times.items():
        for kind in _EACH:
            took = [each for drawn, each in measured if drawn.kind == kind]
            yield f"{order}, {kind}: {percentile(took, 0.5):.2f} ms, 95th percentile {_p95(took):.2f} ms"


def _behind(cache: Cache, common: Sequence[str]) -> str:
    """What comes after the page."""
    questions = [cache.search.read(query) for query in islice(common, 5)]
    cache.sets.tally(questions[0])
    took = [_took(cache.sets.tally, question) for question in questions]
    return f"exact total and years of a common word, behind the page: {percentile(took, 0.5):.0f} ms"


if __name__ == "__main__":
    main()
