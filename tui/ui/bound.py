"""Where keys are bound that a user can change: what ``[keys]`` in config.toml may name, and the README lists."""

from tui.ui.screens.browse import BrowseScreen
from tui.ui.screens.choice import ChoiceScreen
from tui.ui.screens.export import ExportScreen
from tui.ui.screens.facets import FacetsScreen
from tui.ui.screens.history import HistoryScreen
from tui.ui.screens.mesh import MeshScreen
from tui.ui.screens.mesh_find import FindHeadingScreen
from tui.ui.screens.prompt import PromptScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.widgets.mesh_tree import MeshTree
from tui.ui.widgets.moving import Moving
from tui.ui.widgets.panes import Panes
from tui.ui.widgets.query_line import QueryLine
from tui.ui.widgets.result_list import ResultList
from tui.ui.widgets.text_pane import TextPane
from tui.ui.widgets.year_bars import YearBars

TOGETHER = (
    (Panes, QueryLine, BrowseScreen),
    (Panes, ResultList, BrowseScreen, Moving),
    (Panes, YearBars, BrowseScreen),
    (Panes, TextPane, BrowseScreen, Moving),
    (ReadingScreen, TextPane, Moving),
    (FacetsScreen, TextPane, Moving),
    (FacetsScreen, YearBars),
    (HistoryScreen, TextPane, Moving),
    (MeshScreen, MeshTree),
    (MeshScreen, TextPane, Moving),
    (FindHeadingScreen,),
    (ExportScreen,),
    (ChoiceScreen,),
    (PromptScreen,),
)
"""The classes whose keys work at the same time."""
