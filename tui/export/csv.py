"""CSV: a table for a spreadsheet or a script, one record a row (RFC 4180: commas, quotes doubled, CRLF).

It begins with a byte order mark, without which a spreadsheet takes UTF-8 for something else; scripts read it with
``utf-8-sig``. A cell is one line. A cell that a spreadsheet would take for a formula gets an apostrophe in front, and
so does one that looks like this already, so that taking it away again is safe. Several values in a cell are parted
by ``; ``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator

from tui.export import words
from tui.export.imprint import expanded, printed_pages
from tui.export.links import pubmed_address
from tui.export.titles import abbreviated
from tui.model import languages
from tui.model.clean import one_line
from tui.model.record import Record
from tui.model.results import Kept

_MARK = "\ufeff"
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What begins a formula (OWASP, "CSV Injection"; full-width forms too), with the apostrophes that stand before it."""

COLUMNS: dict[str, Callable[[Record], str | Iterable[str]]] = {
    "PMID": lambda record: str(record.pmid),
    "PMCID": lambda record: record.pmcid,
    "DOI": lambda record: record.doi,
    "Title": lambda record: record.title or (record.book.title if record.book else ""),
    "Authors": lambda record: map(words.inverted, words.authors(record)),
    "Journal or book": lambda record: record.book.title if record.book else record.journal.title,
    "Abbreviation": lambda record: abbreviated(record.journal),
    "Year": lambda record: str(record.date.year_number or ""),
    "Date": lambda record: str(record.date),
    "Volume": lambda record: record.issue.volume or (record.book.volume if record.book else ""),
    "Issue": lambda record: record.issue.issue,
    "Pages": lambda record: expanded(printed_pages(record)),
    "ISSN or ISBN": lambda record: (record.journal.issn, *(record.book.isbns if record.book else ())),
    "Abstract": words.abstract,
    "MeSH": lambda record: map(words.heading, record.mesh),
    "Keywords": lambda record: (keyword.text for each in record.keyword_lists for keyword in each.keywords),
    "Grants": lambda record: map(words.grant, record.grants),
    "Languages": lambda record: map(languages.named, record.languages),
    "Publication types": lambda record: (term.name for term in record.publication_types),
    "Data": lambda record: (f"{bank.name}: {', '.join(bank.accessions)}" for bank in record.data_banks),
    "Retraction": words.warnings,
    "Editors": lambda record: map(words.inverted, words.editors(record)),
    "Publisher": lambda record: record.book.publisher if record.book else "",
    "URL": lambda record: pubmed_address(record.pmid),
}
"""The heading of each column, and what stands in it."""


class _Line:
    """Where the writer puts a row, to have it back as text."""

    def write(self, text: str) -> str:
        return text


def write(records: Iterable[Kept]) -> Iterator[str]:
    """The headings, then a row a piece."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield _MARK + str(writer.writerow(COLUMNS))
    for kept in records:
        yield str(writer.writerow([_cell(value(kept.record)) for value in COLUMNS.values()]))


def _cell(value: str | Iterable[str]) -> str:
    text = one_line(value) if isinstance(value, str) else "; ".join(line for each in value if (line := one_line(each)))
    return f"'{text}" if _FORMULA.match(text) else text
