"""The keys as they are bound: gathered from the live screen for help and palette, from classes for the README."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.screen import Screen

from tui.present.blocks import Block, Page, Run, Target, heading, item, paragraph


class Key(NamedTuple):
    """An action and the keys that do it."""

    id: str
    """What ``[keys]`` in config.toml calls it."""
    keys: tuple[str, ...]
    """As they are shown: ``j``, ``↓``, ``Enter``."""
    description: str
    tooltip: str
    action: str
    """Textual's name of the action."""


class Here(NamedTuple):
    """A key that does something now."""

    key: Key
    node: DOMNode
    """The pane, the screen or the program whose action it is."""


_NAMES = {"pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc"}


def name_of(key: str) -> str:
    """A key as a reader knows it, from Textual's name of it: ``Enter``, ``Ctrl+D``, ``[``, ``j``."""
    *modifiers, last = key.split("+") if key != "+" else (key,)
    character = "/" if last == "slash" else key_to_character(last)
    if character and character.isprintable() and not character.isspace():
        last = character.upper() if modifiers else character
    else:
        last = _NAMES.get(last, last.capitalize())
    return "+".join([*(modifier.capitalize() for modifier in modifiers), last])


def here(screen: Screen[Any]) -> list[Here]:
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
    return [Here(key, node) for (node, _), key in found.items()]


async def run(screen: Screen[Any], id: str) -> None:
    """Do what the key of this id does, where there is one that does something now."""
    for key, node in here(screen):
        if key.id == id:
            await screen.app.run_action(key.action, node)


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


def help_page(screen: Screen[Any]) -> Page:
    """What the keys do here and now."""
    blocks: list[Block] = [heading("Keys that work here now")]
    keys = [key for key, _ in here(screen)]
    width = min(max((len(" ".join(key.keys)) for key in keys), default=0), 24)
    for key in keys:
        names = " ".join(key.keys)
        blocks.append(
            item(
                Run(names, "accent", Target("action", key.id) if key.id else None),
                Run(f"{' ' * max(width - len(names), 0)}  {key.tooltip or key.description}"),
            )
        )
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
