"""JSON: lists of objects are tables, keys within keys are headers, and nothing in a file is without a bound."""

from __future__ import annotations

import json
from typing import Any

import pytest
from test_sheet import make_zip

from connectors import objects
from connectors.objects import MAX_DEPTH, NotATable, read_objects
from connectors.sheet import open_book
from data.model import UserError


def grid(value: Any) -> list[list[Any]]:
    ((_, rows),) = read_objects(json.dumps(value))
    return rows


def test_a_list_of_objects_is_a_table_and_short_rows_are_filled() -> None:
    assert grid([{"a": 1, "b": "x"}, {"b": "y", "c": 2.5}]) == [["a", "b", "c"], [1, "x", None], [None, "y", 2.5]]


def test_keys_within_keys_are_joined_with_dots() -> None:
    assert grid([{"a": {"b": {"c": 1}, "d": None}}]) == [["a.b.c", "a.d"], [1, None]]


def test_things_in_a_list_are_numbered_and_texts_are_one_cell() -> None:
    assert grid([{"to": ["x", "y", None], "media": [{"uri": "1"}, {"uri": "2"}], "none": []}]) == [
        ["to", "media.0.uri", "media.1.uri", "none"],
        ["x y", "1", "2", ""],
    ]


def test_each_list_of_an_object_is_a_table_of_its_own() -> None:
    text = json.dumps({"reviews": [{"a": 1}], "total": 1, "texts": ["a"], "none": [], "others": [{"b": 2}]})
    assert [(key, rows[1]) for key, rows in read_objects(text)] == [("reviews", [1]), ("others", [2])]


def test_what_nests_without_end_is_cut_or_refused() -> None:
    deep: Any = 1
    for _ in range(MAX_DEPTH + 3):
        deep = {"a": deep}
    assert grid([{"b": 1, "deep": deep}]) == [["b"], [1]]
    with pytest.raises(NotATable):
        read_objects("[" * 200_000)


def test_a_key_for_each_object_makes_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotATable):
        read_objects(json.dumps([{str(place): 1} for place in range(objects.MAX_COLUMNS + 1)]))
    monkeypatch.setattr(objects, "MAX_CELLS", 5)
    with pytest.raises(NotATable):
        read_objects(json.dumps([{"a": 1, "b": 2}] * 3))


def test_numbers_that_are_none_state_nothing_and_texts_can_be_kept() -> None:
    ((_, rows),) = read_objects('[{"a": NaN, "b": Infinity, "c": "x\\u0000y\\ud83d", "d": true}]')
    assert rows[1] == [None, None, "xy?", True]
    rows[1][2].encode()


def test_the_sheets_of_a_file_are_named_by_their_keys() -> None:
    content = json.dumps({"reviews": [{"a": 1}]}).encode("utf-8-sig")
    (sheet,) = open_book("reviews.json", content).sheets
    assert (sheet.name, list(sheet.rows())) == ("reviews.json / reviews", [(1, ["a"]), (2, [1])])
    (sheet,) = open_book("a.json", b'[{"a": 1}]').sheets
    assert sheet.name == "a.json"


def test_a_file_in_an_archive_is_read_too() -> None:
    book = open_book("a.zip", make_zip({"x/reviews.json": b'{"reviews": [{"a": 1}]}', "x/actor.json": b'{"id": 1}'}))
    assert [sheet.name for sheet in book.sheets] == ["reviews.json / reviews"]


@pytest.mark.parametrize("content", [b"{", b'{"a": 1}', b"[]", b"[1, 2]", b'[{"a": 1}, 2]', b'{"reviews": []}'])
def test_what_is_no_table_is_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(UserError, match="is not a table"):
        open_book("reviews.json", content)


def test_a_table_that_begins_with_a_bracket_is_still_a_table() -> None:
    (sheet,) = open_book("a.csv", b"[x],b\n1,2\n").sheets
    assert list(sheet.rows()) == [(1, ["[x]", "b"]), (2, ["1", "2"])]
