"""What was published: reports as they were handed over, with the figures they printed. Never derived from exports."""

from __future__ import annotations

import secrets
from datetime import datetime

from data.cursor import Cursor
from data.model import Printed, Publication, Window


def publications(cursor: Cursor) -> list[Publication]:
    """Every publication, the oldest first."""
    query = (
        "select id, first_day, last_day, edition, language, way, headline, comment, decision, published_at, "
        "list({'metric': f.metric, 'first': f.first, 'last': f.last, 'value': f.value, 'settled': f.settled} "
        "order by f.place) filter (f.metric is not null) from published left join published_figures f using (id) "
        "group by all order by published_at, id"
    )
    return [
        Publication(
            Window(first, last), *stated, published_at=at, id=one,
            figures=tuple(
                Printed(f["metric"], Window(f["first"], f["last"]), f["value"], f["settled"]) for f in figures or ()
            ),
        )
        for one, first, last, *stated, at, figures in cursor.execute(query).fetchall()
    ]  # fmt: skip


def publish(cursor: Cursor, said: Publication, at: datetime) -> str:
    """Keeps what is published, and gives its id."""
    one, week = secrets.token_hex(6), said.week
    cursor.execute(
        "insert into published values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            one,
            week.first,
            week.last,
            said.edition,
            said.language,
            said.way,
            said.headline,
            said.comment,
            said.decision,
            at,
        ],
    )
    for place, f in enumerate(said.figures):
        cursor.execute(
            "insert into published_figures values (?, ?, ?, ?, ?, ?, ?)",
            [one, place, f.metric, f.window.first, f.window.last, f.value, f.settled],
        )
    return one


def forget_publication(cursor: Cursor, one: str) -> None:
    """Takes back that something was published; one that is not there any more is no error."""
    for table in ("published", "published_figures"):
        cursor.execute(f"delete from {table} where id = ?", [one])
