"""The user's own keys: from the words of config.toml to Textual's, and refused where they could not work."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from itertools import chain

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys, key_to_character

from tui.config import ConfigError
from tui.ui.keys import name_of

_SAME = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "return": "enter", "del": "delete", "/": "slash"}
_KNOWN = frozenset(key.value for key in Keys)

Classes = Sequence[type[DOMNode]]


def checked(keys: Iterable[tuple[str, str]], together: Iterable[Classes]) -> dict[str, str]:
    """By id of an action, Textual's names of its keys with commas between. `keys` is what ``[keys]`` says.

    `together` are the classes whose keys work at the same time. Raises ConfigError for an id that is none, a key that
    is none, and one key for two actions, unless the two share one by their nature (``/`` in a pane and elsewhere).
    """
    groups = [_keys_of(classes) for classes in together]
    known = list(dict.fromkeys(chain.from_iterable(groups)))
    own = {id: frozenset(_names(id, words)) for id, words in keys if _is_known(id, known)}
    for group in groups:
        for id in (id for id in reversed(own) if id in group):
            for other, theirs in group.items():
                both = own[id] & own.get(other, theirs)
                if other != id and both and not group[id] & theirs:
                    name = name_of(min(both))
                    raise ConfigError(f"[keys] makes {name} the key of {id}, and it is that of {other}.", "Change one.")
    return {id: ",".join(sorted(names)) for id, names in own.items()}


def _keys_of(classes: Classes) -> dict[str, frozenset[str]]:
    """By id, the keys that the program itself binds."""
    bound = Binding.make_bindings(chain.from_iterable(cls.__dict__.get("BINDINGS", ()) for cls in classes))
    found: dict[str, frozenset[str]] = {}
    for binding in bound:
        if binding.id:
            found[binding.id] = found.get(binding.id, frozenset()) | {binding.key}
    return found


def _is_known(id: str, known: Sequence[str]) -> bool:
    if id not in known:
        near = difflib.get_close_matches(id, known, 1)
        hint = f"Did you mean {near[0]}?" if near else "The README lists the ids."
        raise ConfigError(f"[keys] names an unknown action, {id!r}.", hint)
    return True


def _names(id: str, words: str) -> Iterable[str]:
    """Textual's names of the keys that are written as the README writes them, or as Textual does."""
    for word in words.split(","):
        name = _name(word.strip())
        if not name:
            raise ConfigError(
                f"[keys] gives {id} a key that is none, {word.strip()!r}.",
                "Write it as in the README: x, F5, Ctrl+D.",
            )
        yield from (binding.key for binding in Binding.make_bindings([Binding(name, id)]))


def _name(word: str) -> str:
    """``Ctrl+D`` to ``ctrl+d``, ``PgUp`` to ``pageup``; a single character as it is; empty for what is no key."""
    if len(word) == 1:
        return word
    *modifiers, last = word.lower().split("+")
    last = _SAME.get(last, last)
    is_key = last in _KNOWN or key_to_character(last) is not None
    if not is_key or not set(modifiers) <= {"ctrl", "alt", "shift", "super"}:
        return ""
    return "+".join([*modifiers, last])
