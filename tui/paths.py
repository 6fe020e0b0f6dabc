"""Where data, settings and log live.

The folders are those of platformdirs. On Linux the rule is short (XDG Base Directory Specification) and is
followed here without that import, which costs as much as two bare Python starts; a test holds both against
each other. Paths are plain strings for the same reason.
"""

import os
import sys

NAME = "pubmed-tui"


def data_dir() -> str:
    """The folder of the cache."""
    return _folder("XDG_DATA_HOME", "~/.local/share", "user_data_dir")


def cache_file() -> str:
    """The one SQLite file."""
    return os.path.join(data_dir(), "pubmed.db")  # noqa: PTH118 - pathlib is not imported here


def config_file() -> str:
    return os.path.join(_folder("XDG_CONFIG_HOME", "~/.config", "user_config_dir"), "config.toml")  # noqa: PTH118 - as above


def log_dir() -> str:
    import platformdirs  # noqa: PLC0415 - only wanted when something is logged

    return platformdirs.user_log_dir(NAME, appauthor=False)


def _folder(variable: str, default: str, function: str) -> str:
    if sys.platform == "linux" and os.environ.get("HOME", "/").startswith("/"):
        base = os.environ.get(variable, "")
        if not base.startswith("/"):  # the specification: a relative path is invalid and is ignored
            base = os.path.expanduser(default)  # noqa: PTH111 - as above
        return os.path.join(base, NAME)  # noqa: PTH118 - as above
    import platformdirs  # noqa: PLC0415 - see above

    return str(getattr(platformdirs, function)(NAME, appauthor=False))
