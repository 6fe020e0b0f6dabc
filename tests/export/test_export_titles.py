"""Titles of articles and of journals."""

from __future__ import annotations

import pytest

from tui.export import titles
from tui.export.reference import Reference
from tui.model.record import Book, Journal, Record, Relation, Term
from tui.model.text import Text


@pytest.mark.parametrize(
    ("title", "vernacular", "expected"),
    [
        ("Cells move.", "", "Cells move"),
        ("Do cells move?", "", "Do cells move?"),
        ("And so on...", "", "And so on..."),
        ("[Cells move].", "Les cellules", "[Cells move]"),
        ("[Not Available].", "Les cellules.", "Les cellules"),
        ("", "Les cellules", "Les cellules"),
        ("[Not Available].", "", "[Not Available]"),
        ("", "", ""),
    ],
)
def test_the_title(title: str, vernacular: str, expected: str) -> None:
    assert titles.title_of(Record(1, title=title, vernacular_title=vernacular)).text == expected


def test_the_markup_loses_the_same_stop() -> None:
    run = titles.title_of(Record(1, title=Text("On E. coli.", "On <i>E. coli.</i>")))
    assert (run.text, run.markup) == ("On E. coli", "On <i>E. coli</i>")


def test_a_book_that_has_no_other_title() -> None:
    assert titles.title_of(Record(1, book=Book("GeneReviews"))).text == "GeneReviews"


@pytest.mark.parametrize(
    ("title", "vernacular", "quoted"),
    [
        ("Cells move.", "", "“Cells move.”"),
        ("Do cells move?", "", "“Do cells move?”"),
        ('The “homing” and "seeding" of cells.', "", "“The ‘homing’ and ‘seeding’ of cells.”"),
        ("[Cells move].", "Les cellules.", "“Les cellules” [“Cells move”]."),
        ("[Cells move].", "", "“[Cells move].”"),
        ("", "", ""),
    ],
)
def test_quoted(title: str, vernacular: str, quoted: str) -> None:
    record = Record(1, title=title, vernacular_title=vernacular)
    assert Reference(titles.quoted(record)).plain() == quoted


def test_a_retraction_stands_at_the_title_only_where_no_notice_is_named() -> None:
    record = Record(1, title="Do cells move?", publication_types=(Term("Retracted Publication"),))
    assert Reference(titles.marked(record)).plain() == "Do cells move? [retracted]."
    named = record._replace(relations=(Relation("RetractionIn", "Nature. 2010"),))
    assert Reference(titles.marked(named)).plain() == "Do cells move?"


@pytest.mark.parametrize(
    ("title", "abbreviation", "language", "expected"),
    [
        ("The New England journal of medicine", "N Engl J Med", "eng", "The New England Journal of Medicine"),
        ("Lancet (London, England)", "Lancet", "eng", "Lancet"),
        ("Science (New York, N.Y.)", "Science", "eng", "Science"),
        ("PloS one", "PLoS One", "eng", "PLoS One"),
        ("eLife", "Elife", "eng", "eLife"),
        ("medRxiv : the preprint server for health sciences", "medRxiv", "eng", "medRxiv"),
        ("CMAJ : Canadian Medical Association journal = journal de l'AMC", "CMAJ", "eng", "CMAJ"),
        (
            "Cochrane database of systematic reviews",
            "Cochrane Database Syst Rev",
            "eng",
            "Cochrane Database of Systematic Reviews",
        ),
        ("Archivos de bronconeumologia", "Arch. Bronconeumol.", "spa", "Archivos de bronconeumologia"),
        ("", "J. Made Up", "eng", "J Made Up"),
    ],
)
def test_journals_in_full(title: str, abbreviation: str, language: str, expected: str) -> None:
    record = Record(1, journal=Journal(title, abbreviation), languages=(language,))
    assert titles.full_title(record) == expected


def test_journals_abbreviated() -> None:
    assert titles.abbreviated(Journal("Clinical things", "Clin. Things", "Clin Things")) == "Clin Things"
    assert titles.abbreviated(Journal("Clinical things", "Clin. Things")) == "Clin Things"
    assert titles.abbreviated(Journal("Clinical things")) == "Clinical things"
