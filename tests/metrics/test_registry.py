"""What every definition promises, and what a definition is refused for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.facts import OF_QUERIES
from metrics.formula import FormulaError
from metrics.measures import MEASURES
from metrics.model import Example, Good, Metric, Source, Unit
from metrics.registry import check, families, metrics

EVERY = [metric for _, group in families() for metric in group]
each = pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.key)


def defined(reads: Source, top: str, bottom: str | None = None, careful: str = "") -> Metric:
    example = Example(rows=({},), gives=1)
    return Metric("made_up", "Made up", reads, Unit.COUNT, Good.UP, top, "Made up.", example, bottom, careful)


def test_every_family_defines_something() -> None:
    assert all(group for _, group in families())
    assert len({name for name, _ in families()}) == len(families())


def test_a_key_names_one_metric() -> None:
    assert len({metric.key for metric in EVERY}) == len(EVERY)
    assert metrics() == {metric.key: metric for metric in EVERY}


def test_a_name_stands_for_one_metric() -> None:
    assert len({metric.name for metric in EVERY}) == len(EVERY)


@each
def test_a_metric_says_what_it_is_and_what_to_take_care_of(metric: Metric) -> None:
    for text in (metric.name, metric.says, metric.careful):
        assert text.strip() == text != ""
    assert metric.says.endswith(".") and metric.careful.endswith(".")


@each
def test_a_metric_has_a_worked_example_that_gives_a_number(metric: Metric) -> None:
    assert metric.example.rows
    assert isinstance(metric.example.gives, int | float)


@each
def test_a_metric_links_the_definitions_of_networks_over_https(metric: Metric) -> None:
    for network, address in metric.theirs.items():
        assert network == network.lower()
        assert address.startswith("https://")


@each
def test_a_metric_names_measures_that_its_source_states(metric: Metric) -> None:
    assert all((metric.reads, name) in MEASURES for name in metric.measures())
    assert metric.measures() or metric.top_formula.counts


@each
def test_a_rate_is_a_ratio_and_only_a_rate_is_told_in_points(metric: Metric) -> None:
    assert metric.bottom is not None or not metric.rate


@each
def test_a_metric_is_added_as_its_measures_allow(metric: Metric) -> None:
    check(metric)


def test_measures_are_columns_of_the_table_that_states_them(cursor) -> None:
    derived = set(OF_QUERIES)
    for source in Source:
        columns = {row[0] for row in cursor.execute(f"describe {source.value}").fetchall()}
        assert {key for read, key in MEASURES if read is source} - derived <= columns


@pytest.mark.parametrize(
    "refused",
    [
        defined(Source.DAYS, "followers"),
        defined(Source.DAYS, "follows + followers"),
        defined(Source.DAYS, "follows", "followers"),
        defined(Source.DAYS, "either(follows, followers)"),
    ],
    ids=lambda metric: f"{metric.top} / {metric.bottom}",
)
def test_a_level_is_never_added(refused: Metric) -> None:
    with pytest.raises(ValueError, match="level"):
        check(refused)


@pytest.mark.parametrize("top", ["position", "position * impressions"])
def test_a_mean_is_never_added_without_its_weights(top: str) -> None:
    with pytest.raises(ValueError, match="mean"):
        check(defined(Source.SEARCH, top))


@pytest.mark.parametrize(
    "refused",
    [
        defined(Source.WEB, "users"),
        defined(Source.WEB, "sessions", "users", careful="Take care."),
        defined(Source.WEB, "either(exact(users), total_users)"),
        defined(Source.DAYS, "reach"),
        defined(Source.POSTS, "reach", careful="Take care."),
        defined(Source.POSTS, "reactions", "reach"),
    ],
    ids=lambda metric: f"{metric.top} / {metric.bottom}",
)
def test_people_are_never_added(refused: Metric) -> None:
    with pytest.raises(ValueError, match="people"):
        check(refused)


@pytest.mark.parametrize(
    "allowed",
    [
        defined(Source.DAYS, "end(followers) - start(followers)", "start(followers)"),
        defined(Source.DAYS, "change(followers)"),
        defined(Source.WEB, "engagement_seconds", "exact(users)"),
        defined(Source.SEARCH, "position * impressions", "impressions"),
        defined(Source.POSTS, "reactions", "reach", careful="Counts people per post."),
    ],
    ids=lambda metric: f"{metric.top} / {metric.bottom}",
)
def test_levels_and_people_have_their_own_functions(allowed: Metric) -> None:
    check(allowed)


def test_a_measure_that_the_source_does_not_state_is_refused() -> None:
    with pytest.raises(ValueError, match="states no sessions"):
        check(defined(Source.POSTS, "sessions"))
    with pytest.raises(ValueError, match="states no saves"):
        check(defined(Source.WEB, "views", "saves"))


def test_a_formula_that_the_language_does_not_have_is_refused() -> None:
    with pytest.raises(FormulaError):
        check(defined(Source.POSTS, "views ** 2"))
    with pytest.raises(FormulaError):
        check(replace(defined(Source.POSTS, "views"), bottom="views if views"))
