"""Markdown: a reading list. Of each record its title as a heading, the reference with links, what warns of it, its
abstract, and its subjects, grants and data.

Foreign text is escaped for CommonMark and for what GitHub, Pandoc and others add to it: nothing in a record becomes
a heading, a list, a link, a picture or HTML, but for the five tags of PubMed's own markup (``i b u sub sup``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.export import words
from tui.export.citation import citation
from tui.export.reference import Reference, escape_markdown, run_of
from tui.export.titles import title_of
from tui.model.clean import one_line
from tui.model.languages import spoken
from tui.model.record import Record
from tui.model.results import Kept


def write(records: Iterable[Kept]) -> Iterator[str]:
    """One record a piece, its paragraphs parted by empty lines."""
    for kept in records:
        yield "".join(f"{paragraph}\n\n" for paragraph in _paragraphs(kept.record))


def _paragraphs(record: Record) -> Iterator[str]:
    title = title_of(record)
    yield f"## {Reference((title,)).markdown() if title.text else f'PMID {record.pmid}'}"
    yield citation(record, "nlm").markdown()
    yield from (f"> **{escape_markdown(one_line(warning).strip())}**" for warning in words.warnings(record))
    for section in words.sections(record):
        label = escape_markdown(one_line(section.label).rstrip(": ").strip())
        text = Reference((run_of(section.text),)).markdown()
        yield f"**{label}:** {text}" if label else text
    for name, values in (
        ("MeSH", map(words.heading, record.mesh)),
        ("Keywords", (keyword.text for each in record.keyword_lists for keyword in each.keywords)),
        ("Grants", map(words.grant, record.grants)),
        ("Data", (f"{bank.name}: {', '.join(bank.accessions)}" for bank in record.data_banks)),
        ("Languages", spoken(record.languages)),
        ("Publication types", (term.name for term in record.publication_types)),
    ):
        listed = "; ".join(line for value in values if (line := one_line(value)))
        if listed:
            yield f"**{name}:** {escape_markdown(listed)}"
