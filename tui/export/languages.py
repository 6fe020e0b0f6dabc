"""The languages of a record as a citation names them."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.languages import LANGUAGES


def spoken(codes: Sequence[str]) -> list[str]:
    """The names of the languages; none where it is English alone."""
    return [] if tuple(codes) in ((), ("eng",)) else [LANGUAGES.get(code, code) for code in codes]
