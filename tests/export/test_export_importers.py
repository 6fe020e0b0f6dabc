"""RIS as Zotero and JabRef read it: the tables of their rules held against recorded imports of theirs, then what they
read in ours against what they make of PubMed's own files of the same record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.export.importers import Fields, bibtex, jabref, last_name_first, plain, zotero, zotero_pair
from tui.export import nbib as nbib_format
from tui.export import ris
from tui.export.period import period
from tui.model.dates import PartialDate
from tui.model.record import Record
from tui.model.results import Kept, Origin
from tui.parse import Parsed, nbib, read

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "export_pairs"
pytestmark = pytest.mark.skipif(not PAIRS.is_dir(), reason="the recorded imports are not here")


# The tables make of recorded RIS what the programs made of it

_ZOTERO_COMPARED = (
    *(
        "title",
        "creators",
        "date",
        "publicationTitle",
        "journalAbbreviation",
        "volume",
        "issue",
        "pages",
        "DOI",
        "ISSN",
    ),
    *("abstractNote", "tags", "url", "language", "archive", "archiveLocation"),
)


@pytest.mark.parametrize("name", ["00", "02", "03", "05", "07", "08"])
def test_the_table_of_zotero_reads_as_zotero_does(name: str) -> None:
    text, expected = zotero_pair(PAIRS / f"zotero_ris_{name}.json")
    found = zotero(text)
    assert len(found) == len(expected)
    articles = 0
    for ours, theirs in zip(found, map(plain, expected), strict=True):
        if theirs["itemType"] != "journalArticle":
            continue
        articles += 1
        ours["tags"].sort()
        compared = [field for field in _ZOTERO_COMPARED if not (field == "date" and "Year" in theirs.get("date", ""))]
        assert {field: ours.get(field) for field in compared} == {field: theirs.get(field) for field in compared}
    assert articles


@pytest.mark.parametrize("name", ["4a", "4c", "5b", "7", "9", "DoiAndJournalTitle", "Scopus"])
def test_the_table_of_jabref_reads_as_jabref_does(name: str) -> None:
    text = (PAIRS / f"jabref_RisImporterTest{name}.ris").read_text(encoding="utf-8")
    assert jabref(text) == bibtex(PAIRS / f"jabref_RisImporterTest{name}.bib")


# What they make of our RIS is what they make of PubMed's XML


def _written(xml: bytes) -> str:
    return _of_records(parsed.record for parsed in read([xml]) if isinstance(parsed, Parsed))


def _of_records(records: Iterable[Record]) -> str:
    return "".join(ris.write(Kept(record, b"", Origin("PubMed", 0)) for record in records))


class Difference(NamedTuple):
    """Where two ways into the same program lead to different values, and why that is right."""

    why: str
    theirs: Callable[[Any], Any]
    """What is expected of RIS, from what the importer of PubMed's XML gives."""
    ours: Callable[[Any], Any] = lambda value: value


def _on_one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _without_dots(creators: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{part: name.replace(".", "") for part, name in each.items()} for each in creators]


ZOTERO_DIFFERENCES = {
    "title": Difference("its own importer leaves out the full stop", str, lambda title: title.removesuffix(".")),
    "publicationTitle": Difference(
        "its own importer gives journals capitals, and the town in brackets to another field",
        str.casefold,
        lambda title: re.sub(r" \([^)]*\)$", "", title).replace(" : ", ": ").casefold(),
    ),
    "creators": Difference("its own importer dots initials", _without_dots),
    "date": Difference(
        "RIS has no field for a span: its first month, the span stands in a note",
        lambda date: {"2010 Sep-Oct": "2010-09"}.get(date, date),
    ),
    "abstractNote": Difference(
        "a value of RIS is one line; its own importer drops the markup of raised figures", _on_one_line, _on_one_line
    ),
    "tags": Difference(
        "its own importer leaves out qualifiers", sorted, lambda tags: sorted(tag for tag in tags if "/" not in tag)
    ),
}
"""For what is in the fields of both."""
ZOTERO_EQUAL = ("journalAbbreviation", "volume", "issue", "pages", "DOI", "ISSN", "language", *ZOTERO_DIFFERENCES)


@pytest.mark.parametrize("path", sorted(PAIRS.glob("zotero_pubmedxml_*.json")), ids=lambda path: path.stem)
def test_zotero_reads_our_ris_as_it_reads_the_xml(path: Path) -> None:
    xml, expected = zotero_pair(path)
    for ours, theirs in zip(zotero(_written(xml.encode())), map(plain, expected), strict=True):
        fields = set(ZOTERO_EQUAL)
        if theirs["itemType"] == "preprint":  # for which RIS has no type that Zotero knows: it becomes an article
            theirs["publicationTitle"] = theirs["repository"]
            fields -= {"ISSN", "journalAbbreviation"}
        else:
            assert (ours["itemType"], ours["archiveLocation"]) == (theirs["itemType"], theirs["PMID"])
            ids = [f"{name}: {theirs[name]}" for name in ("PMID", "PMCID") if name in theirs]
            assert ours["extra"] == ids
        for field in fields:
            assert _same(field, ours, theirs, ZOTERO_DIFFERENCES), (field, ours.get(field), theirs.get(field))


def _lines(extra: list[str]) -> str:
    return "\n".join(extra).replace(" ", "")


def _point(date: str) -> object:
    return (tuple(int(part) for part in date.split("-")),)


def _parts(tag: str) -> list[str]:
    """``Brain/*enzymology`` as the two keywords that it is to us."""
    descriptor, *qualifiers = tag.replace("*", "").split("/")
    return [descriptor, *(f"{descriptor}/{qualifier}" for qualifier in qualifiers)]


ZOTERO_NBIB_DIFFERENCES = {name: ZOTERO_DIFFERENCES[name] for name in ("creators", "abstractNote")} | {
    "date": Difference("the same date in other words", lambda date: period(PartialDate(medline_date=date)), _point),
    "ISSN": Difference("of two, RIS has the first", lambda issn: issn.split(" ")[0]),
    "tags": Difference(
        "its own importer leaves headings and their qualifiers, stars included, as they are",
        lambda tags: {part for tag in tags for part in _parts(tag)},
        set,
    ),
    "extra": Difference("they are lines of one field", lambda extra: extra.replace(" ", ""), _lines),
}


NO_PUBMED_RECORDS = {"zotero_nbib_00": "a PMID of zeros, made up", "zotero_nbib_07": "records of ERIC, without PMIDs"}


@pytest.mark.parametrize("path", sorted(PAIRS.glob("zotero_nbib_*.json")), ids=lambda path: path.stem)
def test_zotero_reads_our_ris_as_it_reads_pubmeds_nbib(path: Path) -> None:
    text, expected = zotero_pair(path)
    if path.stem in NO_PUBMED_RECORDS:
        with pytest.raises(nbib.NotNbib, match="has no PMID"):
            list(nbib.read([text.encode()]))
        return
    records = list(nbib.read([text.encode()]))
    for record, ours, theirs in zip(records, zotero(_of_records(records)), map(plain, expected), strict=True):
        for field in (*ZOTERO_EQUAL, "extra"):
            if field == "pages" and theirs[field] == record.id("pii"):
                continue  # the publisher's identifier is no page, and AID has it in our nbib
            assert _same(field, ours, theirs, ZOTERO_NBIB_DIFFERENCES), (field, ours.get(field), theirs.get(field))


def _same(field: str, ours: Fields, theirs: Fields, differences: dict[str, Difference]) -> bool:
    if field not in differences or field not in ours or field not in theirs:
        return bool(ours.get(field) == theirs.get(field))
    return bool(differences[field].ours(ours[field]) == differences[field].theirs(theirs[field]))


JABREF_DIFFERENCES = {
    "author": Difference(
        "of a group's name in RIS it takes the last word for a family name; from XML it leaves out suffixes",
        lambda names: " and ".join(map(last_name_first, names.split(" and "))),
        lambda names: re.sub(r", Jr\b", "", names),
    ),
    "abstract": Difference(
        "a value of RIS is one line; from XML it leaves out this label",
        _on_one_line,
        lambda text: _on_one_line(text).removeprefix("UNLABELLED: "),
    ),
}
JABREF_EQUAL = ("title", "journal", "year", "volume", "issue", "pages", "doi", "issn", *JABREF_DIFFERENCES)
JABREF_LOST = {"month": "it takes PY, which is a year to all others, and does not look at DA then"}


@pytest.mark.parametrize("path", sorted(PAIRS.glob("jabref_MedlineImporterTest*.xml")), ids=lambda path: path.stem)
def test_jabref_reads_our_ris_as_it_reads_the_xml(path: Path) -> None:
    found = jabref(_written(path.read_bytes()))
    for ours, theirs in zip(found, bibtex(path.with_suffix(".bib")), strict=True):
        assert ours["url"] == f"https://pubmed.ncbi.nlm.nih.gov/{theirs['pmid']}/"
        assert not JABREF_LOST.keys() & ours.keys()
        # The name in BibTeX; of a book it takes SN for the ISSN; and it takes whom an article is about for its author.
        ours["issue"] = ours.pop("number", None)
        theirs["issn"] = theirs.get("isbn", theirs.get("issn"))
        if "Koop, C Everett" in theirs.get("author", ""):
            del theirs["author"]
        # From XML it parts them by semicolons and stars them; from RIS, by commas, which headings hold as well.
        keywords = theirs.get("keywords", "").replace("*", "").split("; ")
        assert [each for each in keywords if each and f", {each}, " not in f", {ours['keywords']}, "] == []
        for field in JABREF_EQUAL:
            assert _same(field, ours, theirs, JABREF_DIFFERENCES), (field, ours.get(field), theirs.get(field))


def test_jabref_reads_our_ris_as_it_reads_pubmeds_nbib() -> None:
    """The other two recorded pairs of its reader of nbib are scraps, without a PMID or an author."""
    path = PAIRS / "jabref_MedlinePlainImporterTestCompleteEntry.txt"
    (theirs,) = bibtex(path.with_suffix(".bib"))
    (record,) = nbib.read([path.read_bytes()])
    (ours,) = jabref(_of_records([record]))
    same = ("type", "title", "author", "journal", "year", "volume", "abstract", "language")
    assert {field: ours[field] for field in same} == {field: theirs[field] for field in same}
    assert (ours["number"], ours["issn"], ours["pages"]) == (theirs["issue"], theirs["print-issn"], "454--481")
    assert ours["url"] == f"https://pubmed.ncbi.nlm.nih.gov/{theirs['pmid']}/"
    for heading in record.mesh:
        assert f", {heading.descriptor.name}" in f", {ours['keywords']}"


@pytest.mark.parametrize(
    "path",
    [*sorted(PAIRS.glob("zotero_nbib_*.json")), PAIRS / "jabref_MedlinePlainImporterTestCompleteEntry.txt"],
    ids=lambda path: path.stem,
)
def test_what_they_read_as_nbib_is_what_we_write(path: Path) -> None:
    """So they read ours as they read PubMed's: field by field it is the same but for what PubMed adds today."""
    if path.stem in NO_PUBMED_RECORDS:
        return
    text = path.read_text(encoding="utf-8") if path.suffix == ".txt" else zotero_pair(path)[0]
    (record,) = nbib.read([text.encode()])
    lines = re.sub(r"\s*\n\s{6}", " ", text.strip()).splitlines()
    made_anew = ("SO  -", "PHST-", "EDAT-")  # the citation, and dates that older files have without their time
    theirs = [_on_one_line(line) for line in lines if not line.startswith(made_anew)]
    ours = [f"{tag:<4}- {value}" for tag, value in nbib_format.fields(record)]
    ours = [_on_one_line(line) for line in ours if not line.startswith(made_anew)]
    assert sorted(ours) == sorted(theirs)
