"""Google Search Console by its API: answers as they came, kept as exports and read like any other.

Days are Pacific days, the newest of them provisional. The rows of queries come to less than the whole site, as rare
queries are in none of them; the difference is known, as the whole is asked by itself. A page or a query that is in no
row of a day was not shown on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from connectors.alike import Alike
from connectors.base import N_, Column, Connector, Source, Table, TableSpec
from connectors.cells import DECIMAL, PAGE, TEXT
from connectors.search_console_api.answers import Asked, Part, asked_in, asked_of, rows_of
from connectors.search_console_api.countries import COUNTRIES
from connectors.search_console_api.reports import QUERY, REPORTS, SITE, Report
from connectors.services.kept import Info
from connectors.sheet import ANSWER_MEMBER, Book, Cells, Sheet
from data.model import Account, Answer, Check, Finding, Origin, Problem, Statement, UserError, says

NETWORK = "search_console"
KEY = "search_console_api"
ZONE = "America/Los_Angeles"
DEVICES = {"MOBILE": "Mobile", "DESKTOP": "Desktop", "TABLET": "Tablet"}
UNREADABLE = says("a row with a day, its member, clicks, impressions and position")
COUNTS = ("clicks", "impressions")


@dataclass(frozen=True)
class Kept(Table):
    """All the parts of a kept answer."""

    asked: Asked | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def kept_answers(infos: Iterable[Info], content: Callable[[str], bytes]) -> list[tuple[Asked, Account]]:
    """What the kept answers among exports say of themselves, each with the account it is of."""
    mine = (info for info in infos if info.connector == KEY and info.accounts)
    found = ((asked_of(content(info.id), info.name), info.accounts[0]) for info in mine)
    return [(asked, account) for asked, account in found if asked]


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The kept answer, where the book is one. Raises UserError where it is damaged."""
    asked = asked_in(book.members, book.name)
    if asked is None:
        return []
    if missing := [name for part in asked.parts for name in part.files if name not in book.members]:
        raise UserError(says("{file} is damaged: {member} is missing.", file=book.name, member=missing[0]))
    sheet = Sheet(ANSWER_MEMBER, lambda: _printed(asked, book.members))
    return [Kept(specs[0], sheet, 1, (), {}, asked=asked, files=book.members)]


def _printed(asked: Asked, files: Mapping[str, bytes]) -> Iterator[Cells]:
    yield ("report", "keys", *COUNTS, "position")
    for part in asked.parts:
        for _, _, row in rows_of(part, files):
            keys = " ".join(map(str, row.get("keys", ())))
            yield [part.report, keys, *(row.get(key) for key in (*COUNTS, "position"))]


def read(table: Table, source: Source) -> Iterator[Finding]:
    """What each report says of its days, and that it says all of it."""
    assert isinstance(table, Kept) and table.asked
    asked, account = table.asked, source.account.key
    sums: dict[str, dict[str, int]] = {}
    for report in REPORTS:
        parts = [part for part in asked.parts if part.report == report.name]
        if not parts:
            continue
        total: dict[str, int] = dict.fromkeys(COUNTS, 0)
        alike = Alike()
        for part in parts:
            for finding in _rows(part, report, asked, table.files, account, alike):
                if isinstance(finding, Statement):
                    for key in COUNTS:
                        total[key] += finding.values[key]
                yield finding
        if report is SITE:
            yield from _quiet_days(parts, asked, table.files, account)
        sums[report.name] = total
        whole = sums.get(SITE.name)
        yield Answer(
            "search", account, report.slice, asked.first, asked.last, Origin(parts[0].files[0], 1), by_day=True,
            provisional_from=asked.provisional_from,
            withheld=report is QUERY and whole is not None and total["impressions"] < whole["impressions"],
            zone=ZONE,
        )  # fmt: skip
        if report.name in ("country", "device") and whole:
            for key in COUNTS:
                yield Check(f"{report.name}: {key}", whole[key], total[key], Origin(parts[0].files[0], 1))


def _rows(
    part: Part, report: Report, asked: Asked, files: Mapping[str, bytes], account: str, alike: Alike
) -> Iterator[Finding]:
    for name, place, row in rows_of(part, files):
        try:
            values = _values(row, part, report)
        except (ValueError, KeyError, TypeError, IndexError):
            yield Problem(UNREADABLE, str(row)[:80], name, place)
            continue
        day = values.pop("day")
        if not asked.first <= day <= asked.last:  # of a day that is not whole: it is asked again
            continue
        if report.dimension == "page":
            values["page"] = alike.member((report.slice, day), values["page"])
        more = {"account": account, "slice": report.slice, "first_day": day, "last_day": day}
        yield Statement("search", more | values, Origin(name, place))


def _quiet_days(parts: Sequence[Part], asked: Asked, files: Mapping[str, bytes], account: str) -> Iterator[Statement]:
    """The days on which the site was shown to nobody, for which Google gives no row: from the first day on that has
    one, and none that may still get one."""
    if not asked.counted:
        return
    stated = {date.fromisoformat(str(row["keys"][0])) for part in parts for _, _, row in rows_of(part, files)}
    first, last = max(asked.counted, asked.first), asked.last
    if asked.provisional_from:
        last = min(last, asked.provisional_from - timedelta(days=1))
    for n in range((last - first).days + 1):
        if (day := first + timedelta(days=n)) not in stated:
            told = {"account": account, "slice": SITE.slice, "first_day": day, "last_day": day, "clicks": 0}
            yield Statement("search", {**told, "impressions": 0}, Origin(parts[0].files[0], 1))


def _values(row: Mapping[str, Any], part: Part, report: Report) -> dict[str, Any]:
    keys = list(row["keys"])
    day = part.day or date.fromisoformat(keys.pop(0))
    values: dict[str, Any] = {"day": day, **{key: int(row[key]) for key in COUNTS}}
    if values["impressions"] and report.type == "web":
        values["position"] = float(row["position"])
    if report.dimension:
        values[report.dimension] = _member(report.dimension, str(keys[0]))
    return values


def _member(dimension: str, told: str) -> str:
    match dimension:
        case "country":
            return COUNTRIES.get(told, told)
        case "device":
            return DEVICES.get(told, told.capitalize())
        case "page":
            return PAGE.parse(told, False) or told
    return told


def accounts(book: Book, tables: list[Table]) -> list[Account]:
    """The site, by its host."""
    return [account_of(table.asked.site) for table in tables if isinstance(table, Kept) and table.asked]


def account_of(site: str) -> Account:
    """The account of a property, whichever way it is written: that of its exported files, too."""
    host = site.removeprefix("sc-domain:").split("://")[-1].split("/")[0].split(":")[0].casefold()
    host = host.removeprefix("www.")
    return Account(NETWORK, host, host)


def account_for(site: str, kept: Iterable[tuple[Asked, Account]], answer: Account | None = None) -> Account:
    """Under which account the figures of a property stand: as they do already, as its user says, or by its host.

    Raises UserError where the user says another one than they stand under, one that is of no search, or one under
    which another property stands: the answers of each would supersede those of the other.
    """
    kept = list(kept)
    before = next((account for asked, account in kept if asked.site == site), None)
    if before and answer and before.key != answer.key:
        raise UserError(says("The figures of {site} stand under {account} already.", site=site, account=before.key))
    found = before or answer or account_of(site)
    if found.network != NETWORK:
        raise UserError(
            says("{account} is no account of Search Console: write search_console:name.", account=found.key)
        )
    if other := next((asked.site for asked, account in kept if asked.site != site and account.key == found.key), None):
        raise UserError(
            says(
                "Under {account} stand the figures of another property, {other}, and one would replace the other. "
                "Forget those first, or fetch {site} on the command line, into an account of its own: "
                "--account search_console:name, with a name that is not taken.",
                account=found.key, other=other, site=site,
            )
        )  # fmt: skip
    return found


def made(book: Book, tables: list[Table]) -> datetime | None:
    """When it was asked, in UTC."""
    moments = (table.asked.at for table in tables if isinstance(table, Kept) and table.asked)
    return next((moment.astimezone(UTC).replace(tzinfo=None) for moment in moments), None)


CONNECTOR = Connector(
    key=KEY,
    networks=(NETWORK,),
    title=N_("Google Search Console: answers of its API"),
    where=N_("Nowhere to get: Vigie asks for them, under Sources, Connect Search Console."),
    tables=(
        TableSpec(
            "search",
            (
                *(Column(key, (key,)) for key in COUNTS),
                Column("position", ("position",), DECIMAL),
                *(Column(key, (key,), TEXT) for key in ("query", "country", "device")),
                Column("page", ("page",), PAGE),
            ),
            read,
        ),
    ),
    find=find,
    accounts=accounts,
    as_of=made,
    lacks=N_("The rare queries, which are in the totals and in no row; and how results looked."),
)
