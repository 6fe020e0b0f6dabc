"""What is done with a damaged file: it is set aside, never deleted, and what can be read of it is moved to a new one.

Any step may be cut off: the mark stays until all is done, and the next opening goes on from there. Words and
pages are not read from the damaged file, as they can be derived again; nor is the MeSH vocabulary, as its file can be
loaded again, nor are the bookmarks of imports, because an import may have to fill the gaps.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

import apsw

from tui.cache import damage
from tui.cache.connection import Connection, create_file
from tui.cache.errors import Damaged, Locked, problem
from tui.cache.packing import unpack, unpack_to
from tui.cache.sources import Place, Sources
from tui.cache.upgrades import connect

TYPE_CHECKING = False  # typing.TYPE_CHECKING, without the import: it takes longer than opening the cache
if TYPE_CHECKING:
    from typing import Any

_PARTS = ("-wal", "-shm", "")
"""What a file in WAL mode consists of; the main part last: where it is set aside, the others are."""

_LAST_KEY = 2**40
_PROBES = 20_000
"""How often to try on the far side of a damaged place before the rest is given up: about a second."""
_BATCH = 1000
_BLOCKS_HELD = 8
"""As records are read in the order of their numbers, and nearly all blocks were written in it."""
_PIECE = 4096
_LARGEST = 1 << 30
"""Bytes of XML; a block has some megabytes."""

_READ_RECORDS = (
    "SELECT pmid, version, revised, retrieved, origin, seen, published, journal, author, more_authors, title, "
    "retracted, concern FROM record WHERE pmid BETWEEN ? AND ? ORDER BY pmid"
)
_KEEP_RECORD = "INSERT OR IGNORE INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_READ_PLACES = "SELECT pmid, block, start, length, digest FROM source WHERE pmid BETWEEN ? AND ? ORDER BY pmid"
_READ_SOURCES_1 = "SELECT pmid, codec, xml FROM source WHERE pmid BETWEEN ? AND ? ORDER BY pmid"
_READ_SEARCHES = (
    "SELECT id, query, sort, asked, total, translation, pmids FROM search WHERE id BETWEEN ? AND ? ORDER BY id"
)
_READ_WITHDRAWN = "SELECT pmid, source, edition, revised FROM withdrawn WHERE pmid BETWEEN ? AND ? ORDER BY pmid"
_KEEP_WITHDRAWN = "INSERT OR IGNORE INTO withdrawn VALUES (?, ?, ?, ?)"
_KEEP_SEARCH = "INSERT OR IGNORE INTO search VALUES (?, ?, ?, ?, ?, ?, ?)"

# XML without its list columns is a record still, and list columns without their XML are not.
_MATCH_UP = """
    INSERT OR IGNORE INTO record SELECT pmid, 0, 0, 0, '', 0, 0, '', '', 0, '', 0, 0 FROM source;
    DELETE FROM record WHERE pmid NOT IN (SELECT pmid FROM source);
    INSERT OR IGNORE INTO stale SELECT pmid FROM source;
"""


def rescue(path: Path) -> str:
    """Set the file at `path` aside and begin a new one with what can be read of it; a sentence about it.

    The sentence is empty where another process has just done it. Raises Locked while another copy of the program
    has the file open.
    """
    damage.mark(path)
    try:
        mark = damage.lock(path)
    except apsw.Error as error:
        raise problem(error, path) or error from error
    try:
        if not damage.marked(path):
            return ""
        aside = damage.aside(path)
        if not aside.exists():
            _set_aside(path, aside)
        create_file(path)
        new = connect(path)
        try:
            kept = _move(aside, new)
        finally:
            new.close()
        damage.unmark(path)
    finally:
        mark.close()
    return f"The cache was damaged. It was set aside as {aside.name}, and {kept:,} records were moved to a new one."


def _set_aside(path: Path, aside: Path) -> None:
    if not damage.headless(path) and _in_use(path):
        raise Locked(
            f"The cache file {path} is damaged, and another copy of the program has it open.",
            "Close the other copy, then start this one again.",
        )
    for part in _PARTS:
        source, target = path.with_name(path.name + part), aside.with_name(aside.name + part)
        if target.exists():
            source.unlink(missing_ok=True)  # only made since the last attempt, by looking whether it is in use
        elif source.exists():
            source.rename(target)


def _in_use(path: Path) -> bool:
    try:
        connection = Connection(path)
        try:
            return not connection.alone()
        finally:
            connection.close()
    except Damaged:
        return False


def _move(aside: Path, new: Connection) -> int:
    """Copy what can be read; how many records the new file has."""
    if damage.headless(aside):
        return 0
    old = apsw.Connection(
        f"{aside.absolute().as_uri()}?mode=ro", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    )
    try:
        old.pragma("writable_schema", True)  # lets SQLite read a file that is shorter than it says
        _keep(new, _KEEP_RECORD, _sound(old, _READ_RECORDS))
        if blocks := _has_blocks(old):
            _keep(new, _KEEP_WITHDRAWN, _sound(old, _READ_WITHDRAWN))
        xmls = _xmls(old) if blocks else _xmls_1(old)
        while batch := dict(islice(xmls, _BATCH)):
            with new.transaction():
                Sources(new).release(batch)  # what an earlier attempt has moved
                Sources(new).add(batch.items())
        _keep(new, _KEEP_SEARCH, _sound(old, _READ_SEARCHES))
        with new.transaction():
            new.rows(_MATCH_UP)
    finally:
        old.close()
    return int(new.rows("SELECT count(*) FROM source")[0][0])


def _keep(new: Connection, sql: str, rows: Iterator[tuple[Any, ...]]) -> None:
    while batch := list(islice(rows, _BATCH)):
        with new.transaction():
            for row in batch:
                try:
                    new.rows(sql, row)
                except apsw.ConstraintError:
                    continue  # what was read is not of the type that was written


def _has_blocks(old: apsw.Connection) -> bool:
    """Whether the XML stands in blocks, as it does since version 2 of the tables."""
    try:
        return bool(list(old.execute("SELECT 1 FROM sqlite_schema WHERE name = 'block'")))
    except apsw.Error:
        return True


def _xmls_1(old: apsw.Connection) -> Iterator[tuple[int, bytes]]:
    for pmid, codec, packed in _sound(old, _READ_SOURCES_1):
        xml = unpack(codec, packed) if isinstance(packed, bytes) else None
        if xml is not None:
            yield pmid, xml


def _xmls(old: apsw.Connection) -> Iterator[tuple[int, bytes]]:
    """The XML of each record that is as it was stored, those before the damaged place of a block included."""
    block = lru_cache(_BLOCKS_HELD)(partial(_readable, old))
    for pmid, *place in _sound(old, _READ_PLACES):
        if all(isinstance(number, int) for number in place):
            there = Place(*place)
            xml = there.of(block(there.block))
            if xml is not None:
                yield pmid, xml


def _readable(old: apsw.Connection, id: int) -> bytes:
    """The XML of a block up to what is damaged of it."""
    packed = bytearray()
    codec = 0
    try:
        codec = next(iter(old.execute("SELECT codec FROM block WHERE id = ?", (id,))))[0]
        with old.blob_open("main", "block", "data", id, False) as blob:
            while piece := blob.read(_PIECE):
                packed += piece
    except (apsw.Error, StopIteration):
        pass
    return unpack_to(codec, bytes(packed), _LARGEST)


def _sound(old: apsw.Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows that can be read, those beyond damaged places included.

    Where reading stops, the keys that are left are halved, and both halves are tried, large ones first.
    """
    spans = deque([(1, _LAST_KEY)])
    probes = _PROBES
    while spans and probes:
        low, high = spans.popleft()
        probes -= 1
        try:
            for row in old.execute(sql, (low, high)):
                low = row[0] + 1
                yield row
        except apsw.NotADBError:
            return  # the first page is lost, and with it where anything is
        except (apsw.Error, UnicodeDecodeError):
            middle = (low + high) // 2
            if low < high:
                spans += (low, middle), (middle + 1, high)
