"""What the stories begin with: a PubMed of our own that holds the demo's records, and a desk to read it at."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.desk import Clock, Desk, Pauses
from tests.driver import WIDE, Reader, reading
from tests.made_up import article
from tests.pubmed_double import PubMedDouble
from tui.library.demo import demo_library

DEMO = Path(__file__).parents[2] / "tui" / "demo" / "records.xml.gz"


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep this machine's own settings and clipboard away."""
    for variable in (
        "NO_COLOR",
        "TEXTUAL_THEME",
        "NCBI_API_KEY",
        "NCBI_EMAIL",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "TMUX",
        "STY",
    ):
        monkeypatch.delenv(variable, raising=False)
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setenv("SSH_TTY", "/dev/null")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def pubmed() -> PubMedDouble:
    """PubMed with the records of the demo."""
    double = PubMedDouble()
    double.add_file(DEMO)
    return double


@pytest.fixture
def many(pubmed: PubMedDouble) -> list[int]:
    """120 records that are found by the word ``plankton``, in the order in which PubMed lists them."""
    pmids = list(range(40_000_120, 40_000_000, -1))
    for pmid in pmids:
        pubmed.add(article(pmid, f"Plankton number {pmid} drifts."))
    return pmids


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def desk(tmp_path: Path, pubmed: PubMedDouble, clock: Clock, pauses: Pauses) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    return Desk(folder, pubmed, clock, pauses)


@pytest.fixture
def demo(tmp_path: Path, clock: Clock) -> Callable[..., AbstractAsyncContextManager[Reader]]:
    """Open the demo."""
    (tmp_path / "demo").mkdir()

    @asynccontextmanager
    async def open_demo(query: str = "", *, size: tuple[int, int] = WIDE) -> AsyncIterator[Reader]:
        library = demo_library(tmp_path / "demo", now=clock)
        async with reading(library, query=query, demo=True, size=size) as reader:
            await reader.settled()
            yield reader

    return open_demo
