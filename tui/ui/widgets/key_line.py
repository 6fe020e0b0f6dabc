"""The line of keys that work here and now."""

from __future__ import annotations

from textual import events
from textual.widgets import Footer


class KeyLine(Footer):
    """Textual's footer, empty until the first frame has answered what was typed before it: each key is a widget."""

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]  # Textual passes it where it is wanted
        event.prevent_default()
        self.call_after_refresh(self.call_after_refresh, self._begin)

    def _begin(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed)
        self.bindings_changed(self.screen)
