"""The command `sync`: figures that are asked of a service, rather than loaded from files."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands.brands import brand_for, own_brand
from commands.voice import Voice
from commands.words import days_of
from connectors import ga4
from connectors.ga4.answers import Asked
from connectors.ga4.credentials import secrets
from connectors.ga4.limits import spent_and_left
from connectors.ga4.names import property_id
from connectors.reading import examine
from data.model import Account, Answers, Message, UserError, Window, says
from data.store import Store

if TYPE_CHECKING:
    from connectors.ga4.connect import Line


def google_analytics(args: Namespace, voice: Voice) -> int:
    """Asks Google Analytics for what is not known yet; the status is 1 when something is left to ask."""
    from connectors.ga4.connect import account_of, connect
    from connectors.ga4.sync import sync

    store = own_brand(args.brand)
    kept = ga4.kept_answers(store.exports(), store.content) if store else []
    number = property_id(args.property) if args.property else _only(kept)
    voice.progress(says("Connecting to property {property}", property=number), now=True)
    line = connect(number, args.key or "")
    if args.check:
        return _check(number, line, voice)
    told = args.account[0] if args.account else None
    account = account_of(number, line.name, kept, store.accounts() if store else (), told)
    store = store or brand_for(account, voice)
    rows = 0

    def keep(name: str, content: bytes) -> None:
        nonlocal rows
        one = examine(name, content, Answers(account=account.key))
        rows += store.add_export(one.export, one.findings(store.brand().zone)).statements

    def tell(done: int, of: int, message: Message) -> None:
        voice.progress(says("{done} of {of}: {message}", done=done, of=of, message=message), now=True)

    mine = [asked for asked, _ in kept if asked.number == number]
    outcome = sync(
        line.client, mine, keep, tell, since=args.since, week_start=store.brand().week_start, name=line.name
    )  # fmt: skip
    seen = outcome.seen
    voice.say(
        says(
            "{account}: {days}; new answers: {answers}; rows: {rows}; time zone {zone}; currency {currency}",
            account=account.key, days=_days(store, account) or "—", answers=outcome.kept, rows=rows,
            zone=seen.zone, currency=seen.currency or "—",
        )
    )  # fmt: skip
    voice.say(spent_and_left(outcome.spent, seen.quota))
    for name, reason in outcome.off.items():
        voice.say(says("Left out, as this property cannot answer it: {report}. {reason}", report=name, reason=reason))
    for name, reason in outcome.failed.items():
        voice.warn(says("Not answered this time: {report}. {reason}", report=name, reason=reason))
    if outcome.paused:
        voice.warn(outcome.paused)
    return 1 if outcome.paused or outcome.failed else 0


def _only(kept: Sequence[tuple[Asked, Account]]) -> str:
    """The property that is meant where none is named: that of the secrets, or the only one that was asked before."""
    if told := secrets().get("property"):
        return property_id(str(told))
    numbers = {asked.number for asked, _ in kept}
    if len(numbers) == 1:
        return numbers.pop()
    raise UserError(says("Which property? Add --property and its number."))


def _check(number: str, line: Line, voice: Voice) -> int:
    from connectors.ga4.look import tested

    seen = tested(line.client, line.name)
    voice.say(
        says(
            "Property {property} answers: {name}; time zone {zone}; currency {currency}.",
            property=number, name=line.name or "—", zone=seen.zone, currency=seen.currency or "—",
        )
    )  # fmt: skip
    if seen.sessions is None:
        voice.say(says("It has no visit in the last 28 days."))
    else:
        voice.say(says("In the last 28 days: visits {visits}, page views {views}; of {hosts}.",
                       visits=seen.sessions, views=seen.views, hosts=seen.hosts))  # fmt: skip
    voice.say(spent_and_left(line.client.pace.spent, seen.quota))
    return 0


def _days(store: Store, account: Account) -> Window | None:
    """The days that are known of the account, by all its answers."""
    spans = [
        days for info in store.exports() if account.key in {a.key for a in info.accounts} and (days := days_of(info))
    ]
    return Window(min(s.first for s in spans), max(s.last for s in spans)) if spans else None
