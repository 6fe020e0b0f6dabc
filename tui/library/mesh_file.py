"""NLM's file of MeSH: into the cache, and from NLM's server to this machine where that is asked for."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.cache import Cache
from tui.library.packed import Unreadable, inflated, opened
from tui.model.clean import one_line
from tui.model.mesh import MeshDescriptor
from tui.model.problem import Problem

if TYPE_CHECKING:
    from tui.remote import MeshFiles

Told = Callable[[int, int], None]
"""Hears of how many bytes, 0 where that is not known, how many are done by then."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class Loaded(NamedTuple):
    """What became of a file."""

    version: str
    """``2026``, the year in the file's name; of a tree file it says that it is no more than that."""
    headings: int
    terms: int
    """Names that lead to them, their own included."""


def load(cache: Cache, file: Path, told: Told) -> Loaded:
    """Read a file into the cache, in place of the vocabulary that was there; all of it or nothing.

    Raises Unreadable, NotMesh and CacheError.
    """
    from tui.parse import mesh as parse  # noqa: PLC0415 - a fetch that fails needs no parser

    headings = terms = 0
    with opened(file) as stream:
        size = os.fstat(stream.fileno()).st_size

        def counted(descriptors: Iterator[MeshDescriptor]) -> Iterator[MeshDescriptor]:
            nonlocal headings, terms
            for one in descriptors:
                headings += 1
                terms += 1 + len(one.entry_terms) + len(one.permuted_terms)
                told(size, stream.tell())
                yield one

        descriptors = parse.read(inflated(stream))
        first = next(descriptors)
        version = _version(file.name, first)
        cache.mesh.load(counted(chain((first,), descriptors)), version)
    return Loaded(version, headings, terms)


def _version(name: str, first: MeshDescriptor) -> str:
    year = _YEAR.search(name)
    version = year.group() if year else one_line(name)
    return version if first.kind else f"{version}, names and tree numbers only"


def load_fetched(cache: Cache, file: Path, told: Told) -> Loaded:
    """As `load`. Then the file is removed, as one that cannot be read is; it stays where the cache fails."""
    from tui.parse.mesh import NotMesh  # noqa: PLC0415 - as above

    try:
        loaded = load(cache, file, told)
    except (NotMesh, Unreadable):
        file.unlink()
        raise
    file.unlink()
    return loaded


async def fetch(server: MeshFiles, folder: Path, year: int, loaded: str, told: Told) -> Path | None:
    """NLM's descriptor file of this year, or of the year before where there is none yet; whole, in this folder.

    None where the vocabulary `loaded` is that one already. A file that is there is not fetched again. Raises
    RemoteError, and Problem where it cannot be written.
    """
    from tui.remote import Refused  # noqa: PLC0415 - httpx, which only this needs

    if loaded == str(year):
        return None
    try:
        return await _fetched(server, folder, year, told)
    except Refused:  # in the first days of a year
        return None if loaded == str(year - 1) else await _fetched(server, folder, year - 1, told)


async def _fetched(server: MeshFiles, folder: Path, year: int, told: Told) -> Path:
    path = folder / f"desc{year}.gz"
    if not path.exists():
        async for attempt in server.attempts():
            with attempt:
                async with server.descriptors(year) as download:
                    await _write(path, download.pieces, partial(told, download.size))
    return path


async def _write(path: Path, pieces: AsyncIterator[bytes], told: Callable[[int], None]) -> None:
    """The file takes its name when it is complete and on the disk."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    done = 0
    try:
        with part.open("wb") as file:
            async for piece in pieces:
                await asyncio.to_thread(file.write, piece)
                done += len(piece)
                told(done)
            file.flush()
            await asyncio.to_thread(os.fsync, file.fileno())
        part.replace(path)
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise Problem(
            f"{path} could not be written: {why}.", "Free some space, or check that you may write there."
        ) from None
    finally:
        part.unlink(missing_ok=True)
