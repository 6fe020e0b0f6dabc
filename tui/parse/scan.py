"""An article read for the index, in a third of the parser's time: all of it but references, notes and objects.

It is walked from section to section, and each is read by a pattern that describes every byte of it. A section that
departs from its pattern goes to the reader which the parser has for it; an article that holds anything this file has
not heard of is not read at all. Nothing is ever guessed, so that the record is the parser's own: a test shows it on
every real file.
"""

from __future__ import annotations

import re
from typing import Any

from tui.model.dates import PartialDate
from tui.model.record import Issue, Journal, Node, Pagination, Record
from tui.parse.patterns import VALUE, Unsure, attributes, end, leaf, leaves, maybe, start, tidied
from tui.parse.sections import ARTICLE, CITATION, NEXT, PUBMED_DATA, Section, Tree
from tui.parse.stream import NotPubMedXml
from tui.parse.tree import suspect, tree_of

_REFERENCES = b"<ReferenceList>"
_REFERENCES_END = b"</ReferenceList>"


def scan(xml: bytes) -> Record | None:
    """The record of a PubmedArticle without references, notes and objects; None where only the parser can tell.

    What stands in the references is not looked at.
    """
    try:
        xml = _without_references(xml)
        if (b"!" in xml and b"<!" in xml) or (b"]" in xml and b"]]>" in xml) or suspect(xml):
            return None
        return _record(xml.decode())
    except (Unsure, NotPubMedXml, UnicodeDecodeError):
        return None


def _without_references(xml: bytes) -> bytes:
    """Raises Unsure where lists of references stand in each other."""
    begin = xml.find(_REFERENCES)
    if begin < 0:
        return xml
    rest = xml[begin:]
    while rest.startswith(_REFERENCES):
        end = rest.find(_REFERENCES_END)
        if end < 0 or rest.find(_REFERENCES, 1, end) >= 0:
            raise Unsure
        rest = rest[end + len(_REFERENCES_END) :].lstrip()
    return xml[:begin].rstrip() + rest


def _date(tag: str) -> str:
    return maybe(start(tag), leaf("Year"), leaves("Month", "Day"), end(tag))


_HEAD = re.compile(
    start("PubmedArticle")
    + start("MedlineCitation", "((?: [^<>]*+)?)")
    + leaf("PMID", f'(?: Version="{VALUE}")?')
    + _date("DateCreated")
    + _date("DateCompleted")
    + _date("DateRevised")
    + start("Article", f'(?: PubModel="{VALUE}")?')
    + start("Journal")
    + maybe(leaf("ISSN", f' IssnType="{VALUE}"'))
    + start("JournalIssue", f'(?: CitedMedium="{VALUE}")?')
    + leaves("Volume", "Issue")
    + start("PubDate")
    + leaves("Year", "Month", "Day", "Season", "MedlineDate")
    + end("PubDate")
    + end("JournalIssue")
    + leaves("Title", "ISOAbbreviation")
    + end("Journal")
    + leaves("ArticleTitle")
    + maybe(start("Pagination"), leaves("StartPage", "EndPage", "MedlinePgn"), end("Pagination"))
)
_INFO = re.compile(
    start("MedlineJournalInfo")
    + leaves("Country", "MedlineTA", "NlmUniqueID", "ISSNLinking")
    + end("MedlineJournalInfo")
)
_DATA = re.compile(start("PubmedData"))

_DEFAULTS = (*(Record._field_defaults.get(name) for name in Record._fields), "")
"""The last one is where the sections go that are left out."""
_NO_DATE = PartialDate()
_COMPLETED, _TITLE, _JOURNAL, _ISSUE, _MODEL, _PAGINATION = map(
    Record._fields.index, ("completed", "title", "journal", "issue", "publication_model", "pagination")
)


def _record(text: str) -> Record:
    """Raises Unsure and NotPubMedXml."""
    head = _HEAD.match(text)
    if head is None:
        raise Unsure
    about, *texts = head.groups("")
    (
        version, pmid,
        created_year, created_month, created_day,
        completed_year, completed_month, completed_day,
        revised_year, revised_month, revised_day,
        model, issn_type, issn, medium, volume, issue, year, month, day, season, medline_date, title, iso,
        heading, first, last, pages,
    ) = tidied(texts)  # fmt: skip
    if not (pmid.isdigit() and pmid.isascii() and len(pmid) <= 9):
        raise Unsure
    citation = attributes(about).get
    values: list[Any] = list(_DEFAULTS)
    values[: _COMPLETED + 2] = (
        int(pmid), version or "1",
        citation("Status", ""), citation("Owner", ""), citation("IndexingMethod", ""),
        citation("VersionID", ""), citation("VersionDate", ""),
        PartialDate(created_year, created_month, created_day) if created_year else _NO_DATE,
        PartialDate(completed_year, completed_month, completed_day) if completed_year else _NO_DATE,
        PartialDate(revised_year, revised_month, revised_day) if revised_year else _NO_DATE,
    )  # fmt: skip
    values[_MODEL] = model
    values[_ISSUE] = Issue(volume, issue, PartialDate(year, month, day, season, medline_date), medium)
    if heading:
        values[_TITLE] = heading
    if first or last or pages:
        values[_PAGINATION] = Pagination(pages, first, last)
    at = _walk(text, head.end(), ARTICLE, "/Article", values)
    info = _INFO.match(text, at)
    if info is None:
        raise Unsure
    country, abbreviation, unique_id, linking = tidied(info.groups(""))
    values[_JOURNAL] = Journal(title, iso, abbreviation, issn, issn_type, linking, unique_id, country)
    at = _walk(text, info.end(), CITATION, "/MedlineCitation", values)
    if data := _DATA.match(text, at):
        at = _walk(text, data.end(), PUBMED_DATA, "/PubmedData", values)
    if text[at:].strip() != "</PubmedArticle>":
        raise Unsure
    values.pop()
    return tuple.__new__(Record, values)  # the constructor, a function in Python, takes three times as long


def _walk(text: str, at: int, sections: dict[str, Section], last: str, values: list[Any]) -> int:
    """Read sections until the tag `last`; what stands behind it. Raises Unsure where anything else comes."""
    while found := NEXT(text, at):
        tag, about = found.groups()
        section = sections.get(tag)
        if section is None:
            if tag == last:
                return found.end()
            break
        begin = found.end()
        end = text.find(f"</{tag}>", begin)
        if end < 0:
            break
        field, pattern, tree, many, complete = section
        try:
            value = pattern(text[begin:end], about)
        except Unsure:
            value = None
        if value is None:
            value = _by_tree(tree, text[at : end + len(tag) + 3])
        at = end + len(tag) + 3
        if many:
            value = (*values[field], value)
        elif values[field] is not _DEFAULTS[field]:
            raise Unsure
        values[field] = value
        if complete >= 0:
            values[complete] = attributes(about).get("CompleteYN") != "N"
    raise Unsure


def _by_tree(tree: Tree, element: str) -> Any:
    extra: list[Node] = []
    value = tree(tree_of(element.strip().encode()), extra)
    if extra:
        raise Unsure
    return value
