"""Every measure that sources state, and how it adds up."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.model import N_, Adds, Measure, Source

FLOW, LEVEL, MEAN, PEOPLE = Adds.FLOW, Adds.LEVEL, Adds.MEAN, Adds.PEOPLE

_DECLARED: Mapping[Source, tuple[tuple[str, Adds, str], ...]] = {
    Source.POSTS: (
        ("impressions", FLOW, N_("Impressions")),
        ("views", FLOW, N_("Views")),
        ("reach", PEOPLE, N_("Reach")),
        ("reactions", FLOW, N_("Reactions")),
        ("comments", FLOW, N_("Comments")),
        ("shares", FLOW, N_("Shares")),
        ("saves", FLOW, N_("Saves")),
        ("clicks", FLOW, N_("Clicks")),
        ("link_clicks", FLOW, N_("Link clicks")),
        ("profile_visits", FLOW, N_("Profile visits")),
        ("follows", FLOW, N_("Follows")),
        ("video_views", FLOW, N_("Video views")),
        ("watch_seconds", FLOW, N_("Watch time")),
        ("engagements", FLOW, N_("Engagements, as the network counts them")),
    ),
    Source.DAYS: (
        ("followers", LEVEL, N_("Followers")),
        ("follows", FLOW, N_("Follows")),
        ("unfollows", FLOW, N_("Unfollows")),
        ("net_follows", FLOW, N_("Net follows")),
        ("posts", FLOW, N_("Posts")),
        ("impressions", FLOW, N_("Impressions")),
        ("views", FLOW, N_("Views")),
        ("reach", PEOPLE, N_("Reach")),
        ("visitors", PEOPLE, N_("Visitors")),
        ("interactions", FLOW, N_("Interactions")),
        ("reactions", FLOW, N_("Reactions")),
        ("comments", FLOW, N_("Comments")),
        ("shares", FLOW, N_("Shares")),
        ("saves", FLOW, N_("Saves")),
        ("clicks", FLOW, N_("Clicks")),
        ("link_clicks", FLOW, N_("Link clicks")),
        ("profile_visits", FLOW, N_("Profile visits")),
        ("mentions", FLOW, N_("Mentions")),
        ("video_views", FLOW, N_("Video views")),
        ("watch_seconds", FLOW, N_("Watch time")),
        ("engagements", FLOW, N_("Engagements, as the network counts them")),
    ),
    Source.WEB: (
        ("users", PEOPLE, N_("Active users")),
        ("total_users", PEOPLE, N_("Total users")),
        ("new_users", FLOW, N_("New users")),
        ("returning_users", PEOPLE, N_("Returning users")),
        ("sessions", FLOW, N_("Sessions")),
        ("engaged_sessions", FLOW, N_("Engaged sessions")),
        ("engagement_seconds", FLOW, N_("Engagement time")),
        ("views", FLOW, N_("Page views")),
        ("events", FLOW, N_("Events")),
        ("key_events", FLOW, N_("Key events")),
        ("key_event_sessions", FLOW, N_("Sessions with a key event")),
        ("key_event_users", PEOPLE, N_("Users with a key event")),
        ("revenue", FLOW, N_("Revenue")),
    ),
    Source.SEARCH: (
        ("clicks", FLOW, N_("Clicks")),
        ("impressions", FLOW, N_("Impressions")),
        ("position", MEAN, N_("Average position")),
        ("query_clicks", FLOW, N_("Clicks of the queries listed")),
        ("brand_clicks", FLOW, N_("Clicks of the queries listed that name the brand")),
        ("all_clicks", FLOW, N_("All clicks of the same days")),
    ),
}

MEASURES: Mapping[tuple[Source, str], Measure] = {
    (source, key): Measure(key, source, adds, name)
    for source, declared in _DECLARED.items()
    for key, adds, name in declared
}
