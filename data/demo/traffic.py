"""Two years of the web site: visits by source, by page and by referrer, and the searches that lead to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from data.demo.posts import Counts, Presence
from data.demo.story import WEEKS, Series, Story
from data.demo.words import SHOWS

# Session source / medium: its channel, and its sessions on an ordinary day. Visits from the
# networks follow the clicks on their posts instead.
STEADY = {
    "google / organic": ("Organic Search", 205),
    "bing / organic": ("Organic Search", 13),
    "ecosia / organic": ("Organic Search", 9),
    "(direct) / (none)": ("Direct", 88),
    "orvaine-tourisme.example / referral": ("Referral", 11),
    "agenda-ouest.example / referral": ("Referral", 8),
    "lecourrierdelarade.example / referral": ("Referral", 4),
}
SOCIAL = {
    "facebook": (("m.facebook.com / referral", 0.5), ("l.facebook.com / referral", 0.2)),
    "instagram": (("l.instagram.com / referral", 0.75),),
    "x": (("t.co / referral", 0.7),),
    "linkedin": (("linkedin.com / referral", 0.75),),
}
MAIL = {0: 6, 1: 4, 2: 5, 3: 96, 4: 34, 5: 14, 6: 9}  # the letter goes out on Thursdays
PRESS = "lecourrierdelarade.example / referral"
RADIO, REVIEW, BLOG = (
    f"{site}.example / referral" for site in ("radio-rade", "revue-des-scenes", "sorties-en-famille")
)  # fmt: skip
SILENT_FOR = 75  # days since the last visit from the blog

PAGES = {
    "/": 0.19, "/agenda/": 0.15, "/billetterie/": 0.12, "/infos-pratiques/": 0.07, "/expositions/": 0.05,
    "/le-lieu/": 0.03, "/ateliers/": 0.035, "/scolaires/": 0.015, "/cafe/": 0.02, "/lettre/": 0.012,
    "/carte-bruissiere/": 0.012, "/festival-des-lucioles/": 0.015, "/recrutement/": 0.008, "/presse/": 0.006,
    "/location-de-salles/": 0.007,
}  # fmt: skip
REFERRERS = {
    "google / organic": "https://www.google.com/",
    "m.facebook.com / referral": "https://m.facebook.com/",
    "l.instagram.com / referral": "https://l.instagram.com/",
    "t.co / referral": "https://t.co/",
    "linkedin.com / referral": "https://www.linkedin.com/",
    "orvaine-tourisme.example / referral": "https://www.orvaine-tourisme.example/que-faire/",
    "agenda-ouest.example / referral": "https://agenda-ouest.example/orvaine/",
    PRESS: "https://www.lecourrierdelarade.example/culture/",
    RADIO: "https://radio-rade.example/matinale/",
    REVIEW: "https://revue-des-scenes.example/tarifs/",
    BLOG: "https://sorties-en-famille.example/orvaine/",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A source / medium, the channel Google Analytics files it under, its campaign if any."""

    name: str
    channel: str
    campaign: str


@dataclass(frozen=True, slots=True)
class Traffic:
    """What happened on the site, and what Google Analytics measured of it.

    The rows of `sessions` are `sources`, those of `views` are `pages`; the columns are the days.
    """

    sources: tuple[Source, ...]
    pages: tuple[str, ...]
    sessions: Counts
    views: Counts
    clicks: Counts  # in Google's results
    purchases: Counts
    signups: Counts
    revenue: Series


def _expected(story: Story, presences: Mapping[str, Presence]) -> dict[Source, Series]:
    anger = story.wave(story.buzz)
    weekdays = np.array([day.weekday() for day in story.days])
    expected: dict[Source, Series] = {}
    for name, (channel, sessions) in STEADY.items():
        series = sessions * story.interest
        if channel == "Organic Search":
            series = series * (1 + 0.3 * anger)
        if name == PRESS:
            series = series + story.wave(story.press, (520, 190, 60, 25, 12))
        campaign = "(direct)" if channel == "Direct" else f"({name.split(' / ')[1]})"
        expected[Source(name, channel, campaign)] = series
    during = {each: np.array([each.first <= day <= each.last for day in story.days]) for each in story.campaigns}
    promoted = sum(during.values(), np.zeros(7 * WEEKS))
    for key, places in SOCIAL.items():
        clicks = presences[key].daily["link_clicks"].astype(float)
        for name, share in places:
            # While a campaign runs, half of the clicks are on links that carry its name.
            expected[Source(name, "Organic Social", "(referral)")] = clicks * share * (1 - 0.5 * promoted) + 0.4
        for campaign, days in during.items():
            expected[Source(f"{key} / social", "Organic Social", campaign.slug)] = clicks * 0.4 * days
    letters = np.array([MAIL[day] for day in weekdays]) * np.sqrt(story.interest)
    expected[Source("lettre / email", "Email", "(not set)")] = letters * (1 - 0.6 * promoted)
    for campaign, days in during.items():
        expected[Source("lettre / email", "Email", campaign.slug)] = letters * 0.9 * days
        ads = 46 if campaign.slug.startswith("festival") else 28
        for network, share in (("facebook", 0.6), ("instagram", 1.0)):
            name = f"{network} / paid_social"
            expected[Source(name, "Paid Social", campaign.slug)] = ads * share * days * story.interest
    expected[Source("youtube.com / referral", "Organic Video", "(referral)")] = 2.2 * story.interest
    return expected


def _links(story: Story) -> dict[Source, Series]:
    """Sites that come and go: a review since the quarrel over prices, a radio since the press came, a blog no more."""
    days = np.arange(7 * WEEKS)
    review = story.wave(story.buzz, (64, 48, 30, 18, 9)) + 2.5 * (days >= story.at(story.buzz))
    radio = story.wave(story.press + timedelta(1), (46, 21, 12))
    blog = 7.0 * (days < len(days) - SILENT_FOR) * story.interest
    found = {REVIEW: review, RADIO: radio, BLOG: blog}
    return {Source(name, "Referral", "(referral)"): visits for name, visits in found.items()}


def _page_shares(story: Story, presences: Mapping[str, Presence]) -> dict[str, Series]:
    weeks = np.arange(7 * WEEKS) // 7
    shares = {page: np.full(7 * WEEKS, share) for page, share in PAGES.items()}
    for show in SHOWS:
        on = (weeks >= show.week) & (weeks < show.week + show.weeks)
        after = (weeks >= show.week + show.weeks) & (weeks < show.week + show.weeks + 8)
        shares[show.path] = shares.get(show.path, np.zeros(7 * WEEKS)) + 0.075 * on + 0.008 * after
    for campaign in story.campaigns:
        page = "/festival-des-lucioles/" if campaign.slug.startswith("festival") else "/carte-bruissiere/"
        shares[page] = shares[page] + [0.12 * (campaign.first <= day <= campaign.last) for day in story.days]
    shares["/infos-pratiques/"] = shares["/infos-pratiques/"] + 0.06 * story.wave(story.buzz)
    return shares


def observe(story: Story, presences: Mapping[str, Presence], seed: int) -> Traffic:
    """The site's two years."""
    rng = np.random.default_rng([seed, 3])
    expected = _expected(story, presences)
    links = _links(story)
    # Sites that link are a draw of their own: those who come or go change nothing else.
    linked = np.random.default_rng([seed, 8]).poisson(np.array(list(links.values())))
    visits = np.concatenate((rng.poisson(np.array(list(expected.values()))), linked))
    shares = _page_shares(story, presences)
    measured = np.ones(7 * WEEKS, np.int64)
    measured[[story.at(day) for day in story.outage]] = 0
    weights = np.array(list(shares.values()))
    views = rng.poisson(weights / weights.sum(axis=0) * visits.sum(axis=0) * rng.uniform(2.4, 2.8, 7 * WEEKS))
    booking = 1 + 0.5 * shares["/festival-des-lucioles/"] / 0.12
    purchases = rng.poisson(visits.sum(axis=0) * 0.021 * booking)
    tickets = purchases + rng.poisson(purchases * 0.9)
    google = next(n for n, source in enumerate(expected) if source.name == "google / organic")
    return Traffic(
        sources=(*expected, *links),
        pages=tuple(shares),
        sessions=visits * measured,
        views=views * measured,
        clicks=np.round(visits[google] * rng.uniform(1.06, 1.18, 7 * WEEKS)).astype(np.int64),
        # The ticket office reports its sales itself, whatever happens to the site's tag.
        purchases=purchases,
        signups=rng.poisson(visits.sum(axis=0) * 0.006) * measured,
        revenue=tickets * 11.5 + purchases * 1.5,
    )
