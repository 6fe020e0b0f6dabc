"""A record as a page to read: the record pane draws it, `show` prints it, so that the two cannot disagree.

Every section is there for every record; one that has nothing says so, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui import detect
from tui.detect import nih
from tui.model import languages
from tui.model.dates import PartialDate
from tui.model.finding import Finding
from tui.model.record import Abstract, Keyword, Person, Record, Reference, ReferenceList, Section, Term
from tui.model.relations import RELATIONS, RelationKind
from tui.model.results import Kept, Origin
from tui.present import ages, grants, mesh
from tui.present.addresses import doi_url, pmc_url, pubmed_url
from tui.present.blocks import Block, Page, Run, Target, heading, item, none_found, paragraph
from tui.present.history import DATES

TERMS = (
    "Bibliographic data: courtesy of the U.S. National Library of Medicine, under its terms of use; NLM does not "
    "endorse this program. The abstract may be under its publisher's copyright."
)
_NONE_STATED = "none stated by PubMed"


def page(kept: Kept, now: float) -> Page:
    """The whole record. `now` is Unix time, for the age."""
    record = kept.record
    return (
        *_banners(record),
        *_head(record),
        *_abstract(record),
        *_identifiers(record),
        *_dates(record),
        *_types(record),
        *_substances(record),
        *_keywords(record),
        *_mesh(record),
        *_relations(record),
        *_references(record),
        *_findings(
            "Research resources used", detect.resources(record), "no RRID is named in the title, abstract or keywords"
        ),
        *_findings(
            "Research tools detected",
            detect.tools(record),
            "no tool's RRID is named in the title, abstract or keywords",
        ),
        *_findings(
            "Data used",
            detect.data(record),
            "none stated by PubMed, and no accession number is named in the title, abstract or keywords",
        ),
        *_grants(record),
        *_people(record),
        *_book(record),
        *_statements(record),
        *_source(kept.origin, record, now),
    )


def journal_line(record: Record) -> str:
    """``Nature. 2007 Oct 4;449(7162):557-63``, as PubMed writes it."""
    issue = record.issue
    if record.book:
        place = ": ".join(part for part in (record.book.publisher_location, record.book.publisher) if part)
        return ". ".join(part for part in (f"In: {record.book.title}", place, str(record.date)) if part)
    volume = issue.volume + (f"({issue.issue})" if issue.issue else "")
    pages = record.pagination.medline or "-".join(p for p in (record.pagination.start, record.pagination.end) if p)
    where = volume + (f":{pages}" if pages else "")
    line = ";".join(part for part in (str(record.date), where) if part)
    name = record.journal.abbreviation  # older ones end with a full stop of their own
    return f"{name.removesuffix('.')}. {line}" if name and line else name or line


def _banners(record: Record) -> Iterator[Block]:
    if record.retracted:
        yield Block((Run("RETRACTED: this publication has been retracted"),), "banner")
    if record.concern:
        yield Block((Run("An expression of concern has been published about this article"),), "banner")


def _head(record: Record) -> Iterator[Block]:
    title = record.title or (record.book.title if record.book else "")
    yield Block((Run(title or "[No title stated]", "strong"),), "title")
    if record.vernacular_title:
        yield paragraph(record.vernacular_title)
    names = [_author(person) for person in record.authors]
    if names:
        text = ", ".join(names) + ("" if record.authors_complete else ", et al. (PubMed lists only these)")
        yield paragraph(text, "accent")
        if any(person.equal_contribution == "Y" for person in record.authors):
            yield paragraph("* contributed equally", "dim")
    else:
        yield paragraph("No authors stated.", "dim")
    yield paragraph(journal_line(record)) if journal_line(record) else paragraph("No journal stated.", "dim")
    details = [record.journal.title if record.journal.title != record.journal.abbreviation else ""]
    details += [", ".join(languages.named(code) for code in record.languages if code != "eng")]
    if any(details):
        yield paragraph(". ".join(part for part in details if part), "dim")


def _author(person: Person) -> str:
    return person.short + ("*" if person.equal_contribution == "Y" else "")


def _abstract(record: Record) -> Iterator[Block]:
    yield heading("Abstract")
    if not record.abstract.sections:
        yield none_found(_NONE_STATED)
    yield from _sections(record.abstract)
    for other in record.other_abstracts:
        language = languages.named(other.language)
        kind = other.kind.replace("-", " ")
        yield heading(f"Other abstract ({', '.join(part for part in (kind, language) if part)})")
        yield from _sections(other)


def _sections(abstract: Abstract) -> Iterator[Block]:
    for section in abstract.sections:
        label = (Run(f"{section.label}: ", "label"),) if section.label else ()
        yield Block((*label, Run(section.text)))
    if abstract.copyright:
        yield paragraph(abstract.copyright, "dim")


def _identifiers(record: Record) -> Iterator[Block]:
    yield heading("Identifiers")
    yield item(Run("PubMed ID  ", "dim"), Run(str(record.pmid), "", Target("url", pubmed_url(record.pmid))))
    yield _identifier("DOI        ", record.doi, doi_url(record.doi))
    yield _identifier("PMCID      ", record.pmcid, pmc_url(record.pmcid))
    for identifier in (*record.ids, *record.other_ids):
        if identifier.value and identifier.kind not in ("pubmed", "doi", "pmc"):
            yield item(Run(f"{identifier.kind:<10} ", "dim"), Run(identifier.value))
    for isbn in record.book.isbns if record.book else ():
        yield item(Run("ISBN       ", "dim"), Run(isbn))


def _identifier(label: str, value: str, url: str) -> Block:
    if not value:
        return item(Run(label, "dim"), Run("none stated", "dim"))
    return item(Run(label, "dim"), Run(value, "", Target("url", url) if url else None))


def _dates(record: Record) -> Iterator[Block]:
    yield heading("Dates")
    dates = [(DATES["published"], record.issue.date)]
    dates += [(f"{date.kind} publication", date.date) for date in record.article_dates]
    dates += [(DATES.get(entry.status, entry.status), entry.date) for entry in record.history]
    dates += [("Created", record.created), ("Completed", record.completed), ("Revised", record.revised)]
    if record.book:
        dates += [("Contributed", record.book.contributed), ("Book published", record.book.date)]
        dates += [("Book begun", record.book.beginning), ("Book ended", record.book.ending)]
    stated = [(name, date) for name, date in dates if date != PartialDate()]
    if not stated:
        yield none_found(_NONE_STATED)
        return
    yield paragraph(" · ".join(f"{name} {_date(date)}" for name, date in stated))


def _date(date: PartialDate) -> str:
    return date.iso if date.day_number and date.iso else str(date)


def _types(record: Record) -> Iterator[Block]:
    yield heading("Publication types")
    if not record.publication_types:
        yield none_found(_NONE_STATED)
        return
    runs: list[Run] = []
    for term in record.publication_types:
        runs += [Run(" · ")] if runs else []
        runs.append(Run(term.name, "warning" if term.name == "Retracted Publication" else ""))
    yield Block(tuple(runs))


def _substances(record: Record) -> Iterator[Block]:
    yield heading("Substances")
    names = [
        substance.name + (f" ({substance.registry_number})" if substance.registry_number not in ("", "0") else "")
        for substance in record.substances
    ]
    yield paragraph(" · ".join(names)) if names else none_found(_NONE_STATED)
    if record.supplementary_concepts:
        yield heading("Supplementary concepts")
        yield paragraph(" · ".join(_concept(term) for term in record.supplementary_concepts))
    if record.gene_symbols:
        yield heading("Gene symbols")
        yield paragraph(" · ".join(record.gene_symbols))


def _concept(term: Term) -> str:
    return f"{term.name} ({term.kind})" if term.kind else term.name


def _keywords(record: Record) -> Iterator[Block]:
    yield heading("Keywords")
    stated = [keywords for keywords in record.keyword_lists if keywords.keywords]
    if not stated:
        yield none_found(_NONE_STATED)
    for keywords in stated:
        owner = "" if keywords.owner == "NOTNLM" else f"{keywords.owner}: "
        yield Block((Run(owner, "dim"), Run(" · ".join(_keyword(keyword) for keyword in keywords.keywords))))


def _keyword(keyword: Keyword) -> str:
    return keyword.text + ("*" if keyword.major else "")


def _mesh(record: Record) -> Iterator[Block]:
    yield heading("MeSH terms")
    groups = mesh.groups(record)
    if not groups:
        yield none_found(mesh.why_none(record))
    for name, headings in groups:
        yield Block((Run(f"{name}: ", "dim"), Run(" · ".join(mesh.words(one) for one in headings))))


def _relations(record: Record) -> Iterator[Block]:
    yield heading("Related publications")
    shown = [relation for relation in record.relations if relation.kind != "Cites"]
    if not shown:
        yield none_found("no comment, correction or retraction stated by PubMed")
    for relation in shown:
        kind = RELATIONS.get(relation.kind, RelationKind(relation.kind))
        target = Target("record", str(relation.pmid)) if relation.pmid else None
        note = f" {relation.note}" if relation.note else ""
        number = f" PMID {relation.pmid}" if relation.pmid else ""
        yield item(
            Run(f"{kind.words}: ", "warning" if kind.grave else "label"),
            Run(f"{relation.source}{number}", "", target),
            Run(note, "dim"),
        )


def _references(record: Record) -> Iterator[Block]:
    cited = [relation for relation in record.relations if relation.kind == "Cites"]
    count = sum(_count(references) for references in record.reference_lists) + len(cited)
    stated = f", {record.number_of_references} stated" if record.number_of_references else ""
    yield heading(f"References ({count}{stated})" if count or stated else "References")
    if not count:
        yield none_found("not offered; PubMed has no reference list of this record")
    for references in record.reference_lists:
        yield from _reference_list(references)
    for relation in cited:
        target = Target("record", str(relation.pmid)) if relation.pmid else None
        yield item(Run(relation.source, "", target))


def _count(references: ReferenceList) -> int:
    return len(references.references) + sum(_count(inner) for inner in references.lists)


def _reference_list(references: ReferenceList) -> Iterator[Block]:
    if references.title:
        yield paragraph(references.title, "label")
    for number, reference in enumerate(references.references, 1):
        yield item(Run(f"{number}. ", "dim"), Run(reference.citation, "", _cited(reference)))
    for inner in references.lists:
        yield from _reference_list(inner)


def _cited(reference: Reference) -> Target | None:
    ids = {identifier.kind: identifier.value for identifier in reference.ids}
    pmid = ids.get("pubmed", "")
    if pmid.isdigit() and pmid.isascii():
        return Target("record", pmid)
    url = doi_url(ids.get("doi", "")) or pmc_url(ids.get("pmc", ""))
    return Target("url", url) if url else None


def _findings(name: str, findings: Iterable[Finding], why_none: str) -> Iterator[Block]:
    yield heading(name)
    empty = True
    for finding in findings:
        empty = False
        stated = finding.place == "data banks"
        place = "stated by PubMed" if stated else f"detected in the {finding.place}"
        target = Target("url", finding.url) if finding.url else None
        yield item(Run(f"{finding.kind}: ", "label"), Run(finding.id, "", target), Run(f" ({place})", "dim"))
    if empty:
        yield none_found(f"{why_none}; the full text is not searched")


def _grants(record: Record) -> Iterator[Block]:
    yield heading("Associated grants")
    projects = nih.projects(record.grants)
    if not projects:
        yield none_found(_NONE_STATED)
    for project in projects:
        yield item(grants.name(project), Run(f"  {grants.funder(project)}", "dim"))
        for number in grants.awards(project):
            yield item(Run(number), indent=4)
    if not record.grants_complete:
        yield paragraph("PubMed's list is not complete.", "dim")


def _people(record: Record) -> Iterator[Block]:
    details = [person for person in record.authors if person.affiliations or person.orcid]
    if details:
        yield heading("Author details")
        for person in details:
            orcid = f"  ORCID {person.orcid}" if person.orcid else ""
            target = Target("url", f"https://orcid.org/{person.orcid}") if orcid else None
            yield item(Run(person.full, "label"), Run(orcid, "", target))
            for affiliation in person.affiliations:
                yield item(Run(affiliation.text), indent=2)
    for name, lists in (
        ("Editors", [people for people in record.author_lists if people.kind == "editors"]),
        ("Book authors and editors", list(record.book.authors) if record.book else []),
        ("Investigators", list(record.investigator_lists)),
    ):
        people = [person for group in lists for person in group.people if person.valid]
        if people:
            yield heading(name)
            yield paragraph(", ".join(person.short for person in people))
    if record.name_subjects:
        yield heading("People written about")
        yield paragraph(", ".join(person.full for person in record.name_subjects))


def _book(record: Record) -> Iterator[Block]:
    if record.book is None:
        return
    if record.book.sections:
        yield heading("Contents")
        yield from _contents(record.book.sections, 0)
    for items in record.book.items:
        yield heading(items.kind)
        yield paragraph(" · ".join(items.items))


def _contents(sections: Iterable[Section], depth: int) -> Iterator[Block]:
    for section in sections:
        label = f"{section.label} " if section.label else ""
        yield item(Run(label, "dim"), Run(section.title), indent=2 * depth)
        yield from _contents(section.sections, depth + 1)


def _statements(record: Record) -> Iterator[Block]:
    for name, text in (
        ("Conflict of interest", record.conflict_of_interest),
        ("Notes", " ".join(f"{note.text} ({note.owner})" for note in record.notes)),
        ("Space flight missions", " · ".join(record.space_flight_missions)),
    ):
        if text:
            yield heading(name)
            yield paragraph(text)


def _source(origin: Origin, record: Record, now: float) -> Iterator[Block]:
    yield heading("Source")
    yield paragraph(
        f"From {origin.source}, retrieved {ages.day(origin.retrieved)} ({ages.age(origin.retrieved, now)})."
    )
    status = ", ".join(part for part in (record.status, record.publication_status) if part)
    yield paragraph(f"Version {record.version} of the record" + (f", status {status}." if status else "."), "dim")
    yield paragraph(TERMS, "dim")
