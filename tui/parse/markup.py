"""Elements to text: the gate through which every string of a record passes.

Mixed content (``i b u sub sup`` and MathML, see %text; in pubmed_250101.dtd) is read as plain words, and its
markup is kept beside them (`Text`). Control characters are removed from a whole tree at once by `purify`,
and only where the bytes show that there may be any.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from lxml.etree import _Element as Element

from tui.model.clean import clean, squeeze
from tui.model.text import Text
from tui.parse import mathml
from tui.parse.scripts import subscript, superscript

MATHML = "http://www.w3.org/1998/Math/MathML"

# UTF-8 of what `clean` removes. Single combining marks are among it, because only a run of them is cut.
_SUSPECT = re.compile(
    rb"[\x00-\x1f\x7f\xcc\xcd\xd2]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9]|\x83)"
    rb"|\xef(?:\xbb\xbf|\xbf[\xb9-\xbb]|\xb8)|\xe1[\xaa\xab\xb7]"
)
_PRINTABLE = bytes([9, 10, 13, *range(32, 127)])


def suspect(xml: bytes) -> bool:
    """Whether the element may hold a character that has to be removed; False is certain, True is not."""
    if xml.isascii():
        return b"&#" in xml or b"\x7f" in xml
    return b"&#" in xml or _SUSPECT.search(xml.translate(None, _PRINTABLE)) is not None


def purify(root: Element) -> None:
    """Clean every text and attribute value below `root`, in place."""
    for element in root.iter():
        if element.text:
            element.text = clean(element.text)
        if element.tail:
            element.tail = clean(element.tail)
        for name, value in element.attrib.items():
            element.set(name, clean(value))


def text_of(element: Element) -> str:
    """The readable text of an element, on one line; a `Text` where it holds markup."""
    if len(element):
        return Text(squeeze(_readable(element)), squeeze(inner_xml(element)))
    text = element.text
    if text is None:
        return ""
    if text.isprintable() and "  " not in text:  # nearly always, and four times as fast as asking for each blank
        return text.strip(" ")
    return squeeze(text)


def _readable(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        tag = child.tag
        if tag == "sub":
            parts.append(subscript(_readable(child)))
        elif tag == "sup":
            parts.append(superscript(_readable(child)))
        elif str(tag).startswith("{" + MATHML):
            parts.append(squeeze(mathml.readable(child)))
        else:
            parts.append(_readable(child))
        parts.append(child.tail or "")
    return "".join(parts)


def inner_xml(element: Element) -> str:
    """What stands between an element's tags, as XML."""
    parts = [escape(element.text or "")]
    for child in element:
        name = str(child.tag)
        namespace = ""
        if name.startswith("{" + MATHML):
            name = "mml:" + name.rpartition("}")[2]
            if not str(element.tag).startswith("{" + MATHML):
                namespace = f' xmlns:mml="{MATHML}"'
        attributes = "".join(f" {_attribute(key)}={quoteattr(value)}" for key, value in child.attrib.items())
        inside = inner_xml(child)
        parts.append(
            f"<{name}{namespace}{attributes}>{inside}</{name}>" if inside else f"<{name}{namespace}{attributes}/>"
        )
        parts.append(escape(child.tail or ""))
    return "".join(parts)


def _attribute(name: str) -> str:
    """An attribute's name without its namespace: ``{...xlink}href`` is ``href``."""
    return name.rpartition("}")[2]
