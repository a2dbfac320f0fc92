"""Annotations and the causes of peaks: said by people, kept through all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.model import Noted, PeakCause, Stated, UserError, Window
from data.store import Store

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 3)
PEAK = PeakCause("sessions", FIRST, Stated.WRITTEN, "The radio spoke of us", 900.0, 400.0)


def test_an_annotation_is_kept_until_it_is_taken_back(store: Store):
    store.annotate(Noted(LAST, LAST, "press", "Radio"))
    one = store.annotate(Noted(FIRST, LAST, "technical", "  The tag\nwas broken "))
    assert [(a.window, a.category, a.text) for a in store.annotations()] == [
        (Window(FIRST, LAST), "technical", "The tag was broken"),
        (Window(LAST, LAST), "press", "Radio"),
    ]
    store.forget_annotation(one)
    assert [a.text for a in store.annotations()] == ["Radio"]


@pytest.mark.parametrize(
    ("first", "last", "category", "text", "said"),
    [
        (LAST, FIRST, "press", "Radio", "ends before it begins"),
        (FIRST, LAST, "weather", "Rain", "is no category"),
        (FIRST, LAST, "press", " \n ", "in a few words"),
        (FIRST, LAST, "press", "x" * 501, "500 characters"),
    ],
)
def test_what_makes_no_annotation_is_refused(
    store: Store, first: date, last: date, category: str, text: str, said: str
):
    before = store.version()
    with pytest.raises(UserError, match=said):
        store.annotate(Noted(first, last, category, text))
    assert store.version() == before


def test_the_last_word_on_a_peak_counts(store: Store):
    store.state_cause(PEAK)
    store.state_cause(replace(PEAK, series="clicks"))
    store.state_cause(replace(PEAK, status=Stated.CONFIRMED, cause="A post on X"))
    said = {one.series: one for one in store.peak_causes()}
    assert said["sessions"].status is Stated.CONFIRMED and said["sessions"].cause == "A post on X"
    assert said["clicks"].cause == PEAK.cause and said["clicks"].stated_at is not None


def test_a_peak_left_unexplained_has_no_cause(store: Store):
    store.state_cause(replace(PEAK, status=Stated.UNEXPLAINED, cause="who knows"))
    (said,) = store.peak_causes()
    assert said.status is Stated.UNEXPLAINED and said.cause is None


def test_a_cause_without_words_is_refused(store: Store):
    with pytest.raises(UserError, match="in a few words"):
        store.state_cause(replace(PEAK, cause="  "))


def test_a_rebuild_keeps_both(store: Store):
    store.annotate(Noted(FIRST, LAST, "crisis", "Prices"))
    store.state_cause(PEAK)
    before = store.annotations(), store.peak_causes()
    store.rebuild(lambda export: (export, []))
    assert (store.annotations(), store.peak_causes()) == before


def test_an_annotation_is_changed_in_its_place(store: Store):
    one = store.annotate(Noted(FIRST, FIRST, "press", "Radio"))
    store.change_annotation(one, Noted(FIRST, LAST, "crisis", " Prices "))
    store.change_annotation("gone", Noted(FIRST, LAST, "crisis", "Nothing"))
    assert [(a.id, a.window, a.category, a.text) for a in store.annotations()] == [
        (one, Window(FIRST, LAST), "crisis", "Prices")
    ]
    with pytest.raises(UserError):
        store.change_annotation(one, Noted(LAST, FIRST, "crisis", "Prices"))


def test_several_annotations_are_added_once(store: Store):
    radio = Noted(FIRST, FIRST, "press", "Radio")
    notes = [radio, radio._replace(text=" Radio "), Noted(FIRST, LAST, "event", "Fair")]
    assert store.annotate_all(notes) == 2
    before = store.version()
    assert store.annotate_all(notes) == 0 and store.version() == before
    with pytest.raises(UserError):
        store.annotate_all([Noted(LAST, LAST, "press", "New"), Noted(LAST, FIRST, "press", "Wrong")])
    assert len(store.annotations()) == 2
