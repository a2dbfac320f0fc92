"""What people state about days: annotations, and the causes of peaks. Never worked out from exports."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from data.cursor import Cursor
from data.model import CATEGORIES, LONGEST_TEXT, Annotation, Noted, PeakCause, Stated, UserError, Window, says


def read_annotations(cursor: Cursor) -> list[Annotation]:
    """Every annotation, the oldest day first."""
    query = "select id, first_day, last_day, category, text from annotations order by first_day, last_day, text, id"
    return [
        Annotation(one, Window(first, last), category, text)
        for one, first, last, category, text in cursor.execute(query).fetchall()
    ]


def annotate(cursor: Cursor, noted: Noted) -> str:
    """Adds an annotation of a day or of a span of days, and gives its id."""
    one = secrets.token_hex(6)
    cursor.execute("insert into annotations values (?, ?, ?, ?, ?)", [one, *checked(noted)])
    return one


def annotate_all(cursor: Cursor, noted: Iterable[Noted]) -> int:
    """Adds annotations, but for those that are stated already in the same words; gives how many are new."""
    known = {(note.window.first, note.window.last, note.category, note.text) for note in read_annotations(cursor)}
    new = [one for one in dict.fromkeys(map(checked, noted)) if one not in known]
    for one in new:
        annotate(cursor, one)
    return len(new)


def change_annotation(cursor: Cursor, one: str, noted: Noted) -> None:
    """States an annotation anew; one that is not there any more stays away."""
    cursor.execute(
        "update annotations set first_day = ?, last_day = ?, category = ?, text = ? where id = ?",
        [*checked(noted), one],
    )


def checked(noted: Noted) -> Noted:
    """What is noted, its text on one line. Raises UserError where it is no annotation."""
    if noted.last < noted.first:
        raise UserError(
            says("An annotation ends before it begins: {first}, {last}.", first=noted.first, last=noted.last)
        )
    if noted.category not in CATEGORIES:
        raise UserError(
            says("{category} is no category: {known}.", category=noted.category, known=", ".join(CATEGORIES))
        )
    return noted._replace(text=_checked(noted.text))


def forget_annotation(cursor: Cursor, one: str) -> None:
    """Takes an annotation back; one that is not there any more is no error."""
    cursor.execute("delete from annotations where id = ?", [one])


def read_causes(cursor: Cursor) -> list[PeakCause]:
    """What has been said of peaks, the newest day first."""
    query = "select series, day, status, cause, size, expected, stated_at from peak_causes order by day desc, series"
    return [
        PeakCause(series, day, Stated(status), cause, size, expected, at)
        for series, day, status, cause, size, expected, at in cursor.execute(query).fetchall()
    ]


def state_cause(cursor: Cursor, said: PeakCause, at: datetime) -> None:
    """Keeps what is said of a peak, in the place of what was said before."""
    cause = None if said.status is Stated.UNEXPLAINED else _checked(said.cause or "")
    cursor.execute("delete from peak_causes where series = ? and day = ?", [said.series, said.day])
    cursor.execute(
        "insert into peak_causes values (?, ?, ?, ?, ?, ?, ?)",
        [said.series, said.day, said.status.value, cause, said.size, said.expected, at],
    )


def _checked(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise UserError(says("Say in a few words what it was."))
    if len(text) > LONGEST_TEXT:
        raise UserError(says("At most {n} characters; this has {length}.", n=LONGEST_TEXT, length=len(text)))
    return text
