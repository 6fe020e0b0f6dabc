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
    name: str
    """As it is shown."""
    data: bytes
    kind: Kind
    pmids: list[int]
    """Those that its entries name."""

    @property
    def text(self) -> str:
        return self.data.decode()


def opened(name: str, format: str) -> File:
    """The file; an empty one where there is none. `format` is the one it has to be in, if any.

    Raises Unreadable, and NotUpdatable where the name, what it holds and the format do not go together.
    """
    path, shown = Path(os.path.realpath(name)), one_line(Path(name).name)
    try:
        data = path.read_bytes() if os.path.lexists(path) else b""
        kind = kind_of(Path(name).suffix, data.decode(), format)
        return File(path, shown, data, kind, pmids_in(data.decode(), kind))
    except UnicodeDecodeError:
        raise Unreadable(f"{shown} is not UTF-8 text.", "Save it as UTF-8 in the program it is from.") from None
    except OSError as error:
        why = os.strerror(error.errno).lower() if error.errno else "it failed"
        raise Unreadable(f"{shown} cannot be read: {why}.", "Check the name.") from None
    except Problem as problem:
        raise type(problem)(f"{shown}: {problem.message}", problem.hint) from None


async def update(records: Library, file: File, pmids: Sequence[int]) -> None:
    """Bring the file up to date with these records, saying first what changes. Raises Problem; then it is untouched."""

    def change(fresh: Iterator[Kept]) -> None:
        change = updated(file.text, fresh, file.kind)
        counts = {"replaced": change.replaced, "added": change.added, "unchanged": change.unchanged}
        tell(f"{file.name}: {', '.join(f'{count:,} {what}' for what, count in counts.items())}.")
        if change.text != file.text:
            _replace(file, change.text)

    await records.exports.through(pmids, change)


async def in_file(records: Library, file: File) -> list[int]:
    """The PMIDs that its entries name, their records fresh; those that cannot be had are said, and left as they are."""
    if not records.offline:
        await fetched(records, file.pmids)
    absent = set(await records.absent(file.pmids))
    if absent:
        names = ", ".join(map(str, sorted(absent)[:5])) + (" ..." if len(absent) > 5 else "")
        tell(
            f"{'Not kept here' if records.offline else 'Not in PubMed'}: PMID {names}. Their entries stay as they are."
        )
    return [pmid for pmid in file.pmids if pmid not in absent]


def _replace(file: File, text: str) -> None:
    is_there = os.path.lexists(file.path)
    try:
        now = file.path.read_bytes() if is_there else b""
    except OSError:
        now = None
    if now != file.data:
        raise Problem(f"{file.name} was changed by another program meanwhile.", "Run the same command again.")
    write_atomically(file.path, [text], replace=is_there)
