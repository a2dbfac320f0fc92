"""What pages are made of: addresses, changes in words, small pictures, links, charts and colours."""

from __future__ import annotations

import re
import tomllib
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from reader import ROOT

from data.model import Window
from i18n import LANGUAGES, locale
from metrics.audience import follows, net_follows, unfollows
from metrics.engagement import engagement_rate
from metrics.model import Metric, Unit
from metrics.reading import EVERYTHING, MARKS, Change, Mark, Part, Reading, Seam, Teller, reading
from metrics.search import position
from metrics.traffic import sessions, time_per_visit
from metrics.windows import days, month, run, week, year_before
from pages.parts import charts
from pages.parts.apart import apart
from pages.parts.charts import Line
from pages.parts.frame import EARLIEST, LATEST, MAX_DAYS, by_network, parse_period, period_text
from pages.parts.lists import safe_link
from pages.parts.sparkline import HEIGHT, WIDTH, sparkline
from pages.parts.tables import written
from wording.colours import DARK, LIGHT, Palette
from wording.figures import told
from wording.marks import SHORT_MARKS, sentence
from wording.names import kind_name, short

EN, FR = locale("en"), locale("fr")
MONDAY = date(2026, 11, 9)
WEEK, FIVE = week(MONDAY), timedelta(days=5)

a_day = some.dates(EARLIEST + timedelta(days=40), LATEST - timedelta(days=40))


@some.composite
def a_window(draw: some.DrawFn) -> tuple[Window, int]:
    """A week, a month or free dates, and the first weekday of a brand."""
    day, start = draw(a_day), draw(some.integers(1, 7))
    longest = min(MAX_DAYS, (LATEST - day).days) - 1
    free = Window(day, day + timedelta(days=draw(some.integers(0, longest))))
    return draw(some.sampled_from([week(day, start), week(day), month(day), free])), start


@given(a_window())
def test_a_period_comes_back_from_its_address(case: tuple[Window, int]) -> None:
    window, start = case
    assert parse_period(period_text(window, start)) == window


@given(some.text() | some.from_regex(r"[0-9-]{0,12}(-W|\.\.|-)[0-9-]{0,12}", fullmatch=True))
def test_any_address_gives_a_plausible_period_or_none(text: str) -> None:
    window = parse_period(text)
    assert window is None or (EARLIEST <= window.first <= window.last <= LATEST and window.days <= MAX_DAYS)


@pytest.mark.parametrize(
    ("window", "text"),
    [
        (WEEK, "2026-W46"), (week(date(2027, 1, 1)), "2026-W53"), (month(date(2026, 2, 3)), "2026-02"),
        (Window(MONDAY, MONDAY), "2026-11-09..2026-11-09"),
    ],
)  # fmt: skip
def test_an_address_reads_as_people_would_write_it(window: Window, text: str) -> None:
    assert period_text(window) == text and parse_period(text) == window


def test_accounts_stand_under_their_networks_in_order() -> None:
    found = by_network(["x:b", "facebook:1", "x:a"])
    assert list(found) == ["facebook", "x"] and found["x"] == {"x:a", "x:b"}


def known(metric: Metric, value: float | None, window: Window = WEEK, provisional: int = 0) -> Reading:
    """A reading of one account; None where it states nothing."""
    bottom = 1.0 if metric.bottom else None
    part = {} if value is None else {"x:a": Part(value, bottom, 1, 1, provisional_days=provisional)}
    return reading(metric, window, EVERYTHING, part)


def changed(now: float, then: float, ratio: float | None) -> Change:
    return Change(now - then, ratio, then, True, WEEK, WEEK)


@pytest.mark.parametrize(
    ("metric", "change", "english", "french"),
    [
        (sessions, changed(1120, 1000, 0.12), "+12%", "+12 %"),
        (sessions, changed(966, 1000, -0.034), "−3.4%", "−3,4 %"),
        (sessions, changed(12, 7, None), "+5", "+5"),
        (sessions, changed(7, 7, 0.0), "0%", "0 %"),
        (engagement_rate, changed(0.052, 0.04, 0.3), "+1.2 pts", "+1,2 pt"),
        (position, changed(8.2, 10.6, -0.226), "−2.4", "−2,4"),
        (time_per_visit, changed(45, 60, -0.25), "−25%", "−25 %"),
    ],
)
def test_a_change_is_told_as_its_kind_of_figure_is_read(
    metric: Metric, change: Change, english: str, french: str
) -> None:
    for lang, said in ((EN, english), (FR, french)):
        assert re.sub(r"\s", " ", told(lang, known(metric, 1), change)) == said


def drawing(past: Sequence[Reading]) -> tuple[str, str]:
    """What a sparkline draws, and what it says to those who do not see it."""
    html = sparkline(EN, past)
    (source,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    (alt,) = re.findall(r'alt="([^"]*)"', html)
    return b64decode(source).decode(), unescape(alt)


def over(values: Sequence[float | None], metric: Metric = sessions, provisional: int = 0) -> list[Reading]:
    windows = run(WEEK, len(values))
    return [known(metric, v, w, provisional if w == WEEK else 0) for v, w in zip(values, windows, strict=True)]


def test_a_sparkline_breaks_where_nothing_is_known() -> None:
    svg, alt = drawing(over([1, 2, None, None, 3, 4, 5]))
    runs = [line.split() for line in re.findall(r'points="([^"]+)"', svg)]
    assert [len(run) for run in runs] == [2, 3]
    places = [float(point.split(",")[0]) for run in runs for point in run]
    step = (WIDTH - 8) / 6
    assert places == pytest.approx([4, 4 + step, 4 + 4 * step, 4 + 5 * step, 4 + 6 * step], abs=0.06)
    assert alt == "Visits, 7 periods: from 1 to 5, lowest 1, highest 5."


@given(some.lists(some.none() | some.floats(-1e12, 1e12), min_size=2, max_size=30))
def test_a_sparkline_stays_within_its_frame(values: list[float | None]) -> None:
    if sum(value is not None for value in values) < 2:
        assert "<img" not in sparkline(EN, over(values))
        return
    svg, _ = drawing(over(values))
    points = [point.split(",") for line in re.findall(r'points="([^"]+)"', svg) for point in line.split()]
    assert all(0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT for x, y in points)


def test_the_end_of_a_sparkline_is_hollow_while_it_is_provisional() -> None:
    sure, _ = drawing(over([1, 2, 3]))
    open_, _ = drawing(over([1, 2, 3], provisional=2))
    unknown, _ = drawing(over([1, 2, None]))
    assert f'fill="{LIGHT.ink}"' in sure and f'fill="{LIGHT.paper}"' in open_ and "<circle" not in unknown


@pytest.mark.parametrize("link", ["https://x.com/a/status/1", "http://example.org/?a=1&b=2"])
def test_a_link_of_the_web_is_kept(link: str) -> None:
    assert safe_link(link) == link


@pytest.mark.parametrize("link", ["javascript:alert(1)", " https://x.com", "//x.com", "", None, float("nan"), 3])
def test_any_other_link_is_none(link: object) -> None:
    assert safe_link(link) is None


@given(some.text())
def test_no_text_becomes_a_link_that_the_web_does_not_have(text: str) -> None:
    assert safe_link(text) is None or re.match(r"https?://", text)


@dataclass
class Shown:
    """What charts have drawn and said."""

    figures: list[Any] = field(default_factory=list)
    more: list[dict[str, Any]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """The notes that stand in the last chart."""
        return [note.text for note in self.figures[-1].layout.annotations]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    found = Shown()

    def chart(figure: go.Figure, **more: Any) -> None:
        found.figures.append(figure)
        found.more.append(more)

    monkeypatch.setattr(st, "plotly_chart", chart)
    monkeypatch.setattr(st, "caption", found.captions.append)
    return found


LONG = [MONDAY + timedelta(days=i) for i in range(1500)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_is_drawn_without_webgl_and_said_in_words(shown: Shown, lang: str) -> None:
    there = locale(lang)
    windows = days(Window(MONDAY - timedelta(days=1499), MONDAY))
    gains, losses = ([known(m, i % 7, w) for i, w in enumerate(windows)] for m in (follows, unfollows))
    net = [known(net_follows, None, w) for w in windows]
    daily = {(sessions.key, w): known(sessions, i, w) for i, w in enumerate([*map(year_before, windows), *windows])}
    charts.lines(there, [Line("X", LONG, [float(i) for i in range(1500)])], "count", "a")
    charts.over_time(there, sessions, daily, windows, "b")
    charts.gained_and_lost(there, windows, gains, losses, net, "c")
    charts.gained_and_lost(there, windows, net, net, gains, "d")
    charts.running_total(there, {"X": gains}, "e")
    assert len(shown.figures) == 5
    for figure, more in zip(shown.figures, shown.more, strict=True):
        assert {trace.type for trace in figure.data} <= {"scatter", "bar"}
        assert figure.layout.showlegend is False and "yaxis2" not in figure.to_plotly_json()["layout"]
        assert re.search(r"\w+.*\d", more["alt"])
        assert more["config"]["locale"] == lang and not more["config"]["displayModeBar"]
        assert figure.to_json()
    assert len({more["key"] for more in shown.more}) == 5


def test_a_line_begins_at_zero_and_is_named_at_its_end(shown: Shown) -> None:
    charts.lines(EN, [Line("X", LONG[:3], [5, None, 7]), Line("LinkedIn", LONG[:3], [9, 8, None])], "count", "a")
    assert shown.figures[-1].layout.yaxis.rangemode == "tozero"
    assert {note.text: note.x for note in shown.figures[-1].layout.annotations} == {"X": LONG[2], "LinkedIn": LONG[1]}
    assert list(shown.figures[-1].data[0].y) == [5, None, 7]
    assert shown.more[-1]["alt"].startswith("X: lowest 5 on 9 Nov 2026, highest 7 on 11 Nov 2026.")


def test_last_year_is_drawn_over_this_one_and_told_with_its_own_days(shown: Shown) -> None:
    windows = days(Window(MONDAY, MONDAY + timedelta(days=2)))
    found = {(sessions.key, w): known(sessions, 4, w) for w in (*windows, *map(year_before, windows))}
    charts.over_time(EN, sessions, found, windows, "a")
    past, now = shown.figures[-1].data
    assert past.x == now.x and sorted(shown.texts) == ["2025", "2026"]
    assert past.text[0] == "Monday 10 Nov 2025<br>4" and now.text[0] == "Monday 9 Nov 2026<br>4"
    assert "2025: lowest 4 on 10 Nov 2025" in shown.more[-1]["alt"]


def test_last_year_is_not_drawn_beside_nothing(shown: Shown) -> None:
    windows = days(Window(MONDAY, MONDAY + timedelta(days=2)))
    found = {(sessions.key, w): known(sessions, None, w) for w in windows}
    found |= {(sessions.key, w): known(sessions, 4, w) for w in map(year_before, windows)}
    charts.over_time(EN, sessions, found, windows, "a")
    assert not shown.figures


def test_days_stand_apart_beside_a_long_name(shown: Shown) -> None:
    for name, ticks in (("X", 4), ("Facebook (gains)", 3), ("Facebook groups (gains)", 2)):
        charts.lines(EN, [Line(name, LONG[:180], [float(n) for n in range(180)])], "count", "a")
        assert len(shown.figures[-1].layout.xaxis.tickvals) == ticks


def test_no_stop_stands_before_what_is_left_out_of_a_text() -> None:
    assert short("Ils attendent. Vous venez ?", 17) == "Ils attendent…"
    assert short("Une idée : « Tout ce qui bruisse »", 14) == "Une idée…"
    assert short("Sous la verrière. \n", 40) == "Sous la verrière."


def test_a_small_count_has_an_axis_of_whole_numbers(shown: Shown) -> None:
    charts.lines(EN, [Line("X", LONG[:2], [0, 1])], "count", "a")
    assert shown.figures[-1].layout.yaxis.dtick == 1


@given(some.lists(some.floats(-500, 500), max_size=6))
def test_names_never_cover_each_other_nor_leave_the_chart(wanted: list[float]) -> None:
    wanted.sort(reverse=True)
    places = apart(wanted, 15, -500)
    assert len(places) == len(wanted) and all(place >= -500 for place in places)
    assert all(above - below >= 15 - 1e-6 for above, below in pairwise(places))


def test_a_name_that_covers_no_other_stays_where_it_is() -> None:
    assert apart([200, 100, 96, 3], 15, 0) == [200, 100, 85, 3]


def test_a_figure_in_a_table_is_written_in_the_language_of_the_page() -> None:
    table = pd.DataFrame({"rate": [0.132, None], "n": pd.array([1710, pd.NA], "Int64")})
    html = written(locale("fr"), table, {"rate": Unit.PERCENT, "n": Unit.COUNT}).to_html()
    assert re.findall(r"<td[^>]*>(.*?)</td>", html) == ["13,2\u202f%", "1\u202f710", "—", "—"]


def test_a_name_is_never_read_as_a_tag(shown: Shown) -> None:
    charts.lines(EN, [Line("<b>x</b><a href='javascript:x'>&", LONG[:2], [1, 2])], "count", "a")
    assert shown.texts == ["&lt;b>x&lt;/b>&lt;a href='javascript:x'>&amp;"]
    assert "<b>" not in shown.figures[-1].data[0].hovertemplate


def test_without_a_value_there_is_a_sentence_and_no_chart(shown: Shown) -> None:
    charts.lines(EN, [Line("X", LONG[:2], [None, None])], "count", "a")
    charts.running_total(EN, {"X": [known(follows, None)]}, "b")
    gained, lost, net = ([known(metric, None)] for metric in (follows, unfollows, net_follows))
    charts.gained_and_lost(EN, [WEEK], gained, lost, net, "c")
    assert not shown.figures and len(shown.captions) == 3


def test_losses_go_down_and_are_never_made_up(shown: Shown) -> None:
    windows = run(WEEK, 3)
    gained = [known(follows, v, w) for v, w in zip((4, None, 6), windows, strict=True)]
    lost = [known(unfollows, v, w) for v, w in zip((1, 0, None), windows, strict=True)]
    charts.gained_and_lost(EN, windows, gained, lost, [known(net_follows, None, w) for w in windows], "a")
    assert [list(trace.y) for trace in shown.figures[-1].data] == [[4, None, 6], [-1, 0, None]]
    assert shown.more[-1]["alt"] == "Gained: 10. Lost: 1."


def test_a_running_total_begins_anew_after_a_gap(shown: Shown) -> None:
    readings = [known(follows, v, Window(d, d)) for v, d in zip((1, 2, None, 4, 5), LONG, strict=False)]
    charts.running_total(EN, {"X": readings}, "a")
    assert list(shown.figures[-1].data[0].y) == [1, 3, None, 4, 9]


CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize(("name", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_our_marks_have_the_colours_of_the_theme(name: str, colours: Palette) -> None:
    theme = CONFIG[name]
    same = {
        "paper": theme["backgroundColor"], "ink": theme["textColor"], "soft": theme["grayTextColor"],
        "past": theme["chartCategoricalColors"][1], "line": theme["borderColor"],
        "good": theme["greenTextColor"], "bad": theme["redTextColor"],
    }  # fmt: skip
    assert {f.name: getattr(colours, f.name) for f in fields(colours)} == same
    assert theme["chartCategoricalColors"][0] == colours.ink


def test_a_line_shows_and_tells_where_another_tool_begins_to_measure(shown: Shown) -> None:
    windows = days(Window(MONDAY, MONDAY + timedelta(days=3)))
    found = {(sessions.key, year_before(w)): known(sessions, 4, w) for w in windows}
    for i, w in enumerate(windows):
        owner = "universal_analytics:lumen" if i < 2 else "ga4:1"
        found[sessions.key, w] = reading(
            sessions, w, EVERYTHING, {"ga4:1": Part(5, None, 1, 1, tellers=(Teller(owner),))}
        )
    charts.over_time(EN, sessions, found, windows, "a")
    layout = shown.figures[-1].layout
    assert [shape.x0 for shape in layout.shapes] == [windows[2].first]
    assert "Universal Analytics → Google Analytics" in {note.text for note in layout.annotations}
    said = "Until 10 Nov 2026: Universal Analytics; from 11 Nov 2026: Google Analytics."
    assert shown.more[-1]["alt"].endswith(said)


def test_a_chart_shows_where_the_api_follows_files_this_year_and_the_year_before(shown: Shown) -> None:
    windows = days(Window(MONDAY, MONDAY + timedelta(days=3)))
    found = {}
    for all_of, n in ((windows, 2), (list(map(year_before, windows)), 1)):
        for i, w in enumerate(all_of):
            part = Part(5, None, 1, 1, tellers=(Teller("ga4:1", "ga4_report" if i < n else "ga4"),))
            found[sessions.key, w] = reading(sessions, w, EVERYTHING, {"ga4:1": part})
    charts.over_time(EN, sessions, found, windows, "a")
    layout = shown.figures[-1].layout
    drawn = [(shape.x0, shape.line.dash) for shape in layout.shapes]
    assert drawn == [(windows[1].first, "dot"), (windows[2].first, None)]
    assert {"2025 file → Google’s API", "file → Google’s API"} <= {note.text for note in layout.annotations}
    assert shown.more[-1]["alt"].endswith("Until 10 Nov 2026: file; from 11 Nov 2026: Google’s API.")


def test_the_line_of_the_year_before_shows_its_own_seam_over_the_day_of_this_year(shown: Shown) -> None:
    windows = days(Window(MONDAY, MONDAY + timedelta(days=3)))
    found = {(sessions.key, w): known(sessions, 4, w) for w in windows}
    for i, w in enumerate(map(year_before, windows)):
        owner = "universal_analytics:lumen" if i < 2 else "ga4:1"
        found[sessions.key, w] = reading(
            sessions, w, EVERYTHING, {"ga4:1": Part(5, None, 1, 1, tellers=(Teller(owner),))}
        )
    charts.over_time(EN, sessions, found, windows, "a")
    layout = shown.figures[-1].layout
    assert [(shape.x0, shape.line.dash) for shape in layout.shapes] == [(windows[2].first, "dot")]
    assert "2025 Universal Analytics → Google Analytics" in {note.text for note in layout.annotations}
    said = "Until 11 Nov 2025: Universal Analytics; from 12 Nov 2025: Google Analytics."
    assert shown.more[-1]["alt"].endswith(said)


def test_the_words_of_seams_lie_neither_on_each_other_nor_beyond_the_edges_of_a_telephone(shown: Shown) -> None:
    windows = days(Window(MONDAY, MONDAY + timedelta(days=41)))
    changes = {1: "ga4", 5: "ga4_report", 22: "ga4", 40: "ga4_report"}
    found, form = {}, "ga4_report"
    for i, w in enumerate(windows):
        form = changes.get(i, form)
        part = Part(5, None, 1, 1, tellers=(Teller("ga4:1", form),))
        found[sessions.key, w] = reading(sessions, w, EVERYTHING, {"ga4:1": part})
        found[sessions.key, year_before(w)] = known(sessions, 4, year_before(w))
    charts.over_time(EN, sessions, found, windows, "a")
    layout = shown.figures[-1].layout
    notes = [note for note in layout.annotations if "→" in note.text]
    assert [(note.x - MONDAY).days for note in notes] == list(changes)
    assert [(note.xanchor, note.yshift) for note in notes] == [
        ("left", 0), ("left", 15), ("center", 30), ("right", 0),
    ]  # fmt: skip
    assert layout.margin.t >= 30 + 15, "room for three rows of words"


@pytest.mark.parametrize(
    ("mark", "said", "english", "french"),
    [
        (Mark.SAMPLED, {"share": 0.25}, "from 25.0% of the data.", "de 25,0 % des données."),
        (Mark.OTHER, {"share": 0.125}, "up to 12.5% stands in “(other)”", "jusqu’à 12,5 % se trouve"),
        (Mark.CUT, {"day": MONDAY}, "from before 9 Nov 2026.", "d’avant le 9 nov. 2026."),
        (Mark.CURRENCIES, {"currencies": ["EUR", "USD"]}, "(EUR, USD)", "(EUR, USD)"),
        (
            Mark.SEAM,
            {"seams": (Seam(MONDAY, Teller("ga4:a"), Teller("ga4:b")),)},
            "Until 8 Nov 2026: Google Analytics (a); from 9 Nov 2026: Google Analytics (b).",
            "Jusqu’au 8 nov. 2026 : Google Analytics (a) ; à partir du 9 nov. 2026 : Google Analytics (b).",
        ),
        (
            Mark.SEAM,
            {"seams": (Seam(MONDAY, Teller("ga4:a", "ga4_report"), Teller("ga4:a", "ga4")),)},
            "Until 8 Nov 2026: file; from 9 Nov 2026: Google’s API.",
            "Jusqu’au 8 nov. 2026 : fichier ; à partir du 9 nov. 2026 : API de Google.",
        ),
        (
            Mark.SEAM,
            {
                "seams": (
                    Seam(
                        MONDAY, Teller("ga4:a", "universal_analytics"), Teller("ga4:a", "ga4_report"), WEEK.first - FIVE
                    ),
                )
            },
            "Until 4 Nov 2026: Universal Analytics file; from 9 Nov 2026: Google Analytics 4 file.",
            "Jusqu’au 4 nov. 2026 : fichier d’Universal Analytics ; à partir du 9 nov. 2026 : "
            "fichier de Google Analytics 4.",
        ),
    ],
)
def test_a_mark_names_what_it_is_about(mark: Mark, said: dict[str, Any], english: str, french: str) -> None:
    for lang, words in ((EN, english), (FR, french)):
        assert words in re.sub(r"\s", " ", sentence(lang, mark, said))


def test_every_mark_has_a_sentence_and_a_short_name() -> None:
    assert set(MARKS) == set(SHORT_MARKS) == set(Mark)


@pytest.mark.parametrize("word", ["Clicks", "{n}", "{0} %", "Fleet"])
def test_a_kind_that_is_none_of_ours_is_the_word_of_its_file(word: str) -> None:
    assert FR.t("Clicks") == "Clics", "the catalogue knows the word, but not as a kind"
    assert kind_name(FR, word) == kind_name(EN, word) == word
    assert kind_name(FR, "photo") == FR.t("photo") and kind_name(FR, "email") == "e-mail"
