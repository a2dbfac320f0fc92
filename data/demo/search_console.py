"""Google Search Console, performance report, French: a ZIP of tables that do not add up to one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from zlib import crc32

import numpy as np

from data.demo.cadence import Period, quarterly
from data.demo.files import DemoExport, archive, percent, plain, table
from data.demo.posts import settled
from data.demo.story import Series, Story, closed
from data.demo.traffic import PAGES, Traffic
from data.demo.words import SHOWS, SITE
from data.model import Answers

METRICS = ("Clics", "Impressions", "CTR", "Position")
MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
COUNTRIES = {
    "France": 0.9, "Belgique": 0.03, "Suisse": 0.012, "Canada": 0.011, "Royaume-Uni": 0.009,
    "Allemagne": 0.008, "États-Unis": 0.007, "Espagne": 0.006, "Italie": 0.004,
    "La Réunion": 0.003, "Pays-Bas": 0.003,
}  # fmt: skip
DEVICES = {"Mobile": 0.66, "Ordinateur": 0.31, "Tablette": 0.03}
NAMED = {
    "la bruissiere": 30, "la bruissière": 17, "la bruissiere orvaine": 14, "bruissiere orvaine": 6,
    "la bruissiere billetterie": 7, "la bruissiere programme": 6, "labruissiere.example": 2,
    "la bruissiere horaires": 4, "la bruissiere tarifs": 3, "carte bruissiere": 2, "café la bruissière": 2,
}  # fmt: skip
SUBJECTS = (
    "exposition",
    "concert",
    "spectacle",
    "théâtre",
    "cirque",
    "atelier enfant",
    "sortie en famille",
    "musée",
)
SEARCHES = ("{} orvaine", "{} orvaine ce week-end", "{} près de moi", "{} rade")
SHOWN = 0.47  # the share of clicks whose query Google prints


def exports(story: Story, traffic: Traffic) -> Iterator[DemoExport]:
    """Every period, then the last three months as the site offers them by default."""
    for period in quarterly(story):
        dates = f"{_french(period.first)}-{_french(period.last)}"
        yield _export(story, traffic, period, dates)
    final = Period(story.last - timedelta(91), story.last, quarterly(story)[-1].made)
    yield _export(story, traffic, final, "Les 3\N{NO-BREAK SPACE}derniers mois")


def _french(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _position(story: Story, day: int) -> float:
    """The average position of a day: better with the years, and worse in summer, when others advertise."""
    return 12.6 - 2.8 * day / 728 + 1.5 * np.sin(day * 0.7) * 0.3 + (1.2 if closed(story.days[day]) else 0)


def _quirk(member: str) -> float:
    """How a member stands against its like: always the same for one name, around 1."""
    return 0.7 + crc32(member.encode()) % 61 / 100


def _rows(shares: Iterable[tuple[str, float, float]], clicks: int, seen: int, position: float) -> list[Sequence[Any]]:
    """Rows of (member, share of the clicks, how far above the average it stands), most clicked first."""
    rows = []
    for member, share, better in shares:
        own, quirk = int(clicks * share), _quirk(member)
        views = int(seen * share / better**0.8 * quirk) + own
        where = max(1.0, position / better * quirk)
        rows.append((member, own, views, percent(own, views), plain(where)))
    return sorted((row for row in rows if row[2]), key=lambda row: (-row[1], -row[2]))


def _split(shares: dict[str, float], clicks: int, seen: int, position: float) -> list[Sequence[Any]]:
    """Rows that add up to the whole, the first one taking what rounding leaves."""
    rows = [[int(clicks * share), int(seen * share * _quirk(name))] for name, share in shares.items()]
    rows[0][0] += clicks - sum(row[0] for row in rows)
    rows[0][1] += seen - sum(row[1] for row in rows)
    return [
        (name, own, views, percent(own, views), plain(position * _quirk(name)))
        for name, (own, views) in zip(shares, rows, strict=True)
    ]


def _queries(story: Story, period: Period) -> list[tuple[str, float, float]]:
    weights = {query: (float(weight), 8.0) for query, weight in NAMED.items()}
    for n, subject in enumerate(SUBJECTS):
        for m, search in enumerate(SEARCHES):
            weights[search.format(subject)] = (5.5 / (1 + n + 1.4 * m), 1.1 if m < 2 else 0.5)
    weeks = range(story.at(period.first) // 7, story.at(period.last) // 7 + 1)
    for show in SHOWS:
        on = len(set(weeks) & set(range(show.week, show.week + show.weeks + 1))) / len(weeks)
        if on:
            title = show.title.lower()
            weights[title] = (5 * on, 2.5)
            weights[f"{title} orvaine"] = (3 * on, 6.0)
            weights[show.by.removeprefix("la ").removeprefix("le ").lower()] = (1.6 * on, 1.2)
    # What is looked for once: what the press spoke of, and when the festival is.
    once = {
        "bruissière radio rade": (9.0, story.press),
        "festival des lucioles dates": (7.0, story.campaigns[-1].first),
    }
    for query, (weight, day) in once.items():
        if period.first <= day <= period.last:
            weights[query] = (weight, 5.0)
    whole = sum(weight for weight, _ in weights.values())
    return [(query, SHOWN * weight / whole, better) for query, (weight, better) in weights.items()]


def _pages(story: Story, traffic: Traffic, period: Period) -> list[tuple[str, float, float]]:
    views: Series = traffic.views[:, story.at(period.first) : story.at(period.last) + 1].sum(axis=1)
    shares = views / views.sum() * 0.95
    return [
        (SITE + page, float(share), 1.5 if page in PAGES else 1.1)
        for page, share in zip(traffic.pages, shares, strict=True)
    ]


def _export(story: Story, traffic: Traffic, period: Period, dates: str) -> DemoExport:
    clicks = settled(traffic.clicks, story, period).tolist()
    positions = [_position(story, story.at(period.first) + n) for n in range(period.days)]
    seen = [int(count * 3.1 * position / 2.4) for count, position in zip(clicks, positions, strict=True)]
    chart = [
        (period.first + timedelta(n), clicks[n], seen[n], percent(clicks[n], seen[n]), plain(positions[n]))
        for n in reversed(range(period.days))
    ]
    total, views = sum(clicks), sum(seen)
    position = sum(s * p for s, p in zip(seen, positions, strict=True)) / max(views, 1)
    queries, pages = _queries(story, period), _pages(story, traffic, period)
    tables = {
        "Graphique.csv": [("Date", *METRICS), *chart],
        "Requêtes.csv": [("Requêtes les plus fréquentes", *METRICS), *_rows(queries, total, views, position)],
        "Pages.csv": [("Pages les plus populaires", *METRICS), *_rows(pages, total, views, position)],
        "Pays.csv": [("Pays", *METRICS), *_split(COUNTRIES, total, views, position)],
        "Appareils.csv": [("Appareil", *METRICS), *_split(DEVICES, total, views, position)],
        "Filtres.csv": [("Filtre", "Valeur"), ("Type de recherche", "Web"), ("Date", dates)],
    }  # fmt: skip
    members = {name: table(rows).removesuffix("\n") for name, rows in tables.items()}
    name = f"{SITE.replace('://', '___')}_-Performance-on-Search-{period.made.date()}.zip"
    return DemoExport(name, archive(members, period.made), Answers())
