"""``export --update FILE``: records into a file of references that is there already, nothing else in it changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.cli.matching import fetched
from tui.cli.outcome import tell
from tui.export.updating import Kind, Unreadable, kind_of, pmids_in, updated
from tui.files import write_atomically
from tui.library import Library
from tui.model.clean import one_line
from tui.model.problem import Problem
from tui.model.results import Kept


class File(NamedTuple):
    """A file to be kept in step, as it was found."""

    path: Path
    """What a symbolic link leads to: the link stays."""
    data: bytes
    kind: Kind

    @property
    def text(self) -> str:
        return self.data.decode()


def opened(name: str, format: str) -> File:
    """The file; an empty one where there is none. `format` is the one it has to be in, if any.

    Raises Unreadable, and NotUpdatable where the name, what it holds and the format do not go together.
    """
    path = Path(os.path.realpath(name))
    try:
        data = path.read_bytes() if os.path.lexists(path) else b""
        return File(path, data, kind_of(path.suffix, data.decode(), format))
    except UnicodeDecodeError:
        raise Unreadable(f"{_shown(path)} is not UTF-8 text.", "Save it as UTF-8 in the program it is from.") from None
    except OSError as error:
        why = os.strerror(error.errno).lower() if error.errno else "it failed"
        raise Unreadable(f"{_shown(path)} cannot be read: {why}.", "Check the name.") from None
    except Problem as problem:
        raise _of(path, problem) from None


async def update(records: Library, file: File, pmids: Sequence[int]) -> None:
    """Bring the file up to date with these records, saying first what changes. Raises Problem; then it is untouched."""

    def change(fresh: Iterator[Kept]) -> None:
        try:
            change = updated(file.text, fresh, file.kind)
        except Unreadable as problem:
            raise _of(file.path, problem) from None
        counts = {"replaced": change.replaced, "added": change.added, "unchanged": change.unchanged}
        tell(f"{_shown(file.path)}: {', '.join(f'{count:,} {what}' for what, count in counts.items())}.")
        if change.text != file.text:
            _replace(file, change.text)

    await records.through(pmids, change)


async def in_file(records: Library, file: File) -> list[int]:
    """The PMIDs that its entries name, their records fresh; those that cannot be had are said, and left as they are."""
    pmids = pmids_in(file.text, file.kind)
    if not records.offline:
        await fetched(records, pmids)
    absent = set(await records.absent(pmids))
    if absent:
        names = ", ".join(map(str, sorted(absent)[:5])) + (" ..." if len(absent) > 5 else "")
        tell(
            f"{'Not kept here' if records.offline else 'Not in PubMed'}: PMID {names}. Their entries stay as they are."
        )
    return [pmid for pmid in pmids if pmid not in absent]


def _replace(file: File, text: str) -> None:
    is_there = os.path.lexists(file.path)
    if is_there and file.path.read_bytes() != file.data:
        raise Problem(f"{_shown(file.path)} was changed by another program meanwhile.", "Run the same command again.")
    write_atomically(file.path, [text], replace=is_there)


def _of(path: Path, problem: Problem) -> Problem:
    """The same problem, with the name of the file."""
    return type(problem)(f"{_shown(path)}: {problem.message}", problem.hint)


def _shown(path: Path) -> str:
    return one_line(path.name)
