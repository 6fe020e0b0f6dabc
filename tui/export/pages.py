"""Page numbers written out: ``557-63`` is pages 557 to 563.

MedlinePgn abbreviates the last page by the digits that it shares with the first, keeps letters on either side of
the number (``S12-8``, ``129S-33S``), and may list several ranges (``12-3, 15-9; discussion 20``). The first range
is the article's; the whole of it stands only in MedlinePgn itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.model.record import Pagination

_DASHES = re.compile("\\s*[\u2010-\u2015\u2212-]\\s*")
_OTHER_RANGES = re.compile(r"[,;]")
_PAGE = re.compile(r"(?P<before>.*?)(?P<number>[0-9]{1,9})(?P<after>[A-Za-z]?)")
_LONGEST_PAGE = 20


class Pages(NamedTuple):
    """First and last page in full; the last is empty for one page and for an article number."""

    first: str = ""
    last: str = ""


def pages(pagination: Pagination) -> Pages:
    """The pages of the first range. What is not of the form of page numbers is the first page as it stands."""
    written = pagination.medline.strip()
    if not written:
        return Pages(pagination.start, "" if pagination.end == pagination.start else pagination.end)
    parts = _DASHES.split(_OTHER_RANGES.split(written, maxsplit=1)[0].strip())
    if any(not part or " " in part or len(part) > _LONGEST_PAGE for part in parts):
        return Pages(written)
    if len(parts) == 1:
        return Pages(parts[0])
    half, odd = divmod(len(parts), 2)  # pages may hold a hyphen themselves: S12-130-S12-134
    if odd:
        return Pages(written)
    first = "-".join(parts[:half])
    last = _completed(first, "-".join(parts[half:]))
    return Pages(first, "" if last == first else last)


def _completed(first: str, last: str) -> str:
    """`last` with what it leaves out because `first` says it already."""
    last, point, decimals = last.partition(".") if "." not in first else (last, "", "")
    start, end = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
    if start and end and end["before"] in ("", start["before"]):
        missing = len(start["number"]) - len(end["number"])
        number = start["number"][: max(missing, 0)] + end["number"]
        if int(number) >= int(start["number"]):
            last = start["before"] + number + end["after"]
    return last + point + decimals
