"""The event store behind the loopback Google Analytics: a property, its visits, and what happened in each.

Moments are local to the property. An event is seen from its `seen` on, so that the newest days fill up late, and the
source of a session is known from its `settles` on, as Google's are.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd

NOT_SET = "(not set)"
NONE = "(none)"
HOST = "www.labruissiere.example"


@dataclass(frozen=True, slots=True)
class Hit:
    """One event of a visit, some seconds after it began."""

    event: str = "page_view"
    path: str = "/"
    after: float = 0
    title: str = "La Bruissière"
    query: str = ""
    host: str = HOST
    referrer: str = ""
    engagement: float = 0  # seconds
    worth: float = 0
    revenue: float = 0
    term: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A session: whose, since when, where from, on what, and its events.

    `session_start` comes by itself, and so does `first_visit` in the first session of a visitor.
    """

    visitor: int
    began: datetime
    hits: tuple[Hit, ...] = (Hit(),)
    engaged: bool = True
    channel: str = "Direct"
    source: str = "(direct)"
    medium: str = NONE
    campaign: str = "(direct)"
    manual_source: str = NOT_SET
    manual_medium: str = NOT_SET
    manual_campaign: str = NOT_SET
    manual_term: str = NOT_SET
    manual_content: str = NOT_SET
    country: str = "France"
    region: str = "Brittany"
    city: str = "Orvaine"
    device: str = "mobile"
    system: str = "Android"
    browser: str = "Chrome"
    language: str = "French"
    seen_after: timedelta = timedelta(hours=4)
    settles_after: timedelta = timedelta(hours=30)


@dataclass(frozen=True, slots=True)
class SearchDay:
    """What a linked Search Console says of a landing page on a day, in a country, on a device."""

    day: date
    landing: str
    country: str
    device: str
    clicks: int
    impressions: int
    position: float


@dataclass(slots=True)
class Site:
    """A property: its number, its settings, the clock it is asked at, and its tables.

    `sessions`, `events` and `pages` are frames with the columns of TABLES; visitors are worked out. Where no Search
    Console is linked, `searches` is None.
    """

    sessions: pd.DataFrame
    events: pd.DataFrame
    pages: pd.DataFrame
    now: datetime
    number: str = "123456789"
    zone: str = "Europe/Paris"
    currency: str = "EUR"
    key_events: tuple[str, ...] = ("purchase", "sign_up")
    searches: Sequence[SearchDay] | None = None
    con: duckdb.DuckDBPyConnection = field(init=False, repr=False)
    changing: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute("set threads = 2")
        for name, frame in (("sessions", self.sessions), ("events", self.events), ("pages", self.pages)):
            self.con.register("given", frame)
            self.con.execute(f"create table {name} as select {TABLES[name]} from given").fetchall()
            self.con.unregister("given")
        self.con.execute(VISITORS).fetchall()
        self.con.execute(SEARCHES).fetchall()
        for day in self.searches or ():
            values = [day.day, day.landing, day.country, day.device, day.clicks, day.impressions, day.position]
            self.con.execute("insert into searches values (?, ?, ?, ?, ?, ?, ?)", values).fetchall()

    @property
    def clock(self) -> datetime:
        """The moment the site is made for, with its zone."""
        return self.now.replace(tzinfo=ZoneInfo(self.zone))

    def reattribute(self, since: date, channel: str, to: tuple[str, str, str, str], until: date = date.max) -> None:
        """Gives every other session of a channel to another (source, medium, campaign, channel), as Google does
        for days after the visits."""
        with self.changing:
            self.con.cursor().execute(
                "update sessions set source = ?, medium = ?, campaign = ?, channel = ? "
                "where began::date between ? and ? and channel = ? and session % 2 = 0",
                [*to, since, until, channel],
            ).fetchall()


TABLES = {
    "sessions": """session::bigint as session, visitor::bigint as visitor, began::timestamp as began,
        engaged::boolean as engaged, is_first::boolean as is_first, settles::timestamp as settles,
        channel::varchar as channel, source::varchar as source, medium::varchar as medium,
        campaign::varchar as campaign, manual_source::varchar as manual_source, manual_medium::varchar as manual_medium,
        manual_campaign::varchar as manual_campaign, manual_term::varchar as manual_term,
        manual_content::varchar as manual_content, landing::integer as landing, lasted::double as lasted,
        country::varchar as country, region::varchar as region, city::varchar as city, device::varchar as device,
        system::varchar as system, browser::varchar as browser, language::varchar as language""",
    "events": """session::bigint as session, moment::timestamp as moment, moment::date as day, seen::timestamp as seen,
        event, page::integer as page, referrer, is_key::boolean as is_key, worth::double as worth,
        revenue::double as revenue, engagement::double as engagement, term""",
    "pages": """page::integer as page, host::varchar as host, path::varchar as path, query::varchar as query,
        title::varchar as title""",
}
VISITORS = """create table visitors as
    select visitor, arg_min(channel, (began, session)) as first_channel,
        arg_min(source, (began, session)) as first_source, arg_min(medium, (began, session)) as first_medium,
        arg_min(campaign, (began, session)) as first_campaign
    from sessions group by visitor"""
SEARCHES = """create table searches (day date, landing varchar, country varchar, device varchar,
    clicks bigint, impressions bigint, position double)"""

EXPANDED = ("hits", "seen_after", "settles_after")


def site_of(visits: Iterable[Visit], now: datetime, **settings) -> Site:
    """The property of some visits, told one by one."""
    told = sorted(visits, key=lambda visit: visit.began)
    key_events = settings.get("key_events", ("purchase", "sign_up"))
    pages: dict[tuple[str, str, str, str], int] = {}
    sessions, events, known = [], [], set()
    for number, visit in enumerate(told, 1):
        is_first = visit.visitor not in known
        known.add(visit.visitor)
        opening = visit.hits[0]
        page = [pages.setdefault((h.host, h.path, h.query, h.title), len(pages)) for h in visit.hits]
        row = {key: getattr(visit, key) for key in Visit.__slots__ if key not in EXPANDED}
        sessions.append(
            row
            | {
                "session": number, "is_first": is_first, "landing": page[0],
                "settles": visit.began + visit.settles_after, "lasted": max(hit.after for hit in visit.hits),
            }
        )  # fmt: skip
        starts = [Hit("session_start", referrer=opening.referrer)]
        starts += [Hit("first_visit", referrer=opening.referrer)] if is_first else []
        for hit, place in [*((start, page[0]) for start in starts), *zip(visit.hits, page, strict=True)]:
            moment = visit.began + timedelta(seconds=hit.after)
            events.append(
                {
                    "session": number, "moment": moment, "seen": moment + visit.seen_after, "event": hit.event,
                    "page": place, "referrer": hit.referrer, "is_key": hit.event in key_events, "worth": hit.worth,
                    "revenue": hit.revenue, "engagement": hit.engagement, "term": hit.term,
                }
            )  # fmt: skip
    places = [dict(zip(("host", "path", "query", "title"), each, strict=True)) for each in pages]
    return Site(
        pd.DataFrame(sessions, columns=[*SESSION_COLUMNS]),
        pd.DataFrame(events, columns=[*EVENT_COLUMNS]),
        pd.DataFrame([{"page": n, **each} for n, each in enumerate(places)], columns=[*PAGE_COLUMNS]),
        now,
        **settings,
    )


SESSION_COLUMNS = (
    "session", "visitor", "began", "engaged", "is_first", "settles", "channel", "source", "medium", "campaign",
    "manual_source", "manual_medium", "manual_campaign", "manual_term", "manual_content", "landing", "lasted",
    "country", "region", "city", "device", "system", "browser", "language",
)  # fmt: skip
EVENT_COLUMNS = (
    "session", "moment", "seen", "event", "page", "referrer", "is_key", "worth", "revenue", "engagement", "term",
)  # fmt: skip
PAGE_COLUMNS = ("page", "host", "path", "query", "title")
