"""Elements that the DTD this program knows does not name: kept as they are, so that nothing is lost."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tui.model.clean import squeeze
from tui.model.record import Node


def other(element: Element, parent: Element, extra: list[Node]) -> None:
    """Add `element` to `extra` under its parent's name."""
    extra.append(_node(element, f"{parent.tag}/{element.tag}"))


def only(element: Element, tag: str, extra: list[Node]) -> list[Element]:
    """The children named `tag` of a list; one of another name goes to `extra`."""
    found = element.findall(tag)
    if len(found) != len(element):
        for child in element:
            if child.tag != tag:
                other(child, element, extra)
    return found


def _node(element: Element, name: str) -> Node:
    text = " ".join(part for part in [element.text or "", *(child.tail or "" for child in element)] if part.strip())
    return Node(name, tuple(element.items()), squeeze(text), tuple(_node(child, child.tag) for child in element))
