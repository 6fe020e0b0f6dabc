"""The parts put together: settings, the client of PubMed, the library."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui import config, paths
from tui.cli.outcome import tell
from tui.config import Settings
from tui.model.problem import Problem

if TYPE_CHECKING:
    from tui.library import Library
    from tui.model.results import Wait
    from tui.remote import Eutils, MeshFiles


class BadPmid(Problem):
    """A word that should be a PMID and is none."""

    exit_status = 2


class EmptyQuery(Problem):
    """PubMed has to be asked for something."""

    exit_status = 2

    def __init__(self) -> None:
        super().__init__("An empty query means everything that is kept here.", "It needs --offline.")


def settings() -> Settings:
    """The user's settings; what is doubtful about them is said. Raises ConfigError."""
    found = config.read(Path(paths.config_file()))
    for warning in found.warnings:
        tell(warning)
    return found


def connecting(found: Settings, on_wait: Callable[[Wait | None], None]) -> Callable[[], Eutils]:
    """How the library gets its client, when it first needs one."""

    def connect() -> Eutils:
        from tui import remote  # noqa: PLC0415 - httpx takes a tenth of a second; offline it is never loaded

        return remote.Eutils(
            remote.open_client(),
            base_url=found.eutils_url,
            pace=remote.Pace(Path(paths.data_dir()) / "pace", with_key=bool(found.api_key)),
            email=found.email,
            api_key=found.api_key,
            on_wait=on_wait,
        )

    return connect


def mesh_files(found: Settings) -> MeshFiles:
    """NLM's file server; each pause is said."""
    from tui import remote  # noqa: PLC0415 - as above

    pace = remote.Pace(Path(paths.data_dir()) / "pace", with_key=False)
    return remote.MeshFiles(remote.open_client(), base_url=found.mesh_url, pace=pace, on_wait=say_wait)


@asynccontextmanager
async def library(*, offline: bool) -> AsyncIterator[Library]:
    """The library of a command, open. What it waits for, and what is to be known of its cache, is said.

    Raises ConfigError and CacheError.
    """
    from tui.library import Library  # noqa: PLC0415 - the browser loads it later

    records = Library(Path(paths.cache_file()), connecting(settings(), say_wait), offline=offline)
    try:
        await records.open()
        try:
            yield records
        finally:
            if notice := await records.take_notice():
                tell(notice)
    finally:
        await records.close()


def say_wait(wait: Wait | None) -> None:
    if wait is not None:
        from tui.present.status import waiting  # noqa: PLC0415 - rarely needed

        tell(waiting(wait, round(wait.seconds)))


def query_of(words: Iterable[str]) -> str:
    """The query that these words are: UTF-8, as terminals send it, whatever the locale made of its bytes."""
    return " ".join(os.fsencode(word).decode("utf-8", "replace") for word in words)


def pmids_of(words: Sequence[str]) -> list[int]:
    """The PMIDs named, in order, each once; ``-`` stands for standard input. Raises BadPmid."""
    pmids: dict[int, None] = {}
    for word in _words(words):
        if not (word.isascii() and word.isdigit() and len(word) <= 9 and int(word)):
            raise BadPmid(f"{word[:40]!r} is not a PMID.", "A PMID is a number, such as 17914389.")
        pmids[int(word)] = None
    return list(pmids)


def _words(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word == "-":
            for line in sys.stdin:
                yield from line.split()
        else:
            yield word
