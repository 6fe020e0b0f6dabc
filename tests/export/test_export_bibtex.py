"""BibTeX: what bibtexparser and pybtex read is what the record says, and what JabRef makes of the same XML."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

import pybtex.database
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_latex_syntax_db

from tests.export.export_samples import RICH, kept, real
from tests.recorded import DATA, needs_data
from tui.export import bibtex
from tui.export.imprint import article_number, printed_pages
from tui.export.name_parts import family_parts, given_name
from tui.export.pages import pages
from tui.model.clean import one_line
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    Book,
    DataBank,
    Descriptor,
    Grant,
    Identifier,
    Issue,
    Journal,
    Keyword,
    KeywordList,
    MeshHeading,
    Pagination,
    Person,
    PersonList,
    Qualifier,
    Record,
    Relation,
    Term,
)
from tui.parse import Parsed, read

RICH_BIB = """\
@article{karnoub2007ccl5,
  author = {Karnoub, Antoine E and van den Berg, Jr, Jan-Willem and {Cancer, Stroma and Bone Group}},
  title = {\\textit{{CCL5}} and {H}\\textsubscript{2}{O} in tumours},
  journal = {Nature},
  shortjournal = {Nature},
  year = {2007},
  month = oct,
  day = {4},
  volume = {449},
  number = {7162},
  pages = {557--563},
  issn = {1476-4687},
  doi = {10.1038/nature06188},
  pmid = {17914389},
  pmcid = {PMC7000001},
  url = {https://pubmed.ncbi.nlm.nih.gov/17914389/},
  language = {english and french},
  keywords = {Animals; Breast Neoplasms; Breast Neoplasms/genetics; Breast Neoplasms/pathology; Stromal Cells; \
tumour stroma},
  abstract = {BACKGROUND: Cells meet. RESULTS: They move on.},
  note = {RETRACTED PUBLICATION. Retraction in: Nature. 2010 Feb 6;463(7282):1000 PMID: 20137807},
  annote = {Original title: Le CCL5 et l'eau. Languages: eng; fre. Publication types: Journal Article; \
Retracted Publication. Grants: R01 CA116235-02 (NCI NIH HHS, United States). \
MeSH: Animals; Breast Neoplasms/genetics/*pathology; *Stromal Cells. Data banks: GEO: GSE9001, GSE9002},
}

"""


def _written(*records: Record) -> str:
    return "".join(bibtex.write(kept(records)))


def test_the_whole_of_a_record() -> None:
    assert _written(RICH) == RICH_BIB


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"issue": Issue(date=PartialDate("2007"))}, {"year": "{2007}"}),
        ({"issue": Issue(date=PartialDate("2007", "10"))}, {"year": "{2007}", "month": "oct"}),
        (
            {"issue": Issue(date=PartialDate(medline_date="1998 Dec-1999 Jan"))},
            {"year": "{1998}", "month": "dec", "date": "{1998-12/1999-01}"},
        ),
        ({"issue": Issue(date=PartialDate("2003", season="Fall"))}, {"year": "{2003}", "date": "{2003-23}"}),
        ({"issue": Issue(date=PartialDate(medline_date="in press"))}, {}),
    ],
)
def test_dates_are_as_precise_as_they_are(changes: dict[str, Any], expected: dict[str, str]) -> None:
    entry = bibtex.entry(RICH._replace(**changes))
    assert {name: entry[name] for name in ("year", "month", "day", "date") if name in entry} == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"pagination": Pagination("S12-8")}, {"pages": "{S12--S18}"}),
        ({"pagination": Pagination("159")}, {"pages": "{159}"}),
        ({"pagination": Pagination("e0186401"), "publication_model": "Electronic-eCollection"}, {"eid": "{e0186401}"}),
        ({"pagination": Pagination("1589"), "publication_model": "Electronic"}, {"eid": "{1589}"}),
        ({"pagination": Pagination()}, {}),
    ],
)
def test_pages_and_article_numbers(changes: dict[str, Any], expected: dict[str, str]) -> None:
    entry = bibtex.entry(RICH._replace(**changes))
    assert {name: entry[name] for name in ("pages", "eid") if name in entry} == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person("Karnoub", "Antoine E"), "Karnoub, Antoine E"),
        (Person("van der Berg", "Jan", suffix="Jr"), "van der Berg, Jr, Jan"),
        (Person("Van der Berg", "Jan"), "{Van der Berg}, Jan"),
        (Person("Caron de Fromentel", "C"), "{Caron de Fromentel}, C"),
        (Person("de la Fuente-Aguado", "J"), "de la Fuente-Aguado, J"),
        (Person("Åberg Svensson", "L"), "{Åberg Svensson}, L"),
        (Person("García Montero", "L"), "García Montero, L"),
        (Person("Smith", suffix="3rd"), "Smith, 3rd, {}"),
        (Person("Smith, Jr", "A, B"), "{Smith, Jr}, {A, B}"),
        (Person("Sons and Co", "family=x"), "{Sons and Co}, {family=x}"),
        (Person("M S Nizam"), "{M S Nizam}"),
        (Person("", "Norhazrina"), "Norhazrina"),
        (Person(collective_name="Cells and others, Inc."), "{Cells and others, Inc.}"),
        (Person("others"), "{others}"),
        (Person("and Co", "A"), "{and Co}, A"),
        (Person("van Dijk"), "van Dijk, {}"),
        (Person("{x", "$y"), "{{$\\lbrace$}x}, {\\$y}"),
    ],
)
def test_names(person: Person, expected: str) -> None:
    assert bibtex.entry(Record(1, author_lists=(PersonList((person,)),)))["author"] == f"{{{expected}}}"


def test_a_list_of_authors_that_is_not_complete_says_so() -> None:
    people = PersonList((Person("Li", "Wei"), Person("Old", "Spelling", valid=False)), complete=False)
    assert bibtex.entry(Record(1, author_lists=(people,)))["author"] == "{Li, Wei and others}"


def test_a_chapter_its_book_and_a_preprint() -> None:
    book = Book(
        "Assay Manual",
        publisher="Lilly & Co",
        publisher_location="Bethesda (MD)",
        date=PartialDate("2017"),
        authors=(PersonList((Person("Coussens", "Nathan P"),), kind="editors"),),
        volume="2",
        edition="3rd",
        collection="Assays",
        isbns=("9781", "9782"),
    )
    chapter = Record(1, title="Measurement", book=book, author_lists=(PersonList((Person("Wang", "Tao"),)),))
    entry = bibtex.entry(chapter)
    assert bibtex.entry_type(chapter) == "incollection"
    assert (entry["title"], entry["booktitle"], entry["editor"]) == (
        "{Measurement}",
        "{Assay {Manual}}",
        "{Coussens, Nathan P}",
    )
    assert (entry["publisher"], entry["address"], entry["edition"]) == ("{Lilly \\& Co}", "{Bethesda (MD)}", "{3rd}")
    assert (entry["series"], entry["isbn"], entry["volume"], entry["year"]) == (
        "{Assays}",
        "{9781 9782}",
        "{2}",
        "{2017}",
    )

    whole = chapter._replace(title="", author_lists=())
    assert bibtex.entry_type(whole) == "book"
    assert (bibtex.entry(whole)["title"], "booktitle" in bibtex.entry(whole)) == ("{Assay {Manual}}", False)

    preprint = RICH._replace(publication_types=(Term("Preprint"),), relations=())
    assert bibtex.entry_type(preprint) == "unpublished"
    assert (bibtex.entry(preprint)["howpublished"], bibtex.entry(preprint)["note"]) == ("{Nature}", "{Preprint}")
    assert "journal" not in bibtex.entry(preprint)


def test_styles_print_of_a_note_only_that_it_was_retracted() -> None:
    notice = RICH._replace(publication_types=(), relations=(Relation("RetractionOf", "Nature. 2007"),))
    assert "note" not in bibtex.entry(notice)
    assert "Retraction of: Nature. 2007" in bibtex.entry(notice)["annote"]


# Keys


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        (Person("Karnoub"), "The stroma of a tumour", "karnoub2007stroma"),
        (Person("van der Østergaard-Müller"), "[Über die Zellen].", "vanderostergaardmull2007uber"),
        (Person(collective_name="The ABC Study, and Friends"), "To be", "theabcstudyandfriend2007be"),
        (Person("王"), "细胞", "pubmed2007"),
        (Person(""), "", "pubmed2007"),
    ],
)
def test_keys(name: Person, title: str, expected: str) -> None:
    record = RICH._replace(title=title, author_lists=(PersonList((name,)),))
    assert bibtex.key_of(record) == expected


def test_a_key_that_is_taken_gets_the_pmid() -> None:
    keys = re.findall(r"@article\{(.*),", _written(RICH, RICH._replace(pmid=2), RICH._replace(pmid=3), RICH, RICH))
    assert keys == [
        "karnoub2007ccl5",
        "karnoub2007ccl5-2",
        "karnoub2007ccl5-3",
        "karnoub2007ccl5-17914389",
        "karnoub2007ccl5-17914389-2",
    ]


# What readers make of it

_MACROS = get_default_latex_context_db()
_MACROS.add_context_category("sound", prepend=True, macros=[MacroTextSpec("textasciicircum", "^")])
_SYNTAX = get_default_latex_syntax_db()
_DECODER = LatexNodes2Text(latex_context=_MACROS, math_mode="text")
_ALIKE = str.maketrans({"\u2212": "-", "\u2032": "'", "\u2033": "''", "\u2206": "\u0394", "\u22c5": "\u00b7"})
"""What LaTeX, or pylatexenc, writes as one."""


def _words(text: str) -> str:
    """Text as far as LaTeX can tell it apart, on one line."""
    return " ".join(unicodedata.normalize("NFKC", one_line(text)).translate(_ALIKE).split())


_BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_GROUPED = re.compile(rf"(?:{_BRACED}|[^{{}} ])+| +")
"""A word, with the blanks in its groups, or the blanks between two words."""


def _decoded(latex: str) -> str:
    """Through pylatexenc word by word: few have a command, and many of those are the same."""
    words = _GROUPED.findall(latex)
    assert "".join(words) == latex
    return _words("".join(map(_decoded_word, words)))


_ESCAPED = re.compile(r"\\([$%&#_])")
_LATEX = re.compile(r"[\\{$~]|--|''|``|,,|[?!]`")


@lru_cache(maxsize=100_000)
def _decoded_word(latex: str) -> str:
    if not _LATEX.search(_ESCAPED.sub("", latex)):
        return _ESCAPED.sub(r"\1", latex)
    nodes, _, _ = LatexWalker(latex, latex_context=_SYNTAX).get_latex_nodes()
    return str(_DECODER.nodelist_to_text(nodes))


def _plain(text: str) -> str:
    """A record's text without its markup, scripts lowered to the line."""
    markup = getattr(text, "markup", "")
    if not markup or "<mml:" in markup:
        return _words(text)
    bare = re.sub("<[^>]*>", "", markup)
    return _words(bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


class Entry(NamedTuple):
    """An entry as both readers have it."""

    type: str
    key: str
    fields: dict[str, str]
    authors: list[tuple[str, str, str, str]]
    """Particle, family name, suffix, given names."""


def _parts(names: NameParts) -> tuple[str, str, str, str]:
    von, last, jr, first = (_decoded(" ".join(part)) for part in (names.von, names.last, names.jr, names.first))
    return von, last, jr, first


def _entries(text: str) -> list[Entry]:
    """What bibtexparser reads; pybtex reads the same."""
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    assert not library.comments + library.strings + library.preambles
    second = pybtex.database.parse_string(text, "bibtex").entries
    assert list(second) == [entry.key for entry in library.entries]
    found = []
    for entry, other in zip(library.entries, second.values(), strict=True):
        fields = {field.key: field.value for field in entry.fields}
        authors = [_parts(names) for names in fields.pop("author", [])]
        editors = [_parts(names) for names in fields.pop("editor", [])]
        for role, names in (("author", authors), ("editor", editors)):
            people = other.persons.get(role, [])
            assert names == [
                tuple(
                    _decoded(" ".join(part))
                    for part in (
                        each.prelast_names,
                        each.last_names,
                        each.lineage_names,
                        each.first_names + each.middle_names,
                    )
                )
                for each in people
            ]
        months = {"month": other.fields.get("month", "").lower()[:3]} if "month" in fields else {}
        fields = {name: " ".join(value.split()) for name, value in fields.items()}  # as pybtex has done it already
        assert fields == dict(other.fields) | months
        assert entry.entry_type == other.type
        found.append(Entry(entry.entry_type, entry.key, fields, authors))
    return found


def _authors(record: Record) -> list[tuple[str, str, str, str]]:
    lists = record.author_lists + (record.book.authors if record.book else ())
    own = [person for each in lists[: len(record.author_lists)] if each.kind != "editors" for person in each.people]
    of_book = [person for each in lists[len(record.author_lists) :] if each.kind == "authors" for person in each.people]
    expected = []
    for people in (own, of_book):
        for person in people:
            if person.valid and _words(person.collective_name):
                expected.append(("", _words(person.collective_name), "", ""))
            elif person.valid and any(map(_words, person[:3])):
                particle, family = family_parts(person)
                assert _words(f"{particle} {family}") == next(filter(None, map(_words, person[:3])))
                if {"and", "others"} & set(particle.split()):
                    particle, family = "", f"{particle} {family}"
                expected.append((particle, _words(family), _words(person.suffix), _words(given_name(person))))
            elif person.valid and _words(person.suffix):
                expected.append(("", _words(person.suffix), "", ""))
        if expected:
            break
    return [*expected, *([("", "others", "", "")] if expected and not record.authors_complete else [])]


def _assert_read_back(records: list[Record]) -> None:
    """Both readers find each record, and in each field what the record says."""
    entries = _entries(_written(*records))
    assert len(entries) == len(records)
    assert len({entry.key.lower() for entry in entries}) == len(records)
    for record, (type, key, fields, authors) in zip(records, entries, strict=True):
        assert re.fullmatch(r"[a-z0-9-]+", key)
        assert type == bibtex.entry_type(record)
        assert fields.keys() == bibtex.entry(record).keys() - {"author", "editor"}
        assert fields.keys() <= bibtex.FIELDS
        assert authors == _authors(record)
        book, journal = record.book or Book(), record.journal
        first, last = pages(Pagination(printed_pages(record)))
        keywords = [name for heading in record.mesh for name in _heading(heading)]
        keywords += [keyword.text for each in record.keyword_lists for keyword in each.keywords]
        expected = {
            "title": _plain(record.title or book.title),
            "journal" if type != "unpublished" else "howpublished": _words(journal.title or journal.abbreviation),
            "volume": _words(record.issue.volume or book.volume),
            "number": _words(record.issue.issue),
            "pages": "" if article_number(record) else _words("\u2013".join(part for part in (first, last) if part)),
            "eid": _words(article_number(record)),
            "issn": _words(journal.issn or journal.issn_linking),
            "year": f"{record.date.year_number:04}" if record.date.year_number else "",
            "pmid": str(record.pmid),
            "pmcid": _words(record.pmcid),
        }
        for name, value in expected.items():
            assert _decoded(fields.get(name, "")).rstrip(". ") == value.rstrip(". "), (record.pmid, name)
        assert unquote(fields.get("doi", "")) == unquote(one_line(record.doi))
        assert _parted(_decoded(fields.get("keywords", ""))) == _parted(";".join(map(_words, keywords)))
        for section in record.abstract.sections:
            assert _plain(section.text) in _decoded(fields.get("abstract", ""))
            assert not _words(section.text) or _words(section.label).rstrip(": ") in _decoded(fields["abstract"])
        annote = _decoded(fields.get("annote", ""))
        assert all(_words(grant.id).rstrip(". ") in annote for grant in record.grants)
        assert all(_words(name).rstrip(". ") in annote for bank in record.data_banks for name in bank.accessions)
        assert fields.get("note", "").startswith("RETRACTED PUBLICATION") == record.retracted


def _parted(keywords: str) -> list[str]:
    return list(dict.fromkeys(keyword.strip() for keyword in keywords.split(";") if keyword.strip()))


def _heading(heading: MeshHeading) -> list[str]:
    name = heading.descriptor.name
    return [name, *[f"{name}/{qualifier.name}" for qualifier in heading.qualifiers]]


@needs_data
def test_real_records_are_read_back_as_what_they_are() -> None:
    assert len(real()) > 2500
    _assert_read_back(list(real()))


TRAPS = (
    *(
        "@article{x, title = {y}}",
        "\n@string{a = 1}\n",
        "@",
        "}",
        "{",
        "}}",
        "},\n}\n",
        "\\",
        "\\}",
        "\\{",
        "%",
        "#",
        '"',
    ),
    *(
        "$",
        "$$",
        "&",
        "_",
        "^",
        "~",
        "--",
        "``",
        "''",
        "?`",
        "<<",
        "|",
        ",",
        ", ",
        " and ",
        "and",
        " others",
        "=",
        "\n",
    ),
    *("\r", "\x00", "\x85", "\u2028", "\ud800", "\u202e", "e\u0301", "α", "₂", "⁻⁶", "µ", "van ", "de la ", "Jr", "\t"),
    *("\\input{/etc/passwd}", "\\end{document}", "$\\alpha$", "{\\o}", "王", "Å", "word", "WORD", " ", ".", ";"),
)
HOSTILE = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(TRAPS), max_size=4).map("".join))


def _record_of(texts: list[str]) -> Record:
    """A record that has one of `texts` in every place, so that each text comes to stand in many."""
    text = itertools.cycle(texts).__next__
    book = Book(text(), publisher=text(), edition=text(), isbns=(text(), text()), volume=text(), collection=text())
    return Record(
        17914389,
        title=text(),
        vernacular_title=text(),
        journal=Journal(text(), text(), text(), text()),
        issue=Issue(text(), text(), PartialDate(text(), text(), text(), text())),
        pagination=Pagination(text(), text(), text()),
        abstract=Abstract((AbstractSection(text(), text()), AbstractSection(text()))),
        author_lists=(
            PersonList((Person(text(), text(), text(), text()), Person(text()), Person(collective_name=text()))),
        ),
        languages=(text(), text()),
        data_banks=(DataBank(text(), (text(), text())),),
        grants=(Grant(text(), text(), text(), text()), Grant(agency=text())),
        relations=(Relation("RetractionIn", text(), 7, note=text()),),
        mesh=(MeshHeading(Descriptor(text()), (Qualifier(text()), Qualifier(text()))), MeshHeading(Descriptor(text()))),
        keyword_lists=(KeywordList((Keyword(text()), Keyword(text()))),),
        ids=(Identifier("doi", text()), Identifier("pmc", text())),
        book=book if len(texts) % 2 else None,
    )


@settings(deadline=None)
@given(st.lists(st.lists(HOSTILE, min_size=1, max_size=11).map(_record_of), max_size=3))
def test_hostile_text_injects_nothing_and_is_not_lost(records: list[Record]) -> None:
    _assert_read_back(records)


# What JabRef makes of the same XML

PAIRS = DATA / "export_pairs"
_JABREF_NAMES = {"number": "issue", "shortjournal": "journal-abbreviation", "address": "publocation"}
"""Ours is BibTeX's or biblatex's name, theirs JabRef's own."""
_OURS_ALONE = frozenset(("annote", "date", "day", "language", "url"))
"""What JabRef does not make of every record."""
_BOOKKEEPING = frozenset((
    "affiliation", "chemicals", "citation-subset", "completed", "copyright", "country", "created", "gene-symbols",
    "investigator", "issn-linking", "nlm-id", "nrcbl", "owner", "pii", "pubmodel", "pubstate", "pubtype", "references",
    "revised", "season", "sections", "space-flight-mission", "status",
))  # fmt: skip
"""What JabRef keeps of PubMed's own data under names that no other program knows."""

OTHERWISE = {
    ("KeywordSingleEntry 1", "author"): "Who is written about (PersonalNameSubject) is no author.",
    ("ArticleID 1", "shortjournal"): "ISOAbbreviation, with its stops; JabRef takes MedlineTA.",
    ("Nbib 1", "shortjournal"): "ISOAbbreviation, with its stops; JabRef takes MedlineTA.",
    ("Nbib 1", "author"): "JabRef leaves out Suffix.",
    ("Nbib 1", "note"): "A GeneralNote is no part of a reference.",
    ("Nbib 2", "abstract"): "JabRef leaves out the label UNLABELLED.",
    ("Nbib 2", "series"): "JabRef leaves out CollectionTitle.",
}
"""(Record, field) where we differ from JabRef, and why that is right; everything else is equal."""


def _of_jabref(name: str, value: str) -> str:
    """JabRef marks major topics and parts paragraphs; titles keep PubMed's full stop."""
    if name == "keywords":
        return "; ".join(sorted(set(value.replace("*", "").split("; "))))
    return _words(value).rstrip(".")


def _as_of_jabref(record: Record, name: str, value: str) -> str:
    """Ours, but for headings that stand without their qualifiers as well, which JabRef writes only with them."""
    if name == "keywords":
        bare = {heading.descriptor.name for heading in record.mesh if heading.qualifiers}
        return "; ".join(sorted(set(_decoded(value).split("; ")) - bare))
    return (_decoded(value).replace("\u2013", "--") if name == "pages" else _decoded(value)).rstrip(".")


@needs_data
def test_fields_are_what_jabref_makes_of_the_same_record() -> None:
    different, compared = set(), 0
    keys = itertools.count()  # JabRef's entries have none
    for file in sorted(PAIRS.glob("jabref_MedlineImporterTest*.xml")):
        records = [parsed.record for parsed in read([file.read_bytes()]) if isinstance(parsed, Parsed)]
        bib = file.with_suffix(".bib").read_text(encoding="utf-8")
        theirs = parse_string(re.sub(r"@(\w+)\{,", lambda found: f"@{found[1]}{{{next(keys)},", bib)).entries
        for number, (record, entry) in enumerate(zip(records, theirs, strict=True), 1):
            expected = {field.key.lower(): field.value for field in entry.fields}
            ours = {name: value.removeprefix("{").removesuffix("}") for name, value in bibtex.entry(record).items()}
            known = ours.keys() | {name for name in expected if name not in _JABREF_NAMES.values()}
            for name in known - _OURS_ALONE - _BOOKKEEPING:
                compared += 1
                value = expected.get(_JABREF_NAMES.get(name, name), expected.get(name, ""))
                if _as_of_jabref(record, name, ours.get(name, "")) != _of_jabref(name, value):
                    different.add((f"{file.stem.removeprefix('jabref_MedlineImporterTest')} {number}", name))
    assert compared > 50
    assert different == OTHERWISE.keys()
