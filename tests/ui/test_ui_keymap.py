"""The user's own keys: written as the README writes them, and refused where they could not work."""

from __future__ import annotations

import pytest

from tui.config import ConfigError
from tui.ui.app import TOGETHER
from tui.ui.keymap import checked


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("x", "x"),
        ("X", "X"),
        (";", "semicolon"),
        ("F5", "f5"),
        ("Ctrl+E", "ctrl+e"),
        ("Alt+Enter", "alt+enter"),
        ("semicolon", "semicolon"),
        ("x, F5", "f5,x"),
    ],
)
def test_a_key_is_written_as_it_is_shown_or_as_textual_calls_it(words: str, names: str) -> None:
    assert checked([("export", words)], TOGETHER) == {"export": names}


def test_two_actions_exchange_their_keys() -> None:
    assert checked([("back", "]"), ("forward", "[")], TOGETHER) == {
        "back": "right_square_bracket",
        "forward": "left_square_bracket",
    }


def test_what_is_never_there_at_the_same_time_may_share_a_key() -> None:
    assert checked([("close_menu", "x"), ("export", "x")], TOGETHER) == {"close_menu": "x", "export": "x"}


def test_what_shares_a_key_by_its_nature_may_share_another() -> None:
    assert checked([("query", "x"), ("find", "x")], TOGETHER) == {"query": "x", "find": "x"}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ([("exprot", "x")], "[keys] names an unknown action, 'exprot'. Did you mean export?"),
        ([("zzzzzzz", "x")], "[keys] names an unknown action, 'zzzzzzz'. The README lists the ids."),
        ([("export", "Meow")], "[keys] gives export a key that is none, 'Meow'. Write it as in the README:"),
        ([("export", "Ctrl+")], "[keys] gives export a key that is none, 'Ctrl+'."),
        ([("export", "x,")], "[keys] gives export a key that is none, ''."),
        ([("export", "q")], "[keys] makes q the key of export, and it is that of quit. Change one."),
        ([("export", "Space")], "[keys] makes Space the key of export, and it is that of mark."),
        ([("export", "x"), ("copy", "x")], "[keys] makes x the key of copy, and it is that of export."),
    ],
    ids=lambda value: "" if isinstance(value, list) else value[7:40],
)
def test_what_could_not_work_is_refused(keys: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        checked(keys, TOGETHER)
    assert str(refused.value).startswith(said)
