"""YouTube Studio, advanced mode: a ZIP of a table, a chart and totals, or one of these files alone.

A table counts a period that it does not name: it is that of the chart or the totals beside it, that of the
name of the ZIP, or it is asked. Rows do not add up to the `Total` row, which also counts what YouTube does
not list; it is no row of ours. `Subscribers` is gained less lost. Days are Pacific days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.blocks import Block
from connectors.cells import DECIMAL, ID, TEXT, normalise
from connectors.dates import DATE
from connectors.periods import Period, period_of, period_unknown
from connectors.rows import blocks, records
from connectors.sheet import Book, Cells
from data.model import Finding, Problem, says

DAYS = ("Date", "Datum", "Data")
VIDEOS = ("Content", "Video", "Contenu", "Conteúdo")
DIMENSIONS = {
    "video": VIDEOS,
    "country": ("Geography", "Zone géographique", "Geografie", "Geografia"),
    "age": ("Viewer age", "Âge du spectateur", "Idade do espectador"),
    "gender": ("Viewer gender", "Sexe du spectateur"),
    "traffic source": ("Traffic source", "Source de trafic"),
    "device": ("Device type", "Type d'appareil"),
    "system": ("Operating system", "Système d'exploitation"),
    "subscription": ("Subscription status", "Statut de l'abonnement"),
    "content type": ("Content type", "Type de contenu"),
}
DIMENSION_OF = {normalise(header): key for key, headers in DIMENSIONS.items() for header in headers}

# fmt: off
DAY = Column("day", DAYS, DATE, required=True, aside=True)
MEMBER = Column("member", tuple(h for headers in DIMENSIONS.values() for h in headers), ID, required=True)
VIEWS = Column("views", ("Views", "Vues", "Aufrufe", "Visualizações"))
HOURS = Column("hours", ("Watch time (hours)", "Durée de visionnage (heures)", "Wiedergabezeit (Stunden)",
                         "Tempo de exibição (horas)"), DECIMAL, aside=True)
PERCENT = Column("percent", ("Views (%)", "Vues (%)", "Aufrufe (%)", "Visualizações (%)"), DECIMAL,
                 aside=True)
COUNTS = (
    VIEWS,
    HOURS,
    Column("impressions", ("Impressions", "Impressionen", "Impressões")),
    Column("reactions", ("Likes", "J'aime")),
    Column("shares", ("Shares", "Partages")),
    Column("comments", ("Comments added", "Commentaires ajoutés")),
    Column("follows", ("Subscribers gained", "Nouveaux abonnés", "Abonnés gagnés")),
)
POST = (
    Column("post_id", VIDEOS, ID, required=True),
    Column("text", ("Video title", "Titre de la vidéo", "Videotitel", "Título do vídeo"), TEXT,
           required=True, may_be_empty=True),
    Column("published", ("Video publish time", "Heure de publication de la vidéo",
                         "Veröffentlichungszeitpunkt des Videos"), DATE, aside=True),
    *COUNTS,
)
CHANNEL = (
    DAY,
    *COUNTS,
    Column("net_follows", ("Subscribers", "Abonnés", "Abonnenten", "Inscritos")),
    Column("unfollows", ("Subscribers lost", "Abonnés perdus")),
)
# fmt: on
# What a file of days may hold besides, and still be YouTube's for sure.
RATES = {
    normalise(header)
    for header in (
        "Impressions click-through rate (%)",
        "Taux de clics par impression (%)",
        "Average view duration",
        "Average percentage viewed (%)",
        "Unique viewers",
        "Spectateurs uniques",
        "Engaged views",
        "Dislikes",
    )
}  # fmt: skip

TOTAL = {"total", "gesamt", "totale", "totaal"}
NAMED_PERIOD = re.compile(r"(20\d\d-[01]\d-[0-3]\d)_(20\d\d-[01]\d-[0-3]\d)")


def total(cells: Cells) -> bool:
    """Whether a row is the total, wherever it stands."""
    words = [cell for cell in cells if isinstance(cell, str) and any(c.isalpha() for c in cell)]
    return len(words) == 1 and normalise(words[0]) in TOTAL


def footer(cells: Cells) -> bool:
    """Whether a row is the line that says how many rows are listed."""
    return _footer(cells) is not None


def _footer(cells: Cells) -> str | None:
    filled = [str(cell) for cell in cells if cell is not None and str(cell).strip()]
    return filled[0] if len(filled) == 1 and re.search(r"\D \d+ \D", filled[0]) else None


def read_posts(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a video; its counts run from the first day of the period if it is older than that."""
    first, _ = period_of(source, named_period(source.book.name))
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        video = record.values["post_id"]
        published = record.aside.get("published")
        day = published.date() if published else None
        yield record.statement(
            "posts",
            account=source.account.key,
            day=day,
            kind="video",
            link=f"https://www.youtube.com/watch?v={video}",
            counted_from=None if day and day >= first else first,
            watch_seconds=_seconds(record.aside.get("hours")),
        )
    yield from _cut_short(table)


def read_channel(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day of the channel."""
    for block in blocks(table, source):
        if isinstance(block, Block):
            told = {"day": _days(block), "watch_seconds": _watched(block)}
            yield block.statements("account_days", account=source.account.key, **told)
        else:
            yield block
    yield from _cut_short(table)


def read_members(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a country, an age or a video: by day in a chart, for the period in a table."""
    whole = None if "day" in table.positions else period_of(source, named_period(source.book.name))
    dimension = DIMENSION_OF[normalise(table.header("member"))]
    for block in blocks(table, source):
        if not isinstance(block, Block):
            yield block
            continue
        first, last = whole or (_days(block),) * 2
        shares = [None if percent is None else round(percent / 100, 6) for percent in block.stated("percent") or ()]
        yield block.statements(
            "audience", account=source.account.key, dimension=dimension, first_day=first, last_day=last,
            watch_seconds=_watched(block), share=shares or None,
        )  # fmt: skip
    yield from _cut_short(table)


def _cut_short(table: Table) -> Iterator[Problem]:
    """The problem of a list that YouTube has cut, as the line below it says."""
    if table.spec.drops is not footer:
        return
    for number, cells in table.sheet.rows():
        if number > table.header_row and (said := _footer(cells)):
            expected = says("all rows; YouTube cuts a long list, so those with the fewest views are missing")
            yield Problem(expected, said, table.sheet.name, number, table.headers[0])


def _days(block: Block) -> list[date]:
    return [day.date() for day in block.aside["day"]]


def _watched(block: Block) -> list[float | None] | None:
    hours = block.stated("hours")
    return None if hours is None else [_seconds(each) for each in hours]


def _seconds(hours: float | None) -> float | None:
    return None if hours is None else round(hours * 3600, 3)


def named_period(name: str) -> Period | None:
    """The first and last day that the name of a native ZIP holds."""
    match = NAMED_PERIOD.search(name)
    try:
        return (date.fromisoformat(match[1]), date.fromisoformat(match[2])) if match else None
    except ValueError:  # digits that only look like dates
        return None


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book; days alone are YouTube's only if all their columns are."""
    tables = find_tables(book, specs)
    if any(table.spec.read is not read_channel for table in tables):
        return tables
    known = RATES.union(*(column.headers for column in CHANNEL))
    return [table for table in tables if {normalise(header) for header in table.headers} <= known]


MEASURES = ("views", "hours")

CONNECTOR = Connector(
    key="youtube",
    networks=("youtube",),
    title=N_("YouTube Studio: tables"),
    where=N_("YouTube Studio, Analytics, Advanced mode, choose a table and the dates, then the arrow, CSV."),
    tables=(
        TableSpec("audience", (DAY, MEMBER, VIEWS, HOURS), read_members, daily=True, hints=MEASURES,
                  ignores=r"^dur[ae]"),
        TableSpec("posts", POST, read_posts, refuses=DAYS, total=total, drops=footer,
                  hints=(*MEASURES, "impressions", "published")),
        TableSpec("audience", (MEMBER, VIEWS, HOURS, PERCENT), read_members, refuses=DAYS,
                  total=total, drops=footer, hints=("hours", "percent")),
        TableSpec("account_days", CHANNEL, read_channel, daily=True, total=total, drops=footer, hints=MEASURES),
    ),
    find=find,
    needs_since=lambda book, tables: period_unknown(tables, named_period(book.name)),
    names=(r"\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d (?P<handle>.+?)(?: \(\d+\))?\.zip$",),
)  # fmt: skip
