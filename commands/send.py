"""The command `report send`: by e-mail, Slack and Teams; never twice, nor half a week, unless told to."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commands.brands import some_brand
from commands.report import asked_of, incomplete, today
from commands.voice import Voice
from data.disk import writable
from data.model import Message, Publication, UserError, says
from data.store import Store
from delivery.settings import ADDRESS, Server, Settings
from delivery.smtp import send as send_mail
from delivery.webhook import post
from reports.build import report
from reports.cards import slack, teams
from reports.given import Asked, given
from reports.handed import publication
from reports.mail import mail, subject
from reports.model import Report

MAIL = "mail"
CARDS: Mapping[str, Callable[[Report], dict[str, Any]]] = {"slack": slack, "teams": teams}
NOBODY = "vigie@example.invalid"  # in whose name a trial is written, where no sender is set up


@dataclass(frozen=True)
class Sending:
    """A report, whom it goes to by which way, and what of it was handed over before."""

    made: Report
    asked: Asked
    ways: Mapping[str, tuple[str, ...]]  # to whom; of a channel nobody is named
    before: tuple[Publication, ...]
    settings: Settings
    over: bool = True  # the week, where the brand is

    def message(self, sender: str) -> Any:
        """The e-mail."""
        times = 1 + sum(one.way == MAIL for one in self.before)
        return mail(self.made, sender, self.ways[MAIL], datetime.now(UTC), times)

    def servers(self) -> dict[str, Server | str]:
        """What is set up for each way. Raises UserError where one is not."""
        return {way: self.settings.server() if way == MAIL else self.settings.webhook(way) for way in self.ways}


def send(args: Namespace, voice: Voice) -> int:
    """Sends the report of a week; with --dry-run it only says what would be sent, and writes it where --out says."""
    store = some_brand(args.brand)
    ways = ways_of(args.to)
    known = given(store)
    asked = asked_of(args, store, known, voice.lang.code)
    with store.read() as cursor:
        made = report(cursor, known, asked)
    over = asked.week.last < today(known)
    with nullcontext() if args.dry_run else store.handing_over():  # of two at once the second finds what the first sent
        sending = Sending(made, asked, ways, _before(store, asked), Settings(), over)
        objections = list(_objections(sending, args))
        if args.dry_run:
            return _tried(sending, objections, args, voice)
        if objections:
            raise UserError(objections[0])
        return _sent(sending, store, voice)


def ways_of(said: str) -> dict[str, tuple[str, ...]]:
    """Each way that is named, and to whom. Raises UserError for what is neither an address nor a service."""
    names = list(dict.fromkeys(filter(None, map(str.strip, said.split(",")))))
    wrong = [name for name in names if name not in CARDS and not ADDRESS.fullmatch(name)]
    if wrong or not names:
        raise UserError(
            says("Write after --to e-mail addresses, slack or teams, commas between: {name} is none of these.",
                 name=wrong[0] if wrong else said)
        )  # fmt: skip
    people = tuple(name for name in names if name not in CARDS)
    return ({MAIL: people} if people else {}) | {name: () for name in names if name in CARDS}


def _before(store: Store, asked: Asked) -> tuple[Publication, ...]:
    """How often that very report was handed over."""
    wanted = (asked.week, asked.edition.value, asked.language)
    return tuple(one for one in store.publications() if (one.week, one.edition, one.language) == wanted)


def _objections(sending: Sending, args: Namespace) -> Iterable[Message]:
    """Why it is not to be sent, unless that is asked all the same."""
    if not sending.over and not args.incomplete:
        yield says(
            "The week lasts until {day} and is not over. It is not sent, but with --incomplete.", day=sending.made.last
        )
    elif not sending.made.complete and not args.incomplete:
        yield says("{reason} It is not sent, but with --incomplete.", reason=incomplete(sending.made))
    again = [one for one in sending.before if one.way in sending.ways]
    if again and not args.again:
        yield says(
            "This report was sent already: {way}, {moment} UTC. It is not sent twice, but with --again.",
            way=again[-1].way, moment=again[-1].published_at,
        )  # fmt: skip


def _tried(sending: Sending, objections: Iterable[Message], args: Namespace, voice: Voice) -> int:
    """Says what would be sent, and why it would not be."""
    found, server = list(objections), None
    try:
        server = sending.servers().get(MAIL)
    except UserError as error:
        found.append(error.message)
    sender = server.sender if isinstance(server, Server) else NOBODY
    for way, to in sending.ways.items():
        content = sending.message(sender).as_bytes() if way == MAIL else _written(CARDS[way](sending.made))
        voice.say(says("To send, {way}: {subject}; {bytes} bytes. {to}", way=way, subject=subject(sending.made),
                       bytes=len(content), to=", ".join(to)))  # fmt: skip
        if args.out:
            voice.say(says("Written: {path}", path=str(_kept(Path(args.out).expanduser(), way, content, sending.made))))
    voice.warn(*found)
    voice.say(says("Nothing is sent: this is a trial."))
    return 1 if found else 0


def _kept(folder: Path, way: str, content: bytes, made: Report) -> Path:
    """Writes what would be sent into a folder."""
    ending = "eml" if way == MAIL else "json"
    path = folder / f"{made.slug}-{made.key}-{made.edition.value}-{made.language}-{way}.{ending}"
    with writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path


def _written(card: dict[str, Any]) -> bytes:
    return json.dumps(card, ensure_ascii=False, indent=1).encode()


def _sent(sending: Sending, store: Store, voice: Voice) -> int:
    """Sends by each way, and keeps what was published by each; one that fails stops no other."""
    failed = False
    for way, server in sending.servers().items():
        try:
            left = _by(way, server, sending)
        except UserError as error:
            voice.warn(error.message)
            failed = True
            continue
        store.publish(publication(sending.made, sending.asked, way))
        voice.say(says("Sent, {way}: {subject}", way=way, subject=subject(sending.made)))
        if left:
            voice.warn(says("The server did not take it for: {addresses}.", addresses=left))
            failed = True
    return 1 if failed else 0


def _by(way: str, server: Server | str, sending: Sending) -> list[str]:
    """Sends by one way; gives the addresses that were not taken."""
    if isinstance(server, Server):
        return send_mail(sending.message(server.sender), server, sending.ways[way])
    post(server, CARDS[way](sending.made))
    return []
