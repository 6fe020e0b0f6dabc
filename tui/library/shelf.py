"""Records as values over the cache's bytes: parse what is kept, keep what was parsed. Synchronous.

What the cache cannot keep (a full disk, a read-only folder) is held until the program ends (`tui.library.held`), and
`take_notice` says so, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tui.cache import Cache, CacheError, ReadOnly
from tui.library.held import Held
from tui.model.record import Record
from tui.model.results import Kept, Origin, ResultPage, Row, Since, row_of

if TYPE_CHECKING:
    from tui.cache.search import Order
    from tui.parse import Reader

_HELD = "What is fetched now is only held until the program ends."
_STALE_STEP = 200
ORDERS: dict[str, Order] = {
    "": "newest",
    "relevance": "relevance",
    "pub_date": "published",
    "Author": "author",
    "JournalName": "journal",
}
"""The orders of the cache by the names that ESearch gives to its own."""


def faults_of(path: Path) -> tuple[str, ...]:
    """What a quick look at the file finds wrong with it, on a connection of its own: reading goes on meanwhile."""
    cache = Cache.open(path)
    try:
        return cache.check(quick=True)
    finally:
        cache.close()


class Shelf:
    """What one thread does with the cache. Open it, use it and close it in that thread."""

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self.today = today
        self._notices: list[str] = []
        self._told: set[type[CacheError]] = set()
        """Why nothing can be kept, as far as the reader knows of it."""
        self._held = Held()
        self._absent: dict[int, float] = {}
        """As `absent`, where that could not be noted."""
        self._scratch: TemporaryDirectory[str] | None = None
        self.cache = self._opened(path)
        if self.cache.notice:
            self._notices.append(self.cache.notice)
        if self.cache.read_only:
            self._told.add(ReadOnly)

    def _opened(self, path: Path) -> Cache:
        """The cache; where it cannot or must not be used, one for this time only, so that reading goes on."""
        try:
            return Cache.open(path)
        except CacheError as problem:
            self._notices.append(f"{problem} {_HELD}")
        self._scratch = TemporaryDirectory(prefix="pubmed-tui-")
        return Cache.open(Path(self._scratch.name) / path.name)

    def close(self) -> None:
        self._held.close()
        self.cache.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    def take_notice(self) -> str:
        """What the reader should know of the cache and was not told yet; an empty string for nothing."""
        notice, self._notices = " ".join(self._notices), []
        return notice

    @property
    def unclean(self) -> bool:
        """Whether whoever wrote last was cut off, and the file should be looked at."""
        return self.cache.unclean

    def looked_at(self, faults: Sequence[str]) -> None:
        """What a look at the file has shown."""
        if faults:
            self._notices.append(f"{faults[0]} Start the program again to have the cache mended.")
        else:
            self.cache.unclean = False

    def index_some(self) -> int:
        """Index again some of the records of which the index is out of date; how many, 0 where none is any more."""
        if self.cache.read_only:
            return 0
        stale = self.cache.records.stale(_STALE_STEP)
        if stale:
            self.cache.records.put(self.several(stale), seen=False)
        elif self.cache.mesh.version() and not self.cache.mesh.exploded():
            self.cache.mesh.note_exploded()
        return len(stale)

    def kept(self, pmid: int) -> Kept | None:
        """The record, parsed from its kept XML. Raises CacheError, NotPubMedXml."""
        stored = self._held.get(pmid) if pmid in self._held else self.cache.records.get(pmid)
        from tui.parse import parse_record  # noqa: PLC0415 - in this thread, while the screen is drawn in its own

        return Kept(parse_record(stored.xml), stored.xml, stored.origin) if stored else None

    def several(self, pmids: Iterable[int]) -> list[Kept]:
        """The records that are kept of these, in this order. Raises CacheError, NotPubMedXml."""
        from tui.parse import parse_records  # noqa: PLC0415 - as above

        kept = self.unparsed(pmids)
        records = parse_records([each.xml for each in kept])
        return [each._replace(record=record) for each, record in zip(kept, records, strict=True)]

    def unparsed(self, pmids: Iterable[int]) -> list[Kept]:
        """The same, of each record only its PMID. Raises CacheError."""
        pmids = list(pmids)
        stored = self.cache.records.get_many(pmid for pmid in pmids if pmid not in self._held)
        found = {pmid: Kept(Record(pmid), each.xml, each.origin) for pmid, each in stored.items()}
        found |= {pmid: self._held.get(pmid) for pmid in pmids if pmid in self._held}
        return [found[pmid] for pmid in pmids if pmid in found]

    def rows(self, pmids: Sequence[int]) -> tuple[Row, ...]:
        """List rows of the records that are kept of these, in this order."""
        found = self.cache.records.rows(pmids)
        held = self.several(pmid for pmid in pmids if pmid in self._held)
        found |= {kept.record.pmid: row_of(kept.record) for kept in held}
        return tuple(found[pmid] for pmid in pmids if pmid in found)

    def ages(self, pmids: Sequence[int]) -> dict[int, float]:
        """When each of these was retrieved (Unix seconds); those that are not kept are left out."""
        return self.cache.records.retrieved(pmids) | self._held.retrieved(pmids)

    def absent(self, pmids: Sequence[int]) -> dict[int, float]:
        """Which of these PubMed did not return when it was last asked, and when that was."""
        absent = self.cache.records.missing(pmids)
        return absent | {pmid: self._absent[pmid] for pmid in pmids if pmid in self._absent}

    def due(self, pmids: Sequence[int], old: float, asked: float) -> list[int]:
        """Those of these to ask PubMed for, each once: not kept or retrieved before `old`, but none that it did not
        have when it was asked after `asked`; Unix seconds."""
        ages, absent = self.ages(pmids), self.absent(pmids)
        missing = [pmid for pmid in dict.fromkeys(pmids) if pmid not in ages or ages[pmid] < old]
        return [pmid for pmid in missing if pmid not in absent or absent[pmid] < asked]

    def take(self, reader: Reader, data: bytes, wanted: set[int], origin: Origin) -> list[Kept]:
        """Feed bytes that arrived to `reader`, and keep the records they complete, if they were asked for.

        Raises NotPubMedXml.
        """
        from tui.parse import Parsed  # noqa: PLC0415 - as above

        return self.keep(
            [
                Kept(parsed.record, parsed.xml, origin)
                for parsed in reader.feed(data)
                if isinstance(parsed, Parsed) and parsed.record.pmid in wanted
            ]
        )

    def keep(self, records: list[Kept]) -> list[Kept]:
        """Keep these records; what is kept of each now, which may be a newer copy that was there already."""
        if not records:
            return []
        try:
            older = self.cache.records.put(records).older
        except CacheError as problem:
            self._tell(problem)
            for kept in records:
                self._absent.pop(kept.record.pmid, None)
            self._held.put(records)
            return records
        return [self.kept(kept.record.pmid) or kept for kept in records] if older else records

    def mark_seen(self, pmids: Sequence[int], now: float) -> None:
        self._quietly(lambda: self.cache.records.mark_seen(pmids, now))

    def note_missing(self, pmids: Sequence[int], now: float) -> None:
        """Note that PubMed was asked for these and did not return them."""
        try:
            self.cache.records.note_missing(pmids, now)
        except CacheError as problem:
            self._tell(problem)
            self._absent.update(dict.fromkeys(pmids, now))

    def search(self, query: str, *, limit: int) -> ResultPage:
        """The cache's own answer, in PubMed's query language. Raises QueryError, CacheError."""
        search = self.cache.search
        question = search.read(query, today=self.today())
        pmids = search.page(question, limit=limit)
        total = search.count(question)
        return ResultPage(query, pmids, total, total, question.translation, offline=True)

    def further(self, page: ResultPage, limit: int) -> tuple[int, ...]:
        """The next PMIDs of a page that the cache has answered. Raises QueryError, CacheError."""
        search = self.cache.search
        question = search.read(page.query, unfinished=page.unfinished, today=self.today())
        return search.page(question, limit=limit, offset=len(page.pmids), order=ORDERS[page.sort])

    def as_sent(self, query: str) -> str:
        """The query with what it takes from the history written out. Raises QueryError."""
        from tui.query import parse, unparse  # noqa: PLC0415 - a record is shown without the language of queries
        from tui.query.errors import told_of  # noqa: PLC0415 - as above
        from tui.query.mapping import with_past  # noqa: PLC0415 - as above
        from tui.query.tree import Past, leaves  # noqa: PLC0415 - as above

        node = parse(query)
        if node is None or not any(isinstance(leaf, Past) for leaf in leaves(node)):
            return query
        with told_of(query):
            return unparse(with_past(node, self.cache.history.node))

    def note_search(self, page: ResultPage, now: float) -> ResultPage:
        """Note in the history that a query was answered; the page with what has changed since the last time."""
        query = page.query.strip()
        if not query:
            return page
        history = self.cache.history
        try:
            last = history.of(query)
            newest = self._newest(page)
            noted = history.note(query, asked=now, offline=page.offline, total=page.total, newest=newest)
        except CacheError as problem:
            self._tell(problem)
            return page
        if last is None or noted.before < 0:
            return page
        return page._replace(since=Since(last.asked, now, noted.total - noted.before, noted.newest))

    def save_search(self, page: ResultPage, name: str, now: float) -> None:
        """Save a search under a name. Raises CacheError."""
        history, query = self.cache.history, page.query.strip()
        known = history.of(query) or history.note(
            query, asked=now, offline=page.offline, total=page.total, newest=self._newest(page)
        )
        history.save(known.number, name)

    def _newest(self, page: ResultPage) -> int:
        """The highest PMID of all that answer; 0 where it is not known."""
        if not page.sort or len(page.pmids) >= page.total:
            return max(page.pmids, default=0)
        search = self.cache.search
        return max(search.page(search.read(page.query, today=self.today()), limit=1), default=0) if page.offline else 0

    def last_answer(self, query: str, sort: str) -> ResultPage | None:
        """What PubMed answered the last time this was asked."""
        kept = self.cache.searches.get(query, sort)
        if kept is None:
            return None
        return ResultPage(query, kept.pmids, kept.total, kept.total, kept.translation, kept=True, sort=sort)

    def keep_answer(self, page: ResultPage, now: float) -> None:
        self._quietly(
            lambda: self.cache.searches.put(
                page.query, page.sort, pmids=page.pmids, total=page.total, translation=page.translation, asked=now
            )
        )

    def keep_rendered(self, pmid: int, width: int, made_by: str, until: float, text: str) -> None:
        """Keep the page of a record as text, for the next time it is shown before `until`."""
        if not self.cache.read_only and pmid not in self._held:
            self.cache.pages.put(pmid, width, made_by, until, text)

    def _quietly(self, write: Callable[[], object]) -> None:
        """Write what is only convenient to have: that it cannot be kept is no reason to stop."""
        try:
            write()
        except CacheError as problem:
            self._tell(problem)

    def _tell(self, problem: CacheError) -> None:
        """Say why nothing is kept, once for each reason."""
        if type(problem) not in self._told:
            self._told.add(type(problem))
            self._notices.append(f"{problem} {_HELD}")
