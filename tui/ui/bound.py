"""Where keys are bound that a user can change: what ``[keys]`` in config.toml may name, and the README lists."""

from tui.ui.screens.browse import BrowseScreen
from tui.ui.screens.choice import ChoiceScreen
from tui.ui.screens.export import ExportScreen
from tui.ui.screens.prompt import PromptScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.widgets.moving import Moving
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import ResultList
from tui.ui.widgets.text_pane import TextPane

BOUND = (
    BrowseScreen, ResultList, TextPane, QueryLine, Moving, ExportScreen, ChoiceScreen, PromptScreen, ReadingScreen,
)  # fmt: skip
