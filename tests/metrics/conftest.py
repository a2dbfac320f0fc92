"""A warehouse in memory whose known rows a test writes itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pytest

from data import ledger

MONDAY = date(2026, 11, 9)
Write = Callable[..., None]


@pytest.fixture
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty warehouse."""
    connection = duckdb.connect()
    ledger.create(connection)
    yield connection
    connection.close()


@pytest.fixture
def know(cursor: duckdb.DuckDBPyConnection) -> Write:
    """`know(table, *rows, until=…)` writes known rows, and says until when each account's exports were made."""

    def write(table: str, *rows: Mapping[str, Any], until: date = MONDAY + timedelta(days=30)) -> None:
        days: dict[str, list[date]] = {}
        names = list(dict.fromkeys(name for row in rows for name in row))
        if rows:
            holes = ", ".join([f"({', '.join('?' * len(names))})"] * len(rows))
            columns = ", ".join(f'"{name}"' for name in names)
            values = [row.get(name) for row in rows for name in names]
            cursor.execute(f"insert into {table} ({columns}) values {holes}", values)
        for row in rows:
            stated = [row[name] for name in ("day", "first_day", "last_day") if row.get(name)]
            days.setdefault(row["account"], []).extend(stated)
        for account, stated in days.items():
            cursor.execute('delete from spans where account = ? and "table" = ?', [account, table])
            as_of = datetime.combine(until, datetime.min.time())
            cursor.execute(
                'insert into spans (account, "table", first_day, last_day, as_of) values (?, ?, ?, ?, ?)',
                [account, table, min(stated), max(stated), as_of],
            )

    return write
