"""From the pages of an answer to the statements of the table `web`, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from connectors.alike import Alike
from connectors.cells import PAGE
from connectors.ga4.answers import Asked, Part
from connectors.ga4.ask import first_day
from connectors.ga4.decode import Page, decoded
from connectors.ga4.reports import ADDRESSES, BY_NAME, COLUMNS, SOURCES, SPAN, Adds, Grain, Report
from data.model import Answer, Check, Finding, Origin, Problem, Statements, Window, says

OTHER = "(other)"
NEARLY = 0.033  # two standard errors of the sketch by which visits are counted
RATE, SESSIONS = "sessionKeyEventRate", "sessions"
CUT = says("figures of all days asked; Google says why some are lacking")
DATELESS = says("a day; Google has folded {n} rows of many days into one, which belong to none")


@dataclass(frozen=True)
class Answered:
    """A part of an answer: its pages understood, and the row above its first one."""

    part: Part
    report: Report
    pages: Sequence[Page]
    above: int

    @property
    def table(self) -> pa.Table:
        """The rows of all pages."""
        return pa.concat_tables([page.table for page in self.pages])


def understood(parts: Iterable[tuple[Part, Sequence[bytes]]]) -> Iterator[Answered]:
    """The parts with their pages; a report that is unknown today is left aside."""
    above: dict[str, int] = {}
    for part, pages in parts:
        if report := BY_NAME.get(part.report):
            one = Answered(part, report, [decoded(page) for page in pages], above.get(part.report, 1))
            above[part.report] = one.above + one.table.num_rows
            yield one


def findings(asked: Asked, answered: Answered, account: str, rates: Mapping[date, float]) -> Iterator[Finding]:
    """What a part says: its rows, what is known of their worth, and its totals beside them.

    `rates`: of the visits with a key event, by day.
    """
    report, first = answered.report, answered.pages[0]
    table, days, rows = _told(answered)
    restricted = {name for page in answered.pages for name in page.restricted}
    if lost := answered.table.num_rows - _dated(answered):
        yield Problem(says(DATELESS.text, n=lost), OTHER, report.name, None, SPAN.get(report.grain, ""))
    for text in first.cut:
        yield Problem(CUT, text, report.name)
    yield from _answers(asked, answered, account, table, restricted)
    if table.num_rows:
        columns, others = _columns(report, table, restricted)
        columns |= _spans(answered, days)
        columns |= {"account": [account] * table.num_rows, "slice": [report.slice] * table.num_rows}
        if report.name == "site_day" and SESSIONS not in restricted:
            columns["key_event_sessions"] = _with_key_event(days, table.column(SESSIONS).to_pylist(), rates)
        yield Statements("web", columns, report.name, rows, others)
    if answered.part.tells == Window(answered.part.first, answered.part.last):
        yield from _checks(answered, restricted)


def rates_of(answered: Iterable[Answered]) -> dict[date, float]:
    """The share of the visits with a key event, by day, where an answer states it."""
    found: dict[date, float] = {}
    for one in answered:
        if RATE in one.report.metrics and not any(RATE in page.restricted for page in one.pages):
            table, days, _ = _told(one)
            found |= dict(zip(days, table.column(RATE).to_pylist(), strict=True))
    return found


def _with_key_event(days: Sequence[date], sessions: Sequence[int], rates: Mapping[date, float]) -> list[int | None]:
    return [round(n * rates[day]) if day in rates else None for day, n in zip(days, sessions, strict=True)]


def _days(answered: Answered) -> list[date | None]:
    """The first day that each row counts."""
    report, table = answered.report, answered.table
    time = SPAN.get(report.grain, "dateRange")
    if time not in table.column_names:
        return [answered.part.first] * table.num_rows
    known: dict[str, date | None] = {}
    names = table.column(time).to_pylist()
    for name in set(names):
        known[name] = first_day(report, name)
    return [known[name] for name in names]


def _dated(answered: Answered) -> int:
    return sum(day is not None for day in _days(answered))


def _told(answered: Answered) -> tuple[pa.Table, list[date], list[int]]:
    """The rows that the part tells anew, with their days and the rows they stand in."""
    tells, table, days = answered.part.tells, answered.table, _days(answered)
    assert tells
    keep = [day is not None and tells.first <= day <= tells.last for day in days]
    rows = [answered.above + place for place, kept in enumerate(keep, 1) if kept]
    chosen = [day for day in days if day is not None and tells.first <= day <= tells.last]
    return (table if all(keep) else table.filter(pa.array(keep, pa.bool_()))), chosen, rows


def _spans(answered: Answered, days: Sequence[date]) -> dict[str, Any]:
    """The columns of the time that the rows count."""
    report = answered.report
    if report.grain is Grain.DAY:
        column = pa.array(days, pa.date32())
        return {"first_day": column, "last_day": column}
    if report.grain is Grain.HOUR:
        column = pa.array(days, pa.date32())
        hours, _, _ = _told(answered)
        return {
            "first_day": column,
            "last_day": column,
            "hour": [int(h[8:]) for h in hours.column("dateHour").to_pylist()],
        }
    ends = {span.first: span.last for span in answered.part.spans}
    if report.grain is Grain.PERIOD and len(answered.part.spans) > 1:
        table, _, _ = _told(answered)
        lasts = [first_day(report, name[9:]) for name in table.column("dateRange").to_pylist()]
    else:
        lasts = [ends[day] for day in days]
    return {"first_day": list(days), "last_day": lasts}


def _columns(
    report: Report, table: pa.Table, restricted: set[str]
) -> tuple[dict[str, Any], list[dict[str, float]] | None]:
    """The columns of the ledger, and what has none under Google's own names."""
    columns: dict[str, Any] = {}
    beside: dict[str, list[Any]] = {}
    for name in report.dimensions:
        if name in SOURCES:
            pair = [_texts(table, each) for each in (name, SOURCES[name])]
            columns["source"] = pc.binary_join_element_wise(*pair, " / ")
        elif key := COLUMNS.get(name):
            columns[key] = (
                _mapped(table, name, lambda text: PAGE.parse(text, False)) if key in ADDRESSES else _texts(table, name)
            )
    for name in (name for name in report.metrics if name not in restricted):
        column = table.column(name).combine_chunks()
        if pa.types.is_floating(column.type):
            column = pc.if_else(pc.is_finite(column), column, None)  # what is not a number is not stated
        if key := COLUMNS.get(name):
            columns[key] = column
        else:
            beside[name] = column.to_pylist()
    if cut := [key for key in ADDRESSES if key in columns]:
        _tell_apart(columns, report, cut, table)
    others = None
    if beside:
        others = [
            {name: value for name, value in zip(beside, values, strict=True) if value is not None}
            for values in zip(*beside.values(), strict=True)
        ]
    return columns, others


def _texts(table: pa.Table, name: str) -> pa.Array:
    """A dimension as text; an empty one states nothing."""
    column = table.column(name).combine_chunks()
    return pc.if_else(pc.equal(column, ""), None, column) if pc.any(pc.equal(column, "")).as_py() else column


def _mapped(table: pa.Table, name: str, change: Callable[[str], str]) -> pa.Array:
    """A dimension with each of its values changed once."""
    coded = table.column(name).combine_chunks().dictionary_encode()
    changed = [change(text) or None for text in coded.dictionary.to_pylist()]
    return pa.array(changed, pa.string()).take(coded.indices)


def _tell_apart(columns: dict[str, Any], report: Report, cut: Sequence[str], table: pa.Table) -> None:
    """Numbers the rows that are alike once what stands behind the `?` of their address is cut."""
    names = [name for name in report.dimensions if COLUMNS.get(name) in cut]
    if all(pc.count_distinct(table.column(n)).as_py() == pc.count_distinct(columns[COLUMNS[n]]).as_py() for n in names):
        return
    words = [
        key for key in columns if key not in COLUMNS.values() or key in {COLUMNS.get(n) for n in report.dimensions}
    ]
    told = [columns[key].to_pylist() for key in words if isinstance(columns[key], pa.Array)]
    time = SPAN.get(report.grain, "")
    told += [table.column(time).to_pylist()] if time in table.column_names else []
    alike = Alike()
    members = [alike.member(row) for row in zip(*told, strict=True)]
    if any(members):
        columns["member"] = members


def _answers(asked: Asked, answered: Answered, account: str, table: pa.Table, restricted: set[str]) -> Iterator[Answer]:
    """That the part answers its slice as a whole, for its days or for each of its weeks, months or spans."""
    part, report, page = answered.part, answered.report, answered.pages[0]
    by_day = report.grain in (Grain.DAY, Grain.HOUR)
    assert part.tells
    for span in (part.tells,) if by_day else part.spans:
        whole = span == Window(part.first, part.last)
        yield Answer(
            "web", account, report.slice, span.first, span.last, Origin(report.name, 1), by_day,
            provisional_from=asked.provisional_from if asked.provisional_from <= span.last else None,
            sampled=page.sampled,
            withheld=any(p.withheld for p in answered.pages),
            other=_other(report, table),
            cut_before=_day(page.cut_before),
            restricted=tuple(sorted(COLUMNS.get(name, name) for name in restricted)),
            currency=page.currency,
            zone=page.zone,
            totals=_totals(answered, restricted) if whole else {},
        )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _totals(answered: Answered, restricted: set[str]) -> dict[str, float]:
    stated = next((total for total in answered.pages[0].totals), {})
    return {
        COLUMNS[name]: float(stated[name])
        for name in answered.report.metrics
        if name in COLUMNS and name in stated and name not in restricted
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


def _checks(answered: Answered, restricted: set[str]) -> Iterator[Check]:
    """The totals that Google states beside what the rows come to, of all that adds up. Visits, which are counted by
    a sketch, are told only where they are further apart than that explains."""
    report, table = answered.report, answered.table
    total = next((total for total in answered.pages[0].totals), None)
    if total is None or report.top:
        return
    for name in (name for name in report.metrics if name in total and name not in restricted):
        declared, read = float(total[name]), pc.sum(table.column(name)).as_py()
        how = report.adds(name)
        if how is Adds.NEVER or read is None:
            continue
        if how is Adds.NEARLY and abs(declared - read) <= NEARLY * max(declared, 1.0):
            continue
        yield Check(name, declared, float(read), Origin(report.name, 1))
