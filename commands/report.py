"""The command `report`: the weekly report as files."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.brands import some_brand
from commands.voice import Voice
from data.disk import writable
from data.model import Message, UserError, Window, says
from data.store import Store
from metrics.facts import spans
from metrics.windows import last_complete_week
from reports.build import report
from reports.forms import FORMS, file_name
from reports.given import Asked, Given, given, week_of
from reports.handed import publication
from reports.model import Edition, Report


def build(args: Namespace, voice: Voice) -> int:
    """Writes the report of a week, in one form or in all; with --publish it is kept as handed over."""
    store = some_brand(args.brand)
    known = given(store)
    asked = asked_of(args, store, known, voice.lang.code)
    with store.read() as cursor:
        made = report(cursor, known, asked)
    for path, form in _files(made, args.out):
        with writable(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(FORMS[form](made))
        voice.say(says("Written: {path}", path=str(path)))
    if not made.complete:
        voice.warn(incomplete(made))
    if args.publish:
        store.publish(publication(made, asked, "file"))
        voice.say(says("Kept as published: the next report says which of its figures have changed since."))
    return 0


def asked_of(args: Namespace, store: Store, known: Given, language: str) -> Asked:
    """What is asked for on the command line. Raises UserError for a week that has not begun."""
    return Asked(
        _week(args.week, store, known), language, Edition(args.edition), args.comment or "", args.decision or "",
        tuple(filter(None, (args.figures or "").split(","))), args.chart or "",
    )  # fmt: skip


def today(known: Given) -> date:
    """The day that it is where the brand is."""
    return datetime.now(ZoneInfo(known.brand.zone)).date()


def incomplete(made: Report) -> Message:
    """That a week is not known to its end, and why."""
    return says("The week is not complete: {why}", why=" ".join([made.quality.summary, *made.quality.lines]))


def _week(key: str | None, store: Store, known: Given) -> Window:
    """The week that is asked for, else the last one that is over and known."""
    if key:
        week = week_of(key, known.brand.week_start)
        if week.first > today(known):
            raise UserError(
                says(
                    "The week {key} begins on {day} only: there is nothing to report yet.",
                    key=key.upper(),
                    day=week.first,
                )
            )
        return week
    with store.read() as cursor:
        last = max((span.last for span in spans(cursor).values()), default=None)
    if last is None:
        raise UserError(says("There are no figures yet: load some files first."))
    return last_complete_week(min(last, today(known) - timedelta(days=1)), known.brand.week_start)


def _files(made: Report, out: str | None) -> list[tuple[Path, str]]:
    """The files to write, each with its form: one where `out` ends like one, else all of them in that folder."""
    path = Path(out or ".").expanduser()
    form = path.suffix.lstrip(".").lower()
    if form in FORMS:
        return [(path, form)]
    if form and not path.is_dir():
        raise UserError(
            says("A report is no {ending} file. Name a folder, or a file that ends in {known}.", ending=path.suffix,
                 known=", ".join(f".{one}" for one in FORMS))
        )  # fmt: skip
    return [(path / file_name(made, one), one) for one in FORMS]
