"""The plain reference list, read by pattern: a bibliography is half of a recent record, and always of one form.

A list that departs from that form in anything is left to the tree; a test holds both ways against each other.
"""

from __future__ import annotations

import re
from html import unescape

from tui.model.clean import squeeze
from tui.model.record import Identifier, Reference, ReferenceList

_START, _END = b"<ReferenceList>", b"</ReferenceList>"
_LAST = b"</PubmedData></PubmedArticle>"
_TITLE = re.compile(r"\s*<Title>([^<]*)</Title>")
_ID = r'<ArticleId IdType="(\w+)">([^<]*)</ArticleId>\s*'
_REFERENCE = re.compile(
    r"\s*<Reference>\s*<Citation>([^<]*)</Citation>\s*"
    rf"(?:<ArticleIdList>\s*{_ID}(?:{_ID})?(?:{_ID})?</ArticleIdList>\s*)?"
    r"</Reference>"
)
_GROUPS = 1 + _REFERENCE.groups
_OTHER_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")


def taken(xml: bytes) -> tuple[bytes, ReferenceList | None]:
    """A PubmedArticle without the plain reference list that ends it, and that list; untouched and None without one.

    `xml` holds no character that `markup.suspect` would name.
    """
    end = xml.rfind(_END)
    if end < 0 or b"".join(xml[end + len(_END) :].split()) != _LAST:
        return xml, None
    start = xml.rfind(_START, 0, end)
    if start < 0:
        return xml, None
    references = _plain(xml[start + len(_START) : end])
    return (xml, None) if references is None else (xml[:start] + _LAST, references)


def _plain(inside: bytes) -> ReferenceList | None:
    try:
        text = inside.decode().rstrip()
    except UnicodeDecodeError:
        return None
    if "]]>" in text:  # which XML forbids in text
        return None
    title = ""
    found = _TITLE.match(text)
    if found:
        title, text = found.group(1), text[found.end() :]
    # What stands between the references comes at every `_GROUPS`th place: nothing may stand there.
    parts = _REFERENCE.split(text)
    if len(parts) == 1 or any(parts[::_GROUPS]):
        return None
    if "&" in text or "&" in title:
        if _OTHER_ENTITY.search(text) or _OTHER_ENTITY.search(title):
            return None
        title, parts = unescape(title), [part and unescape(part) for part in parts]
    references = []
    for at in range(1, len(parts), _GROUPS):
        citation, *ids = parts[at : at + _REFERENCE.groups]
        references.append(Reference(squeeze(citation), _identifiers(ids)))
    return ReferenceList(tuple(references), squeeze(title))


def _identifiers(parts: list[str | None]) -> tuple[Identifier, ...]:
    """Those of (kind, value, kind, value, ...) that are there."""
    return tuple(
        [Identifier(kind, squeeze(value)) for kind, value in zip(parts[::2], parts[1::2], strict=True) if kind and value is not None]
    )
