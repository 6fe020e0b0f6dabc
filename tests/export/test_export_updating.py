"""Files kept in step: what is ours is brought up to date, and no other byte changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.export import bibtex, csl, ris
from tui.export import json as json_format
from tui.export.updating import Kind, NotUpdatable, Unreadable, Update, kind_of, pmids_in, updated
from tui.export.updating_parts import OUR_NOTE
from tui.model.dates import PartialDate
from tui.model.record import (
    Abstract,
    AbstractSection,
    DataBank,
    Descriptor,
    Grant,
    Identifier,
    Issue,
    Journal,
    MeshHeading,
    Pagination,
    Person,
    PersonList,
    Record,
    Relation,
    Term,
)
from tui.model.relations import RELATIONS
from tui.model.results import Kept, Origin

WRITERS: dict[str, Callable[..., Any]] = {
    "ris": ris.write,
    "bibtex": bibtex.write,
    "json": json_format.write,
    "csl-json": csl.write,
}
SUFFIX = {"ris": ".ris", "bibtex": ".bib", "json": ".json", "csl-json": ".json"}
FORMATS = st.sampled_from(tuple(WRITERS))


def record(pmid: int, title: str = "Stromal cells in a dish.", **changes: Any) -> Record:
    plain = Record(
        pmid,
        title=title,
        journal=Journal("Journal of made-up results", "J Made Up", issn="1234-5678"),
        issue=Issue("7", "2", PartialDate("2007", "Oct", "4")),
        pagination=Pagination("557-63"),
        author_lists=(PersonList((Person("Sampler", "Ann E", "AE"), Person("Zhang", "Wei", "W"))),),
        abstract=Abstract((AbstractSection("Cells meet."),)),
        languages=("eng",),
        publication_types=(Term("Journal Article"),),
        mesh=(MeshHeading(Descriptor("Stromal Cells")),),
        ids=(Identifier("doi", f"10.1/{pmid}"),),
    )
    return plain._replace(**changes)


def kept(*records: Record, retrieved: float = 0) -> list[Kept]:
    return [Kept(each, b"", Origin("PubMed", retrieved)) for each in records]


def written(format: str, *records: Record) -> str:
    return "".join(WRITERS[format](kept(*records)))


def kind(format: str, text: str = "") -> Kind:
    return kind_of(SUFFIX[format], text, format)


def update(format: str, text: str, *records: Record) -> Update:
    return updated(text, kept(*records), kind(format, text))


def assert_counts(change: Update, replaced: int, added: int, unchanged: int) -> None:
    assert (change.replaced, change.added, change.unchanged) == (replaced, added, unchanged)


OLD, NEW = record(1, "As it was"), record(1, "As it is now")


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_we_wrote_is_what_we_would_write(format: str, bom: str, end: str) -> None:
    def file(*records: Record) -> str:
        return bom + written(format, *records).replace("\n", end)

    change = update(format, file(OLD, record(2), record(3)), NEW, record(3), record(4), record(5))
    assert change.text == file(NEW, record(2), record(3), record(4), record(5))
    assert_counts(change, 1, 2, 1)
    assert update(format, file(OLD), OLD) == Update(file(OLD), 0, 0, 1)


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("empty", ["", "\n", " \r\n"])
def test_an_empty_file_is_filled(format: str, empty: str) -> None:
    change = update(format, empty, OLD, record(2))
    assert_counts(change, 0, 2, 0)
    assert update(format, change.text, OLD, record(2)) == Update(change.text, 0, 0, 2)
    assert pmids_in(change.text, kind(format, change.text)) == [1, 2]
    assert update(format, empty) == Update(empty, 0, 0, 0)


@pytest.mark.parametrize("format", WRITERS)
def test_no_record_changes_nothing(format: str) -> None:
    text = written(format, OLD)
    assert update(format, text) == Update(text, 0, 0, 0)


# RIS

RIS = """\
; made by hand
TY  - BOOK
TI  - A book of my own
AN  - 1
ER  -

1.
TY  - JOUR
AU  - Sampler, Ann E
RN  - mine: read again
  on Monday
T1  - As it was
M2  - PMID: 1
M2  - shelf 7
N1  - Grants: none any more
N1  - my own note
UR  - https://example.org/mine
UR  - https://pubmed.ncbi.nlm.nih.gov/1/
KW  - gone
L1  - file:///a.pdf
ER  -
between
"""


def test_ris_keeps_everything_that_is_not_ours() -> None:
    change = update("ris", RIS, NEW)
    assert_counts(change, 1, 0, 0)
    before, after = RIS.split("TY  - JOUR", maxsplit=1)[0], "ER  -\nbetween\n"
    assert change.text.startswith(before) and change.text.endswith(after)
    entry = change.text[len(before) : -len(after)]
    ours = written("ris", NEW).split("ER  -")[0].splitlines()
    own = [line for line in entry.splitlines() if line not in ours]
    assert own == [
        "RN  - mine: read again",
        "  on Monday",
        "M2  - shelf 7",
        "L1  - file:///a.pdf",
        "N1  - my own note",
        "UR  - https://example.org/mine",
    ]
    assert [line for line in entry.splitlines() if line in ours] == ours
    assert entry.splitlines()[2:5] == ["AU  - Sampler, Ann E", "AU  - Zhang, Wei", "RN  - mine: read again"]
    assert update("ris", change.text, NEW) == Update(change.text, 0, 0, 1)


@pytest.mark.parametrize(
    "lines",
    [
        "UR  - https://pubmed.ncbi.nlm.nih.gov/1/",
        "UR  - http://www.ncbi.nlm.nih.gov/pubmed/1",
        "M2  - PMID: 1",
        "M1  - Citation Key: x\nPMID: 1\nPMCID: PMC2",
        "N1  - PMID: 1",
        "AN  - 1\nDB  - PubMed",
        "DB  - Ovid MEDLINE(R)\nAN  - 1",
        "AN  - 1\nDB  - PubMed\nM2  - PMID: 1",
    ],
)
def test_an_ris_entry_is_known_by_its_pmid(lines: str) -> None:
    assert pmids_in(f"TY  - JOUR\n{lines}\nER  - \n", kind("ris")) == [1]


@pytest.mark.parametrize(
    "lines",
    [
        "AN  - 1",
        "AN  - 1\nDB  - CINAHL",
        "AN  - WOS:1\nDB  - PubMed",
        "ID  - 1",
        "N1  - Erratum in: J Made Up. PMID: 1",
        "AB  - PMID: 1",
        "UR  - https://example.org/?https://pubmed.ncbi.nlm.nih.gov/1/",
        "UR  - https://pubmed.ncbi.nlm.nih.gov.example.org/1/",
        "UR  - https://pubmed.ncbi.nlm.nih.gov/1/\nM2  - PMID: 2",
        "M2  - PMID: 12345678901",
    ],
)
def test_an_ris_entry_that_does_not_surely_name_a_pmid_is_nobodys(lines: str) -> None:
    assert pmids_in(f"TY  - JOUR\n{lines}\nER  - \n", kind("ris")) == []


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - no end\n",
        "TY  - JOUR\nTI  - no end\nTY  - JOUR\nER  - \n",
        "<html>not there</html>\n",
        "PMID- 1\nTI  - nbib.\n",
        "\x00\x01\x02",
    ],
)
def test_what_is_no_ris_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"Line \d+: .*\."):
        update("ris", text, NEW)


def test_every_note_that_we_write_is_known_as_ours() -> None:
    rich = record(
        1,
        vernacular_title="Zellen",
        issue=Issue(date=PartialDate(medline_date="1998 Dec-1999 Jan")),
        pagination=Pagination("12-3, 15-9"),
        author_lists=(PersonList((Person(collective_name="Cells, and Friends"),), complete=False),),
        relations=tuple(Relation(kind, "J Made Up. 2009", 7) for kind in RELATIONS),
        publication_types=(Term("Preprint"), Term("Retracted Publication")),
        languages=("eng", "ger"),
        grants=(Grant("R01", agency="NCI"),),
        data_banks=(DataBank("GEO", ("GSE1",)),),
        conflict_of_interest="None.",
    )
    notes = re.findall(r"^N1  - (.*)$", written("ris", rich), re.MULTILINE)
    notes.append(bibtex.entry(rich)["note"].strip("{}"))
    assert len(notes) > 15
    assert [note for note in notes if not OUR_NOTE.match(note)] == []


# BibTeX

BIBTEX = """\
% @article{notthis, pmid = {1},
Read this: me@example.org
@string{jmu = "Journal of " # "Made Up"}
@Comment{jabref-meta: databaseType:bibtex; {@article{x, pmid={1}}}}
@Article{MyKey2007,
	author    = "Sampler, Ann E and Zhang, Wei",
	title     = {As {it} was},
	file      = {:a\\_b.pdf:PDF},
	journal   = jmu,
	keywords  = {gone},
	note      = {my own note},
	pmid      = 1,
	groups    = {a, b}
}

@book(paren, title = "A (book) of {my "own"}", year = 1999)
@article{other, pmid = {2}, title = {Another}, }
"""


def test_bibtex_keeps_everything_that_is_not_ours() -> None:
    change = update("bibtex", BIBTEX, NEW)
    assert_counts(change, 1, 0, 0)
    start, end = BIBTEX.index("@Article"), BIBTEX.index("\n\n@book")
    assert change.text.startswith(BIBTEX[:start]) and change.text.endswith(BIBTEX[end:])
    lines = change.text[start : -len(BIBTEX[end:])].splitlines()
    assert lines[0] == "@Article{MyKey2007,"
    assert lines[1] == '\tauthor    = "Sampler, Ann E and Zhang, Wei",'
    assert "\ttitle     = {As it is now}," in lines
    assert "\tfile      = {:a\\_b.pdf:PDF}," in lines
    assert "\tjournal   = {Journal of made-up results}," in lines
    assert "\tkeywords  = {{Stromal} {Cells}}," in lines or any(
        "tromal" in line for line in lines if "keywords" in line
    )
    assert "\tnote      = {my own note}," in lines
    assert "\tpmid      = 1," in lines
    assert lines[-2:] == ["\tgroups    = {a, b}", "}"]
    assert "\tdoi = {10.1/1}," in lines
    assert update("bibtex", change.text, NEW) == Update(change.text, 0, 0, 1)


def test_new_bibtex_entries_take_no_key_that_is_there() -> None:
    (key,) = re.findall(r"@article\{([^,]+),", written("bibtex", OLD))
    text = f"@book{{{key.upper()}, title = {{Mine}}}}"
    change = update("bibtex", text, OLD, record(2, "As it was."))
    keys = re.findall(r"@\w+\{([^,]+),", change.text)
    assert keys[0] == key.upper() and len({each.lower() for each in keys}) == 3
    assert change.text.startswith(text + "\n\n@article{")
    assert update("bibtex", change.text, OLD, record(2, "As it was.")).text == change.text


def test_a_bibtex_note_of_ours_goes_and_the_users_stays() -> None:
    retracted = record(1, relations=(Relation("RetractionIn", "J Made Up. 2009"),))
    text = update("bibtex", written("bibtex", record(1)), retracted).text
    assert text == written("bibtex", retracted)
    assert update("bibtex", text, record(1)).text == written("bibtex", record(1))


@pytest.mark.parametrize("name", ["note", "annote"])
@pytest.mark.parametrize("mine", ['{mine, {\\"o}\n\tand more}', '"mine"'])
def test_what_the_user_wrote_into_bibtex_notes_stays_there(name: str, mine: str) -> None:
    plain = record(1)
    retracted = record(1, relations=(Relation("RetractionIn", "J Made Up. 2009"), Relation("ErratumIn", "x")))
    text = re.sub(r"  annote = .*\n", "", written("bibtex", plain)).replace("  pmid", f"  {name} = {mine},\n  pmid")
    for now in (retracted, plain, retracted):
        text = update("bibtex", text, now).text
        assert update("bibtex", text, now) == Update(text, 0, 0, 1)
        said = "\n".join(filter(None, (mine[1:-1], bibtex.entry(now).get(name, "")[1:-1])))
        assert f"  {name} = {{{said}}},\n" in text.replace(mine, f"{{{mine[1:-1]}}}")


@pytest.mark.parametrize("mine", ['jmu # " mine"', "jmu"])
def test_a_bibtex_note_that_is_put_together_is_left_alone(mine: str) -> None:
    text = written("bibtex", record(1)).replace("  pmid", f"  note = {mine},\n  pmid")
    retracted = record(1, relations=(Relation("RetractionIn", "J Made Up. 2009"),))
    assert f"  note = {mine},\n" in update("bibtex", text, retracted).text


def test_what_the_user_wrote_into_a_csl_note_stays_there() -> None:
    text = written("csl-json", NEW).replace('"note": "', '"note": "Citation Key: mine\\n')
    assert "Citation Key" in text
    assert update("csl-json", text, NEW) == Update(text, 0, 0, 1)
    retracted = NEW._replace(relations=(Relation("RetractionIn", "J Made Up. 2009"),))
    (item,) = json.loads(update("csl-json", text, retracted).text)
    first, second, *_ = item["note"].split("\n")
    assert (first, second) == ("Citation Key: mine", "RETRACTED PUBLICATION")


@pytest.mark.parametrize(
    "fields",
    [
        "pmid = {1}",
        "PMID=1",
        'pmid = "1"',
        "url = {https://pubmed.ncbi.nlm.nih.gov/1/}",
        "note = {PMID: 1}",
        "eprint = {1}, eprinttype = {pubmed}",
    ],
)
def test_a_bibtex_entry_is_known_by_its_pmid(fields: str) -> None:
    assert pmids_in(f"@misc{{x, {fields}}}", kind("bibtex")) == [1]


@pytest.mark.parametrize(
    "fields", ["eprint = {1}", "note = {Erratum in PMID: 1}", "pmid = {1}, url = {https://pubmed.ncbi.nlm.nih.gov/2/}"]
)
def test_a_bibtex_entry_that_does_not_surely_name_a_pmid_is_nobodys(fields: str) -> None:
    assert pmids_in(f"@misc{{x, {fields}}}", kind("bibtex")) == []


@pytest.mark.parametrize(
    "text",
    [
        "@article{x, title = {no end}",
        "@article{x, title = {{no end}}\n\n@article{y, pmid = {1}}",
        '@article{x, title = "no} end"}',
        "@article{x title = {no comma}}",
        "@article{x, title {no equals}}",
        "no entries at all",
        '[{"pmid": 1}]',
    ],
)
def test_what_is_no_bibtex_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"Line \d+: .*\."):
        update("bibtex", text, NEW)


# JSON


def _indented(records: list[Any], indent: int | str | None, separators: tuple[str, str] | None = None) -> str:
    return json.dumps(records, indent=indent, separators=separators, ensure_ascii=False)


@pytest.mark.parametrize(
    ("indent", "separators"), [(2, None), (4, None), ("\t", None), (0, None), (None, (",", ":")), (None, None)]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_json_keeps_its_layout(indent: Any, separators: Any, end: str) -> None:
    def file(*records: Record) -> str:
        values = json.loads(written("json", *records))
        values[0]["mine"] = {"é": [1, {"2": 1e400}]}
        return _indented(values, indent, separators).replace("\n", end)

    change = update("json", file(OLD, record(2)), NEW, record(3))
    assert change.text == file(NEW, record(2), record(3))
    assert_counts(change, 1, 1, 0)


def test_json_keeps_members_that_are_not_ours_and_their_text() -> None:
    text = '[\n  {"mine": 1.50, "pmid": 1, "title"  :  "As\\u0020it was", "mine": [ ]},\n  "free", {"pmid": "2"}, 7 ]'
    change = update("json", text, NEW)
    assert_counts(change, 1, 0, 0)
    assert change.text.startswith('[\n  {"mine": 1.50, "pmid": 1, ')
    assert '"title"  :  "As it is now",' in change.text
    assert change.text.endswith(', "mine": [ ]},\n  "free", {"pmid": "2"}, 7 ]')
    assert update("json", change.text, NEW) == Update(change.text, 0, 0, 1)


def test_a_record_that_was_only_fetched_again_is_unchanged() -> None:
    text = written("json", OLD)
    again = updated(text, kept(OLD, retrieved=1e9), kind("json", text))
    assert again == Update(text, 0, 0, 1)


@pytest.mark.parametrize(("text", "start"), [("[]", '[\n{"pmid": 1,'), (" [ ]\n", ' [\n{"pmid": 1,')])
def test_an_empty_list_is_filled(text: str, start: str) -> None:
    change = update("json", text, OLD)
    assert change.text.startswith(start)
    assert [values["pmid"] for values in json.loads(change.text)] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"pmid": 1}',
        '[{"pmid": 1}',
        '[{"pmid": 1},]',
        "[1 2]",
        "[1] 2",
        "[",
        "[" * 100_000,
        "[" + "1" * 5_000 + "]",
        "TY  - JOUR\nER  - \n",
    ],
)
def test_what_is_no_json_list_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"Line \d+: .*\."):
        update("json", text, NEW)


# CSL-JSON

CSL = """\
[
    {
        "id": "sampler2007",
        "type": "article-journal",
        "title": "As it was",
        "custom": {"mine": true},
        "citation-key": "sampler2007",
        "PMID": 1,
        "publisher": "Gone"
    },
    {"id": "other", "type": "book", "title": "Another", "note": "PMID: 2"}
]
"""


def test_csl_keeps_the_id_and_everything_that_is_not_ours() -> None:
    change = update("csl-json", CSL, NEW, record(3))
    assert_counts(change, 1, 1, 0)
    first, other, added = json.loads(change.text)
    fresh, added_too = json.loads(written("csl-json", NEW, record(3)))
    own = {"id": "sampler2007", "citation-key": "sampler2007", "custom": {"mine": True}}
    assert first == {**fresh, **own}
    assert (added, other) == (added_too, json.loads(CSL)[1])
    assert change.text.startswith(CSL[: CSL.index("As it was")])
    assert '        "custom": {"mine": true},\n        "citation-key": "sampler2007",\n' in change.text
    assert CSL[CSL.index('    {"id": "other') : -3] in change.text
    assert update("csl-json", change.text, NEW, record(3)) == Update(change.text, 0, 0, 2)


@pytest.mark.parametrize(
    "members",
    [
        '"PMID": "1"',
        '"PMID": 1',
        '"URL": "https://pubmed.ncbi.nlm.nih.gov/1"',
        '"id": "pmid:1"',
        '"note": "mine\\nPMID: 1\\nPMCID: PMC2"',
    ],
)
def test_a_csl_item_is_known_by_its_pmid(members: str) -> None:
    assert pmids_in(f"[{{{members}}}]", kind("csl-json")) == [1]


@pytest.mark.parametrize(
    "members", ['"id": "1"', '"id": 1', '"PMID": null', '"note": "Erratum in PMID: 1"', '"PMID": 1, "id": "pmid:2"']
)
def test_a_csl_item_that_does_not_surely_name_a_pmid_is_nobodys(members: str) -> None:
    assert pmids_in(f"[{{{members}}}]", kind("csl-json")) == []


# Which file is of which kind


@pytest.mark.parametrize(
    ("suffix", "format"),
    [(".ris", "bibtex"), (".bib", "ris"), (".json", "ris"), (".txt", ""), ("", ""), (".RIS", "json")],
)
def test_a_suffix_and_a_format_must_go_together(suffix: str, format: str) -> None:
    with pytest.raises(NotUpdatable) as raised:
        kind_of(suffix, "", format)
    assert raised.value.exit_status == 2


@pytest.mark.parametrize(("suffix", "format"), [(".RIS", "ris"), (".bib", "bibtex"), (".json", "csl-json")])
def test_a_format_may_be_named(suffix: str, format: str) -> None:
    assert kind_of(suffix, "", format) == kind(format) != kind("json")


def test_a_json_file_shows_its_format() -> None:
    for format in ("json", "csl-json"):
        text = written(format, OLD)
        assert kind_of(".json", text) == kind_of(".json", "[ ]", format) == kind(format)
    with pytest.raises(NotUpdatable, match="csl-json"):
        kind_of(".json", written("csl-json", OLD), "json")
    with pytest.raises(Unreadable, match="Line 2"):
        kind_of(".json", '[1,\n{"name": "package"}]')
    assert kind_of(".json", "") == kind_of(".json", "[]") == kind("json")


# Anything at all

FRAGMENTS = {
    "ris": (
        "TY  - JOUR\n",
        "ER  - \n",
        "AN  - 1\n",
        "M2  - PMID: 1\n",
        "DB  - PubMed\r\n",
        "RN  - x\n",
        "free\n",
        "\r",
    ),
    "bibtex": (
        "@article{",
        "k,",
        "pmid = {1},",
        "pmid=2",
        "}\n",
        "{",
        '"',
        "title = ",
        "# ",
        "@comment{",
        "%",
        "\n",
        "x",
    ),
    "json": ("[", "]", '{"pmid": 1, "title": "x"}', '{"pmid": 3}', ",", "{", "}", '"', ":", "1", "\n", "null", " "),
    "csl-json": ("[", "]", '{"PMID": 1, "id": "a"}', '{"type": "book", "id": "pmid:3"}', ",", "{", "}", '"', "\n", " "),
}
"""What files are made of."""


def _texts(format: str) -> st.SearchStrategy[tuple[str, str]]:
    parts = st.one_of(st.sampled_from(FRAGMENTS[format]), st.text(max_size=5))
    made = st.lists(parts, max_size=20).map("".join)
    cut = st.tuples(st.integers(0, 400), st.integers(0, 400), parts).map(
        lambda cut: written(format, OLD, record(2))[: cut[0]] + cut[2] + written(format, OLD, record(2))[cut[1] :]
    )
    return st.one_of(made, cut).map(lambda text: (format, text))


@settings(deadline=None, max_examples=300)
@given(FORMATS.flatmap(_texts))
def test_any_file_is_updated_once_or_refused(case: tuple[str, str]) -> None:
    format, text = case
    try:
        change = update(format, text, NEW, record(4))
    except Unreadable:
        return
    assert change.replaced + change.added + change.unchanged == 2
    assert update(format, change.text, NEW, record(4)) == Update(change.text, 0, 0, 2)
    assert set(pmids_in(change.text, kind(format))) >= {1, 4}
    untouched = [piece.text for piece in kind(format).pieces(text.removeprefix("\ufeff")) if not piece.pmid]
    at = 0
    for piece in untouched:
        at = change.text.find(piece.rstrip("] \r\n") if format == "json" else piece, at)
        assert at >= 0
        at += len(piece.rstrip("] \r\n")) if format == "json" else len(piece)


HOSTILE = st.lists(
    st.sampled_from(
        ("ER  - ", "\nER  - \n", "TY  - JOUR", "@article{", "}", "{", '"', "\\", ",", "]", "\n", "pmid", "%")
    )
    | st.text(max_size=4),
    max_size=6,
).map("".join)


@settings(deadline=None, max_examples=150)
@given(FORMATS, HOSTILE, HOSTILE)
def test_any_record_is_found_again(format: str, old: str, new: str) -> None:
    before, after = record(1, old), record(1, new, conflict_of_interest=old)
    text = written(format, before, record(2))
    assert update(format, text, before, record(2)) == Update(text, 0, 0, 2)
    change = update(format, text, after)
    assert change.text == written(format, after, record(2)) or format == "bibtex"  # where the key stays as it was
    assert update(format, change.text, after) == Update(change.text, 0, 0, 1)


def test_rispy_reads_what_was_updated() -> None:
    entries = rispy.loads(update("ris", RIS, NEW, record(2)).text)
    assert [entry.get("title") for entry in entries] == [
        "A book of my own",
        "As it is now",
        "Stromal cells in a dish.",
    ]


PAIRS = Path(__file__).parents[3] / "shared" / "data" / "export_pairs"


@pytest.mark.skipif(not PAIRS.is_dir(), reason="the files of other programs are not here")
def test_files_of_other_programs_stay_as_they_are() -> None:
    files = [path for path in sorted(PAIRS.iterdir()) if path.suffix in (".ris", ".bib")]
    pmids = {}
    for path in files:
        text = path.read_bytes().decode()
        if path.name == "jabref_RisImporterTest1.ris":  # in which entries begin and do not end
            with pytest.raises(Unreadable, match="Line 3"):
                kind_of(path.suffix, text).pieces(text)
            continue
        pieces = kind_of(path.suffix, text).pieces(text)
        assert "".join(piece.text for piece in pieces) == text
        assert len(pieces) > 1
        added = updated(text, kept(record(99)), kind_of(path.suffix, text))
        assert added.text.startswith(text)
        assert added.added == 1
        pmids[path.name] = [piece.pmid for piece in pieces if piece.pmid]
    assert len(pmids) > 20
    assert pmids["jabref_MedlineImporterTestNbib.bib"] == [23633646, 21413195]
