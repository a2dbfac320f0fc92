"""Objectives over a small warehouse: what counts, what would be even, what it takes, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from data.model import Window
from data.objectives import Aim, Objective, Period
from metrics.aims import House, earlier, period_of, running
from metrics.objectives import progress
from metrics.pace import Forecast, NoForecast
from metrics.progress import Bounds, Progress, Standing
from metrics.registry import metrics

FIRST, LAST = date(2026, 6, 1), date(2026, 11, 10)  # of what is known: the tenth day of November
NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
LATER = date(2026, 12, 31)
SITE, X, TUBE = "ga4:lumen", "x:lumen", "youtube:lumen"
VISITS = Aim("sessions")


def each_day(first: date = FIRST, last: date = LAST) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def visits(
    sessions: float = 100, account: str = SITE, without: tuple[date, ...] = (), **span: date
) -> list[dict[str, Any]]:
    return [
        {"account": account, "slice": "site", "first_day": day, "last_day": day, "sessions": sessions}
        for day in each_day(**span) if day not in without
    ]  # fmt: skip


def of(cursor: Any, *versions: Objective, day: date = LAST, accounts: tuple[str, ...] = (SITE, X, TUBE)) -> Progress:
    (found,) = progress(cursor, versions, day, House(accounts))
    return found


def test_a_steady_month_by_hand(cursor: Any, know: Callable[..., None]) -> None:
    know("web", *visits(), until=LATER)
    found = of(cursor, Objective(VISITS, FIRST, 3300))
    assert (found.window, found.known, found.actual, found.missing) == (NOVEMBER, LAST, 1000, 0)
    assert found.even == pytest.approx((1100, None)), "a third of the month, as each day is as good as the other"
    assert found.attainment == pytest.approx(1000 / 3300)
    assert found.variance == pytest.approx(-100)
    assert found.needed == pytest.approx((2300 / 20, None))
    assert found.usual == pytest.approx((100, 100))
    assert isinstance(found.forecast, Forecast) and found.forecast.middle == pytest.approx(3000)
    assert (found.chance, found.standing) == (0, Standing.AT_RISK)
    assert [b.value for b in found.before[-6:]] == [None, 3000, 3100, 3100, 3000, 3100]
    assert of(cursor, Objective(VISITS, FIRST, 2900)).standing is Standing.ON_TRACK
    assert of(cursor, Objective(VISITS, FIRST, None, 2900)).standing is Standing.AT_RISK
    assert of(cursor, Objective(VISITS, FIRST, 2900, 3100)).chance == 1


def test_days_that_may_still_change_do_not_count(cursor: Any, know: Callable[..., None]) -> None:
    know("web", *visits(), until=LAST + timedelta(days=1))
    found = of(cursor, Objective(VISITS, FIRST, 3300))
    assert (found.known, found.actual) == (date(2026, 11, 9), 900), "the last two days of an export settle later"
    assert found.needed == pytest.approx((2400 / 21, None))


def test_a_missing_day_is_no_zero_and_is_still_to_come(cursor: Any, know: Callable[..., None]) -> None:
    know("web", *visits(without=(date(2026, 11, 4),)), until=LATER)
    found = of(cursor, Objective(VISITS, FIRST, 3000))
    assert (found.actual, found.missing, found.left) == (900, 1, 21)
    assert found.even == pytest.approx((900, None))
    assert isinstance(found.forecast, Forecast) and found.forecast.middle == pytest.approx(3000)


def test_a_month_with_a_missing_day_is_neither_met_nor_missed(cursor: Any, know: Callable[..., None]) -> None:
    know("web", *visits(without=(date(2026, 10, 4),), last=date(2026, 10, 31)), until=LATER)
    found = of(cursor, Objective(VISITS, FIRST, 3100), day=date(2026, 10, 31))
    assert found.actual == 3000 and not found.over
    assert found.standing in (Standing.OPEN, Standing.ON_TRACK, Standing.AT_RISK)
    assert of(cursor, Objective(VISITS, FIRST, 3000), day=date(2026, 10, 31)).standing is Standing.MET, "all the same"


def test_the_account_that_is_known_least_far_holds_back_the_others(cursor: Any, know: Callable[..., None]) -> None:
    days = [{"account": X, "day": day, "follows": 20} for day in each_day()]
    days += [{"account": TUBE, "day": day, "follows": 30} for day in each_day(last=date(2026, 11, 6))]
    know("account_days", *days, until=LATER)
    found = of(cursor, Objective(Aim("follows"), FIRST, 1500))
    assert (found.known, found.actual) == (date(2026, 11, 6), 300)
    assert of(cursor, Objective(Aim("follows", ("x",)), FIRST, 1500)).actual == 200


def test_an_account_that_fell_silent_and_one_that_seldom_speaks_are_left_out(
    cursor: Any, know: Callable[..., None]
) -> None:
    days = [{"account": X, "day": day, "follows": 20} for day in each_day()]
    days += [{"account": "x:old", "day": day, "follows": 5} for day in each_day(last=date(2026, 9, 1))]
    days += [{"account": TUBE, "day": day, "follows": 5} for day in each_day() if day.day % 3 == 0]
    know("account_days", *days, until=LATER)
    found = of(cursor, Objective(Aim("follows"), FIRST, 500))
    assert (found.known, found.actual, found.left_out) == (LAST, 200, {"x:old", TUBE})


def test_what_is_below_ten_a_day_is_held_against_what_would_be_even(cursor: Any, know: Callable[..., None]) -> None:
    know("account_days", *({"account": X, "day": day, "unfollows": 2} for day in each_day()), until=LATER)
    found = of(cursor, Objective(Aim("unfollows"), FIRST, None, 75))
    assert (found.actual, found.forecast, found.chance) == (20, NoForecast.FEW, None)
    assert found.even == pytest.approx((None, 25))
    assert found.needed == pytest.approx((None, 55 / 20))
    assert found.standing is Standing.AHEAD
    assert of(cursor, Objective(Aim("unfollows"), FIRST, None, 50)).standing is Standing.BEHIND
    assert of(cursor, Objective(Aim("unfollows"), FIRST, None, 19)).standing is Standing.MISSED
    assert of(cursor, Objective(Aim("unfollows"), FIRST, 20)).standing is Standing.MET


def test_gains_less_losses_are_not_met_before_they_are_over(cursor: Any, know: Callable[..., None]) -> None:
    rows = ({"account": X, "day": day, "net_follows": 40 if day.day % 2 else -20} for day in each_day())
    know("account_days", *rows, until=LATER)
    found = of(cursor, Objective(Aim("net_follows"), FIRST, 90))
    assert (found.actual, found.forecast, found.standing) == (100, NoForecast.SIGNED, Standing.AHEAD)


def test_followers_go_from_where_they_stood_to_where_they_are_to_be(cursor: Any, know: Callable[..., None]) -> None:
    days = [{"account": X, "day": day, "followers": 1000 + 2 * n} for n, day in enumerate(each_day())]
    know("account_days", *days, until=LATER)
    start, now = 1000 + 2 * (len(days) - 11), 1000 + 2 * (len(days) - 1)
    found = of(cursor, Objective(Aim("followers"), FIRST, start + 90))
    assert (found.known, found.actual) == (LAST, now)
    assert found.even == pytest.approx((start + 30, None))
    assert found.needed == pytest.approx((70 / 20, None))
    assert found.usual == pytest.approx((2, 2))
    assert isinstance(found.forecast, Forecast) and found.forecast.middle == pytest.approx(now + 40)
    assert found.standing is Standing.AT_RISK
    assert of(cursor, Objective(Aim("followers"), FIRST, start + 40)).standing is Standing.ON_TRACK


def test_a_number_of_followers_that_was_typed_in_once_is_told_and_not_forecast(
    cursor: Any, know: Callable[..., None]
) -> None:
    known = {"account": X, "day": date(2026, 11, 3), "followers": 1200, "typed_followers": 1200}
    rest = [{"account": X, "day": day, "follows": 3} for day in each_day() if day != known["day"]]
    know("account_days", known, *rest, until=LATER)
    found = of(cursor, Objective(Aim("followers"), FIRST, 1300))
    assert (found.actual, found.forecast, found.even) == (1200, NoForecast.SHORT, None)
    assert found.standing is Standing.UNKNOWN, "nobody knows from where it set out"


def test_a_rate_is_told_to_date_and_not_forecast(cursor: Any, know: Callable[..., None]) -> None:
    rows = [one | {"engaged_sessions": 60} for one in visits()]
    know("web", *rows, until=LATER)
    found = of(cursor, Objective(Aim("engaged_share"), FIRST, 0.55))
    assert (found.actual, found.even, found.needed) == (pytest.approx(0.6), None, None)
    assert (found.forecast, found.standing) == (NoForecast.RATE, Standing.AHEAD)
    assert found.variance == pytest.approx(0.05)
    assert of(cursor, Objective(Aim("engaged_share"), FIRST, 0.65)).standing is Standing.BEHIND


def test_people_are_told_when_they_were_counted_over_the_period(cursor: Any, know: Callable[..., None]) -> None:
    october = {
        "account": SITE,
        "slice": "site",
        "first_day": date(2026, 10, 1),
        "last_day": date(2026, 10, 31),
        "users": 800,
    }
    know("web", *visits(), october, until=LATER)
    found = of(cursor, Objective(Aim("visitors"), FIRST, 700))
    assert (found.actual, found.forecast, found.standing) == (None, NoForecast.PEOPLE, Standing.UNKNOWN)
    assert found.before[-1].value == 800
    assert of(cursor, Objective(Aim("visitors"), FIRST, 700), day=date(2026, 10, 31)).standing is Standing.MET


def test_posts_are_told_against_an_even_month_and_not_forecast(cursor: Any, know: Callable[..., None]) -> None:
    posts = [{"account": X, "post_id": str(n), "day": day, "reactions": 5} for n, day in enumerate(each_day())]
    know("posts", *posts, until=LAST + timedelta(days=1))
    found = of(cursor, Objective(Aim("posts_published"), FIRST, 24))
    assert (found.known, found.actual, found.forecast) == (LAST, 10, NoForecast.POSTS)
    assert found.even == pytest.approx((8, None))
    assert found.standing is Standing.AHEAD


def test_each_period_is_held_against_what_was_aimed_at_then(cursor: Any, know: Callable[..., None]) -> None:
    know("web", *visits(), until=LATER)
    versions = [
        Objective(VISITS, date(2026, 8, 1), 2500),
        Objective(VISITS, date(2026, 10, 1), 3000),
        Objective(VISITS, date(2026, 11, 1), 3500),
    ]
    found = of(cursor, *versions)
    assert found.objective.low == 3500
    assert [b.objective.low if b.objective else None for b in found.before[-5:]] == [None, None, 2500, 2500, 3000]


def test_what_begins_later_is_shown_as_it_will_be_and_what_was_given_up_is_not(
    cursor: Any, know: Callable[..., None]
) -> None:
    know("web", *visits(), until=LATER)
    soon = of(cursor, Objective(VISITS, date(2026, 12, 1), 3000))
    assert (soon.window.first, soon.known, soon.standing) == (date(2026, 12, 1), None, Standing.UNKNOWN)
    over = [Objective(VISITS, FIRST, 3000), Objective(VISITS, date(2026, 11, 1))]
    assert progress(cursor, over, LAST, House((SITE,))) == []


def test_a_period_without_a_day_yet_gives_way_to_the_one_before(cursor: Any, know: Callable[..., None]) -> None:
    know("web", *visits(last=date(2026, 11, 8)), until=LATER)
    weekly = Objective(Aim("sessions", (), Period.WEEK), date(2026, 10, 5), 650)
    found = of(cursor, weekly, day=date(2026, 11, 11))
    assert (found.window.last, found.actual, found.standing) == (date(2026, 11, 8), 700, Standing.MET)
    posts = [{"account": X, "post_id": str(n), "day": day} for n, day in enumerate(each_day())]
    know("posts", *posts, until=date(2026, 11, 9))
    posting = Objective(Aim("posts_published", (), Period.WEEK), date(2026, 10, 5), 3)
    assert of(cursor, posting, day=date(2026, 11, 11)).window.last == date(2026, 11, 8)


def test_nothing_is_known_of_accounts_that_are_not_there(cursor: Any, know: Callable[..., None]) -> None:
    know("web", *visits(), until=LATER)
    found = of(cursor, Objective(Aim("follows", ("mastodon",)), FIRST, 30))
    assert (found.known, found.actual, found.standing) == (None, None, Standing.UNKNOWN)
    assert progress(cursor, [Objective(Aim("no_such_metric"), FIRST, 30)], LAST, House()) == []


def test_dates_are_one_period_before_during_and_after(cursor: Any, know: Callable[..., None]) -> None:
    know("web", *visits(), until=LATER)
    fair = Window(date(2026, 11, 5), date(2026, 11, 14))
    found = of(cursor, Objective(Aim("sessions", (), Period.DATES, fair), fair.first, 990))
    assert (found.window, found.actual, found.left) == (fair, 600, 4)
    assert found.before[-1].window == Window(date(2026, 10, 26), date(2026, 11, 4))
    past = Window(date(2026, 10, 1), date(2026, 10, 10))
    over = Objective(Aim("sessions", (), Period.DATES, past), past.first, 990)
    assert of(cursor, over).standing is Standing.MET
    assert progress(cursor, [over], date(2027, 1, 20), House((SITE,))) == [], "it is told for a quarter"


@pytest.mark.parametrize(
    ("share", "standing"),
    [(0.9, Standing.ON_TRACK), (0.8, Standing.ON_TRACK), (0.5, Standing.OPEN), (0.2, Standing.AT_RISK)],
)
def test_the_verdict_follows_the_chance(share: float, standing: Standing) -> None:
    outcomes = np.where(np.arange(100) < 100 * share, 3001.0, 2999.0)
    told = Progress(
        Objective(VISITS, FIRST, 3000), metrics()["sessions"], NOVEMBER, LAST, 1000.0,
        even=Bounds(1000, None), forecast=Forecast(np.sort(outcomes), 20),
    )  # fmt: skip
    assert told.chance == pytest.approx(share) and told.standing is standing


@pytest.mark.parametrize(
    ("period", "window", "before"),
    [
        (Period.WEEK, ("2026-11-09", "2026-11-15"), ("2026-11-02", "2026-11-08")),
        (Period.MONTH, ("2026-11-01", "2026-11-30"), ("2026-10-01", "2026-10-31")),
        (Period.QUARTER, ("2026-10-01", "2026-12-31"), ("2026-07-01", "2026-09-30")),
        (Period.YEAR, ("2026-01-01", "2026-12-31"), ("2025-01-01", "2025-12-31")),
    ],
)
def test_periods_and_those_before_them(period: Period, window: tuple[str, str], before: tuple[str, str]) -> None:
    aim = Aim("sessions", (), period)
    found = period_of(aim, LAST)
    assert found == Window(*map(date.fromisoformat, window))
    assert earlier(aim, found, 1) == [Window(*map(date.fromisoformat, before))]
    assert running(aim, LAST) == found.first
    assert running(Aim("sessions", (), Period.DATES, Window(FIRST, FIRST)), LAST) == LAST + timedelta(days=1)


def test_a_network_covers_its_accounts_and_the_brand_all() -> None:
    house = House((SITE, X, "x:other"))
    assert house.covers((), ("x",)) and house.covers(("x",), (X,)) and house.covers(("x",), ("x",))
    assert not house.covers((X,), ("x",)) and not house.covers(("x",), ()) and not house.covers(("x",), ("mastodon",))
