"""The columns of Matomo: by the names of its API, and by those of its pages in English and in French."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from connectors.base import Column
from connectors.cells import DECIMAL, PAGE, Kind, normalise
from connectors.matomo_reports import label_in, period_in

SIGN, CODE = r"[^\W\d_]{0,3}[^\w\s.,%+='-]", r"[^\W\d_]{2,3}"  # R$, €, EUR
CURRENCY = re.compile(rf"^(-?)(?:{SIGN}|{CODE})\s?(?=-?\d)|(?<=\d)\s?(?:{SIGN}|{CODE})$")


def _amount(cell: Any, comma: bool) -> float | None:
    """An amount of money with or without the sign of its currency."""
    return DECIMAL.parse(CURRENCY.sub(r"\1", cell.strip()) if isinstance(cell, str) else cell, comma)


MEASURES = (
    Column("users", ("nb_uniq_visitors", "Unique visitors", "Visiteurs uniques"), adds=False),
    Column("sessions", ("nb_visits", "Visits", "Visites")),
    Column("views", ("nb_pageviews", "nb_hits", "Pageviews", "Vues", "Pages vues", "Vues de page")),
    Column("events", ("nb_events", "Total events")),
    Column("key_events", ("nb_conversions", "Conversions"), DECIMAL, adds=True),
    Column("key_event_sessions", ("nb_visits_converted", "Visits with Conversions", "Visites avec Conversions")),
    Column("revenue", ("revenue", "Revenu"), Kind("amount", _amount), adds=True),
    Column("entries", ("entry_nb_visits", "Entrances", "Entrées"), aside=True),
    Column("exits", ("exit_nb_visits", "Exits", "Sorties"), aside=True),
)
COLUMNS = (
    Column("period", ("date",), Kind("period", period_in), required=True, aside=True),
    Column("label", ("label", "Nom", "Libellé"), Kind("label", label_in), required=True, aside=True),
    Column("url", ("metadata_url", "Metadata: url", "Métadonnées: url", "Méta-données: url"), PAGE, aside=True),
    *MEASURES,
)
MEASURED = {column.key for column in MEASURES}
# Headers of the API, and translated ones that no other tool has beside those of the measures.
OF_API = re.compile(r"(entry_|exit_)?nb_(visits|uniq_visitors|hits|pageviews|actions|conversions|events)")
SIGNS = {
    "maximum actions in one visit", "total time spent by visitors (in seconds)", "visits with conversions",
    "actions per visit", "avg. time on website", "metadata: url",
    "nombre maximum d'actions en une visite", "temps total passe par les visiteurs (en secondes)",
    "visites avec conversions", "actions par visite", "temps moyen sur le site", "metadonnees: url",
    "meta-donnees: url",
}  # fmt: skip
DERIVED = (
    r"rate\b|_rate|^taux|\bavg\b|^avg_|moyen|_per_|\bper visit\b|\bpar visite\b|percent|evolution|%|^max|^min_"
    r"|^nombre max|^meta|^idsub|^segment"
)


def is_header(filled: Sequence[str]) -> bool:
    """Whether the texts of a row are headers of Matomo."""
    names = {normalise(text) for text in filled}
    if any(OF_API.fullmatch(name) for name in names):
        return True
    first = normalise(filled[0]) if filled else ""
    counted = any(names.intersection(column.headers) for column in MEASURES)
    return counted and bool(names & SIGNS) and any(first in column.headers for column in COLUMNS)
