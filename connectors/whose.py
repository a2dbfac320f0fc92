"""Whose figures an export holds: as its content says, its name, its user, or nobody yet."""

from __future__ import annotations

import re
from dataclasses import replace

from connectors.base import Connector, Table
from connectors.sheet import Book
from data.model import Account, Answers, UserError, says

CASELESS = {"x", "instagram"}  # networks where a handle is the same in any case


def accounts_of(book: Book, connector: Connector, tables: list[Table], answers: Answers) -> list[Account]:
    """The accounts of an export, none where its user has to be asked."""
    if answers.account:
        return _answered(answers.account, networks_of(connector, tables), are_several(tables))
    if accounts := connector.accounts(book, tables):
        return accounts
    for pattern in connector.names:
        if (match := re.search(pattern, book.name)) and len(connector.networks) == 1:
            handle = match["handle"]
            return [Account(connector.networks[0], handle.casefold(), handle)]
    return []


def networks_of(connector: Connector, tables: list[Table]) -> tuple[str, ...]:
    """The networks an export is of, as its tables say, or those its format can be of."""
    return tuple(dict.fromkeys(t.network for t in tables if t.network)) or connector.networks


def are_several(tables: list[Table]) -> bool:
    """Whether an export holds the figures of several networks."""
    return len({t.network for t in tables if t.network}) > 1


def without_case(account: Account) -> Account:
    """The account by its handle, where capitals are but how its owner writes it; small letters say nothing of that."""
    if account.network not in CASELESS:
        return account
    handle = account.handle.casefold()
    return replace(account, handle=handle, name=account.handle if account.handle != handle else "")


def _answered(answer: str, networks: tuple[str, ...], several: bool) -> list[Account]:
    """The account that the user names, or one of each network where the export holds figures of several."""
    parts = answer.split(",") if several else [answer]
    accounts = [account for part in parts if (account := Account.parse(part))]
    one_for_each = [account for part in answer.split(",") if (account := Account.parse(part))]
    if not several and len(one_for_each) > 1:  # it was answered for a file of several networks
        ours = [account for account in one_for_each if account.network in networks]
        accounts = ours if len(ours) == 1 else []
    if len(accounts) != len(parts) or not {a.network for a in accounts} <= set(networks):
        raise UserError(
            says(
                "{account} is not an account of this file. Write it network:handle, with one of: {networks}.",
                account=answer, networks=", ".join(networks),
            )
        )  # fmt: skip
    if several and len({a.network for a in accounts}) != len(networks):
        raise UserError(
            says(
                "This file holds the figures of several accounts. Name one of each network, "
                "separated by a comma: {networks}.",
                networks=", ".join(f"{network}:…" for network in networks),
            )
        )  # fmt: skip
    return [without_case(account) for account in accounts]
