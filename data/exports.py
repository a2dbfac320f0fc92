"""What the warehouse says of the exports it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.batches import as_message
from data.cursor import Cursor
from data.model import Account, Answer, Answers, Check, Export, Origin, Problem, UserError, says


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of an export; `new` is False where the same bytes were loaded before."""

    export_id: str
    new: bool
    statements: int
    problems: int
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class ExportInfo:
    """An export as the warehouse has it; `first_day` and `last_day` span the days it states."""

    id: str
    name: str
    connector: str
    as_of: datetime | None
    loaded_at: datetime
    first_day: date | None
    last_day: date | None
    statements: int
    problems: int
    accounts: tuple[Account, ...]


def infos(cursor: Cursor) -> list[ExportInfo]:
    """Every export, the oldest first."""
    rows = cursor.execute(
        """
        select export_id, name, connector, as_of, loaded_at, first_day, last_day, statements,
               (select count(*) from problems where problems.export_id = exports.export_id)
        from exports order by rank
        """
    ).fetchall()
    accounts = _accounts(cursor)
    return [ExportInfo(*row, accounts=accounts.get(row[0], ())) for row in rows]


def loaded_before(cursor: Cursor, export_id: str) -> Loaded | None:
    """What came of an export when it was loaded; None where it is new."""
    rows = cursor.execute("select statements from exports where export_id = ?", [export_id]).fetchall()
    if not rows:
        return None
    accounts = _accounts(cursor).get(export_id, ())
    return Loaded(export_id, False, rows[0][0], len(problems(cursor, export_id)), accounts)


def name_of(cursor: Cursor, export_id: str) -> str:
    """The name of an export that has to be there."""
    row = cursor.execute("select name from exports where export_id = ?", [export_id]).fetchone()
    if row is None:
        raise UserError(says("This export is not in the warehouse: {id}", id=export_id))
    return row[0]


def originals(cursor: Cursor, content: Callable[[str], bytes]) -> Iterator[tuple[Export, datetime]]:
    """Every export as it was received, and when it was loaded; the oldest first, not the first loaded."""
    rows = cursor.execute(
        """
        select export_id, name, connector, as_of, loaded_at, columns('^answer_') from exports order by rank
        """
    ).fetchall()
    asked = [column[0].removeprefix("answer_") for column in cursor.description[5:]]  # fewer in an older warehouse
    accounts = _accounts(cursor)
    for export_id, name, connector, as_of, loaded_at, *told in rows:
        answers = Answers(**dict(zip(asked, told, strict=True)))
        theirs = accounts.get(export_id, ())
        yield Export(export_id, name, content(export_id), connector, as_of, answers, theirs), loaded_at


def problems(cursor: Cursor, export_id: str) -> list[Problem]:
    """What could not be read of an export, in the order of reading."""
    rows = cursor.execute(
        """
        select expected, expected_values, found, sheet, row, "column"
        from problems where export_id = ? order by rowid
        """,
        [export_id],
    ).fetchall()
    return [
        Problem(as_message(text, values), found, sheet, row, column) for text, values, found, sheet, row, column in rows
    ]


def checks(cursor: Cursor, export_id: str) -> list[Check]:
    """The totals that an export declares, beside what its rows come to, in the order of reading."""
    query = "select what, declared, read, sheet, row from checks where export_id = ? order by rowid"
    rows = cursor.execute(query, [export_id]).fetchall()
    return [Check(what, declared, read, Origin(sheet, row)) for what, declared, read, sheet, row in rows]


def answers(cursor: Cursor, export_id: str) -> list[Answer]:
    """Which slices an export answers as a whole, for which days, in the order of reading."""
    cursor.execute("select * exclude (export_id) from answers where export_id = ? order by rowid", [export_id])
    names = [column[0] for column in cursor.description]
    found = []
    for row in cursor.fetchall():
        values: dict[str, Any] = dict(zip(names, row, strict=True))
        values["origin"] = Origin(values.pop("sheet"), values.pop("row"))
        values["restricted"] = tuple(values["restricted"])
        found.append(Answer(**values))
    return found


def accounts(cursor: Cursor) -> list[Account]:
    """Every account that an export states."""
    rows = cursor.execute("select network, handle, name from main.accounts order by account").fetchall()
    return [Account(network, handle, name or "") for network, handle, name in rows]


def _accounts(cursor: Cursor) -> dict[str, tuple[Account, ...]]:
    found: dict[str, tuple[Account, ...]] = {}
    query = "select export_id, network, handle, name from ledger.accounts order by export_id, account"
    for export_id, network, handle, name in cursor.execute(query).fetchall():
        found[export_id] = (*found.get(export_id, ()), Account(network, handle, name))
    return found
