"""What is asked of Google Analytics: each report with its dimensions, its measures, and what of it may be added.

People are in no report that is added up. They are asked again for each week, month and period that is shown, and the
breakdowns of many rows hold none, as a measure of people may have another table answer for its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Grain(Enum):
    """What a row of a report counts."""

    DAY = "day"
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"
    PERIOD = "period"  # the whole of a span that is named in the request


class Adds(Enum):
    """How a measure adds up over the rows of a report."""

    EXACTLY = "exactly"
    NEARLY = "nearly"  # visits: counted by a sketch, and one that runs over midnight counts on both days
    NEVER = "never"  # people, rates and means


@dataclass(frozen=True)
class Report:
    """A question to Google Analytics, and the slice of the web that its answer is.

    `only`: the value that a dimension must have. `elsewhere`: a dimension that may not hold a host of the site.
    `filled`: a dimension that has to say something. `apart`: visits do not add up over the rows, as one visit to two
    pages or two hosts stands in both. `page`: rows asked at a time. `top`: how many rows are wanted at most, those
    with the most of the first metric. `recent`: days before today that it goes back to. `optional`: not every
    property can answer it.
    """

    name: str
    slice: str
    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    grain: Grain = Grain.DAY
    only: tuple[str, str] | None = None
    elsewhere: str = ""
    filled: str = ""
    apart: bool = False
    page: int = 100_000
    top: int | None = None
    recent: int | None = None
    optional: bool = False

    def adds(self, metric: str) -> Adds:
        """How a metric of this report adds up over its rows."""
        if metric in EXACT:
            return Adds.EXACTLY
        return Adds.NEARLY if metric in VISITS and not self.apart else Adds.NEVER


VISITS = ("sessions", "engagedSessions")
EXACT = (
    "userEngagementDuration", "screenPageViews", "eventCount", "keyEvents", "totalRevenue", "eventValue", "newUsers",
    "organicGoogleSearchClicks", "organicGoogleSearchImpressions",
)  # fmt: skip
SPAN = {Grain.DAY: "date", Grain.HOUR: "dateHour", Grain.WEEK: "isoYearIsoWeek", Grain.MONTH: "yearMonth"}

CHANNEL = "sessionDefaultChannelGroup"
# Of the visits, or of the people, the share with a key event; they tell how many these were.
VISIT_RATE, PEOPLE_RATE = "sessionKeyEventRate", "userKeyEventRate"
SITE = (
    "sessions", "engagedSessions", "userEngagementDuration", "screenPageViews", "eventCount", "keyEvents",
    "totalRevenue", "newUsers", "totalUsers", "activeUsers",
)  # fmt: skip
PEOPLE = ("totalUsers", "activeUsers", "newUsers", "sessions", "engagedSessions", PEOPLE_RATE)
OF_CHANNEL = ("totalUsers", "activeUsers", "newUsers", PEOPLE_RATE)
RETURNED = ("activeUsers", "sessions", "engagedSessions", PEOPLE_RATE)
VISITED = ("sessions", "engagedSessions", "screenPageViews", "keyEvents", "newUsers")

# By day: asked for the same spans, and kept together.
DAILY = (
    Report("site_day", "site", ("date",), SITE),
    Report("site_rolling", "rolling", ("date",), (
        "active1DayUsers", "active7DayUsers", "active28DayUsers", "dauPerMau", "dauPerWau", "wauPerMau",
        VISIT_RATE, PEOPLE_RATE, "averageSessionDuration", "bounceRate")),
    Report("site_hour", "hour", ("dateHour",), ("sessions", "screenPageViews", "eventCount", "keyEvents"),
           Grain.HOUR, recent=14),
    # Ten measures are all that one question holds: the visits with a key event go before the number of events.
    Report("channel_day", "channel", ("date", CHANNEL), (*SITE[:4], *SITE[5:], VISIT_RATE)),
    Report("source_day", "source", ("date", CHANNEL, "sessionSource", "sessionMedium", "sessionCampaignName"),
           (*SITE[:7], VISIT_RATE)),
    Report("utm_day", "utm", (
        "date", "sessionManualSource", "sessionManualMedium", "sessionManualCampaignName", "sessionManualTerm",
        "sessionManualAdContent"), ("sessions", "engagedSessions", "keyEvents", "totalRevenue", VISIT_RATE)),
    Report("first_user_day", "first_user", (
        "date", "firstUserDefaultChannelGroup", "firstUserSource", "firstUserMedium"),
        ("newUsers", "sessions", "engagedSessions", "keyEvents")),
    Report("landing_day", "landing", ("date", "hostName", "landingPage", CHANNEL),
           ("sessions", "engagedSessions", "userEngagementDuration", "keyEvents", "newUsers", VISIT_RATE),
           apart=True, page=250_000),
    Report("page_day", "page", ("date", "hostName", "pagePath"),
           ("screenPageViews", "userEngagementDuration", "eventCount", "keyEvents"), page=250_000),
    Report("referrer_day", "referrer", ("date", "pageReferrer"), ("screenPageViews",), elsewhere="pageReferrer"),
    Report("geo_day", "geo", ("date", "country", "region", "city"), VISITED),
    Report("device_day", "device", ("date", "deviceCategory", "operatingSystem", "browser"), VISITED),
    Report("newret_day", "new_returning", ("date", "newVsReturning"),
           ("sessions", "engagedSessions", "screenPageViews", "activeUsers")),
    Report("event_day", "event", ("date", "eventName", "isKeyEvent"),
           ("eventCount", "keyEvents", "eventValue", "totalRevenue")),
    Report("key_event_channel_day", "channel+event", ("date", CHANNEL, "eventName"), ("keyEvents", "eventCount"),
           only=("isKeyEvent", "true")),
    Report("site_search", "site_search", ("date", "searchTerm"), ("eventCount",), filled="searchTerm", optional=True),
    Report("gsc_landing", "gsc_landing", ("date", "landingPagePlusQueryString"), (
        "organicGoogleSearchClicks", "organicGoogleSearchImpressions", "organicGoogleSearchClickThroughRate",
        "organicGoogleSearchAveragePosition"), optional=True),
)  # fmt: skip

# The first states the visits of a day, the second the share of them with a key event: an answer holds both or neither.
PAIR = ("site_day", "site_rolling")

# Whole weeks and months, and spans that are named: people are exact there, and are added nowhere.
PERIODIC = (
    Report("site_week", "site", ("isoYearIsoWeek",), PEOPLE, Grain.WEEK),
    Report("site_month", "site", ("yearMonth",), PEOPLE, Grain.MONTH),
    Report("channel_week", "channel", ("isoYearIsoWeek", CHANNEL), OF_CHANNEL, Grain.WEEK),
    Report("channel_month", "channel", ("yearMonth", CHANNEL), OF_CHANNEL, Grain.MONTH),
    Report("newret_week", "new_returning", ("isoYearIsoWeek", "newVsReturning"), RETURNED, Grain.WEEK),
    Report("newret_month", "new_returning", ("yearMonth", "newVsReturning"), RETURNED, Grain.MONTH),
    Report("page_users_month", "page_users", ("yearMonth", "hostName", "pagePath"),
           ("screenPageViews", "totalUsers", "sessions"), Grain.MONTH, apart=True, top=5_000),
    Report("page_title", "page_title", ("hostName", "pagePath", "pageTitle"), ("screenPageViews",), Grain.PERIOD,
           top=5_000),
)  # fmt: skip
# People of spans that are named, up to four in a request.
NAMED = (
    Report("users_period", "site", (), PEOPLE, Grain.PERIOD),
    Report("channel_period", "channel", (CHANNEL,), OF_CHANNEL, Grain.PERIOD),
    Report("newret_period", "new_returning", ("newVsReturning",), RETURNED, Grain.PERIOD),
)

BY_NAME: Mapping[str, Report] = {report.name: report for report in (*DAILY, *PERIODIC, *NAMED)}

# The column of the table `web` that each name of Google stands for. What has none is kept under Google's own name.
COLUMNS: Mapping[str, str] = {
    CHANNEL: "channel", "firstUserDefaultChannelGroup": "channel",
    "sessionCampaignName": "campaign", "sessionManualCampaignName": "campaign",
    "sessionManualTerm": "term", "sessionManualAdContent": "content",
    "hostName": "host", "landingPage": "landing_page", "landingPagePlusQueryString": "landing_page",
    "pagePath": "page", "pageTitle": "title", "pageReferrer": "referrer",
    "country": "country", "region": "region", "city": "city",
    "deviceCategory": "device", "operatingSystem": "system", "browser": "browser",
    "newVsReturning": "member", "isKeyEvent": "member", "eventName": "event", "searchTerm": "term",
    "sessions": "sessions", "engagedSessions": "engaged_sessions", "userEngagementDuration": "engagement_seconds",
    "screenPageViews": "views", "eventCount": "events", "keyEvents": "key_events", "totalRevenue": "revenue",
    "newUsers": "new_users", "totalUsers": "total_users", "activeUsers": "users",
}  # fmt: skip
# Source and medium make one column, as the files of Google Analytics print them: google / organic.
SOURCES: Mapping[str, str] = {
    "sessionSource": "sessionMedium",
    "sessionManualSource": "sessionManualMedium",
    "firstUserSource": "firstUserMedium",
}
ADDRESSES = ("landing_page", "page", "referrer")  # of their queries only utm_… is kept
