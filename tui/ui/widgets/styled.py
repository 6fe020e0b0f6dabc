"""Styles of a widget that draws its own lines, kept until the theme or the focus changes them.

Textual puts a style together anew each time it is asked, which takes longer than drawing a line.
"""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class Styled(Widget):
    """A `Widget` that knows its styles."""

    def __init__(self, *, id: str) -> None:
        self._styles_known: dict[str, Style] = {}
        super().__init__(id=id)

    @property
    def base_style(self) -> Style:
        """The widget's own style."""
        known = self._styles_known.get("")
        if known is None:
            known = self._styles_known[""] = self.rich_style
        return known

    def style_of(self, name: str) -> Style:
        """A component class as a style of text: its colour blended with the background, without the background."""
        known = self._styles_known.get(name)
        if known is None:
            style = self.get_component_rich_style(name, partial=True)
            known = self._styles_known[name] = style + Style(color=self.get_component_rich_style(name).color)
        return known

    def notify_style_update(self) -> None:
        self._styles_known.clear()
        super().notify_style_update()
