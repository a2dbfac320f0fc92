"""YouTube Studio, advanced mode, by content, English: a ZIP of a table, a chart and totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.demo.cadence import Period, closely
from data.demo.files import DemoExport, archive, english, plain, table
from data.demo.posts import Counts
from data.demo.story import WEEKS, Story
from data.demo.words import NAME, showing
from data.model import Answers

TABLE = (
    "Content", "Video title", "Video publish time", "Duration", "Views", "Watch time (hours)", "Subscribers",
    "Impressions", "Impressions click-through rate (%)",
)  # fmt: skip
CHART = ("Date", "Content", "Video title", "Video publish time", "Duration", "Views")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PLOTTED = 5
TITLES = (
    "{} | Bande-annonce",
    "{} | Dans les coulisses",
    "{} | Rencontre avec {by}",
    "{} en 60 secondes #shorts",
)
HOUSE = (
    "Bienvenue à La Bruissière", "La corderie, hier et aujourd'hui", "Festival des Lucioles : le film",
    "Visite des toits", "La verrière, carreau par carreau", "Une journée avec les régisseurs",
    "Les ateliers du mercredi", "Orvaine vue de la tour",
    "La rade en 300 sons", "Nos bénévoles racontent", "Le café, côté cuisine",
    "Bilan de saison", "Une résidence, trois semaines", "Les classes à La Bruissière",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Video:
    """A video and its views, day after day."""

    id: str
    title: str
    published: date
    seconds: int
    daily: Counts
    kept: float  # the share of a video that is watched
    gain: float  # subscribers per view
    ctr: float


def film(story: Story, seed: int) -> list[Video]:
    """The channel's videos: some from before the story, then about two a month."""
    rng = np.random.default_rng([seed, 2])
    week_numbers = [-int(week) for week in rng.integers(2, 60, 10)]
    week_numbers += [int(2.1 * n + rng.integers(2)) for n in range(50) if 2.1 * n < WEEKS - 1]
    days = np.arange(7 * WEEKS)
    videos: list[Video] = []
    used: set[str] = set()
    for n, week in enumerate(sorted(week_numbers)):
        day = story.first + timedelta(7 * week + int(rng.integers(1, 5)))
        shows = [form.format(show.title, by=show.by) for show in showing(week) for form in TITLES]
        fresh_titles = [title for title in shows if title not in used] or [t for t in HOUSE if t not in used]
        title = fresh_titles[int(rng.integers(len(fresh_titles)))]
        used.add(title)
        short = title.endswith("#shorts")
        age = days - (day - story.first).days
        decay = np.where(age >= 0, (1 + np.clip(age, 0, None) / 4) ** -1.15, 0)
        size = float(rng.lognormal(4.9 if short else 4.3, 0.6))
        expected = size * decay * story.interest
        identifier = "".join(LETTERS[int(letter)] for letter in rng.integers(64, size=11))
        videos.append(
            Video(
                id="-" + identifier[1:] if n == 7 else identifier,
                title=title,
                published=day,
                seconds=int(rng.integers(30, 60) if short else rng.integers(75, 900)),
                daily=rng.poisson(expected),
                kept=float(rng.uniform(0.6, 0.9) if short else rng.uniform(0.3, 0.55)),
                gain=float(rng.uniform(0.001, 0.006)),
                ctr=float(rng.uniform(0.02, 0.065)),
            )
        )
    return videos


def exports(story: Story, videos: Sequence[Video]) -> Iterator[DemoExport]:
    """The videos of every period."""
    for period in closely(story):
        yield _export(story, videos, period)


def _identity(video: Video) -> tuple[object, ...]:
    # The space keeps spreadsheets from reading a formula; the site prints it too.
    return (
        f" {video.id}" if video.id.startswith("-") else video.id,
        video.title,
        english(video.published),
        video.seconds,
    )


def _figures(video: Video, span: slice) -> tuple[int, float, int, int, int]:
    before, views = int(video.daily[: span.start].sum()), int(video.daily[span].sum())
    subscribers = int((before + views) * video.gain) - int(before * video.gain)
    hours, clicks = views * video.seconds * video.kept / 3600, views * 2 // 3
    return views, hours, subscribers, int(clicks / video.ctr), clicks


def _export(story: Story, videos: Sequence[Video], period: Period) -> DemoExport:
    span = slice(story.at(period.first), story.at(period.last) + 1)
    seen = [(video, _figures(video, span)) for video in videos if video.published <= period.last]
    seen.sort(key=lambda pair: -pair[1][0])
    totals = [sum(column) for column in zip(*(figures for _, figures in seen), strict=True)]
    rows = [(*_identity(video), *_printed(figures)) for video, figures in seen]
    days = [(period.first + timedelta(n)).isoformat() for n in range(period.days)]
    chart = (
        (day, *_identity(video), views)
        for video, _ in seen[:PLOTTED]
        for day, views in zip(days, video.daily[span].tolist(), strict=True)
    )
    watched = sum((video.daily[span] for video, _ in seen), np.zeros(period.days, np.int64))
    members = {
        "Table data.csv": table([TABLE, ("Total", "", "", "", *_printed(totals)), *rows]),
        "Chart data.csv": table([CHART, *chart]),
        "Totals.csv": table([("Date", "Views"), *zip(days, watched.tolist(), strict=True)]),
    }
    name = f"Content {period.first}_{period.last} {NAME}.zip"
    return DemoExport(name, archive(members, period.made), Answers())


def _printed(figures: Sequence[float]) -> tuple[object, ...]:
    views, hours, subscribers, impressions, clicks = figures
    rate = plain(100 * clicks / impressions) if impressions else ""
    return int(views), plain(hours, 4), int(subscribers), int(impressions), rate
