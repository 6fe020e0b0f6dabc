"""What a search or a look-up gives back: records with where they came from, pages of them, waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.model.problem import Problem
    from tui.model.record import Record


class Origin(NamedTuple):
    """Where a kept record came from, and when."""

    source: str
    """``PubMed``, or the name of the file it was imported from, or ``the demo library``."""
    retrieved: float
    """Unix time in seconds."""


class Kept(NamedTuple):
    """A record as it is kept: its values, its original XML, and its origin."""

    record: Record
    xml: bytes
    """The element as it was received, UTF-8: PubmedArticle, PubmedBookArticle, MedlineCitation or BookDocument."""
    origin: Origin


class Row(NamedTuple):
    """What a list of results shows of a record; read from the cache without parsing anything."""

    pmid: int
    year: int
    """0 where no year is known."""
    journal: str
    """ISO abbreviation, or the book's title."""
    author: str
    """``Karnoub AE``, the group's name, or an empty string."""
    more_authors: bool
    title: str
    retracted: bool
    concern: bool


def row_of(record: Record) -> Row:
    """The row of a record."""
    authors = record.authors or tuple(person for people in record.author_lists for person in people.people)
    return Row(
        record.pmid,
        record.date.year_number,
        record.journal.abbreviation or (record.book.title if record.book else ""),
        authors[0].short if authors else "",
        len(authors) > 1 or not record.authors_complete,
        record.title or (record.book.title if record.book else ""),
        record.retracted,
        record.concern,
    )


class Translation(NamedTuple):
    """How the query was understood, in the words of the one who answered it."""

    text: str = ""
    """PubMed's QueryTranslation; offline, the words that were searched."""
    not_found: tuple[str, ...] = ()
    """Phrases and fields that PubMed did not find and left out."""
    ignored: tuple[str, ...] = ()
    """Words that PubMed ignores, and its other warnings."""
    suggestion: str = ""
    """A corrected spelling of the whole query."""


class Asked(NamedTuple):
    """A search of the history."""

    number: int
    query: str
    asked: float
    """When it was last made, Unix time."""
    offline: bool
    """Whether it was then answered by what is kept."""
    total: int
    """How many records answered it then."""
    before: int
    """How many had answered it the time before, in the same place; -1 for the first time."""
    newest: int
    """The highest PMID that had answered it the time before; those above it are new. 0 where that is not known."""
    saved: str
    """The name it was saved under; empty where it was not."""


class Since(NamedTuple):
    """What has become of a search since it was last made in the same place."""

    asked: float
    """When that was, Unix time."""
    now: float
    """When it was made this time."""
    more: int
    """How many more records answer it now; fewer where it is negative."""
    newest: int
    """The highest PMID that answered it then: those above it are new. 0 where that is not known."""


class ResultPage(NamedTuple):
    """What is known of a search so far. A search yields several of these, each one more complete."""

    query: str
    pmids: tuple[int, ...] = ()
    """All ids known, in order of the answer; of some the record may not be there yet."""
    total: int = 0
    """How many records answer the query."""
    reachable: int = 0
    """How many of them can be paged to: PubMed serves the first 9,999."""
    translation: Translation = Translation()
    rows: tuple[Row, ...] = ()
    """Records that became known since the page before."""
    offline: bool = False
    """Whether the cache answered, and not PubMed."""
    kept: bool = False
    """Whether these are the ids of the last time, shown until PubMed's own answer arrives."""
    complete: bool = False
    """Whether this is the last page of its series: nothing more is on its way."""
    problem: Problem | None = None
    """Why a fresh answer could not be had, where what is shown is what was kept."""
    sort: str = ""
    """The order, by ESearch's names: ``relevance``, ``pub_date``, ``Author``, ``JournalName``; empty: newest first."""
    exact: bool = True
    """Whether all that answer were put in this order, and not only the likeliest among them."""
    capped: bool = False
    """Whether there are more than `total`, which were not counted yet."""
    unfinished: bool = False
    """Whether the query was being typed, its last word taken for the beginning of one."""
    years: tuple[tuple[int, int], ...] = ()
    """Offline: how many were published in each year, the earliest first, as far as any were; of 0 no year is known."""
    since: Since | None = None
    """Where the search was made before."""


class Wait(NamedTuple):
    """A pause before a request is tried again; it can be cancelled."""

    seconds: float
    attempt: int
    """The number of the attempt that follows, from 2."""
    attempts: int
    why: str
    """``PubMed is busy``, ``The answer was cut short`` ... : a clause that begins the sentence."""
    doing: str
    """``searching`` or ``fetching``."""
