"""From no file, or from an older schema, to the tables of schema.sql.

Row n of the ladder leads from version n to n + 1: SQL, or a function of the connection. All missing steps run in one
transaction, after a copy of the file was made beside it (``pubmed.db.before-upgrade-N``, N being the version it has).
Where new columns have to be read from the records, a step says ``INSERT OR IGNORE INTO stale SELECT pmid FROM record``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tui.cache.connection import PAGE_SIZE, Connection
from tui.cache.errors import CacheError, ReadOnly, TooNew

APPLICATION_ID = 0x50624D64
"""``PbMd``, in the header of the file: it is one of ours."""

Step = str | Callable[[Connection], None]

_MESH = """
    CREATE TABLE vocabulary (
        version TEXT NOT NULL
    ) STRICT;
    CREATE TABLE heading (
        ui TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        codec INTEGER NOT NULL,
        details BLOB NOT NULL
    ) STRICT;
    CREATE INDEX heading_name ON heading (name);
    CREATE INDEX heading_folded ON heading (folded);
    CREATE TABLE heading_term (
        folded TEXT NOT NULL,
        ui TEXT NOT NULL,
        PRIMARY KEY (folded, ui)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE heading_tree (
        number TEXT PRIMARY KEY,
        parent TEXT NOT NULL,
        ui TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX heading_parent ON heading_tree (parent);
    CREATE INDEX heading_place ON heading_tree (ui);
"""

_SEARCH = """
    ALTER TABLE state ADD COLUMN exploded TEXT NOT NULL DEFAULT '';
    DROP TABLE words;
    CREATE VIRTUAL TABLE words USING fts5 (
        keys, abstract, title, keywords, vocabulary, affiliations, names, source, grants, ids, "groups", vernacular,
        interests, content = '', contentless_delete = 1, detail = full, tokenize = "ascii tokenchars '_'"
    );
    INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
    CREATE TABLE term (
        term TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE history (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        query TEXT NOT NULL UNIQUE,
        asked REAL NOT NULL,
        offline INTEGER NOT NULL,
        total INTEGER NOT NULL,
        before INTEGER NOT NULL,
        newest INTEGER NOT NULL,
        reached INTEGER NOT NULL,
        saved TEXT NOT NULL
    ) STRICT;
    INSERT OR IGNORE INTO stale SELECT pmid FROM record;
"""
"""What a record is found by changed altogether: each is read again from its XML."""


def _to_2(connection: Connection) -> None:
    """XML in blocks, where each had been packed by itself; the index as it is now; what NLM has withdrawn."""
    from tui.cache.packing import unpack  # noqa: PLC0415 - hardly ever wanted, and opening is to be quick
    from tui.cache.sources import Sources  # noqa: PLC0415 - as above

    connection.rows("""
        CREATE TABLE block (id INTEGER PRIMARY KEY, codec INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
        CREATE TABLE live (block INTEGER PRIMARY KEY, records INTEGER NOT NULL) STRICT;
        CREATE TABLE withdrawn (
            pmid INTEGER PRIMARY KEY, source TEXT NOT NULL, edition INTEGER NOT NULL, revised INTEGER NOT NULL
        ) STRICT;
        INSERT INTO words (words, rank) VALUES ('automerge', 16), ('crisismerge', 64), ('pgsz', 8100);
        ALTER TABLE source RENAME TO source_1;
        CREATE TABLE source (
            pmid INTEGER PRIMARY KEY, block INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
            digest INTEGER NOT NULL
        ) STRICT;
    """)

    def xmls() -> Iterator[tuple[int, bytes]]:
        for pmid, codec, packed in connection.stream("SELECT pmid, codec, xml FROM source_1 ORDER BY pmid"):
            xml = unpack(codec, packed)
            if xml is None:
                raise connection.found_damaged()
            yield pmid, xml

    Sources(connection).add(xmls())
    connection.rows("DROP TABLE source_1")
    connection.rows(_MESH)
    connection.rows(_SEARCH)


LADDER: tuple[Step, ...] = (_to_2,)


def connect(path: Path, *, read_only: bool = False, ladder: Sequence[Step] = LADDER) -> Connection:
    """Open a file with the tables as they are now.

    Makes them in an empty file and upgrades older ones. Raises TooNew for a file made by a newer version and
    CacheError for another program's: neither is touched.
    """
    connection = Connection(path, read_only=read_only)
    try:
        _establish(connection, ladder)
        connection.settle()
    except CacheError:
        connection.close()
        raise
    return connection


def _establish(connection: Connection, ladder: Sequence[Step]) -> None:
    wanted = len(ladder) + 1
    version = _version(connection, wanted)
    if version == wanted:
        return
    if connection.read_only:
        raise ReadOnly(
            f"The cache file {connection.path} has to be {'upgraded' if version else 'made'}, but cannot be written.",
            "Check that you may write it and its folder.",
        )
    if version == 0:
        connection.rows(f"PRAGMA page_size = {PAGE_SIZE}")
    with connection.transaction(mark=False):
        version = _version(connection, wanted)  # another copy may have been quicker
        if version == 0:
            connection.rows(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))
        elif version < wanted:
            _back_up(connection, version)
            for step in ladder[version - 1 :]:
                if callable(step):
                    step(connection)
                else:
                    connection.rows(step)
        connection.rows(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.rows(f"PRAGMA user_version = {wanted}")


def _version(connection: Connection, wanted: int) -> int:
    """The schema the file has; 0 for a file without any."""
    (application,), (version,), (tables,) = (
        *connection.rows("PRAGMA application_id"),
        *connection.rows("PRAGMA user_version"),
        *connection.rows("SELECT count(*) FROM sqlite_schema"),
    )
    if application == 0 and tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise CacheError(
            f"The file {connection.path} belongs to another program.", "Move it away, then start the program again."
        )
    if tables == 0:
        raise connection.found_damaged()
    if version > wanted:
        raise TooNew(
            f"The cache file {connection.path} was made by a newer version of the program (schema {version}; "
            f"this one knows {wanted}).",
            "Upgrade the program. The file was not touched.",
        )
    return int(version)


def _back_up(connection: Connection, version: int) -> None:
    backup = connection.path.with_name(f"{connection.path.name}.before-upgrade-{version}")
    unfinished = backup.with_name(backup.name + ".part")
    connection.copy_to(unfinished)
    unfinished.replace(backup)
