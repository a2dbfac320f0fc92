"""Rows of lists lead back to the rows of files."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

import pytest
from pandas import isna

from data.model import Account, Export, Origin, Statement, Window
from data.store import Store, create_brand
from metrics.engagement import interactions
from metrics.lists import Slice, members
from metrics.model import Source
from metrics.slices import channels
from metrics.traces import of_members, of_post
from metrics.traffic import page_views, sessions, visitors

DAY = date(2026, 11, 9)
PAGES = Slice(Source.WEB, "page", "coalesce(page, title)", (page_views,))


def export(name: str, as_of: datetime, account: Account) -> Export:
    return Export(hashlib.sha256(name.encode()).hexdigest(), name, name.encode(), "test", as_of, accounts=(account,))


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))
    return create_brand("Traces")


def test_a_post_leads_to_each_export_that_states_it_newest_first(store: Store) -> None:
    account = Account("x", "brand")
    for name, as_of, likes in (("new.csv", datetime(2026, 11, 20), 40), ("old.csv", datetime(2026, 11, 12), 12)):
        post = {"account": account.key, "post_id": "1", "day": DAY, "reactions": likes}
        store.add_export(export(name, as_of, account), [Statement("posts", post, Origin("sheet", 7))])
    with store.read() as cursor:
        rows = of_post(cursor, [interactions], "x:brand", "1")
    assert rows[["file", "sheet", "row", "interactions"]].values.tolist() == [
        ["new.csv", "sheet", 7, 40.0], ["old.csv", "sheet", 7, 12.0],
    ]  # fmt: skip


def test_members_lead_to_the_rows_of_the_answer_that_is_believed(store: Store) -> None:
    account = Account("ga4", "site")
    week = Window(DAY, DAY)
    answers = (("old.csv", datetime(2026, 11, 10), (5, 3)), ("new.csv", datetime(2026, 11, 11), (9, None)))
    for name, as_of, views in answers:
        said = [
            {"account": account.key, "slice": "page", "first_day": DAY, "last_day": DAY, "page": page, "views": view}
            for page, view in zip(("/a", "/b"), views, strict=True) if view is not None
        ]  # fmt: skip
        statements = [Statement("web", values, Origin("sheet", row)) for row, values in enumerate(said, 2)]
        store.add_export(export(name, as_of, account), statements)
    with store.read() as cursor:
        found = members(cursor, PAGES, week)
        rows = of_members(cursor, PAGES, found)
    assert rows[["member", "page_views", "file", "row"]].values.tolist() == [["/a", 9.0, "new.csv", 2]]
    assert found.rows["page_views"].tolist() == [9.0]


def test_the_people_of_members_lead_to_the_row_of_the_window_and_the_rest_to_its_days(store: Store) -> None:
    account, window = Account("ga4", "site"), Window(DAY, DAY + timedelta(days=1))
    told = {"account": account.key, "slice": "channel", "channel": "Email"}
    said = [
        told | {"first_day": DAY, "last_day": DAY, "sessions": 5, "users": 4},
        told | {"first_day": window.last, "last_day": window.last, "sessions": 6, "users": 4},
        told | {"first_day": DAY, "last_day": window.last, "sessions": 90, "users": 7},
    ]
    statements = [Statement("web", values, Origin("sheet", row)) for row, values in enumerate(said, 2)]
    store.add_export(export("api.zip", datetime(2026, 11, 20), account), statements)
    slice_ = channels(sessions, visitors)
    with store.read() as cursor:
        found = members(cursor, slice_, window)
        rows = of_members(cursor, slice_, found)
    assert found.rows[["sessions", "visitors"]].values.tolist() == [[11, 7]]
    whole = rows.set_index("row").loc[4]
    assert (whole["visitors"], isna(whole["sessions"]), rows["sessions"].sum()) == (7, True, 11)
