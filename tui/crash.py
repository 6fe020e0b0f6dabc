"""A crash is written to a file: where it happened, without the values of variables, among which the API key may be."""

from __future__ import annotations

import os
import time
import traceback
from pathlib import Path

from tui import __version__, paths


def keep(error: BaseException, key: str) -> str:
    """Write the traceback to a new file in the log folder, without the API key; a sentence that says where it is."""
    text = "".join(traceback.format_exception(error))
    if key:
        text = text.replace(key, "(API key)")
    folder = Path(paths.log_dir())
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}.log"
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"pubmed-tui {__version__}\n{text}")
    except OSError:
        return "What happened could not be written to the log folder."
    return f"Nothing that was kept is lost. What happened is written in {path}; please send it to the project."
