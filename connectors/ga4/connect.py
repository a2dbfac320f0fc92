"""The way to a property: who asks, under which account its figures stand, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from connectors.ga4 import NETWORK
from connectors.ga4.answers import Asked
from connectors.ga4.client import Client
from connectors.ga4.credentials import ANALYTICS
from connectors.ga4.limits import Pace
from connectors.ga4.look import name_of
from connectors.services.keys import identify, loopback
from data.model import Account, UserError, says


@dataclass(frozen=True)
class Line:
    """A property that can be asked: the client, and what the property is called where it says so."""

    client: Client
    name: str


def connect(number: str, key: str = "", pace: Pace | None = None) -> Line:
    """The line to a property, its key tried. Raises UserError."""
    identity = None if loopback(ANALYTICS) else identify(ANALYTICS, key)
    return Line(Client(number, identity, pace or Pace()), name_of(identity, number))


def account_of(
    number: str, name: str, kept: Iterable[tuple[Asked, Account]], accounts: Sequence[Account], answer: Account | None
) -> Account:
    """Under which account the figures of a property stand: as they do already, as its user says, or its number.

    Raises UserError where the brand has figures of Google Analytics from files, which may be of the same property.
    """
    kept = list(kept)
    before = next((account for asked, account in kept if asked.number == number), None)
    if before and answer and before.key != answer.key:
        raise UserError(
            says(
                "The figures of property {property} stand under {account} already.", property=number, account=before.key
            )
        )
    if found := before or answer:
        if found.network != NETWORK:
            raise UserError(says("{account} is no account of Google Analytics: write ga4:name.", account=found.key))
        return found
    own = Account(NETWORK, number, name)
    asked_of = {account.key for _, account in kept}
    if others := [one.key for one in accounts if one.network == NETWORK and one.key not in asked_of]:
        choices = [f"--account {key}" for key in (*others, own.key)]
        raise UserError(
            says(
                "This brand has figures of Google Analytics from files. Are they of the same property? Add one of: "
                "{choices}",
                choices="  ".join(choices),
            )
        )
    return own
