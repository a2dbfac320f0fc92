"""The commands about what is loaded: `list`, `forget`, `rebuild`, `check`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.brands import some_brand
from commands.voice import Voice
from commands.words import accounts_of, days_of, missing_lines, problem_lines, title_of
from connectors import ga4
from connectors.reading import read_kept
from data.model import Message, UserError, Window, says
from data.store import ExportInfo


def show(args: Namespace, voice: Voice) -> int:
    """Lists the exports of a brand; the answers of a service, which are many, in one line for each account."""
    t, lang = voice.lang.t, voice.lang
    infos = some_brand(args.brand).exports()
    groups = {} if args.all else answers_by_account(infos)
    grouped = {info.id for of in groups.values() for info in of}
    rows = [
        (
            *(info.id[:8], info.name, t(title_of(info)), ", ".join(accounts_of(info))),
            *(lang.span(days_of(info)), lang.day(info.as_of)),
            *(lang.number(info.statements), lang.number(info.problems)),
        )
        for info in infos
        if info.id not in grouped
    ]
    for account, of in groups.items():
        days = [day for info in of for day in (info.first_day, info.last_day) if day]
        moments = [info.as_of for info in of if info.as_of]
        rows.append(
            (
                *("", t("{n} answers", n=len(of)), t(title_of(of[0])), account),
                *(lang.span(Window(min(days), max(days)) if days else None), lang.day(max(moments, default=None))),
                *(lang.number(sum(info.statements for info in of)), lang.number(sum(info.problems for info in of))),
            )
        )
    headers = ("id", t("file"), t("format"), t("account"), t("days"), t("exported"), t("rows"), t("problems"))
    if rows:
        voice.table(headers, rows)
    else:
        voice.say(says("No export is loaded yet."))
    return 0


def answers_by_account(infos: Sequence[ExportInfo]) -> dict[str, list[ExportInfo]]:
    """The answers of a service among exports, by their account."""
    found: dict[str, list[ExportInfo]] = {}
    for info in infos:
        if info.connector == ga4.KEY and info.accounts:
            found.setdefault(info.accounts[0].key, []).append(info)
    return found


def forget(args: Namespace, voice: Voice) -> int:
    """Takes exports back; all answers of a service at once, by their account."""
    store = some_brand(args.brand)
    infos = store.exports()
    groups = answers_by_account(infos)
    for text in dict.fromkeys(args.exports):
        if of := groups.get(text):
            store.add_exports((), instead_of=[info.id for info in of])
            voice.say(says("{account}: {n} answers forgotten", account=text, n=len(of)))
    for info in dict.fromkeys(_named(infos, text) for text in args.exports if text not in groups):
        store.forget_export(info.id)
        voice.say(says("{file}: forgotten", file=info.name))
    return 0


def _named(infos: Sequence[ExportInfo], text: str) -> ExportInfo:
    """The one export of this name, or whose id starts so."""
    found = [info for info in infos if text and (info.name == text or info.id.startswith(text))]
    if len(found) == 1:
        return found[0]
    if found:
        ids = [info.id[:12] for info in found]
        raise UserError(says("{export} is several exports. Give the id of one: {ids}", export=text, ids=ids))
    raise UserError(says("There is no export {export}. To see all: python vigie.py list", export=text))


def rebuild(args: Namespace, voice: Voice) -> int:
    """Reads every export again; the status is 1 when nothing can be read of one."""
    store = some_brand(args.brand)
    zone = store.brand().zone

    def far(done: int, total: int) -> None:
        voice.progress(says("{number} of {total}", number=done, total=total))

    read = store.rebuild(lambda export: read_kept(export, zone), far)
    lost = {one.export_id for one in read if one.problems and not one.statements}
    for info in store.exports():
        if info.id in lost:
            voice.warn(says("{file}: nothing of it can be read", file=info.name))
            voice.warn(*problem_lines(store, info, everything=False), indent="  ")
    rows, problems = sum(one.statements for one in read), sum(one.problems for one in read)
    said = says("exports: {exports}; rows: {rows}; problems: {problems}",
                exports=len(read), rows=rows, problems=problems)  # fmt: skip
    voice.say(said)
    return 1 if lost else 0


def check(args: Namespace, voice: Voice) -> int:
    """Says what is damaged, how old the figures are, what was not read; 0 stands for nothing of it."""
    store, lang = some_brand(args.brand), voice.lang
    today = datetime.now(ZoneInfo(store.brand().zone)).date()
    wrong = store.check()
    voice.warn(*wrong)
    with store.read() as cursor:
        query = "select account, max(last_day) from spans group by account order by account"
        last_days: dict[str, date | None] = dict(cursor.execute(query).fetchall())
    late = {key for key, last in last_days.items() if args.max_age is not None and _late(last, today, args.max_age)}
    if last_days:
        rows = (
            (key, lang.day(last), lang.t(_ago(last, today)), lang.t("late") if key in late else "")
            for key, last in last_days.items()
        )
        voice.table((lang.t("account"), lang.t("last day"), "", ""), rows)
    voice.say(*missing_lines(store, last_days))
    unread = [info for info in store.exports() if info.problems]
    for info in unread:
        voice.say(says("{file}: problems: {problems}", file=info.name, problems=info.problems))
        voice.say(*problem_lines(store, info, args.all_problems), indent="  ")
    if wrong or late or unread:
        return 1
    voice.say(says("All is sound."))
    return 0


def _late(last: date | None, today: date, days: int) -> bool:
    return last is None or (today - last).days > days


def _ago(last: date | None, today: date) -> Message | str:
    if last is None:
        return ""
    days = (today - last).days
    if days > 1:
        return says("{days} days ago", days=days)
    return says("in the future" if days < 0 else "yesterday" if days else "today")
