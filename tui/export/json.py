"""JSON: an array of the complete records with the field names of `tui.model.record`.

Nothing that PubMed's XML says is left out, only what it does not say: below an object's top level an empty part is
missing, at the top level every key is always there. Text that was marked up has its markup beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from tui.model.clean import clean
from tui.model.dates import PartialDate
from tui.model.record import Record
from tui.model.results import Kept
from tui.model.text import Text


def write(records: Iterable[Kept]) -> Iterator[str]:
    """One record a line."""
    before = "[\n"
    for kept in records:
        yield before + json.dumps(kept_values(kept), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def kept_values(kept: Kept) -> dict[str, Any]:
    """`as_values` of the record, with ``source`` and ``retrieved`` (ISO 8601, UTC)."""
    retrieved = datetime.fromtimestamp(kept.origin.retrieved, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return as_values(kept.record) | {"source": clean(kept.origin.source), "retrieved": retrieved}


def as_values(record: Record) -> dict[str, Any]:
    """The record as dicts, lists, strings, numbers and truth values.

    A marked-up text is ``{"text": ..., "markup": ...}``, a date has its ``iso`` form beside its parts. ``doi``,
    ``pmcid``, ``retracted`` and ``concern`` are read from the rest, so that nobody has to do it again.
    """
    return {name: _plain(value) for name, value in zip(record._fields, record, strict=True)} | {
        "doi": clean(record.doi),
        "pmcid": clean(record.pmcid),
        "retracted": record.retracted,
        "concern": record.concern,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {"text": clean(str(value)), "markup": clean(value.markup)}
    if isinstance(value, str):
        return clean(value)
    if not isinstance(value, tuple):
        return value
    names = getattr(value, "_fields", None)
    if names is None:
        return [_plain(each) for each in value]
    parts = {name: plain for name, part in zip(names, value, strict=True) if (plain := _plain(part)) or plain is False}
    if isinstance(value, PartialDate) and value.iso:
        parts["iso"] = value.iso
    return parts
