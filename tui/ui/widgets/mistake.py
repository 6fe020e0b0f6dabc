"""What is wrong with a query, under the place where it is."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.model.clean import one_line
from tui.query import QueryError


class Mistake(Widget):
    """A line under the query line; it takes no room while there is none."""

    DEFAULT_CSS = """
    Mistake { height: auto; color: $text-error; display: none; }
    """

    error: reactive[QueryError | None] = reactive(None, layout=True)
    place: reactive[tuple[int, int]] = reactive((0, 1))
    """First cell and number of cells, counted from where the query line shows its text."""

    def watch_error(self, error: QueryError | None) -> None:
        self.display = error is not None

    def render(self) -> Content:
        if self.error is None:
            return Content("")
        start, cells = self.place
        pointer = "^" + "~" * (cells - 1)
        pointer = " " * start + pointer if start >= 0 else pointer[-start:]
        return Content("\n").join(
            [Content.styled(pointer[: self.content_size.width], "bold"), Content(one_line(str(self.error)))]
        )
