"""Visits drawn into events: many at once, with numpy, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loopback.ga4_site import EVENT_COLUMNS, NONE, NOT_SET, PAGE_COLUMNS, SESSION_COLUMNS, Site

Draws = NDArray[np.float64]
Numbers = NDArray[np.int64]

HOURS = np.array([3, 2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8, 8, 8, 7, 7, 8, 9, 10, 11, 12, 11, 8, 5], float)
PLACES = (  # of the same row: country, region, city
    ("France", "Brittany", "Rennes", 30), ("France", "Brittany", "Orvaine", 34),
    ("France", "Île-de-France", "Paris", 14), ("France", "Pays de la Loire", "Nantes", 8),
    ("Belgium", "Brussels", "Brussels", 4), ("Canada", "Quebec", "Montréal", 3), ("Switzerland", "Geneva", "Geneva", 2),
    (NOT_SET, NOT_SET, NOT_SET, 3), ("France", NOT_SET, NOT_SET, 2),
)  # fmt: skip
DEVICES = (
    ("mobile", "Android", "Chrome", 36), ("mobile", "iOS", "Safari", 29), ("desktop", "Windows", "Edge", 10),
    ("desktop", "Windows", "Chrome", 13), ("desktop", "Macintosh", "Safari", 7), ("tablet", "iOS", "Safari", 3),
    ("desktop", "Linux", "Firefox", 1), ("smart tv", "Tizen", "Samsung Internet", 1),
)  # fmt: skip
LANGUAGES = (("French", 88), ("English", 9), ("Breton", 2), (NOT_SET, 1))
SEARCHED = ("billets", "horaires", "café", "atelier enfant", "parking", "lucioles", "tarif réduit", "gift card")

# A stranger comes back: the chance that a session is somebody's first.
NEW = 0.66
LATE, LATEST = 0.03, timedelta(hours=70)


@dataclass(frozen=True, slots=True)
class Channel:
    """Where sessions come from, as Google files it, with what the links carried."""

    channel: str
    source: str
    medium: str
    campaign: str = NOT_SET
    weight: float = 1
    referrer: str = ""
    term: str = NOT_SET
    content: str = NOT_SET

    @property
    def tagged(self) -> bool:
        """Whether a link carried `utm_` parameters."""
        return self.medium not in ("organic", "referral", NONE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: where, what it is called, how much it is looked at."""

    path: str
    title: str
    weight: float = 1
    query: str = ""
    host: str = "www.labruissiere.example"


LUCIOLES = "festival-lucioles"
CHANNELS = (
    Channel("Organic Search", "google", "organic", "(organic)", 40, "https://www.google.com/"),
    Channel("Organic Search", "bing", "organic", "(organic)", 3, "https://www.bing.com/"),
    Channel("Direct", "(direct)", NONE, "(direct)", 22),
    Channel("Organic Social", "m.facebook.com", "referral", "(referral)", 9, "https://m.facebook.com/"),
    Channel("Organic Social", "l.instagram.com", "referral", "(referral)", 7, "https://l.instagram.com/"),
    Channel("Organic Social", "instagram", "social", LUCIOLES, 3, "https://l.instagram.com/", content="story"),
    Channel("Paid Social", "facebook", "paid_social", LUCIOLES, 4, "https://m.facebook.com/", "familles", "vidéo"),
    Channel("Email", "lettre", "email", "lettre-de-novembre", 6),
    Channel("Referral", "orvaine-tourisme.example", "referral", "(referral)", 4, "https://orvaine-tourisme.example/"),
    Channel("Referral", "agenda-ouest.example", "referral", "(referral)", 3, "https://agenda-ouest.example/"),
    Channel("AI Assistant", "chatgpt.com", "referral", "(referral)", 1, "https://chatgpt.com/"),
    Channel("Unassigned", NOT_SET, NOT_SET, NOT_SET, 1),
)  # fmt: skip
PAGES = (
    Page("/", "La Bruissière", 19), Page("/agenda/", "Agenda", 15), Page("/billetterie/", "Billetterie", 12),
    Page("/infos-pratiques/", "Infos pratiques", 7), Page("/cafe/", "Le café", 2),
    Page("/été/", "Été à la Bruissière", 3),
    Page("/recherche/", "Recherche", 3, "?q=billets"), Page("/agenda/", "Agenda : décembre", 4, "?mois=12"),
    Page("/commande/", "Commande", 3, host="billets.labruissiere.example"), Page("/lettre/", "La lettre", 1),
    *(Page(f"/spectacles/{n}/", f"Spectacle n° {n}", 6 / n) for n in range(1, 41)),
)  # fmt: skip


def made_up(last: date, days: int = 60, a_day: float = 60, seed: int = 1, **settings) -> Site:
    """An invented property of so many days, asked in the afternoon of its last."""
    rng = np.random.default_rng(seed)
    first = last - timedelta(days - 1)
    weekly = np.array([1 + 0.25 * ((first + timedelta(n)).weekday() >= 4) for n in range(days)])
    shares = np.array([channel.weight for channel in CHANNELS])
    drawn = rng.poisson(a_day * weekly * (shares / shares.sum())[:, None])
    looked = np.repeat(np.array([page.weight for page in PAGES])[:, None], days, axis=1)
    now = datetime.combine(last, datetime.min.time()) + timedelta(hours=15)
    return browse(first, CHANNELS, drawn, PAGES, looked, now, rng, **settings)


def browse(
    first: date,
    channels: tuple[Channel, ...],
    drawn: Numbers,
    pages: tuple[Page, ...],
    looked: Draws,
    now: datetime,
    rng: np.random.Generator,
    sold: float = 0.02,
    subscribed: float = 0.006,
    price: float = 11.5,
    **settings,
) -> Site:
    """The property of so many sessions by channel and day (`drawn`), whose pages are looked at as `looked` says.

    `sold` and `subscribed` are the shares of sessions that buy and that sign up.
    """
    places, days = (np.repeat(each, drawn.ravel()) for each in np.indices(drawn.shape).reshape(2, -1))
    number = len(days)
    seconds = rng.choice(24, number, p=HOURS / HOURS.sum()) * 3600 + rng.integers(0, 3600, number)
    order = np.lexsort((seconds, days))
    places, days, seconds = places[order], days[order], seconds[order]
    began = np.datetime64(first, "s") + (days * 86_400 + seconds).astype("timedelta64[s]")
    visitors, is_first = _visitors(number, rng)
    engaged = rng.random(number) < 0.57
    views = np.where(engaged, 1 + rng.geometric(0.42, number), 1)
    events, landing, lasted = _events(days, began, is_first, engaged, views, looked, rng)
    buyers = rng.random(number) < np.where(engaged, sold / 0.57, 0)
    signed = rng.random(number) < np.where(engaged, subscribed / 0.57, 0)
    revenue = np.round((1 + rng.poisson(0.9, number)) * price + 1.5, 2)
    key_events = settings.get("key_events", ("purchase", "sign_up"))
    ends = began + lasted.astype("timedelta64[s]")
    ending = (
        (np.flatnonzero(buyers), "purchase"), (np.flatnonzero(signed), "sign_up"),
        (np.flatnonzero(is_first), "first_visit"), (np.arange(number), "session_start"),
    )  # fmt: skip
    parts = [events]
    for who, name in ending:
        at_end = name in key_events or name in ("purchase", "sign_up")
        part = {"session": who, "moment": (ends if at_end else began)[who], "event": name, "page": landing[who]}
        parts.append(pd.DataFrame(part | {"revenue": revenue[who] if name == "purchase" else 0.0}))
    events = pd.concat(parts, ignore_index=True)
    return _site(
        channels, places, pages, visitors, is_first, began, engaged, landing, lasted, events, now, rng, settings
    )


def _visitors(number: int, rng: np.random.Generator) -> tuple[Numbers, NDArray[np.bool_]]:
    """Who comes, session after session: a stranger, or one of those before, the latest most of all."""
    is_first = rng.random(number) < NEW
    if number:
        is_first[0] = True
    known = np.cumsum(is_first)
    back = np.floor(rng.exponential(np.maximum(known * 0.15, 1), number)).astype(np.int64) % known
    return np.where(is_first, known, known - back), is_first


def _events(days, began, is_first, engaged, views, looked, rng):
    """The page views of every session, with scrolls and searches; the landing pages, and how long each lasted."""
    session = np.repeat(np.arange(len(views)), views)
    place = np.arange(len(session)) - np.repeat(np.cumsum(views) - views, views)
    page = _drawn_pages(days[session], looked, rng)
    dwelt = np.where(engaged[session], np.round(rng.exponential(34, len(session)) + 2, 3), 0.0)
    before = np.cumsum(dwelt) - dwelt
    offset = before - np.repeat(before[place == 0], views)
    moment = began[session] + np.round(offset).astype("timedelta64[s]")
    landing = page[place == 0]
    lasted = np.round(np.add.reduceat(dwelt, np.flatnonzero(place == 0))) if len(session) else np.zeros(0)
    events = pd.DataFrame(
        {"session": session, "moment": moment, "event": "page_view", "page": page, "engagement": dwelt, "place": place}
    )
    scrolled = events[rng.random(len(events)) < 0.3].assign(event="scroll", engagement=0.0)
    sought = events[(rng.random(len(events)) < 0.02) & (place > 0)].assign(event="view_search_results", engagement=0.0)
    sought["term"] = rng.choice(SEARCHED, len(sought))
    return pd.concat([events, scrolled, sought], ignore_index=True), landing, lasted


def _drawn_pages(days: Numbers, looked: Draws, rng: np.random.Generator) -> Numbers:
    """A page for each view, drawn from the weights of its day."""
    upto = np.cumsum(looked, axis=0)
    upto = (upto / upto[-1]).T + np.arange(looked.shape[1])[:, None]
    return np.searchsorted(upto.ravel(), days + rng.random(len(days)), side="right") - days * looked.shape[0]


def _site(
    channels, places, pages, visitors, is_first, began, engaged, landing, lasted, events, now, rng, settings
) -> Site:
    number, people = len(visitors), int(visitors.max(initial=0)) + 1
    sessions = pd.DataFrame(
        {
            "session": np.arange(number), "visitor": visitors, "began": began, "engaged": engaged, "is_first": is_first,
            "landing": landing, "lasted": lasted,
            "settles": began + rng.integers(8 * 3600, 40 * 3600, number).astype("timedelta64[s]"),
        }
    )  # fmt: skip
    for key in ("channel", "source", "medium", "campaign"):
        sessions[key] = _taken([getattr(channel, key) for channel in channels], places)
    for key in ("source", "medium", "campaign", "term", "content"):
        tagged = [getattr(channel, key) if channel.tagged else NOT_SET for channel in channels]
        sessions[f"manual_{key}"] = _taken(tagged, places)
    for keys, choices in (
        (("country", "region", "city"), PLACES), (("device", "system", "browser"), DEVICES), (("language",), LANGUAGES),
    ):  # fmt: skip
        weights = np.array([choice[-1] for choice in choices], float)
        own = rng.choice(len(choices), people, p=weights / weights.sum())[visitors]
        for n, key in enumerate(keys):
            sessions[key] = _taken([str(choice[n]) for choice in choices], own)
    place = events.pop("place").to_numpy()
    session = events["session"].to_numpy()
    came = _taken([channel.referrer for channel in channels], places)
    host = f"https://{pages[0].host}/"
    within = pd.Categorical([host], categories=[host])
    referrer = pd.Series(came).take(session).astype(object).to_numpy()
    events["referrer"] = pd.Categorical(np.where(np.nan_to_num(place) > 0, within[0], referrer))
    late = np.where(rng.random(number) < LATE, LATEST.total_seconds(), 5 * 3600)
    delay = (2 * 3600 + rng.random(number) * (late - 2 * 3600)).astype("timedelta64[s]")
    events["seen"] = events["moment"].to_numpy() + delay[session]
    events["is_key"] = events["event"].isin(settings.get("key_events", ("purchase", "sign_up")))
    events["term"] = events["term"].astype("category").cat.add_categories([""]).fillna("")
    events["event"] = pd.Categorical(events["event"])
    events["worth"] = events["revenue"]
    events = events.sort_values("moment", kind="stable", ignore_index=True)
    for key in ("worth", "revenue", "engagement"):
        events[key] = events[key].where(events[key].notna(), other=0.0)
    known = pd.DataFrame(
        [{"page": n, **{key: getattr(page, key) for key in PAGE_COLUMNS[1:]}} for n, page in enumerate(pages)]
    )
    return Site(
        pd.DataFrame(sessions, columns=[*SESSION_COLUMNS]),
        pd.DataFrame(events, columns=[*EVENT_COLUMNS]),
        known,
        now,
        **settings,
    )


def _taken(values: list[str], places: Numbers) -> pd.Categorical:
    """The value of each place, as DuckDB takes it fast."""
    distinct = list(dict.fromkeys(values))
    codes = np.array([distinct.index(value) for value in values])
    return pd.Categorical.from_codes(codes[places], categories=distinct)
