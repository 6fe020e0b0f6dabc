"""The list of results: two lines a record, drawn only where they are seen, so that a million cost as a thousand.

It holds the ids and those rows that were asked for; which rows it lacks it says with `RowsWanted`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.model.clean import one_line
from tui.model.results import Row
from tui.present.rows import authors_of, mark_of
from tui.query.marking import Phrases
from tui.ui.lines import fitted
from tui.ui.widgets.moving import Moving

HURRY = 0.1
"""Seconds between two moves of the cursor below which it is hurrying: a key held down repeats every 0.03."""
_DETAIL, _MARK, _WARNING = "$foreground-muted", "$text-warning bold", "$text-error bold"
_HIT, _NEW = "$text-warning underline", "$text-accent bold"
_LONGEST = 400
"""Characters of a title that a line of any terminal can show; more is not even measured."""


class ResultList(Moving):
    """Results of a search; posts `Highlighted` when the cursor comes to another record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,l,right", "open", "Read", id="open_record", tooltip="Go into the record"),
        Binding("space", "mark", "Mark", id="mark", tooltip="Mark or unmark this record and move on"),
        Binding("A", "mark_all", "Mark all", id="mark_all", show=False, tooltip="Mark all loaded records, or none"),
    ]

    row_height = 2

    @dataclass
    class Highlighted(Message):
        """The cursor is on this record now."""

        pmid: int
        hurried: bool
        """Whether it came here faster than anybody reads, and is likely to go on at once."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ResultList.Highlighted)

    @dataclass
    class Entered(Message):
        """The reader goes into this record."""

        pmid: int

    class EndNears(Message):
        """The cursor is past the middle: more of the result should be had before it is asked for."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ResultList.EndNears)

    @dataclass
    class RowsWanted(Message):
        """These records come into view and are not known yet."""

        pmids: tuple[int, ...]

    @dataclass
    class MarksChanged(Message):
        """Other records are marked now."""

        count: int

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.pmids: Sequence[int] = ()
        self._marks: set[int] = set()
        self._rows: dict[int, Row] = {}
        self._asked: set[int] = set()
        self._moved = 0.0
        self._hits = Phrases()
        self._newer_than = 0

    @property
    def selected(self) -> int:
        """The PMID under the cursor; 0 where the list is empty."""
        return self.pmids[self.cursor] if self.cursor < len(self.pmids) else 0

    @property
    def marked(self) -> tuple[int, ...]:
        """The PMIDs marked, in the order of the list."""
        return tuple(pmid for pmid in self.pmids if pmid in self._marks) if self._marks else ()

    def distinguish(self, hits: Phrases, newer_than: int) -> None:
        """Mark these words in titles, and as new the records with higher PMIDs, where there is such a one."""
        if (hits, newer_than) != (self._hits, self._newer_than):
            self._hits, self._newer_than = hits, newer_than
            self.refresh()

    def show(self, pmids: Sequence[int], *, cursor: int = 0, typed: bool = False) -> None:
        """Another result: its ids, and where the cursor shall stand.

        One that came of typing leaves marks as they are; it is only drawn, and `settle` does the rest: the next key is
        on its way.
        """
        if typed and pmids == self.pmids:
            return
        if bool(pmids) != bool(self.pmids):
            self.call_after_refresh(self.refresh_bindings)
        self.pmids = pmids
        if not typed:
            self._marks = set()
        self._rows = {}
        self._asked = set()
        self.cursor = max(0, min(cursor, len(pmids) - 1))
        self.refresh()
        if typed and not self.scroll_offset.y:
            return
        self._measure()
        self.scroll_to(y=max(0, self.cursor * 2 - self.scrollable_content_region.height // 2), animate=False)
        if not typed:
            self.post_message(self.MarksChanged(0))
            self.say()

    def settle(self) -> None:
        """What was shown by typing stays: measure it, and say where the cursor stands."""
        self._measure()
        self.say()

    def extend(self, pmids: Sequence[int]) -> None:
        """The same result with more ids known: place, marks and rows stay; the cursor stays on its record."""
        if pmids == self.pmids:
            return
        before = self.selected
        self.pmids = pmids
        if before and (self.cursor >= len(pmids) or pmids[self.cursor] != before):
            self.cursor = pmids.index(before) if before in pmids else 0
        self._measure()
        self.refresh()
        if self.selected != before:
            self.say()

    def add_rows(self, rows: Iterable[Row]) -> None:
        """What these records look like; those that are in view are drawn."""
        known = {row.pmid: row for row in rows}
        self._asked.difference_update(known)
        top = self.scroll_offset.y // 2
        for number, pmid in enumerate(self.pmids[top : top + self.size.height // 2 + 1], top):
            if pmid in known and known[pmid] != self._rows.get(pmid):
                self.refresh_lines(number * 2, 2)
        self._rows |= known

    def row_count(self) -> int:
        return len(self.pmids)

    def on_focus(self) -> None:
        self._measure()

    def cursor_moved(self) -> None:
        self.say()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("open", "mark", "mark_all"):
            return bool(self.pmids)
        return True

    def action_open(self) -> None:
        self.post_message(self.Entered(self.selected))

    def action_mark(self) -> None:
        self._marks ^= {self.selected}
        self.refresh_lines(self.cursor * 2, 2)
        self.move_cursor(self.cursor + 1)
        self.post_message(self.MarksChanged(len(self._marks)))

    def action_mark_all(self) -> None:
        self._marks = set() if len(self._marks) == len(self.pmids) else set(self.pmids)
        self.refresh()
        self.post_message(self.MarksChanged(len(self._marks)))

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None or not self.pmids:
            return
        row = (at.y + self.scroll_offset.y) // 2
        if row < len(self.pmids):
            entered = row == self.cursor and event.chain > 1
            self.move_cursor(row)
            if entered:
                self.action_open()

    def on_resize(self, event: events.Resize) -> None:
        self._measure()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number, second = divmod(y + self.scroll_offset.y, 2)
        base = self.style_of()
        if number >= len(self.pmids):
            return Strip.blank(width, base)
        if number == self.cursor:
            base = base + self.cursor_style + Style(bold=True)
        pmid = self.pmids[number]
        row = self._rows.get(pmid)
        if row is None:
            self._want(number)
            pieces = iter([(f"PMID {pmid}" if second else "…", _DETAIL)])
        else:
            pieces = self._details(row) if second else self._title(row, width - 2)
        mark = "▌" if number == self.cursor else " "
        if pmid in self._marks:
            mark += "*" if not second else " "
        else:
            mark += " "
        segments = [Segment(mark, base + self.style_of(_MARK))]
        room = width - 2
        for text, name in pieces:
            style = base + self.style_of(name) if name else base
            shown = fitted(text, room)
            segments.append(Segment(shown, style))
            room -= cell_len(shown)
            if room <= 0:
                break
        return Strip(segments).adjust_cell_length(width, base)

    def _title(self, row: Row, room: int) -> Iterator[tuple[str, str]]:
        mark = mark_of(row)
        title = one_line(row.title[:_LONGEST]) or "[No title stated]"
        shown = fitted(title, room - len(mark))
        whole = len(shown) if shown == title else len(shown) - 1
        at = 0
        yield mark, _WARNING
        for start, end in self._hits.places(title):
            if start >= whole:
                break
            yield shown[at:start], ""
            yield shown[start : min(end, whole)], _HIT
            at = min(end, whole)
        yield shown[at:], ""

    def _details(self, row: Row) -> Iterator[tuple[str, str]]:
        if 0 < self._newer_than < row.pmid:
            yield "new · ", _NEW
        parts = [str(row.year or ""), one_line(row.journal[:_LONGEST]), one_line(authors_of(row)[:_LONGEST])]
        yield " · ".join(part for part in parts if part), _DETAIL

    def _measure(self) -> None:
        if self.pmids or self.virtual_size:  # an empty list is laid out as it is
            self.virtual_size = Size(self.scrollable_content_region.width, 2 * len(self.pmids))

    def say(self) -> None:
        """Say where the cursor stands."""
        if not self.pmids:
            return
        now = monotonic()
        self.post_message(self.Highlighted(self.selected, hurried=now - self._moved < HURRY))
        self._moved = now
        if self.cursor >= len(self.pmids) // 2:
            self.post_message(self.EndNears())

    def _want(self, number: int) -> None:
        """Ask for a screenful around this row, once."""
        if self.pmids[number] in self._asked:
            return
        height = self.scrollable_content_region.height // 2 + 1
        window = self.pmids[max(0, number - height) : number + 2 * height]
        wanted = tuple(pmid for pmid in window if pmid not in self._rows and pmid not in self._asked)
        self._asked.update(wanted)
        self.post_message(self.RowsWanted(wanted))
