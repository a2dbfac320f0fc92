"""Posts: how many were published, and what each of them brought."""

from __future__ import annotations

from metrics.engagement import INTERACTIONS
from metrics.model import N_, Example, Good, Metric, Source, Unit

posts_published = Metric(
    key="posts_published",
    name=N_("Posts published"),
    reads=Source.POSTS,
    unit=Unit.COUNT,
    good=Good.NEITHER,
    top="count()",
    says=N_("How many posts were published in the period."),
    careful=N_("Replies on X count as posts there; they can be filtered out."),
    example=Example(rows=({"reactions": 3}, {"reactions": 1}), gives=2),
)

interactions_per_post = Metric(
    key="interactions_per_post",
    name=N_("Interactions per post"),
    reads=Source.POSTS,
    unit=Unit.DECIMAL,
    good=Good.UP,
    top=INTERACTIONS,
    bottom="count()",
    says=N_("What a post of the period has received on average."),
    careful=N_("One post that goes far lifts the average of all: look at the list of posts."),
    example=Example(rows=({"reactions": 90, "saves": 10}, {"reactions": 20}), gives=60),
)

impressions = Metric(
    key="impressions",
    name=N_("Impressions of new posts"),
    reads=Source.POSTS,
    unit=Unit.COUNT,
    good=Good.UP,
    top="impressions",
    says=N_("How many times the posts published in the period have been shown so far."),
    careful=N_("X and LinkedIn state impressions; Meta states views since 2024."),
    example=Example(rows=({"impressions": 800}, {"impressions": 1200}, {"views": 50}), gives=2000),
)

views = Metric(
    key="views",
    name=N_("Views of new posts"),
    reads=Source.POSTS,
    unit=Unit.COUNT,
    good=Good.UP,
    top="views",
    says=N_("How many times the posts published in the period have been seen or played so far."),
    careful=N_("Facebook, Instagram and YouTube state views, each by its own rules."),
    example=Example(rows=({"views": 800}, {"views": 1200}, {"impressions": 50}), gives=2000),
)
