"""By which format an account's days and periods are stated, where several state them: files, or a service asked."""

from __future__ import annotations

from collections.abc import Mapping
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


def tellers(cursor: Any, source: Source, slice_: str, span: Window, sites: Sites, counted: Owners) -> Tellers:
    """Who states each day and period of a slice, measure by measure, by the account that stands for its site.

    Nobody is named where one account alone measures the site, and files of one format or one service alone state it.
    """
    forms = _forms(cursor, source, slice_, span)
    found: dict[str, dict[Stated, dict[str, Teller]]] = {}
    for (lead, first, last), owner in counted.items():
        mine = forms.get((owner, first, last), {"": ""})
        found.setdefault(lead, {})[first, last] = {name: Teller(owner, form) for name, form in mine.items()}
    for (account, first, last), mine in forms.items():
        if account not in sites.places:
            told = {name: Teller(account, form) for name, form in mine.items()}
            found.setdefault(account, {})[first, last] = told
    return found


def _forms(cursor: Any, source: Source, slice_: str, span: Window) -> Mapping[tuple[str, date, date], Forms]:
    """By account and days: the connectors of the exports that are believed, of accounts that several state.

    Of the visits of the whole site each export states some measures, and of each the newest is believed; a newer
    answer supersedes them all. Elsewhere what is believed of a day is that of one export.
    """
    table = source.value
    measures = [name for of, name in MEASURES if of is source] if (source, slice_) == (Source.WEB, "site") else []
    each = "".join(f", arg_max(connector, rank) filter ({name} is not null)" for name in measures)
    rows = cursor.execute(
        "with several as (select account from ledger.spans join exports using (export_id) "
        'where "table" = $table group by account having count(distinct connector) > 1), '
        f"said as (select s.*, connector, rank from ledger.{table} s semi join several using (account) "
        "join exports using (export_id) where slice = $slice and s.first_day >= $first and s.last_day <= $last), "
        "newest as (select k.account, k.first_day, k.last_day, max(rank) as answered "
        "from (select distinct account, first_day, last_day from said) k "
        "join answers a on a.account = k.account and case when by_day then k.first_day = k.last_day "
        "and k.first_day between a.first_day and a.last_day "
        "else k.first_day = a.first_day and k.last_day = a.last_day end join exports using (export_id) "
        'where a.slice = $slice and a."table" = $table group by all) '
        f"select account, first_day, last_day, arg_max(connector, rank){each} "
        "from said left join newest using (account, first_day, last_day) "
        "where answered is null or rank >= answered group by all",
        {"table": table, "slice": slice_, "first": span.first, "last": span.last},
    ).fetchall()
    return {
        (account, first, last): {name: form for name, form in zip(["", *measures], connectors, strict=True) if form}
        for account, first, last, *connectors in rows
    }
