"""Records to text in a format: the one table of formats, and the names of the files.

A format is a module of this room and a row of `FORMATS`. Writers stream: they take records one at a time and give
pieces of text, so that a million records need no more memory than one.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tui.export import json, jsonl, nbib, xml
from tui.model.problem import Problem
from tui.model.record import Record
from tui.model.results import Kept


class Format(NamedTuple):
    """A format that records can be written in."""

    name: str
    """What ``--format`` takes."""
    suffix: str
    """Of a file's name, with the dot."""
    label: str
    """What a list of formats shows."""
    write: Callable[[Iterable[Kept]], Iterator[str]]
    """Gives the text in pieces, to be encoded as UTF-8."""
    parsed: bool = True
    """Whether it reads the records; if not, their XML is all that it needs."""


class UnknownFormat(Problem):
    """There is no format of that name."""

    exit_status = 2


def _ris(records: Iterable[Kept]) -> Iterator[str]:
    from tui.export import ris  # noqa: PLC0415 - rispy takes as long to import as all the rest of this room

    return ris.write(records)


def _bibtex(records: Iterable[Kept]) -> Iterator[str]:
    from tui.export import bibtex  # noqa: PLC0415 - its tables and those of the languages are for it alone

    return bibtex.write(records)


def _csl(records: Iterable[Kept]) -> Iterator[str]:
    from tui.export import csl  # noqa: PLC0415 - as above

    return csl.write(records)


def _csv(records: Iterable[Kept]) -> Iterator[str]:
    from tui.export import csv  # noqa: PLC0415 - what cites and tabulates is not wanted by those who only look

    return csv.write(records)


def _markdown(records: Iterable[Kept]) -> Iterator[str]:
    from tui.export import markdown  # noqa: PLC0415 - as above

    return markdown.write(records)


FORMATS = (
    Format("ris", ".ris", "RIS, for Zotero, EndNote, Mendeley and JabRef", _ris),
    Format("nbib", ".nbib", "MEDLINE/nbib, PubMed's own text format", nbib.write),
    Format("bibtex", ".bib", "BibTeX, for LaTeX with BibTeX or biblatex", _bibtex),
    Format("csl-json", ".json", "CSL-JSON, for pandoc and other CSL processors", _csl),
    Format("csv", ".csv", "CSV, a table for a spreadsheet", _csv),
    Format("markdown", ".md", "Markdown, a reading list", _markdown),
    Format("json", ".json", "JSON, the complete record", json.write),
    Format("jsonl", ".jsonl", "JSON Lines, the complete record on one line", jsonl.write),
    Format("xml", ".xml", "XML, PubMed's own", xml.write, parsed=False),
)


def by_name(name: str) -> Format:
    """The format of that name, in capitals or not. Raises `UnknownFormat`."""
    for format in FORMATS:
        if format.name == name.strip().lower():
            return format
    names = [format.name for format in FORMATS]
    near = difflib.get_close_matches(name.strip().lower(), names, n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise UnknownFormat(f"There is no export format {name!r}.", f"{meant}The formats are {', '.join(names)}.")


_UNSAFE = re.compile(r"[^a-z0-9]+")
_LONGEST_AUTHOR = 40


def suggested_name(record: Record | None, count: int, format: Format, today: date) -> str:
    """A file name of letters, digits, ``.`` and ``-``: ``karnoub-2007-17914389.ris`` for one record,
    ``pubmed-20261121-12-records.ris`` for `count` of them where `record` is None."""
    if record is None:
        return f"pubmed-{today:%Y%m%d}-{count}-records{format.suffix}"
    author = record.authors[0] if record.authors else None
    name = (author.collective_name or author.last_name or author.fore_name) if author else ""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    parts = [_UNSAFE.sub("-", letters)[:_LONGEST_AUTHOR].strip("-") or "pubmed", str(record.date.year_number or "")]
    return "-".join([*filter(None, parts), str(record.pmid)]) + format.suffix
