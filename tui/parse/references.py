"""The plain reference list, read by pattern: a bibliography is half of a recent record, and nearly always of one form.

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
_OTHER_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")


def taken(xml: bytes) -> tuple[bytes, ReferenceList | None]:
    """A PubmedArticle without the plain reference list that ends it, and that list; as it was, and None, without one.

    `xml` holds no character that `markup.suspect` would name.
    """
    end = xml.rfind(_END)
    if end < 0 or b"".join(xml[end + len(_END) :].split()) != _LAST:
        return xml, None
    start = xml.rfind(_START, 0, end)
    references = _plain(xml[start + len(_START) : end]) if start >= 0 else None
    return (xml, None) if references is None else (xml[:start] + _LAST, references)


def _plain(inside: bytes) -> ReferenceList | None:
    try:
        text = inside.decode()
    except UnicodeDecodeError:
        return None
    if "]" in text and "]]>" in text:  # which XML forbids in text
        return None
    title = ""
    found = _TITLE.match(text)
    if found:
        title, text = found.group(1), text[found.end() :]
    # Between two references stand the eighth places of the split: nothing but blanks may.
    parts = _REFERENCE.split(text.rstrip(" \n\t\r"))
    if len(parts) == 1 or any(parts[::8]):
        return None
    if "&" in text or "&" in title:
        if _OTHER_ENTITY.search(text) or _OTHER_ENTITY.search(title):
            return None
        title, parts = unescape(title), [part and unescape(part) for part in parts]
    rows = iter([part and squeeze(part) for part in parts[1:]])
    references = []
    for citation, kind, value, kind2, value2, kind3, value3, _ in zip(*[rows] * 8, strict=True):
        ids: tuple[Identifier, ...] = ()
        if kind:
            ids = (Identifier(kind, value),)
            if kind2:
                ids += (Identifier(kind2, value2),)
                if kind3:
                    ids += (Identifier(kind3, value3),)
        references.append(Reference(citation, ids))
    return ReferenceList(tuple(references), squeeze(title))
