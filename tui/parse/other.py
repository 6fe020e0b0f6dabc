"""Elements that the DTD this program knows does not name: kept as they are, so that nothing is lost."""

from __future__ import annotations

from lxml.etree import _Element as Element

from tui.model.clean import squeeze
from tui.model.record import Node


def other(element: Element, parent: Element, extra: list[Node]) -> None:
    """Add `element` to `extra` under its parent's name."""
    extra.append(_node(element, f"{parent.tag}/{element.tag}"))


def _node(element: Element, name: str) -> Node:
    text = " ".join(part for part in [element.text or "", *(child.tail or "" for child in element)] if part.strip())
    attributes = tuple((str(key), value) for key, value in element.attrib.items())
    return Node(name, attributes, squeeze(text), tuple(_node(child, str(child.tag)) for child in element))
