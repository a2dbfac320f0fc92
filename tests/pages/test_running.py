"""One fetching at a time for each brand, and what was stopped is counted once it has ended."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from test_sources import sources

from connectors import search_console_api
from connectors.search_console_api.answers import Asked, packed
from data.model import Account, Export, UserError
from data.store import Store, create_brand
from pages.parts.running import alone, ended
from pages.parts.services import STOPPED

ACCOUNT = Account("search_console", "labruissiere.example")


def keep(store: Store, n: int) -> None:
    day = date(2026, 11, n)
    asked = Asked("sc-domain:labruissiere.example", datetime(2026, 11, 20, tzinfo=UTC), day, day, day, day)
    content = packed(asked, {})
    key = search_console_api.KEY
    store.add_export(Export(sha256(content).hexdigest(), f"{n}.zip", content, key, accounts=(ACCOUNT,)), ())


def test_a_brand_is_fetched_by_one_at_a_time_and_others_beside_it(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with alone(one):
        with pytest.raises(UserError, match="being fetched already"), alone(one, patience=0.01):
            raise AssertionError("two at once")
        assert not ended(one, patience=0.01)
        with alone(other, patience=0.01):
            assert ended(tmp_path / "third", patience=0.01)
    assert ended(one, patience=0.01)
    with pytest.raises(ValueError, match="fault"), alone(one):
        raise ValueError("fault")
    assert ended(one, patience=0.01), "a fault ends it too"


def test_after_a_stop_the_table_counts_the_answer_that_was_kept_last() -> None:
    store = create_brand("Maison Lumen")
    keep(store, 1)
    begun = threading.Event()

    def fetch() -> None:  # as the run of a page that a click has ended, until it next says how far it is
        with alone(store.folder):
            begun.set()
            threading.Event().wait(1.0)
            keep(store, 2)

    page, running = sources(), threading.Thread(target=fetch)
    running.start()
    assert begun.wait(10)
    page.session_state[STOPPED] = True
    page.run()
    running.join()
    assert not page.exception
    assert page.dataframe[0].value["answers"].to_list() == [2]
