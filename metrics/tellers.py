"""By which format an account's days and periods are stated, where several state them: files, or a service asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data.model import Window
from metrics.measures import MEASURES
from metrics.model import Source
from metrics.reading import Teller
from metrics.sites import Owners, Sites

Forms = Mapping[str, str]  # measure -> the connector of the export that is believed; "" for whatever is stated
Stated = tuple[date, date]  # a day, or a period
Tellers = Mapping[str, Mapping[Stated, Mapping[str, Teller]]]


def of_several_forms(cursor: Any, source: Source) -> list[str]:
    """The accounts that exports of several formats state."""
    rows = cursor.execute(
        'select account from ledger.spans join exports using (export_id) where "table" = ? '
        "group by account having min(connector) <> max(connector) order by account",
        [source.value],
    ).fetchall()
    return [account for (account,) in rows]


def tellers(
    cursor: Any, source: Source, slice_: str, span: Window, sites: Sites, counted: Owners, several: Sequence[str]
) -> Tellers:
    """Who states each day and period of a slice, measure by measure, by the account that stands for its site.

    Nobody is named where one account alone measures the site, and files of one format or one service alone state it:
    where it is not one of `several`.
    """
    forms = _forms(cursor, source, slice_, span, several) if several else {}
    found: dict[str, dict[Stated, dict[str, Teller]]] = {}
    for (lead, first, last), owner in counted.items():
        mine = forms.get((owner, first, last), {"": ""})
        found.setdefault(lead, {})[first, last] = {name: Teller(owner, form) for name, form in mine.items()}
    for (account, first, last), mine in forms.items():
        if account not in sites.places:
            told = {name: Teller(account, form) for name, form in mine.items()}
            found.setdefault(account, {})[first, last] = told
    return found


def _forms(
    cursor: Any, source: Source, slice_: str, span: Window, several: Sequence[str]
) -> Mapping[tuple[str, date, date], Forms]:
    """By account and days: the connectors of the exports that are believed, of accounts that several state.

    Of the visits of the whole site each export states some measures, and of each the newest is believed; a newer
    answer supersedes them all. Elsewhere what is believed of a day is that of one export.
    """
    table = source.value
    measures = [name for of, name in MEASURES if of is source] if (source, slice_) == (Source.WEB, "site") else []
    each = "".join(f", arg_max(connector, rank) filter ({name} is not null)" for name in measures)
    rows = cursor.execute(
        f"with said as (select s.*, connector, rank from ledger.{table} s join exports using (export_id) "
        "where s.account in (select unnest($several)) and slice = $slice "
        "and s.first_day >= $first and s.last_day <= $last), "
        "newest as (select k.account, k.first_day, k.last_day, max(rank) as answered "
        "from (select distinct account, first_day, last_day from said) k "
        "join answers a on a.account = k.account and case when by_day then k.first_day = k.last_day "
        "and k.first_day between a.first_day and a.last_day "
        "else k.first_day = a.first_day and k.last_day = a.last_day end join exports using (export_id) "
        'where a.slice = $slice and a."table" = $table group by all) '
        f"select account, first_day, last_day, arg_max(connector, rank){each} "
        "from said left join newest using (account, first_day, last_day) "
        "where answered is null or rank >= answered group by all",
        {"table": table, "slice": slice_, "first": span.first, "last": span.last, "several": list(several)},
    ).fetchall()
    return {
        (account, first, last): {name: form for name, form in zip(["", *measures], connectors, strict=True) if form}
        for account, first, last, *connectors in rows
    }
