"""References in a style of the user's own: a ``.csl`` file, through citeproc-py where that optional extra is installed.

The processor is given plain text, and what it leaves undone is done before and after it: blanks that it loses, pages
that it cuts too short, titles that it writes twice or in the wrong capitals, full stops outside quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tui.export import csl, words
from tui.model.clean import one_line
from tui.model.problem import Problem
from tui.model.record import Record

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LEFT_OUT = ("available-date", "note")
"""What citeproc-py has no name for; and the note, which holds more than belongs under a reference."""
_TITLES = ("container-title", "container-title-short", "collection-title")
_ITALIC = re.compile(r"<i>([^<]*)</i>")
_LONE_CAPITAL = re.compile(r"\b([A-Z])(?=\s|$)")
_STOP_OUTSIDE = re.compile(r"(?<![.,!?])\u201d([.,])(?=\s|$)")
_STOP_TWICE = re.compile(r"([.!?]\u201d)\.(?=\s|$)")


class StyleProblem(Problem):
    """The style file cannot be used, or nothing is installed that could read it."""

    exit_status = 2


def formatted(records: Sequence[Record], style: Path) -> list[str]:
    """A reference in plain text for each record, in their order; a style that numbers them begins at 1.

    What was retracted, or is under an expression of concern, says so at its end. Raises `StyleProblem`.
    """
    try:
        from citeproc import formatter, frontend, source  # noqa: PLC0415 - an optional extra
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415
    except ImportError as error:
        raise StyleProblem(
            "A style of your own needs a CSL processor, and none is installed.",
            "Install one with: pip install 'pubmed-tui[csl]'",
        ) from error
    _check(style)
    with style.open("rb") as file:
        parsed = frontend.CitationStylesStyle(file, validate=False)
    full_names = _mend(parsed.root)
    items = [_item(record, full_names) | {"id": str(number)} for number, record in enumerate(records)]
    bibliography = frontend.CitationStylesBibliography(parsed, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(source.Citation([source.CitationItem(item["id"])]))
    references = []
    for record, item, cited in zip(records, items, bibliography.items, strict=True):
        try:
            text = _rendered(parsed, cited, item.get("page", ""))
        except (source.VariableError, LookupError, AttributeError, TypeError, ValueError, NameError) as error:
            # What citeproc-py raises where a style asks for something that it does not know.
            raise StyleProblem(
                f"The CSL processor cannot apply {style.name} to PMID {record.pmid}.", "Try another style."
            ) from error
        inside = parsed.root.get_locale_option("punctuation-in-quote") == "true"
        references.append(_finished(text, record, item, stops_inside=inside))
    return references


def _check(style: Path) -> None:
    """Says what is wrong with the file, which citeproc-py would not."""
    try:
        root = ElementTree.parse(style).getroot()  # noqa: S314 - expat ends the expansion of entities
    except OSError as error:
        raise StyleProblem(f"The style {style} cannot be read: {error.strerror}.") from error
    except ElementTree.ParseError as error:
        raise StyleProblem(f"{style.name} is no XML, so no CSL style: {error}.", "Download it again.") from error
    if root.tag != f"{_CSL}style":
        raise StyleProblem(f"{style.name} is no CSL style.", "Styles are at https://www.zotero.org/styles.")
    for link in root.iter(f"{_CSL}link"):
        if link.get("rel") == "independent-parent":
            raise StyleProblem(f"{style.name} only names another style.", f"Use that one: {link.get('href')}")
    if root.find(f"{_CSL}bibliography/{_CSL}layout/*") is None:
        raise StyleProblem(f"{style.name} formats notes only: it has no bibliography.", "Use another style.")


def _mend(root: Any) -> bool:
    """Writes out, in the style element that citeproc-py has parsed, what it would not look up. Whether the style wants
    given names in full."""
    bibliography = root.find(f"{_CSL}bibliography")
    number = bibliography.find(f"{_CSL}layout")[0]
    if bibliography.get("second-field-align") and any(
        part.get("variable") == "citation-number" for part in number.iter()
    ):  # the number has a column of its own, so there is no blank after it
        number.set("suffix", number.get("suffix", "").rstrip() + " ")
    for date in root.iter(f"{_CSL}date"):  # the delimiter of a date in the style's own locale
        if date.get("variable") and date.get("form") and not date.get("delimiter"):
            date.set("delimiter", root.get_date(date.get("form")).get("delimiter", ""))
    for part in root.iter(f"{_CSL}name-part"):  # it can change names to capitals or to small letters only
        if part.get("text-case") not in ("uppercase", "lowercase"):
            part.attrib.pop("text-case", None)
    full = any(name.get("initialize") == "false" for name in root.iter(f"{_CSL}name"))
    if full:
        _initialize_where_said(root, bibliography)
    return full


def _initialize_where_said(root: Any, bibliography: Any) -> None:
    """Takes ``initialize-with`` from the style as a whole to each name that is not ``initialize="false"``."""
    inherited = bibliography.attrib.pop("initialize-with", None) or root.attrib.pop("initialize-with", None)
    for names in root.iter(f"{_CSL}names"):
        name = names.find(f"{_CSL}name")
        if name is None and names.getparent().tag != f"{_CSL}substitute":
            name = names.makeelement(f"{_CSL}name")
            names.insert(0, name)
        if name is not None and name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif name is not None and inherited is not None and name.get("initialize-with") is None:
            name.set("initialize-with", inherited)


def _item(record: Record, full_names: bool) -> dict[str, Any]:
    """The CSL item without tags, and with the capitals that must stay marked as citeproc-py wants it."""
    item = {name: value for name, value in csl.item(record).items() if name not in _LEFT_OUT}
    points = item.get("issued", {}).get("date-parts", ())
    if len(points) == 2 and points[0][0] == points[1][0]:  # of a span within a year it would lose the year
        item["issued"] = {"date-parts": [points[0][:1]]}
    title = words.title(record)
    italic = {word for phrase in _ITALIC.findall(getattr(title, "markup", "")) for word in phrase.split()}
    if title:
        item["title"] = " ".join(
            f'<span class="nocase">{word}</span>' if word != word.lower() or word in italic else word
            for word in csl.plain(title).split(" ")
        )
    if full_names:
        for names in (item.get("author", ()), item.get("editor", ())):
            for name in names:
                if "given" in name:
                    name["given"] = _LONE_CAPITAL.sub(r"\1.", name["given"])
    return item


def _rendered(parsed: Any, cited: Any, page: str) -> str:
    root = parsed.root
    first, _, last = page.partition("-")
    page_format = root.get("page-range-format", "expanded")
    if len(first) != len(last):  # it counts figures from the left: of 1-191 it would make 1-91
        root.set("page-range-format", "expanded")
    try:
        return "".join(str(text) for text in parsed.render_bibliography([cited]))
    except AssertionError:  # the style writes months as numbers, and a season has none
        cited.reference["issued"].pop("season", None)
        return "".join(str(text) for text in parsed.render_bibliography([cited]))
    finally:
        root.set("page-range-format", page_format)


def _finished(text: str, record: Record, item: dict[str, Any], *, stops_inside: bool) -> str:
    text = one_line(text)
    if "author" not in item and "editor" not in item:
        text = _with_title_once(text, csl.plain(words.title(record)), [item.get(name, "") for name in _TITLES])
    if stops_inside:
        text = _STOP_TWICE.sub(r"\1", _STOP_OUTSIDE.sub("\\1\u201d", text))
    said = ". ".join(each.rstrip(".") for each in words.warnings(record))
    return one_line(f"{text} {said}." if said else text).replace("\uff1c", "<")


def _with_title_once(text: str, title: str, others: list[str]) -> str:
    """Without the second of two titles, the first of which stands in for missing authors.

    Where the title is also part of what it stands in, as of ``Lancet`` in The Lancet, it is left.
    """
    if not title or any(title.lower() in other.lower() for other in others):
        return text
    pattern = rf"[\u201c\u2018\"]?{re.escape(title)}[\u201d\u2019\"]?[.,:;]?\s*"
    again = list(re.finditer(pattern, text, re.IGNORECASE))[1:2]
    return text[: again[0].start()] + text[again[0].end() :] if again else text
