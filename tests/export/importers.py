"""The importers of Zotero and JabRef: their rules for the tags of RIS as tables, and what they made of some files."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

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
    people = {field: " and ".join(map(last_name_first, names)) for field, names in entry.pop("people").items()}
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


def last_name_first(name: str) -> str:
    """A name without a comma is taken for given names, a particle in small letters, and a last name."""
    words = name.split()
    given = next((at for at, word in enumerate(words) if word[0].islower()), len(words) - 1)
    return name if "," in name or given < 1 else f"{' '.join(words[given:])}, {' '.join(words[:given])}"


# Recorded imports


def zotero_pair(path: Path) -> tuple[str, list[Fields]]:
    pair = json.loads(path.read_text(encoding="utf-8"))
    return pair["input"], pair["expected_zotero_items"]


def bibtex(path: Path) -> list[Fields]:
    """The entries of a file in which every value is in braces of its own."""
    fields = re.compile(r"^\s+([\w-]+)\s*=\s*(?:\{(.*?)\}|(\w+)),?$", re.MULTILINE | re.DOTALL)
    entries = re.split(r"^@", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [
        {"type": kind.lower(), **{name.lower(): braced or bare for name, braced, bare in fields.findall(entry)}}
        for entry in entries
        if (kind := entry.partition("{")[0]).lower() not in ("comment", "string")
    ]


def plain(item: Fields) -> Fields:
    """A recorded item with its tags and creators in our form."""
    names = [{part: name for part, name in each.items() if part.endswith("Name")} for each in item["creators"]]
    return {**item, "creators": names, "tags": sorted(tag["tag"] for tag in item["tags"])}
