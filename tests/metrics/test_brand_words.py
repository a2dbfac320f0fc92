"""Searches that name the brand."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.model import Window
from metrics.brand import proposed
from metrics.engine import read
from metrics.origins import origins
from metrics.reading import EVERYTHING, Scope
from metrics.search import brand_share, hidden_share

MONDAY = date(2026, 11, 9)
WEEK = Window(MONDAY, MONDAY + timedelta(days=6))
ACCOUNT = "search_console:lumen"


def query(text: str, clicks: int | None) -> dict[str, Any]:
    span = {"first_day": WEEK.first, "last_day": WEEK.last}
    return {"account": ACCOUNT, "slice": "query", "query": text, "clicks": clicks, **span}


def share(cursor: Any, *words: str) -> float | None:
    return read(cursor, [brand_share], [WEEK], Scope(words=words))["brand_share", WEEK].value


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("La Bruissière", ("bruissiere",)),
        ("L'Étoile du Nord", ("etoile du nord", "etoiledunord")),
        ("Maison Lumen", ("maison lumen", "maisonlumen")),
        ("Maison Lumen (Lyon)", ("maison lumen", "maisonlumen")),
        ("(Lumen)", ("lumen",)),
        ("The A", ("a",)),
        ("Les", ("les",)),
        ("!?", ()),
    ],
)
def test_a_name_proposes_its_own_words(name: str, words: tuple[str, ...]) -> None:
    assert proposed(name) == words


@pytest.mark.parametrize(
    ("word", "named", "not_named"),
    [
        ("bruissiere", ["La Bruissière horaires", "labruissiere.example"], ["bruissement"]),
        ("Étoile du Nord", ["etoile  du nord", "L'ÉTOILE DU NORD"], ["etoile nord"]),
        ("l.a", ["l.a"], ["lya", "a l.ab"]),
        ("oz", ["oz", "le oz orvaine"], ["dozen", "ozone", "foz"]),
        ("c+ (y)", ["mon c+ (y)"], ["cc y"]),
        ("l'an 2", ["l'an 2 orvaine"], ["lan 2"]),
    ],
)
def test_a_query_names_the_brand_whatever_its_accents_and_capitals(
    word: str, named: list[str], not_named: list[str], cursor, know
) -> None:
    know("search", *(query(text, 1) for text in named), *(query(text, 1) for text in not_named))
    assert share(cursor, word) == pytest.approx(len(named) / (len(named) + len(not_named)))


def plainly(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


TEXTS = st.text("abÉé x'.", min_size=1, max_size=6)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(TEXTS, st.integers(0, 9) | st.none(), max_size=6), st.text("abÉé'.", min_size=4, max_size=5))
def test_the_share_is_what_a_plain_computation_gives(cursor: Any, know: Any, said: dict, word: str) -> None:
    cursor.begin()
    know("search", *(query(text, clicks) for text, clicks in said.items()))
    found = share(cursor, word)
    cursor.rollback()
    told = {text: clicks for text, clicks in said.items() if clicks is not None}
    brand = sum(clicks for text, clicks in told.items() if re.search(re.escape(plainly(word)), plainly(text)))
    assert found == (pytest.approx(brand / sum(told.values())) if sum(told.values()) else None)


def test_nothing_is_told_of_a_brand_without_words_or_of_an_export_without_queries(cursor, know) -> None:
    know("search", query("lumen", 4))
    assert share(cursor) is None
    assert read(cursor, [brand_share], [WEEK], EVERYTHING)["brand_share", WEEK].value is None


def test_the_share_needs_no_days_and_the_hidden_one_does(cursor, know) -> None:
    know("search", query("lumen", 4), query("lamps", 4))
    found = read(cursor, [brand_share, hidden_share], [WEEK], Scope(words=("lumen",)))
    assert (found["brand_share", WEEK].value, found["hidden_share", WEEK].value) == (0.5, None)


def test_the_share_is_traced_to_the_queries_that_name_the_brand(cursor, know) -> None:
    said = [query("lumen", 4), query("lamps", 6)]
    know("search", *said)
    cursor.execute("insert into exports (export_id, name, rank) values ('1', 'a.zip', 1)")
    for row in said:
        names, values = ", ".join(["export_id", *row]), ["1", *row.values()]
        cursor.execute(f"insert into ledger.search ({names}) values ({', '.join('?' * len(values))})", values)
    rows = origins(cursor, brand_share, WEEK, Scope(words=("lumen",)))
    traced = sorted((row["subject"], row["column"], row["value"]) for row in rows.to_dict("records"))
    assert traced == [
        ("query lamps", "query_clicks", 6), ("query lumen", "brand_clicks", 4), ("query lumen", "query_clicks", 4),
    ]  # fmt: skip
