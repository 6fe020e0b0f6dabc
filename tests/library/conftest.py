from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.library.opened import Clock, opened
from tests.made_up import holding
from tests.pubmed_double import PubMedDouble
from tui.library import Library
from tui.model.results import Wait


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a cache may be."""
    return tmp_path / "data" / "pubmed.db"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def waits() -> list[Wait]:
    """The pauses that `library` made."""
    return []


@pytest.fixture
def double() -> PubMedDouble:
    """PubMed with eight records, 1 to 8."""
    return holding(range(1, 9))


@pytest.fixture
async def library(path: Path, double: PubMedDouble, clock: Clock, waits: list[Wait]) -> AsyncIterator[Library]:
    """A library with an empty cache, online."""
    async with opened(path, double, clock, waits) as library:
        yield library
