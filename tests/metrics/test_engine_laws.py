"""Laws of readings, tried on random rows with much that is not stated; VIGIE_LAWS=10 tries ten times as many."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain import work_out

from data.model import Window
from metrics.audience import follows, unfollows
from metrics.engagement import interactions, interactions_in_period
from metrics.engine import Readings, read
from metrics.model import Metric, Source
from metrics.posts import posts_published
from metrics.reading import EVERYTHING, Scope
from metrics.registry import metrics
from metrics.search import search_clicks
from metrics.traffic import page_views, sessions

MONDAY = date(2026, 11, 9)
LATER = MONDAY + timedelta(days=30)
ACCOUNTS = ("x:lumen", "linkedin:lumen", "youtube:lumen")
MORE = int(os.environ.get("VIGIE_LAWS", "1"))
FLOWS = (follows, unfollows, interactions_in_period, interactions, posts_published, sessions, page_views, search_clicks)
STATED = st.integers(0, 5)
FIGURE = st.none() | STATED


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Few enough that a period is often just the window asked."""
    first = draw(st.integers(0, 1))
    return Window(day(first), day(first + draw(st.sampled_from([0, 2, 3]))))


@st.composite
def daily(draw: st.DrawFn, *names: str) -> list[dict[str, Any]]:
    """Rows of most days of some accounts, each of which states a measure every day, never, or now and then."""
    rows = []
    for account in draw(st.lists(st.sampled_from(ACCOUNTS), unique=True, min_size=1)):
        how = {name: draw(st.sampled_from([STATED, STATED, st.none(), FIGURE])) for name in names}
        missing = draw(st.sets(st.integers(-4, 7), max_size=2))
        for n in range(draw(st.integers(-4, 0)), draw(st.integers(2, 8))):
            if n not in missing:
                rows.append({"account": account, "day": day(n), **{name: draw(how[name]) for name in names}})
    return rows


@st.composite
def account_days(draw: st.DrawFn) -> list[dict[str, Any]]:
    return draw(
        daily(
            *("followers", "follows", "unfollows", "net_follows", "reactions", "comments", "interactions"),
            "profile_visits",
        )
    )


@st.composite
def posts(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = ("reactions", "comments", "shares", "saves", "reach", "impressions", "views", "link_clicks")
    one = st.fixed_dictionaries(
        {"account": st.sampled_from(ACCOUNTS), "day": st.integers(-4, 8).map(day)} | dict.fromkeys(names, FIGURE)
    )
    return [{**row, "post_id": str(n)} for n, row in enumerate(draw(st.lists(one, max_size=12)))]


@st.composite
def sliced(draw: st.DrawFn, slice_: str, *names: str) -> list[dict[str, Any]]:
    """Days of a slice, and some periods of it."""
    rows = [
        {"account": row.pop("account"), "slice": slice_, "first_day": row["day"], "last_day": row.pop("day"), **row}
        for row in draw(daily(*names))
    ]
    for account, window in draw(st.lists(st.tuples(st.sampled_from(ACCOUNTS), windows()), unique=True, max_size=4)):
        if window.days > 1:
            period = {"account": account, "slice": slice_, "first_day": window.first, "last_day": window.last}
            rows.append(period | {name: draw(FIGURE) for name in names})
    return rows


@st.composite
def web(draw: st.DrawFn) -> list[dict[str, Any]]:
    figures = ("users", "new_users", "sessions", "engaged_sessions", "engagement_seconds", "views", "key_events")
    return draw(sliced("site", *figures, "key_event_sessions", "revenue"))


@st.composite
def search(draw: st.DrawFn) -> list[dict[str, Any]]:
    site = draw(sliced("site", "clicks", "impressions", "position"))
    queries = [{**row, "query": f"query {n}"} for n, row in enumerate(draw(sliced("query", "clicks")))]
    return site + queries


ROWS = {Source.DAYS: account_days(), Source.POSTS: posts(), Source.WEB: web(), Source.SEARCH: search()}


@st.composite
def asked(draw: st.DrawFn, choices: Any = None) -> tuple[Metric, list[dict[str, Any]]]:
    """A metric, and known rows of the table it reads."""
    metric = draw(st.sampled_from(list(metrics().values()) if choices is None else choices))
    return metric, draw(ROWS[metric.reads])


def law(examples: int) -> Any:
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples * MORE, deadline=None, suppress_health_check=quiet)


@pytest.fixture
def reads(cursor, know):
    """`reads(rows, metric, *windows, …)` gives the readings over a warehouse that knows just these rows."""

    @contextmanager
    def knowing(metric: Metric, rows: list[dict[str, Any]], until: date) -> Iterator[None]:
        cursor.begin()
        know(metric.reads.value, *rows, until=until)
        yield
        cursor.rollback()

    def readings(
        rows: list[dict[str, Any]], metric: Metric, *asked: Window, scope: Scope = EVERYTHING, until: date = LATER
    ) -> Readings:
        with knowing(metric, rows, until):
            return read(cursor, [metric], asked, scope)

    return readings


@pytest.mark.parametrize("source", Source)
@law(150)
@given(data=st.data(), window=windows(), until=st.integers(-3, 20).map(day))
def test_a_reading_is_what_a_plain_computation_gives(
    source: Source, reads: Any, data: st.DataObject, window: Window, until: date
) -> None:
    metric, rows = data.draw(asked([metric for metric in metrics().values() if metric.reads is source]))
    found = reads(rows, metric, window, until=until)[metric.key, window]
    worked = work_out(metric, rows, window, until)
    assert {account: part.top for account, part in found.parts.items()} == pytest.approx(
        {account: top for account, (top, _) in worked.parts.items()}
    )
    assert found.partial == worked.partial
    assert (found.value is None) == (worked.value is None)
    assert found.value == pytest.approx(worked.value)


@law(60)
@given(asked(FLOWS), windows(), st.data())
def test_a_flow_over_a_window_is_the_sum_of_its_halves(
    reads: Any, asked: tuple[Metric, list[dict[str, Any]]], window: Window, data: st.DataObject
) -> None:
    metric, rows = asked
    if window.days == 1:
        return
    rows = [row for row in rows if row.get("first_day") == row.get("last_day")]
    cut = window.first + timedelta(days=data.draw(st.integers(0, window.days - 2)))
    halves = Window(window.first, cut), Window(cut + timedelta(days=1), window.last)
    found = reads(rows, metric, window, *halves)
    first, second, whole = (found[metric.key, w].parts for w in (*halves, window))
    for account in first.keys() & second.keys():
        assert whole[account].top == first[account].top + second[account].top
    if metric.reads is not Source.POSTS:  # a half without posts is no zero for what they state
        assert whole.keys() == first.keys() & second.keys()


@law(60)
@given(asked(FLOWS), windows())
def test_a_flow_over_all_accounts_is_the_sum_over_each(
    reads: Any, asked: tuple[Metric, list[dict[str, Any]]], window: Window
) -> None:
    metric, rows = asked
    each = [reads(rows, metric, window, scope=Scope((a,)))[metric.key, window].value for a in ACCOUNTS]
    stated = [value for value in each if value is not None]
    assert reads(rows, metric, window)[metric.key, window].value == (sum(stated) if stated else None)


@law(60)
@given(asked(), windows(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    reads: Any, asked: tuple[Metric, list[dict[str, Any]]], window: Window, random: Any
) -> None:
    metric, rows = asked
    shuffled = random.sample(rows, len(rows))
    assert reads(rows, metric, window) == reads(shuffled, metric, window)


@law(60)
@given(asked(), st.lists(windows(), min_size=1, max_size=5))
def test_a_value_does_not_depend_on_the_other_windows_asked(
    reads: Any, asked: tuple[Metric, list[dict[str, Any]]], windows: list[Window]
) -> None:
    metric, rows = asked
    together = reads(rows, metric, *windows)
    for window in windows:
        alone = reads(rows, metric, window)[metric.key, window]
        assert (together[metric.key, window].value, together[metric.key, window].parts) == (alone.value, alone.parts)
