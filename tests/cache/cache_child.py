"""What other processes do with a cache in these tests: ``python cache_child.py NAME PATH [ARGUMENT ...]``.

`start` runs one. It says on standard output how far it came; the test reads that, and kills it or looks at what it
left.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import apsw

from tests.cache.cache_samples import NOW, article, kept
from tests.cache.cache_search import answers
from tui.cache import Cache, CacheError, DiskFull, ReadOnly, history, mesh, packing, pages, records, search
from tui.cache.imports import Bookmark

BATCH = 20
LOADED = (
    history,
    mesh,
    packing,
    pages,
    records,
    search,
)  # the parts of a cache, loaded before `read` gives up its rights


def start(task: str, path: Path, *arguments: object) -> subprocess.Popen[str]:
    """Run one of the functions below in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-B", __file__, task, str(path), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        text=True,
    )


def tellings(child: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """All that the child says until it ends well."""
    told, _ = child.communicate()
    assert child.returncode == 0
    return [json.loads(line) for line in told.splitlines()]


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def write(path: Path, first: str, batches: str) -> None:
    """Import batches from where the bookmark stands, telling when each is kept."""
    tell(opening=True)
    cache = Cache.open(path)
    start = cache.imports.bookmark(first, 0, "").offset
    for number in range(start, start + int(batches)):
        pmids = range(int(first) + number * BATCH, int(first) + (number + 1) * BATCH)
        with cache.transaction():
            cache.records.put([kept(pmid, xml=article(pmid, 4000)) for pmid in pmids], seen=False)
            cache.imports.set_bookmark(first, 0, "", Bookmark(number + 1, False, (number + 1) * BATCH))
        tell(kept=number + 1)
    cache.close()


def hold(path: Path) -> None:
    """Keep the cache open after writing, until standard input ends."""
    cache = Cache.open(path)
    cache.records.put([kept(1)])
    tell(ready=True)
    sys.stdin.read()
    cache.close()


def fill(path: Path, spare: str) -> None:
    """Write more than fits, then again with room: no file may grow beyond what is there now and `spare` bytes."""
    cache = Cache.open(path)
    cache.records.put([kept(1)])
    no_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max(part.stat().st_size for part in path.parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + int(spare), no_limit[1]))
    many = [kept(pmid, xml=article(pmid, 20_000)) for pmid in range(2, 200)]
    try:
        cache.records.put(many)
        refused = ""
    except DiskFull as error:
        refused = str(error)
    held = sorted(cache.records.has(range(1, 200)))
    resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
    then = cache.records.put(many).stored
    tell(refused=refused, held=held, then=then, check=cache.check())
    cache.close()


def open_within(path: Path, size: str) -> None:
    """Open the cache while no file may grow beyond `size` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    try:
        Cache.open(path).close()
        tell(error="")
    except CacheError as error:
        tell(error=type(error).__name__)


def read(path: Path, user: str) -> None:
    """Open a cache that this user cannot write, and use it."""
    packing.pack(b"")  # loads zstd, which the user may have no right to do
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))
    try:
        cache = Cache.open(path)
    except CacheError as error:
        tell(error=type(error).__name__, message=str(error))
        return
    try:
        cache.records.put([kept(99)])
        refused = False
    except ReadOnly:
        refused = True
    cache.pages.put(1, 80, "v1", NOW, "text")
    tell(
        read_only=cache.read_only,
        notice=cache.notice,
        refused=refused,
        pmids=list(cache.records.pmids("pmid")),
        found=answers(cache, "title", limit=9),
        check=cache.check(),
    )
    cache.close()


def without_wal(path: Path) -> None:
    """Use a cache by SQLite's way for file systems on which processes can neither share memory nor lock files."""
    vfs = apsw.VFS("no shared memory", "unix-dotfile", makedefault=True)
    cache = Cache.open(path)
    before = sorted(cache.records.has([1]))
    cache.records.put([kept(2)])
    tell(before=before, files=sorted(part.name for part in path.parent.iterdir()), check=cache.check())
    cache.close()
    vfs.unregister()


if __name__ == "__main__":
    {task.__name__: task for task in (write, hold, fill, open_within, read, without_wal)}[sys.argv[1]](
        Path(sys.argv[2]), *sys.argv[3:]
    )
