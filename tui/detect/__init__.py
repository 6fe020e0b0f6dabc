"""Things recognised in a record's own words: research resources, research tools, data, and NIH projects.

Nothing is guessed from names; only identifiers count, and each is told once, at the first place where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.detect.accessions import accessions, banked
from tui.detect.nih import Award, Project, award, award_of, projects, query_for
from tui.detect.rrid import SOFTWARE, rrids
from tui.model.finding import Finding
from tui.model.record import Record

__all__ = ["Award", "Project", "award", "award_of", "data", "projects", "query_for", "resources", "tools"]


def resources(record: Record) -> tuple[Finding, ...]:
    """Research resources used: the RRIDs of antibodies, cell lines, organisms, plasmids."""
    return _once(finding for finding in _all_rrids(record) if finding.kind != SOFTWARE)


def tools(record: Record) -> tuple[Finding, ...]:
    """Research tools detected: the RRIDs of software, databases and core facilities."""
    return _once(finding for finding in _all_rrids(record) if finding.kind == SOFTWARE)


def data(record: Record) -> tuple[Finding, ...]:
    """Data used: what PubMed's data banks list, then the accession numbers in the text."""
    return _once(
        [
            *(finding for bank in record.data_banks for finding in banked(bank)),
            *(finding for place, text in _texts(record) for finding in accessions(text, place)),
        ]
    )


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    yield "title", record.title
    for abstract in (record.abstract, *record.other_abstracts):
        for section in abstract.sections:
            yield "abstract", section.text
    for keywords in record.keyword_lists:
        for keyword in keywords.keywords:
            yield "keywords", keyword.text


def _all_rrids(record: Record) -> Iterator[Finding]:
    for place, text in _texts(record):
        yield from rrids(text, place)


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.id.casefold(), finding)
    return tuple(first.values())
