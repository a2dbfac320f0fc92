"""The columns of Google Analytics 4 files: days, dimensions, measures, and averages turned into sums.

French headers are those of real files, and translations of the same series where no file shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from connectors.base import Column
from connectors.cells import DECIMAL, PAGE, TEXT, Kind, Unreadable, normalise
from connectors.dates import YMD_STYLE, Dates
from data.model import says


def _nth(cell: Any, _: bool) -> int:
    text = TEXT.parse(cell, False)
    if not re.fullmatch(r"\d{1,4}", text):
        raise Unreadable(says("the number of a day such as 0012"))
    return int(text)


def _week(cell: Any, _: bool) -> date:
    text = TEXT.parse(cell, False)
    if re.fullmatch(r"(19|20)\d{4}", text):
        with suppress(ValueError):
            return date.fromisocalendar(int(text[:4]), int(text[4:]), 1)
    raise Unreadable(says("an ISO week such as 202514"))


def _month(cell: Any, _: bool) -> date:
    text = TEXT.parse(cell, False)
    if not re.fullmatch(r"(19|20)\d\d(0[1-9]|1[0-2])", text):
        raise Unreadable(says("a month such as 202504"))
    return date(int(text[:4]), int(text[4:]), 1)


# fmt: off
SPANS = (
    Column("date", ("Date",), Dates((YMD_STYLE,)), aside=True),
    Column("nth_day", ("Nth day", "Nième jour"), Kind("nth day", _nth), aside=True),
    Column(
        "iso_week", ("ISO week of ISO year", "Semaine ISO de l'année ISO"), Kind("week", _week), aside=True
    ),
    Column("month", ("Year month", "Année et mois"), Kind("month", _month), aside=True),
)

DIMENSIONS = (
    Column("channel", (
        "Session primary channel group (Default Channel Group)", "Session default channel group",
        "Session default channel grouping", "Session primary channel group",
        "Groupe de canaux principal de la session (Groupe de canaux par défaut)",
        "Groupe de canaux par défaut de la session",
    ), TEXT),
    Column("source", ("Session source / medium", "Source/Support de la session"), TEXT),
    Column("campaign", ("Session campaign", "Campagne de la session"), TEXT),
    Column("landing_page", (
        "Landing page", "Landing page + query string", "Page de destination",
        "Page de destination + chaîne de requête",
    ), PAGE),
    Column("page", (
        "Page path and screen class", "Page path", "Page path + query string",
        "Page path + query string and screen class", "Chemin de la page et classe de l'écran",
        "Chemin de la page", "Chemin de la page + chaîne de requête",
    ), PAGE),
    Column("title", (
        "Page title and screen class", "Page title and screen name", "Page title",
        "Titre de la page et classe de l'écran", "Titre de la page et nom de l'écran", "Titre de la page",
    ), TEXT),
    Column("referrer", ("Page referrer", "URL de provenance de la page"), PAGE),
    Column("host", ("Hostname", "Host name", "Nom d'hôte"), TEXT),
    Column("country", ("Country", "Pays"), TEXT),
    Column("region", ("Region", "Région"), TEXT),
    Column("city", ("City", "Ville"), TEXT),
    Column("device", ("Device category", "Catégorie d'appareil"), TEXT),
    Column("system", ("Operating system", "Système d'exploitation"), TEXT),
    Column("browser", ("Browser", "Navigateur"), TEXT),
    Column("term", ("Session manual term", "Terme manuel de la session"), TEXT),
    Column("content", ("Session manual ad content", "Contenu d'annonce manuel de la session"), TEXT),
    Column("new_returning", ("New / returning", "Nouveau/connu", "Nouveaux / connus"), TEXT, aside=True),
    Column("event", ("Event name", "Nom de l'événement"), TEXT),
    Column("hour", ("Hour", "Heure"), adds=False),
    Column("first_channel", (
        "First user primary channel group (Default Channel Group)", "First user default channel group",
        "First user default channel grouping", "First user primary channel group",
        "Groupe de canaux principal du premier utilisateur (Groupe de canaux par défaut)",
    ), TEXT, aside=True),
    Column("first_source", (
        "First user source / medium", "Première combinaison source/support de l'utilisateur",
    ), TEXT, aside=True),
    Column("first_campaign", ("First user campaign",), TEXT, aside=True),
    Column("country_id", ("Country ID", "Identifiant du pays"), TEXT, aside=True),
    Column("platform", ("Platform", "Plate-forme"), TEXT, aside=True),
    Column("audience", ("Audience name", "Nom de l'audience"), TEXT, aside=True),
)  # fmt: skip
SLICES = {"landing_page": "landing", "title": "page", "country": "geo"}
# What only tells more of what stands beside it: a slice has the name of the wider thing.
DETAILS = {
    "region": "country", "city": "country", "system": "device", "browser": "device", "term": "campaign",
    "content": "campaign",
}  # fmt: skip

# People are not added: who came on two days stands in two rows.
MEASURES = (
    Column("users", ("Active users", "Users", "Utilisateurs actifs", "Utilisateurs"), adds=False),
    Column("total_users", ("Total users", "Nombre total d'utilisateurs"), adds=False),
    Column("new_users", ("New users", "Nouveaux utilisateurs")),
    Column("returning_users", ("Returning users", "returning", "Utilisateurs connus"), adds=False),
    Column("sessions", ("Sessions",)),
    Column("engaged_sessions", ("Engaged sessions", "Sessions avec engagement")),
    Column("engagement_seconds", ("User engagement", "Engagement utilisateur"), DECIMAL, adds=True),
    Column("views", ("Views", "Vues")),
    Column("events", ("Event count", "Nombre d'événements")),
    Column("key_events", ("Key events", "Conversions", "Événements clés"), DECIMAL, adds=True),
    Column("revenue", ("Total revenue", "Revenu total"), DECIMAL, adds=True),
)


@dataclass(frozen=True)
class Average:
    """An average that Google prints, and the sum it gives when multiplied by what it is an average over."""

    gives: str
    over: str
    headers: tuple[str, ...]
    of_the_rest: bool = False  # a share that counts the others, as bounces do

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", tuple(normalise(header) for header in self.headers))

    def total(self, average: float, over: float) -> float:
        """The sum; sessions are whole."""
        total = (1 - average if self.of_the_rest else average) * over
        return round(total, 3) if self.gives == "engagement_seconds" else round(total)


AVERAGES = (
    Average("engagement_seconds", "sessions", (
        "Average engagement time per session", "Durée d'engagement moyenne par session")),
    Average("engagement_seconds", "users", (
        "Average engagement time per active user", "Average engagement time",
        "Durée d'engagement moyenne par utilisateur actif", "Durée d'engagement moyenne")),
    Average("engaged_sessions", "users", (
        "Engaged sessions per active user", "Engaged sessions per user",
        "Sessions avec engagement par utilisateur actif")),
    Average("engaged_sessions", "sessions", ("Engagement rate", "Taux d'engagement")),
    Average("engaged_sessions", "sessions", ("Bounce rate", "Taux de rebond"), of_the_rest=True),
    Average("key_event_sessions", "sessions", (
        "Session key event rate", "Session conversion rate", "Taux d'événements clés par session")),
    Average("key_event_users", "users", (
        "User key event rate", "User conversion rate", "Taux d'événements clés par utilisateur")),
)  # fmt: skip
# Ratios that give no sum of ours.
RATIOS = (
    "Views per active user", "Views per user", "Views per session", "Sessions per active user",
    "Event count per active user", "Event count per user", "Events per session",
    "Vues par utilisateur actif", "Vues par utilisateur", "Vues par session", "Sessions par utilisateur actif",
    "Nombre d'événements par utilisateur actif", "Nombre d'événements par utilisateur", "Événements par session",
)  # fmt: skip
# Measures without a column of ours: active users who came for the first time, the averages and other ratios.
UNCOUNTED = {"new"}.union(map(normalise, RATIOS), *(average.headers for average in AVERAGES))


def sums(values: Mapping[str, Any], others: Mapping[str, float]) -> dict[str, float]:
    """The sums that the averages of a row give, where it states what they are over and not the sum."""
    printed = {normalise(header): number for header, number in others.items()}
    found: dict[str, float] = {}
    for average in AVERAGES:
        over = values.get(average.over)
        stated = next((printed[header] for header in average.headers if header in printed), None)
        per_visit = average.over == "sessions" and average.gives != "engagement_seconds"
        share = per_visit or average.gives == "key_event_users"  # which is 1 at most
        if stated is None or over is None or (share and not 0 <= stated <= 1):
            continue
        if average.gives not in values:
            found.setdefault(average.gives, average.total(stated, over))
    return found


def days_of(aside: Mapping[str, Any], first: date, last: date) -> tuple[date, date]:
    """The first and last day of a row, in a report that runs from `first` to `last`."""
    if "date" in aside:
        day = aside["date"].date()
        return day, day
    if "nth_day" in aside:
        day = first + timedelta(days=aside["nth_day"])
        return day, day
    if monday := aside.get("iso_week"):
        return max(first, monday), min(last, monday + timedelta(days=6))
    if month := aside.get("month"):
        following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        return max(first, month), min(last, following - timedelta(days=1))
    return first, last


def slice_of(dimensions: Iterable[str]) -> str:
    """The slice of a report: its dimensions beside the date, joined; the whole site when there is none."""
    keys = tuple(dimensions)
    wider = [key for key in keys if DETAILS.get(key) not in keys and (key != "host" or len(keys) == 1)]
    return "+".join(dict.fromkeys(SLICES.get(key, key) for key in wider)) or "site"
