"""A table of Universal Analytics as it is read: what its rows are of, what they count, and their days.

Its columns are told by their headers, in the languages we know, else by the shape of the report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from connectors.base import Column, Table, TableSpec, match_header
from connectors.cells import PAGE, TEXT, WHOLE, Kind, Unreadable, missing, normalise, printed
from connectors.ga4_columns import slice_of
from connectors.universal_shapes import are_counts, count_in, shape_of
from connectors.universal_tables import NO_FRAME, Cut, Frame, days_of_index
from data.model import says

DIMENSIONS = (
    Column("channel", ("Default Channel Grouping", "Groupe de canaux par défaut"), TEXT),
    Column("source", ("Source / Medium", "Source/Medium", "Source / Support", "Source/Support"), TEXT),
    Column("campaign", ("Campaign", "Campagne"), TEXT),
    Column("landing_page", ("Landing Page", "Page de destination", "Pages de destination"), PAGE),
    Column("page", ("Page",), PAGE),
    Column("title", ("Page Title", "Titre de la page"), TEXT),
    Column("country", ("Country", "Pays"), TEXT),
    Column("city", ("City", "Ville"), TEXT),
    Column("device", ("Device Category", "Catégorie d'appareil"), TEXT),
)
MEASURES = (
    Column("users", ("Users", "Utilisateurs"), adds=False),
    Column("new_users", ("New Users", "Nouveaux utilisateurs")),
    Column("sessions", ("Sessions", "Visits", "Visites")),
    Column("views", ("Pageviews", "Pages vues")),
    Column("key_events", ("Goal Completions", "Réalisations d'objectifs", "Objectifs réalisés")),
)
KEYS = {column.key for column in DIMENSIONS}
MEASURED = {column.key for column in MEASURES}
DAY_INDEX = {"day index", "日の指標"}
# Headers that Universal Analytics alone has.
SIGNS = DAY_INDEX | {
    "% new sessions", "% exit", "page value", "pages / session", "pages/session",
    "avg. session duration", "goal completions", "goal conversion rate", "% nouvelles sessions",
    "sorties (en %)", "valeur de la page", "duree moyenne des sessions",
}  # fmt: skip
EXITS = {"exits", "sorties"}
DERIVED = re.compile(r"%|rate$|^(avg|taux|duree)\b|/ ?sessions?$|value|valeur")


@dataclass(frozen=True)
class Report(Table):
    """A table with the frame above it and its dimensions in order; its rows are of a day where they print one."""

    frame: Frame = NO_FRAME
    dimensions: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()  # of its columns, beyond ours
    days: Mapping[Any, date] = field(default_factory=dict)  # that its rows print, by cell
    width: int = 1  # how many columns say what a row is of
    leaves: bool = False  # its rows are pages that visits ended on

    @property
    def slice(self) -> str:
        """The slice of the traffic that the table counts."""
        name = "exit" if self.leaves else slice_of(self.dimensions)
        return f"{name} ({self.frame.segment})" if self.frame.segment else name


def report_of(cut: Cut, spec: TableSpec, declared: Mapping[str, int]) -> Report:
    """The table as it is read: each column of its own kind, by its header or by the shape of the report.

    `declared`: the totals of the measures of the tables before it, which tell the measure of the days below them.
    """
    headers, width = tuple(printed(cell) for cell in cut.header), cut.dimensions
    names = {place: key for key, (place, *_) in (match_header(spec, cut.header) or {}).items()}
    unknown = not MEASURED & set(names.values()) and not EXITS & {normalise(header) for header in headers}
    days = days_of_index((row[0] for row in cut.body), cut.frame.period)
    shape = shape_of(cut.body, cut.total, len(headers)) if unknown and width == 1 else None
    columns = [*spec.columns]
    if days and (cut.frame.period or normalise(headers[0]) in DAY_INDEX):
        names[0] = "day"
        columns.append(Column("day", (headers[0],), _day_kind(days), required=True, aside=True))
        same = [key for key, count in declared.items() if count == count_in(cut.total, (1,))]
        if unknown and len(same) == len(headers) - 1 == 1:
            names[1] = same[0]
    elif shape:
        names |= {place: key for key, place in shape.places.items()}
        if shape.pages and all(str(row[0]).startswith("/") for row in cut.body):
            names[0] = shape.pages
    counts: list[str] = []
    for place, header in enumerate(headers):
        if place in names or not (header or place < width):
            continue
        key = header[:1].upper() + header[1:] or "—"  # keys of ours are in lower case: no header is taken for one
        if place >= width and are_counts(cut.body, place) and not DERIVED.search(normalise(header)):
            counts.append(key)
        if place < width or key in counts:
            names[place] = key
            columns.append(Column(key, (header,), TEXT if place < width else WHOLE, aside=True))
    spec = replace(
        spec, columns=tuple(columns), total=lambda cells: all(missing(cell, text=True) for cell in cells[:width])
    )
    return Report(
        spec, cut.sheet, cut.row, headers, {key: (place,) for place, key in names.items()}, last_row=cut.last_row,
        guessed=unknown and bool(MEASURED & set(names.values())), frame=cut.frame,
        dimensions=tuple(names[place] for place in range(width) if names[place] != "day"), counts=tuple(counts),
        days=days if "day" in names.values() else {}, width=width,
        leaves=names[0] == "page" and (shape.leaves if shape else normalise(headers[width]) in EXITS),
    )  # fmt: skip


def _day_kind(days: Mapping[Any, date]) -> Kind:
    def parse(cell: Any, _: bool) -> date:
        if (day := days.get(cell)) is None:
            raise Unreadable(says("a day of the report's period"))
        return day

    return Kind("day", parse)
