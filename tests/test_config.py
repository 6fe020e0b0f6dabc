"""Settings come from one file and the environment; what is wrong is said by name, and the key is never shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui import config
from tui.config import ConfigError, Settings

KEY = "0123456789abcdef0123456789abcdef0123"
VARIABLES = ("NCBI_EMAIL", "NCBI_API_KEY", "PUBMED_TUI_EUTILS_URL", "PUBMED_TUI_MESH_URL")
WHOLE = f"""
email = "reader@example.org"
api_key = "{KEY}"
theme = "nord"

[keys]
export = "x,ctrl+e"
quit = "Q"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def read(file: Path, content: str | bytes, environment: dict[str, str] | None = None) -> Settings:
    file.touch(mode=0o600)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return config.read(file, environment or {})


def test_nothing_has_to_be_set(file: Path) -> None:
    settings = config.read(file, {})
    assert settings == Settings()
    assert settings.eutils_url == "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    assert settings.mesh_url == "https://nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES/xmlmesh"
    assert read(file, "") == settings


def test_everything_that_can_be_set(file: Path) -> None:
    assert read(file, WHOLE) == Settings(
        email="reader@example.org",
        api_key=KEY,
        theme="nord",
        keys=(("export", "x,ctrl+e"), ("quit", "Q")),
    )


def test_the_environment_goes_before_the_file(file: Path) -> None:
    environment = {
        "NCBI_EMAIL": " other@example.org ",
        "NCBI_API_KEY": "fromtheenvironment",
        "PUBMED_TUI_EUTILS_URL": "http://127.0.0.1:9/eutils",
        "PUBMED_TUI_MESH_URL": "http://127.0.0.1:9/mesh",
        "UNRELATED": "x",
    }
    settings = read(file, WHOLE, environment)
    assert (settings.email, settings.api_key) == ("other@example.org", "fromtheenvironment")
    assert (settings.eutils_url, settings.theme) == ("http://127.0.0.1:9/eutils", "nord")
    assert settings.mesh_url == "http://127.0.0.1:9/mesh"


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_variable_sets_nothing(file: Path, empty: str) -> None:
    environment = dict.fromkeys(VARIABLES, empty)
    assert read(file, WHOLE, environment) == read(file, WHOLE)


def test_a_byte_order_mark_is_no_part_of_the_settings(file: Path) -> None:
    assert read(file, b"\xef\xbb\xbf" + WHOLE.encode()).email == "reader@example.org"


WRONG = [
    # content, what the message names, what the hint says
    ('apikey = "x"', ["no setting 'apikey'"], "Did you mean api_key?"),
    ('zzz = "x"', ["no setting 'zzz'"], "Known are email, api_key, theme, keys."),
    ('[ncbi]\nemail = "x"', ["no setting 'ncbi'"], "Known are email, api_key, theme, keys."),
    ("email = 7", ["email must be a text in quotes"], 'Write email = "..." there.'),
    ("api_key = []", ["api_key must be a text in quotes"], 'Write api_key = "..." there.'),
    ('email = "two words"', ["email", "holds a blank"], "Remove it."),
    ('email = "esc\\u001b"', ["email", "control character"], "Remove it."),
    ('keys = "x"', ["[keys]"], "The README lists the ids."),
    ("[keys]\nexport = 1", ["[keys]"], "The README lists the ids."),
    ('[keys]\nexport = ""', ["[keys]"], "The README lists the ids."),
    ("email = \n", ["not valid TOML", "line 1"], "Mend that line."),
    ('email = "a"\nemail = "b"\n', ["not valid TOML", "line 2"], "Mend that line."),
    (b'email = "\xff"', ["not UTF-8"], "Mend or move the file."),
]


@pytest.mark.parametrize(("content", "names", "hint"), WRONG, ids=lambda value: ascii(value)[:30])
def test_what_is_wrong_is_named(file: Path, content: str | bytes, names: list[str], hint: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read(file, content)
    assert all(name in refused.value.message for name in [str(file), *names])
    assert refused.value.hint == hint
    assert refused.value.exit_status == 2


def test_a_file_that_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: is a directory"):
        config.read(tmp_path, {})


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("value", ["two words", "tab\tbed", "esc\x1b[2J", "\u202e", "\udcff"])
def test_a_variable_with_a_blank_or_a_control_character(file: Path, variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"{variable} holds a blank or a control character") as refused:
        config.read(file, {variable: value})
    assert value not in str(refused.value)


def test_the_key_is_not_shown(file: Path) -> None:
    settings = read(file, WHOLE)
    assert KEY not in f"{settings} {settings!r} {[settings]}"
    assert "reader@example.org" in repr(settings)
    for content in (f'api_key = "{KEY}', f"api_key = {KEY}", f'api_key = ["{KEY}"]', f'api_key = "{KEY} {KEY}"'):
        with pytest.raises(ConfigError) as refused:
            read(file, content)
        assert KEY not in f"{refused.value} {refused.value!r}"


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_a_key_that_others_can_read_is_told(file: Path) -> None:
    assert read(file, WHOLE).warnings == ()
    for mode in (0o640, 0o604, 0o644):
        file.chmod(mode)
        (warning,) = config.read(file, {}).warnings
        assert "chmod 600" in warning
        assert KEY not in warning
    file.write_text('email = "x"')
    assert config.read(file, {}).warnings == ()
