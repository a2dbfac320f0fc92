"""Engagement: what people did with the posts. Rates are ratios of sums over the posts that state both parts."""

from __future__ import annotations

from metrics.model import N_, Example, Good, Metric, Source, Unit

INTERACTIONS = "reactions + comments + shares + saves"
THEIRS = {
    "facebook": "https://www.facebook.com/business/help/735720159834389",
    "instagram": "https://www.facebook.com/help/instagram/788388387972460",
    "linkedin": "https://www.linkedin.com/help/linkedin/answer/a564051",
    "x": "https://help.x.com/en/managing-your-account/using-the-post-activity-dashboard",
}

interactions = Metric(
    key="interactions",
    name=N_("Interactions of new posts"),
    reads=Source.POSTS,
    unit=Unit.COUNT,
    good=Good.UP,
    top=INTERACTIONS,
    theirs=THEIRS,
    says=N_("Reactions, comments, shares and saves that the posts published in the period have received so far."),
    careful=N_("Clicks are left out. Recent posts still grow. A network that does not state saves adds none."),
    example=Example(rows=({"reactions": 90, "saves": 6}, {"reactions": 20, "comments": 2}), gives=118),
)

interactions_in_period = Metric(
    key="interactions_in_period",
    name=N_("Interactions in the period"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.UP,
    top=f"either({INTERACTIONS}, interactions)",
    theirs=THEIRS,
    says=N_("Reactions, comments, shares and saves received during the period, whatever the age of the post."),
    careful=N_("From the daily files of the networks; some state one total only, by their own definition."),
    example=Example(rows=({"reactions": 9, "comments": 1}, {"interactions": 30}), gives=40, days=2),
)

engagement_rate = Metric(
    key="engagement_rate",
    name=N_("Engagement rate by reach"),
    reads=Source.POSTS,
    unit=Unit.PERCENT,
    good=Good.UP,
    top=INTERACTIONS,
    bottom="reach",
    theirs=THEIRS,
    says=N_("Of the people the posts reached, the share who did something."),
    careful=N_("Reach counts people per post: over several posts some are counted twice. X and LinkedIn state none."),
    example=Example(rows=({"reach": 1200, "reactions": 90, "saves": 6}, {"reactions": 20}), gives=96 / 1200),
)

engagement_rate_by_impressions = Metric(
    key="engagement_rate_by_impressions",
    name=N_("Engagement rate by impressions"),
    reads=Source.POSTS,
    unit=Unit.PERCENT,
    good=Good.UP,
    top=INTERACTIONS,
    bottom="impressions",
    theirs=THEIRS,
    says=N_("Interactions for each time a post was shown."),
    careful=N_("Impressions and views are not the same thing and are not mixed here: see the rate by views."),
    example=Example(rows=({"impressions": 5000, "reactions": 40, "shares": 10}, {"views": 900}), gives=0.01),
)

engagement_rate_by_views = Metric(
    key="engagement_rate_by_views",
    name=N_("Engagement rate by views"),
    reads=Source.POSTS,
    unit=Unit.PERCENT,
    good=Good.UP,
    top=INTERACTIONS,
    bottom="views",
    theirs=THEIRS,
    says=N_("Interactions for each view, on the networks that count views."),
    careful=N_("Meta replaced impressions by views in 2024 and 2025; the two do not follow on from each other."),
    example=Example(rows=({"views": 2000, "reactions": 30, "comments": 10},), gives=0.02),
)

engagement_rate_by_followers = Metric(
    key="engagement_rate_by_followers",
    name=N_("Engagement rate by followers"),
    reads=Source.DAYS,
    unit=Unit.PERCENT,
    good=Good.UP,
    top=f"either({INTERACTIONS}, interactions)",
    bottom="end(followers)",
    theirs=THEIRS,
    says=N_("Interactions in the period for each follower at its end."),
    careful=N_("Needs totals of followers. A week gives about seven times the rate of a day."),
    example=Example(rows=({"followers": 2000, "interactions": 30}, {"interactions": 10}), gives=0.02, days=2),
)

clicks_on_links = Metric(
    key="clicks_on_links",
    name=N_("Clicks on links"),
    reads=Source.POSTS,
    unit=Unit.COUNT,
    good=Good.UP,
    top="link_clicks",
    says=N_("Clicks that the posts of the period sent towards a site."),
    careful=N_("LinkedIn counts all clicks together, so it is not included."),
    example=Example(rows=({"link_clicks": 14}, {"link_clicks": 6}, {"clicks": 40}), gives=20),
)

views_in_period = Metric(
    key="views_in_period",
    name=N_("Views in the period"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.UP,
    top="views",
    says=N_("How often anything of the account was seen in the period, posts of earlier days included."),
    careful=N_("Each network counts a view in its own way, and Meta has changed its own."),
    example=Example(rows=({"views": 120}, {"views": 300}), gives=420, days=2),
    theirs=THEIRS,
)

impressions_in_period = Metric(
    key="impressions_in_period",
    name=N_("Impressions in the period"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.UP,
    top="impressions",
    says=N_("How often anything of the account stood on a screen in the period, posts of earlier days included."),
    careful=N_("Impressions are not views: where a network has gone over from one to the other, the two do not join."),
    example=Example(rows=({"impressions": 120}, {"impressions": 300}), gives=420, days=2),
    theirs=THEIRS,
)

mentions = Metric(
    key="mentions",
    name=N_("Mentions"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.NEITHER,
    top="mentions",
    says=N_("How many times others named the account."),
    careful=N_(
        "Only the old Insights workbooks of Facebook pages state it, and tables of your own; other networks export "
        "none. A mention may praise or blame: more of them is news, and neither good nor bad by itself."
    ),
    example=Example(rows=({"mentions": 3}, {"mentions": 12}), gives=15, days=2),
)
