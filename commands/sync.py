"""The command `sync`: figures that are asked of a service, rather than loaded from files."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.brands import brand_for, own_brand
from commands.voice import Voice
from commands.words import days_of
from connectors import ga4, search_console_api
from connectors.ga4.credentials import ANALYTICS
from connectors.ga4.limits import spent_and_left
from connectors.ga4.names import property_id
from connectors.ga4.names import report_name as ga4_report
from connectors.reading import examine
from connectors.search_console_api.names import SEARCH_CONSOLE, property_name, right_name
from connectors.search_console_api.names import report_name as search_report
from connectors.services.keys import Service, secrets
from connectors.services.runs import Came
from data.model import Account, Answers, Message, UserError, Window, says
from data.store import Store

if TYPE_CHECKING:
    from connectors.ga4.connect import Line


def google_analytics(args: Namespace, voice: Voice) -> int:
    """Asks Google Analytics for what is not known yet; the status is 1 when something is left to ask."""
    from connectors.ga4.connect import account_of as property_account
    from connectors.ga4.connect import connect
    from connectors.ga4.sync import people, sync

    store = own_brand(args.brand)
    kept = ga4.kept_answers(store.exports(), store.content) if store else []
    named = args.property or _meant(ANALYTICS, "property", (asked.number for asked, _ in kept))
    if not named:
        raise UserError(says("Which property? Add --property and its number."))
    number = property_id(named)
    voice.progress(says("Connecting to property {property}", property=number), now=True)
    line = connect(number, args.key or "")
    if args.check:
        return _check(number, line, voice)
    told = args.account[0] if args.account else None
    account = property_account(number, line.name, kept, store.accounts() if store else (), told)
    mine = [asked for asked, _ in kept if asked.number == number]
    if args.people:
        keeping, span = _Keeping(store, account, voice), Window(*args.people)
        outcome = people(line.client, mine, [span], keeping.keep, keeping.tell, name=line.name)
        if not (outcome.off or outcome.has_left):
            voice.say(says("The people of {days} are known: choose these dates on the page Traffic.", days=span))
        voice.say(spent_and_left(outcome.spent, outcome.seen.quota))
        return max(_left(outcome, ga4_report, voice), 1 if outcome.off else 0)
    store = store or brand_for(account, voice)
    keeping = _Keeping(store, account, voice)
    outcome = sync(
        line.client, mine, keeping.keep, keeping.tell,
        since=args.since, week_start=store.brand().week_start, name=line.name,
    )  # fmt: skip
    seen = outcome.seen
    voice.say(
        says(
            "{account}: {days}; new answers: {answers}; rows: {rows}; time zone {zone}; currency {currency}",
            account=account.key, days=_days(store, account) or "—", answers=outcome.kept, rows=keeping.rows,
            zone=seen.zone, currency=seen.currency or "—",
        )
    )  # fmt: skip
    voice.say(spent_and_left(outcome.spent, seen.quota))
    return _left(outcome, ga4_report, voice)


def search_console(args: Namespace, voice: Voice) -> int:
    """Asks Search Console for what is not known yet; the status is 1 when something is left to ask."""
    from connectors.search_console_api.client import connect
    from connectors.search_console_api.look import right_of, tested
    from connectors.search_console_api.sync import sync

    store = own_brand(args.brand)
    kept = search_console_api.kept_answers(store.exports(), store.content) if store else []
    named = args.site or _meant(SEARCH_CONSOLE, "site", (asked.site for asked, _ in kept))
    if not named:
        raise UserError(says("Which property? Add --site, with sc-domain:example.org or the address of the site."))
    site = property_name(named)
    voice.progress(says("Connecting to {site}", site=site), now=True)
    client = connect(site, args.key or "")
    if args.check:
        seen = tested(client)
        voice.say(says("{site} answers. The permission of the key: {right}.", site=site, right=right_name(seen.right)))
        if seen.days and seen.counted:
            voice.say(says("Google has its days {days}. Clicks {clicks}, impressions {impressions} of {counted}.",
                           days=seen.days, clicks=seen.clicks, impressions=seen.impressions,
                           counted=seen.counted))  # fmt: skip
        else:
            voice.say(says("Google has no day of it yet."))
        return 0
    right_of(client)
    told = args.account[0] if args.account else None
    account = search_console_api.account_for(site, kept, told)
    store = store or brand_for(account, voice)
    keeping = _Keeping(store, account, voice)
    mine = [asked for asked, _ in kept if asked.site == site]
    outcome = sync(client, mine, keeping.keep, keeping.tell, since=args.since)
    voice.say(
        says(
            "{account}: {days}; new answers: {answers}; rows: {rows}; questions: {questions}",
            account=account.key, days=_days(store, account) or "—", answers=outcome.kept, rows=keeping.rows,
            questions=outcome.questions,
        )
    )  # fmt: skip
    return _left(outcome, search_report, voice)


@dataclass
class _Keeping:
    """What a run keeps in a brand, answer by answer, and how it tells how far it is; the first answer makes the brand
    where there is none yet."""

    store: Store | None
    account: Account
    voice: Voice
    rows: int = 0

    def keep(self, name: str, content: bytes) -> None:
        """Keeps an answer as an export."""
        one = examine(name, content, Answers(account=self.account.key))
        self.store = self.store or brand_for(self.account, self.voice)
        self.rows += self.store.add_export(one.export, one.findings(self.store.brand().zone)).statements

    def tell(self, done: int, of: int, message: Message) -> None:
        """Says what is being asked."""
        self.voice.progress(says("{done} of {of}: {message}", done=done, of=of, message=message), now=True)


def _meant(service: Service, key: str, asked_before: Iterable[str]) -> str | None:
    """The property that is meant where none is named: that of the secrets, or the only one that was asked before."""
    if told := secrets(service).get(key):
        return str(told)
    names = set(asked_before)
    return names.pop() if len(names) == 1 else None


def _left(came: Came, named: Callable[[str], Message | str], voice: Voice) -> int:
    """Says what was not answered; the status is 1 when something is left to ask."""
    for name, reason in came.off.items():
        voice.say(
            says("Left out, as this property cannot answer it: {report}. {reason}", report=named(name), reason=reason)
        )
    for name, reason in came.failed.items():
        voice.warn(says("Not answered this time: {report}. {reason}", report=named(name), reason=reason))
    if came.paused:
        voice.warn(came.paused)
    return 1 if came.has_left else 0


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
