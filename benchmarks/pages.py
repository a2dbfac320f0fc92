"""How long the queries behind each page take, over how many years of figures.

    .venv/bin/python -m benchmarks.pages [--years 1 3 10] [--scale 1.0]

Builds an invented warehouse of each age, runs what each page asks of it, warm, and prints the median in
milliseconds beside a raw scan of one column of each table that the page reads. The aim: every page within 50 ms,
whatever the years.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import duckdb

from benchmarks.warehouse import LAST, build
from data.model import Window
from data.store import READER
from metrics import slices
from metrics.audience import followers, follows, growth_rate, net_follows, profile_visits, unfollow_rate, unfollows
from metrics.conversions import key_event_rate, key_events, revenue, revenue_per_visit, user_key_event_rate
from metrics.engagement import (
    clicks_on_links,
    engagement_rate,
    engagement_rate_by_views,
    interactions,
    interactions_in_period,
)
from metrics.engine import read
from metrics.facts import spans
from metrics.hours import hours
from metrics.links import linking_sites
from metrics.lists import Slice, histories, kinds, lists, members, posts
from metrics.model import Source
from metrics.origins import origins
from metrics.posts import impressions, interactions_per_post, posts_published, views
from metrics.reading import EVERYTHING, Scope
from metrics.search import brand_share, click_rate, hidden_share, position, search_clicks, search_impressions
from metrics.tiles import tiles
from metrics.traffic import (
    engaged_share,
    new_visitors,
    page_views,
    returning_visitors,
    sessions,
    time_per_visit,
    visitors,
)  # fmt: skip
from metrics.turnover import seen, turnover
from metrics.windows import days, run, week, year_before

AIM = 50.0
FLAT = 1.5  # times as long over all the years as over the fewest
RUNS = 7
WEEK = week(LAST)
SIX_WEEKS = Window(LAST - timedelta(days=41), LAST)
BROUGHT = (sessions, engaged_share, key_events)
RESULTS = (key_events, key_event_rate, sessions, revenue)
FROM = [
    slices.channels(sessions, visitors, engaged_share, key_events),
    slices.sources(*BROUGHT), slices.campaigns(*BROUGHT),
]  # fmt: skip
READ = [slices.pages(page_views, visitors), slices.landings(*BROUGHT)]
WHO = [
    slices.new_or_returning(sessions, visitors, engaged_share),
    slices.countries(sessions, engaged_share), slices.devices(sessions, engaged_share, time_per_visit),
]  # fmt: skip
LED = [
    slices.channels(key_events, key_event_rate, user_key_event_rate, sessions, revenue),
    slices.campaigns(*RESULTS), slices.landings(*RESULTS), slices.key_events_by_channel(key_events),
    slices.pages_with_key_events(key_events), slices.key_events_by_name(key_events),
    slices.new_or_returning(sessions, visitors, user_key_event_rate),
]  # fmt: skip
FOUND = (search_clicks, search_impressions, click_rate, position)
SEARCHED = [Slice(Source.SEARCH, name, name, FOUND) for name in ("page", "country", "device")]
BRAND = Scope(words=("query 1",))

Cursor = duckdb.DuckDBPyConnection


def this_week(cursor: Cursor) -> None:
    figures = (visitors, sessions, time_per_visit, interactions_in_period, engagement_rate, net_follows, key_events)
    tiles(cursor, figures, WEEK)
    read(cursor, [sessions], [*days(SIX_WEEKS), *days(year_before(SIX_WEEKS))])
    posts(cursor, [interactions, engagement_rate], WEEK, limit=5)


def posts_page(cursor: Cursor) -> None:
    columns = (interactions, engagement_rate, impressions, views, engagement_rate_by_views, clicks_on_links)
    kinds(cursor, WEEK)
    tiles(cursor, (posts_published, interactions, interactions_per_post, engagement_rate), WEEK)
    histories(cursor, interactions, posts(cursor, columns, WEEK, limit=200))


def audience(cursor: Cursor) -> None:
    figures = (net_follows, follows, unfollows, followers, growth_rate, unfollow_rate, profile_visits)
    tiles(cursor, figures, WEEK)
    past = run(WEEK, 26)
    read(cursor, (follows, unfollows, net_follows), past)
    read(cursor, (follows, net_follows), days(Window(past[0].first, WEEK.last)))


def traffic(cursor: Cursor) -> None:
    figures = (visitors, new_visitors, returning_visitors, sessions, time_per_visit, engaged_share, page_views)
    tiles(cursor, figures, WEEK)
    read(cursor, [sessions], [*days(SIX_WEEKS), *days(year_before(SIX_WEEKS))])
    lists(cursor, [(FROM[0], 12), (READ[0], 16)], WEEK)
    lists(cursor, [(slice_, 16) for slice_ in FROM[1:]], WEEK)


def traffic_read(cursor: Cursor) -> None:
    members(cursor, READ[1], WEEK, limit=16)


def traffic_links(cursor: Cursor) -> None:
    members(cursor, linking_sites, WEEK, limit=16)
    seen(cursor, linking_sites, WEEK.last)


def traffic_who(cursor: Cursor) -> None:
    hours(cursor, Window(LAST - timedelta(days=55), LAST))
    lists(cursor, [(slice_, 10) for slice_ in WHO], WEEK)


def searches(cursor: Cursor) -> None:
    tiles(cursor, FOUND, WEEK, BRAND)
    tiles(cursor, (hidden_share, brand_share), WEEK, BRAND)
    turnover(cursor, Slice(Source.SEARCH, "query", "query", FOUND), WEEK, BRAND)
    lists(cursor, [(slice_, 12) for slice_ in SEARCHED], WEEK, BRAND)


def conversions(cursor: Cursor) -> None:
    figures = (key_events, key_event_rate, user_key_event_rate, revenue, revenue_per_visit, sessions, visitors)
    tiles(cursor, figures, WEEK)
    read(cursor, [key_events], [*days(SIX_WEEKS), *days(year_before(SIX_WEEKS))])
    lists(cursor, [(slice_, 12) for slice_ in LED], WEEK)


def behind_a_figure(cursor: Cursor) -> None:
    origins(cursor, interactions, WEEK, EVERYTHING)


# The page, what it asks, and the columns of the tables that it reads.
PAGES: Mapping[str, tuple[Callable[[Cursor], object], tuple[str, ...]]] = {
    "frame": (spans, ()),
    "week": (this_week, ("web.sessions", "account_days.follows", "posts.reactions")),
    "posts": (posts_page, ("posts.reactions", "ledger.posts.reactions")),
    "audience": (audience, ("account_days.follows",)),
    "traffic": (traffic, ("web.sessions",)),
    " read": (traffic_read, ("web.sessions",)),
    " links": (traffic_links, ("web.sessions",)),
    " who": (traffic_who, ("web.sessions",)),
    "searches": (searches, ("search.clicks",)),
    "conversions": (conversions, ("web.key_events",)),
    "origins": (behind_a_figure, ("posts.reactions", "ledger.posts.reactions")),
}


@dataclass(frozen=True)
class Taken:
    """Milliseconds of a page's queries, and of a raw scan of its tables."""

    page: float
    scan: float


def scan(cursor: Cursor, columns: tuple[str, ...]) -> None:
    for column in columns:
        table, _, name = column.rpartition(".")
        cursor.execute(f"select sum({name}) from {table}").fetchall()


def milliseconds(asked: Callable[[Cursor], Any], cursor: Cursor) -> float:
    """The median of several runs, after one that warms up."""
    asked(cursor)
    taken = []
    for _ in range(RUNS):
        start = perf_counter()
        asked(cursor)
        taken.append((perf_counter() - start) * 1000)
    return median(taken)


def measure(years: int, scale: float, folder: Path) -> dict[str, Taken]:
    """What each page takes over a warehouse of some years."""
    path = folder / f"{years}.duckdb"
    start = perf_counter()
    rows = build(path, years, scale)
    print(f"{years} years: {path.stat().st_size / 1e6:.0f} MB, built in {perf_counter() - start:.0f} s")
    print("   " + ", ".join(f"{name} {count:,}" for name, count in rows.items()))
    with duckdb.connect(str(path), read_only=True, config=READER) as cursor:
        taken = {
            name: Taken(milliseconds(asked, cursor), milliseconds(lambda c, of=columns: scan(c, of), cursor))
            for name, (asked, columns) in PAGES.items()
        }
    path.unlink()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--scale", type=float, default=1.0, help="1.0: a million rows of web a year")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = {years: measure(years, asked.scale, Path(folder)) for years in asked.years}
    print("\n" + f"{'':10}" + "".join(f"{f'{y} years':>12}{'raw scan':>10}" for y in found) + f"{'growth':>10}")
    first, last = found[min(found)], found[max(found)]
    failed = []
    for name in PAGES:
        growth = last[name].page / first[name].page
        row = "".join(f"{taken[name].page:12.1f}{taken[name].scan:10.1f}" for taken in found.values())
        print(f"{name:10}{row}{growth:10.2f}")
        if last[name].page > AIM or growth > FLAT:
            failed.append(name)
    print(f"\nAim: {AIM:.0f} ms a page, and at most {FLAT} times as long over all the years as over the fewest.")
    print(f"Missed by: {', '.join(failed)}." if failed else "Met by every page.")


if __name__ == "__main__":
    main()
