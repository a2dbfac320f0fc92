"""The pictures of README.md are there, as large as they should be, and light. With BLESS=1 they are taken anew."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import NamedTuple

import pytest
from browsing import ROOT, Open

FOLDER = ROOT / "docs" / "pictures"
HEAVIEST = 200_000  # bytes


class Picture(NamedTuple):
    """What is on a picture, and where it ends."""

    path: str
    title: str
    height: int
    dark: bool = False
    phone: bool = False

    @property
    def width(self) -> int:
        return 390 if self.phone else 1200


PICTURES = {
    "week-en": Picture("/?lang=en", "This week", 1150),
    "week-fr-dark": Picture("/?lang=fr", "Cette semaine", 1180, dark=True),
    "posts-en": Picture("/posts?lang=en", "Posts", 1180),
    "phone-fr": Picture("/?lang=fr", "Cette semaine", 844, phone=True),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_there_and_light(name: str, request: pytest.FixtureRequest) -> None:
    wanted, file = PICTURES[name], FOLDER / f"{name}.png"
    if os.environ.get("BLESS"):
        take(wanted, file, request.getfixturevalue("reader"), request.getfixturevalue("demo"))
    picture = file.read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (wanted.width, wanted.height)  # as a PNG states them
    assert len(picture) < HEAVIEST


def test_every_picture_is_shown_and_light() -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *FOLDER.parent.glob("*.md")))
    for file in FOLDER.iterdir():
        assert f"pictures/{file.name})" in shown and file.stat().st_size < HEAVIEST, file.name


def take(wanted: Picture, file: Path, reader: Open, address: str) -> None:
    one = reader(address, dark=wanted.dark, phone=wanted.phone)
    one.go(wanted.path, wanted.title)
    one.page.set_viewport_size({"width": wanted.width, "height": wanted.height})
    one.rest()
    FOLDER.mkdir(exist_ok=True)
    one.page.screenshot(path=file, scale="css", animations="disabled")
