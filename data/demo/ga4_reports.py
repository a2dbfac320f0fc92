"""Google Analytics 4, web interface, English: two standard reports of the last month, without days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.demo.cadence import Period, loosely
from data.demo.files import DemoExport, table
from data.demo.ga4 import RULE, Row, last_month
from data.demo.measured import Measured, deduplicated
from data.demo.story import Story
from data.demo.traffic import Traffic
from data.demo.words import NAME
from data.model import Answers

PAGES = (
    "Page path and screen class", "Views", "Active users", "Views per active user",
    "Average engagement time per active user", "Event count", "Key events", "Total revenue",
)  # fmt: skip
CHANNEL = "Session primary channel group (Default channel group)"
CHANNELS = (CHANNEL, "Sessions", "Engaged sessions", "Engagement rate", "Key events", "Total revenue")


def exports(story: Story, traffic: Traffic) -> Iterator[DemoExport]:
    """The pages and the channels of the last whole month."""
    month = last_month(Period(story.first, story.last, loosely(story)[-1].made))
    seen = Measured(story, traffic, month)
    name = "Pages_and_screens_Page_path_and_screen_class.csv"
    yield _report(name, f"Pages and screens: {PAGES[0]}", month, PAGES, list(_pages(seen)))
    name = f"Traffic_acquisition_{CHANNEL.replace(' ', '_')}.csv"
    yield _report(name, f"Traffic acquisition: {CHANNEL}", month, CHANNELS, list(_channels(seen)))


def _report(name: str, title: str, period: Period, header: Row, rows: Sequence[Row]) -> DemoExport:
    head = (
        RULE, f"# {title}", f"# Account: {NAME}", f"# Property: {NAME}", RULE, "# ", "# All Users",
        f"# Start date: {period.first:%Y%m%d}", f"# End date: {period.last:%Y%m%d}", "",
    )  # fmt: skip
    largest_first = sorted(rows, key=lambda row: -row[1])
    text = "\n".join(head) + table([header, *largest_first])
    return DemoExport(name, text.removesuffix("\n").encode(), Answers(as_of=period.made))


def _pages(seen: Measured) -> Iterator[Row]:
    for page, views in zip(seen.traffic.pages, seen.by_page.sum(axis=1).tolist(), strict=True):
        if users := deduplicated(views * 3 // 4, seen.period.days):
            sold = page == "/billetterie/"  # the one page where a purchase ends
            results = (int(seen.purchases.sum()), float(seen.revenue.sum())) if sold else (0, 0)
            yield page, views, users, views / users, views * 21 / users, views * 3, *results


def _channels(seen: Measured) -> Iterator[Row]:
    whole, key_events, revenue = (float(each.sum()) for each in (seen.sessions, seen.key_events, seen.revenue))
    for channel in dict.fromkeys(source.channel for source in seen.traffic.sources):
        own = [n for n, source in enumerate(seen.traffic.sources) if source.channel == channel]
        if sessions := int(seen.by_source[own].sum()):
            engaged, share = sessions * 57 // 100, sessions / whole
            results = int(key_events * share), round(revenue * share, 2)
            yield channel, sessions, engaged, engaged / sessions, *results
