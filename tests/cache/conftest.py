from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.cache import Cache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a cache may be."""
    return tmp_path / "data" / "pubmed.db"


@pytest.fixture
def cache(path: Path) -> Iterator[Cache]:
    """A new, empty cache."""
    cache = Cache.open(path)
    yield cache
    cache.close()
