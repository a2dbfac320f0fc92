"""How far each account is known, and what lies between its files."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest

from data.model import Export, Origin, Statement, Window
from data.store import Store, create_brand
from metrics.freshness import Freshness, freshness


def day(n: int, month: int = 11) -> date:
    return date(2026, month, n)


def span(first: int, last: int) -> Window:
    return Window(day(first), day(last))


def load(store: Store, as_of: date, table: str, account: str, *days: date) -> None:
    content = f"{as_of}{table}{account}{days}".encode()
    export = Export(
        hashlib.sha256(content).hexdigest(), "a.csv", content, as_of=datetime(as_of.year, as_of.month, as_of.day)
    )
    key = {"posts": {"post_id": "1"}, "account_days": {}}[table]
    found = [Statement(table, {"account": account, "day": d, "views": 1, **key}, Origin("a", 1)) for d in days]
    store.add_export(export, found)


def test_days_are_known_until_the_last_told_and_posts_as_of_their_last_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))
    store = create_brand("Maison Lumen")
    load(store, day(10), "account_days", "x:lumen", day(1), day(4))
    load(store, day(20), "account_days", "x:lumen", day(7), day(19))
    load(store, day(15), "posts", "x:lumen", day(2))
    load(store, day(12), "posts", "linkedin:lumen", day(3, month=5))
    with store.read() as cursor:
        assert freshness(cursor) == [
            Freshness("linkedin:lumen", None, day(12), day(12), ()),
            Freshness("x:lumen", day(19), day(20), day(15), (span(5, 6),)),
        ]
