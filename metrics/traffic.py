"""Traffic of the web site: visitors, visits, time."""

from __future__ import annotations

from metrics.model import N_, Example, Good, Metric, Source, Unit

GA4 = {"ga4": "https://support.google.com/analytics/answer/12798876"}

visitors = Metric(
    key="visitors",
    name=N_("Visitors"),
    reads=Source.WEB,
    unit=Unit.COUNT,
    good=Good.UP,
    top="exact(users)",
    theirs=GA4,
    says=N_("How many people visited the site in the period (active users)."),
    careful=N_("Asked of the source for exactly this period: the visitors of seven days never add up to a week's."),
    example=Example(rows=({"users": 40}, {"users": 55}, {"users": 80, "whole_window": True}), gives=80, days=2),
)

sessions = Metric(
    key="sessions",
    name=N_("Visits"),
    reads=Source.WEB,
    unit=Unit.COUNT,
    good=Good.UP,
    top="sessions",
    theirs=GA4,
    says=N_("How many visits (sessions) the site received."),
    careful=N_("A visit ends after 30 minutes without activity. Visitors who refuse the tracker are not counted."),
    example=Example(rows=({"sessions": 50}, {"sessions": 70}), gives=120, days=2),
)

time_per_visit = Metric(
    key="time_per_visit",
    name=N_("Time per visit"),
    reads=Source.WEB,
    unit=Unit.SECONDS,
    good=Good.UP,
    top="engagement_seconds",
    bottom="sessions",
    theirs=GA4,
    says=N_("For how long the site was in the foreground, per visit."),
    careful=N_("A mean: a few very long visits lift it. Per visitor it is longer than per visit."),
    example=Example(
        rows=({"engagement_seconds": 3000, "sessions": 50}, {"engagement_seconds": 4800, "sessions": 80}),
        gives=60,
        days=2,
    ),
)

engaged_share = Metric(
    key="engaged_share",
    name=N_("Engaged visits"),
    reads=Source.WEB,
    unit=Unit.PERCENT,
    good=Good.UP,
    top="engaged_sessions",
    bottom="sessions",
    theirs=GA4,
    says=N_("The share of visits of more than 10 seconds, or with a key event, or of two pages or more."),
    careful=N_("The bounce rate is what remains of 100%."),
    example=Example(rows=({"engaged_sessions": 30, "sessions": 50},), gives=0.6, days=1),
)

page_views = Metric(
    key="page_views",
    name=N_("Page views"),
    reads=Source.WEB,
    unit=Unit.COUNT,
    good=Good.UP,
    top="views",
    theirs=GA4,
    says=N_("How many pages were shown."),
    careful=N_("A page read twice counts twice."),
    example=Example(rows=({"views": 90}, {"views": 110}), gives=200, days=2),
)

new_visitors = Metric(
    key="new_visitors",
    name=N_("New visitors"),
    reads=Source.WEB,
    unit=Unit.COUNT,
    good=Good.UP,
    top="new_users",
    theirs=GA4,
    says=N_("How many people came for the first time."),
    careful=N_("A new browser, or one whose cookies were erased, counts as a new visitor."),
    example=Example(rows=({"new_users": 20}, {"new_users": 25}), gives=45, days=2),
)

returning_visitors = Metric(
    key="returning_visitors",
    name=N_("Returning visitors"),
    reads=Source.WEB,
    unit=Unit.COUNT,
    good=Good.UP,
    top="exact(returning_users)",
    theirs=GA4,
    says=N_("How many people came who had been on the site before."),
    careful=N_("Asked for exactly this period. Who comes for the first time and then again is new and returning."),
    example=Example(
        rows=({"returning_users": 12}, {"returning_users": 15}, {"returning_users": 22, "whole_window": True}),
        gives=22,
        days=2,
    ),
)
