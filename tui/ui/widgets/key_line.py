"""The line of keys that work here and now, each of which can be clicked.

One widget, where Textual's footer has one for each key: those are made anew whenever the focus moves, and the whole
screen is laid out for them.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget


class Shown(NamedTuple):
    """A key on the line."""

    key: str
    """Textual's name of it."""
    name: str
    description: str
    tooltip: str

    @property
    def width(self) -> int:
        """In cells."""
        return cell_len(self.name) + 1 + cell_len(self.description)


class KeyLine(Widget):
    """Shows the bindings of the screen that are to be shown, the focused pane's first."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        color: $footer-description-foreground;
        background: $footer-background;
        text-wrap: nowrap;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[Shown] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._gather)

    def _gather(self, screen: Screen[object]) -> None:
        keys: dict[str, Shown] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in keys:
                name, tooltip = self.app.get_key_display(binding), active.tooltip or binding.description
                keys[binding.action] = Shown(binding.key, name, binding.description, tooltip)
        if list(keys.values()) != self._keys:
            self._keys = list(keys.values())
            self.refresh()

    def render(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        for shown in self._keys:
            parts += [(shown.name, "$footer-key-foreground bold"), f" {shown.description} "]
        return Content.assemble(*parts)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        shown = self._at(event.x)
        if shown is not None:
            self.app.simulate_key(shown.key)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        shown = self._at(event.x)
        self.tooltip = shown.tooltip if shown else None

    def _at(self, column: int) -> Shown | None:
        for shown in self._keys:
            if column < shown.width:
                return shown if column >= 0 else None
            column -= shown.width + 1
        return None
