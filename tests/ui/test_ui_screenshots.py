"""The README's pictures show the program as it is."""

from __future__ import annotations

import pytest

from tests.ui.pictures import FOLDER, PICTURES, Picture, taken


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
async def test_the_picture_is_what_the_program_shows(picture: Picture) -> None:
    kept = (FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    same = await taken(picture) == kept
    assert same, f"{picture.name}.svg shows another program; look at it after: python tests/ui/pictures.py"


def test_there_is_no_picture_that_nobody_makes() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == {picture.name for picture in PICTURES}
