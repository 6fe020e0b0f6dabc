"""Words found in a pane: a line to type them into, over whichever screen the pane is on."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.widget import Widget

from tui.ui.screens.prompt import PromptScreen
from tui.ui.widgets.text_pane import TextPane


async def find_in(app: App[Any], pane: Widget | None) -> None:
    """Ask for words, and mark them in the pane. Returns when the line is there."""
    if isinstance(pane, TextPane):
        await app.push_screen(PromptScreen("Find in this pane"), pane.find)
