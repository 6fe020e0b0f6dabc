"""Data and settings are where platformdirs has them, though it is not asked on Linux."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs
import pytest

from tui import paths

RELATIVE = ["relative/path", "./here", "~/home", " /blank"]
VALUES = [None, "", " ", "/somewhere", "/somewhere/", "//two", "/tail ", "/in side", *RELATIVE]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **environment: str | None) -> None:
    for name, value in environment.items():
        if value is not None:
            monkeypatch.setenv(name, value)


@pytest.mark.parametrize("value", VALUES, ids=ascii)
@pytest.mark.parametrize("home", [None, "/home/reader", "/home/reader/", "", "relative"], ids=ascii)
def test_the_folders_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, value: str | None, home: str | None
) -> None:
    given(monkeypatch, XDG_DATA_HOME=value, XDG_CONFIG_HOME=value, XDG_STATE_HOME=value, HOME=home)
    assert paths.data_dir() == platformdirs.user_data_dir("pubmed-tui", appauthor=False)
    assert Path(paths.config_file()) == Path(platformdirs.user_config_dir("pubmed-tui", appauthor=False), "config.toml")
    assert paths.log_dir() == platformdirs.user_log_dir("pubmed-tui", appauthor=False)


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms have other folders")
def test_what_that_is_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, HOME="/home/reader")
    assert paths.cache_file() == "/home/reader/.local/share/pubmed-tui/pubmed.db"
    assert paths.config_file() == "/home/reader/.config/pubmed-tui/config.toml"
    given(monkeypatch, XDG_DATA_HOME="/data", XDG_CONFIG_HOME="/settings")
    assert paths.cache_file() == "/data/pubmed-tui/pubmed.db"
    assert paths.config_file() == "/settings/pubmed-tui/config.toml"


def test_a_folder_is_asked_for_and_not_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "data"))
    found = [paths.data_dir(), paths.cache_file(), paths.config_file(), paths.log_dir()]
    assert all(path.startswith((str(tmp_path), os.sep)) for path in found)
    assert list(tmp_path.iterdir()) == []
