"""Searching PubMed: a query typed, its results walked, its answer understood."""

from __future__ import annotations

from conftest import Desk

async def test_a_query_is_typed_and_its_results_and_first_record_are_shown(desk: Desk) -> None:
    async with desk.open() as reader:
        await reader.search("stroma metastasis")
        print(reader.screen)
        print(reader.toasts)
        assert 0
