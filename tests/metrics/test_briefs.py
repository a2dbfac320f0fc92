"""Campaigns in files, as people write them: what they say, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.campaigns import Campaign, Marks, Price
from data.model import UserError, Window
from data.objectives import Aim, Objective, Period
from metrics.aims import House
from metrics.briefs import Briefs, as_row, briefs, typed
from metrics.writing import Reading

BY = Reading({"Visites": "sessions"}, House(("ga4:lumen", "x:lumen")), date(2026, 11, 12))
FAIR = Window(date(2026, 11, 2), date(2026, 11, 15))
WHOLE = """
[[campaign]]
name = "Fair  2026"
from = 2026-11-02
to = 2026-11-15
utm_campaign = ["fair-26", "fair-26-b"]
utm_source = "news"
hashtags = "#Fair26, ＃Foire"
posts = ["https://x.com/lumen/status/1", "77"]
ads = "Fair, the big one"
cost = 850.5
currency = "€"
hours = 46
hour_cost = "32,50"
result = "Visites"
value = 2
moves = "follows"
untouched = ["search_clicks", "channel: Organic Search"]
owner = "Ada"

[[campaign.objective]]
metric = "sessions"
at_least = 9000

[[campaign.objective]]
metric = "follows"
scope = "x"
at_most = 60
owner = "Bo"
"""
LEAST = '[[campaign]]\nname = "Fair"\nfrom = 2026-11-02\nto = 2026-11-15\nhashtags = "Fair"\n'


def read(text: str) -> Briefs:
    return briefs("fairs.toml", text.encode(), BY)


def test_a_file_says_what_a_campaign_is_and_what_is_aimed_at_in_its_days() -> None:
    found = read(WHOLE)
    assert not found.problems
    assert found.campaigns == [
        Campaign(
            "Fair 2026", FAIR,
            Marks(
                ("news",), (), ("fair-26", "fair-26-b"), ("Fair26", "Foire"), ("https://x.com/lumen/status/1", "77"),
                ("Fair, the big one",),
            ),
            Price("EUR", 850.5, 46, 32.5), "sessions", 2, "follows", ("search_clicks", "channel:Organic Search"), "Ada",
        )
    ]  # fmt: skip
    days = Period.DATES, FAIR
    assert found.aims == [
        (Objective(Aim("sessions", (), *days), FAIR.first, 9000, owner="Ada"), FAIR.first),
        (Objective(Aim("follows", ("x",), *days), FAIR.first, None, 60, "Bo"), FAIR.first),
    ]


def test_the_example_of_the_readme_is_one() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    found = read(readme[readme.index("[[campaign]]\n") :].partition("```")[0])
    assert not found.problems and len(found.campaigns) == len(found.aims) == 1


def test_what_is_not_said_is_what_most_campaigns_are_about() -> None:
    (one,) = read(LEAST).campaigns
    assert (one.result, one.moves, one.value, one.price) == ("key_events", "sessions", None, Price())


def test_a_form_says_the_same_as_a_file() -> None:
    (one,) = read(WHOLE).campaigns
    assert typed(as_row(one), BY)[0] == one
    with pytest.raises(UserError, match="Hours worked: found “a few”, expected a number"):
        typed(as_row(one) | {"hours": "a few"}, BY)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("to = 2026-10-01", "line 1: The last day (2026-10-01) is before the first (2026-11-02)."),
        ('to = "soon"', "to: found “soon”, expected a day as YYYY-MM-DD"),
        ('to = ""', "to: empty, expected a day as YYYY-MM-DD"),
        ('hashtags = "#Open Day"', "hashtags: found “#Open Day”, expected a hashtag in one word, such as #OpenDays"),
        ('hashtags = ""', "Say by what Fair is known"),
        ("utm_campaign = [1]", "utm_campaign: found “1”, expected a text, or a list of texts"),
        ("utm_campaign = 7", "utm_campaign: found “7”, expected a text, or a list of texts"),
        ('cost = "850"', "An amount needs its currency"),
        ("cost = -3", "cost: found “-3”, expected a number such as 3000 or 2.5"),
        ('cost = "1,500"', "cost: found “1,500”, expected a number without a mark between thousands"),
        ('currency = "euros"', "currency: found “euros”, expected three letters, such as EUR"),
        ('result = "reach"', "result: found “reach”, expected one of"),
        ('result = "follows"', "result: found “follows”, expected one of"),
        ('moves = "net_follows"', "moves: found “net_follows”, expected one of"),
        ('untouched = "weather"', "untouched: found “weather”, expected one of"),
        ("objective = 3", "objective: found “3”, expected tables that begin with [[campaign.objective]]"),
        ('[[campaign.objective]]\nmetric = "sessions"\nperiod = "month"\nat_least = 3', "objective: found “period”"),
        ('[[campaign.objective]]\nmetric = "sessions"', "at_least: empty, expected a number"),
    ],
)
def test_what_is_wrong_is_said_with_its_file_and_key(line: str, words: str) -> None:
    key = line.split(" = ")[0]
    text = "".join(part for part in LEAST.splitlines(keepends=True) if part.split(" = ")[0] != key) + line
    found = read(text)
    assert not found.campaigns and not found.aims
    (problem,) = map(str, found.problems)
    assert problem.startswith("fairs.toml, line 1") and words in problem


def test_what_is_no_file_of_campaigns_is_refused_whole() -> None:
    for text, words in (
        ("name = ", "this is no TOML"),
        ('[[objective]]\nmetric = "sessions"', r"tables that begin with \[\[campaign\]\]"),
        (LEAST + "price = 3", "line 1: found the columns price, expected some of name, from"),
    ):
        with pytest.raises(UserError, match=words):
            read(text)


def test_two_campaigns_of_one_name_are_a_mistake() -> None:
    found = read(LEAST + LEAST.replace("Fair", "FAIR"))
    assert str(found.problems[0]).startswith("fairs.toml, line 6, name: found “FAIR”")
