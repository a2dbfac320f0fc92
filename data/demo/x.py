"""X analytics of late 2024 on, English: the posts (content) and the account's days (overview)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from data.demo.cadence import Period, closely
from data.demo.files import MONTHS, WEEKDAYS, DemoExport, english, quoted
from data.demo.posts import Post, Presence, settled
from data.demo.story import Story
from data.demo.words import HANDLE
from data.model import Answers

CONTENT = (
    "Post id,Date,Post text,Link,Impressions,Likes,Engagements,Bookmarks,Share,New follows,Replies,Reposts,"
    "Profile visits,Detail expands,Url clicks,Hashtag clicks,Permalink clicks"
)
OVERVIEW = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,"
    "Profile visits,Create Post,Video views,Media views"
)
TWITTER_EPOCH = 1288834974657
SHORT = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
ACTIONS = (
    "reactions", "saves", "sent", "follows", "comments", "shares", "profile_visits", "details", "link_clicks",
    "hashtags", "permalinks",
)  # fmt: skip


def exports(story: Story, presence: Presence) -> Iterator[DemoExport]:
    """The posts and the days of every period."""
    for period in closely(story):
        yield _content(story, presence, period)
        yield _overview(story, presence, period)


def snowflake(post: Post) -> int:
    """A post's identifier, which holds the moment of its publication."""
    return (post.milliseconds - TWITTER_EPOCH) << 22 | post.salt


def _short_link(post: Post) -> str:
    seed = snowflake(post)
    return "https://t.co/" + "".join(SHORT[(seed >> 5 * n) % 62] for n in range(10))


def _date(day: date, year_of_export: int) -> str:
    if year_of_export < 2026:
        return f"{WEEKDAYS[day.weekday()]} {MONTHS[day.month - 1]} {day.day:02} {day.year}"
    return quoted(f"{WEEKDAYS[day.weekday()]}, {english(day)}")


def _content(story: Story, presence: Presence, period: Period) -> DemoExport:
    period = period.with_posts_before(story)
    lines = [CONTENT]
    for post in reversed(presence.posts_of(period)):
        count = post.counts(period.made)
        text = f"{post.text.replace(chr(10), ' ')} {_short_link(post)}" if post.kind != "reply" else post.text
        cells = (
            snowflake(post), _date(post.day, period.made.year), quoted(text),
            f"https://x.com/{HANDLE}/status/{snowflake(post)}", count["views"], count["reactions"],
            sum(count[action] for action in ACTIONS), count["saves"], count["sent"], count["follows"],
            count["comments"], count["shares"], count["profile_visits"], count["details"],
            count["link_clicks"], count["hashtags"], count["permalinks"],
        )  # fmt: skip
        lines.append(",".join(map(str, cells)))
    name = f"account_analytics_content_{period.first}_{period.last}.csv"
    return DemoExport(name, ("\r\n".join(lines) + "\r\n").encode(), Answers(as_of=period.made))


def _overview(story: Story, presence: Presence, period: Period) -> DemoExport:
    period = period.with_days_before(story)
    days = {measure: settled(values, story, period) for measure, values in presence.daily.items()}
    engagements = sum(days[action] for action in ACTIONS)
    columns = [
        days["views"], days["reactions"], engagements, days["saves"], days["sent"], days["follows"],
        days["unfollows"], days["comments"], days["shares"], days["profile_visits"], days["posts"],
    ]  # fmt: skip
    lines = [OVERVIEW]
    for n in reversed(range(period.days)):
        day = period.first + timedelta(n)
        cells = [int(column[n]) for column in columns]
        lines.append(",".join(map(str, [quoted(f"{WEEKDAYS[day.weekday()]}, {english(day)}"), *cells, 0, 0])))
    answers = Answers(account=f"x:{HANDLE}", as_of=period.made)
    return DemoExport("account_overview_analytics.csv", "\n".join(lines).encode(), answers)
