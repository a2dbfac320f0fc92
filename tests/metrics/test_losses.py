"""Sudden losses of followers: their day, what was published before, and when they are a purge of the network."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from data.model import Window
from metrics.losses import Loss, losses
from metrics.watched import watched

MONDAY, DAYS = date(2026, 3, 2), 112
LAST = MONDAY + timedelta(DAYS - 1)
EVERY = Window(MONDAY, LAST)
DAY = MONDAY + timedelta(101)  # a Thursday


def account(
    name: str, usual: float, more: dict[date, int] | None = None, net: bool = False, seed: int = 0
) -> list[dict[str, Any]]:
    """The days of an account that so many leave on a usual day, and more on some; of net figures, as many more come."""
    chance = np.random.default_rng([seed, len(name)])
    rows = []
    for n in range(DAYS):
        day = MONDAY + timedelta(n)
        gone = int(chance.poisson(usual)) + (more or {}).get(day, 0)
        came = int(chance.poisson(1.5 * usual))
        rows.append({"account": name, "day": day} | ({"net_follows": came - gone} if net else {"unfollows": gone}))
    return rows


def found(cursor: Any, know: Any, *rows: list[dict[str, Any]]) -> tuple[Loss, ...]:
    know("account_days", *({"unfollows": None, "net_follows": None} | row for one in rows for row in one))
    return losses(cursor, watched(cursor, LAST), EVERY)


def post(name: str, day: date, text: str) -> dict[str, Any]:
    return {"account": name, "post_id": f"{name} {text} {day}", "day": day, "text": text, "views": 100, "comments": 2}


def test_a_loss_is_dated_and_stands_beside_the_posts_of_the_72_hours_before(cursor: Any, know: Any) -> None:
    days = (-4, -3, -1, 0, 1)
    know("posts", *(post(name, DAY + timedelta(n), f"day {n}") for n in days for name in ("x:a", "x:b")))
    (loss,) = found(cursor, know, account("x:a", 20, {DAY: 60}), account("x:b", 20, seed=1))
    assert (loss.account, loss.day, loss.net, loss.purge) == ("x:a", DAY, False, ())
    assert loss.lost == loss.peak.day.value and loss.lost > 60
    assert {one.text for one in loss.posts} == {"day -3", "day -1", "day 0"}
    assert {one.account for one in loss.posts} == {"x:a"}


def test_where_few_leave_a_day_the_worst_day_of_the_week_is_named(cursor: Any, know: Any) -> None:
    (loss,) = found(cursor, know, account("x:a", 3, {DAY: 30, DAY + timedelta(1): 12}))
    assert loss.peak.weekly and loss.day == DAY
    of_week = [row["unfollows"] for row in account("x:a", 3, {DAY: 30, DAY + timedelta(1): 12}) if row["day"] == DAY]
    assert loss.lost == of_week[0] < (loss.peak.day.value or 0)


def test_all_accounts_of_a_network_at_once_are_a_purge(cursor: Any, know: Any) -> None:
    rows = [account("x:a", 20, {DAY: 80}), account("x:b", 20, {DAY + timedelta(1): 90}, seed=1),
            account("facebook:a", 20, seed=2)]  # fmt: skip
    told = found(cursor, know, *rows)
    assert [loss.purge for loss in told] == [("x:a", "x:b")] * 2


@pytest.mark.parametrize(
    "others",
    [
        [],  # one account is not all of a network
        [account("facebook:b", 20, {DAY: 80}, seed=1)],  # nor are two of two networks
        [account("x:b", 20, seed=1)],  # one that loses nothing
        [account("x:b", 20, {DAY - timedelta(2): 80}, seed=1)],  # or two days earlier
        [account("x:b", 20, {DAY: 80}, seed=1), account("x:c", 20, seed=2)],  # or a third that stays whole
    ],
)
def test_less_than_that_is_none(cursor: Any, know: Any, others: list[list[dict[str, Any]]]) -> None:
    told = found(cursor, know, account("x:a", 20, {DAY: 80}), *others)
    assert any(loss.account == "x:a" for loss in told)
    assert all(not loss.purge for loss in told)


def test_an_account_that_is_not_known_on_that_day_does_not_count_among_all(cursor: Any, know: Any) -> None:
    other = [row for row in account("x:c", 20, seed=2) if row["day"] != DAY]
    told = found(cursor, know, account("x:a", 20, {DAY: 80}), account("x:b", 20, {DAY: 80}, seed=1), other)
    assert {loss.purge for loss in told} == {("x:a", "x:b")}


def test_of_net_figures_only_what_falls_below_zero_is_a_loss(cursor: Any, know: Any) -> None:
    told = found(cursor, know, account("linkedin:a", 40, {DAY: 150}, net=True))
    (loss,) = [one for one in told if one.day == DAY]
    assert loss.net and loss.lost == -(loss.peak.day.value or 0) > 80
    assert all((one.peak.day.value or 0) < 0 for one in told)


def test_that_fewer_came_is_no_loss(cursor: Any, know: Any) -> None:
    chance = np.random.default_rng(7)
    days = [MONDAY + timedelta(n) for n in range(DAYS)]
    rows = [{"account": "linkedin:a", "day": day, "net_follows": int(chance.poisson(60))} for day in days]
    rows[101]["net_follows"] = 1
    assert found(cursor, know, rows) == ()


def test_quiet_accounts_lose_nothing_suddenly(cursor: Any, know: Any) -> None:
    rows = [account(f"x:{n}", 2 + 8 * n, seed=n) for n in range(6)]
    assert len(found(cursor, know, *rows)) <= 1  # six accounts over four months
