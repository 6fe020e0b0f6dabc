"""JSON Lines: each record, complete as in JSON, an object on a line of its own with nothing around it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from tui.export.json import kept_values
from tui.model.results import Kept


def write(records: Iterable[Kept]) -> Iterator[str]:
    """One record a piece."""
    for kept in records:
        yield json.dumps(kept_values(kept), ensure_ascii=False) + "\n"
