-- The tables as they are now. Whoever changes them adds a step to upgrades.py that leads there.
-- PMIDs are the row ids: the newest records are at the end of every table, in the order PubMed numbered them.
-- Times are Unix seconds. Dates are yyyymmdd, 0 where not known.

-- One row: whether whoever wrote last also closed the file (1), or is still at work or was cut off (0).
CREATE TABLE state (
    clean INTEGER NOT NULL
) STRICT;
INSERT INTO state VALUES (1);

-- What a list of results shows of each record, and what decides which of two copies is the newer one.
CREATE TABLE record (
    pmid INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,       -- PMID's Version
    revised INTEGER NOT NULL,       -- DateRevised
    retrieved REAL NOT NULL,
    origin TEXT NOT NULL,           -- PubMed, or the name of a file
    seen REAL NOT NULL,             -- when it was last shown or listed; 0 for never
    published INTEGER NOT NULL,
    journal TEXT NOT NULL,          -- ISO abbreviation, or the book's title
    author TEXT NOT NULL,           -- the first one
    more_authors INTEGER NOT NULL,
    title TEXT NOT NULL,
    retracted INTEGER NOT NULL,
    concern INTEGER NOT NULL
) STRICT;

-- Imported records were never seen: they cost this index nothing.
CREATE INDEX record_seen ON record (seen) WHERE seen > 0;

-- The original XML, apart from the rest so that lists stay small: of several records in one piece. See packing.py.
CREATE TABLE block (
    id INTEGER PRIMARY KEY,
    codec INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;

-- How many records stand in each block. Apart from it, because SQLite writes a whole row anew.
CREATE TABLE live (
    block INTEGER PRIMARY KEY,
    records INTEGER NOT NULL
) STRICT;

-- Where the XML of each record stands.
CREATE TABLE source (
    pmid INTEGER PRIMARY KEY,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,         -- bytes, in the block's XML
    length INTEGER NOT NULL,
    digest INTEGER NOT NULL         -- of the record's XML: see packing.py
) STRICT;

-- The words of each record, by kind. It keeps no text, only where words stand: see terms.py.
CREATE VIRTUAL TABLE words USING fts5 (
    title, abstract, authors, journal, mesh, grants, keywords, ids,
    content = '', contentless_delete = 1, detail = full, tokenize = 'unicode61 remove_diacritics 2'
);
-- How much is gathered in memory before it is written, in bytes: a third more records a second than with the default.
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
-- Pieces of the index are joined sixteen at a time, little by little: half as often as with the default, and never all
-- at once, for which others would have to wait. A piece of a piece fills a page.
INSERT INTO words (words, rank) VALUES ('automerge', 16), ('crisismerge', 64), ('pgsz', 8100);

-- Records of which only the XML can be relied on: parse it again and put them.
CREATE TABLE stale (
    pmid INTEGER PRIMARY KEY
) STRICT;

-- What NLM has withdrawn: an older file that still has it does not bring it back. See withdrawn.py.
CREATE TABLE withdrawn (
    pmid INTEGER PRIMARY KEY,
    source TEXT NOT NULL,           -- the file that said so
    edition INTEGER NOT NULL,       -- its place among NLM's files; 0 for one that is not named as they are
    revised INTEGER NOT NULL        -- the latest DateRevised that was known by then
) STRICT;

-- PMIDs that PubMed did not return when asked, and when that was.
CREATE TABLE missing (
    pmid INTEGER PRIMARY KEY,
    noted REAL NOT NULL
) STRICT;

-- What PubMed last answered to a query.
CREATE TABLE search (
    id INTEGER PRIMARY KEY,
    query TEXT NOT NULL,
    sort TEXT NOT NULL,
    asked REAL NOT NULL,
    total INTEGER NOT NULL,         -- how many records answered it
    translation TEXT NOT NULL,      -- model.results.Translation as JSON
    pmids TEXT NOT NULL,            -- in the order of the answer, one blank between
    UNIQUE (query, sort)
) STRICT;
CREATE INDEX search_asked ON search (asked);

-- Records as rendered plain text, so that showing one again parses nothing.
CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    pmid INTEGER NOT NULL,
    width INTEGER NOT NULL,         -- columns
    made_by TEXT NOT NULL,          -- what rendered it: another version renders anew
    until REAL NOT NULL,            -- when the text stops being true, such as "3 days ago"
    text TEXT NOT NULL,
    UNIQUE (pmid, width)
) STRICT;

-- How far the import of a file came; the same name with another content is another file.
CREATE TABLE bookmark (
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    done INTEGER NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (name, size, digest)
) STRICT, WITHOUT ROWID;
