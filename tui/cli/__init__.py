"""The command line: read the words, ask the library, print. One file a command; none imports Textual.

It is where the parts are put together as well: settings are read here and handed down as values.
"""

from tui.cli.words import run

__all__ = ["run"]
