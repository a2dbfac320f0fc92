# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""From the pages of an answer to the statements of the table `web`, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import isfinite
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from connectors.alike import Alike
from connectors.cells import PAGE
from connectors.ga4.answers import Asked, Part
from connectors.ga4.ask import day_of, first_day
from connectors.ga4.decode import Page, decoded
from connectors.ga4.reports import (
    ADDRESSES,
    BY_NAME,
    COLUMNS,
    PEOPLE_RATE,
    SOURCES,
    SPAN,
    VISIT_RATE,
    Adds,
    Grain,
    Report,
)
from data.model import Answer, Check, Finding, Origin, Problem, Statement, Statements, UserError, Window, says

OTHER, NOT_SET = "(other)", "(not set)"
NEARLY = 0.033  # two standard errors of the sketch by which visits are counted
SESSIONS = "sessions"
# Counts that Google states as a share only: the rate, what it is a share of, and the column of the count.
SHARES = ((VISIT_RATE, SESSIONS, "key_event_sessions"), (PEOPLE_RATE, "activeUsers", "key_event_users"))
DAMAGED = says("The answer of Google Analytics to {report} is damaged. Forget it, and ask again.")
CUT = says("figures of all days asked; Google says why some are lacking")
DATELESS = says("a day; Google has folded {n} rows of many days into one, which belong to none")


@dataclass(frozen=True)
class Answered:
    """A part of an answer: its pages understood, and the row above its first one."""

    part: Part
    report: Report
    pages: Sequence[Page]
    above: int

    @cached_property
    def table(self) -> pa.Table:
        """The rows of all pages."""
        return pa.concat_tables([page.table for page in self.pages])

    @cached_property
    def days(self) -> pa.Array:
        """The first day that each row counts; null where Google has folded the days too."""
        time = SPAN.get(self.report.grain, "dateRange")
        if time not in self.table.column_names:
            return pa.repeat(pa.scalar(self.part.first, pa.date32()), self.table.num_rows)
        return _mapped(self.table, time, lambda name: day_of(self.report, name, self.part.spans), pa.date32())

    @cached_property
    def told(self) -> Told:
        """The rows that the part tells anew."""
        tells = self.part.tells
        assert tells, "a part without pages tells nothing"
        wanted = pc.and_kleene(pc.greater_equal(self.days, tells.first), pc.less_equal(self.days, tells.last))
        places = pc.indices_nonzero(pc.fill_null(wanted, False))
        rows = pc.add(places.cast(pa.int64()), self.above + 1)
        return Told(self.table.take(places), self.days.take(places), rows.to_pylist())

    @property
    def restricted(self) -> frozenset[str]:
        """The metrics that the account may not see, which Google prints as zeros."""
        return frozenset(name for page in self.pages for name in page.restricted)


@dataclass(frozen=True)
class Told:
    """Rows with the first day that each counts and the row it stands in."""

    table: pa.Table
    days: pa.Array
    rows: list[int]


def understood(parts: Iterable[tuple[Part, Sequence[bytes]]]) -> Iterator[Answered]:
    """The parts with their pages; a report that is unknown today is left aside."""
    above: dict[str, int] = {}
    for part, pages in parts:
        if report := BY_NAME.get(part.report):
            try:
                one = Answered(part, report, [decoded(page) for page in pages], above.get(part.report, 1))
            except ValueError as error:
                raise UserError(says(DAMAGED.text, report=part.report)) from error
            above[part.report] = one.above + one.table.num_rows
            yield one


def findings(asked: Asked, answered: Answered, account: str, rates: Mapping[date, float]) -> Iterator[Finding]:
    """What a part says: its rows, what is known of their worth, and its totals beside them.

    `rates`: of the visits with a key event, by day.
    """
    report, told = answered.report, answered.told
    if lost := answered.days.null_count:
        yield Problem(says(DATELESS.text, n=lost), OTHER, report.name, None, SPAN.get(report.grain, ""))
    for text in answered.pages[0].cut:
        yield Problem(CUT, text, report.name)
    yield from _answers(asked, answered, account)
    if rows := told.table.num_rows:
        columns, others = _columns(report, told, answered.restricted)
        columns |= _spans(answered) | {"account": [account] * rows, "slice": [report.slice] * rows}
        if report.name == "site_day" and SESSIONS not in answered.restricted:
            pairs = zip(told.days.to_pylist(), told.table.column(SESSIONS).to_pylist(), strict=True)
            columns["key_event_sessions"] = [round(n * rates[day]) if day in rates else None for day, n in pairs]
        yield Statements("web", columns, report.name, told.rows, others)
    if report.name == "site_day":
        yield from _quiet_days(asked, answered, account)
    if answered.part.tells == Window(answered.part.first, answered.part.last):
        yield from _checks(answered)


def _quiet_days(asked: Asked, answered: Answered, account: str) -> Iterator[Statement]:
    """The days of nobody, for which Google gives no row.

    Only from the first day on that the property counted, and no day that may still get a visit; none where rows may be
    withheld, folded or cut.
    """
    lacking = any(page.withheld or page.other or page.cut for page in answered.pages) or answered.days.null_count
    if lacking or not answered.part.tells or not asked.counted:
        return
    report, tells, stated = answered.report, answered.part.tells, set(answered.days.to_pylist())
    first, last = max(asked.counted, tells.first), min(tells.last, asked.provisional_from - timedelta(days=1))
    names = [name for name in report.metrics if name in COLUMNS and name not in answered.restricted]
    nothing = {COLUMNS[name]: 0 for name in names}
    if not answered.restricted & {SESSIONS, "keyEvents"}:
        nothing["key_event_sessions"] = 0
    for n in range((last - first).days + 1):
        if (day := first + timedelta(days=n)) not in stated:
            told = {"account": account, "slice": report.slice, "first_day": day, "last_day": day}
            yield Statement("web", told | nothing, Origin(report.name, 1))


def rates_of(answered: Iterable[Answered]) -> dict[date, float]:
    """The share of the visits with a key event, by day, where an answer states it."""
    found: dict[date, float] = {}
    for one in answered:
        if VISIT_RATE not in one.restricted:
            stated = zip(one.days.to_pylist(), one.table.column(VISIT_RATE).to_pylist(), strict=True)
            found |= {day: rate for day, rate in stated if day and isfinite(rate)}
    return found


def _spans(answered: Answered) -> dict[str, Any]:
    """The columns of the time that the rows count."""
    report, (table, days) = answered.report, (answered.told.table, answered.told.days)
    if report.grain in (Grain.DAY, Grain.HOUR):
        spans = {"first_day": days, "last_day": days}
        if report.grain is Grain.HOUR:
            spans["hour"] = _mapped(
                table, SPAN[Grain.HOUR], lambda name: int(name[8:]) if name.isdigit() else None, pa.int8()
            )
        return spans
    if "dateRange" in table.column_names:
        lasts = [first_day(report, name[9:]) for name in table.column("dateRange").to_pylist()]
    else:
        ends = {span.first: span.last for span in answered.part.spans}
        lasts = [ends[day] for day in days.to_pylist()]
    return {"first_day": days, "last_day": lasts}


def _columns(report: Report, told: Told, restricted: Set[str]) -> tuple[dict[str, Any], list[dict[str, float]] | None]:
    """The columns of the ledger, and what has none under Google's own names."""
    columns: dict[str, Any] = {}
    beside: dict[str, list[Any]] = {}
    for name in report.dimensions:
        if name in SOURCES:
            columns["source"] = _source(*(told.table.column(each).combine_chunks() for each in (name, SOURCES[name])))
        elif key := COLUMNS.get(name):
            columns[key] = _addresses(told.table, name) if key in ADDRESSES else _texts(told.table, name)
    if members := _told_apart(report, columns, told):
        columns["member"] = members
    # An answer of an earlier version may hold fewer measures.
    stated = [name for name in report.metrics if name not in restricted and name in told.table.column_names]
    for rate, of, key in SHARES:
        if rate in stated and of in stated:
            columns[key] = _share(told.table, rate, of)
            stated.remove(rate)
    for name in stated:
        column = told.table.column(name).combine_chunks()
        if pa.types.is_floating(column.type):
            column = pc.if_else(pc.is_finite(column), column, None)  # what is not a number is not stated
        if key := COLUMNS.get(name):
            columns[key] = column
        else:
            beside[name] = column.to_pylist()
    others = [
        {name: value for name, value in zip(beside, values, strict=True) if value is not None}
        for values in zip(*beside.values(), strict=True)
    ]
    return columns, others or None


def _share(table: pa.Table, rate: str, of: str) -> pa.Array:
    """How many of what a column counts a rate tells; of nobody there is no rate, and it is none."""
    share, whole = (table.column(name).combine_chunks().cast(pa.float64()) for name in (rate, of))
    share = pc.if_else(pc.equal(whole, 0), 0.0, pc.if_else(pc.is_finite(share), share, None))
    return pc.round(pc.multiply(share, whole)).cast(pa.int64())


def _source(source: pa.Array, medium: pa.Array) -> pa.Array:
    """Source and medium as one; of the two, an empty one is said to be not set, as it would hide what the other is."""
    empty = pc.equal(source, ""), pc.equal(medium, "")
    pair = (pc.if_else(no, NOT_SET, each) for no, each in zip(empty, (source, medium), strict=True))
    return pc.if_else(pc.and_(*empty), None, pc.binary_join_element_wise(*pair, " / "))


def _texts(table: pa.Table, name: str) -> pa.Array:
    """A dimension as text; an empty one states nothing."""
    column = table.column(name).combine_chunks()
    return pc.if_else(pc.equal(column, ""), None, column)


def _addresses(table: pa.Table, name: str) -> pa.Array:
    """A dimension of addresses, their queries cut."""
    return _mapped(table, name, lambda text: PAGE.parse(text, False) or None, pa.string())


def _mapped(table: pa.Table, name: str, change: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """A dimension with each of its distinct values changed once."""
    coded = table.column(name).combine_chunks().dictionary_encode()
    return pa.array(map(change, coded.dictionary.to_pylist()), kind).take(coded.indices)


def _told_apart(report: Report, columns: Mapping[str, pa.Array], told: Told) -> list[str | None] | None:
    """The members that tell rows apart which are alike once the query of their address is cut; None where none are."""
    cut = [name for name in report.dimensions if COLUMNS.get(name) in ADDRESSES]
    kept = (pc.count_distinct(told.table.column(n)) == pc.count_distinct(columns[COLUMNS[n]], mode="all") for n in cut)
    if all(kept):
        return None
    alike = Alike()
    words = zip(told.days.to_pylist(), *(column.to_pylist() for column in columns.values()), strict=True)
    return [alike.member(row) for row in words]


def _answers(asked: Asked, answered: Answered, account: str) -> Iterator[Answer]:
    """That the part answers its slice as a whole, for its days or for each of its weeks, months or spans."""
    part, report, page = answered.part, answered.report, answered.pages[0]
    by_day = report.grain in (Grain.DAY, Grain.HOUR)
    assert part.tells
    for span in (part.tells,) if by_day else part.spans:
        whole = span == Window(part.first, part.last)
        yield Answer(
            "web", account, report.slice, span.first, span.last, Origin(report.name, 1), by_day,
            provisional_from=max(asked.provisional_from, span.first) if asked.provisional_from <= span.last else None,
            sampled=page.sampled,
            withheld=any(each.withheld for each in answered.pages),
            other=_other(report, answered.table),
            cut_before=_day(page.cut_before),
            restricted=tuple(sorted(COLUMNS.get(name, name) for name in answered.restricted)),
            currency=page.currency,
            zone=page.zone,
            totals=_totals(answered) if whole else {},
        )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _totals(answered: Answered) -> dict[str, float]:
    stated = next(iter(answered.pages[0].totals), {})
    return {
        COLUMNS[name]: float(stated[name])
        for name in answered.report.metrics
        if name in COLUMNS and name in stated and name not in answered.restricted
    }


def _other(report: Report, table: pa.Table) -> float | None:
    """The share of the first measure that adds up which stands in rows that Google has folded."""
    metric = next((name for name in report.metrics if report.adds(name) is not Adds.NEVER), None)
    names = [name for name in report.dimensions if name in table.column_names]
    if metric is None or not names or not table.num_rows:
        return None
    folded = [pc.equal(table.column(name), OTHER) for name in names]
    mask = folded[0]
    for each in folded[1:]:
        mask = pc.or_(mask, each)
    if not pc.any(mask).as_py():
        return None
    total = pc.sum(table.column(metric)).as_py()
    return pc.sum(table.column(metric).filter(mask)).as_py() / total if total else None


def _checks(answered: Answered) -> Iterator[Check]:
    """The totals that Google states beside what the rows come to, of all that adds up. Visits, which are counted by
    a sketch, are told only where they are further apart than that explains."""
    report, table = answered.report, answered.table
    total = next(iter(answered.pages[0].totals), None)
    if total is None or report.top:
        return
    for name in (name for name in report.metrics if name in total and name not in answered.restricted):
        declared, read = float(total[name]), pc.sum(table.column(name)).as_py()
        how = report.adds(name)
        if how is Adds.NEVER or read is None:
            continue
        if how is Adds.NEARLY and abs(declared - read) <= NEARLY * max(declared, 1.0):
            continue
        yield Check(name, declared, float(read), Origin(report.name, 1))
