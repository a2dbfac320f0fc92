"""What a write does inside its transaction: append statements, take them back, and say anew what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from data import known
from data.batches import PLAIN, batches
from data.brand import Brand
from data.cursor import Cursor
from data.exports import Loaded, loaded_before
from data.model import Account, Export, Finding, Message, Problem, UserError, id_of, says, size_of

SCHEMA = Path(__file__).with_name("schema.sql")
Types = Mapping[str, pa.Schema]
Layout = dict[str, dict[str, str]]
DAYS = ("day", "first_day", "last_day")
PER_EXPORT = ("accounts", "spans")  # what each export says of accounts, from which the known ones are made
DERIVED = (*known.LEDGER, *PER_EXPORT, "exports", *PLAIN)


def create(cursor: Cursor) -> None:
    """Makes the tables: the known ones as schema.sql says, the ledger's with the same columns."""
    cursor.execute(SCHEMA.read_text(encoding="utf-8"))
    cursor.execute("create schema ledger")
    columns = layout(cursor)
    for table in known.LEDGER:
        _create_stated(cursor, table, "export_id varchar, sheet varchar, row bigint, as_of timestamp", columns[table])
    for table in PER_EXPORT:
        _create_stated(cursor, table, "export_id varchar", columns[table])


def _create_stated(cursor: Cursor, table: str, origin: str, columns: Mapping[str, str]) -> None:
    """Makes a table of the ledger. Never by `create table … as`: DuckDB 2.0 then hides what the same transaction puts
    into it by more than a row group at once."""
    told = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    cursor.execute(f"create table ledger.{table} ({origin}, {told})")


def layout(cursor: Cursor) -> Layout:
    """Every table in schema main with its columns and their SQL types, in order."""
    tables: Layout = {}
    query = """
        select table_name, column_name, data_type from duckdb_columns()
        where database_name = current_database() and schema_name = 'main' order by table_name, column_index
    """
    for table, column, kind in cursor.execute(query).fetchall():
        tables.setdefault(table, {})[column] = kind
    return tables


def arrow_types(cursor: Cursor) -> Types:
    """The Arrow columns of every table in schema main."""
    return {table: cursor.sql(f"from main.{table} limit 0").to_arrow_table().schema for table in layout(cursor)}


def set_brand(cursor: Cursor, brand: Brand) -> None:
    """States the brand's name and clock, in the place of what stood there."""
    cursor.execute("delete from brand")
    cursor.execute("insert into brand values (?, ?, ?)", [brand.name, brand.zone, brand.week_start])


def set_words(cursor: Cursor, words: Iterable[str]) -> None:
    """States the brand's own words, in the place of those that stood there."""
    cursor.execute("delete from brand_words")
    cursor.execute("insert into brand_words select unnest(?::varchar[])", [list(words)])


def keep_mapping(cursor: Cursor, name: str, toml: str) -> None:
    """Keeps a mapping under its name, in the place of what was kept there."""
    forget_mapping(cursor, name)
    cursor.execute("insert into mappings values (?, ?)", [name, toml])


def forget_mapping(cursor: Cursor, name: str) -> None:
    """Forgets the mapping of this name; the exports read by it keep it."""
    cursor.execute("delete from mappings where name = ?", [name])


def add(cursor: Cursor, types: Types, export: Export, found: Iterable[Finding]) -> Loaded:
    """Appends an export unless it was loaded before; `found` is then not even read."""
    if id_of(export.content) != export.id:
        raise ValueError(f"the id of {export.name} is not the SHA-256 of its bytes")
    now = datetime.now(UTC).replace(tzinfo=None)
    return loaded_before(cursor, export.id) or append(cursor, types, export, found, now)


def again(
    cursor: Cursor,
    types: Types,
    export: Export,
    read: Callable[[Export], tuple[Export, Iterable[Finding]]],
    loaded_at: datetime,
) -> Loaded:
    """Appends an export as `read` finds it today; where it finds nothing, the export stays with a problem."""
    try:
        fresh, found = read(export)
        if fresh.id != export.id:
            raise ValueError(f"{export.name} was read as another export")
        return append(cursor, types, fresh, found, loaded_at)
    except UserError as error:
        remove(cursor, export.id)
        return append(cursor, types, export, [Problem(error.message)], loaded_at)


def append(cursor: Cursor, types: Types, export: Export, found: Iterable[Finding], loaded_at: datetime) -> Loaded:
    """Appends an export and what was found in it; nothing of it is known before `believe`."""
    counts = {"statements": 0, "problems": 0}
    days: set[date] = set()
    stating: set[str] = set()
    accounts = {account.key: account for account in export.accounts}
    as_of = _utc(export.as_of)
    for table, rows in batches(found, types):
        if table == "problems":
            counts["problems"] += rows.num_rows
        if "account" in rows.column_names:
            for key in rows["account"].unique().to_pylist():
                if key not in accounts:
                    accounts[key] = _account(key)
        if table in PLAIN:
            _insert(cursor, f"main.{table}", rows, "? as export_id", [export.id])
            continue
        counts["statements"] += rows.num_rows
        stating.add(table)
        _insert(cursor, f"ledger.{table}", rows, "? as export_id, ?::timestamp as as_of", [export.id, as_of])
        for name in rows.column_names:
            if name in DAYS:
                days.update(rows[name].unique().drop_null().to_pylist())
    answers = export.answers
    cursor.execute(
        "insert into exports values (?, ?, ?, ?, ?, ?, null, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(export.id, export.name, size_of(export.content), export.connector, as_of, loaded_at),
            *(min(days, default=None), max(days, default=None), counts["statements"]),
            *(answers.account, _utc(answers.as_of), answers.date_order, answers.since, answers.mapping),
        ],
    )
    for account in accounts.values():
        row = [export.id, account.key, account.network, account.handle, account.name]
        cursor.execute("insert into ledger.accounts values (?, ?, ?, ?, ?)", row)
    for table in stating:
        first, last = ("day", "day") if "day" in types[table].names else ("first_day", "last_day")
        asked = export.asked if table == "posts" else None
        asked_first, asked_last = (asked.first, asked.last) if asked else (None, None)
        cursor.execute(
            f"insert into ledger.spans select export_id, account, ?, least(min({first}), ?::date), "
            f"greatest(max({last}), ?::date), as_of, ?::date is not null from ledger.{table} where export_id = ? "
            "group by all",
            [table, asked_first, asked_last, asked_last, export.id],
        )
    return Loaded(export.id, True, counts["statements"], counts["problems"], tuple(accounts.values()))


def remove(cursor: Cursor, export_id: str) -> None:
    """Takes back an export and all it stated."""
    for table in (
        *(f"ledger.{name}" for name in (*known.LEDGER, *PER_EXPORT)),
        "main.exports",
        *(f"main.{name}" for name in PLAIN),
    ):
        cursor.execute(f"delete from {table} where export_id = ?", [export_id])


def carry(old: Cursor, cursor: Cursor) -> None:
    """Copies what people stated in Vigie itself from another warehouse, whatever its age."""
    ours, theirs = layout(cursor), layout(old)
    for table in ours.keys() & theirs.keys() - set(DERIVED):
        names = ", ".join(f'"{name}"' for name in ours[table] if name in theirs[table])
        cursor.register("incoming", old.sql(f"select {names} from {table}").to_arrow_table())
        cursor.execute(f"insert into {table} by name from incoming")


def touch(cursor: Cursor, export_ids: list[str]) -> None:
    """Notes what these exports state, for `believe`; once per write."""
    for rule in known.RULES:
        cursor.execute(known.touch(rule), [export_ids] * (1 + rule.answered))


def believe(cursor: Cursor, types: Types) -> None:
    """Says anew what is known of the touched keys, and proves it sound."""
    cursor.execute(known.RANK)
    for query in known.ACCOUNTS:
        cursor.execute(query)
    for rule in known.RULES:
        if not _one(cursor, f"select count(*) from {rule.touched}"):
            continue
        for query in known.rewrite(rule, _rows(cursor, rule, types[rule.table])):
            cursor.execute(query)
        if wrong := list(_faults(cursor, rule, types, rule.touched)):
            raise RuntimeError(f"nothing was published: {' '.join(map(str, wrong))}")


def _rows(cursor: Cursor, rule: known.Rule, columns: pa.Schema) -> str:
    """The rows to be known of the touched keys; most exports are the only one to state theirs."""
    if _one(cursor, known.stated_once(rule, columns)):
        return known.stated(rule, columns, bool(_one(cursor, known.in_order(rule))))
    return known.believed(rule, columns, rule.touched)


def faults(cursor: Cursor, types: Types) -> Iterator[Message]:
    """Whatever in the tables contradicts itself."""
    for rule in known.RULES:
        every = f"(select {', '.join(rule.key)} from main.{rule.table} union {known.stated_keys(rule)})"
        yield from _faults(cursor, rule, types, every)
        if count := _one(cursor, known.differing(rule, types[rule.table])):
            yield says("{count} rows of {table} are not what the statements say.", count=count, table=rule.table)
    for table in (*(f"ledger.{name}" for name in known.LEDGER), "main.answers"):
        if count := _one(cursor, f"select count(*) from {table} anti join exports using (export_id)"):
            name = table.partition(".")[2]
            yield says("{count} statements in {table} belong to no export.", count=count, table=name)


def _faults(cursor: Cursor, rule: known.Rule, types: Types, keys: str) -> Iterator[Message]:
    if count := _one(cursor, known.twice(rule, types[rule.table], keys)):
        yield says("{count} rows of {table} are there more than once.", count=count, table=rule.table)
    if count := _one(cursor, known.unstated(rule, keys)):
        yield says(
            "{count} keys of {table} are known and not stated, or stated and not known.",
            count=count,
            table=rule.table,
        )


def _insert(cursor: Cursor, table: str, rows: pa.Table, constants: str, values: list[Any]) -> None:
    cursor.register("incoming", rows)
    cursor.execute(f"insert into {table} by name select {constants}, * from incoming", values)


def _one(cursor: Cursor, query: str) -> Any:
    return cursor.execute(query).fetchone()[0]


def _account(key: str) -> Account:
    account = Account.parse(key)
    if account is None or account.key != key:
        raise ValueError(f"{key!r} is not an account's key; write network:handle")
    return account


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment and moment.tzinfo else moment
