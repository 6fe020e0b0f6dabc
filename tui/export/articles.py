"""An article of a journal as a reference: the order and the punctuation of each style."""

from __future__ import annotations

from tui.export import imprint, names
from tui.export.links import ama_doi, doi_link, nlm_doi, nlm_ids
from tui.export.notices import changes, notice, retracted_in, retractions
from tui.export.reference import Piece, Reference, Run, Sentence, phrase, reference, sentence
from tui.export.titles import abbreviated, full_title, marked, original_and_translated, quoted, title_of
from tui.model.clean import one_line
from tui.model.languages import spoken
from tui.model.record import Record

_DASH = "\u2013"


def nlm(record: Record) -> Reference:
    """As PubMed's own references are (its format Summary): Citing Medicine, chapters 1 and 23.

    The date of an electronic collection, which PubMed's MEDLINE format has in SO, is not part of it.
    """
    date = str(imprint.leading_date(record)) or "[date unknown]"
    return reference(
        sentence(names.nlm(record.authors, complete=record.authors_complete)),
        marked(record),
        _journal(record),
        sentence(imprint.joined(date, (";", _numbers(record)), (":", imprint.written_pages(record)))),
        sentence(", ".join(spoken(record.languages))),
        nlm_doi(record),
        sentence(imprint.epub(record)),
        *[sentence(change) for change in changes(record)],
        nlm_ids(record),
    )


def vancouver(record: Record) -> Reference:
    """ICMJE's sample references: six authors, the year alone where there is a volume, short pages."""
    numbers = _numbers(record)
    date = (imprint.years(record.date) if numbers else str(imprint.leading_date(record))) or "[date unknown]"
    pages = imprint.shortened(imprint.printed_pages(record))
    return reference(
        sentence(names.vancouver(record.authors, complete=record.authors_complete)),
        marked(record),
        _journal(record),
        sentence(imprint.joined(date, (";", numbers), (":", pages))),
        sentence(", ".join(spoken(record.languages))),
        nlm_doi(record),
        sentence("Epub ahead of print" if imprint.ahead_of_print(record) else ""),
        *[sentence(change) for change in changes(record)],
    )


def ama(record: Record) -> Reference:
    """AMA Manual of Style, 11th edition, 3.7 to 3.11 and 3.15."""
    taken = imprint.numbers(record)
    issue = " ".join(part for part in (taken.issue, taken.extra) if part)
    pages = imprint.expanded(imprint.printed_pages(record))
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
    retraction = "; ".join(f"{done}: {source}" for done, source in retractions(record))
    languages = "" if "und" in record.languages else " and ".join(spoken(record.languages))
    return reference(
        sentence(names.ama(record.authors, complete=record.authors_complete)),
        sentence(title_of(record), f" [{retraction}]") if retraction else marked(record),
        sentence(f"Article in {languages}" if languages else ""),
        sentence(Run(abbreviated(record.journal), italic=True)),
        sentence(place),
        ama_doi(record),
    )


def apa(record: Record) -> Reference:
    """Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10.1."""
    taken = imprint.numbers(record)
    extra = taken.extra.capitalize().replace("Suppl", "Suppl.").replace("Pt", "Pt.")
    issue = ", ".join(part for part in (taken.issue, extra) if part)
    article = imprint.article_number(record)
    pages = f"Article {article}" if article else imprint.expanded(imprint.printed_pages(record), _DASH)
    waits = imprint.ahead_of_print(record)
    precise = not (taken.volume or waits or imprint.preprint(record))
    authors = sentence(names.apa(record.authors, complete=record.authors_complete))
    date = sentence(f"({imprint.apa_date(record.date, precise=precise)})")
    original, translated = original_and_translated(record)
    unnamed = record.retracted and not retractions(record)
    title = sentence(original, " " if translated.text else "", translated, " [Retracted]" if unnamed else "")
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
    for done, source in retractions(record):
        parts = notice(source)
        told += [
            "; " if told else "(",
            "Retraction published " if done == "retracted in" else "Retracted and republished ",
        ]
        if not parts.journal:
            told.append(source)
            continue
        journal = full_title(record) if parts.journal == abbreviated(record.journal) else parts.journal
        told += [
            f"{parts.year}, ",
            Run(imprint.joined(journal, (", ", parts.volume)), italic=True),
            f"[{parts.issue}]" if parts.issue else "",
            f", {imprint.expanded(parts.pages, _DASH)}" if parts.pages else "",
        ]
    return phrase(*told, ")") if told else ()


def mla(record: Record) -> Reference:
    """MLA Handbook, 9th edition, chapter 5."""
    taken = imprint.numbers(record)
    article = imprint.article_number(record)
    retraction = retracted_in(record) or ("retracted article" if record.retracted else "")
    return reference(
        sentence(names.mla(record.authors, complete=record.authors_complete)),
        quoted(record),
        mla_container(
            Run(full_title(record), italic=True),
            f"vol. {taken.volume}" if taken.volume else "",
            f"no. {taken.issue}" if taken.issue else "",
            taken.extra.replace("suppl", "supp.").replace("pt", "pt."),
            imprint.mla_date(imprint.leading_date(record)),
            f"article {article}" if article else mla_pages(record),
            *doi_link(record),
        ),
        sentence(retraction[:1].upper() + retraction[1:]),
    )


def mla_container(*elements: Piece) -> Sentence:
    """What is around the work, with commas between and a stop at the end (MLA 9, 5.31)."""
    pieces: list[Piece] = []
    for element in elements:
        if element and (isinstance(element, str) or element.text):
            pieces += [", ", element] if pieces else [element]
    return sentence(*pieces)


def mla_pages(record: Record) -> str:
    """``p. 184``, ``pp. 557-63``, ``pp. 103-04``: of the last page two digits, or as many as differ."""
    pages = imprint.shortened(imprint.printed_pages(record), keep=2)
    return f"pp. {pages}" if "-" in pages or "," in pages else f"p. {pages}" if pages else ""


def _numbers(record: Record) -> str:
    """``449(7162)``, as NLM has it: what PubMed writes into volume and issue stays as it is."""
    issue = one_line(record.issue.issue)
    return one_line(record.issue.volume) + (f"({issue})" if issue else "")


def _journal(record: Record) -> Sentence:
    name = abbreviated(record.journal)
    return sentence(f"{name} [Preprint]" if name and imprint.preprint(record) else name)
