"""Campaigns: what came by their links and posts, what they cost, and several side by side; all by plain sums too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from scipy import stats

from data.campaigns import Campaign, Marks, Price
from data.model import Window
from data.objectives import Aim, Objective, Period
from metrics.aims import House
from metrics.campaigns import after, aimed_at, brought, cheapest, in_common, shown
from metrics.conversions import key_events
from metrics.effect import Doubt, effect
from metrics.engagement import interactions
from metrics.lift import lift
from metrics.progress import Standing
from metrics.spending import AdRow, Spent, by_chance, cost_of, gain_of
from metrics.tagged import named, tagged
from metrics.traffic import sessions

Write = Callable[..., None]
FIRST = date(2026, 11, 2)
DAYS = Window(FIRST, FIRST + timedelta(6))
FAIR = Campaign("Fair", DAYS, Marks(campaigns=("fair-26",), hashtags=("Fair26",)), Price("EUR", 300, 10, 20))
SITE, OTHER = "ga4:lumen", "ga4:workshop"


def day(n: int) -> date:
    return FIRST + timedelta(n)


def visits(n: int, campaign: str, count: int, events: float | None = None, **more: Any) -> dict[str, Any]:
    return {"account": SITE, "slice": "campaign", "first_day": day(n), "last_day": day(n), "campaign": campaign,
            "sessions": count, "key_events": events} | more  # fmt: skip


def post(name: str, n: int, text: str = "", **more: Any) -> dict[str, Any]:
    return {"account": "x:lumen", "post_id": name, "day": day(n), "text": text} | more


# What came by its links.


def test_visits_are_those_whose_links_carry_its_name_whatever_the_case(cursor: Any, know: Write) -> None:
    rows = [
        visits(n, name, 10 * n + extra, events)
        for n in range(-1, 9)
        for name, extra, events in (("(direct)", 50, 2), ("Fair-26", 1, 1), ("fair-26", 2, None), ("spring", 9, 1))
    ]
    know("web", *rows)  # fmt: skip
    found = tagged(cursor, FAIR.marks, [sessions, key_events], DAYS, DAYS.last)
    assert found and found.daily and found.window == DAYS
    mine = [sum(10 * n + extra for extra in (1, 2)) for n in range(7)]
    assert list(found.days["sessions"]) == mine and found.totals["sessions"] == sum(mine)
    assert found.totals["key_events"] == 7


def test_a_day_that_is_told_without_the_campaign_is_a_zero_and_one_that_is_not_told_is_none(
    cursor: Any, know: Write
) -> None:
    know("web", *(visits(n, "(direct)", 40) for n in range(5)), visits(1, "fair-26", 7), visits(3, "fair-26", 5))
    found = brought(cursor, FAIR, day(20))
    assert found.tagged and found.tagged.window == Window(day(0), day(4))
    assert found.by_day(sessions) == [0, 7, 0, 5, 0] and found.total(sessions) == 12
    assert (found.known_days, found.over, found.missing) == (5, False, 0)
    assert found.results is None, "key events are not stated at all"
    know("web", *(visits(n, "(direct)", 40) for n in (5, 6)))
    assert brought(cursor, FAIR, day(20)).over


def test_days_that_are_told_from_the_middle_on_are_no_zeros(cursor: Any, know: Write) -> None:
    know("web", *(visits(n, "fair-26", 4) for n in range(3, 7)))
    found = brought(cursor, FAIR, DAYS.last)
    assert found.missing == 3 and found.by_day(sessions) == [None, None, None, 4, 4, 4, 4]
    assert found.total(sessions) == 16 and found.a_day(sessions) == 4
    assert found.cumulated(sessions) == [None] * 7, "what had come before is not known"


def test_source_and_medium_have_to_fit_together(cursor: Any, know: Write) -> None:
    told = [("news / email", "fair-26", 5), ("news / social", "fair-26", 7), ("blog / email", "fair-26", 11),
            ("News / Email", "(not set)", 13)]  # fmt: skip
    rows = [visits(n, name, count, source=source, slice="source") for n in range(7) for source, name, count in told]
    know("web", *rows)
    for marks, each in (
        (Marks(campaigns=("fair-26",)), 23),
        (Marks(sources=("news",)), 25),
        (Marks(mediums=("email",), sources=("news", "blog")), 29),
        (Marks(sources=("news",), mediums=("email",), campaigns=("fair-26",)), 5),
    ):
        found = tagged(cursor, marks, [sessions], DAYS, DAYS.last)
        assert found and found.totals["sessions"] == 7 * each


def test_names_alone_do_not_tell_source_and_name(cursor: Any, know: Write) -> None:
    know("web", *(visits(n, "fair-26", 4) for n in range(7)))
    assert tagged(cursor, Marks(sources=("news",), campaigns=("fair-26",)), [sessions], DAYS, DAYS.last) is None
    assert tagged(cursor, Marks(hashtags=("Fair26",)), [sessions], DAYS, DAYS.last) is None


def test_a_period_that_holds_its_days_tells_a_campaign_by_its_name_only(cursor: Any, know: Write) -> None:
    month = {"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 30)}
    know("web", visits(0, "fair-26", 90, 6, **month, source="news / email", slice="source"))
    found = tagged(cursor, FAIR.marks, [sessions, key_events], DAYS, date(2026, 11, 30))
    assert found and not found.daily and found.totals == {"sessions": 90, "key_events": 6} and not found.days
    assert tagged(cursor, Marks(sources=("news",)), [sessions], DAYS, date(2026, 11, 30)) is None


def test_of_two_tools_on_one_site_one_counts(cursor: Any, know: Write) -> None:
    rows = [visits(n, "fair-26", 4) for n in range(7)]
    rows += [visits(n, "fair-26", 6, account="plausible:lumen") for n in range(7)]
    know("web", *rows)
    both = tagged(cursor, FAIR.marks, [sessions], DAYS, DAYS.last)
    cursor.execute("insert into same_site values ('plausible:lumen', ?, 1)", [SITE])
    one = tagged(cursor, FAIR.marks, [sessions], DAYS, DAYS.last)
    assert both and one and (both.totals["sessions"], one.totals["sessions"]) == (70, 28)


def test_what_exports_name_can_be_chosen_the_latest_first(cursor: Any, know: Write) -> None:
    know("web", visits(0, "old", 1), visits(3, "new", 1), visits(3, "(direct)", 1),
         visits(3, "(direct)", 1, slice="channel", channel="Email"))  # fmt: skip
    know("ads", {"account": "meta_ads:l", "campaign": "Paid", "first_day": FIRST, "last_day": FIRST, "cost": 1})
    assert named(cursor) == (["new", "old"], ["Paid"], ["Email"])


# Its posts.


def test_posts_are_those_with_its_hashtag_or_link_in_its_days_and_those_named(cursor: Any, know: Write) -> None:
    link = "https://lumen.example/?utm_source=x&utm_campaign=Fair-26"
    know(
        "posts",
        post("tag", 0, "Come! #fair26", views=5), post("wide", 1, "＃Fair26.", views=9),
        post("longer", 1, "#Fair2026"), post("before", -1, "#Fair26"), post("bare", 1, "Fair26"),
        post("link", 6, f"See ({link})."), post("other", 6, "https://lumen.example/?utm_campaign=fair-25"),
        post("field", 6, link=link), post("odd", 2, "https://[ #x"),
        post("77", -9, "named"), post("88", -9, "named", link="https://www.x.com/lumen/status/88/"), post("99", 3),
    )  # fmt: skip
    marks = replace(FAIR.marks, posts=("77", "http://x.com/lumen/status/88"))
    found = brought(cursor, replace(FAIR, marks=marks), day(9)).posts
    assert [one.post_id for one in found] == ["wide", "tag", "77", "88", "field", "link"]


def test_results_of_posts_are_added_over_those_that_state_them(cursor: Any, know: Write) -> None:
    know("posts", post("a", 0, "#Fair26", reactions=5, comments=2), post("b", 2, "#Fair26", reactions=3),
         post("c", 2, "#Fair26"))  # fmt: skip
    found = brought(cursor, replace(FAIR, result="interactions", marks=Marks(hashtags=("Fair26",))), day(9))
    assert found.results == 10 and found.of_posts == (2, 3) and found.a_day(interactions) == 10 / 7
    assert found.cumulated(interactions) == [7, 7, 10, 10, 10, 10, 10]
    assert found.total(sessions) is None


# What it cost.


def spent(first: int, last: int, cost: float, currency: str = "EUR", name: str = "Fair") -> AdRow:
    return AdRow("meta_ads:lumen", name, day(first), day(last), currency, cost)


def test_cost_is_what_is_stated_what_ads_state_and_hours(cursor: Any, know: Write) -> None:
    rows = [{"account": "meta_ads:lumen", "campaign": "FAIR ads", "first_day": day(n), "last_day": day(n), "cost": 1.5,
             "currency": "EUR", "part": part} for n in range(-2, 9) for part in ("A", "B")]  # fmt: skip
    know("ads", *rows)
    one = replace(FAIR, marks=replace(FAIR.marks, ads=("Fair ads",)))
    cost = brought(cursor, one, day(20)).cost
    assert [(item.spent, item.amount) for item in cost.items] == [
        (Spent.STATED, 300), (Spent.ADS, 7 * 2 * 1.5), (Spent.HOURS, 200),
    ]  # fmt: skip
    assert (cost.total, cost.currency, cost.outside) == (521, "EUR", 0)


def test_parts_of_an_ad_campaign_do_not_count_beside_the_whole_of_it(cursor: Any, know: Write) -> None:
    told = {"account": "meta_ads:lumen", "campaign": "Fair", "first_day": FIRST, "last_day": FIRST, "currency": "EUR"}
    know("ads", told | {"cost": 10}, told | {"part": "A", "cost": 6}, told | {"part": "B", "cost": 4})
    one = replace(FAIR, price=Price(), marks=Marks(ads=("fair",)))
    assert brought(cursor, one, day(20)).cost.total == 10


def test_days_told_alone_and_within_a_longer_period_count_once() -> None:
    rows = [spent(0, 6, 70), *(spent(n, n, 10) for n in range(7))]
    assert cost_of(Price(), rows, DAYS).total == 70
    cost = cost_of(Price(), [spent(-3, 3, 70), spent(4, 6, 9)], DAYS)
    assert (cost.total, cost.outside) == (9, 1), "a period that reaches beyond its days is not split"


def test_several_currencies_are_not_added_and_hours_without_a_price_are_none() -> None:
    cost = cost_of(Price("EUR", 100, 5), [spent(0, 0, 30, "USD"), spent(0, 0, 20)], DAYS)
    assert cost.currencies == ["EUR", "USD"] and cost.total is None and cost.currency == "" and cost.unpriced
    assert cost_of(Price(), [], DAYS).total is None, "what is not stated is no zero"


# What it is worth.


def gain(results: int, **more: Any) -> Any:
    cost = cost_of(FAIR.price, [], DAYS)
    return gain_of(replace(FAIR, **more), cost, results)


def test_return_and_break_even_are_worked_out_of_cost_and_results() -> None:
    known = gain(40, value=15.0)
    assert (known.cost, known.value, known.each) == (500, 600, 12.5)
    assert known.roi == pytest.approx((600 - 500) / 500)
    unknown = gain(40)
    assert unknown.value is None and unknown.roi is None and unknown.each == 12.5
    nothing = gain(0, value=15.0)
    assert nothing.each is None and nothing.low is not None and nothing.high is None and nothing.roi == -1


@pytest.mark.parametrize("count", [1, 3, 10, 40, 237, 4000])
def test_chance_is_that_of_the_exact_poisson_limits(count: int) -> None:
    low, high = stats.chi2(2 * count).ppf(0.025) / 2, stats.chi2(2 * count + 2).ppf(0.975) / 2
    assert by_chance(count) == pytest.approx((low, high), rel=0.02, abs=0.04)
    assert by_chance(0) == pytest.approx((0, stats.chi2(2).ppf(0.975) / 2), rel=0.02)


# Side by side.


def two(cursor: Any, know: Write, less: int, more: int) -> list[Any]:
    """A campaign of seven days and one of four, with so many key events a day."""
    rows = [visits(n, "fair-26", 50, less) for n in range(7)]
    rows += [visits(n, "spring", 30, more) for n in range(-14, -10)] + [
        visits(n, "(direct)", 9, 0) for n in range(-14, 0)
    ]
    know("web", *rows)
    spring = replace(FAIR, name="Spring", days=Window(day(-14), day(-11)), marks=Marks(campaigns=("spring",)))
    return [brought(cursor, one, day(9)) for one in (FAIR, spring)]


def test_campaigns_of_unequal_length_are_compared_over_the_days_both_have(cursor: Any, know: Write) -> None:
    found = two(cursor, know, 2, 3)
    assert [one.known_days for one in found] == [7, 4] and in_common(found) == 4
    assert [after(one, key_events, 4) for one in found] == [8, 12]
    assert [one.cumulated(key_events)[-1] for one in found] == [14, 12]
    assert [one.a_day(key_events) for one in found] == [2, 3]
    assert [one.rate(key_events, one.cost.total) for one in found] == [14 / 500, 12 / 500]
    assert [one.rate(key_events, one.cost.hours) for one in found] == [1.4, 1.2]
    assert after(found[1], key_events, 5) is None
    assert [metric.key for metric in shown(found)] == ["key_events", "sessions"]


def test_one_is_the_cheapest_only_where_chance_does_not_explain_it(cursor: Any, know: Write) -> None:
    near = two(cursor, know, 2, 3)
    assert cheapest(near) is None
    cursor.execute("update web set key_events = 60 where campaign = 'spring'")
    found = [brought(cursor, one.campaign, day(9)) for one in near]
    assert cheapest(found) is found[1]
    dollars = brought(cursor, replace(near[0].campaign, price=Price("USD", 300, 10, 20)), day(9))
    assert cheapest([dollars, found[1]]) is None and cheapest(found[1:]) is None


def test_one_that_has_not_begun_has_brought_nothing_yet(cursor: Any, know: Write) -> None:
    know("web", *(visits(n, "(direct)", 40) for n in range(-9, 0)))
    found = brought(cursor, FAIR, day(-1))
    assert (found.until, found.known_days, found.results, found.tagged) == (None, 0, None, None)
    assert found.cumulated(sessions) == [] and in_common([found]) == 0


def test_a_result_that_vigie_knows_no_more_is_not_told(cursor: Any) -> None:
    found = brought(cursor, replace(FAIR, result="gone"), day(9))
    assert found.result is None and found.results is None and found.gain is None
    assert lift(cursor, replace(FAIR, moves="gone"), day(9)) is None


# Its objectives and its effect.


def test_its_objectives_are_those_of_exactly_its_days(cursor: Any, know: Write) -> None:
    know("web", *({"account": SITE, "slice": "site", "first_day": day(n), "last_day": day(n), "sessions": 100}
                  for n in range(-30, 30)))  # fmt: skip
    longer = Window(FIRST, day(7))
    aims = [
        Objective(Aim("sessions", (), Period.DATES, DAYS), FIRST, 700),
        Objective(Aim("key_events", (), Period.DATES, longer), FIRST, 5),
        Objective(Aim("sessions"), FIRST.replace(day=1), 9),
    ]
    (told,) = aimed_at(cursor, FAIR, aims, day(29), House((SITE,)))
    assert told.actual == 700 and told.standing is Standing.MET
    (told,) = aimed_at(cursor, FAIR, aims, day(400), House((SITE,)))
    assert told.actual == 700, "also long after it is over"


def test_its_effect_is_that_of_the_figure_it_is_to_move_beside_what_it_cannot_have_touched(
    cursor: Any, know: Write
) -> None:
    chance = np.random.default_rng(3)
    span = range(-120, 7)
    shared = np.exp(np.cumsum(chance.normal(0, 0.03, len(span))))
    base = [round(v) for v in 300 * shared * np.exp(chance.normal(0, 0.01, len(span)))]
    control = [round(v) for v in 200 * shared * np.exp(chance.normal(0, 0.01, len(span)))]
    y = [value + (120 if n >= 0 else 0) for n, value in zip(span, base, strict=True)]
    rows = []
    for n, value, other in zip(span, y, control, strict=True):
        told = {"account": SITE, "first_day": day(n), "last_day": day(n)}
        rows += [
            told | {"slice": "site", "sessions": value},
            told | {"slice": "channel", "channel": "Search", "sessions": other},
        ]
    know("web", *rows)
    one = replace(FAIR, untouched=("channel:search",))
    found = lift(cursor, one, day(9))
    assert found == effect(day(-120), y, 120, [control])
    assert found and found.sure and found.controlled and found.low and found.high
    assert found.low < 120 * 7 / (sum(y[-7:]) - 120 * 7) < found.high
    alone = lift(cursor, FAIR, day(9))
    assert alone and alone == effect(day(-120), y, 120) and not alone.controlled
    running = lift(cursor, one, day(3))
    assert running and running.doubt is Doubt.AFTER and running.known == 4


def test_what_nothing_is_known_of_has_no_effect(cursor: Any) -> None:
    found = lift(cursor, FAIR, day(9))
    assert found and found.doubt is Doubt.BEFORE and found.known == 0
