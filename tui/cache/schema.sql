-- The tables as they are now. Whoever changes them adds a step to upgrades.py that leads there.
-- PMIDs are the row ids: the newest records are at the end of every table, in the order PubMed numbered them.
-- Times are Unix seconds. Dates are yyyymmdd, 0 where not known.

-- One row. clean: whether whoever wrote last also closed the file (1), or is still at work or was cut off (0).
CREATE TABLE state (
    clean INTEGER NOT NULL,
    exploded TEXT NOT NULL DEFAULT ''   -- the MeSH under whose broader headings every record is found; empty for none
) STRICT;
INSERT INTO state VALUES (1, '');

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

-- What each record is found by: see terms.py. It keeps no text, only where words stand. The ascii tokenizer takes every
-- character beyond ASCII for a part of a word: what divides words was decided before, in model/folding.py.
CREATE VIRTUAL TABLE words USING fts5 (
    keys, abstract, title, keywords, vocabulary, affiliations, names, source, grants, ids, "groups", vernacular, interests,
    content = '', contentless_delete = 1, detail = full, tokenize = "ascii tokenchars '_'"
);
-- How much is gathered in memory before it is written, in bytes: a third more records a second than with the default.
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
-- Pieces of the index are joined sixteen at a time, little by little: half as often as with the default, and never all
-- at once, for which others would have to wait. A piece of a piece fills a page.
INSERT INTO words (words, rank) VALUES ('automerge', 16), ('crisismerge', 64), ('pgsz', 8100);

-- The words in ``words`` that can be found by their beginning, and some that were: see truncation.py.
CREATE TABLE term (
    term TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

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

-- Every search that was made, each query once.
CREATE TABLE history (
    number INTEGER PRIMARY KEY AUTOINCREMENT,   -- a number once given is never another query's
    query TEXT NOT NULL UNIQUE,
    asked REAL NOT NULL,            -- last time
    offline INTEGER NOT NULL,       -- whether what is kept answered then
    total INTEGER NOT NULL,
    before INTEGER NOT NULL,        -- how many there were the time before; -1 for the first time
    newest INTEGER NOT NULL,        -- the highest PMID there was the time before; 0 for the first time
    reached INTEGER NOT NULL,       -- the highest PMID there was the last time
    saved TEXT NOT NULL             -- a name; empty where it is not saved
) STRICT;

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

-- MeSH as NLM publishes it once a year: all of it from one file, replaced whole by the next.
CREATE TABLE vocabulary (
    version TEXT NOT NULL           -- such as 2026; no row where none was loaded
) STRICT;
CREATE TABLE heading (
    ui TEXT PRIMARY KEY,            -- D001943; a tree number where only the tree file was loaded
    name TEXT NOT NULL,             -- as it stands on records
    folded TEXT NOT NULL,           -- see mesh.py
    codec INTEGER NOT NULL,
    details BLOB NOT NULL           -- model.mesh.MeshDescriptor as JSON, packed as a source is
) STRICT;
CREATE INDEX heading_name ON heading (name);
CREATE INDEX heading_folded ON heading (folded);
-- By which other names a heading is found.
CREATE TABLE heading_term (
    folded TEXT NOT NULL,
    ui TEXT NOT NULL,
    PRIMARY KEY (folded, ui)
) STRICT, WITHOUT ROWID;
-- Where each heading stands. What is below a number begins with it and a dot.
CREATE TABLE heading_tree (
    number TEXT PRIMARY KEY,        -- C04.588.180
    parent TEXT NOT NULL,           -- C04.588; of C04 the category, C
    ui TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX heading_parent ON heading_tree (parent);
CREATE INDEX heading_place ON heading_tree (ui);
