"""The language of formulas, run by DuckDB on one row."""

from __future__ import annotations

import duckdb
import pytest

from metrics.formula import Formula, FormulaError


def worth(formula: str, estimates: bool = True, **row: float | None) -> float | None:
    """What a formula gives for a row; DuckDB works it out as it does for a page."""
    columns = ", ".join(f'{"null" if value is None else value}::double as "{name}"' for name, value in row.items())
    sql = Formula.parse(formula).row_sql("r", estimates)
    found = duckdb.connect().execute(f"select ({sql})::double from (select {columns or '1'}) r").fetchone()
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("formula", "row", "gives"),
    [
        ("a", {"a": 3}, 3),
        ("a", {"a": None}, None),
        ("a + b", {"a": 3, "b": 4}, 7),
        ("a + b", {"a": 3, "b": None}, 3),
        ("a + b", {"a": None, "b": None}, None),
        ("a + b", {"a": 0, "b": None}, 0),
        ("a + b + c", {"a": None, "b": 2, "c": 5}, 7),
        ("a - b", {"a": 3, "b": 4}, -1),
        ("a - b", {"a": 3, "b": None}, None),
        ("a - b", {"a": None, "b": 3}, None),
        ("a * b", {"a": 3, "b": 4}, 12),
        ("a * b", {"a": 3, "b": None}, None),
        ("a / b", {"a": 3, "b": 4}, 0.75),
        ("a / b", {"a": None, "b": 4}, None),
        ("a / b", {"a": 3, "b": None}, None),
        ("a / b", {"a": 3, "b": 0}, None),
        ("a - b + c", {"a": 3, "b": None, "c": 5}, 5),
        ("a - (b + c)", {"a": 9, "b": None, "c": 5}, 4),
        ("a + b * c", {"a": 1, "b": 2, "c": 3}, 7),
        ("(a + b) * c", {"a": 1, "b": 2, "c": 3}, 9),
        ("100 * a", {"a": 0.5}, 50),
        ("either(a, b)", {"a": None, "b": 4}, 4),
        ("either(a, b)", {"a": 0, "b": 4}, 0),
        ("either(a + b, c)", {"a": None, "b": None, "c": 5}, 5),
        ("either(a, b)", {"a": None, "b": None}, None),
        ("count()", {}, 1),
        ("exact(users)", {"users": 8}, 8),
        ("change(a)", {"change_a": 2}, 2),
        ("end(a) - start(a)", {"start_a": 10, "end_a": 12}, 2),
        ("end(a) - start(a)", {"start_a": None, "end_a": 12}, None),
    ],
)
def test_a_formula_keeps_to_the_rules_of_what_is_stated(formula: str, row: dict, gives: float | None) -> None:
    assert worth(formula, **row) == gives


def test_without_estimates_a_change_counts_as_not_stated() -> None:
    assert worth("either(net, change(a))", estimates=False, net=None, change_a=2) is None
    assert worth("either(net, change(a))", estimates=False, net=5, change_a=2) == 5


@pytest.mark.parametrize(
    "text",
    [
        *("", "a +", "sum(a)", "a.b()", "a.b", "a ** b", "-a", "a if b else c", "'a'", "a and b", "a < b", "a[0]"),
        *("change(a, b)", "change(a + b)", "exact()", "start(1)", "count(a)", "either(a, -b)", "either()"),
    ],
)
def test_what_the_language_does_not_have_is_refused_when_it_is_read(text: str) -> None:
    with pytest.raises(FormulaError):
        Formula.parse(text)


def test_a_formula_knows_the_measures_it_names_and_what_it_is_about() -> None:
    rate = Formula.parse("either(net, follows - unfollows, change(followers)) / start(followers)")
    assert rate.names == ("net", "follows", "unfollows", "followers")
    assert rate.bare_names() == {"net", "follows", "unfollows"}
    assert (rate.level, rate.estimates, rate.people, rate.counts) == (True, True, False, False)
    assert Formula.parse("exact(users)").people
    assert Formula.parse("count()").counts
