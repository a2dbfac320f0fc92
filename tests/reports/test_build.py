"""The report of a week over a small warehouse: each figure is what a plain sum says, and of nothing nothing is said."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from data.model import Annotation, Printed, Publication, UserError, Window
from data.objectives import Aim, Objective, Period
from metrics.registry import metrics
from metrics.windows import week
from reports.given import Given, key_of, week_of
from reports.model import Edition, Tone, as_json
from tests.reports.conftest import FIRST, SITE, WEEK, X, visits


def total(window: Window) -> int:
    return sum(visits(window.first + timedelta(n)) for n in range(window.days))


def earlier(days: int) -> Window:
    return Window(WEEK.first - timedelta(days), WEEK.last - timedelta(days))


def fed(cursor: Any, account: str, until: date, table: str = "web") -> None:
    """What the ledger says of an account's newest export."""
    one = f"export of {account} {until}"
    cursor.execute("insert into exports (export_id, as_of, loaded_at) values (?, ?, ?)", [one, until, until])
    cursor.execute(
        'insert into ledger.spans (export_id, account, "table", first_day, last_day, as_of) values (?, ?, ?, ?, ?, ?)',
        [one, account, table, FIRST, until, until],
    )


@pytest.mark.usefixtures("known")
def test_a_tile_is_the_plain_sum_with_its_changes(make: Any) -> None:
    found = make()
    assert (found.key, found.week, found.span) == ("2026-W46", "Week 46, 2026", "9–15 Nov 2026")
    tile = next(one for one in found.tiles if one.key == "sessions")
    assert tile.figure.value == total(WEEK) and tile.figure.shown == f"{total(WEEK):,}"
    before, year = tile.changes
    assert before.value == pytest.approx(total(WEEK) / total(earlier(7)) - 1)
    assert year.value == pytest.approx(total(WEEK) / total(earlier(364)) - 1)
    assert (before.against, year.against) == ("on the week before", "on a year earlier")
    assert year.up and year.tone is Tone.GOOD and year.shown.startswith("+")
    assert [p.value for p in tile.series] == [total(earlier(7 * n)) for n in reversed(range(13))]
    assert [p.label for p in tile.series][-2:] == ["W45", "W46"]
    assert len(found.tiles) == 6 and found.tiles[0].figure.value is not None


@pytest.mark.usefixtures("known")
def test_the_chart_is_the_plain_sums_with_targets_as_marks(make: Any, house: Given) -> None:
    aims = (
        Objective(Aim("sessions", (), Period.WEEK), date(2026, 11, 2), 4000),
        Objective(Aim("sessions", (), Period.MONTH), date(2026, 10, 1), None, 20000),
        Objective(Aim("sessions", (SITE,), Period.MONTH), date(2025, 1, 1), 1),
    )
    (chart,) = make(replace(house, objectives=aims), charted="sessions").charts
    assert [p.value for p in chart.weeks] == [total(earlier(7 * n)) for n in reversed(range(6))]
    assert [p.before for p in chart.weeks] == [total(earlier(7 * n + 364)) for n in reversed(range(6))]
    assert [p.low for p in chart.weeks] == [None, None, None, None, 4000, 4000]
    assert [p.high for p in chart.months] == [*[None] * 11, 20000] and not any(p.low for p in chart.months)
    assert [p.label for p in chart.months][:3] == ["Nov", "Dec", "Jan"]
    year_to_date = chart.totals[-1]
    assert year_to_date.figure.value == total(Window(date(2026, 1, 1), WEEK.last))
    assert f"W46 {total(WEEK):,}" in chart.words


@pytest.mark.usefixtures("known")
def test_objectives_stand_with_difference_and_pace(make: Any, house: Given) -> None:
    weekly = Objective(Aim("sessions", (), Period.WEEK), date(2026, 1, 5), 1000, owner="Inès")
    monthly = Objective(Aim("unfollows", (X,), Period.MONTH), date(2026, 1, 1), None, 20)
    one, other = make(replace(house, objectives=(weekly, monthly))).aims
    assert (one.name, one.owner, one.target, one.verdict.tone) == ("Visits", "Inès", "at least 1,000", Tone.GOOD)
    assert one.difference and one.difference.value == total(WEEK) - 1000 and one.share == total(WEEK) / 1000
    assert other.name == "Unfollows · X (lumen)" and other.actual.value == 30
    assert other.verdict.shown == "✗ Missed" and other.difference and other.difference.tone is Tone.BAD
    tile = next(t for t in make(replace(house, objectives=(weekly,))).tiles if t.key == "sessions")
    assert tile.aimed == "target: at least 1,000" and tile.aim and tile.aim.shown == "✓ met"


@pytest.mark.usefixtures("known")
def test_of_many_objectives_seven_stand_and_the_bad_ones_are_among_them(make: Any, house: Given) -> None:
    keys = ["sessions", "net_follows", "follows", "unfollows", "visitors", "key_events", "page_views", "followers"]
    aims = [Objective(Aim(key, (), Period.WEEK), date(2026, 1, 5), 1) for key in keys]
    aims.append(Objective(Aim("sessions", (SITE,), Period.WEEK), date(2026, 1, 5), 10**9))
    found = make(replace(house, objectives=tuple(aims)))
    assert len(found.aims) == 7 and found.aims[-1].verdict.tone is Tone.BAD
    assert found.sections["aims"].about == "On the page Objectives there are more: 2."
    assert len(make(replace(house, objectives=tuple(aims)), edition=Edition.FULL).aims) == 9


@pytest.mark.usefixtures("known")
def test_audience_and_reviews_leave_a_dash_where_nothing_is_stated(make: Any) -> None:
    found = make()
    linkedin, x = found.audience
    assert (x.gained.value, x.lost.value, x.net.shown) == (35, 14, "+21")
    assert (linkedin.gained.shown, linkedin.lost.shown, linkedin.net.value) == ("—", "—", 21)
    (play,) = found.reviews
    assert (play.received.value, play.mean.shown, play.poor.value, play.answered.value) == (2, "1.5", 2, 1)
    assert found.sentences[2].text == "Say who answers the poor reviews of the week that have no answer: 1."


@pytest.mark.usefixtures("known")
def test_the_author_chooses_what_stands_there(make: Any) -> None:
    found = make(metrics=("net_follows", "sessions"), charted="follows", comment="  Well done.\nAll. ", decision="Go.")
    assert [tile.key for tile in found.tiles] == ["net_follows", "sessions"]
    assert [chart.key for chart in found.charts] == ["follows"]
    assert found.comment == "Well done.\nAll." and found.sentences[2].text == "Go."
    with pytest.raises(UserError, match="There is no metric likes"):
        make(metrics=("likes",))


@pytest.mark.usefixtures("known")
def test_the_full_edition_has_every_metric_that_is_stated(make: Any) -> None:
    found = make(edition=Edition.FULL)
    lines = {line.key: line for family in found.families for line in family.lines}
    assert {"sessions", "follows", "unfollows", "net_follows"} <= lines.keys() <= metrics().keys()
    assert all(line.figure.value is not None and line.says and line.formula for line in lines.values())
    assert lines["net_follows"].figure.value == 42 and make().families == ()
    assert {one.metric for one in found.printed} == set(lines)


@pytest.mark.usefixtures("known")
def test_what_was_published_and_has_changed_since_is_told(make: Any, house: Given, cursor: Any) -> None:
    then = earlier(7)
    printed = (
        Printed("sessions", then, total(then) - 100.0, settled=False),
        Printed("net_follows", then, 42.0),
        Printed("unfollows", then, 9.0),
        Printed("visitors", then, 5.0),
        Printed("gone", then, 5.0),
    )
    last = Publication(then, "leadership", "en", "file", "", published_at=datetime(2026, 11, 9), figures=printed)
    older = replace(last, week=earlier(14), figures=(Printed("follows", then, 1.0),))
    same = replace(last, week=WEEK, figures=(Printed("follows", WEEK, 1.0),))
    found = make(replace(house, published=(older, last, same)))
    told = {one.name: one for one in found.revisions}
    assert told.keys() == {"Visits", "Unfollows", "Visitors"}
    visited = told["Visits"]
    assert (visited.old.value, visited.new.value) == (total(then) - 100, total(then))
    assert (visited.change.shown, visited.why, visited.period) == ("+100", "it was provisional", "2–8 Nov 2026")
    assert told["Unfollows"].why == "a newer export" and told["Unfollows"].change.tone is Tone.BAD
    assert told["Visitors"].new.shown == "—" and told["Visitors"].change.shown == ""
    assert make().sections["revisions"].empty == "No report of an earlier week was published."
    assert make(replace(house, published=(older,))).revisions != ()


@pytest.mark.usefixtures("known")
def test_what_is_late_or_missing_is_said(make: Any, cursor: Any) -> None:
    fed(cursor, SITE, WEEK.last)
    assert make().complete and make().quality.summary == "Sources known until 15 Nov 2026: 1 of 1."
    fed(cursor, X, WEEK.last - timedelta(2))
    fed(cursor, "matomo:old", date(2026, 1, 1))
    found = make()
    assert not found.complete and (found.quality.up_to_date, found.quality.sources) == (1, 2)
    assert "X · lumen: known until 13 Nov 2026 only." in found.quality.lines
    assert found.made == datetime(2026, 11, 15)


@pytest.mark.usefixtures("known")
def test_that_no_day_stands_out_is_said_only_where_days_were_judged(make: Any) -> None:
    assert make().sections["peaks"].empty == "No day stands out: nothing unusual."
    assert make(week=week(FIRST)).sections["peaks"].empty.startswith("No day can be judged yet")


def test_what_no_account_of_the_brand_could_state_takes_no_room(make: Any, know: Any) -> None:
    assert len(make().tiles) == 6, "of a brand without an account the usual ones stand there, unknown"
    days = [{"account": X, "day": WEEK.first + timedelta(n), "follows": 5, "impressions": 70} for n in range(7)]
    know("account_days", *days, until=WEEK.last + timedelta(7))
    told = {tile.key: tile.figure.value for tile in make().tiles}
    assert (told["follows"], told["impressions_in_period"]) == (35, 490)
    assert not {"visitors", "sessions", "key_events", "search_clicks"} & told.keys()


@pytest.mark.usefixtures("known")
def test_notes_of_the_week_are_told(make: Any, house: Given) -> None:
    notes = (
        Annotation("1", Window(WEEK.last, WEEK.last + timedelta(3)), "press", "Radio"),
        Annotation("2", earlier(7), "press", "Before"),
    )
    (note,) = make(replace(house, annotations=notes)).notes
    assert (note.category, note.text) == ("Press", "Radio")


def test_of_a_warehouse_without_a_figure_there_is_a_report(make: Any) -> None:
    found = make()
    assert found.headline == "No export states the figures of this week yet."
    assert not found.complete and found.best == found.peaks == found.audience == ()
    assert all(tile.figure.shown == "—" and not tile.changes for tile in found.tiles)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("day", [WEEK.first, date(2024, 10, 7), date(2026, 12, 31), date(2020, 12, 31)])
def test_whatever_the_week_nothing_is_written_as_code_and_all_is_json(language: str, day: date, make: Any) -> None:
    found = make(week=week(day), language=language, edition=Edition.FULL)
    text = as_json(found)
    assert json.loads(text)["key"] == key_of(week(day))
    assert as_json(make(week=week(day), language=language, edition=Edition.FULL)) == text
    for said in _texts(asdict(found)):
        assert not {"None", "nan", "inf"} & set(said.replace(".", " ").split()), said
        assert "{" not in said and "Window(" not in said


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    ("key", "start", "first"),
    [
        ("2026-W46", 1, date(2026, 11, 9)), ("2026-w53", 1, date(2026, 12, 28)), ("2026-W46", 7, date(2026, 11, 8)),
        ("2026-W46", 6, date(2026, 11, 7)), ("2027-W01", 3, date(2027, 1, 6)),
    ],
)  # fmt: skip
def test_a_week_is_named_by_its_key(key: str, start: int, first: date) -> None:
    window = week_of(key, start)
    assert (window.first, window.days, key_of(window)) == (first, 7, key.upper())


@pytest.mark.parametrize("key", ["2026-46", "W46", "2027-W53", "", "2026-W00", "2026-Wx"])
def test_what_names_no_week_is_refused(key: str) -> None:
    with pytest.raises(UserError, match="2026-W46"):
        week_of(key)
