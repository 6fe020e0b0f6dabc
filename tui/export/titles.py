"""Titles as the styles want them: of articles with their translations, and of journals.

Capitals of an article's title stay as published, in every style: to change them takes knowing which words are names.
PubMed gives the title of an article in another language as its own translation, in square brackets.
"""

from __future__ import annotations

import re

from tui.export.notices import retractions
from tui.export.reference import Run, Sentence, phrase, run_of, sentence, without_stop
from tui.model.clean import one_line
from tui.model.record import Journal, Record

_NOT_AVAILABLE = ("", "[Not Available].", "[Not Available]", "[In Process Citation].")
"""What stands for a title that nobody has translated."""
_STRAIGHT = re.compile(r'"([^"]*)"')
_CURLED = str.maketrans("\u201c\u201d", "\u2018\u2019")

_QUALIFIER = re.compile(r" *\([^()]*\)$")
_SUBTITLE = re.compile(r" +[:=/] .*$")
_MINOR = frozenset((
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "nor", "of", "on", "or", "the", "to", "with",
    "de", "del", "der", "des", "di", "du", "e", "el", "et", "la", "le", "les", "und", "y",
))  # fmt: skip


def title_of(record: Record) -> Run:
    """The title without its full stop; the original one where there is no other; the book's for a whole book."""
    if record.title in _NOT_AVAILABLE:
        book = record.book.title if record.book else ""
        return without_stop(run_of(record.vernacular_title or book or record.title))
    return without_stop(run_of(record.title))


def marked(record: Record) -> Sentence:
    """The title, with ``[retracted]`` after it where the record is retracted and no notice is known to be named."""
    mark = " [retracted]" if record.retracted and not retractions(record) else ""
    return sentence(title_of(record), mark)


def original_and_translated(record: Record) -> tuple[Run, Run]:
    """The original title and PubMed's translation in its brackets; an empty second run where there is only one."""
    title = title_of(record)
    original = without_stop(run_of(record.vernacular_title))
    if original.text and original.text != title.text and title.text[:1] == "[" and title.text[-1:] == "]":
        return original, title
    return title, Run("")


def quoted(record: Record) -> Sentence:
    """As MLA has it: quotation marks around, its stop inside them, marks in the title single."""
    original, translated = original_and_translated(record)
    if not original.text:
        return ()
    if translated.text:
        bare = Run(translated.text[1:-1])
        return phrase("\u201c", _single(original), "\u201d [\u201c", _single(bare), "\u201d].")
    return phrase("\u201c", *sentence(_single(original)), "\u201d")


def _single(run: Run) -> Run:
    def single(text: str) -> str:
        return _STRAIGHT.sub("\u2018\\1\u2019", text).translate(_CURLED)

    return run._replace(text=single(run.text), markup=single(run.markup))


def abbreviated(journal: Journal) -> str:
    """NLM's title abbreviation, which has no stops: ``N Engl J Med``."""
    return one_line(journal.medline_ta or journal.iso_abbreviation.replace(".", "") or journal.title)


def full_title(record: Record) -> str:
    """The journal's title as APA and MLA want it: capitals on all but the minor words, without what NLM adds to tell
    journals apart (``Lancet (London, England)``), without a subtitle.

    NLM writes titles as a library catalogue does, with capitals on names only. Titles of journals in other languages
    stay so; the language is taken from the article.
    """
    journal = record.journal
    title = _SUBTITLE.sub("", _QUALIFIER.sub("", _SUBTITLE.sub("", one_line(journal.title)))) or abbreviated(journal)
    short = one_line(journal.iso_abbreviation.replace(".", ""))
    if short.lower() == title.lower() and sum(map(str.isupper, short)) > sum(map(str.isupper, title)):
        return short  # PLoS One, which the catalogue has as PloS one
    if record.languages[:1] not in ((), ("eng",)):
        return title
    return " ".join(
        word if (at and word in _MINOR) or not word.islower() else word[:1].upper() + word[1:]
        for at, word in enumerate(title.split(" "))
    )
