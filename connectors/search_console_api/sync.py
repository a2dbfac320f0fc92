"""A property of Search Console brought up to date: each span of days is kept as soon as it is whole.

Nothing is remembered beside the kept answers: a run that is ended at any moment goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from connectors.search_console_api import ZONE
from connectors.search_console_api.answers import Asked, Part, digests, packed
from connectors.search_console_api.client import MOST_ROWS, Client
from connectors.search_console_api.names import told
from connectors.search_console_api.reports import SITE, Report
from connectors.search_console_api.windows import DAY, HOT, Known, days_of, due, first_kept
from connectors.services.pace import AT_ONCE, Kind, Pause, Refused
from connectors.services.runs import Came, Keep, Tell
from data.model import Window, says


@dataclass
class Outcome(Came):
    """What came of a run, and how many questions it put."""

    questions: int = 0


def sync(
    client: Client,
    kept: Iterable[Asked],
    keep: Keep,
    tell: Tell = lambda done, of, message: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    since: date | None = None,
) -> Outcome:
    """Asks what the `kept` answers of the property do not say yet. Raises UserError where nothing may be asked."""
    known, outcome = Known.of(kept), Outcome()
    today = now().astimezone(ZoneInfo(ZONE)).date()
    wanted = since or (known.last.since if known.last else first_kept(today))
    first = max(min(wanted, today), first_kept(today))
    spans = due(known, today, first)
    last = known.last
    counted = last.counted if last and last.since == wanted else None
    for done, (window, lacking) in enumerate(spans):
        reports = [report for report in lacking if report.name not in outcome.off]
        if not reports:
            continue
        tell(done, len(spans), says("Asking for {days}", days=window))
        try:
            if counted is None and not outcome.questions:
                outcome.questions += 1
                counted = _first_counted(client, Window(first, today))
            asked, files = _asked(client, reports, window, wanted, now(), counted, outcome)
        except Pause as pause:
            outcome.paused = pause.message
            break
        except Refused as refused:
            raise told(refused, client.site, client.email) from refused
        if asked and not known.tells_nothing_new(asked):
            keep(asked.title, packed(asked, files))
            outcome.kept += 1
        if asked:
            known.add(asked)
    return outcome


def _asked(
    client: Client, reports: Sequence[Report], window: Window, since: date, now: datetime,
    counted: date | None, outcome: Outcome,
) -> tuple[Asked | None, dict[str, bytes]]:  # fmt: skip
    """Some reports over some days, and always the site, which says what Google knows; None where it knows none yet."""
    outcome.questions += 1
    site = _pages(client, SITE, window.first, window.last)
    known, provisional = _known(site[0], window, now.astimezone(ZoneInfo(ZONE)).date())
    if known is None:
        return None, {}
    questions = [
        (report, day)
        for report in reports
        for day in (days_of(known) if report.daily else (None,))
        if report is not SITE
    ]
    files: dict[str, bytes] = {}
    off: dict[str, str] = {}
    failed: dict[str, str] = {}

    def answered(report: Report, day: date | None) -> list[bytes] | None:
        if report.name in off:
            return None
        try:
            return _pages(client, report, day or window.first, day or window.last)
        except Refused as refused:
            if refused.stops_all:
                raise
            (off if refused.kind is Kind.QUESTION else failed)[report.name] = refused.text
            return None

    parts = [_part(SITE, None, site, files)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(answered, *question) for question in questions]
        try:
            for (report, day), future in zip(questions, running, strict=True):
                if (pages := future.result()) is not None:
                    parts.append(_part(report, day, pages, files))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    outcome.questions += len(questions)
    outcome.off |= off
    outcome.failed |= failed
    whole = [part for part in parts if part.report not in off | failed]
    asked = Asked(
        site=client.site, at=now.astimezone(UTC).replace(microsecond=0), first=known.first, last=known.last,
        until=window.last, since=since, provisional_from=provisional, counted=counted, parts=tuple(whole),
        off=off, failed=failed,
    )  # fmt: skip
    return asked, {name: files[name] for part in whole for name in part.files}


def _pages(client: Client, report: Report, first: date, last: date) -> list[bytes]:
    """The pages of a report. Raises Refused where its rows moved twice while they were read."""
    for _ in range(2):
        pages, keys = [], []
        while not pages or len(keys) == MOST_ROWS * len(pages):
            pages.append(client.rows(report, first, last, len(keys)))
            rows = json.loads(pages[-1]).get("rows", ())
            keys += [tuple(row.get("keys", ())) for row in rows]
        if len(set(keys)) == len(keys):
            return pages
    raise Refused(Kind.PASSING, "The rows changed while they were read, and changed again.")


def _first_counted(client: Client, window: Window) -> date | None:
    """The first of some days on which the site was shown to anyone, None where there is none."""
    return min((day for page in _pages(client, SITE, window.first, window.last) for day in _stated(page)), default=None)


def _stated(page: bytes) -> list[date]:
    return [date.fromisoformat(row["keys"][0]) for row in json.loads(page).get("rows", ())]


def _known(page: bytes, window: Window, today: date) -> tuple[Window | None, date | None]:
    """The days of a window that Google knows, and the first of them that may still change."""
    told, days = json.loads(page), _stated(page)
    open_from = told.get("metadata", {}).get("first_incomplete_date")
    provisional = date.fromisoformat(open_from) if open_from else today - HOT * DAY
    last = min(window.last, max([*days, provisional - DAY]))
    if last < window.first:
        return None, None
    return Window(window.first, last), provisional if provisional <= last else None


def _part(report: Report, day: date | None, pages: list[bytes], files: dict[str, bytes]) -> Part:
    names = [f"{report.name}{f' {day}' if day else ''}{f' {n}' if n else ''}.json" for n in range(len(pages))]
    files.update(zip(names, pages, strict=True))
    return Part(report.name, tuple(names), digests(pages, day), day)
