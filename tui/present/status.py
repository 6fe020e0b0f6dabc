"""The status line in words: mode, count, origin; how the query was understood; why one has to wait."""

from __future__ import annotations

from tui.model.orders import BY_SORT
from tui.model.results import Kept, ResultPage, Wait
from tui.present import ages


def mode(*, offline: bool, busy: bool, demo: bool = False) -> str:
    if offline:
        return "OFFLINE demo" if demo else "OFFLINE"
    return "PubMed …" if busy else "PubMed"


def count(page: ResultPage | None, asked: str | None = None) -> str:
    """``200 of 36,935 loaded; PubMed serves the first 9,999``.

    Where `page` answers another query than the one `asked` last, which failed or is under way, it says which.
    """
    if page is None:
        return ""
    said = _count(page)
    return said if asked in (None, page.query) or not said else f"{said} for: {page.query or 'everything'}"


def _count(page: ResultPage) -> str:
    if not page.total:
        return "nothing found" if page.complete else ""
    total = f"more than {page.total:,}" if page.capped else f"{page.total:,}"
    since = f", {news(page)}" if news(page) else ""
    if page.offline:
        return f"{total} {'found in what is kept' if page.query.strip() else 'kept'}{since}"
    if page.kept:
        return f"{total} found last time"
    if len(page.pmids) >= page.total:
        return f"{total} found{since}"
    limit = f"; PubMed serves the first {page.reachable:,}" if page.reachable < page.total else ""
    return f"{len(page.pmids):,} of {total} loaded{since}{limit}"


def news(page: ResultPage) -> str:
    """``12 new since 3 days ago``; empty where there is nothing to tell."""
    since = page.since
    if since is None:
        return ""
    new = sum(pmid > since.newest for pmid in page.pmids) if since.newest else max(since.more, 0)
    age = ages.age(since.asked, since.now)
    if age == "today":
        return f"{new:,} new since earlier today" if new else ""
    more = " or more" if since.newest and new == len(page.pmids) < page.total else ""
    return f"{f'{new:,}' if new else 'nothing'}{more} new since {age}"


def order(page: ResultPage) -> str:
    """``By first author``; of best match also whether it is that of all. Empty where the translation says it."""
    if page.offline and not page.query.strip() and not page.sort:
        return ""
    return f"By {BY_SORT[page.sort].name}{'' if page.exact else ' among title hits and the newest'}"


def listed(page: ResultPage | None) -> str:
    """In which order an answer is listed, and how the query was taken."""
    if page is None:
        return ""
    return " · ".join(text for text in (order(page) if page.pmids else "", understood(page)) if text)


def origin(kept: Kept | None, now: float) -> tuple[str, str]:
    """``PMID 17914389 from PubMed`` and ``, 3 days ago``; the first can be shortened, the second not."""
    if kept is None:
        return "", ""
    return f"PMID {kept.record.pmid} from {kept.origin.source}", f", {ages.age(kept.origin.retrieved, now)}"


def understood(page: ResultPage | None) -> str:
    """How the query was taken, in one line: what needs the reader's eye first."""
    if page is None:
        return ""
    translation = page.translation
    parts = []
    if translation.suggestion:
        parts.append(f"Did you mean: {translation.suggestion}")
    if translation.not_found:
        parts.append(f"Not found: {', '.join(translation.not_found)}")
    if translation.ignored:
        parts.append(f"Ignored: {', '.join(translation.ignored)}")
    if translation.text:
        parts.append(f"Understood as: {translation.text}")
    return " · ".join(parts)


def waiting(wait: Wait, seconds: int) -> str:
    """``PubMed is busy, searching again in 5 s, attempt 2 of 4``."""
    return f"{wait.why}, {wait.doing} again in {seconds} s, attempt {wait.attempt} of {wait.attempts}"
