"""The walk through the bytes of an answer gives what the official classes give, whatever the answer holds."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from google.analytics.data_v1beta.types import RunReportResponse
from hypothesis import given
from hypothesis import strategies as st

from connectors.ga4.answers import Asked, Part
from connectors.ga4.decode import Unexpected, columns_of, decoded, split, walked
from connectors.ga4.reports import VISIT_RATE
from connectors.ga4.statements import findings, rates_of, understood
from data.model import Statements, Window

WHOLE, DECIMAL = 1, 2
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "(not set)", "(other)", "é" * 63, "x" * 126, "y" * 127, "z" * 128, "\0", "w" * 20_000]),
)


def answer(dimensions: list[str], metrics: list[tuple[str, int]], rows: list[tuple[list[str], list[str]]]) -> bytes:
    """An answer in the bytes of the official class."""
    message = RunReportResponse.pb()()
    for name in dimensions:
        message.dimension_headers.add(name=name)
    for name, kind in metrics:
        message.metric_headers.add(name=name, type_=kind)
    for told, counted in rows:
        row = message.rows.add()
        for value in told:
            row.dimension_values.add(value=value)
        for value in counted:
            row.metric_values.add(value=value)
    message.row_count = len(rows)
    return message.SerializeToString()


@st.composite
def answers(draw: st.DrawFn) -> tuple[bytes, int, int]:
    """An answer of any shape, with how many dimensions and metrics it has."""
    dimensions, metrics = draw(st.integers(0, 9)), draw(st.integers(0, 10))
    one = st.tuples(
        st.lists(TEXTS, min_size=dimensions, max_size=dimensions),
        st.lists(TEXTS, min_size=metrics, max_size=metrics),
    )
    rows = draw(st.lists(one, max_size=8))
    names = [f"d{n}" for n in range(dimensions)], [(f"m{n}", WHOLE) for n in range(metrics)]
    return answer(*names, rows), dimensions, metrics


@given(answers())
def test_the_walk_gives_what_the_official_classes_give(one: tuple[bytes, int, int]) -> None:
    content, dimensions, metrics = one
    rows = split(content)[1]
    expected = columns_of(content)
    try:
        found = walked(rows, dimensions, metrics) if rows else expected
    except Unexpected:  # a value of more than two bytes of length, or one that is no UTF-8
        assert any(len(row) > 16_383 for row in rows)
        return
    assert found == expected


@given(answers(), st.integers(0, 10**6), st.integers(0, 255))
def test_bytes_that_are_damaged_are_never_read_as_something_else(
    one: tuple[bytes, int, int], place: int, byte: int
) -> None:
    content, dimensions, metrics = one
    damaged = bytearray(content)
    if damaged:
        damaged[place % len(damaged)] = byte
    try:
        rows = split(bytes(damaged))[1]
        expected = columns_of(bytes(damaged))
    except (ValueError, pa.ArrowException):  # the official classes refuse it
        return
    try:
        found = walked(rows, dimensions, metrics) if rows else expected
    except Unexpected:
        return
    official = RunReportResponse.pb().FromString(bytes(damaged))
    if (len(official.dimension_headers), len(official.metric_headers)) == (dimensions, metrics):
        assert found == expected


@pytest.mark.parametrize("count", [0, 1, 199, 201, 3000])
def test_numbers_are_whole_or_decimal_as_their_metric_is(count: int) -> None:
    chance = random.Random(count)
    rows = [(["20261101", f"/p{n}"], [str(chance.randrange(9**9)), repr(chance.random())]) for n in range(count)]
    page = decoded(answer(["date", "pagePath"], [("screenPageViews", WHOLE), ("keyEvents", DECIMAL)], rows))
    assert page.table.to_pylist() == [
        {"date": told[0], "pagePath": told[1], "screenPageViews": int(counted[0]), "keyEvents": float(counted[1])}
        for told, counted in rows
    ]
    assert page.table.schema.types == [pa.string(), pa.string(), pa.int64(), pa.float64()]
    assert page.rows_in_all == count


def test_what_google_says_of_the_worth_of_its_answer_is_kept() -> None:
    message = RunReportResponse.pb().FromString(answer(["date"], [("totalUsers", WHOLE)], [(["20261101"], ["7"])]))
    said = message.metadata
    said.data_loss_from_other_row = said.subject_to_thresholding = True
    said.currency_code, said.time_zone = "EUR", "Europe/Paris"
    said.sampling_metadatas.add(samples_read_count=3_000_000, sampling_space_size=12_000_000)
    said.schema_restriction_response.active_metric_restrictions.add(metric_name="totalRevenue")
    said.data_truncation_reasons.add(data_truncation_type=8, data_truncation_message="Kept for 14 months",
                                     data_truncation_date="2025-09-28")  # fmt: skip
    said.data_truncation_reasons.add(data_truncation_type=10, data_truncation_date="2025-12-01")
    message.property_quota.tokens_per_hour.consumed, message.property_quota.tokens_per_hour.remaining = 2, 39_998
    message.totals.add().metric_values.add(value="7")
    page = decoded(message.SerializeToString())
    assert (page.other, page.withheld, page.sampled, page.restricted) == (True, True, 0.25, ("totalRevenue",))
    assert (page.currency, page.zone, page.cut_before) == ("EUR", "Europe/Paris", date(2025, 9, 28).isoformat())
    assert page.cut[0] == "Kept for 14 months"
    assert page.quota == {"tokens_per_hour": (2, 39_998)}
    assert page.totals == ({"totalUsers": "7"},)


def test_a_row_with_too_few_values_is_refused() -> None:
    short = answer(["date", "country"], [("sessions", WHOLE)], [(["20261101"], ["1"])])
    with pytest.raises(ValueError, match="as many values"):
        decoded(short)


def test_a_share_that_is_no_number_is_none() -> None:
    """Where nobody came, a division by nothing is what Google may state."""
    stated = ["0.25", "NaN", "Infinity"]
    rows = [([f"2026112{n}"], [rate]) for n, rate in enumerate(stated)]
    part = Part("site_rolling", (Window(date(2026, 11, 20), date(2026, 11, 22)),))
    content = answer(["date"], [(VISIT_RATE, DECIMAL)], rows)
    assert rates_of(understood([(part, [content])])) == {date(2026, 11, 20): 0.25}


def test_an_answer_from_before_a_measure_was_asked_is_read_without_it() -> None:
    week = Window(date(2026, 11, 16), date(2026, 11, 22))
    part = Part("site_week", (week,), tells=week)
    content = answer(["isoYearIsoWeek"], [("sessions", WHOLE), ("activeUsers", WHOLE)], [(["202647"], ["50", "40"])])
    asked = Asked("1", datetime(2026, 12, 9, tzinfo=UTC), week.last, "UTC", week.last, week.first, (part,))
    (one,) = understood([(part, [content])])
    (told,) = (found for found in findings(asked, one, "ga4:1", {}) if isinstance(found, Statements))
    assert {name: pa.array(told.values[name]).to_pylist() for name in ("sessions", "users")} == {
        "sessions": [50], "users": [40],
    }  # fmt: skip
    assert "key_event_users" not in told.values
