"""Elements to text: the gate through which every string of a record passes.

Mixed content (``i b u sub sup`` and MathML, see %text; in pubmed_250101.dtd) is read as plain words, and its
markup is kept beside them (`Text`).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tui.model.clean import squeeze, unstacked
from tui.model.text import Text
from tui.parse import mathml
from tui.parse.mathml import MATHML
from tui.parse.scripts import subscript, superscript

_SHORT = 64


def text_of(element: Element) -> str:
    """The readable text of an element, on one line; a `Text` where it holds markup."""
    if len(element):
        return Text(squeeze(unstacked(_readable(element))), squeeze(inner_xml(element)))
    text = element.text
    if text is None:
        return ""
    # In a few words `isprintable` finds line ends and tabs the quickest.
    if len(text) < _SHORT and text.isprintable() and "  " not in text:
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
        elif tag.startswith("{" + MATHML):
            parts.append(squeeze(mathml.readable(child)))
        else:
            parts.append(_readable(child))
        parts.append(child.tail or "")
    return "".join(parts)


def inner_xml(element: Element) -> str:
    """What stands between an element's tags, as XML."""
    parts = [_escaped(element.text or "")]
    for child in element:
        name = _local(child.tag)
        namespace = ""
        if child.tag.startswith("{" + MATHML):
            name = f"mml:{name}"
            if not element.tag.startswith("{" + MATHML):
                namespace = f' xmlns:mml="{MATHML}"'
        attributes = "".join(f" {_local(key)}={_quoted(value)}" for key, value in child.items())
        inside = inner_xml(child)
        start = f"<{name}{namespace}{attributes}"
        parts.append(f"{start}>{inside}</{name}>" if inside else f"{start}/>")
        parts.append(_escaped(child.tail or ""))
    return "".join(parts)


def _local(name: str) -> str:
    """A name without its namespace: ``{...xlink}href`` is ``href``."""
    return name.rpartition("}")[2]


# xml.sax.saxutils has both, and loads urllib with them: as much as the rest of this room.
def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    escaped = _escaped(value).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;").replace('"', "&quot;")
    return f'"{escaped}"'
