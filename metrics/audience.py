"""Audience: who follows, who came, who left."""

from __future__ import annotations

from metrics.model import N_, Example, Good, Metric, Source, Unit

NET = "either(net_follows, follows - unfollows, change(followers))"

followers = Metric(
    key="followers",
    name=N_("Followers"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.UP,
    top="end(followers)",
    says=N_("How many accounts follow, at the end of the period, all networks together."),
    careful=N_(
        "Most exports of today state gains and losses, not totals. The same person may follow on several networks."
    ),
    example=Example(rows=({"followers": 1180}, {"followers": 1200}), gives=1200),
)

follows = Metric(
    key="follows",
    name=N_("Follows"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.UP,
    top="follows",
    says=N_("How many times someone began to follow."),
    careful=N_("LinkedIn states the net gain only, so it is not counted here."),
    example=Example(
        rows=({"follows": 12}, {"follows": 8}, {"account": "linkedin:brand", "net_follows": 5}), gives=20, days=2
    ),
)

unfollows = Metric(
    key="unfollows",
    name=N_("Unfollows"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.DOWN,
    top="unfollows",
    says=N_("How many times someone stopped following."),
    careful=N_("Only X, YouTube, TikTok and Discord files state it today; elsewhere it is unknown, which is not zero."),
    example=Example(rows=({"follows": 12, "unfollows": 3}, {"follows": 8, "unfollows": 1}), gives=4, days=2),
)

net_follows = Metric(
    key="net_follows",
    name=N_("Net follows"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.UP,
    top=NET,
    says=N_("Follows less unfollows: by how much the audience grew."),
    careful=N_("Where a network states totals only, the difference of totals is shown and marked as estimated."),
    example=Example(rows=({"follows": 12, "unfollows": 3}, {"net_follows": 5}), gives=14, days=2),
)

growth_rate = Metric(
    key="growth_rate",
    name=N_("Growth of the audience"),
    reads=Source.DAYS,
    unit=Unit.PERCENT,
    good=Good.UP,
    top="end(followers) - start(followers)",
    bottom="start(followers)",
    says=N_("By how much the audience grew, as a share of its size before the period."),
    careful=N_("Needs totals of followers; networks that state only gains and losses are left out."),
    example=Example(rows=({"followers": 1000, "before": True}, {"followers": 1030}), gives=0.03),
)

follow_rate = Metric(
    key="follow_rate",
    name=N_("Follow rate"),
    reads=Source.DAYS,
    unit=Unit.PERCENT,
    good=Good.UP,
    top="follows",
    bottom="start(followers)",
    says=N_("How many began to follow, as a share of the followers before the period."),
    careful=N_("Needs both follows and totals of followers; unknown where a network does not state them."),
    example=Example(rows=({"followers": 1000, "before": True}, {"follows": 9}, {"follows": 6}), gives=0.015, days=2),
)

unfollow_rate = Metric(
    key="unfollow_rate",
    name=N_("Unfollow rate"),
    reads=Source.DAYS,
    unit=Unit.PERCENT,
    good=Good.DOWN,
    top="unfollows",
    bottom="start(followers)",
    says=N_("Of the followers before the period, the share that left."),
    careful=N_("Needs both unfollows and totals of followers; unknown where a network does not state them."),
    example=Example(rows=({"followers": 1000, "before": True}, {"unfollows": 4}, {"unfollows": 6}), gives=0.01, days=2),
)

profile_visits = Metric(
    key="profile_visits",
    name=N_("Visits of the profile"),
    reads=Source.DAYS,
    unit=Unit.COUNT,
    good=Good.UP,
    top="profile_visits",
    says=N_("How many times the profile or page was opened."),
    careful=N_("Each network counts visits by its own rules."),
    example=Example(rows=({"profile_visits": 30}, {"profile_visits": 12}), gives=42, days=2),
)
