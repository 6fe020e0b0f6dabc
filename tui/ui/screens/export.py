"""Export: which format, and whether to a file or to the clipboard."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.export import FORMATS, suggested_name
from tui.library import Library
from tui.model.clean import one_line
from tui.model.problem import Problem
from tui.model.record import Record
from tui.ui.clipboard import copied
from tui.ui.widgets.key_line import KeyLine


class PathSuggester(Suggester):
    """Completes a path from what is on the disk; Right takes it."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(completed, value)


def completed(value: str) -> str | None:
    """`value` with the first name on the disk that it may be the beginning of."""
    folder, _, start = value.rpartition("/")
    place = _place(f"{folder}/" if "/" in value else ".")
    try:
        names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in os.scandir(place))
    except OSError:
        return None
    for name in names:
        if name.startswith(start) and name != start and name.isprintable() and (start or not name.startswith(".")):
            return value[: len(value) - len(start)] + name
    return None


def _place(value: str) -> Path:
    """Where a name that was typed lies."""
    return Path(os.path.expanduser(value))  # noqa: PTH111 - pathlib raises an error where there is no such home


class ExportScreen(ModalScreen[str]):
    """Exports these records; dismissed with what was done, or an empty string.

    `record`, where it is the only one of them, gives a file name that tells it. What goes wrong is said in the dialog,
    which stays.
    """

    CSS_PATH = "dialog.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="close_export"),
        Binding("ctrl+y", "clipboard", "To the clipboard", id="export_clipboard", tooltip="Export to the clipboard"),
    ]

    def __init__(self, library: Library, pmids: Sequence[int], record: Record | None) -> None:
        super().__init__()
        self._library = library
        self._pmids = pmids
        self._record = record if len(pmids) == 1 else None
        self._format = FORMATS[0]
        self._confirmed = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog export"):
            longest = max(len(each.name) for each in FORMATS)
            what = f"PMID {self._pmids[0]}" if len(self._pmids) == 1 else f"{len(self._pmids)} records"
            yield Static(f"Export {what}", markup=False, classes="dialog-title")
            yield Static("Format", classes="dialog-label")
            yield OptionList(
                *(Option(Content.assemble((f" {each.name:<{longest}}  ", "bold"), each.label)) for each in FORMATS),
                id="format",
                compact=True,
            )
            yield Static("File", classes="dialog-label")
            yield Input(self._offered(), suggester=PathSuggester(), id="path", compact=True)
            yield Static("", id="export-note", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Write the file", id="write", variant="primary", compact=True)
                yield Button("To the clipboard", id="clipboard", compact=True)
                yield Button("Cancel", id="cancel", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        formats = self.query_one("#format", OptionList)
        formats.highlighted = 0
        self.set_focus(formats)
        self._note("Enter writes the file · Right completes its name")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        path = self.query_one("#path", Input)
        offered = self._offered()
        self._format = FORMATS[event.option_index]
        if path.value.endswith(offered):
            path.value = path.value.removesuffix(offered) + self._offered()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._write()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._write()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._confirmed = ""

    def on_button_pressed(self, event: Button.Pressed) -> None:
        {"write": self._write, "clipboard": self.action_clipboard, "cancel": self.action_close}[str(event.button.id)]()

    def _offered(self) -> str:
        return suggested_name(self._record, len(self._pmids), self._format, date.today())

    def action_clipboard(self) -> None:
        self._take(None)

    def action_close(self) -> None:
        self.dismiss("")

    def _write(self) -> None:
        value = self.query_one("#path", Input).value.strip()
        if not value:
            self._note("Give the file a name.")
            return
        path = _place(value)
        if os.path.isdir(path):  # noqa: PTH112 - as in `_place`, where the name is too long
            self._note("That is a folder; add a file name.")
        elif not os.path.isdir(path.parent):  # noqa: PTH112 - as above
            self._note("There is no such folder.")
        elif os.path.lexists(path) and self._confirmed != value:
            self._confirmed = value
            self._note("This file exists already. Enter once more replaces it.")
        else:
            self._take(path)

    def _progress(self, done: int) -> None:
        if self.is_attached:
            self._note(f"At work: {done:,} of {len(self._pmids):,} records …")

    def _note(self, text: str) -> None:
        self.query_one("#export-note", Static).update(one_line(text))

    @work(exclusive=True, group="take")
    async def _take(self, path: Path | None) -> None:
        """Write the file, or copy where there is no path; close when it is done."""
        count = f"{len(self._pmids)} {'record' if len(self._pmids) == 1 else 'records'}"
        self._note("At work …")
        loop = asyncio.get_running_loop()

        def told(done: int) -> None:
            loop.call_soon_threadsafe(self._progress, done)

        try:
            if path is None:
                said = await copied(self.app, await self._library.exports.text(self._pmids, self._format))
            else:
                replace = self._confirmed != ""
                await self._library.exports.to_file(self._pmids, self._format, path, replace=replace, told=told)
                said = f"{count} written to {path}"
        except Problem as problem:
            self._note(str(problem))
        else:
            self.dismiss(said)
