"""A LinkedIn page's three workbooks, English: content, followers, visitors."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, timedelta

import xlsxwriter

from data.demo.cadence import Period, closely, loosely
from data.demo.files import DemoExport, american
from data.demo.posts import Counts, Post, Presence, settled
from data.demo.story import Story
from data.demo.words import HANDLE
from data.model import Answers

Rows = Sequence[Sequence[object]]

METRICS_BANNER = (
    "Aggregated engagement metrics for your organic and sponsored posts over time. Date indicates when your "
    "posts were viewed by LinkedIn members. Data is delayed by up to 2 days. All dates and times are in UTC."
)
POSTS_BANNER = (
    "Engagement metrics for individual posts. Created date indicates when your post was created. All dates "
    "and times are in UTC."
)
ACTIONS = ("Clicks", "Reactions", "Comments", "Reposts", "Engagement rate")
SPLIT = ("organic", "sponsored", "total")
METRICS = (
    "Date", *(f"Impressions ({part})" for part in SPLIT), "Unique impressions (organic)",
    *(f"{name} ({part})" for name in ACTIONS for part in SPLIT),
)  # fmt: skip
POSTS = (
    "Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date",
    "Campaign start date", "Campaign end date", "Audience", "Impressions", "Views", "Offsite Views", "Clicks",
    "Click through rate (CTR)", "Likes", "Comments", "Reposts", "Follows", "Engagement rate", "Content Type",
)  # fmt: skip
FOLLOWERS = ("Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers")
VISITORS = (
    "Date",
    *(f"{tab} {figure} ({device})" for tab in ("Overview", "Life", "Jobs", "Total")
      for figure in ("page views", "unique visitors") for device in ("desktop", "mobile", "total")),
)  # fmt: skip
AUTHOR = "Maëlle Kervorn"
BOOST = 0.9  # what a boost adds to a post's own views
BREAKDOWNS: Mapping[str, Mapping[str, float]] = {
    "Location": {"Nantes, France": 0.31, "Rennes, France": 0.14, "Paris, France": 0.13, "Brest, France": 0.06,
                 "Bordeaux, France": 0.04, "Brussels, Belgium": 0.02, "Montreal, Canada": 0.01},
    "Job function": {"Arts and Design": 0.21, "Education": 0.17, "Media and Communication": 0.14,
                     "Community and Social Services": 0.09, "Business Development": 0.08, "Operations": 0.06},
    "Seniority": {"Senior": 0.36, "Entry": 0.31, "Manager": 0.09, "Director": 0.08, "Owner": 0.05},
    "Industry": {"Performing Arts": 0.19, "Museums, Historical Sites, and Zoos": 0.12,
                 "Higher Education": 0.1, "Government Administration": 0.09, "Design Services": 0.05,
                 "Advertising Services": 0.04},
    "Company size": {"2-10": 0.16, "11-50": 0.2, "51-200": 0.15, "201-500": 0.09, "1001-5000": 0.08},
}  # fmt: skip


def exports(story: Story, presence: Presence) -> Iterator[DemoExport]:
    """The content closely, followers and visitors loosely."""
    for period in closely(story):
        wide = period.with_posts_before(story)
        yield _content(story, presence, wide)
    for period in loosely(story):
        wide = period.with_days_before(story)
        yield _followers(story, presence, wide)
        yield _visitors(story, presence, wide)


def _workbook(kind: str, sheets: Mapping[str, Rows], period: Period) -> DemoExport:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"created": period.made})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    made = int(period.made.replace(tzinfo=UTC).timestamp() * 1000) + len(kind) * 137
    return DemoExport(f"{HANDLE}_{kind}_{made}.xlsx", content.getvalue(), Answers())


def _rate(top: int, bottom: int) -> float:
    return top / bottom if bottom else 0.0


def _content(story: Story, presence: Presence, period: Period) -> DemoExport:
    figures = ("views", "reach", "clicks", "reactions", "comments", "shares")
    days = [settled(presence.daily[figure], story, period).tolist() for figure in figures]
    metrics: list[Sequence[object]] = [(METRICS_BANNER,), METRICS]
    for n, (views, reach, *actions) in enumerate(zip(*days, strict=True)):
        paid = _boosted_views(presence, story, period, n)
        paid_clicks = paid // 80
        row: list[object] = [american(period.first + timedelta(n)), views, paid, views + paid, reach]
        row += [actions[0], paid_clicks, actions[0] + paid_clicks]
        for action in actions[1:]:
            row += [action, 0, action]
        total = _rate(sum(actions) + paid_clicks, views + paid)
        metrics.append([*row, _rate(sum(actions), views), _rate(paid_clicks, paid), total])
    posts: list[Sequence[object]] = [(POSTS_BANNER,), POSTS]
    for post in reversed(presence.posts_of(period)):
        posts += _post(post, period)
    return _workbook("content", {"Metrics": metrics, "All posts": posts}, period)


def _boosted_views(presence: Presence, story: Story, period: Period, n: int) -> int:
    """The views bought on a day: a boost runs for five days from the day after the post."""
    day = period.first + timedelta(n)
    running = (post for post in presence.posts if post.boosted and 1 <= (day - post.day).days <= 5)
    return sum(int(post.final["views"] * BOOST / 5) for post in running)


def _post(post: Post, period: Period) -> Iterator[Sequence[object]]:
    count = post.counts(period.made)
    link = f"https://www.linkedin.com/feed/update/urn:li:activity:{post.milliseconds << 22 | post.salt}"
    created = american(post.published)
    text = f"{post.text}\n{post.link}" if post.link else post.text
    video = "Video" if post.kind == "video" else ""

    def row(kind: str, views: int, actions: Sequence[int], follows: object = "", campaign: object = "") -> list[object]:
        clicks, likes, comments, reposts = actions
        start, end = (american(post.day + timedelta(n)) for n in (1, 5)) if campaign else ("", "")
        return [
            text, link, kind, campaign, AUTHOR, created, start, end, "All followers", views,
            views * 2 // 5 if video else "", 0 if video else "", clicks, _rate(clicks, views), likes,
            comments, reposts, follows, _rate(sum(actions), views), video,
        ]  # fmt: skip

    organic = [count["clicks"], count["reactions"], count["comments"], count["shares"]]
    yield row("Organic", count["views"], organic)
    if post.boosted and (bought := int(post.final["views"] * BOOST / 5) * min((period.made.date() - post.day).days, 5)):
        paid = [bought // 80, bought // 600, 0, 0]
        yield row("Sponsored", bought, paid, bought // 2000, f"Boost - {post.day.isoformat()}")
        total = [mine + theirs for mine, theirs in zip(organic, paid, strict=True)]
        yield row("Total", count["views"] + bought, total, bought // 2000)


def _breakdowns(figure: str, total: int) -> dict[str, Rows]:
    return {
        name: [(name, figure), *((member, int(total * share)) for member, share in members.items())]
        for name, members in BREAKDOWNS.items()
    }


def _followers(story: Story, presence: Presence, period: Period) -> DemoExport:
    gained = settled(presence.daily["follows"], story, period)
    net = gained - settled(presence.daily["unfollows"], story, period)
    rows: list[Sequence[object]] = [FOLLOWERS]
    rows += [(american(period.first + timedelta(n)), 0, day, 0, day) for n, day in enumerate(net.tolist())]
    before = presence.daily["follows"] - presence.daily["unfollows"]
    total = presence.network.followers + int(before[: story.at(period.last) + 1].sum())
    return _workbook("followers", {"New followers": rows, **_breakdowns("Total followers", total)}, period)


def _visitors(story: Story, presence: Presence, period: Period) -> DemoExport:
    views: Counts = settled(presence.daily["profile_visits"], story, period)
    rows: list[Sequence[object]] = [VISITORS]
    for n, seen in enumerate(views.tolist()):
        row: list[object] = [american(period.first + timedelta(n))]
        for share in (0.8, 0.04, 0.09, 1.0):
            total = int(seen * share)
            people = total - total * 3 // 10
            row += [total * 6 // 10, total - total * 6 // 10, total]
            row += [people * 6 // 10, people - people * 6 // 10, people]
        rows.append(row)
    sheets = {"Visitor metrics": rows, **_breakdowns("Total views", int(views.sum()))}
    return _workbook("visitors", sheets, period)
