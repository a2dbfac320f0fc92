"""Search: the words people arrive by."""

from __future__ import annotations

from metrics.model import N_, Example, Good, Metric, Source, Unit

GSC = {"search_console": "https://support.google.com/webmasters/answer/7576553"}

search_clicks = Metric(
    key="search_clicks",
    name=N_("Clicks from Google"),
    reads=Source.SEARCH,
    unit=Unit.COUNT,
    good=Good.UP,
    top="clicks",
    theirs=GSC,
    says=N_("How many times someone came to the site from Google's results."),
    careful=N_("From the daily table only: the tables of one Search Console export do not add up to each other."),
    example=Example(rows=({"clicks": 30}, {"clicks": 42}), gives=72, days=2),
)

search_impressions = Metric(
    key="search_impressions",
    name=N_("Impressions on Google"),
    reads=Source.SEARCH,
    unit=Unit.COUNT,
    good=Good.UP,
    top="impressions",
    theirs=GSC,
    says=N_("How many times the site stood in Google's results."),
    careful=N_("Standing on a page of results that nobody scrolled to may count."),
    example=Example(rows=({"impressions": 900}, {"impressions": 1100}), gives=2000, days=2),
)

click_rate = Metric(
    key="click_rate",
    name=N_("Click-through rate"),
    reads=Source.SEARCH,
    unit=Unit.PERCENT,
    good=Good.UP,
    top="clicks",
    bottom="impressions",
    theirs=GSC,
    says=N_("Of the times the site stood in the results, the share that was clicked."),
    careful=N_("New impressions far down the results lower it without anything going wrong."),
    example=Example(
        rows=({"clicks": 30, "impressions": 900}, {"clicks": 20, "impressions": 1100}), gives=0.025, days=2
    ),
)

position = Metric(
    key="position",
    name=N_("Average position"),
    reads=Source.SEARCH,
    unit=Unit.POSITION,
    good=Good.DOWN,
    top="position * impressions",
    bottom="impressions",
    theirs=GSC,
    says=N_("Where the site stands in the results on average, 1 being the top, weighted by impressions."),
    careful=N_("An average over very different queries: look at each."),
    example=Example(
        rows=({"position": 4.0, "impressions": 300}, {"position": 8.0, "impressions": 100}), gives=5.0, days=2
    ),
)

hidden_share = Metric(
    key="hidden_share",
    name=N_("Hidden queries"),
    reads=Source.SEARCH,
    unit=Unit.PERCENT,
    good=Good.NEITHER,
    top="all_clicks - query_clicks",
    bottom="all_clicks",
    theirs=GSC,
    says=N_("The share of clicks whose query Google does not tell: rare ones, and those beyond the list's end."),
    careful=N_("Known only for the period of an export of queries. Above 15% the list says little of the whole."),
    example=Example(
        rows=({"clicks": 600}, {"clicks": 400}, {"query": "festival", "clicks": 860, "whole_window": True}),
        gives=0.14,
        days=2,
    ),
)

brand_share = Metric(
    key="brand_share",
    name=N_("Searches for the brand"),
    reads=Source.SEARCH,
    unit=Unit.PERCENT,
    good=Good.NEITHER,
    top="brand_clicks",
    bottom="query_clicks",
    theirs=GSC,
    says=N_("Of the clicks whose query Google tells, the share of queries that hold one of the brand's own words."),
    careful=N_("The words are stated in the brand's settings. Hidden queries, mostly rare ones, are left out."),
    example=Example(
        rows=(
            {"query": "musée lumen", "clicks": 45, "whole_window": True},
            {"query": "Lumen horaires", "clicks": 30, "whole_window": True},
            {"query": "exposition photo", "clicks": 25, "whole_window": True},
        ),
        gives=0.75,
        days=2,
        words=("lumen",),
    ),
)
