"""What patterns of PubMed's XML are made of, and what their groups become.

A pattern describes an element in the form in which PubMed writes it, every byte of it: what departs from that form is
not matched, and somebody else reads it. Nothing is ever given back (`*+`), so that the time is linear in the length
whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tui.model.clean import squeeze

GAP = r"[\n\r]*+ *+"
"""What stands between two elements."""
VALUE = r'([^<>"&\n\t]*+)'
"""The value of an attribute."""


class Unsure(Exception):
    """The text is written in a way that only a parser understands."""


def start(tag: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}>{GAP}"


def end(tag: str) -> str:
    return f"</{tag}>{GAP}"


def leaf(tag: str, attributes: str = "") -> str:
    """An element of plain text that is not empty."""
    return f"<{tag}{attributes}>([^<]++)</{tag}>{GAP}"


def maybe(*patterns: str) -> str:
    return f"(?:{''.join(patterns)})?+"


def leaves(*tags: str) -> str:
    """Elements of plain text in this order, of which any may be wanting or empty."""
    return "".join(maybe(rf"<{tag}(?:/>|>([^<]*+)</{tag}>){GAP}") for tag in tags)


def rows(inside: str, item: re.Pattern[str]) -> Iterator[tuple[str, ...]] | None:
    """Of every item of a list its groups, and an empty text after them; None where the list holds anything else."""
    parts = item.split(inside)
    width = item.groups + 1
    if any(parts[::width]):  # what stands between two items
        return None
    values = iter(tidied([part or "" for part in parts[1:]]))
    return zip(*[values] * width, strict=True)


def tidied(values: Sequence[str]) -> Sequence[str]:
    """Values as the parser gives them: entities resolved, on one line. Raises Unsure, for blank ones as well.

    Most need nothing, which all are asked at once.
    """
    joined = "\0".join(values)
    if (
        "&" in joined
        or "\n" in joined
        or "  " in joined
        or " \0" in joined
        or "\0 " in joined
        or "\t" in joined
        or "\r" in joined
        or joined.startswith(" ")
        or joined.endswith(" ")
    ):
        return [tidy(value) if value else value for value in values]
    return values


_ENTITY = re.compile("&(?!(?:amp|gt|lt|quot|apos);)")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def tidy(value: str) -> str:
    """The same for one value, which is not empty."""
    if "&" in value:
        if _ENTITY.search(value):
            raise Unsure
        for entity, character in _ENTITIES:
            value = value.replace(entity, character)
    squeezed = squeeze(value)
    if not squeezed:
        raise Unsure
    return squeezed


_ATTRIBUTE = re.compile(rf' (\w++)="{VALUE}"')


@lru_cache(4096)
def attributes(text: str) -> dict[str, str]:
    """The attributes of a start tag, by name. Raises Unsure."""
    parts = _ATTRIBUTE.split(text)
    if any(parts[::3]):
        raise Unsure
    return dict(zip(parts[1::3], parts[2::3], strict=True))
