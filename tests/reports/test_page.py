"""The report as an HTML file: it says what the report says, runs and fetches nothing, and any text is harmless."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from data.objectives import Aim, Objective, Period
from reports.given import Given
from reports.model import Edition, Report
from reports.page import page
from tests.reports.conftest import HOSTILE, WEEK

pytestmark = pytest.mark.usefixtures("known")
VOID = {"meta", "br", "circle", "line", "path", "rect"}


class Seen(HTMLParser):
    """What a browser finds: tags with their attributes, and the text outside style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def seen(report: Report) -> Seen:
    found = Seen(page(report).decode())
    assert not found.open, "every tag is closed"
    return found


@pytest.fixture
def aimed(house: Given) -> Given:
    visits = Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000)
    return replace(house, objectives=(visits, Objective(Aim("follows"), WEEK.first, None, 9)))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("edition", Edition)
def test_it_says_all_that_the_report_says(language: str, edition: Edition, make: Any, aimed: Given) -> None:
    report = make(aimed, language=language, edition=edition, comment="Bien joué.")
    found = seen(report)
    text = " ".join(found.text.split())
    figures = [*(one.figure for one in report.tiles), *(one.actual for one in report.aims)]
    figures += [total.figure for chart in report.charts for total in chart.totals]
    figures += [line.figure for family in report.families for line in family.lines]
    said = [report.headline, report.week, report.span, report.comment, *(one.text for one in report.sentences)]
    said += [one.shown for one in figures] + [x.shown for tile in report.tiles for x in tile.changes]
    said += [one.net.shown for one in report.audience] + [one.verdict.shown for one in report.aims]
    assert len(said) > 20
    assert [one for one in said if " ".join(one.split()) not in text] == []
    assert dict(found.tags[0][1]) == {"lang": language}
    assert page(report) == page(report)
    drawings = [attrs for tag, attrs in found.tags if tag == "svg"]
    lines = sum(len(family.lines) for family in report.families)
    assert len(drawings) == len(report.tiles) + len(report.aims) + 2 * len(report.charts) + lines
    assert all(attrs.get("role") == "img" and attrs.get("aria-label") for attrs in drawings)


def test_nothing_runs_and_nothing_is_fetched(make: Any, aimed: Given) -> None:
    html = page(make(aimed, edition=Edition.FULL)).decode()
    tags = {tag for tag, _ in Seen(html).tags}
    assert not tags & {"script", "img", "link", "iframe", "object", "form", "base", "image", "use", "foreignobject"}
    assert set(re.findall(r"url\(([a-z]+)", html)) == {"data"} and "@import" not in html
    assert "default-src 'none'" in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts(text: str, long: Callable[[str], Report]) -> None:
    report = long(text)
    plain, found = seen(long("plain")), seen(report)
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in plain.tags] or not text, "no tag comes of a text"
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]
    assert "\x00" not in found.text and "\x07" not in found.text


@pytest.mark.parametrize(
    ("link", "linked"), [("https://x.com/1", 1), ("javascript:alert(1)", 0), ("data:text/html,x", 0)]
)
def test_only_addresses_of_the_web_are_links(link: str, linked: int, long: Callable[[str], Report]) -> None:
    report = long("plain")
    report = replace(report, best=(replace(report.best[0], link=link),), weakest=())
    hrefs = [attrs["href"] for tag, attrs in seen(report).tags if tag == "a"]
    assert hrefs == [link] * linked
