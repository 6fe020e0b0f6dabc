"""An address to the web browser, by the way that works where the program runs, and a truthful word on what was done."""

from __future__ import annotations

import asyncio
import webbrowser
from typing import Any

from textual.app import App, SuspendNotSupported


async def opened(app: App[Any], url: str) -> str:
    """Open `url`; one sentence that says what was done.

    A browser of the desktop opens beside the program. One that runs in the terminal (lynx, w3m), or that the variable
    BROWSER names, is lent the screen until it ends.
    """
    try:
        lends = type(webbrowser.get()) is webbrowser.GenericBrowser  # its subclass is started in the background
    except webbrowser.Error:
        return f"There is no web browser here. The address is {url}"
    try:
        if lends:
            with app.suspend():
                done = webbrowser.open(url)
        else:
            done = await asyncio.to_thread(webbrowser.open, url)
    except SuspendNotSupported:
        done = False
    return f"Asked the web browser for {url}" if done else f"The web browser did not start. The address is {url}"
