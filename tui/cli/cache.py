"""What is cached: how much and how old (info), its PMIDs one a line (list), whether the file is sound (check), and
where it is (path)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui import paths
from tui.cache import Cache
from tui.cli.outcome import tell
from tui.present import ages

_TASKS = ("info", "list", "check", "path")


def add_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=_TASKS, metavar="|".join(_TASKS), help="one of these words")


def run(words: argparse.Namespace) -> int:
    path = Path(paths.cache_file())
    if words.what == "path":
        print(path)
        return 0
    cache = Cache.open(path)
    try:
        if cache.notice:
            tell(cache.notice)
        return {"info": _info, "list": _list, "check": _check}[words.what](cache)
    finally:
        cache.close()


def _info(cache: Cache) -> int:
    info = cache.records.info()
    print(f"records\t{info.records}")
    print(f"size\t{info.bytes} bytes")
    if info.records:
        print(f"oldest\t{ages.day(info.oldest)}")
        print(f"newest\t{ages.day(info.newest)}")
    print(f"schema\t{info.schema}")
    print(f"path\t{info.path}")
    return 0


def _list(cache: Cache) -> int:
    for pmid in cache.records.pmids():
        sys.stdout.write(f"{pmid}\n")
    return 0


def _check(cache: Cache) -> int:
    faults = cache.check()
    if not faults:
        print("The cache is sound.")
        return 0
    for fault in faults:
        tell(fault)
    tell("The cache is damaged. Start the program again: it sets the file aside and keeps what can still be read.")
    return 1
