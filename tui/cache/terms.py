"""What of a record can be found by words: one text for each column of the table ``words``, folded.

Folding brings what people type and what PubMed prints to one form, the same on both sides: compatibility forms
are undone (``H₂O`` is ``H2O``), Greek letters outside of Greek words become their names (``TGF-β1`` is
``TGF-beta1``), and every Chinese, Japanese or Korean character stands alone, as no blanks divide their words.
Case, accents and punctuation are the business of the table's tokenizer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tui.model.record import Grant, Record

BREAK = "\ue000"
"""A word nobody types: it stands between values, so that no phrase runs from one into the next."""

_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu"),
    *("xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
_GREEK_NAME = dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _GREEK, strict=True))
_GREEK_WORD = 3
"""As many Greek letters in a row are a Greek word, and stay."""
_FOLDED = re.compile(
    "[Α-Ωα-ω]+|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003347f]"
)
"""Greek letters in a row; one character of kana, Han or Hangul."""

_AWARD = re.compile(
    r"(?:\d[ -]*)?(?P<activity>[A-Z][A-Z\d]\d|[A-Z]\d[A-Z])?[ -]*(?P<institute>[A-Z]{2})[ -]*0*(?P<serial>\d{3,6})\b"
)
"""An NIH award: type, activity, institute, serial number; what follows is year and suffix."""


def fold(text: str) -> str:
    if text.isascii():
        return text
    return _FOLDED.sub(_folded, unicodedata.normalize("NFKC", text))


def columns(record: Record) -> tuple[str, str, str, str, str, str, str, str]:
    """The texts of title, abstract, authors, journal, mesh, grants, keywords and ids."""
    book = record.book
    journal, issue = record.journal, record.issue
    return (
        _text((record.title, record.vernacular_title)),
        _text(
            f"{section.label} {section.text}"
            for abstract in (record.abstract, *record.other_abstracts)
            for section in abstract.sections
        ),
        _text(_names(record)),
        _text(
            (
                *(dict.fromkeys((journal.title, journal.iso_abbreviation, journal.medline_ta))),
                *(dict.fromkeys((journal.issn, journal.issn_linking))),
                journal.nlm_unique_id,
                f"{record.date} {issue.volume} {issue.issue} {record.pagination.medline or record.pagination.start}",
                *((book.title, book.collection, book.publisher, *book.isbns) if book else ()),
            )
        ),
        _text(_headings(record)),
        _text(part for grant in record.grants for part in _grant(grant)),
        _text((*(word.text for owner in record.keyword_lists for word in owner.keywords), *record.gene_symbols)),
        _text(_ids(record)),
    )


def _text(values: Iterable[str]) -> str:
    return fold(f" {BREAK} ".join(value for value in values if value))


def _names(record: Record) -> Iterable[str]:
    for people in record.author_lists:
        for person in people.people:
            yield person.short
            if person.fore_name and person.last_name:
                yield f"{person.fore_name} {person.last_name}"


def _headings(record: Record) -> Iterable[str]:
    """The words of NLM's vocabulary, each qualifier after its descriptor."""
    for heading in record.mesh:
        yield heading.descriptor.name
        for qualifier in heading.qualifiers:
            yield f"{heading.descriptor.name} {qualifier.name}"
    yield from (term.name for term in (*record.supplementary_concepts, *record.publication_types))
    for substance in record.substances:
        yield substance.name
        if substance.registry_number != "0":
            yield substance.registry_number


def _grant(grant: Grant) -> Iterable[str]:
    """A grant in the spellings people use: ``R01 CA016235-03``, ``R01CA016235 03``, ``CA016235`` and ``CA16235``."""
    yield grant.id
    award = _AWARD.match(grant.id.upper())
    if award:
        institute, serial = award["institute"], award["serial"]
        padded, bare = f"{institute}{serial:0>6}", f"{institute}{serial}"
        rest = grant.id[award.end() :]
        if award["activity"]:
            yield f"{award['activity']}{padded} {rest}"
            yield f"{award['activity']} {padded} {rest}"
        yield from dict.fromkeys((padded, bare))
    yield from (grant.acronym, grant.agency, grant.country)


def _ids(record: Record) -> Iterable[str]:
    yield str(record.pmid)
    yield from dict.fromkeys((record.doi, record.pmcid, *(id.value for id in (*record.ids, *record.other_ids))))
    for bank in record.data_banks:
        yield bank.name
        yield from bank.accessions
    yield from (person.orcid for people in record.author_lists for person in people.people)


def _folded(found: re.Match[str]) -> str:
    text = found.group()
    if text[0] > "ω":
        return f" {text} "
    if len(text) >= _GREEK_WORD:
        return text
    return "".join(_GREEK_NAME.get(letter.lower(), letter) for letter in text)
