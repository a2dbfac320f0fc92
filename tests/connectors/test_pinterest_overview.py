"""Pinterest's overview: several tables in one file, remarks among them, a period in two places, counts of a period."""

from __future__ import annotations

from datetime import date

import pytest
from reading_help import Read, read_file

from connectors.reading import examine
from data.model import Answers, UserError

ABOVE = "Analytics overview\n2026-07-20 - 2026-07-21\nClaimed accounts,All Pins\nCurated content,Not included\n\n"
DAYS = "Date,Impressions,Saves\n2026-07-20,100,3\n2026-07-21,88,\nData starting from today is an estimate.\n"
BOARDS = "Top Boards\nPinterest Link,Impressions,Engagement,Pin clicks,Outbound clicks,Saves\n"
BOARDS += "https://www.pinterest.fr/MaisonLumen/lampes/?utm_campaign=x&id=9,210,14,9,4,1\n"
PINS = "Top Pins\nPinterest Link,Content Type,Source,Canonical,Outbound clicks\n"
PINS += "https://www.pinterest.com/pin/901234567890123401/,Organic,Your Pins,https://shop.example/?gclid=1,12\n"
BY_ID = (
    "Top Pins\nPin ID,Pin title,Board name,Impressions,Saves,Pin click rate\n901234567890123402,Aube,Lampes,77,0,0.1\n"
)
ME = Answers("pinterest:maisonlumen")


def read(*parts: str, name: str = "overview.csv", answers: Answers = ME) -> Read:
    return read_file(name, "\n".join(parts), answers)


def of(found: Read, table: str) -> list[dict[str, object]]:
    return [dict(s.values) for s in found.statements if s.table == table]


def test_the_days_end_where_a_remark_or_an_empty_line_stands() -> None:
    found = read(ABOVE + DAYS, BOARDS, PINS)
    assert [(d["day"], d["impressions"], d.get("saves")) for d in of(found, "account_days")] == [
        (date(2026, 7, 20), 100, 3), (date(2026, 7, 21), 88, None),
    ]  # fmt: skip
    assert not found.problems


def test_pins_and_boards_are_told_apart_and_count_the_period() -> None:
    found = read(ABOVE + DAYS, BOARDS, PINS)
    (pin,), (board,) = of(found, "posts"), of(found, "audience")
    assert (pin["post_id"], pin["link_clicks"], pin["counted_from"]) == ("901234567890123401", 12, date(2026, 7, 20))
    assert (board["dimension"], board["member"], board["last_day"]) == ("board", "lampes", date(2026, 7, 21))
    others = next(s.others for s in found.statements if s.table == "audience")
    assert others == {"Impressions": 210, "Engagement": 14, "Pin clicks": 9, "Outbound clicks": 4, "Saves": 1}


def test_pins_by_id_state_all_their_counts_and_no_rate() -> None:
    found = read(ABOVE + DAYS, BY_ID)
    (pin,) = of(found, "posts")
    assert (pin["post_id"], pin["text"], pin["impressions"], pin["saves"]) == ("901234567890123402", "Aube", 77, 0)
    assert pin["link"] == "https://www.pinterest.com/pin/901234567890123402/"
    assert not any("Pin click rate" in s.others for s in found.statements)


def test_a_file_that_has_lost_its_empty_lines_says_the_same() -> None:
    whole, close = read(ABOVE + DAYS, BOARDS, PINS), read((ABOVE + DAYS + BOARDS + PINS).replace("\n\n", "\n"))
    assert [s.values for s in close.statements] == [s.values for s in whole.statements]
    assert not close.problems


def test_the_boards_tell_whose_the_pins_are_unless_they_are_of_several() -> None:
    examined = examine("overview.csv", (ABOVE + DAYS + "\n" + BOARDS).encode())
    assert [account.key for account in examined.export.accounts] == ["pinterest:maisonlumen"]
    shared = BOARDS + "https://www.pinterest.com/atelier/vases/,2,1,1,0,0\n"
    asked = examine("overview.csv", (ABOVE + DAYS + "\n" + shared).encode()).questions
    assert [question.about for question in asked] == ["account"]


def test_the_period_is_that_of_the_name_where_the_file_does_not_say() -> None:
    above = "Claimed accounts,All Pins\n\n"
    found = read(above + BOARDS, name="Pinterest Analytics overview 20260701-20260731 (2).csv")
    assert [(b["first_day"], b["last_day"]) for b in of(found, "audience")] == [(date(2026, 7, 1), date(2026, 7, 31))]
    assert found.examined.export.as_of is not None
    assert found.examined.export.as_of.date() == date(2026, 7, 31)
    nameless = examine("pins.csv", (above + BOARDS).encode())
    assert [question.about for question in nameless.questions] == ["as_of", "since"]


def test_older_names_of_the_metrics_mean_the_same() -> None:
    (day,) = of(read(ABOVE + "Date,Closeups,Link clicks,Repins\n2021-03-01,20,4,2\n"), "account_days")
    assert (day["clicks"], day["link_clicks"], day["saves"]) == (20, 4, 2)


def test_people_are_reach_where_they_are_all_and_stay_under_their_name_where_they_engage() -> None:
    found = read(ABOVE + "Date,Total audience,Engaged audience,Engagement rate\n2026-07-20,90,7,0.1\n")
    assert (of(found, "account_days")[0]["reach"], found.statements[0].others) == (90, {"Engaged audience": 7})


def test_a_link_that_leads_to_no_pin_is_a_problem_with_its_place() -> None:
    found = read(ABOVE + DAYS, PINS + "https://www.pinterest.com/ideas/,Organic,Your Pins,,3\n")
    assert [(p.row, p.column) for p in found.problems] == [(14, "Pinterest Link")]


@pytest.mark.parametrize("text", ["Date,Impressions\n2026-07-20,5\n", "Date,Impressions,Saves\n2026-07-20,5,1\n"])
def test_days_without_a_sign_of_pinterest_are_not_claimed(text: str) -> None:
    with pytest.raises(UserError):
        examine("overview.csv", text.encode())
