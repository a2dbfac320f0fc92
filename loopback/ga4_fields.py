"""The dimensions and metrics that the loopback Google Analytics knows, as SQL over its event store."""

from __future__ import annotations

from dataclasses import dataclass

INTEGER, FLOAT, SECONDS, CURRENCY = 1, 2, 4, 9  # of MetricType

PENDING = "(data not available)"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension: its SQL, the table beyond events and sessions it stands in, whether it is of time."""

    sql: str
    category: str
    table: str = ""
    of_time: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: its SQL over the rows of a group, its type; `adds`: a count, which a sample extrapolates.

    `days`: it counts the days before the one shown too.
    """

    sql: str
    type: int = INTEGER
    category: str = "Session"
    adds: bool = True
    days: int = 0
    replaces: tuple[str, ...] = ()


def _time(sql: str) -> Dimension:
    return Dimension(sql, "Time", of_time=True)


def _session(column: str) -> Dimension:
    """What Google knows of a session's source a day or two later only."""
    pending = "'Unassigned'" if column == "channel" else f"'{PENDING}'"
    return Dimension(f"case when settles <= asked then {column} else {pending} end", "Traffic source")


def _user(column: str) -> Dimension:
    return Dimension(column, "Attribution", "visitors")


def _page(sql: str) -> Dimension:
    return Dimension(sql, "Page / screen", "pages")


def _landing(sql: str) -> Dimension:
    return Dimension(sql, "Page / screen", "landings")


def _plain(column: str, category: str = "Geography") -> Dimension:
    return Dimension(column, category)


# The week of a date as Google counts: weeks begin on Sunday, the first holds the first of January.
WEEK = "(dayofyear(shown) + dayofweek(date_trunc('year', shown)) - 1) // 7 + 1"

DIMENSIONS = {
    "date": _time("strftime(shown, '%Y%m%d')"),
    "dateHour": _time("strftime(shown, '%Y%m%d') || strftime(moment, '%H')"),
    "dateHourMinute": _time("strftime(shown, '%Y%m%d') || strftime(moment, '%H%M')"),
    "hour": _time("strftime(moment, '%H')"),
    "day": _time("strftime(shown, '%d')"),
    "dayOfWeek": _time("dayofweek(shown)::varchar"),
    "week": _time(f"lpad(({WEEK})::varchar, 2, '0')"),
    "yearWeek": _time(f"strftime(shown, '%Y') || lpad(({WEEK})::varchar, 2, '0')"),
    "isoWeek": _time("strftime(shown, '%V')"),
    "isoYearIsoWeek": _time("strftime(shown, '%G%V')"),
    "month": _time("strftime(shown, '%m')"),
    "yearMonth": _time("strftime(shown, '%Y%m')"),
    "year": _time("strftime(shown, '%Y')"),
    "sessionDefaultChannelGroup": _session("channel"),
    "sessionPrimaryChannelGroup": _session("channel"),
    "sessionSource": _session("source"),
    "sessionMedium": _session("medium"),
    "sessionCampaignName": _session("campaign"),
    "sessionSourceMedium": _session("source || ' / ' || medium"),
    "sessionManualSource": _session("manual_source"),
    "sessionManualMedium": _session("manual_medium"),
    "sessionManualCampaignName": _session("manual_campaign"),
    "sessionManualTerm": _session("manual_term"),
    "sessionManualAdContent": _session("manual_content"),
    "source": _session("source"),
    "medium": _session("medium"),
    "campaignName": _session("campaign"),
    "defaultChannelGroup": _session("channel"),
    "firstUserDefaultChannelGroup": _user("first_channel"),
    "firstUserPrimaryChannelGroup": _user("first_channel"),
    "firstUserSource": _user("first_source"),
    "firstUserMedium": _user("first_medium"),
    "firstUserCampaignName": _user("first_campaign"),
    "hostName": _page("host"),
    "pagePath": _page("path"),
    "pagePathPlusQueryString": _page("path || query"),
    "pageTitle": _page("title"),
    "fullPageUrl": _page("host || path || query"),
    "pageLocation": _page("'https://' || host || path || query"),
    "pageReferrer": _plain("referrer", "Page / screen"),
    "landingPage": _landing("landing_path"),
    "landingPagePlusQueryString": _landing("landing_path || landing_query"),
    "country": _plain("country"),
    "region": _plain("region"),
    "city": _plain("city"),
    "deviceCategory": _plain("device", "Platform / device"),
    "operatingSystem": _plain("system", "Platform / device"),
    "browser": _plain("browser", "Platform / device"),
    "language": _plain("language", "Platform / device"),
    "newVsReturning": _plain("case when is_first then 'new' else 'returning' end", "User"),
    "eventName": _plain("event", "Event"),
    "isKeyEvent": _plain("case when is_key then 'true' else 'false' end", "Event"),
    "searchTerm": _plain("term", "General"),
    "streamId": _plain("'7654321'", "Platform / device"),
}

ACTIVE = "count(distinct visitor) filter (engaged or event = 'first_visit')"
SESSIONS = "count(distinct session)"
VIEWS = "count(*) filter (event in ('page_view', 'screen_view'))"


def _user_count(sql: str, days: int = 0, replaces: tuple[str, ...] = ()) -> Metric:
    return Metric(sql, INTEGER, "User", True, days, replaces)


def _ratio(top: str, bottom: str, type_: int = FLOAT, category: str = "Session") -> Metric:
    return Metric(f"({top}) / nullif({bottom}, 0)", type_, category, adds=False)


METRICS = {
    "totalUsers": _user_count("count(distinct visitor)"),
    "activeUsers": _user_count(ACTIVE),
    "newUsers": _user_count("count(distinct visitor) filter (event = 'first_visit')"),
    "active1DayUsers": _user_count(ACTIVE, 1),
    "active7DayUsers": _user_count(ACTIVE, 7),
    "active28DayUsers": _user_count(ACTIVE, 28),
    "sessions": Metric(SESSIONS),
    "engagedSessions": Metric(f"{SESSIONS} filter (engaged)"),
    "engagementRate": _ratio(f"{SESSIONS} filter (engaged)", SESSIONS),
    "bounceRate": _ratio(f"{SESSIONS} filter (not engaged)", SESSIONS),
    "sessionsPerUser": _ratio(SESSIONS, ACTIVE),
    "averageSessionDuration": _ratio("sum(lasted) filter (event = 'session_start')", SESSIONS, SECONDS),
    "userEngagementDuration": Metric("round(sum(engagement), 3)", SECONDS, "User"),
    "screenPageViews": Metric(VIEWS, category="Page / screen"),
    "screenPageViewsPerSession": _ratio(VIEWS, SESSIONS, category="Page / screen"),
    "screenPageViewsPerUser": _ratio(VIEWS, ACTIVE, category="Page / screen"),
    "scrolledUsers": _user_count("count(distinct visitor) filter (event = 'scroll')"),
    "eventCount": Metric("count(*)", category="Event"),
    "eventCountPerUser": _ratio("count(*)", ACTIVE, category="Event"),
    "eventsPerSession": _ratio("count(*)", SESSIONS, category="Event"),
    "eventValue": Metric("sum(worth)", FLOAT, "Event"),
    "keyEvents": Metric("count(*) filter (is_key)", FLOAT, "Event", replaces=("conversions",)),
    "sessionKeyEventRate": _ratio(f"{SESSIONS} filter (is_key)", SESSIONS),
    "userKeyEventRate": _ratio("count(distinct visitor) filter (is_key)", ACTIVE, category="User"),
    "totalRevenue": Metric("round(sum(revenue), 6)", CURRENCY, "Revenue"),
    "purchaseRevenue": Metric("round(sum(revenue) filter (event = 'purchase'), 6)", CURRENCY, "Revenue"),
    "transactions": Metric("count(*) filter (event = 'purchase')", category="Ecommerce"),
}
ROLLED = {  # (top, bottom): over days of another length
    "dauPerMau": ("active1DayUsers", "active28DayUsers"),
    "dauPerWau": ("active1DayUsers", "active7DayUsers"),
    "wauPerMau": ("active7DayUsers", "active28DayUsers"),
}
METRICS |= {name: Metric("", FLOAT, "User", adds=False, days=28) for name in ROLLED}

# Of a linked Search Console, over the table `searches`.
ORGANIC_METRICS = {
    "organicGoogleSearchClicks": Metric("sum(clicks)", category="Search Console"),
    "organicGoogleSearchImpressions": Metric("sum(impressions)", category="Search Console"),
    "organicGoogleSearchClickThroughRate": _ratio("sum(clicks)", "sum(impressions)", category="Search Console"),
    "organicGoogleSearchAveragePosition": _ratio(
        "sum(position * impressions)", "sum(impressions)", category="Search Console"
    ),
}
ORGANIC_DIMENSIONS = {
    "landingPagePlusQueryString": "landing",
    "country": "country",
    "deviceCategory": "device",
    "streamId": "'7654321'",
}

# Attribution of key events alone goes by these; most metrics do not go with them.
BARE = {"source", "medium", "campaignName", "defaultChannelGroup"}
NOT_WITH_BARE = {
    "screenPageViews", "eventCount", "newUsers", "userEngagementDuration", "averageSessionDuration",
    "screenPageViewsPerSession", "eventCountPerUser", "eventsPerSession", "scrolledUsers",
}  # fmt: skip


def metrics_of(key_events: tuple[str, ...]) -> dict[str, Metric]:
    """The metrics of a property, with those of each of its key events."""
    own = {}
    for name in key_events:
        this = "event = '" + name.replace("'", "''") + "' and is_key"
        own[f"keyEvents:{name}"] = Metric(f"count(*) filter ({this})", FLOAT, "Event")
        own[f"sessionKeyEventRate:{name}"] = _ratio(f"{SESSIONS} filter ({this})", SESSIONS)
        own[f"userKeyEventRate:{name}"] = _ratio(f"count(distinct visitor) filter ({this})", ACTIVE, category="User")
    return METRICS | own | ORGANIC_METRICS


def current(name: str, known: dict[str, Metric]) -> str:
    """The name of today of a metric that is asked for by a deprecated one."""
    return next((key for key, metric in known.items() if name in metric.replaces), name)


def incompatible(dimensions: list[str], metrics: list[str]) -> str | None:
    """The first field that does not go with the others, as Google says it."""
    organic = [name for name in metrics if name in ORGANIC_METRICS]
    if organic:
        for name in metrics:
            if name not in ORGANIC_METRICS:
                return name
        for name in dimensions:
            if name not in ORGANIC_DIMENSIONS and not DIMENSIONS[name].of_time:
                return name
    if set(dimensions) & BARE:
        return next((name for name in metrics if name in NOT_WITH_BARE), None)
    return None
