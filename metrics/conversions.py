"""Conversions: what visitors did that the organisation wanted."""

from __future__ import annotations

from metrics.model import N_, Example, Good, Metric, Source, Unit

KEY_EVENTS = {"ga4": "https://support.google.com/analytics/answer/9267568"}

key_events = Metric(
    key="key_events",
    name=N_("Key events"),
    reads=Source.WEB,
    unit=Unit.COUNT,
    good=Good.UP,
    top="key_events",
    theirs=KEY_EVENTS,
    says=N_("How many times visitors did what the site wants: a purchase, a booking, a subscription."),
    careful=N_("What counts as a key event is chosen in Google Analytics, and can be changed there."),
    example=Example(rows=({"key_events": 3}, {"key_events": 5}), gives=8, days=2),
)

key_event_rate = Metric(
    key="key_event_rate",
    name=N_("Visits with a key event"),
    reads=Source.WEB,
    unit=Unit.PERCENT,
    good=Good.UP,
    top="key_event_sessions",
    bottom="sessions",
    theirs=KEY_EVENTS,
    says=N_("Of the visits, the share with at least one key event."),
    careful=N_("Not key events divided by visits: two events in one visit count once here."),
    example=Example(rows=({"key_event_sessions": 2, "sessions": 80},), gives=0.025, days=1),
)

user_key_event_rate = Metric(
    key="user_key_event_rate",
    name=N_("Visitors with a key event"),
    reads=Source.WEB,
    unit=Unit.PERCENT,
    good=Good.UP,
    top="exact(key_event_users)",
    bottom="exact(users)",
    theirs=KEY_EVENTS,
    says=N_("Of the visitors (active users), the share with at least one key event."),
    careful=N_(
        "Asked for exactly this period. Who decides on a third visit counts once here; as visits, one of three."
    ),
    example=Example(
        rows=(
            {"key_event_users": 2, "users": 40},
            {"key_event_users": 3, "users": 50},
            {"key_event_users": 4, "users": 80, "whole_window": True},
        ),
        gives=0.05,
        days=2,
    ),
)

revenue = Metric(
    key="revenue",
    name=N_("Revenue on the site"),
    reads=Source.WEB,
    unit=Unit.DECIMAL,
    good=Good.UP,
    top="revenue",
    theirs=KEY_EVENTS,
    says=N_("The revenue that Google Analytics recorded."),
    careful=N_("In the currency of the property. The till is the truth; this is a measure of the site."),
    example=Example(rows=({"revenue": 120.5}, {"revenue": 79.5}), gives=200.0, days=2),
)

revenue_per_visit = Metric(
    key="revenue_per_visit",
    name=N_("Revenue per visit"),
    reads=Source.WEB,
    unit=Unit.MONEY,
    good=Good.UP,
    top="revenue",
    bottom="sessions",
    theirs=KEY_EVENTS,
    says=N_("The revenue that Google Analytics recorded, over all visits."),
    careful=N_("One large sale moves a quiet week. In the currency of the property."),
    example=Example(rows=({"revenue": 120.5, "sessions": 50}, {"revenue": 79.5, "sessions": 30}), gives=2.5, days=2),
)
