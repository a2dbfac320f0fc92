from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from data.brand import checked, is_slug, slug_of, slugs_of
from data.model import UserError
from data.store import Brand, Store, brands, create_brand, data_folder, open_brand

HOSTILE = [
    "../../etc/passwd",
    "/",
    "..",
    "C:\\Windows",
    "a\0b",
    "con",
    "'; drop table posts; --",
    "<b>x</b>",
    "名古屋",
    "💡",
]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lumen", "lumen"),
        ("Café Zoé & Fils", "cafe-zoe-fils"),
        ("  --Ça alors!--  ", "ca-alors"),
        ("名古屋", "brand"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_folder_is_named_after_the_brand(name: str, slug: str):
    assert slug_of(name) == slug


def test_names_that_windows_keeps_for_devices_are_not_taken():
    assert next(slugs_of("Con")) == "con-2"
    assert list(islice(slugs_of("Lumen"), 3)) == ["lumen", "lumen-2", "lumen-3"]


@pytest.mark.parametrize("text", ["", "..", ".", "a/b", "a\\b", "A", "a--b", "-a", "é", "a\n", ".new-1", "a b"])
def test_what_is_no_slug_names_no_folder(text: str):
    assert not is_slug(text)
    with pytest.raises(UserError, match="There is no brand named"):
        open_brand(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_a_name(name: str, brands_folder: Path):
    store = create_brand(name)
    assert store.brand() == Brand(store.folder.name, name, "Europe/Paris", 1)
    assert store.folder.parent == brands_folder.resolve()
    assert is_slug(store.folder.name)
    assert [path.name for path in brands_folder.iterdir()] == [store.folder.name]
    assert open_brand(store.folder.name).brand().name == name


def test_two_brands_of_one_name_have_a_folder_each():
    slugs = [create_brand("Lumen", zone=zone).folder.name for zone in ("UTC", "Asia/Tokyo", "America/Lima")]
    assert slugs == ["lumen", "lumen-2", "lumen-3"]
    assert [brand.zone for brand in brands()] == ["UTC", "Asia/Tokyo", "America/Lima"]


def test_brands_are_listed_by_name(brands_folder: Path):
    assert brands() == []
    for name in ("zinc", "Alto", "mezzo"):
        create_brand(name)
    (brands_folder / "notes.txt").write_text("not a brand")
    (brands_folder / "empty").mkdir()
    (brands_folder / ".new-dead").mkdir()
    assert [brand.name for brand in brands()] == ["Alto", "mezzo", "zinc"]


def test_the_folder_may_be_chosen_once():
    assert create_brand("The Lumen Company", slug="demo").folder.name == "demo"
    with pytest.raises(UserError, match="already a brand in the folder demo"):
        create_brand("Another", slug="demo")
    assert create_brand("Chosen badly", slug="../A B").folder.name == "a-b"
    assert len(brands()) == 2


def test_a_folder_that_is_no_brand_is_not_taken_over(brands_folder: Path):
    (brands_folder / "lumen").mkdir(parents=True)
    (brands_folder / "lumen" / "precious").write_text("keep")
    assert create_brand("Lumen").folder.name == "lumen-2"
    assert [path.name for path in (brands_folder / "lumen").iterdir()] == ["precious"]


def test_a_brand_that_could_not_be_made_leaves_nothing(brands_folder: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(UserError, match="cannot write in"):
        create_brand("Lumen")
    assert list(brands_folder.iterdir()) == []


def test_a_brand_that_cannot_be_opened_does_not_hide_the_others():
    broken = create_brand("Broken")
    create_brand("Sound")
    (broken.folder / "CURRENT").write_text("rubbish")
    assert [brand.name for brand in brands()] == ["broken", "Sound"]
    with pytest.raises(UserError, match="missing or damaged"):
        open_brand("broken").brand()


def test_a_brand_can_be_renamed_and_keeps_its_folder(store: Store):
    version = store.version()
    store.set_brand(" Lumen & Co ", "America/Lima", 7)
    assert store.brand() == Brand("lumen", "Lumen & Co", "America/Lima", 7)
    assert store.version() != version


@pytest.mark.parametrize(
    ("name", "zone", "week_start", "words"),
    [
        (" ", "UTC", 1, "needs a name"),
        ("Lumen", "Paris", 1, "Paris is not a time zone"),
        ("Lumen", "../../etc/passwd", 1, "is not a time zone"),
        ("Lumen", "Europe", 1, "is not a time zone"),
        ("Lumen", "", 1, "is not a time zone"),
        ("Lumen", "UTC", 0, "from 1 .Monday. to 7"),
    ],
)
def test_a_brand_that_makes_no_sense_is_refused(name: str, zone: str, week_start: int, words: str):
    with pytest.raises(UserError, match=words):
        checked("lumen", name, zone, week_start)
    with pytest.raises(UserError, match=words):
        create_brand(name, zone, week_start)
    assert brands() == []


def test_the_data_folder_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "elsewhere"))
    assert data_folder() == tmp_path.resolve() / "elsewhere"
    monkeypatch.setenv("VIGIE_DATA", "")
    assert data_folder().parts[-2:] == ("data", "local")
    monkeypatch.delenv("VIGIE_DATA")
    assert data_folder().parts[-2:] == ("data", "local")
