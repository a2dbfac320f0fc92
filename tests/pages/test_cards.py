"""What a card shows is what the engine reads, and the rows behind it come to the same figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from reader import ABOUT_A_PERIOD, WITH_FIGURES, cards, lead, look_behind, nodes, open_page, popovers

from data.model import Window
from data.store import Store, brands, open_brand
from i18n import locale
from metrics.brand import proposed
from metrics.engine import read
from metrics.facts import OF_QUERIES
from metrics.lists import Slice, members
from metrics.measures import MEASURES
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Reading, Scope
from metrics.registry import metrics
from metrics.search import search_clicks
from wording.names import SITES

PERIODS = {
    "2026-W46": Window(date(2026, 11, 9), date(2026, 11, 15)),
    "2026-10": Window(date(2026, 10, 1), date(2026, 10, 31)),
    "2025-01-05..2025-02-02": Window(date(2025, 1, 5), date(2025, 2, 2)),
    "2025-03": Window(date(2025, 3, 1), date(2025, 3, 31)),
    "2025-12": Window(date(2025, 12, 1), date(2025, 12, 31)),
}
QUERIES = Slice(Source.SEARCH, "query", "query", (search_clicks,))
TABLES = ("dataframe", "arrow_data_frame")
BY_NAME = {metric.name: metric for metric in metrics().values()}
# A sum of measures, or the first stated of two such sums: what rows can simply be added up to.
SUM = r"[a-z_]+(?: \+ [a-z_]+)*"
ADDED = re.compile(rf"({SUM})|either\(({SUM}), ({SUM})\)")

in_states_with_figures = pytest.mark.parametrize("state", WITH_FIGURES, indirect=True)


def the_store() -> Store:
    (brand,) = brands()
    return open_brand(brand.slug)


def readings(shown: dict[str, str], period: str, scope: Scope = EVERYTHING) -> dict[str, Reading]:
    """What the engine says of the metrics of some cards, by the name that stands on the card."""
    window = PERIODS[period]
    asked = [BY_NAME[name] for name in shown]
    store = the_store()
    scope = replace(scope, words=proposed(store.brand().name))
    with store.read() as cursor:
        # Exports state queries for periods of their own, and so do the cards about them.
        listed = members(cursor, QUERIES, window, scope).window or window
        found = read(cursor, asked, [window, listed], scope)
    return {m.name: found[m.key, listed if set(OF_QUERIES) & set(m.measures()) else window] for m in asked}


def written(found: dict[str, Reading]) -> dict[str, str]:
    return {name: locale("en").value(reading.value, reading.metric.unit) for name, reading in found.items()}


def test_no_two_metrics_have_one_name() -> None:
    assert len(BY_NAME) == len(metrics())


@pytest.mark.parametrize("page", ABOUT_A_PERIOD)
@pytest.mark.parametrize("period", PERIODS)
@in_states_with_figures
def test_the_figures_of_the_cards_are_those_of_the_engine(page: str, period: str, state: str) -> None:
    shown = cards(open_page(page, period=period))
    assert 4 <= len(shown) <= 7
    assert shown == written(readings(shown, period))
    assert state != "demo" or sum(value != "—" for value in shown.values()) >= 3


@pytest.mark.parametrize("networks", ["x", "facebook,linkedin"])
@pytest.mark.parametrize("page", ABOUT_A_PERIOD)
def test_networks_chosen_narrow_the_figures_and_leave_the_site(demo: None, page: str, networks: str) -> None:
    accounts = the_store().accounts()
    kept = tuple(account.key for account in accounts if account.network in (*networks.split(","), *SITES))
    shown = cards(open_page(page, period="2026-W46", networks=networks))
    assert shown == written(readings(shown, "2026-W46", Scope(kept)))


def test_a_kind_chosen_narrows_the_figures_of_the_posts(demo: None) -> None:
    shown = cards(open_page("posts", period="2026-10", kind="video"))
    assert shown == written(readings(shown, "2026-10", Scope(kinds=("video",))))
    assert shown != cards(open_page("posts", period="2026-10"))


def behind(at: Any, metric: Metric) -> Any:
    """The rows of the files behind a card."""
    popover = popovers(at)[f"details_{metric.key}_tile"]
    return next((node.value for node in popover if node.type in TABLES), None)


def sums(metric: Metric) -> Iterator[list[str]]:
    """The ways in which a metric is a plain sum, each by its measures; none where it is not."""
    match = ADDED.fullmatch(metric.top) if metric.bottom is None and not metric.people else None
    yield from (part.split(" + ") for part in (match.groups() if match else ()) if part)


@pytest.mark.parametrize("page", ABOUT_A_PERIOD)
@pytest.mark.parametrize("period", ["2026-W46", "2025-03"])
@in_states_with_figures
def test_the_rows_behind_a_sum_come_to_the_figure(page: str, period: str, state: str) -> None:
    at = open_page(page, period=period)
    found = readings(cards(at), period)
    asked = [r for r in found.values() if r.value is not None and not r.partial and list(sums(r.metric))]
    assert asked or state != "demo"
    if asked:
        look_behind(at, *(f"details_{reading.metric.key}_tile" for reading in asked))
        assert not at.exception
    for reading in asked:
        assert added(behind(at, reading.metric), reading.metric) == pytest.approx(reading.value), reading.metric.key


def added(rows: pd.DataFrame | None, metric: Metric) -> float:
    """What the rows come to; an account that states a sum in two ways is counted the first way."""
    if rows is None:
        return 0
    total = 0.0
    ways = [{MEASURES[metric.reads, name].name for name in way} for way in sums(metric)]
    for _, own in rows.groupby(["account", "first_day"]):
        way = next(way for way in ways if way & set(own["column"]))
        total += own.loc[own["column"].isin(list(way)), "value"].sum()
    return total


@in_states_with_figures
def test_every_row_behind_a_figure_names_its_file(state: str) -> None:
    at = look_behind(open_page("week", period="2025-03"))
    names = {export.name for export in the_store().exports()}
    tables = [node.value for popover in popovers(at).values() for node in popover if node.type in TABLES]
    assert tables and sum(map(len, tables)) > 100
    for rows in tables:
        assert set(rows["file"]) <= names and rows["row"].notna().all()


def test_the_answer_of_the_page_names_what_stands_out(demo: None) -> None:
    at = open_page("week", period="2026-W46")
    marked = [node.value for node in nodes(at) if node.type == "html" and re.search("v-card.*[▲▼]", node.value)]
    for html in marked:
        (name,) = re.findall(r'<div class="v-name">(.*?)</div>', html)
        assert name in lead(at)
    assert bool(marked) is ("unusually" in lead(at))
