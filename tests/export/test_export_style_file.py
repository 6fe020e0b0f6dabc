"""References by a .csl file: in the words of the style, without the processor's own faults."""

from __future__ import annotations

import builtins
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.export.export_samples import RECORDS, RICH, real
from tests.recorded import needs_data
from tui.export.style_file import StyleProblem, formatted
from tui.model.dates import PartialDate
from tui.model.problem import Problem
from tui.model.record import Issue, Pagination, Record, Relation
from tui.model.text import Text

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US" {options}>
  <info>
    <title>Made up</title><id>made-up</id><updated>2026-01-01T00:00:00+00:00</updated>{info}
  </info>
  {before}
  <citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography {bibliography}><layout suffix=".">{layout}</layout></bibliography>
</style>
"""
NUMBERED = """
<text variable="citation-number" suffix="."/>
<group delimiter=". ">
  <names variable="author"><name initialize-with="" name-as-sort-order="all" sort-separator=" "/></names>
  <text variable="title"/>
  <text variable="container-title" form="short"/>
  <group delimiter=":">
    <group delimiter=";">
      <date variable="issued" form="text"/>
      <group><text variable="volume"/><text variable="issue" prefix="(" suffix=")"/></group>
    </group>
    <text variable="page"/>
  </group>
</group>
"""
DATE_WITH_BLANKS = """
<locale xml:lang="en"><date form="text" delimiter=" ">
  <date-part name="year"/><date-part name="month" form="short" strip-periods="true"/><date-part name="day"/>
</date></locale>
"""
AUTHOR_OR_TITLE = """
<macro name="title"><text variable="title" quotes="true" {case}/></macro>
<macro name="author">
  <names variable="author"><name {name}/><substitute><text macro="title"/></substitute></names>
</macro>
"""
AUTHOR_DATE = """
<group delimiter=". ">
  <text macro="author"/>
  <date variable="issued"><date-part name="year"/></date>
  <text macro="title"/>
  <text variable="container-title"/>
  <text variable="page"/>
</group>
"""


def _style(folder: Path, layout: str = NUMBERED, **parts: str) -> Path:
    given = {"options": "", "info": "", "before": "", "bibliography": ""} | parts
    file = folder / "made-up.csl"
    file.write_text(STYLE.format(layout=layout, **given), encoding="utf-8")
    return file


def _author_date(folder: Path, *, case: str = "", name: str = "", **parts: str) -> Path:
    return _style(folder, AUTHOR_DATE, before=AUTHOR_OR_TITLE.format(case=case, name=name), **parts)


PLAIN = RICH._replace(publication_types=(), relations=())
NOBODY = PLAIN._replace(author_lists=())


def test_numbers_and_dates_keep_their_blanks_and_titles_lose_their_tags(tmp_path: Path) -> None:
    style = _style(
        tmp_path,
        before=DATE_WITH_BLANKS,
        bibliography='second-field-align="flush"',
        options='demote-non-dropping-particle="never"',
    )
    without_issue = PLAIN._replace(issue=Issue(date=PartialDate("2007")), pagination=Pagination("e14"))
    authors = "Karnoub AE, van den Berg J-W Jr, Cancer, Stroma and Bone Group."
    assert formatted([PLAIN, without_issue], style) == [
        f"1. {authors} CCL5 and H₂O in tumours. Nature. 2007 Oct 4;449(7162):557–563.",
        f"2. {authors} CCL5 and H₂O in tumours. Nature. 2007:e14.",
    ]


def test_a_title_in_the_place_of_authors_is_not_written_again(tmp_path: Path) -> None:
    style = _author_date(tmp_path)
    lancet = NOBODY._replace(title="Nature", journal=NOBODY.journal._replace(title="Nature reviews"))
    assert formatted([NOBODY, lancet], style) == [
        "“CCL5 and H₂O in tumours.” 2007. Nature. 557–563.",
        "“Nature.” 2007. “Nature.” Nature reviews. 557–563.",
    ]


def test_full_stops_stand_where_the_language_has_them(tmp_path: Path) -> None:
    asked = NOBODY._replace(title="Is it?")
    assert formatted([asked], _author_date(tmp_path)) == ["“Is it?” 2007. Nature. 557–563."]
    british = _author_date(tmp_path, options="").read_text(encoding="utf-8").replace("en-US", "en-GB")
    (tmp_path / "british.csl").write_text(british, encoding="utf-8")
    assert formatted([NOBODY], tmp_path / "british.csl") == ["‘CCL5 and H₂O in tumours’. 2007. Nature. 557–563."]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("title", "Growth of Escherichia coli with mRNA of Smith and the Rest"),
        ("sentence", "Growth of Escherichia coli with mRNA of Smith and the rest"),
    ],
)
def test_names_and_abbreviations_keep_their_letters(tmp_path: Path, case: str, expected: str) -> None:
    title = Text(
        "Growth of Escherichia coli with mRNA of Smith and the rest.",
        "Growth of <i>Escherichia coli</i> with mRNA of Smith and the rest.",
    )
    (reference,) = formatted([PLAIN._replace(title=title)], _author_date(tmp_path, case=f'text-case="{case}"'))
    assert f"“{expected}.”" in reference


def test_given_names_are_abbreviated_where_the_style_says_so(tmp_path: Path) -> None:
    both = 'and="text" initialize="{}"'
    options = 'initialize-with=". " demote-non-dropping-particle="never"'
    full = formatted([PLAIN], _author_date(tmp_path, name=both.format("false"), options=options))
    short = formatted([PLAIN], _author_date(tmp_path, name=both.format("true"), options=options))
    group = "and Cancer, Stroma and Bone Group. 2007."
    assert full[0].startswith(f"Antoine E. Karnoub, Jan-Willem van den Berg Jr, {group}")
    assert short[0].startswith(f"A. E. Karnoub, J.-W. van den Berg Jr, {group}")


@pytest.mark.parametrize(
    ("format", "pages", "expected"),
    [
        ("minimal", "557-63", "557–63"),
        ("minimal", "1-191", "1–191"),
        ("minimal-two", "123-1234", "123–1234"),
        ("minimal-two", "1321-28", "1321–28"),
        ("expanded", "557-63", "557–563"),
        ("minimal", "S12-8", "S12–8"),
    ],
)
def test_pages_are_shortened_but_not_cut(tmp_path: Path, format: str, pages: str, expected: str) -> None:
    style = _author_date(tmp_path, options=f'page-range-format="{format}"')
    (reference,) = formatted([PLAIN._replace(pagination=Pagination(pages))], style)
    assert reference.endswith(f" {expected}.")


def test_seasons_do_not_stop_a_style_that_writes_months_as_numbers(tmp_path: Path) -> None:
    dates = '<date variable="issued"><date-part name="month" form="numeric" suffix="/"/><date-part name="year"/></date>'
    fall = PLAIN._replace(issue=Issue(date=PartialDate("2003", season="Fall")))
    assert formatted([PLAIN, fall, PLAIN], _style(tmp_path, dates)) == ["10/2007.", "2003.", "10/2007."]


@pytest.mark.parametrize(
    ("date", "year", "exactly"),
    [
        ("1979 Jan-Feb", "1979.", "1979."),
        ("1998 Dec-1999 Jan", "1998–1999.", "1998 Dec–1999 Jan."),
        ("1944-1945", "1944–1945.", "1944–1945."),
    ],
)
def test_a_span_keeps_its_years(tmp_path: Path, date: str, year: str, exactly: str) -> None:
    record = PLAIN._replace(issue=Issue(date=PartialDate(medline_date=date)))
    years = _style(tmp_path, '<date variable="issued"><date-part name="year"/></date>')
    assert formatted([record], years) == [year]
    whole = _style(tmp_path, '<date variable="issued" form="text"/>', before=DATE_WITH_BLANKS)
    assert formatted([record], whole) == [exactly]


def test_a_retraction_is_said(tmp_path: Path) -> None:
    (reference,) = formatted([RICH], _author_date(tmp_path))
    assert reference.endswith(
        "557–563. RETRACTED PUBLICATION. Retraction in: Nature. 2010 Feb 6;463(7282):1000 PMID: 20137807."
    )
    doubted = PLAIN._replace(relations=(Relation("ExpressionOfConcernIn", "Nature. 2009;1:2."),))
    assert formatted([doubted], _author_date(tmp_path))[0].endswith(" Expression of concern in: Nature. 2009;1:2.")


def test_one_record_twice_is_two_references(tmp_path: Path) -> None:
    numbers = [reference.split(".")[0] for reference in formatted([PLAIN, PLAIN, NOBODY], _style(tmp_path))]
    assert numbers == ["1", "2", "3"]
    assert formatted([], _style(tmp_path)) == []


def test_text_of_a_record_is_no_markup(tmp_path: Path) -> None:
    title = 'p <i>0</i> & <span class="nocase">x [/b] &amp;'
    (reference,) = formatted([PLAIN._replace(title=title)], _author_date(tmp_path))
    assert f"“{title}.”" in reference


# What cannot be used


def _problem(style: Path) -> StyleProblem:
    with pytest.raises(StyleProblem) as caught:
        formatted([PLAIN], style)
    assert isinstance(caught.value, Problem)
    assert caught.value.exit_status == 2
    return caught.value


def test_a_style_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    style = tmp_path / "made-up.csl"
    assert "cannot be read" in _problem(style).message
    style.write_text("<html>", encoding="utf-8")
    assert "no XML" in _problem(style).message
    style.write_text("<html/>", encoding="utf-8")
    assert "no CSL style" in _problem(style).message
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/nature"/>'
    assert "http://www.zotero.org/styles/nature" in _problem(_style(tmp_path, info=link)).hint
    assert "no bibliography" in _problem(_style(tmp_path, "")).message
    assert "PMID 17914389" in _problem(_style(tmp_path, '<text macro="missing"/>')).message


def test_without_a_processor_the_message_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "citeproc":
            raise ModuleNotFoundError(name)
        return imported(name, *arguments, **named)

    style = _style(tmp_path)
    monkeypatch.setattr(builtins, "__import__", without)
    assert "pip install 'pubmed-tui[csl]'" in _problem(style).hint


def test_the_processor_is_imported_only_when_a_style_is_used() -> None:
    code = "import sys, tui.export, tui.export.style_file; sys.exit('citeproc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# All sorts of records


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(RECORDS, max_size=3))
def test_hostile_text_gives_one_line_each(tmp_path: Path, records: list[Record]) -> None:
    for style in (_style(tmp_path), _author_date(tmp_path, case='text-case="title"', name='initialize="false"')):
        references = formatted(records, style)
        assert len(references) == len(records)
        for reference in references:
            assert len(reference.splitlines()) < 2
            reference.encode()


@needs_data
def test_real_records_say_who_what_where_and_when(tmp_path: Path) -> None:
    records = real()[::10]
    for style in (_style(tmp_path), _author_date(tmp_path)):
        for record, reference in zip(records, formatted(records, style), strict=True):
            title = (record.title or (record.book.title if record.book else "")).rstrip(". ")
            assert title in reference or "<i>" in getattr(record.title, "markup", "")
            assert str(record.date.year_number or "") in reference
            assert all((person.collective_name or person.last_name) in reference for person in record.authors)
            assert "  " not in reference
