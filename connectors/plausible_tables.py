"""The tables of Plausible: those of a site, by day, and those of a dashboard, of its period."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from connectors.base import Column, Source, Table, TableSpec
from connectors.cells import PAGE, TEXT, Kind
from connectors.dates import DATE
from data.model import Finding

Read = Callable[[Table, Source], Iterator[Finding]]

SITE = "site"  # the slice of the whole site
DAY = Column("day", ("date",), DATE, required=True, aside=True)
COUNTS = (
    Column("users", ("visitors", "unique_entrances", "unique_exits", "unique_conversions"), adds=False, required=True),
    Column("sessions", ("visits", "entrances", "total_entrances", "exits", "total_exits")),
    Column("views", ("pageviews",)),
    Column("events", ("events",)),
    Column("key_events", ("total_conversions",)),
)
COUNTED = ("sessions", "views", "events")
AVERAGES = r"rate$|_per_|^visit_duration$|^time_on_page$|^scroll_depth$|^percentage$"
DIRECT = "Direct / None"  # what Plausible calls a source that is empty


ADDRESSES = {"page", "landing_page", "referrer", "link_url", "path"}


def _main(key: str, header: str, empty: str | None = None) -> Column:
    return Column(key, (header,), _kind(key), required=True, may_be_empty=True, empty=empty)


def _kind(key: str) -> Kind:
    return PAGE if key in ADDRESSES else TEXT


# Of the export of a site: the slice, the column that it is of, and those that tell its rows further apart.
IMPORTED = (
    ("source", _main("source", "source", empty=DIRECT),
     ("channel", "referrer", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")),
    ("landing", _main("landing_page", "entry_page"), ()),
    ("exit", _main("page", "exit_page"), ()),
    ("page", _main("page", "page"), ("hostname",)),
    ("event", _main("event", "name"), ("link_url", "path")),
    ("geo", _main("country", "country"), ("region", "city")),
    ("device", _main("device", "device"), ()),
    ("browser", _main("member", "browser"), ("browser_version",)),
    ("operating_system", _main("member", "operating_system"), ("operating_system_version",)),
)  # fmt: skip
OURS = {"channel": "channel", "referrer": "referrer", "utm_campaign": "campaign"}  # of those further columns
# Of the export of a dashboard: the file, the slice, and the column that its names go to.
LISTED = {
    "sources": ("source", "source"), "channels": ("channel", "channel"), "referrers": ("referrer", "referrer"),
    "utm_mediums": ("utm_medium", "member"), "utm_sources": ("utm_source", "member"),
    "utm_campaigns": ("campaign", "campaign"), "utm_contents": ("utm_content", "member"),
    "utm_terms": ("utm_term", "member"), "pages": ("page", "page"), "entry_pages": ("landing", "landing_page"),
    "exit_pages": ("exit", "page"), "countries": ("geo", "country"), "regions": ("region", "member"),
    "cities": ("city", "city"), "browsers": ("browser", "member"), "browser_versions": ("browser_version", "member"),
    "operating_systems": ("operating_system", "member"), "devices": ("device", "device"),
    "operating_system_versions": ("operating_system_version", "member"), "conversions": ("event", "event"),
}  # fmt: skip
# Headers that one of these files alone has.
TELLING = {
    "time_on_page": "pages", "unique_entrances": "entry_pages", "unique_exits": "exit_pages",
    "unique_conversions": "conversions",
}  # fmt: skip


def specs(read: Read) -> tuple[TableSpec, ...]:
    """Every table, with what reads it; its key is its slice."""
    dimensions = tuple(header for _, main, beside in IMPORTED for header in (*main.headers, *beside))
    properties = (_main("member", "property"), Column("value", ("value",), TEXT, required=True, aside=True), *COUNTS)
    return (
        *(_imported(read, *each) for each in IMPORTED),
        TableSpec("web", (DAY, *COUNTS), read, key=SITE, daily=True, hints=("bounces",), refuses=dimensions),
        TableSpec("web", (DAY, *COUNTS), read, key=SITE, daily=True, hints=("bounce_rate",), refuses=dimensions,
                  ignores=AVERAGES),
        TableSpec("web", properties, read, key="property", hints=("events",), refuses=("date",), ignores=AVERAGES),
        *(_listed(read, *each) for each in dict.fromkeys(LISTED.values())),
    )  # fmt: skip


def _imported(read: Read, slice_: str, main: Column, beside: tuple[str, ...]) -> TableSpec:
    more = [Column(OURS.get(h, h), (h,), _kind(h), aside=h not in OURS) for h in beside]
    columns = (main, DAY, *more, *COUNTS)
    return TableSpec("web", columns, read, key=slice_, daily=True, hints=COUNTED, refuses=("bounce_rate",))


def _listed(read: Read, slice_: str, key: str) -> TableSpec:
    columns = (_main(key, "name"), Column("version", ("version",), TEXT, aside=True), *COUNTS)
    return TableSpec("web", columns, read, key=slice_, refuses=("date",), ignores=AVERAGES)
