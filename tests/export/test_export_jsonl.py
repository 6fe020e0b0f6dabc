"""JSON Lines: one complete record on each line."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.export_samples import RECORDS, RICH, kept, real
from tests.recorded import needs_data
from tui.export import json as json_format
from tui.export.json import kept_values
from tui.export.jsonl import write
from tui.model.record import Record


def test_a_line_is_a_record_of_the_array() -> None:
    lines = "".join(write(kept([RICH, Record(2)]))).splitlines()
    assert [json.loads(line) for line in lines] == json.loads("".join(json_format.write(kept([RICH, Record(2)]))))


def test_no_record_is_no_line() -> None:
    assert not list(write([]))


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=3))
def test_hostile_text_breaks_no_line(records: list[Record]) -> None:
    text = "".join(write(kept(records)))
    assert text.splitlines() == text.encode().decode().split("\n")[:-1]
    assert [json.loads(line) for line in text.splitlines()] == [kept_values(each) for each in kept(records)]


@needs_data
def test_real_records_read_back_as_they_were() -> None:
    text = "".join(write(kept(real())))
    assert [json.loads(line)["pmid"] for line in text.splitlines()] == [record.pmid for record in real()]
