"""An app with one list, for result_list.py: ``python list_app.py``.

Keys mount a list: ``a`` ours with 1,000 records, ``b`` ours with 1,000,000, ``o`` Textual's own with 10,000; ``x``
removes it.
"""

from __future__ import annotations

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.model.results import Row
from tui.ui.widgets.result_list import ResultList

FEW, MANY, OPTIONS = 1_000, 1_000_000, 10_000
_PMIDS = {"a": tuple(range(FEW)), "b": tuple(range(MANY))}


def title(mounted: int, row: int) -> str:
    """What stands in a row of the list that was mounted as number `mounted`."""
    return f"{mounted}:{row}; A title of about the length that titles of records have"


def _row(pmid: int, title: str) -> Row:
    return Row(pmid, 2020, "J Made Up", "Mouse M", more_authors=True, title=title, retracted=False, concern=False)


class Lists(Screen[None]):
    mounted = 0

    async def on_key(self, event: events.Key) -> None:
        if event.key == "x":
            await self.query("ResultList, OptionList").remove()
        elif event.key == "o":
            self.mounted += 1
            options = OptionList(*(Option(f"{title(self.mounted, row)}\nJournal") for row in range(OPTIONS)))
            await self.mount(options)
            options.focus()
        elif event.key in _PMIDS:
            self.mounted += 1
            results = ResultList(id="results")
            await self.mount(results)
            results.show(_PMIDS[event.key])
            results.focus()

    def on_result_list_rows_wanted(self, message: ResultList.RowsWanted) -> None:
        rows = (_row(pmid, title(self.mounted, pmid)) for pmid in message.pmids)
        self.query_one(ResultList).add_rows(rows)


class ListApp(App[None]):
    def get_default_screen(self) -> Screen[None]:
        return Lists()

    def on_mount(self) -> None:
        self.animation_level = "none"


if __name__ == "__main__":
    ListApp().run()
