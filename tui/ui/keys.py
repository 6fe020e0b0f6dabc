"""The keys as they are bound: gathered from the live screen for help and palette, from classes for the README."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from tui.present.blocks import Block, Page, Run, heading, item, paragraph


class Key(NamedTuple):
    """An action and the keys that do it."""

    id: str
    """What ``[keys]`` in config.toml calls it."""
    keys: tuple[str, ...]
    """As they are shown: ``j``, ``↓``, ``Enter``."""
    description: str
    tooltip: str
    action: str
    """Textual's name of the action, with its namespace where it has one."""


_NAMES = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "number_sign": "#",
    "slash": "/",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "shift+tab": "Shift+Tab",
}


def name_of(key: str) -> str:
    """A key as a reader knows it: ``Enter``, ``Ctrl+D``, ``[``, ``j``."""
    if key in _NAMES or len(key) == 1:
        return _NAMES.get(key, key)
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key.capitalize()


def here(screen: Screen[Any]) -> list[Key]:
    """The keys that do something on this screen now, in the order: focused pane, screen, program."""
    found: dict[tuple[DOMNode, str], Key] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not active.enabled or not binding.description or binding.system:
            continue
        shown = name_of(binding.key)
        place = (active.node, binding.action)
        known = found.get(place)
        if known is None:
            found[place] = Key(binding.id or "", (shown,), binding.description, binding.tooltip, binding.action)
        elif shown not in known.keys:
            found[place] = known._replace(keys=(*known.keys, shown))
    return list(found.values())


def of(classes: Iterable[type[DOMNode]]) -> list[Key]:
    """The keys that these classes bind themselves, in order."""
    found: list[Key] = []
    for cls in classes:
        for bound in cls.__dict__.get("BINDINGS", ()):
            binding = bound if isinstance(bound, Binding) else Binding(*bound)
            if binding.system:
                continue
            found.append(
                Key(
                    binding.id or "",
                    tuple(name_of(each.strip()) for each in binding.key.split(",")),
                    binding.description,
                    binding.tooltip,
                    binding.action,
                )
            )
    return found


def unknown_ids(keymap: Iterable[str], app: App[Any], classes: Iterable[type[DOMNode]]) -> list[str]:
    """Those ids of a user's keymap that no binding has."""
    known = {key.id for key in of((type(app), *classes))}
    return [id for id in keymap if id not in known]


def help_page(screen: Screen[Any]) -> Page:
    """What the keys do here and now."""
    blocks: list[Block] = [heading("Keys that work here now")]
    keys = here(screen)
    width = min(max((len(" ".join(key.keys)) for key in keys), default=0), 24)
    for key in keys:
        names = " ".join(key.keys)
        blocks.append(item(Run(f"{names:<{width}}  ", "accent"), Run(key.tooltip or key.description)))
    blocks += [
        heading("Searching"),
        paragraph(
            'A query is in PubMed\'s language: stem cells[mh] AND karnoub ae[au], "breast cancer"[ti], metasta*, '
            "2007:2010[dp], NOT review[pt]. AND, OR and NOT are written in capitals and read from left to right. "
            "#3 AND #4 combines searches of the history."
        ),
        paragraph(
            "Online it goes to PubMed with Enter. Offline the records kept here answer while it is typed, and an empty "
            "query lists everything kept."
        ),
        heading("Other keys"),
        paragraph(
            "Any action can have another key: [keys] in config.toml, with the id of the action as in the README."
        ),
    ]
    return tuple(blocks)
