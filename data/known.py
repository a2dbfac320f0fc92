"""What is known, derived from the ledger: the rules of belief, as SQL text.

A load rewrites only the keys it touches. `belief` orders the statements: by export (`exports.rank`) and,
within one export, by the order of reading, which the ledger keeps. An export that answers a slice for a span of days
supersedes there what older ones state, also where it states nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

ANSWERED = ("web", "search")  # the tables of slices


@dataclass(frozen=True, slots=True)
class Rule:
    """How the rows of one table, or of one part of it, come to be known.

    `key` is what a load touches and rewrites. In each column the newest statement that states it wins. Where
    lists are `whole`, only the rows of the newest are known: a row that the source has withdrawn is gone.
    """

    table: str
    key: tuple[str, ...]
    order: tuple[str, ...]  # on disk: a span of days is read from few blocks
    whole: bool = False
    part: str = "true"

    @property
    def answered(self) -> bool:
        """Whether exports can say that they answer it for a span of days."""
        return self.table in ANSWERED

    @property
    def touched(self) -> str:
        """The table of the keys that a write touches."""
        return f"touched_{RULES.index(self)}"


SPAN = ("account", "slice", "first_day", "last_day")
RULES = (
    Rule("posts", ("account", "post_id"), ("day",)),
    Rule("account_days", ("account", "day"), ("day",)),
    Rule("audience", ("account", "dimension", "first_day", "last_day"), ("dimension", "first_day"), whole=True),
    Rule("web", SPAN, ("slice", "first_day"), part="slice = 'site'"),
    Rule("web", SPAN, ("slice", "first_day"), part="slice <> 'site'", whole=True),
    Rule("search", SPAN, ("slice", "first_day"), part="slice = 'site'"),
    Rule("search", SPAN, ("slice", "first_day"), part="slice <> 'site'", whole=True),
    Rule("ads", ("account", "first_day", "last_day"), ("first_day",), whole=True),
    Rule("reviews", ("account", "review_id"), ("day",)),
)
LEDGER = tuple(dict.fromkeys(rule.table for rule in RULES))
ROWS = f"{2**63}::hugeint"  # above any rowid; those of the present transaction start far above the others
BLOCK = 100_000  # rows of which the disk keeps the least and the greatest value, about
KEYS = {rule.table: rule.key for rule in RULES}

RANK = """
update exports set rank = place
from (select export_id, row_number() over (order by as_of nulls first, export_id) as place from exports) now
where exports.export_id = now.export_id and exports.rank is distinct from place
"""
ACCOUNTS = (
    "delete from main.accounts",
    """
    insert into main.accounts
    select account, any_value(network), any_value(handle),
           arg_max(ledger.accounts.name, rank) filter (ledger.accounts.name <> '')
    from ledger.accounts join exports using (export_id) group by account order by account
    """,
    "delete from main.spans",
    """
    insert into main.spans
    select account, "table", min(ledger.spans.first_day), max(ledger.spans.last_day), max(exports.as_of), bool_or(asked)
    from ledger.spans join exports using (export_id) group by account, "table" order by account, "table"
    """,
)


def touch(rule: Rule) -> str:
    """Notes the keys that the exports `?` state, and those that their answers speak of."""
    ours = "export_id in (select unnest(?::varchar[]))"
    stated = f"select distinct {_list(rule.key)} from ledger.{rule.table} as said where {rule.part}"
    answered = f"union {stated} and exists (from answers where {ours} and {_speaks(rule, 'said')})"
    return f"create temp table {rule.touched} as {stated} and {ours} {answered if rule.answered else ''}"


def rewrite(rule: Rule, rows: str) -> tuple[str, str]:
    """Puts `rows`, what is believed now, in the place of the known rows of the touched keys."""
    same = " and ".join(f"{rule.table}.{name} = {rule.touched}.{name}" for name in rule.key)
    return (
        f"delete from main.{rule.table} using {rule.touched} where {same}",
        f"insert into main.{rule.table} by name {rows}",
    )


def stated_once(rule: Rule, columns: pa.Schema) -> str:
    """Whether one export alone states the touched keys or answers them, and each of their rows once: a hash that is
    met twice only makes the long way be taken."""
    once = f"count(*) = count(distinct hash({_list(_identity(rule, columns))}))"
    found = f"select min(export_id) as first, max(export_id) as last, {once} as once {_said(rule)}"
    if not rule.answered:
        return f"select first = last and once from ({found})"
    answering = f"select export_id from {rule.touched} as asked join answers on {_speaks(rule, 'asked')}"
    return f"""
    select first = last and once and not exists (from ({answering}) where export_id <> first) from ({found}) as found"""


def in_order(rule: Rule) -> str:
    """Whether the statements of the touched keys stand in the order of the disk, block by block."""
    order = f"row({_list(rule.order)})"
    return f"""
    select bool_and(lowest >= before) from (
        select lowest, lag(highest) over (order by block) as before from (
            select rowid // {BLOCK} as block, min({order}) as lowest, max({order}) as highest {_said(rule)} group by 1
        )
    )"""


def stated(rule: Rule, columns: pa.Schema, in_order: bool) -> str:
    """The same rows as `believed` has them, of touched keys that are `stated_once`."""
    since = f"case when {_counted(columns)} then counted_from end as counted_from"
    names = [since if name == "counted_from" else name for name in columns.names]
    order = "" if in_order else f"order by {_list(dict.fromkeys((*rule.order, *_identity(rule, columns))))}"
    return f"select {_list(names)} {_said(rule)} {order}"


def believed(rule: Rule, columns: pa.Schema, keys: str) -> str:
    """The rows to be known of the keys in the relation `keys`."""
    key = _list(rule.key)
    group = _identity(rule, columns)
    said = f"""
    with said as (
        select said.*, rank, rank * {ROWS} + said.rowid as belief {_standing(rule, keys)}
        {f"qualify rank = max(rank) over (partition by {key})" if rule.whole else ""}
    )"""
    values = [name for name in columns.names if name not in (*group, "others", "counted_from")]
    if "counted_from" not in columns.names:
        chosen = [*(f"arg_max({name}, belief) as {name}" for name in values), f"{_merged()} as others"]
        return f"{said} select {_list(group)}, {_list(chosen)} from said {_grouped(rule, group)}"
    # All counts of a row run from one day: publication where any statement has it so, else as the newest has.
    counts = _counts_of(columns)
    here = "filter (counted_from is not distinct from since)"
    chosen = [f"arg_max({name}, belief) {here if name in counts else ''} as {name}" for name in values]
    return f"""{said},
    counted as (
        select {key}, case when count(counted_from) = count(*) then arg_max(counted_from, belief) end as since
        from said where {_counted(columns)} group by {key}
    )
    select {_list(group)}, any_value(since) as counted_from, {_list(chosen)},
           {_merged("counted_from is not distinct from since")} as others
    from said left join counted using ({key}) {_grouped(rule, group)}"""


def stated_keys(rule: Rule) -> str:
    """Every key the ledger states."""
    return f"(select distinct {_list(rule.key)} from ledger.{rule.table} where {rule.part})"


def twice(rule: Rule, columns: pa.Schema, keys: str) -> str:
    """How many rows, of those that `keys` names, are known more than once."""
    rows = f"from main.{rule.table} semi join (from {keys}) using ({_list(rule.key)}) where {rule.part}"
    group = _list(_identity(rule, columns))
    return f"select count(*) from (select {group} {rows} group by {group} having count(*) > 1)"


def unstated(rule: Rule, keys: str) -> str:
    """How many of the `keys` are known and not stated, or stated and not known."""
    key = _list(rule.key)
    known = f"from main.{rule.table} semi join (from {keys}) using ({key}) where {rule.part}"
    known, stated = (f"(select distinct {key}, true as here {rows})" for rows in (known, _standing(rule, keys)))
    return f"""
    select count(*) from {known} as known full join {stated} as stated using ({key})
    where known.here is null or stated.here is null"""


def differing(rule: Rule, columns: pa.Schema) -> str:
    """How many rows are not known as the statements have it."""
    names = _list(columns.names)
    known = f"select {names} from main.{rule.table} where {rule.part}"
    stated = f"select {names} from ({believed(rule, columns, stated_keys(rule))})"
    return f"select count(*) from (({known} except all {stated}) union all ({stated} except all {known}))"


def _standing(rule: Rule, keys: str) -> str:
    """From which statements of the keys it is known: all, but for those that a newer answer has superseded."""
    key = _list(rule.key)
    rows = f"from ledger.{rule.table} as said semi join (from {keys}) using ({key}) join exports using (export_id)"
    if not rule.answered:
        return f"{rows} where {rule.part}"
    return f"""{rows} left join (
            select {_list(f"asked.{name}" for name in rule.key)}, max(exports.rank) as answered
            from {keys} as asked join answers on {_speaks(rule, "asked")} join exports using (export_id) group by all
        ) as newest using ({key})
        where {rule.part} and (answered is null or rank >= answered)"""


def _speaks(rule: Rule, keys: str) -> str:
    """Whether an answer speaks of a key: of a day in its span, or of just its span."""
    same = [f"answers.{name} = {keys}.{name}" for name in ("account", "slice")]
    by_day = f"{keys}.first_day = {keys}.last_day and {keys}.first_day between answers.first_day and answers.last_day"
    whole = f"{keys}.first_day = answers.first_day and {keys}.last_day = answers.last_day"
    span = f"case when answers.by_day then {by_day} else {whole} end"
    return " and ".join([f"answers.\"table\" = '{rule.table}'", *same, span])


def _identity(rule: Rule, columns: pa.Schema) -> list[str]:
    """The columns that tell one known row from another: in a whole answer, all that are not figures."""
    if not rule.whole:
        return list(rule.key)
    return [field.name for field in columns if not _counts(field.type) and not pa.types.is_map(field.type)]


def _said(rule: Rule) -> str:
    """The statements of the touched keys."""
    keys = f"(from {rule.touched}) using ({_list(rule.key)})"
    return f"from ledger.{rule.table} semi join {keys} where {rule.part}"


def _counts_of(columns: pa.Schema) -> list[str]:
    return [field.name for field in columns if _counts(field.type)]


def _counted(columns: pa.Schema) -> str:
    """Whether a statement counts anything."""
    return " or ".join(f"{name} is not null" for name in (*_counts_of(columns), "others"))


def _counts(kind: pa.DataType) -> bool:
    """Whether a column holds figures; a tinyint is a label, as the hour is."""
    return kind == pa.int64() or pa.types.is_floating(kind) or pa.types.is_decimal(kind)


def _merged(where: str = "true") -> str:
    maps = f"list(others order by belief) filter (others is not null and {where})"
    return f"list_reduce({maps}, lambda older, newer: map_concat(older, newer))"


def _grouped(rule: Rule, group: list[str]) -> str:
    return f"group by {_list(group)} order by {_list(dict.fromkeys((*rule.order, *group)))}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
