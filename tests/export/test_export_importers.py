"""RIS as Zotero and JabRef read it: their tag rules as tables, held against recorded imports of theirs, then against
what they make of PubMed's own XML of the same record."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tui.export import ris
from tui.model.results import Kept, Origin
from tui.parse import Parsed, read

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "export_pairs"
pytestmark = pytest.mark.skipif(not PAIRS.is_dir(), reason="the recorded imports are not here")

Fields = dict[str, Any]

# Zotero: the first value of a field stays, lines without a tag belong to the one before

_ZOTERO_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?")
_ZOTERO_TYPES = {"JOUR": "journalArticle", "EJOUR": "journalArticle", "CHAP": "bookSection", "BOOK": "book"}
"""Any other of those we write is a journal article to Zotero."""
_ZOTERO_FIELDS = {
    "TI": "title",
    "T1": "title",
    "T2": "publicationTitle",
    "JF": "publicationTitle",
    "J2": "journalAbbreviation",
    "JO": "journalAbbreviation",
    "JA": "journalAbbreviation",
    "VL": "volume",
    "IS": "issue",
    "M1": "issue",
    "DO": "DOI",
    "M3": "DOI",
    "SN": "ISSN",
    "AB": "abstractNote",
    "N2": "abstractNote",
    "UR": "url",
    "LA": "language",
    "AN": "archiveLocation",
    "DB": "archive",
    "PB": "publisher",
    "CY": "place",
    "ET": "edition",
}
_ZOTERO_OTHER_TITLES = {"bookSection": "bookTitle", "book": "series"}
"""What T2 is to these."""
_ZOTERO_CREATORS = ("AU", "A1", "A2", "A4", "ED")
_ZOTERO_LISTS = {"N1": "notes", "M2": "extra"}
_DOI = re.compile(r"10\.[0-9]{4,}\S*/\S+")


def zotero(text: str) -> list[Fields]:
    items: list[Fields] = []
    values: list[tuple[str, str]] = []
    for line in text.splitlines():
        if found := _ZOTERO_LINE.fullmatch(line):
            values.append((found[1], (found[2] or "").strip()))
        elif values and line.strip():
            tag, value = values[-1]
            values[-1] = (tag, f"{value}\n{line}" if tag in ("KW", "AB", "N1", "N2") else f"{value} {line.strip()}")
    for tag, value in values:
        if tag == "TY":
            items.append({"itemType": _ZOTERO_TYPES.get(value, "journalArticle"), "creators": [], "tags": []})
        elif tag != "ER" and value and items:
            _zotero_value(items[-1], tag, value)
    return [_zotero_complete(item) for item in items]


def _zotero_value(item: Fields, tag: str, value: str) -> None:
    if tag not in ("N1", "AB"):
        value = html.unescape(value)
    if tag in _ZOTERO_CREATORS:
        last, *first = re.split(r"\s*,\s*", value, maxsplit=1)
        item["creators"].append({"lastName": last, **({"firstName": first[0]} if first else {})})
    elif tag == "KW":
        item["tags"] += [part for part in re.split(r"\s*[\r\n;]+\s*", value) if part]
    elif tag in _ZOTERO_LISTS:
        item.setdefault(_ZOTERO_LISTS[tag], []).append(value)
    elif tag in ("SP", "EP"):
        item["pages"] = f"{item['pages']}-{value}" if "pages" in item else value
    elif tag in ("DA", "PY", "Y1"):
        item.setdefault(tag, _zotero_date(value))
    elif tag in _ZOTERO_FIELDS:
        field = _ZOTERO_FIELDS[tag]
        if tag == "T2":
            field = _ZOTERO_OTHER_TITLES.get(item["itemType"], field)
        if field == "DOI":
            value = found.group() if (found := _DOI.search(value)) else ""
        item[field] = item.get(field) or re.sub(r"\s+", " ", value)


def _zotero_date(value: str) -> str:
    parts = [part for part in value.split("/")[:3] if part.strip("0")]
    return "-".join(parts)


def _zotero_complete(item: Fields) -> Fields:
    dates = [item.pop(tag) for tag in ("DA", "Y1", "PY") if tag in item]
    if dates:
        item["date"] = dates[0]
    if "journalAbbreviation" in item:
        item.setdefault("publicationTitle", item["journalAbbreviation"])
    if len(item["tags"]) == 1:
        item["tags"] = re.split(r"\s*,\s*", item["tags"][0])
    return {field: value for field, value in item.items() if value or field in ("creators", "tags")}


# JabRef: the last value of a field stays, but for titles, which are joined, and the second choice of a journal

_JABREF_TYPES = {
    "JOUR": "article",
    "MGZN": "article",
    "BOOK": "book",
    "CHAP": "incollection",
    "UNPB": "unpublished",
} | {"PAT": "patent"}
_JABREF_FIELDS = {
    "JO": "journal",
    "J1": "journal",
    "JF": "journal",
    "T3": "series",
    "LA": "language",
    "CA": "caption",
    "DB": "database",
    "AN": "number",
    "IS": "number",
    "C7": "number",
    "M1": "number",
    "PB": "publisher",
    "AD": "address",
    "CY": "address",
    "PP": "address",
    "ET": "edition",
    "SN": "issn",
    "VL": "volume",
    "UR": "url",
    "L2": "url",
    "C2": "eprint",
    "C3": "eventtitle",
    "RN": "note",
    "ST": "shorttitle",
    "BT": "booktitle",
    "ID": "refid",
}
_JABREF_PEOPLE = {"AU": "author", "A1": "author", "A2": "author", "A3": "author", "A4": "author", "ED": "editor"}
_JABREF_DATES = ("Y1", "PY", "DA", "Y2")
"""From the one that counts most to the one that counts least."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def jabref(text: str) -> list[Fields]:
    return [_jabref_entry(entry) for entry in re.split(r"ER {2}-.*\n*", text) if entry.strip()]


def _jabref_entry(text: str) -> Fields:
    entry: Fields = {"people": {}, "keywords": [], "comment": [], "abstract": [], "pages": ["", ""], "dates": {}}
    values: list[str] = []
    for line in text.split("\n"):
        if len(line) < 6 or line[2:6] == "  - ":
            values.append(line)
        elif values:
            glue = " " if values[-1] and not values[-1][-1].isspace() and not line[0].isspace() else ""
            values[-1] += glue + line
    for value in values:
        if len(value) >= 6:
            _jabref_value(entry, value[:2], value[6:].strip())
    people = {field: " and ".join(map(_last_name_first, names)) for field, names in entry.pop("people").items()}
    first, last = entry.pop("pages")
    dates = entry.pop("dates")
    when = next((dates[tag] for tag in _JABREF_DATES if tag in dates), "")
    month = re.fullmatch(r"[^/]*/([0-9]{1,2})(?:/.*)?", when)
    entry |= people | {
        "year": when[:4],
        "month": _MONTHS[int(month[1]) - 1] if month and 1 <= int(month[1]) <= 12 else "",
        "pages": first + (f"--{last}" if last else ""),
        "keywords": ", ".join(entry["keywords"]),
        "comment": "\n".join(entry["comment"]),
        "abstract": "\n".join(dict.fromkeys(entry["abstract"])),
    }
    return {field: value for field, value in entry.items() if value}


def _jabref_value(entry: Fields, tag: str, value: str) -> None:
    if tag == "TY":
        entry["type"] = _JABREF_TYPES.get(value, "misc")
    elif tag in ("TI", "T1"):
        before = entry.get("title", "")
        joint = " " if before.endswith((":", ".", "?")) else ": "
        entry["title"] = re.sub(r"\s+", " ", f"{before}{joint}{value}" if before else value)
    elif tag in ("T2", "J2", "JA"):
        entry["journal"] = entry.get("journal") or value
    elif tag in _JABREF_PEOPLE:
        entry["people"].setdefault(_JABREF_PEOPLE[tag], []).append(value)
    elif tag in ("SP", "EP"):
        entry["pages"][tag == "EP"] = value
    elif tag in ("AB", "N2"):
        entry["abstract"].append(value)
    elif tag in _JABREF_DATES and re.match(r"[0-9]{4}", value):
        entry["dates"].setdefault(tag, value)
    elif tag == "KW":
        entry["keywords"].append(value)
    elif tag in ("N1", "U1", "U2"):
        entry["comment"].append(value)
    elif tag in ("DO", "M3"):
        if found := _DOI.search(value):
            entry["doi"] = found.group()
    elif tag in _JABREF_FIELDS:
        entry[_JABREF_FIELDS[tag]] = value


def _last_name_first(name: str) -> str:
    """A name without a comma is taken for given names, a particle in small letters, and a last name."""
    words = name.split()
    given = next((at for at, word in enumerate(words) if word[0].islower()), len(words) - 1)
    return name if "," in name or given < 1 else f"{' '.join(words[given:])}, {' '.join(words[:given])}"


# The tables make of recorded RIS what the programs made of it


def _zotero_pair(path: Path) -> tuple[str, list[Fields]]:
    pair = json.loads(path.read_text(encoding="utf-8"))
    return pair["input"], pair["expected_zotero_items"]


def _bibtex(path: Path) -> list[Fields]:
    """The entries of a file in which every value is in braces of its own."""
    fields = re.compile(r"^\s+([\w-]+)\s*=\s*(?:\{(.*?)\}|(\w+)),?$", re.MULTILINE | re.DOTALL)
    entries = re.split(r"^@", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [
        {"type": kind.lower(), **{name.lower(): braced or bare for name, braced, bare in fields.findall(entry)}}
        for entry in entries
        if (kind := entry.partition("{")[0]).lower() not in ("comment", "string")
    ]


def _plain(item: Fields) -> Fields:
    """A recorded item with its tags and creators in our form."""
    names = [{part: name for part, name in each.items() if part.endswith("Name")} for each in item["creators"]]
    return {**item, "creators": names, "tags": sorted(tag["tag"] for tag in item["tags"])}


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
    text, expected = _zotero_pair(PAIRS / f"zotero_ris_{name}.json")
    found = zotero(text)
    assert len(found) == len(expected)
    articles = 0
    for ours, theirs in zip(found, map(_plain, expected), strict=True):
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
    assert jabref(text) == _bibtex(PAIRS / f"jabref_RisImporterTest{name}.bib")


# What they make of our RIS is what they make of PubMed's XML


def _written(xml: bytes) -> str:
    kept = [
        Kept(parsed.record, parsed.xml, Origin("PubMed", 0)) for parsed in read([xml]) if isinstance(parsed, Parsed)
    ]
    return "".join(ris.write(kept))


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
    xml, expected = _zotero_pair(path)
    for ours, theirs in zip(zotero(_written(xml.encode())), map(_plain, expected), strict=True):
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


def _same(field: str, ours: Fields, theirs: Fields, differences: dict[str, Difference]) -> bool:
    if field not in differences or field not in ours or field not in theirs:
        return bool(ours.get(field) == theirs.get(field))
    return bool(differences[field].ours(ours[field]) == differences[field].theirs(theirs[field]))


JABREF_DIFFERENCES = {
    "author": Difference(
        "of a group's name in RIS it takes the last word for a family name; from XML it leaves out suffixes",
        lambda names: " and ".join(map(_last_name_first, names.split(" and "))),
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
    for ours, theirs in zip(found, _bibtex(path.with_suffix(".bib")), strict=True):
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
