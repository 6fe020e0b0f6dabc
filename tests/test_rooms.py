"""The rooms keep to themselves: who may import whom, by the static graph, and what a start really loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tui.quick import COMMANDS

ROOT = Path(__file__).parents[1]
HEAVY = {"textual", "rich", "httpx", "platformdirs", "rispy"}


def test_the_contracts_hold() -> None:
    """They stand in pyproject.toml, under ``[tool.importlinter]``."""
    command = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_imports_itself_over_others() -> None:
    graph = grimp.build_graph("tui", cache_dir=None)
    cycles = [
        (importer, imported)
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if graph.chain_exists(importer=imported, imported=importer)
    ]
    assert cycles == []


def loaded_by(code: str) -> set[str]:
    """The names of all packages that are loaded after this code has run in a fresh process."""
    code = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("module", ["tui", "tui.__main__", "tui.cli", "tui.library", "tui.cache", "tui.present.record"])
def test_what_every_start_needs_is_light(module: str) -> None:
    assert not loaded_by(f"import {module}") & HEAVY


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_neither_textual_nor_httpx(command: str) -> None:
    """A static graph cannot see this: imports inside functions are no imports of the start."""
    code = (
        f"import contextlib, tui.cli\nwith contextlib.suppress(SystemExit): tui.cli.run(['{command}', '--help'], None)"
    )
    loaded = loaded_by(code)
    assert "argparse" in loaded
    assert not loaded & HEAVY
