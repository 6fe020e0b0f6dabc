"""`config.toml` and the environment to one frozen `Settings`.

An error names the file and the key that is wrong, and the nearest known one.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tui.model.clean import one_line
from tui.model.problem import Problem

EUTILS_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
MESH_URL = "https://nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES/xmlmesh"


class ConfigError(Problem):
    """A setting that cannot be used."""

    exit_status = 2


class Settings(NamedTuple):
    """What the user has set, checked. Built once, passed down as a value."""

    email: str = ""
    """Sent to NCBI with every request, as its rules ask."""
    api_key: str = ""
    """NCBI's key: ten requests a second instead of three. Never shown."""
    eutils_url: str = EUTILS_URL
    mesh_url: str = MESH_URL
    """Where NLM's descriptor file is fetched from."""
    theme: str = ""
    """A Textual theme's name; empty for the program's own."""
    keys: tuple[tuple[str, str], ...] = ()
    """Other keys for actions: (binding id, keys separated by commas)."""
    warnings: tuple[str, ...] = ()
    """What the user should know about these settings, though they can be used."""

    def __repr__(self) -> str:
        return repr(self._replace(api_key="…" if self.api_key else "")._asdict())


_TEXTS = ("email", "api_key", "theme")
_KNOWN = (*_TEXTS, "keys")


def read(file: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `file` (which may be missing), then of the environment. Raises `ConfigError`."""
    values: dict[str, Any] = {}
    warnings: list[str] = []
    content = _content(file)
    if content is not None:
        values = _checked(content, file)
        if values.get("api_key") and _readable_by_others(file):
            warnings.append(f"{file} holds your API key and can be read by others; chmod 600 mends that.")
    for variable, name in (
        ("NCBI_EMAIL", "email"),
        ("NCBI_API_KEY", "api_key"),
        ("PUBMED_TUI_EUTILS_URL", "eutils_url"),
        ("PUBMED_TUI_MESH_URL", "mesh_url"),
    ):
        value = environment.get(variable, "").strip()
        if value:
            values[name] = _one_word(value, variable)
    return Settings(**values, warnings=tuple(warnings))


def _content(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else (error.strerror or "").lower()
        raise ConfigError(f"The settings in {file} cannot be read: {why}.", "Mend or move the file.") from None


def _checked(content: str, file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - only where there is a file to read

    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is not valid TOML: {one_line(str(error))}.", "Mend that line.") from None
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KNOWN:
            raise ConfigError(f"{file}: there is no setting {one_line(key)!r}.", _nearest(key))
        if key == "keys":
            values["keys"] = _keys(value, file)
        elif not isinstance(value, str):
            raise ConfigError(f"{file}: {key} must be a text in quotes.", f'Write {key} = "..." there.')
        else:
            values[key] = _one_word(value.strip(), f"{key} in {file}")
    return values


def _keys(value: object, file: Path) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(keys, str) and keys for keys in value.values()):
        raise ConfigError(f'{file}: [keys] must hold lines such as export = "x".', "The README lists the ids.")
    return tuple((one_line(str(name)), one_line(keys)) for name, keys in value.items())


def _nearest(key: str) -> str:
    import difflib  # noqa: PLC0415 - only for an error

    near = difflib.get_close_matches(key, _KNOWN, 1, 0.5)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(_KNOWN)}."


def _one_word(value: str, where: str) -> str:
    if any(character.isspace() or not character.isprintable() for character in value):
        raise ConfigError(f"{where} holds a blank or a control character.", "Remove it.")
    return value


def _readable_by_others(file: Path) -> bool:
    return os.name == "posix" and bool(file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
