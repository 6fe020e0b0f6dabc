"""The one way in which a file is written for the user: whole or not at all, and never over another unasked."""

from __future__ import annotations

import contextlib
import errno
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
    check_place(path, replace=replace)
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
        raise _unwritable(path, error.errno) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
    return size


def check_place(path: Path, *, replace: bool) -> None:
    """Whether a file can be written there, as far as that shows before there is anything to write.

    Raises `FileExists`, `Problem`.
    """
    if not replace and os.path.lexists(path):
        raise FileExists(path)
    number = 0
    try:
        if not stat.S_ISDIR(path.parent.stat().st_mode):
            number = errno.ENOTDIR
        elif _is_folder(path):
            number = errno.EISDIR
        elif not os.access(path.parent, os.W_OK | os.X_OK):
            number = errno.EACCES
    except OSError as error:
        number = error.errno or errno.EIO
    if number:
        raise _unwritable(path, number)


def _is_folder(path: Path) -> bool:
    """Raises OSError for a name that there cannot be."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except FileNotFoundError:
        return False


def _unwritable(path: Path, number: int | None) -> Problem:
    why = os.strerror(number).lower() if number else "it failed"
    return Problem(f"{path} could not be written: {why}.", "What was there before is untouched; choose another place.")


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
