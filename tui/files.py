"""The one way in which a file is written for the user: whole or not at all, and never over another unasked."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tui.model.problem import Problem


class FileExists(Problem):
    """The file is there already, and nobody said that it may be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already.", "Choose another name, or have it replaced: --force.")


def write_atomically(path: Path, pieces: Iterable[str], *, replace: bool = False) -> int:
    """Write a text file (UTF-8, line ends as given) whole or not at all; the number of bytes written.

    The text goes to a new file in the same folder, which takes the name when it is complete and on the disk.
    A symbolic link at `path` is replaced and not followed; who may read and write a file stays as it was. Raises
    `FileExists`, `Problem`.
    """
    if not replace and os.path.lexists(path):
        raise FileExists(path)
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".pubmed-tui-", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
        Path(temporary).chmod(_mode(path))
        if replace:
            Path(temporary).replace(path)
        else:
            _take_name(temporary, path)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "it failed"
        raise Problem(
            f"{path} could not be written: {why.lower()}.", "What was there before is untouched; choose another place."
        ) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
    return size


def _take_name(temporary: str, path: Path) -> None:
    """Give the finished file its name, unless the name was taken meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise FileExists(path) from None
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExists(path) from None
        Path(temporary).replace(path)


def _mode(path: Path) -> int:
    """The permissions of the file that is there, else those of a new one."""
    if path.is_file() and not path.is_symlink():
        return stat.S_IMODE(path.stat().st_mode)
    return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
