"""What the README says of the program is so, and what the program has is in the README."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
import textual

import tui
from tui import config, export, paths
from tui.cli.outcome import INTERRUPTED
from tui.model.problem import Problem
from tui.quick import COMMANDS
from tui.ui import keys
from tui.ui.bound import BOUND

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """What stands under a heading of the second level."""
    (found,) = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    return str(found)


def table(title: str) -> list[list[str]]:
    """The rows of a section's table, without its heading."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    rows = [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return rows[2:]


def quoted(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def options(text: str) -> set[str]:
    return set(re.findall(r"--[a-z]+(?:-[a-z]+)*", text))


def help_of(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def of_command(name: str) -> list[str]:
    """The rows of the table that begin with this command; those of the browser for an empty name."""
    rows = []
    for call, does in table("Commands"):
        (words,) = quoted(call)
        first = words.removeprefix("pubmed-tui").split()[0]
        if first == name or (not name and first not in COMMANDS):
            rows.append(f"{call} {does}")
    return rows


class TestCommands:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_has_a_row_with_all_its_options(self, name: str) -> None:
        (row,) = of_command(name)
        assert options(row) == options(help_of(name)) - {"--help"}

    def test_so_has_the_browser(self) -> None:
        rows = of_command("")
        assert all(quoted(row)[0] in ("pubmed-tui [QUERY]", "pubmed-tui --demo") for row in rows)
        assert options(" ".join(rows)) == options(help_of()) - {"--help"}

    def test_help_is_named(self) -> None:
        assert "`--help`" in section("Commands")

    def test_choices_are_named(self) -> None:
        for name in COMMANDS:
            (row,) = of_command(name)
            for choices in re.findall(r"\{([a-z,|]+)\}", help_of(name)):
                assert set(choices.split(",")) <= set(re.findall(r"[a-z]+", row))


def test_every_command_that_is_shown_exists() -> None:
    calls = re.findall(r"pubmed-tui ((?!-)[a-z]+)", "\n".join(quoted(README)))
    assert set(calls) <= set(COMMANDS)
    assert options("\n".join(quoted(README))) <= set.union(*map(options, map(help_of, COMMANDS)), options(help_of()))


def test_formats() -> None:
    said = [(quoted(name), quoted(suffix)) for name, suffix, *_ in table("Export formats")]
    assert said == [([format.name], [format.suffix]) for format in export.FORMATS]


def test_keys() -> None:
    said = [(tuple(quoted(names)), does, *quoted(id)) for names, does, id in table("Keys")]
    bound = [(key.keys, key.tooltip or key.description, key.id) for key in keys.of(BOUND)]
    assert sorted(said) == sorted(bound)
    assert len({id for _, _, id in bound}) == len(bound), "an id names one action"


def test_settings(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("zzzzzz = 1")
    with pytest.raises(config.ConfigError) as caught:
        config.read(file, {})
    known = caught.value.hint.removeprefix("Known are ").removesuffix(".").split(", ")
    assert [quoted(name) for name, _ in table("Settings")] == [[name] for name in known]


def source(package: object) -> str:
    """All the code of a package."""
    folder = Path(str(getattr(package, "__file__", ""))).parent
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.py")))


def test_environment() -> None:
    said = {name for row in table("Environment") for name in quoted(row[0])}
    code = source(tui)
    ours = set(re.findall(r'"((?:NCBI|PUBMED_TUI|XDG)_[A-Z_]+)"', code))
    assert ours <= said
    theirs = {name: source(package) for name, package in (("NO_COLOR", textual), ("XDG_STATE_HOME", platformdirs))}
    assert said == ours | {name for name, code in theirs.items() if name in code}


@pytest.mark.skipif(sys.platform != "linux", reason="the folders that are named are Linux's")
def test_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert str(Path(paths.config_file()).parent).replace("/home/reader", "~") in quoted(section("Settings"))
    assert Path(paths.config_file()).name in quoted(section("Settings"))


def problems(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    yield kind
    for each in kind.__subclasses__():
        yield from problems(each)


def test_exit_statuses() -> None:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    said = [int(*quoted(status)) for status, _ in table("Exit status")]
    assert said == sorted({0, INTERRUPTED, *(kind.exit_status for kind in problems() if kind.__module__[:4] == "tui.")})


def test_pictures() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((screenshots/[^)]+)\)", README)
    assert sorted(set(shown)) == sorted(str(file.relative_to(ROOT)) for file in (ROOT / "screenshots").iterdir())


def test_other_links() -> None:
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_the_two_first_commands() -> None:
    """The first shows the program, the second is what the checks of each change run."""
    first, second, *_ = re.findall(r"^```sh\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert first.endswith("pubmed-tui --demo")
    assert second.endswith("-m pytest")
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
