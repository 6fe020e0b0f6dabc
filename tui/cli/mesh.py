"""MeSH, NLM's vocabulary: load reads NLM's descriptor file (.xml, .gz; the bare tree file too), or fetches it once with
--fetch; show prints a heading, found by its name, an entry term, a UI or a tree number."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tui import paths
from tui.cache import Cache
from tui.cli.bar import Bar
from tui.cli.opening import library, mesh_files, query_of, settings
from tui.cli.outcome import tell
from tui.library import Library, mesh_file
from tui.model.clean import one_line
from tui.model.mesh import MeshView
from tui.model.problem import Problem
from tui.present import descriptor
from tui.present.plain import plain
from tui.quick import width

_LIKE = 5
"""Headings named where the one asked for is not there."""


class BadWords(Problem):
    """The words of the call do not go together."""

    exit_status = 2


class NotInMesh(Problem):
    """No such heading, or no vocabulary to look in."""


def add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("load", "show"))
    parser.add_argument("words", nargs="*", metavar="FILE|TERM", help="a file of NLM's to load, or a heading to show")
    parser.add_argument("--fetch", action="store_true", help="load: get this year's file from NLM (17 MB), once")
    parser.add_argument("--json", action="store_true", help="show: the heading and its neighbours as one object")


def run(words: argparse.Namespace) -> int:
    if words.what == "show":
        if not words.words or words.fetch:
            raise BadWords("Name a heading to show.", "For example: pubmed-tui mesh show breast neoplasms.")
        return asyncio.run(_show(query_of(words.words), as_json=words.json))
    if len(words.words) + words.fetch != 1 or words.json:
        raise BadWords(
            "Name one file to load, or say --fetch.",
            "NLM's descYYYY.xml or descYYYY.gz has everything, mtreesYYYY.bin the tree alone; --fetch gets the former.",
        )
    cache = Cache.open(Path(paths.cache_file()))
    try:
        if cache.notice:
            tell(cache.notice)
        status = _fetch(cache) if words.fetch else _load(cache, Path(words.words[0]), mesh_file.load)
        records = cache.records.info().records
    finally:
        cache.close()
    asyncio.run(_index(records))
    return status


def _load(cache: Cache, file: Path, load: Callable[[Cache, Path, mesh_file.Told], mesh_file.Loaded]) -> int:
    name = one_line(file.name)
    bar = Bar()
    try:
        loaded = load(cache, file, lambda size, done: bar.draw(done, size, name))
    except Problem as problem:
        tell(f"{name}: {problem}")
        return problem.exit_status
    finally:
        bar.clear()
    tell(f"{name}: MeSH {loaded.version}; {loaded.headings:,} headings, found by {loaded.terms:,} names.")
    return 0


def _fetch(cache: Cache) -> int:
    file = asyncio.run(_fetched(cache.mesh.version()))
    if file is None:
        tell(f"MeSH {cache.mesh.version()} is loaded already; NLM has no newer one. Nothing was fetched.")
        return 0
    return _load(cache, file, mesh_file.load_fetched)


async def _fetched(loaded: str) -> Path | None:
    server = mesh_files(settings())
    bar = Bar()
    announced = False

    def told(size: int, done: int) -> None:
        nonlocal announced
        if not announced:
            tell(f"Fetching {_megabytes(size) if size else 'some 17 MB'} from NLM.")
            announced = True
        bar.draw(done, size, _megabytes(done))

    try:
        return await mesh_file.fetch(server, Path(paths.data_dir()), date.today().year, loaded, told)
    finally:
        bar.clear()
        await server.aclose()


async def _index(records: int) -> None:
    """Have every kept record found under the headings above its own."""
    bar = Bar()
    try:
        async with library(offline=True) as kept:
            await kept.mend(lambda done: bar.draw(done, records, "indexed anew"))
    finally:
        bar.clear()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


async def _show(term: str, *, as_json: bool) -> int:
    async with library(offline=True) as records:
        view = await records.mesh.view(term)
        if view is None:
            raise await _not_there(records, term)
        counts = await records.mesh.counts(
            (view.descriptor.name, *(place.name for place in (*view.broader, *view.narrower)))
        )
    if as_json:
        print(json.dumps(_values(view, counts), ensure_ascii=False, indent=2))
    else:
        print(plain(descriptor.page(view, counts), width()), end="")
    return 0


async def _not_there(records: Library, term: str) -> NotInMesh:
    if not await records.mesh.version():
        return NotInMesh(*descriptor.NOT_LOADED)
    like = [f"{each.name!r}" for each in await records.mesh.like(term, _LIKE)]
    return NotInMesh(f"MeSH has no heading {one_line(term)[:60]!r}.", f"Near it are {', '.join(like)}." if like else "")


def _values(view: MeshView, counts: Mapping[str, int]) -> dict[str, Any]:
    one = view.descriptor
    around = {
        name: [{**place._asdict(), "records": counts.get(place.name, 0)} for place in places]
        for name, places in (("broader", view.broader), ("narrower", view.narrower))
    }
    return {
        **one._asdict(),
        "qualifiers": [qualifier._asdict() for qualifier in one.qualifiers],
        "paths": [[place._asdict() for place in path] for path in view.paths],
        **around,
        "records": counts.get(one.name, 0),
        "version": view.version,
    }
