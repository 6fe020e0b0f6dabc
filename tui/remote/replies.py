"""The small replies of E-utilities, ESearch's and ESpell's, as values.

Both of ESearch's forms are read, JSON and XML (DTD esearch 20060628). All numbers in the JSON are strings, a list of
one may come as the one alone, and its texts hold raw line breaks, which strict JSON forbids. An error inside a reply
is not looked for here but in `tui.remote.answers`, before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.etree import ElementTree

from tui.model.clean import one_line
from tui.remote.errors import NotPubMed, cut_short

# (the part of the JSON, its list, the element of the XML)
_NOT_FOUND = (
    ("errorlist", "phrasesnotfound", "PhraseNotFound"),
    ("errorlist", "fieldsnotfound", "FieldNotFound"),
    ("warninglist", "quotedphrasesnotfound", "QuotedPhraseNotFound"),
)
_IGNORED = (
    ("warninglist", "phrasesignored", "PhraseIgnored"),
    ("warninglist", "outputmessages", "OutputMessage"),
)
_SAYS_THE_COUNT = "No items found."
"""The one warning that is left out: it says that the count is 0."""
_NUMBER = re.compile(r"[0-9]{1,9}")


class SearchReply(NamedTuple):
    """ESearch's answer."""

    pmids: tuple[int, ...] = ()
    """The ids of the page asked for, in PubMed's order."""
    total: int = 0
    """How many records the query finds, of which PubMed pages to the first 9,999."""
    translation: str = ""
    """How PubMed understood the query. To be shown; sent back it would not find the same."""
    not_found: tuple[str, ...] = ()
    """Phrases and field tags that PubMed did not find and left out."""
    ignored: tuple[str, ...] = ()
    """Words that PubMed ignores, and its other warnings."""


def search(body: bytes) -> SearchReply:
    """ESearch's reply.

    Raises:
        Interrupted: it is not whole.
        NotPubMed: it is whole, and no reply of ESearch.
    """
    is_json = body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return _from_json(body) if is_json else _from_xml(body)


def spelling(body: bytes) -> str:
    """The query as ESpell corrects it, or an empty string (DTD eSpellResult, 23 November 2004). Raises as `search`."""
    return one_line(_root(body, "eSpellResult").findtext("CorrectedQuery") or "")


def _from_json(body: bytes) -> SearchReply:
    try:
        reply = json.loads(body, strict=False)
    except ValueError:
        raise cut_short() from None
    except RecursionError:
        raise _nonsense() from None
    result = _part(reply, "esearchresult")
    return _reply(
        pmids=_several(result.get("idlist")),
        total=result.get("count"),
        translation=result.get("querytranslation") or "",
        not_found=[text for part, name, _ in _NOT_FOUND for text in _several(_part(result, part).get(name))],
        ignored=[text for part, name, _ in _IGNORED for text in _several(_part(result, part).get(name))],
    )


def _from_xml(body: bytes) -> SearchReply:
    root = _root(body, "eSearchResult")
    return _reply(
        pmids=[element.text for element in root.iterfind("IdList/Id")],
        total=root.findtext("Count"),
        translation=root.findtext("QueryTranslation", ""),
        not_found=[element.text for _, _, name in _NOT_FOUND for element in root.iter(name)],
        ignored=[element.text for _, _, name in _IGNORED for element in root.iter(name)],
    )


def _root(body: bytes, name: str) -> ElementTree.Element:
    try:
        root = ElementTree.fromstring(body)  # noqa: S314  # expat loads nothing and refuses entities that multiply
    except ElementTree.ParseError:
        raise cut_short() from None
    if root.tag != name:
        raise _nonsense()
    return root


def _reply(
    *, pmids: Iterable[Any], total: Any, translation: Any, not_found: Iterable[Any], ignored: Iterable[Any]
) -> SearchReply:
    return SearchReply(
        pmids=tuple(dict.fromkeys(map(_number, pmids))),
        total=_number(total),
        translation=one_line(str(translation)),
        not_found=tuple(one_line(str(text)) for text in not_found if text),
        ignored=tuple(one_line(str(text)) for text in ignored if text and text != _SAYS_THE_COUNT),
    )


def _number(text: Any) -> int:
    if not _NUMBER.fullmatch(str(text).strip()):
        raise _nonsense()
    return int(text)


def _part(whole: Any, name: str) -> dict[str, Any]:
    part = whole.get(name) if isinstance(whole, dict) else None
    return part if isinstance(part, dict) else {}


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _nonsense() -> NotPubMed:
    return NotPubMed(
        "The answer to the search is not one of PubMed's.", "Check the network connection, then try again."
    )
