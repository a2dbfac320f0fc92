"""Objectives in files, as people write them: what they say, and what is wrong with them."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from data.model import UserError, Window
from data.objectives import Aim, Objective, Period
from metrics.aims import House
from metrics.stating import Written, written
from metrics.writing import Reading

TODAY = date(2026, 11, 12)
NOVEMBER = date(2026, 11, 1)
HOUSE = House(("ga4:lumen", "x:lumen", "youtube:la maison", "x:other"))
BY = Reading({"Visites": "sessions"}, HOUSE, TODAY)


def read(text: str | bytes, name: str = "objectives.csv") -> Written:
    return written(name, text if isinstance(text, bytes) else text.encode(), BY)


def told(text: str | bytes, name: str = "objectives.csv") -> list[Objective]:
    found = read(text, name)
    assert not found.problems
    return [one for one, _ in found.objectives]


def wrong(text: str, name: str = "objectives.csv") -> str:
    (problem,) = read(text, name).problems
    return str(problem)


def test_a_table_says_what_is_aimed_at() -> None:
    found = told(
        "metric,scope,period,from,to,at_least,at_most,start,owner\n"
        "sessions,,month,,,3000,,2026-09-15,Ada\n"
        "engagement_rate,x,quarter,,,3.5 %,,,\n"
        "\n"
        'follows,"x:lumen, youtube:la maison",,2026-12-01,2026-12-24,40,60.5,,\n'
    )
    fair = Window(date(2026, 12, 1), date(2026, 12, 24))
    assert found == [
        Objective(Aim("sessions"), date(2026, 9, 1), 3000, None, "Ada"),
        Objective(Aim("engagement_rate", ("x",), Period.QUARTER), date(2026, 10, 1), 0.035),
        Objective(Aim("follows", ("x:lumen", "youtube:la maison"), Period.DATES, fair), fair.first, 40, 60.5),
    ]


def test_the_running_period_comes_with_each() -> None:
    found = read("metric,period,at_least\nsessions,week,10\nsessions,year,900\n")
    assert [day for _, day in found.objectives] == [date(2026, 11, 9), date(2026, 1, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_french_table_of_any_spreadsheet_says_the_same(encoding: str) -> None:
    text = (
        "Indicateur;Périmètre;Période;Au moins;Au plus;Début;Responsable\r\nVisites;X;mois;3 000,5;;2026-11-03;Zoé\r\n"
    )
    text = text.replace("3 000", "3\u00a0000")
    assert told(text.encode(encoding)) == [Objective(Aim("sessions", ("x",)), NOVEMBER, 3000.5, None, "Zoé")]


def test_toml_says_the_same() -> None:
    found = told(
        '# what we aim at\n[[objective]]\nmetric = "sessions"\nperiod = "month"\nat_least = 3000\nstart = 2026-09-01\n'
        'owner = "Ada"\n\n[[objective]]\nmetric = "engagement_rate"\nscope = ["x", "youtube"]\nperiod = "week"\n'
        'at_least = "3.5 %"\nat_most = "9 %"\n',
        "aims.toml",
    )
    assert found == [
        Objective(Aim("sessions"), date(2026, 9, 1), 3000, None, "Ada"),
        Objective(Aim("engagement_rate", ("x", "youtube"), Period.WEEK), date(2026, 11, 9), 0.035, 0.09),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("sesions,,month,10,,", "line 2, metric: found “sesions”, expected a figure such as sessions"),
        (
            "sessions,tiktok,month,10,,",
            "scope: found “tiktok”, expected nothing for the whole brand, or some of ga4, x",
        ),
        ("sessions,,fortnight,10,,", "period: found “fortnight”, expected week, month, quarter or year"),
        ("sessions,,month,,,", "at_least: empty, expected a number, here or under at_most"),
        ("sessions,,month,many,,", "at_least: found “many”, expected a number such as"),
        ('sessions,,month,"3,000",,', "at_least: found “3,000”, expected a number without a mark between thousands"),
        ("sessions,,month,3.000,,", "expected a number without a mark between thousands"),
        ("sessions,,month,5 %,,", "found “5 %”, expected a number, no percentage"),
        ("engagement_rate,,month,0.05,,", "found “0.05”, expected a percentage such as 3.5 %"),
        ("sessions,,month,-3,,", "expected a number such as"),
        ("sessions,,month,0,,", "above zero"),
        ("sessions,,month,30,20,", "is not below the upper one"),
        ("sessions,,month,30,,01/02/2026", "start: found “01/02/2026”, expected a day as YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_read_says_where_what_and_what_was_expected(row: str, says: str) -> None:
    assert says in wrong(f"metric,scope,period,at_least,at_most,start\n{row}\n")


def test_every_problem_of_a_file_is_told_and_the_rest_is_read() -> None:
    found = read("metric,period,at_least\nnone,month,1\nsessions,month,2\nsessions,none,3\n")
    assert [str(problem).partition(":")[0] for problem in found.problems] == [
        "objectives.csv, line 2, metric", "objectives.csv, line 4, period",
    ]  # fmt: skip
    assert len(found.objectives) == 1


def test_a_problem_in_toml_has_the_line_of_its_table() -> None:
    text = '[[objective]]\nmetric = "sessions"\nperiod = "month"\nat_least = 1\n\n[[objective]]\nmetric = "no"\n'
    assert wrong(text, "aims.toml").startswith("aims.toml, line 6, metric: found “no”")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "", "holds no objective"),
        ("a.csv", "metric,period,at_least\n", "holds no objective"),
        ("a.csv", "Date,Sessions\n2026-01-01,3\n", "line 1: found the columns Date, Sessions, expected some of metric"),
        ("a.csv", "metric,goal\n", "found the columns metric, goal"),
        ("a.toml", "[[objective", "this is no TOML"),
        ("a.toml", "x = 1", r"tables that begin with \[\[objective\]\]"),
        ("a.toml", "objective = 3", r"tables that begin with \[\[objective\]\]"),
        ("a.toml", "[[objective]]\ngoal = 3", "line 1: found the columns goal"),
        ("a.csv", "metric,period,at_least\n" + "sessions,month,1\n" * 1001, "more than 1000"),
    ],
)
def test_a_file_that_is_no_list_of_objectives_is_refused(name: str, text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read(text, name)


def test_a_cell_without_an_end_is_refused() -> None:
    before = csv.field_size_limit(1000)
    try:
        with pytest.raises(UserError, match="line 2: this is no CSV"):
            read('metric\n"' + "x" * 2000)
    finally:
        csv.field_size_limit(before)
