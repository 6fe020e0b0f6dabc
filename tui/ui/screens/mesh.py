"""MeSH: its tree beside the heading at the cursor, and from there into a search.

It never waits for what it shows: the page of a heading comes when it is read, the counts after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from tui.library.mesh import Vocabulary
from tui.model.mesh import MeshView
from tui.model.problem import Problem
from tui.present import descriptor, mesh
from tui.present.blocks import Page
from tui.ui import keys
from tui.ui.screens.finding import find_in
from tui.ui.screens.mesh_find import FindHeadingScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.widgets.key_line import KeyLine
from tui.ui.widgets.mesh_tree import MeshTree
from tui.ui.widgets.text_pane import TextPane


class MeshScreen(Screen[str]):
    """Dismissed with a query to search for, or an empty string. It opens on `heading`, a name, if there is one."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "search('mh')",
            "Search",
            id="mesh_search",
            tooltip="Search for this heading and all that is narrower",
        ),
        Binding("m", "search('majr')", "Major topic", id="mesh_major", tooltip="Search for it as a major topic"),
        Binding(
            "u",
            "search('mh:noexp')",
            "Unexploded",
            id="mesh_unexploded",
            tooltip="Search for it alone, without what is narrower",
        ),
        Binding("s,slash", "find_heading", "Find", id="mesh_find", tooltip="Find a heading by any of its names"),
        Binding("tab,shift+tab", "pane", "Other pane", id="mesh_pane", show=False, tooltip="Tree or heading"),
        Binding("question_mark,f1", "help", "Help", id="mesh_help", tooltip="The keys that work here"),
        Binding("escape,q", "close", "Back", id="close_mesh", tooltip="Back to the records"),
        Binding("ctrl+c,super+c", "app.help_quit", "How to quit", show=False, system=True),
    ]

    def __init__(self, vocabulary: Vocabulary, heading: str = "") -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._heading = heading
        """The name of what the page tells of; empty for a category."""
        self._version = ""

    def compose(self) -> ComposeResult:
        with Horizontal(id="mesh-panes"):
            yield MeshTree(id="tree")
            yield TextPane(id="heading", title="Heading")
        yield KeyLine()

    def on_mount(self) -> None:
        self.tree_pane.border_subtitle = "records kept here"
        self.set_focus(self.tree_pane)
        self.begin()

    @property
    def tree_pane(self) -> MeshTree:
        return self.query_one("#tree", MeshTree)

    @property
    def page(self) -> TextPane:
        return self.query_one("#heading", TextPane)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Problem as problem:
            self.app.notify(str(problem), severity="warning", timeout=12)

    # -- what is shown

    @work(exclusive=True, group="tree")
    async def begin(self) -> None:
        with self._told():
            self._version = await self._vocabulary.version()
            self.tree_pane.border_title = f"MeSH {self._version}"
            if not self._version:
                self.tree_pane.display = False
                self._show(self._heading, descriptor.not_loaded(self._heading))
                self.set_focus(self.page)
            elif self._heading:
                await self._go(self._heading)
            else:
                await self._show_categories()
                if self.tree_pane.place is not None:
                    self._show("", descriptor.category(self.tree_pane.place))

    @work(exclusive=True, group="tree")
    async def go(self, text: str) -> None:
        """Open the tree at the heading that is meant."""
        with self._told():
            await self._go(text)

    async def _go(self, text: str) -> None:
        view = await self._vocabulary.view(text)
        if view is not None and view.descriptor.tree_numbers:
            number = self._nearest(view.descriptor.tree_numbers)
            self.tree_pane.show(await self._vocabulary.branch(number), number)
        else:
            await self._show_categories()
        if view is None or self.tree_pane.place is None or self.tree_pane.place.ui != view.descriptor.ui:
            self.set_focus(self.page)
        if view is None:
            self._show(text, descriptor.unknown(text, self._version))
        else:
            await self._tell_of(view)

    async def _show_categories(self) -> None:
        """What the tree begins with, unless it is open already."""
        if self.tree_pane.place is None:
            self.tree_pane.show((await self._vocabulary.below(""),))

    def _nearest(self, numbers: Sequence[str]) -> str:
        """The one of a heading's places that is nearest to the cursor."""
        here = self.tree_pane.place.number if self.tree_pane.place else ""
        return max(numbers, key=lambda number: _shared(number, here))

    def on_mesh_tree_highlighted(self, message: MeshTree.Highlighted) -> None:
        if message.place.ui:
            self.read(message.place.name)
        else:
            self.workers.cancel_group(self, "heading")
            self._show("", descriptor.category(message.place))

    @work(exclusive=True, group="heading")
    async def read(self, name: str) -> None:
        """Show a heading."""
        with self._told():
            view = await self._vocabulary.view(name)
            if view is not None:
                await self._tell_of(view)

    async def _tell_of(self, view: MeshView) -> None:
        """The page of a heading, and once more with the counts."""
        name = view.descriptor.name
        self._show(name, descriptor.page(view, {}))
        names = (name, *(place.name for place in (*view.broader, *view.narrower)))
        counts = await self._vocabulary.counts(names)
        self.page.show(descriptor.page(view, counts), keep_place=True)
        self.tree_pane.add_counts(counts)

    def _show(self, heading: str, page: Page) -> None:
        self._heading = heading
        self.page.show(page)

    @work(exclusive=False, group="counts")
    async def on_mesh_tree_counts_wanted(self, message: MeshTree.CountsWanted) -> None:
        with self._told():
            self.tree_pane.add_counts(await self._vocabulary.counts(message.names))

    @work(exclusive=False, group="open")
    async def on_mesh_tree_opened(self, message: MeshTree.Opened) -> None:
        with self._told():
            self.tree_pane.open(message.number, await self._vocabulary.below(message.number))

    def on_text_pane_opened(self, message: TextPane.Opened) -> None:
        message.stop()
        self.go(message.target.value)

    # -- what the reader does

    @property
    def chosen(self) -> str:
        """The name of the heading at the cursor, or of the one that is being read; empty for a category."""
        place = self.tree_pane.place
        if self.tree_pane.has_focus and place is not None:
            return place.name if place.ui else ""
        return self._heading

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        if action == "search":
            return bool(self.chosen)
        if action in ("find_heading", "pane"):
            return bool(self._version)
        return True

    def action_search(self, tag: str) -> None:
        self.dismiss(mesh.query_for(self.chosen, tag))

    async def action_find_heading(self) -> None:
        await self.app.push_screen(FindHeadingScreen(self._vocabulary), self._go_to)

    def _go_to(self, name: str | None) -> None:
        if name:
            self.set_focus(self.tree_pane)
            self.go(name)

    async def action_find(self) -> None:
        await find_in(self.app, self.focused)

    def action_pane(self) -> None:
        self.set_focus(self.page if self.tree_pane.has_focus else self.tree_pane)

    async def action_help(self) -> None:
        await self.app.push_screen(ReadingScreen("Help", keys.help_page(self)))

    def action_close(self) -> None:
        self.dismiss("")


def _shared(number: str, other: str) -> int:
    """How many characters two tree numbers begin with alike."""
    return sum(other.startswith(number[:end]) for end in range(1, len(number) + 1))
