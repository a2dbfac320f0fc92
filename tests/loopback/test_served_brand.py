"""The demo as a property of Google Analytics: the visits its exports tell, and the command that asks for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from data import demo
from data.demo.networks import NETWORKS
from data.demo.posts import follow_life
from data.demo.story import tell
from data.demo.traffic import observe
from data.store import brands, open_brand
from loopback import brand
from loopback.ga4_browsing import made_up
from loopback.ga4_site import Site
from vigie import main

NOW = datetime(2026, 11, 26, 15)  # a Thursday


@pytest.fixture(scope="module")
def site() -> Site:
    return brand.brand_site(NOW)


def test_its_visits_are_those_of_the_story_by_day_and_source(site: Site) -> None:
    story = tell(NOW.date(), 7)
    traffic = observe(story, {network.key: follow_life(story, network, 7) for network in NETWORKS}, 7)
    counted = site.con.execute("select began::date, channel, count(*) from sessions group by all").fetchall()
    found = {(day, channel): number for day, channel, number in counted}
    told: dict[tuple[date, str], int] = {}
    for source, numbers in zip(traffic.sources, traffic.sessions, strict=True):
        for day, number in zip(story.days, numbers.tolist(), strict=True):
            told[day, source.channel] = told.get((day, source.channel), 0) + number
    assert {key: number for key, number in found.items() if key[0] <= story.last} == {
        k: n for k, n in told.items() if n
    }
    assert not [day for day, _ in found if day in story.outage]


def test_it_goes_on_from_the_end_of_the_story_to_today(site: Site) -> None:
    story = tell(NOW.date(), 7)
    days = site.con.execute("select began::date, count(*) from sessions group by 1 order by 1").fetchall()
    later = [number for day, number in days if day > story.last]
    assert [day for day, _ in days][-1] == NOW.date() and len(later) == 4
    before = [number for day, number in days if story.last - timedelta(7) < day <= story.last - timedelta(3)]
    assert np.allclose(later, before, rtol=0.2)


def test_what_was_looked_at_changes_with_the_story(site: Site) -> None:
    views = "select path, count(*) from events join pages using (page) where event = 'page_view' and day {} group by 1"
    lamps = tell(NOW.date(), 7).campaigns[-1]
    during = dict(site.con.execute(views.format(f"between '{lamps.first}' and '{lamps.last}'")).fetchall())
    before = dict(site.con.execute(views.format(f"< '{lamps.first - timedelta(90)}'")).fetchall())
    page = "/festival-des-lucioles/"
    assert during[page] / sum(during.values()) > 2 * before[page] / sum(before.values())


def test_the_command_connects_fetches_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))
    small: Callable[[datetime], Site] = lambda now: made_up(now.date(), days=9, a_day=10, number=brand.PROPERTY)  # noqa: E731
    monkeypatch.setattr(brand, "brand_site", small)
    since = (date.today() - timedelta(5)).isoformat()
    assert main(["demo", "--ga4", "--since", since, "--lang", "en"]) == 0
    said = capfd.readouterr().out
    assert said.index("Property 420042042 answers") < said.index("new answers: ") < said.rindex("new answers: 0")
    assert [each.slug for each in brands()] == [demo.ASKED]
    assert {account.network for account in open_brand(demo.ASKED).accounts()} == {"ga4"}
