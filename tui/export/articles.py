"""An article of a journal as a reference: the order and the punctuation of each style."""

from __future__ import annotations

from tui.export import imprint, names
from tui.export.languages import spoken
from tui.export.notices import changes, notice, retraction_notices
from tui.export.reference import Piece, Reference, Run, Sentence, doi_address, phrase, pmid_address, pmc_address
from tui.export.reference import reference, sentence
from tui.export.titles import abbreviated, full_title, marked, original_and_translated, quoted, title_of
from tui.model.record import Record


def nlm(record: Record) -> Reference:
    """As PubMed's own references are (its format Summary): Citing Medicine, chapters 1 and 23.

    What PubMed's MEDLINE format adds in SO, the date of an electronic collection, is not part of it.
    """
    place = imprint.joined(
        str(imprint.leading_date(record)) or "[date unknown]",
        (";", _numbers(record)),
        (":", imprint.written_pages(record.pagination)),
    )
    pii = next((place.value for place in record.elocations if place.kind == "pii" and place.valid), "")
    return reference(
        sentence(names.nlm(record.authors, complete=record.authors_complete)),
        marked(record),
        _journal(record),
        sentence(place),
        sentence(", ".join(spoken(record.languages))),
        sentence(f"pii: {pii}" if pii and not imprint.written_pages(record.pagination) else ""),
        nlm_doi(record),
        sentence(imprint.epub(record)),
        *[sentence(change) for change in changes(record)],
        nlm_ids(record),
    )


def vancouver(record: Record) -> Reference:
    """ICMJE's sample references: six authors, the year alone where there is a volume, short pages."""
    numbers = _numbers(record)
    place = imprint.joined(
        (imprint.years(record.date) if numbers else str(imprint.leading_date(record))) or "[date unknown]",
        (";", numbers),
        (":", imprint.short_pages(record.pagination)),
    )
    return reference(
        sentence(names.nlm(record.authors, complete=record.authors_complete, most=6, first=6)),
        marked(record),
        _journal(record),
        sentence(place),
        sentence(", ".join(spoken(record.languages))),
        nlm_doi(record),
        sentence("Epub ahead of print" if imprint.ahead_of_print(record) else ""),
        *[sentence(change) for change in changes(record)],
    )


def ama(record: Record) -> Reference:
    """AMA Manual of Style, 11th edition, 3.7 to 3.11 and 3.15. No stop follows a DOI."""
    taken = imprint.numbers(record)
    issue = " ".join(part for part in (taken.issue, taken.extra) if part)
    pages = imprint.expanded_pages(record.pagination)
    day = imprint.american_date(imprint.leading_date(record))
    if taken.volume or issue:
        numbers = taken.volume + (f"({issue})" if issue else "")
        place = imprint.joined(imprint.years(record.date), (";", numbers), (":", pages))
    elif imprint.preprint(record):
        place = f"Preprint posted online {day}"
    elif imprint.ahead_of_print(record) or record.publication_model.startswith("Electronic"):
        place = f"Published online {day}"
    else:
        place = imprint.joined(day, (":", pages))
    sources = "; ".join(retraction_notices(record))
    languages = " and ".join(spoken(record.languages))
    return reference(
        sentence(names.ama(record.authors, complete=record.authors_complete)),
        sentence(title_of(record), f" [retracted in: {sources}]") if sources else marked(record),
        sentence(f"Article in {languages}" if languages else ""),
        sentence(Run(abbreviated(record.journal), italic=True)),
        sentence(place),
        phrase(Run(f"doi:{record.doi}", link=doi_address(record.doi))) if record.doi else (),
    )


def apa(record: Record) -> Reference:
    """Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10.1."""
    taken = imprint.numbers(record)
    extra = taken.extra.capitalize().replace("Suppl", "Suppl.").replace("Pt", "Pt.")
    issue = ", ".join(part for part in (taken.issue, extra) if part)
    article = imprint.article_number(record)
    pages = f"Article {article}" if article else imprint.expanded_pages(record.pagination, "\u2013")
    waits = imprint.ahead_of_print(record)
    precise = not (taken.volume or waits or imprint.preprint(record))
    authors = sentence(names.apa(record.authors, complete=record.authors_complete))
    date = sentence(f"({imprint.apa_date(record.date, precise=precise)})")
    original, translated = original_and_translated(record)
    unnamed = record.retracted and not retraction_notices(record)
    title = sentence(original, " " * bool(translated.text), translated, " [Retracted]" if unnamed else "")
    return reference(
        *((authors, date, title) if authors else (title, date)),
        sentence(
            Run(imprint.joined(full_title(record), (", ", taken.volume)), italic=True),
            ("" if taken.volume else ", ") + f"({issue})" if issue else "",
            f", {pages}" if pages else "",
        ),
        sentence("Advance online publication" if waits and not taken.volume else ""),
        doi_link(record),
        _apa_retraction(record),
    )


def _apa_retraction(record: Record) -> Sentence:
    """``(Retraction published 2012, Title, 38[10], 1378)``: brackets inside the parentheses, no stop after."""
    told: list[Piece] = []
    for source in retraction_notices(record):
        parts = notice(source)
        told.append("; " if told else "(Retraction published ")
        if not parts.journal:
            told.append(source)
            continue
        journal = full_title(record) if parts.journal == abbreviated(record.journal) else parts.journal
        told += [
            f"{parts.year}, ",
            Run(imprint.joined(journal, (", ", parts.volume)), italic=True),
            f"[{parts.issue}]" if parts.issue else "",
            f", {imprint.expanded(parts.pages, DASH)}" if parts.pages else "",
        ]
    return phrase(*told, ")") if told else ()


def mla(record: Record) -> Reference:
    """MLA Handbook, 9th edition, chapter 5: commas between the elements of the container."""
    taken = imprint.numbers(record)
    article = imprint.article_number(record)
    elements = (
        f"vol. {taken.volume}" if taken.volume else "",
        f"no. {taken.issue}" if taken.issue else "",
        taken.extra.replace("suppl", "supp.").replace("pt", "pt."),
        imprint.mla_date(imprint.leading_date(record)),
        f"article {article}" if article else mla_pages(record),
    )
    sources = "; ".join(retraction_notices(record))
    return reference(
        sentence(names.mla(record.authors, complete=record.authors_complete)),
        quoted(record),
        mla_container(Run(full_title(record), italic=True), elements, doi_link(record)),
        sentence(f"Retracted in {sources}" if sources else "Retracted article" if record.retracted else ""),
    )
