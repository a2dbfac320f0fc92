"""A mapping as text, and what cannot be true of one."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.mapping import Meant, TableMapping, checked, read_mapping
from connectors.meanings import ASIDE, OTHERS, TABLES
from data.model import UserError

MAPPING = TableMapping(
    "Planning", "posts",
    (Meant("Jour", "day"), Meant("Texte", "text"), Meant("Lien", "link"), Meant("J’aime", "reactions"),
     Meant("Note", OTHERS), Meant("Auteur")),
    network="facebook", accounts=("facebook:lumen",), date_order="dmy", sheet="2026", header_row=3,
)  # fmt: skip
TEXT = st.text(max_size=20)


@st.composite
def mappings(draw: st.DrawFn) -> TableMapping:
    table = draw(st.sampled_from(sorted(TABLES)))
    meanings = st.sampled_from([*TABLES[table], OTHERS, ASIDE])
    return TableMapping(
        draw(TEXT), table, tuple(draw(st.lists(st.builds(Meant, TEXT, meanings), max_size=6))), draw(TEXT),
        tuple(draw(st.lists(TEXT, max_size=3))), draw(st.sampled_from([None, "dmy", "mdy"])), draw(TEXT),
        draw(st.integers(1, 25)),
    )  # fmt: skip


@given(mappings())
def test_a_mapping_is_read_back_as_it_was_written(mapping: TableMapping) -> None:
    assert read_mapping(mapping.toml()) == mapping


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_mapping(text: str) -> None:
    try:
        read_mapping(text)
    except UserError as error:
        assert str(error)


def test_a_mapping_is_written_as_a_person_would() -> None:
    assert MAPPING.toml() == (
        'name = "Planning"\nsays = "posts"\nnetwork = "facebook"\naccounts = ["facebook:lumen"]\ndate_order = "dmy"\n'
        'sheet = "2026"\nheader_row = 3\ncolumns = [\n  { header = "Jour", means = "day" },\n'
        '  { header = "Texte", means = "text" },\n  { header = "Lien", means = "link" },\n'
        '  { header = "J’aime", means = "reactions" },\n  { header = "Note", means = "others" },\n'
        '  { header = "Auteur", means = "aside" },\n]\n'
    )


def test_characters_that_cannot_be_seen_survive_the_text() -> None:
    odd = replace(MAPPING, name='a"b\\c\x7f\x00\r\n\u2028\U0001f600')
    assert tomllib.loads(odd.toml())["name"] == odd.name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "This is no mapping that can be read"),
        ('colour = "red"', "has no “colour”"),
        ("name = 3", "name cannot be “3”"),
        ("header_row = true", "header_row cannot be “True”"),
        ('columns = ["Jour"]', "columns cannot be"),
        ('columns = [{ header = "Jour", is = "day" }]', "has no “is”"),
        ("accounts = [1]", "accounts cannot be"),
    ],
)
def test_what_is_no_mapping_is_refused_with_what_was_found(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_mapping(text)


def test_a_sound_mapping_passes() -> None:
    assert checked(MAPPING) is MAPPING


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": " "}, "Give this table a name"),
        ({"says": "poems"}, "says cannot be “poems”"),
        ({"date_order": "ymd"}, "date_order cannot be “ymd”"),
        ({"header_row": 0}, "header_row cannot be “0”"),
        ({"columns": (*MAPPING.columns, Meant("Rang", "rank"))}, "“Rang” cannot be “rank”"),
        ({"columns": (*MAPPING.columns, Meant("Likes", "reactions"))}, "“J’aime” and “Likes” are said to be the same"),
        ({"columns": (*MAPPING.columns, Meant("note", OTHERS))}, "Several columns are named “Note”"),
        ({"columns": (Meant("Texte", "text"), Meant("J’aime", "reactions"))}, "the link or the id of each post"),
        ({"says": "account_days", "columns": (Meant("Abonnés", "followers"),)}, "which column holds the days"),
        ({"says": "account_days", "columns": (Meant("Jour", "day"),)}, "which figure it holds"),
        ({"network": "matomo"}, "“matomo” is no network of such a table"),
        ({"accounts": ("lumen",)}, "“lumen” is no account of such a table"),
        ({"accounts": ("facebook:a", "facebook:b")}, "one account of each network only"),
        ({"network": "", "columns": (*MAPPING.columns, Meant("Page", "account"))}, "of which network they are"),
    ],
)
def test_what_cannot_be_true_is_refused_with_what_to_change(change: dict[str, object], told: str) -> None:
    with pytest.raises(UserError, match=told):
        checked(replace(MAPPING, **change))  # type: ignore[arg-type]


def test_posts_can_be_told_apart_by_their_day_and_text() -> None:
    checked(replace(MAPPING, columns=(Meant("Jour", "day"), Meant("Texte", "text"))))


def test_columns_of_one_header_are_taken_in_their_order() -> None:
    mapping = replace(MAPPING, columns=(Meant("Likes", ASIDE), Meant("Likes", "reactions"), Meant("Lien", "link")))
    assert mapping.places(["Lien", "LIKES ", "likes"]) == {
        1: Meant("Likes", ASIDE), 2: Meant("Likes", "reactions"), 0: Meant("Lien", "link"),
    }  # fmt: skip
    assert mapping.fits(["likes", "Likes", "lien", "more"])
    assert not mapping.fits(["likes", "lien"])
