"""When and where something appeared, in each style's words: dates, volume with supplement, pages.

PubMed keeps supplements and parts in Volume or in Issue, as its publisher sends them (``119 Suppl 1``,
``12 Suppl 7``, ``(Pt 2)``), and of a date that spans months only free text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.export.pages import pages
from tui.model.clean import one_line
from tui.model.dates import MONTHS, PartialDate
from tui.model.record import Pagination, Record

_FULL = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MLA = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_YEARS = re.compile(r"\b(?:1[5-9]|20)[0-9]{2}\b")
_SPAN = re.compile(
    rf"(?P<year>[0-9]{{4}})? ?(?P<first>{'|'.join(MONTHS)})[a-z]* ?[0-9]*"
    rf" ?[-/\u2013] ?(?P<later>[0-9]{{4}})? ?(?P<last>{'|'.join(MONTHS)})"
)
_SEASON = re.compile(r"\b(Spring|Summer|Autumn|Fall|Winter)\b", re.IGNORECASE)

_SUPPLEMENT = re.compile(
    r"(?P<number>.*?)[\s,(]*\b(?P<kind>Suppl(?:ement)?|Pt|Part)\b\.?\s*(?P<which>[^()]*)\)?", re.IGNORECASE
)
_TOKEN = re.compile(r"[^\s,;]+")
_RANGE = re.compile("[-\u2010-\u2015\u2212]")
_MANY_DIGITS = re.compile(r"(?:.*[A-Za-z].*[0-9]{5}|.*[0-9]{6})")


def leading_date(record: Record) -> PartialDate:
    """The date of the version that counts: the electronic one where PubModel says that it came out first for good
    (Electronic-Print, Electronic-eCollection), else the issue's."""
    if record.publication_model in ("Electronic-Print", "Electronic-eCollection") and record.article_dates:
        return record.article_dates[0].date
    return record.date


def ahead_of_print(record: Record) -> bool:
    """Whether the article waits for its issue (PublicationStatus)."""
    return record.publication_status == "aheadofprint"


def preprint(record: Record) -> bool:
    return any(term.name == "Preprint" for term in record.publication_types)


def years(date: PartialDate) -> str:
    """``2007``, or ``1998-1999`` where the date spans two; empty where no year is known."""
    found = list(dict.fromkeys(_YEARS.findall(date.medline_date or date.year)))
    return "-".join([found[0], found[-1]]) if len(found) > 1 else "".join(found)


def american_date(date: PartialDate) -> str:
    """``October 4, 2007``, ``October 2007``, ``2007``: AMA and APA."""
    if not (date.year_number and date.month_number):
        return years(date)
    day = f" {date.day_number}," if date.day_number else ""
    return f"{_FULL[date.month_number - 1]}{day} {date.year_number}"


def apa_date(date: PartialDate, *, precise: bool) -> str:
    """``2007``; `precise`, ``2007, October`` or ``2021, Winter``, for what has no volume; ``n.d.`` for none."""
    year = years(date).replace("-", "\u2013")
    if not precise or not year:
        return year or "n.d."
    season = _season(date).capitalize()
    month = season or (_FULL[date.month_number - 1] if date.month_number else "")
    day = f" {date.day_number}" if date.day_number and month and not season else ""
    return f"{year}, {month}{day}" if month else year


def mla_date(date: PartialDate) -> str:
    """``4 Oct. 2007``, ``Nov.-Dec. 1997``, ``Dec. 1998-Jan. 1999``, ``spring 2003``, ``2007``."""
    span = _SPAN.search(date.medline_date or f"{date.year} {date.season}")
    if span:
        first, last = (_MLA[MONTHS.index(span[name])] for name in ("first", "last"))
        year, later = span["year"] or date.year, span["later"] or ""
        return f"{first} {year}-{last} {later}" if later and later != year else f"{first}-{last} {year}"
    year, season = years(date), _season(date)
    if season and year:
        return f"{season} {year}"
    if not (date.month_number and date.year_number):
        return year
    return " ".join(filter(None, (str(date.day_number or ""), _MLA[date.month_number - 1], str(date.year_number))))


def _season(date: PartialDate) -> str:
    found = _SEASON.search(date.season or date.medline_date)
    return found[1].lower() if found else ""


class Numbers(NamedTuple):
    """Volume and issue with what PubMed writes into them taken apart."""

    volume: str = ""
    issue: str = ""
    kind: str = ""
    """``suppl`` or ``pt``, empty for neither."""
    which: str = ""
    """The supplement's or part's own number, where it has one."""

    @property
    def extra(self) -> str:
        """``suppl 1``."""
        return " ".join(part for part in (self.kind, self.which) if part)


def numbers(record: Record) -> Numbers:
    """``119 Suppl 1`` is volume 119, supplement 1; ``12 Suppl 7`` issue 12, supplement 7."""
    volume, issue = one_line(record.issue.volume), one_line(record.issue.issue)
    for place, text in (("issue", issue), ("volume", volume)):
        found = _SUPPLEMENT.fullmatch(text)
        if found:
            kind = "suppl" if found["kind"].lower().startswith("suppl") else "pt"
            taken = Numbers(volume, issue, kind, found["which"].strip())
            return taken._replace(**{place: found["number"].strip()})
    return Numbers(volume, issue)


def expanded_pages(pagination: Pagination, dash: str = "-") -> str:
    """``557-563``, ``120-122, 174``: each range in full, with `dash` between its ends."""

    def full(token: re.Match[str]) -> str:
        first, last = pages(Pagination(token[0]))
        return f"{first}{dash}{last}" if last else token[0]

    written = one_line(pagination.medline)
    if not written:
        return dash.join(part for part in pages(pagination) if part)
    return _TOKEN.sub(full, written)


def short_pages(pagination: Pagination, *, keep: int = 1) -> str:
    """``557-63``: of the last page only the digits that differ, but at least `keep` (1 in Vancouver, 2 in MLA)."""

    def short(token: re.Match[str]) -> str:
        first, last = pages(Pagination(token[0]))
        return f"{first}-{_shortened(first, last, keep)}" if last else token[0]

    written = one_line(pagination.medline) or expanded_pages(pagination)
    return _TOKEN.sub(short, written)


def _shortened(first: str, last: str, keep: int) -> str:
    """Only plain numbers, and numbers after the same letters, can be shortened."""
    start, end = re.fullmatch(r"([A-Za-z]*)([0-9]+)", first), re.fullmatch(r"([A-Za-z]*)([0-9]+)", last)
    if not (start and end) or start[1] != end[1] or len(start[2]) != len(end[2]):
        return last
    same = next((i for i, (a, b) in enumerate(zip(start[2], end[2], strict=True)) if a != b), len(end[2]))
    short = end[2][min(same, max(len(end[2]) - keep, 0)) :]
    return end[1] + short if keep > 1 else short


def article_number(record: Record) -> str:
    """The article's number where it stands instead of pages, as ``e0193972``; else nothing."""
    written = one_line(record.pagination.medline) or record.pagination.start
    if not written or " " in written or (record.pagination.end not in ("", record.pagination.start)):
        return ""
    if _MANY_DIGITS.match(written):
        return written
    return written if record.publication_model.startswith("Electronic") and not _RANGE.search(written) else ""
