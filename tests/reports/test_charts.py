"""The charts of a report: what is drawn where, what is left out, and the same bytes each time."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from reports.charts import bullet, six_twelve, sparkline
from reports.model import Aim, Chart, Figure, Point, Tone, Verdict
from wording.colours import PRINT

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 11, 9)


def points(*values: float | None, **more: float) -> tuple[Point, ...]:
    return tuple(Point(f"W{n}", DAY + timedelta(7 * n), value, **more) for n, value in enumerate(values))


def chart(weeks: tuple[Point, ...], months: tuple[Point, ...]) -> Chart:
    names = ("this year", "a year earlier", "target")
    return Chart("k", "Visits <b>", "", "count", "", weeks, months, *names, (), "words & <b>")


def drawn(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img" and root.get("aria-label")
    return root


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", path)]


def texts(root: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def test_a_sparkline_rises_with_its_values_and_breaks_where_nothing_is_known() -> None:
    root = drawn(sparkline(points(1, 2, None, 4, 8), "words"))
    first, second = (places(node.get("d", "")) for node in root.iter(f"{SVG}path"))
    assert len(first) == len(second) == 2
    xs, ys = zip(*first, *second, strict=True)
    assert list(xs) == sorted(xs) and list(ys) == sorted(ys, reverse=True)
    (dot,) = root.iter(f"{SVG}circle")
    assert (float(dot.get("cx", "")), float(dot.get("cy", ""))) == second[-1]


def test_a_sparkline_has_its_target_and_the_colour_of_its_verdict() -> None:
    root = drawn(sparkline(points(1, 2, 3, low=2), "words", Tone.BAD))
    (line,), (dot,) = root.iter(f"{SVG}line"), root.iter(f"{SVG}circle")
    middle = places(next(root.iter(f"{SVG}path")).get("d", ""))[1]
    assert float(line.get("y1", "")) == middle[1] and dot.get("fill") == PRINT.bad


@pytest.mark.parametrize("values", [(), (None, None), (5,), (0, 0, 0)])
def test_little_or_nothing_is_drawn_without_fault(values: tuple[float | None, ...]) -> None:
    drawn(sparkline(points(*values), "words"))
    drawn(six_twelve(chart(points(*values), points(*values)), str))


def test_the_axes_hold_zero_and_all_that_is_drawn() -> None:
    weeks, months = points(10, 20, 30, before=25), points(*range(40, 52), before=60, low=55)
    root = drawn(six_twelve(chart(weeks, months), lambda v: f"{v:g}"))
    grid = [line for line in root.iter(f"{SVG}line") if line.get("stroke") in (PRINT.line, PRINT.soft)]
    floor = max(float(line.get("y1", "")) for line in grid)
    top = min(float(line.get("y1", "")) for line in grid)
    for node in root.iter(f"{SVG}path"):
        assert all(top <= y <= floor for _, y in places(node.get("d", "")))
    assert texts(root).count("0") == 2 and {"W0", "W11", "this year", "a year earlier", "target"} <= set(texts(root))
    marks = [line for line in root.iter(f"{SVG}line") if line.get("stroke-width") == "2.2"]
    assert len(marks) == 12 and len({line.get("y1") for line in marks}) == 1


def test_a_value_stands_where_its_axis_says() -> None:
    root = drawn(six_twelve(chart(points(0, 100), points(-50, 100)), lambda v: f"{v:g}"))
    levels = {}
    for node in root.iter(f"{SVG}text"):
        if node.get("text-anchor") == "end" and float(node.get("x", "0")) > 200:
            levels[float(node.text or "")] = float(node.get("y", "")) - 2.6
    path = [node for node in root.iter(f"{SVG}path") if node.get("stroke") == PRINT.ink][-1]
    (_, low), (_, high) = places(path.get("d", ""))
    assert min(levels) <= -50 and 0 in levels
    unit = (levels[min(levels)] - levels[max(levels)]) / (max(levels) - min(levels))
    expected = levels[0] + 50 * unit, levels[0] - 100 * unit
    assert (low, high) == pytest.approx(expected, abs=0.02)


def aim(share: float | None, even: float | None, tone: Tone, low: float | None = 10, high: float | None = None) -> Aim:
    bounds, verdict = (Figure(low, ""), Figure(high, "")), Verdict("▲", tone)
    return Aim("Visits", "", "", Figure(1, "1"), "", *bounds, None, share, "", even, verdict, "", (), "words")


def test_a_bullet_is_as_long_as_its_share_with_a_tick_at_the_target() -> None:
    root = drawn(bullet(aim(0.5, 0.8, Tone.GOOD), width=125))
    rects = list(root.iter(f"{SVG}rect"))
    bar = next(one for one in rects if one.get("fill") == PRINT.good)
    tick = next(one for one in rects if one.get("fill") == PRINT.ink)
    assert bar.get("width") == "50" and float(tick.get("x", "")) + 0.9 == 100
    assert next(root.iter(f"{SVG}path")).get("d", "").startswith("M80 ")


def test_a_bullet_beyond_its_end_stops_there_and_one_of_nothing_has_no_bar() -> None:
    assert 'width="125"' in bullet(aim(9.0, None, Tone.BAD), width=125)
    root = drawn(bullet(aim(None, None, Tone.NONE), width=125))
    assert len(list(root.iter(f"{SVG}rect"))) == 4 and not list(root.iter(f"{SVG}path"))
    both = drawn(bullet(aim(1.0, None, Tone.GOOD, 10, 12), width=125))
    ticks = [float(one.get("x", "")) + 0.9 for one in both.iter(f"{SVG}rect") if one.get("fill") == PRINT.ink]
    assert ticks == [100, 120]


def test_counts_have_whole_numbers_on_their_axis() -> None:
    root = drawn(six_twelve(chart(points(0, 1), points(0, 2, 3)), lambda v: f"{v:g}"))
    axis = [node.text or "" for node in root.iter(f"{SVG}text") if node.get("text-anchor") == "end"]
    assert axis and all(float(text).is_integer() for text in axis)


def test_on_a_narrow_page_weeks_stand_above_months_and_every_other_month_is_named() -> None:
    root = drawn(six_twelve(chart(points(1, 2, 3, 4, 5, 6), points(*range(12))), str, narrow=True))
    width, height = (float(root.get(name, "")) for name in ("width", "height"))
    assert width < height * 1.2
    named = [text for text in texts(root) if text.startswith("W")]
    assert named == ["W0", "W1", "W2", "W3", "W4", "W5", "W1", "W3", "W5", "W7", "W9", "W11"]


@pytest.mark.parametrize("narrow", [False, True])
def test_months_of_which_nothing_is_known_have_a_dash_and_no_axis(narrow: bool) -> None:
    known, unknown = points(1, 2, 3), points(None, None)
    said = texts(drawn(six_twelve(chart(known, unknown), str, narrow)))
    assert said.count("—") == 1
    assert "—" not in texts(drawn(six_twelve(chart(known, known), str, narrow)))
