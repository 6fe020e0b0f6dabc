"""When and where something appeared, in each style's words: dates, volume with supplement, pages.

PubMed keeps supplements and parts in Volume or in Issue, as its publisher sends them (``119 Suppl 1``,
``12 Suppl 7``, ``(Pt 2)``), and article numbers and publishers' identifiers among the pages.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.export.pages import pages
from tui.export.period import SPRING, Point, period
from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.record import Pagination, Record

_DASH = "\u2013"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_SEASONS = ("Spring", "Summer", "Fall", "Winter")

_SUPPLEMENT = re.compile(
    r"(?P<number>.*?)[\s,(]*\b(?P<kind>Sup(?:p|pl|plement)?|Pt|Part)(?![a-z])\.?\s*(?P<which>[^()]*)\)?", re.IGNORECASE
)
_TOKEN = re.compile(r"[^\s,;]+")
_RANGE = re.compile("[-\u2010-\u2015\u2212]")
_MANY_DIGITS = re.compile(r".*[A-Za-z].*[0-9]{5}|[a-z]{1,5}[0-9]{5}-[0-9]{2}|.*[0-9]{6}")
_PUBLISHERS = re.compile(r"S[0-9]{4}-[0-9]{3}[0-9X]\([0-9]{2}\)[0-9]{5}-[0-9X]|.*/.*")
"""Publishers' identifiers (PII, parts of a DOI) that PubMed has for pages until there are some."""


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


def epub(record: Record) -> str:
    """``Epub 2007 Sep 9`` beside the date of the issue, ``Epub ahead of print`` instead of one; or nothing."""
    if ahead_of_print(record):
        return "Epub ahead of print"
    online = record.publication_model == "Print-Electronic" and record.article_dates
    return f"Epub {record.article_dates[0].date}" if online else ""


def joined(first: str, *others: tuple[str, str]) -> str:
    """`first`, then each of (separator, text) that has a text; no separator at the beginning."""
    text = one_line(first)
    for separator, other in others:
        text += (separator if text else "") + one_line(other) if other else ""
    return text


def years(date: PartialDate) -> str:
    """``2007``, or ``1998-1999`` where the date spans both; empty where no year is known."""
    return "-".join(dict.fromkeys(str(point[0]) for point in period(date)))


def american_date(date: PartialDate) -> str:
    """``October 4, 2007``, ``July-August 2007``, ``Spring 2003``, ``2007``."""
    points = period(date)
    if not points:
        return ""
    day = f" {points[0][2]}," if len(points) == 1 and len(points[0]) > 2 else ""
    month = "-".join(dict.fromkeys(name for point in points if (name := _month(point))))
    return f"{month}{day} {years(date)}".strip()


def apa_date(date: PartialDate, *, precise: bool) -> str:
    """``2007``; where `precise`, for what has no volume, ``2007, October 4`` or ``2021, Winter``; ``n.d.`` for none."""
    points = period(date)
    year = years(date).replace("-", _DASH)
    month = _DASH.join(dict.fromkeys(name for point in points if (name := _month(point))))
    if not precise or not month:
        return year or "n.d."
    day = f" {points[0][2]}" if len(points) == 1 and len(points[0]) > 2 else ""
    return f"{year}, {month}{day}"


def mla_date(date: PartialDate) -> str:
    """``4 Oct. 2007``, ``21-28 Dec. 1995``, ``Dec. 1998-Jan. 1999``, ``spring 2003``, ``1944-45``; may be empty."""
    points = period(date)
    if not points:
        return ""
    first, last = points[0], points[-1]
    if first == last:
        return _mla(first)
    if first[0] != last[0]:
        shared = len(first) == len(last) == 1 and first[0] // 100 == last[0] // 100
        return f"{first[0]}-{last[0] % 100:02}" if shared else f"{_mla(first)}-{_mla(last)}"
    if len(first) == len(last) == 3 and first[1] == last[1]:
        return f"{first[2]}-{_mla(last)}"
    return f"{_mla(first).removesuffix(f' {first[0]}')}-{_mla(last)}"


def _mla(point: Point) -> str:
    year, month, day = (*point, 0, 0)[:3]
    name = _SEASONS[month - SPRING].lower() if month >= SPRING else _MLA_MONTHS[month - 1] if month else ""
    return " ".join(part for part in (str(day or ""), name, str(year)) if part)


def _month(point: Point) -> str:
    month = (*point, 0)[1]
    return _SEASONS[month - SPRING] if month >= SPRING else _MONTHS[month - 1] if month else ""


class Numbers(NamedTuple):
    """Volume and issue, with what PubMed writes into them taken apart."""

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
    """``119 Suppl 1`` is volume 119, supplement 1; ``12 Suppl 7`` is issue 12, supplement 7."""
    volume, issue = one_line(record.issue.volume), one_line(record.issue.issue)
    for place, text in (("issue", issue), ("volume", volume)):
        found = _SUPPLEMENT.fullmatch(text)
        if found:
            kind = "suppl" if found["kind"].lower().startswith("sup") else "pt"
            taken = Numbers(volume, issue, kind, found["which"].strip())
            return taken._replace(**{place: found["number"].strip()})
    return Numbers(volume, issue)


def written_pages(record: Record) -> str:
    """As PubMed has them, shortened or not; its reference has the publisher's identifier (PII) where there are none."""
    pagination = record.pagination
    written = one_line(pagination.medline) or "-".join(one_line(part) for part in pages(pagination) if part)
    return written or next(
        (one_line(each.value) for each in record.elocations if each.kind != "doi" and each.valid), ""
    )


def printed_pages(record: Record) -> str:
    """The same without identifiers that are no pages, which only PubMed itself cites."""
    written = written_pages(record)
    return "" if preprint(record) or _PUBLISHERS.fullmatch(written) else written


def _pagination(record: Record) -> str:
    given = record.pagination
    return one_line(given.medline) or "-".join(one_line(part) for part in pages(given) if part)


def expanded(written: str, dash: str = "-") -> str:
    """``557-563``, ``120-122, 174``: each range in full, with `dash` between its ends."""

    def full(token: re.Match[str]) -> str:
        first, last = pages(Pagination(token[0]))
        return f"{first}{dash}{last}" if last else token[0]

    return _TOKEN.sub(full, written)


def shortened(written: str, keep: int = 1) -> str:
    """``557-63``: of the last page only the digits that differ, but at least `keep` (1 in Vancouver, 2 in MLA).

    What PubMed has shortened is short enough for Vancouver; in MLA numbers with letters stay whole.
    """

    def short(token: re.Match[str]) -> str:
        first, last = pages(Pagination(token[0]))
        if not last or (keep == 1 and not token[0].endswith(last)):
            return token[0]
        return f"{first}-{_without_shared(first, last, keep)}"

    return _TOKEN.sub(short, written)


def _without_shared(first: str, last: str, keep: int) -> str:
    start, end = (re.fullmatch(r"([A-Za-z]*)([0-9]+)", page) for page in (first, last))
    if not (start and end) or start[1] != end[1] or (keep > 1 and start[1]):
        return last
    same = 0
    while len(start[2]) == len(end[2]) and same < len(end[2]) - keep and start[2][same] == end[2][same]:
        same += 1
    return end[2][same:]


def article_number(record: Record) -> str:
    """The article's number where it stands instead of pages, as ``e0193972``; else nothing."""
    written = printed_pages(record)
    if not written or " " in written:
        return ""
    if _MANY_DIGITS.fullmatch(written) or not _pagination(record):
        return written
    return written if record.publication_model.startswith("Electronic") and not _RANGE.search(written) else ""
