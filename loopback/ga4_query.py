"""A report as SQL over the event store: people are counted distinct in whatever is asked, so they do not add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import grpc

from loopback.ga4_fields import DIMENSIONS, ORGANIC_DIMENSIONS, ROLLED
from loopback.ga4_requests import Asked, Range, Refusal, invalid

OTHER = "(other)"
RESTRICTED_REVENUE = ("totalRevenue", "purchaseRevenue")


@dataclass(slots=True)
class Conditions:
    """What keeps a property's figures from being whole.

    `other_above`: beyond so many rows the rarest are folded into `(other)`, in dates as well where
    `other_in_dates`. `sample_above`: beyond so many events a part of the visitors stands for all.
    `threshold`: rows of fewer visitors are withheld. `keeps_since`: the first day that is kept.
    `no_revenue`: the account may not see revenue, which is then zero. `latency`: seconds an answer takes.
    """

    other_above: int | None = None
    other_in_dates: bool = False
    sample_above: int | None = None
    threshold: int = 0
    keeps_since: date | None = None
    no_revenue: bool = False
    latency: float = 0.0


@dataclass(slots=True)
class Rows:
    """What a report comes to: a page of it, how many rows there are in all, and what was done to them."""

    page: list[tuple[Any, ...]]
    count: int
    totals: list[tuple[Any, ...]] = field(default_factory=list)
    greatest: list[tuple[Any, ...]] = field(default_factory=list)
    least: list[tuple[Any, ...]] = field(default_factory=list)
    folded: bool = False
    samples: list[tuple[int, int]] = field(default_factory=list)  # events read, of how many


Ask = Callable[[str], list[tuple[Any, ...]]]


def answered(ask: Ask, asked: Asked, now: datetime, conditions: Conditions, salt: int) -> Rows:
    """The rows of a report; where the order leaves ties, they fall differently with every `salt`."""
    queries = [_Query(ask, asked, each, now, conditions) for each in asked.ranges]
    many, width = len(queries) > 1, len(asked.dimensions)
    keys = [f"d{n}" for n in range(width)] + ["range"] * many
    values = [f"m{n}" for n in range(len(asked.metrics))]
    whole = " union all ".join(query.rows(asked.dimensions, many) for query in queries)
    kept = f"(select * from ({whole}) where {_metric_filter(asked)})"
    ties = "hash(" + ", ".join([*keys, str(salt)]) + ")"
    order = ", ".join([*_orders(asked), ties])
    columns = ", ".join([*keys, *values])
    rows = f"select {columns}, count(*) over () from {kept} order by {order}"
    page = ask(f"{rows} limit {asked.limit} offset {asked.offset}")
    count = page[0][-1] if page else ask(f"select count(*) from {kept}")[0][0]
    found = Rows([row[:-1] for row in page], count, folded=any(query.folded for query in queries))
    found.samples = [sample for query in queries if (sample := query.sample)]
    wanted = set(asked.request.metric_aggregations)
    if 1 in wanted:
        whole = " union all ".join(query.rows((), many, whole=True) for query in queries)
        found.totals = ask(f"select {', '.join(['range'] * many + values) or '1'} from ({whole})")
    for code, name in ((6, "max"), (5, "min")):
        if code in wanted and values:
            figures = ", ".join(f"{name}({value})" for value in values)
            rows = ask(f"select {'range, ' * many}{figures} from {kept} {'group by range' * many}")
            setattr(found, "greatest" if name == "max" else "least", rows if page else [])
    return found


@dataclass(slots=True)
class _Query:
    """A report over one of its date ranges."""

    ask: Ask
    asked: Asked
    range: Range
    now: datetime
    conditions: Conditions
    folded: bool = False
    sample: tuple[int, int] | None = None
    _counted: bool = False

    def rows(self, dimensions: Sequence[str], many: bool, whole: bool = False) -> str:
        """SQL of `d0`, `d1` … `m0`, `m1` …; `whole` gives the row of all, even where nothing happened."""
        asked, known = self.asked, self.asked.known
        self._count_sample()
        needed = dict.fromkeys(asked.metrics)
        for name in asked.metrics:
            needed |= dict.fromkeys(ROLLED.get(name, ()))
        spans: dict[int, list[str]] = {}
        for name in needed:
            if name not in ROLLED:
                spans.setdefault(known[name].days, []).append(name)
        spans = spans or {0: []}
        names = {name: f"x{n}" for n, name in enumerate(needed)}
        keys = ", ".join(f"d{n}" for n in range(len(dimensions)))
        joined = ""
        for days, metrics in sorted(spans.items()):
            part = f"({self._grouped(dimensions, days, {name: names[name] for name in metrics})})"
            how = f" full join {part} using ({keys})" if keys else f" cross join {part}"
            joined = joined + how if joined else part
        chosen = [f"d{n}" for n in range(len(dimensions))]
        chosen += [f"'{self.range.name}' as range"] if many else []
        chosen += [f"{self._value(name, names)} as m{n}" for n, name in enumerate(asked.metrics)]
        sql = f"select {', '.join(chosen) or '1'} from {joined}"
        if whole or asked.request.keep_empty_rows or not asked.metrics:
            return sql
        return f"select * from ({sql}) where " + " or ".join(f"m{n} <> 0" for n in range(len(asked.metrics)))

    def _value(self, name: str, names: dict[str, str]) -> str:
        if self.conditions.no_revenue and name in RESTRICTED_REVENUE:
            return "0.0"
        if name in ROLLED:
            top, bottom = (names[each] for each in ROLLED[name])
            return f"{top} / nullif({bottom}, 0)"
        if self.sample and self.asked.known[name].adds:
            read, space = self.sample
            return f"({names[name]} * {space / max(read, 1)!r})"
        return names[name]

    def _grouped(self, dimensions: Sequence[str], days: int, metrics: dict[str, str]) -> str:
        if days:
            return self._rolled(dimensions, days, metrics)
        sql = self._folded(dimensions)
        filtered = _filter(self.asked.request.dimension_filter, self._names(dimensions), _quoted_value)
        keys = [f"d{n}" for n in range(len(dimensions))]
        figures = [f"{self.asked.known[name].sql} as {alias}" for name, alias in metrics.items()]
        grouped = f"select {', '.join(keys + figures) or '1'} from {sql} where {filtered}"
        grouped += f" group by {', '.join(keys)}" if keys else ""
        if self.conditions.threshold and keys and not self.asked.organic:
            grouped += f" having count(distinct visitor) >= {self.conditions.threshold}"
        return grouped

    def _names(self, dimensions: Sequence[str]) -> dict[str, str]:
        more = [name for name in (*self.asked.dimensions, *self.asked.filtered) if name not in dimensions]
        return {name: f"d{n}" for n, name in enumerate((*dimensions, *more))}

    def _rolled(self, dimensions: Sequence[str], days: int, metrics: dict[str, str]) -> str:
        """The active visitors of the days that end on each: whoever's latest active day is among them, once."""
        more = [name for name in self.asked.filtered if name not in dimensions]
        names = {name: f"d{n}" for n, name in enumerate((*dimensions, *more))}
        of_time = {name for name in names if DIMENSIONS[name].of_time}
        if of_time - {"date"}:
            raise Refusal(grpc.StatusCode.UNIMPLEMENTED, "The loopback server rolls visitors by date alone.")
        keys = {name: alias for name, alias in names.items() if name not in of_time}
        told = ", ".join(["day", "visitor", *(f"{self._sql(name)} as {alias}" for name, alias in keys.items())])
        active = f"(select distinct {told} from {self._source(days)} where engaged or event = 'first_visit')"
        whose = ", ".join(["visitor", *keys.values()])
        until = f"least(day + {days - 1}, lead(day) over (partition by {whose} order by day) - 1)::date"
        spans = f"(select *, {until} as until from {active})"
        first = self._first() if of_time else self.range.last
        end = f"least(date '{self.range.last}', {self._moment()}::date)"
        calendar = f"(select unnest(generate_series(date '{first}', {end}, interval 1 day))::date as shown)"
        chosen = [f"{self._sql(name)} as {alias}" for name, alias in names.items() if name in of_time]
        chosen += [*keys.values(), "visitor"]
        rows = f"(select {', '.join(chosen)} from {spans} join {calendar} on shown between day and until)"
        grouped = [f"d{n}" for n in range(len(dimensions))]
        (alias,) = metrics.values()
        sql = f"select {', '.join([*grouped, f'count(*) as {alias}'])} from {rows}"
        sql += f" where {_filter(self.asked.request.dimension_filter, names, _quoted_value)}"
        return sql + (f" group by {', '.join(grouped)}" if grouped else "")

    def _folded(self, dimensions: Sequence[str]) -> str:
        """The rows with the dimensions beside them, the rarest of these in `(other)`."""
        names, plain = self._names(dimensions), self._source()
        if names:
            keys = ", ".join(f"{self._sql(name)} as {alias}" for name, alias in names.items())
            plain = f"(select *, {keys} from {plain})"
        most = self.conditions.other_above
        of_others = [name for name in names if not DIMENSIONS[name].of_time]
        if most is None or not of_others or self.asked.organic:
            return plain
        keys = ", ".join(names.values())
        members = f"(select {keys}, count(*) as times from {plain} group by {keys})"
        if self.ask(f"select count(*) from {members}")[0][0] <= most:
            return plain
        self.folded = True
        told = [
            f"case when times is null then '{OTHER}' else {alias} end as {alias}"
            if self.conditions.other_in_dates or name in of_others
            else alias
            for name, alias in names.items()
        ]
        kept = f"(select * from {members} order by times desc, {keys} limit {most})"
        changed = ", ".join(each for each in told if " " in each)
        return f"(select * replace ({changed}) from {plain} left join {kept} using ({keys}))"

    def _sql(self, name: str) -> str:
        if self.asked.organic and name in ORGANIC_DIMENSIONS:
            return ORGANIC_DIMENSIONS[name]
        return DIMENSIONS[name].sql

    def _first(self) -> date:
        return max(self.range.first, self.conditions.keeps_since or self.range.first)

    def _source(self, days: int = 0) -> str:
        first, last = self._first(), self.range.last
        if self.asked.organic:
            return f"(select *, day as shown from searches where day between '{first}' and '{last}')"
        used = {*self.asked.dimensions, *self.asked.filtered}
        tables = {DIMENSIONS[name].table for name in used}
        joins = " join sessions using (session)"
        joins += " join visitors using (visitor)" if "visitors" in tables else ""
        joins += " join pages using (page)" if "pages" in tables else ""
        landings = "(select page as landing, path as landing_path, query as landing_query from pages)"
        joins += f" join {landings} using (landing)" if "landings" in tables else ""
        among = (
            f" and hash(visitor) % 1000000 < {self._share() * 1_000_000:.0f}" if self.conditions.sample_above else ""
        )
        within = f"day between date '{first}' - {max(days - 1, 0)} and '{last}' and seen <= {self._moment()}"
        return f"(select *, day as shown, {self._moment()} as asked from events{joins} where {within}{among})"

    def _moment(self) -> str:
        return f"timestamp '{self.now:%Y-%m-%d %H:%M:%S}'"

    def _share(self) -> float:
        most = self.conditions.sample_above
        events = self._events()
        return 1.0 if most is None or events <= most else most / events

    def _events(self, among: str = "") -> int:
        source = "events join sessions using (session)" if among else "events"
        within = f"day between '{self._first()}' and '{self.range.last}' and seen <= {self._moment()}"
        return self.ask(f"select count(*) from {source} where {within}{among}")[0][0]

    def _count_sample(self) -> None:
        if self.conditions.sample_above is None or self._counted or self.asked.organic:
            return
        self._counted = True
        if (share := self._share()) < 1:
            self.sample = self._events(_among(share)), self._events()


def _among(share: float) -> str:
    return f" and hash(visitor) % 1000000 < {share * 1_000_000:.0f}"


def _metric_filter(asked: Asked) -> str:
    names = {name: f"m{n}" for n, name in enumerate(asked.heads)}
    return _filter(asked.request.metric_filter, names, str)


def _orders(asked: Asked) -> list[str]:
    orders = []
    for order in asked.request.order_bys:
        way = "desc nulls last" if order.desc else "asc nulls first"
        if order.WhichOneof("one_order_by") == "metric":
            orders.append(f"m{asked.heads.index(order.metric.metric_name)} {way}")
            continue
        name = order.dimension.dimension_name
        key = "range" if name == "dateRange" else f"d{asked.dimensions.index(name)}"
        shapes = {2: f"lower({key})", 3: f"try_cast({key} as double)"}
        orders.append(f"{shapes.get(order.dimension.order_type, key)} {way}")
    if not asked.request.order_bys and asked.metrics:
        orders.append("m0 desc nulls last")
    return orders


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _quoted_value(key: str) -> str:
    return f"try_cast({key} as double)"


def _filter(expression: Any, names: dict[str, str], as_number: Callable[[str], str]) -> str:
    kind = expression.WhichOneof("expr")
    if kind is None:
        return "true"
    if kind == "not_expression":
        return f"not {_filter(expression.not_expression, names, as_number)}"
    if kind != "filter":
        word = " and " if kind == "and_group" else " or "
        return "(" + word.join(_filter(each, names, as_number) for each in getattr(expression, kind).expressions) + ")"
    key, one = names[expression.filter.field_name], expression.filter
    match one.WhichOneof("one_filter"):
        case "string_filter":
            return _matching(key, one.string_filter)
        case "in_list_filter":
            exact = one.in_list_filter.case_sensitive
            values = [quoted(value if exact else value.lower()) for value in one.in_list_filter.values]
            return f"{key if exact else f'lower({key})'} in ({', '.join(values)})"
        case "numeric_filter":
            sign = {1: "=", 2: "<", 3: "<=", 4: ">", 5: ">="}[one.numeric_filter.operation]
            return f"{as_number(key)} {sign} {_number(one.numeric_filter.value)!r}"
        case "between_filter":
            ends = one.between_filter.from_value, one.between_filter.to_value
            return f"{as_number(key)} between {_number(ends[0])!r} and {_number(ends[1])!r}"
        case "empty_filter":
            return f"{key} in ('', '(not set)')"
    raise invalid("A filter has to say what it compares with.")


def _number(value: Any) -> float:
    return value.int64_value if value.WhichOneof("one_value") == "int64_value" else value.double_value


def _matching(key: str, given: Any) -> str:
    value = quoted(given.value if given.case_sensitive else given.value.lower())
    key = key if given.case_sensitive else f"lower({key})"
    match given.match_type:
        case 2:
            return f"starts_with({key}, {value})"
        case 3:
            return f"ends_with({key}, {value})"
        case 4:
            return f"contains({key}, {value})"
        case 5:
            return f"regexp_full_match({key}, {value})"
        case 6:
            return f"regexp_matches({key}, {value})"
    return f"{key} = {value}"
