"""A file of references kept in step: its old text and fresh records to its new text, and what changed.

Entries are replaced by PMID, in their places; records that the file does not have come at its end. Every other byte
stays: entries that name no PMID or another one, comments, order, line ends, and in a replaced entry the fields that
this program never writes. A file that cannot be read with certainty is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tui.export import updating_bibtex, updating_json, updating_ris
from tui.export.updating_json import Unreadable
from tui.model.results import Kept
