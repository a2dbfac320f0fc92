"""LinkedIn creator: five sheets or six, numbers or texts, two lists side by side, bounds, and three languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import pytest
from reading_help import Read, read_file, workbook

from connectors.reading import examine
from data.model import Answers, Check, Statement, UserError

ME = Answers("linkedin:camille")
Rows = Sequence[Sequence[Any]]
AT_23_20 = "7416982378905600009"  # made for 2026-01-13 23:20:00 UTC
LINK = f"https://www.linkedin.com/feed/update/urn:li:activity:{AT_23_20}"
OLD = LINK.replace(AT_23_20, "7408284726681600009")  # made for 2025-12-20
DISCOVERY = [["Overall Performance", "1/13/2026 - 1/15/2026"], ["Impressions", 300], ["Members reached", 120]]
ENGAGEMENT = [
    ["Date", "Impressions", "Engagements"],
    ["1/13/2026", 100, 4],
    ["1/14/2026", 150, -28],
    ["1/15/2026", 50, 0],
]
LISTS = ["Post URL", "Post publish date", "Engagements", "", "Post URL", "Post Publish Date", "Impressions"]
TOP = [["Maximum of 50 posts available to include in this list"], [], LISTS]
TOP += [[LINK, "1/13/2026", 9, "", LINK, "1/13/2026", 90], ["", "", "", "", OLD, "12/20/2025", 12]]
FOLLOWERS = [
    ["Total followers on 1/15/2026:", 2571],
    [],
    ["Date", "New followers"],
    ["1/13/2026", 3],
    ["1/15/2026", -1],
]
WHO = [["Top Demographics", "Value", "Percentage"], ["Job titles", "Designer", 0.081], ["Seniority", "Senior", "< 1%"]]


WHOLE = {
    "DISCOVERY": DISCOVERY, "ENGAGEMENT": ENGAGEMENT, "TOP POSTS": TOP, "FOLLOWERS": FOLLOWERS, "DEMOGRAPHICS": WHO
}  # fmt: skip


def creator(sheets: Mapping[str, Rows] = MappingProxyType({}), name: str = "a.xlsx", answers: Answers = ME) -> Read:
    """A whole workbook, with these sheets instead of or beside its own."""
    return read_file(name, workbook(*(WHOLE | dict(sheets)).items()), answers)


def of(read: Read, sheet: str) -> list[Statement]:
    return [statement for statement in read.statements if statement.origin.sheet == sheet]


def test_a_day_says_its_impressions_and_engagements_negative_ones_too() -> None:
    days = of(creator(), "ENGAGEMENT")
    assert [(d.values["impressions"], d.values["engagements"]) for d in days] == [(100, 4), (150, -28), (50, 0)]


def test_the_two_lists_of_posts_meet_in_one_post() -> None:
    engaged, seen, old = of(creator(), "TOP POSTS")
    assert engaged.values["post_id"] == seen.values["post_id"] == AT_23_20
    assert (engaged.values["engagements"], engaged.values.get("impressions")) == (9, None)
    assert (seen.values["impressions"], seen.values.get("engagements")) == (90, None)
    assert old.values["impressions"] == 12, "a post may be in one list only"
    assert seen.values["published_at"] == datetime(2026, 1, 13, 23, 20)


def test_a_post_older_than_the_period_is_counted_from_its_first_day() -> None:
    counted = [post.values.get("counted_from") for post in of(creator(), "TOP POSTS")]
    assert counted == [None, None, date(2026, 1, 13)]


def test_lists_in_the_other_order_are_told_by_their_headers() -> None:
    swapped = [*TOP[:2], [*LISTS[:2], "Impressions", "", *LISTS[4:6], "Engagements"]]
    swapped += [[LINK, "1/13/2026", 90, "", LINK, "1/13/2026", 9]]
    engaged, seen = of(creator({"TOP POSTS": swapped}), "TOP POSTS")
    assert (engaged.values["engagements"], seen.values["impressions"]) == (9, 90)


def test_the_total_of_followers_is_that_of_its_day_and_no_other() -> None:
    total, *days = of(creator(), "FOLLOWERS")
    assert (total.values["day"], total.values["followers"], total.origin.row) == (date(2026, 1, 15), 2571, 1)
    assert [(d.values["day"].day, d.values["follows"]) for d in days] == [(13, 3), (15, -1)]
    assert not any("followers" in day.values for day in days)


def test_a_share_below_one_percent_is_no_number() -> None:
    bounds = ["< 1%", "<1 %", "menos de 1%", "moins de 1\u202f%", ""]
    read = creator({"DEMOGRAPHICS": [WHO[0], *(["Seniority", f"Level {n}", text] for n, text in enumerate(bounds))]})
    assert [who.values.get("share") for who in of(read, "DEMOGRAPHICS")] == [None] * 5
    assert not read.problems


@pytest.mark.parametrize(("text", "share"), [("2%", 0.02), ("2\u00a0%", 0.02), ("12,5 %", 0.125), (0.02, 0.02)])
def test_a_share_is_a_fraction_however_it_is_written(text: object, share: float) -> None:
    (who,) = of(creator({"DEMOGRAPHICS": [WHO[0], ["Seniority", "Senior", text]]}), "DEMOGRAPHICS")
    assert who.values["share"] == share


def test_who_saw_the_posts_is_kept_apart_from_who_follows() -> None:
    read = creator({"DEMOGRAPHICS": [], "AUDIENCE DEMOGRAPHICS": WHO, "CONTENT DEMOGRAPHICS": WHO})
    dimensions = [s.values["dimension"] for s in read.statements if "dimension" in s.values]
    assert dimensions == ["period", "period", "job_title", "seniority", "content_job_title", "content_seniority"]


def test_members_reached_are_of_the_period_and_of_no_day() -> None:
    _, reached = of(creator(), "DISCOVERY")
    assert reached.others == {"Members reached": 120}
    assert (reached.values["first_day"], reached.values["last_day"]) == (date(2026, 1, 13), date(2026, 1, 15))
    assert not any("reach" in s.values for s in creator().statements)


@pytest.mark.parametrize(("declared", "agrees"), [(300, True), (301, False)])
def test_the_impressions_of_the_period_are_compared_with_those_of_its_days(declared: int, agrees: bool) -> None:
    content = workbook(("DISCOVERY", [DISCOVERY[0], ["Impressions", declared]]), ("ENGAGEMENT", ENGAGEMENT),
                       ("FOLLOWERS", FOLLOWERS))  # fmt: skip
    items = examine("a.xlsx", content, ME).statements("Europe/Paris")
    (check,) = [item for item in items if isinstance(item, Check)]
    assert (check.read, check.agrees) == (300, agrees)


def test_every_cell_may_be_a_text() -> None:
    def texts(rows: Rows) -> Rows:
        return [[str(cell) for cell in row] for row in rows]

    plain = creator()
    same = creator({name: texts(WHOLE[name]) for name in ("DISCOVERY", "ENGAGEMENT", "FOLLOWERS")})
    assert [s.values for s in same.statements] == [s.values for s in plain.statements]


def test_days_before_months_are_read_from_one_column_for_all_sheets() -> None:
    total = ["Nombre total d'abonnés le 12/01/2026 :", "1 005"]
    days = [["Date", "Impressions", "Interactions"], ["02/01/2026", "1", "1"], ["13/01/2026", "2", "0"]]
    read = creator(
        {
            "DISCOVERY": [["Performance globale", "02/01/2026 - 13/01/2026"], ["Membres touchés", "9"]],
            "ENGAGEMENT": days,
            "FOLLOWERS": [total, [], ["Date", "Nouveaux abonnés"], ["02/01/2026", "1"]],
        }
    )
    assert not read.examined.guessed
    assert [s.values["day"] for s in of(read, "FOLLOWERS")] == [date(2026, 1, 12), date(2026, 1, 2)]
    assert of(read, "FOLLOWERS")[0].values["followers"] == 1005
    assert of(read, "DISCOVERY")[0].values["first_day"] == date(2026, 1, 2)


def test_an_order_of_day_and_month_that_no_cell_tells_is_asked() -> None:
    content = workbook(
        ("ENGAGEMENT", [ENGAGEMENT[0], ["1/2/2026", 1, 1]]), ("TOP POSTS", [*TOP[:3], [LINK, "1/2/2026", 9]])
    )
    assert "date_order" in [question.about for question in examine("a.xlsx", content).questions]


def test_an_unknown_language_is_recognised_by_its_layout_and_marked_as_a_guess() -> None:
    lists = [["höchstens 50"], [], ["a", "b", "c", "", "a", "b", "d"], TOP[3]]
    read = creator({"TOP POSTS": lists, "ENGAGEMENT": [["x", "y", "z"], *ENGAGEMENT[1:]]})
    assert read.examined.guessed
    assert [s.values.get("engagements") for s in of(read, "ENGAGEMENT")] == [4, -28, 0]
    assert of(read, "TOP POSTS")[1].values["impressions"] == 90


def test_a_link_without_an_id_is_a_problem_with_its_place() -> None:
    row = ["https://www.linkedin.com/in/camille", "1/13/2026", 9, "", LINK, "", 1]
    read = creator({"TOP POSTS": [*TOP[:3], row]})
    (problem,) = read.problems
    assert (problem.sheet, problem.row, problem.column) == ("TOP POSTS", 4, "Post URL")


@pytest.mark.parametrize(
    "name",
    ["AggregateAnalytics_Camille Roussel_2026-01-13_2026-01-15.xlsx",
     "Content_2026-01-13_2026-01-15_Camille Roussel.xlsx", "Content_2026-01-13_2026-01-15_Camille Roussel (1).xlsx"],
)  # fmt: skip
def test_both_native_names_give_the_account_and_the_day_of_the_export(name: str) -> None:
    export = creator(name=name, answers=Answers()).examined.export
    assert [account.key for account in export.accounts] == ["linkedin:camille roussel"]
    assert export.as_of == datetime(2026, 1, 15)


def test_a_damaged_cell_costs_its_value_and_not_its_sheet() -> None:
    read = creator({"ENGAGEMENT": [ENGAGEMENT[0], ["1/13/2026", "abc", 4], *ENGAGEMENT[2:]]})
    assert [day.values.get("impressions") for day in of(read, "ENGAGEMENT")] == [None, 150, 50]
    assert [(p.sheet, p.row, p.column, p.found) for p in read.problems] == [("ENGAGEMENT", 2, "Impressions", "abc")]


def test_days_and_demographics_alone_are_not_claimed() -> None:
    for sheets in ([("ENGAGEMENT", ENGAGEMENT)], [("ENGAGEMENT", ENGAGEMENT), ("DEMOGRAPHICS", WHO)]):
        with pytest.raises(UserError):
            examine("a.xlsx", workbook(*sheets))


def test_lists_of_posts_whose_columns_were_moved_are_left_aside() -> None:
    moved = [[*row, *[""] * (7 - len(row))][::-1] for row in TOP]
    read = read_file("a.xlsx", workbook(("FOLLOWERS", FOLLOWERS), ("TOP POSTS", moved)), ME)
    assert {statement.table for statement in read.statements} == {"account_days"}
    assert [problem.sheet for problem in read.problems] == ["TOP POSTS"]
