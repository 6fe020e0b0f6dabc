"""Styles of a widget that draws its own lines, kept until the theme or the focus changes them.

Textual puts a style together anew each time it is asked, which takes longer than drawing a line.
"""

from __future__ import annotations

from rich.style import Style
from textual.style import Style as VisualStyle
from textual.widget import Widget


class Styled(Widget):
    """A `Widget` that knows its styles."""

    def __init__(self, *, id: str) -> None:
        self._styles_known: dict[str, Style] = {}
        super().__init__(id=id)

    def style_of(self, words: str = "") -> Style:
        """A style in Textual's words, such as ``$text-error bold``: of the text alone where they name no background.

        Without words the widget's own style.
        """
        known = self._styles_known.get(words)
        if known is None:
            known = self._styles_known[words] = self._style_now(words) if words else self.rich_style
        return known

    def _style_now(self, words: str) -> Style:
        named = self.app.stylesheet.parse_style(words)
        style = (VisualStyle(self.visual_style.background) + named).rich_style
        if named.background is not None:
            return style
        return Style(color=style.color, bold=style.bold, underline=style.underline, reverse=style.reverse)

    def notify_style_update(self) -> None:
        self._styles_known.clear()
        super().notify_style_update()
