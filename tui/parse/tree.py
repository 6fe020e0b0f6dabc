"""The bytes of one element to a tree without control characters, by the standard library's parser.

An element that the stream was cut into has no prolog, so there is nothing in it that could declare an entity or name
a DTD. Control characters are removed from the whole tree at once, and only where the bytes show that there may be any.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import XML, Element, ParseError

from tui.model.clean import clean
from tui.parse.mathml import MATHML
from tui.parse.stream import NotPubMedXml

_START_TAG = re.compile(rb"<[A-Za-z_][\w.-]*")
_PRINTABLE = bytes([9, 10, 13, *range(32, 127)])
# UTF-8 of what `clean` removes, and of what XML forbids. Single combining marks are among it, because only a run of
# them is cut.
_SUSPECT = re.compile(
    rb"[\x00-\x1f\x7f\xcc\xcd\xd2]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9]|\x83)"
    rb"|\xef(?:\xbb\xbf|\xbf[\xb9-\xbf]|\xb8)|\xe1[\xaa\xab\xb7]"
)


def tree_of(xml: bytes) -> Element:
    """The tree of an element. Raises `NotPubMedXml` where it is not well-formed, or something stands before it."""
    start = _START_TAG.match(xml)
    if start is None:
        raise NotPubMedXml("A record's XML does not begin with an element.", "Fetch or download it again.")
    xml = xml.replace(b"\n", b" ")  # a line end would be a piece of text of its own, and none is kept in the end
    try:
        return XML(xml)
    except ParseError:
        pass
    # The prefix of MathML may be declared on the root of the set, which is not part of this element.
    try:
        return XML(b'%s xmlns:mml="%s"%s' % (start.group(), MATHML.encode(), xml[start.end() :]))
    except ParseError:
        raise NotPubMedXml("A record's XML is not well-formed.", "Fetch or download it again.") from None


def suspect(xml: bytes) -> bool:
    """Whether the element may hold a character that has to be removed; False is certain, True is not."""
    if b"#" in xml and b"&#" in xml:
        return True
    unusual = xml.translate(None, _PRINTABLE)
    return bool(unusual) and _SUSPECT.search(unusual) is not None


def purify(root: Element) -> None:
    """Clean every text and attribute value below `root`, in place."""
    for element in root.iter():
        if element.text:
            element.text = clean(element.text)
        if element.tail:
            element.tail = clean(element.tail)
        for name, value in element.items():
            element.set(name, clean(value))
