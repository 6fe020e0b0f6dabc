"""Search PubMed, or with --offline the records kept here. One line a record: PMID, year, journal, first author,
title, with tabs between."""

from __future__ import annotations

import argparse
import asyncio
import json
from contextlib import aclosing

from tui.cli.opening import EmptyQuery, library, query_of
from tui.cli.outcome import tell
from tui.library import Library
from tui.model.orders import BY_WORD
from tui.model.results import ResultPage
from tui.present import rows, status

_FIRST = 200


def add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY", help="a query in PubMed's language")
    parser.add_argument("--offline", action="store_true", help="search what is kept; open no connection")
    parser.add_argument("--limit", type=_limit, default=50, metavar="N", help="at most this many records (50)")
    parser.add_argument(
        "--sort",
        choices=tuple(BY_WORD),
        default="entry",
        help="best match, entry date, publication date, first author or journal; the newest entry first, if not said",
    )
    parser.add_argument("--json", action="store_true", help="one object: query, translation, count, pmids, records")


def _limit(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) <= 9 and int(word)):
        raise argparse.ArgumentTypeError(f"{word[:40]!r} is not a number of records, 1 or more")
    return int(word)


def run(words: argparse.Namespace) -> int:
    return asyncio.run(_run(words))


async def _run(words: argparse.Namespace) -> int:
    query = query_of(words.query)
    if not (query.strip() or words.offline):
        raise EmptyQuery
    async with library(offline=words.offline) as records:
        page = await found(records, query, BY_WORD[words.sort].sort, words.limit)
        pmids = page.pmids[: words.limit]
        if words.json:
            await _print_json(records, page, pmids)
        else:
            for row in await records.rows(pmids):
                print(rows.line(row))
        _say(page, len(pmids))
    return 0


async def found(records: Library, query: str, sort: str, limit: int) -> ResultPage:
    """The answer with `limit` ids, or all there are, and their records. Raises Problem; never half an answer."""
    page = ResultPage(query)
    async with aclosing(records.search(query, sort, min(limit, _FIRST))) as pages:
        async for page in pages:
            _complete(page)
    while len(page.pmids) < min(limit, page.reachable):
        before = len(page.pmids)
        async with aclosing(records.more(page, min(limit - before, _FIRST))) as pages:
            async for page in pages:
                _complete(page)
        if len(page.pmids) == before:
            break
    return page


def _complete(page: ResultPage) -> None:
    """A script must not take what happens to be kept here for PubMed's answer."""
    if page.problem is not None:
        raise page.problem


async def _print_json(records: Library, page: ResultPage, pmids: tuple[int, ...]) -> None:
    from tui.export.json import as_values  # noqa: PLC0415 - only for this form

    answer = {
        "query": page.query,
        "translation": page.translation._asdict(),
        "count": page.total,
        "pmids": list(pmids),
        "records": [as_values(kept.record) for kept in await records.kept(pmids)],
    }
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def _say(page: ResultPage, printed: int) -> None:
    """How the query was understood, and why the list is short, on standard error."""
    count = status.count(page._replace(pmids=page.pmids[:printed]))
    if page.offline and printed < page.total:
        count = f"{printed:,} of {count}"
    for line in (count, status.understood(page), "" if page.exact else status.order(page)):
        if line:
            tell(line)
