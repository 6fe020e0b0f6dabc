"""One record as a formatted reference, in the styles of `STYLES`.

What the styles share is made in the files beside this one (names, dates and pages, notices); here stands the order
and the punctuation of each. Capitals of titles stay as published, in every style: to change them takes knowing which
words are names. A style's own place for a missing part is used where it has one (``n.d.``), else the part is left out.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import NamedTuple

from tui.export import imprint, names
from tui.export.bookshelf import BOOKS
from tui.export.languages import spoken
from tui.export.notices import changes, notice, retraction_notices
from tui.export.reference import (
    Piece,
    Reference,
    Run,
    Sentence,
    doi_address,
    phrase,
    reference,
    run_of,
    sentence,
    without_stop,
)
from tui.model.clean import one_line
from tui.model.problem import Problem
from tui.model.record import Record


class Style(NamedTuple):
    """A way to write references."""

    name: str
    """What ``--style`` takes."""
    label: str
    """What a list of styles shows."""
    cite: Callable[[Record], Reference]


class UnknownStyle(Problem):
    """There is no style of that name."""

    exit_status = 2


def style_named(name: str) -> Style:
    """The style of that name, in capitals or not. Raises `UnknownStyle`."""
    for style in STYLES:
        if style.name == name.strip().lower():
            return style
    known = [style.name for style in STYLES]
    near = difflib.get_close_matches(name.strip().lower(), known, n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise UnknownStyle(
        f"There is no citation style {name!r}.", f"{meant}The styles are {', '.join(known)}, or a .csl file."
    )


def citation(record: Record, style: str) -> Reference:
    """The record as a reference in the style of that name. Raises `UnknownStyle`."""
    cite = style_named(style).cite
    return BOOKS[style_named(style).name](record) if record.book else cite(record)


def title_of(record: Record) -> Run:
    """The article's title, in brackets where PubMed translated it; the original one where there is no other."""
    if record.title in ("", "[Not Available].", "[Not Available]"):
        return run_of(record.vernacular_title or record.title)
    return run_of(record.title)


def _nlm(record: Record) -> Reference:
    """As PubMed's own references (Cite, and the format Summary) are: Citing Medicine, chapters 1 and 23."""
    date = str(imprint.leading_date(record)) or "[date unknown]"
    issue = f"({record.issue.issue})" if record.issue.issue else ""
    place = _joined(date, ";", record.issue.volume + issue, ":", record.pagination.medline or _pages(record))
    return reference(
        sentence(names.nlm(record.authors, complete=record.authors_complete)),
        sentence(*_titled(record, "retracted")),
        sentence(imprint.abbreviated(record.journal) + " [Preprint]" * imprint.preprint(record)),
        sentence(place),
        sentence(", ".join(spoken(record.languages))),
        sentence(*_pii(record)),
        *_nlm_doi(record),
        sentence(_epub(record)),
        *[sentence(change) for change in changes(record)],
        _nlm_ids(record),
    )


def _vancouver(record: Record) -> Reference:
    """ICMJE's sample references: six authors, the year alone where there is a volume, short pages."""
    numbered = record.issue.volume or record.issue.issue
    date = imprint.years(record.date) if numbered else str(record.date)
    issue = f"({record.issue.issue})" if record.issue.issue else ""
    place = _joined(date, ";", record.issue.volume + issue, ":", imprint.short_pages(record.pagination))
    return reference(
        sentence(names.nlm(record.authors, complete=record.authors_complete, most=6, first=6)),
        sentence(*_titled(record, "retracted")),
        sentence(imprint.abbreviated(record.journal) + " [Preprint]" * imprint.preprint(record)),
        sentence(place),
        sentence(", ".join(spoken(record.languages))),
        *_nlm_doi(record),
        sentence("Epub ahead of print" * imprint.ahead_of_print(record)),
        *[sentence(f"Retraction in: {source}") for source in retraction_notices(record)],
    )


def _ama(record: Record) -> Reference:
    """AMA Manual of Style, 11th edition, 3.7-3.11. No stop follows a DOI."""
    numbers = imprint.numbers(record)
    where = ""
    if record.issue.volume or record.issue.issue:
        issue = " ".join(part for part in (numbers.issue, numbers.extra) if part)
        volume = numbers.volume + (f"({issue})" if issue else "")
        pages = imprint.expanded_pages(record.pagination)
        where = _joined(imprint.years(record.date), ";", volume, ":", pages)
    elif imprint.preprint(record):
        where = f"Preprint posted online {imprint.american_date(imprint.leading_date(record))}"
    elif imprint.ahead_of_print(record) or record.publication_model.startswith("Electronic"):
        where = f"Published online {imprint.american_date(imprint.leading_date(record))}"
    else:
        where = _joined(imprint.american_date(record.date), ":", imprint.expanded_pages(record.pagination))
    languages = spoken(record.languages)
    sources = "; ".join(retraction_notices(record))
    return reference(
        sentence(names.ama(record.authors, complete=record.authors_complete)),
        sentence(*_titled(record, f"retracted in: {sources}" if sources else "retracted")),
        sentence(f"Article in {' and '.join(languages)}" if languages else ""),
        sentence(Run(imprint.abbreviated(record.journal), italic=True)),
        sentence(where),
        phrase(_linked(f"doi:{record.doi}", record.doi)),
    )


def _apa(record: Record) -> Reference:
    """Publication Manual of the American Psychological Association, 7th edition, 9.4-9.44 and 10.1."""
    numbers = imprint.numbers(record)
    volume = imprint.full_title(record) + (f", {numbers.volume}" if numbers.volume else "")
    extra = numbers.extra.capitalize().replace("Suppl", "Suppl.").replace("Pt", "Pt.")
    issue = ", ".join(part for part in (numbers.issue, extra) if part)
    article = imprint.article_number(record)
    pages = f"Article {article}" if article else imprint.expanded_pages(record.pagination, "\u2013")
    within = phrase(
        Run(one_line(volume), italic=True),
        ("" if numbers.volume else ", ") * bool(volume) + f"({issue})" if issue else "",
        f", {pages}" if pages else "",
    )
    precise = not (numbers.volume or imprint.ahead_of_print(record) or imprint.preprint(record))
    date = sentence(f"({imprint.apa_date(record.date, precise=precise)})")
    title = sentence(*_original_and_translation(record), *[" [Retracted]"] * _unnamed_retraction(record))
    authors = sentence(names.apa(record.authors, complete=record.authors_complete))
    online = imprint.ahead_of_print(record) and not numbers.volume
    return reference(
        *((authors, date, title) if authors else (title, date)),
        sentence(*within),
        sentence("Advance online publication" * online),
        phrase(_linked(doi_text(record.doi), record.doi)),
        _apa_retraction(record),
    )


def _apa_retraction(record: Record) -> Sentence:
    """``(Retraction published 2012, Title, 38[10], 1378)``, with brackets inside the parentheses."""
    told: list[Piece] = []
    for source in retraction_notices(record):
        parts = notice(source)
        told.append("; " if told else "(Retraction published ")
        if not parts.journal:
            told.append(source)
            continue
        own = parts.journal in (record.journal.medline_ta, imprint.abbreviated(record.journal))
        journal = imprint.full_title(record) if own else parts.journal
        told += [
            f"{parts.year}, ",
            Run(one_line(_joined(journal, ", ", parts.volume)), italic=True),
            f"[{parts.issue}]" if parts.issue else "",
            f", {parts.pages}" if parts.pages else "",
        ]
    return phrase(*told, ")") if told else ()


def _mla(record: Record) -> Reference:
    """MLA Handbook, 9th edition, chapter 5: the container's elements are parted by commas."""
    numbers = imprint.numbers(record)
    extra = numbers.extra.replace("suppl", "supp.").replace("pt", "pt.")
    article = imprint.article_number(record)
    pages = imprint.short_pages(record.pagination, keep=2)
    several = "-" in pages or "," in pages
    container: list[Piece] = [Run(imprint.full_title(record), italic=True)]
    for element in (
        f"vol. {numbers.volume}" if numbers.volume else "",
        f"no. {numbers.issue}" if numbers.issue else "",
        extra,
        imprint.mla_date(imprint.leading_date(record)),
        f"article {article}" if article else f"{'pp' if several else 'p'}. {pages}" if pages else "",
    ):
        container.append(f", {element}" if element else "")
    if record.doi:
        container += [", ", _linked(doi_text(record.doi), record.doi)]
    sources = "; ".join(retraction_notices(record))
    return reference(
        sentence(names.mla(record.authors, complete=record.authors_complete)),
        _quoted(record),
        sentence(*container),
        sentence(f"Retracted in {sources}" if sources else "Retracted article" * record.retracted),
    )


def _quoted(record: Record) -> Sentence:
    """The title in double quotation marks, those inside it single, its stop before the closing one."""
    original, between, translation = (*_original_and_translation(record), "", "")[:3]
    if not translation:
        return quoted(original)
    assert isinstance(original, Run) and isinstance(translation, Run)
    bare = translation._replace(text=translation.text[1:-1], markup="")
    return phrase("\u201c", single_quotes(original), "\u201d [\u201c", single_quotes(bare), "\u201d].")


def doi_text(doi: str) -> str:
    """As APA and MLA print it."""
    return f"https://doi.org/{doi}" if doi else ""


def _joined(*parts: str) -> str:
    """Texts with separators between (``text, separator, text ...``); a separator stands before a text that is there,
    if anything stands before it."""
    joined = parts[0]
    for separator, text in zip(parts[1::2], parts[2::2], strict=True):
        joined += (separator if joined else "") + text if text else ""
    return one_line(joined)
