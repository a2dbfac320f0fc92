"""What was published: kept as it was, through all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.model import Printed, Publication, Window
from data.store import Store

WEEK = Window(date(2026, 11, 9), date(2026, 11, 15))
SAID = Publication(
    WEEK, "leadership", "fr", "file", "Visites : 4 120", "Note", "Valider",
    figures=(Printed("sessions", WEEK, 4120.0), Printed("key_events", WEEK, 12.0, settled=False)),
)  # fmt: skip


def test_what_is_published_is_kept_in_order(store: Store) -> None:
    first = store.publish(SAID)
    second = store.publish(replace(SAID, way="email", figures=()))
    kept = store.publications()
    assert [one.id for one in kept] == [first, second]
    assert all(one.published_at for one in kept)
    assert [replace(one, id="", published_at=None) for one in kept] == [SAID, replace(SAID, way="email", figures=())]


def test_a_publication_is_taken_back_with_its_figures(store: Store) -> None:
    one = store.publish(SAID)
    store.forget_publication(one)
    assert store.publications() == []
    with store.read() as cursor:
        assert cursor.execute("select count(*) from published_figures").fetchone() == (0,)


def test_a_rebuild_keeps_what_was_published(store: Store) -> None:
    store.publish(SAID)
    before = store.publications()
    store.rebuild(lambda export: (export, []))
    assert store.publications() == before
