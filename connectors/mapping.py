"""What the columns of a table are, as its user has said: plain data, kept and exchanged as TOML.

A mapping speaks of one table: of which ledger table it is, and what each of its columns means, in the order in
which they stand. A header that is printed twice stands twice, so that each of its columns has its own meaning.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.base import HEADER_WITHIN
from connectors.cells import normalise, printed
from connectors.meanings import ACCOUNT, ASIDE, DAY, NETWORK, NETWORKS_OF, OTHERS, TABLES, is_figure
from connectors.sheet import Cells
from data.model import Account, UserError, says

ORDERS = ("dmy", "mdy")


@dataclass(frozen=True)
class Meant:
    """A column by its header, and what it means: a meaning of its table, `others` or `aside`."""

    header: str
    means: str = ASIDE


@dataclass(frozen=True)
class TableMapping:
    """A table that its user has described, under the name by which it is known next time.

    `says`: the ledger table its rows speak to. `network`: the one its figures are of, "" where a column tells or
    where it is asked. `accounts`: those it is always about, where these need not be asked. `sheet`: the only one
    to be read, "" for every sheet with these headers. `header_row`: where the headers stood; they may have moved.
    """

    name: str
    says: str
    columns: tuple[Meant, ...]
    network: str = ""
    accounts: tuple[str, ...] = ()
    date_order: str | None = None
    sheet: str = ""
    header_row: int = 1

    def toml(self) -> str:
        """The mapping as text, which `read_mapping` reads back as it was."""
        lines = [f"{key} = {value}" for key, value in self._values() if value is not None]
        columns = (f"  {{ header = {_text(c.header)}, means = {_text(c.means)} }},\n" for c in self.columns)
        return "\n".join(lines) + f"\ncolumns = [\n{''.join(columns)}]\n"

    def _values(self) -> Iterator[tuple[str, str | None]]:
        yield "name", _text(self.name)
        yield "says", _text(self.says)
        yield "network", _text(self.network) if self.network else None
        yield "accounts", f"[{', '.join(map(_text, self.accounts))}]" if self.accounts else None
        yield "date_order", _text(self.date_order) if self.date_order else None
        yield "sheet", _text(self.sheet) if self.sheet else None
        yield "header_row", str(self.header_row)

    def means(self, meaning: str) -> list[Meant]:
        """The columns of a meaning."""
        return [column for column in self.columns if column.means == meaning]

    def places(self, cells: Cells) -> dict[int, Meant]:
        """Which of its columns stand where in a row of headers."""
        free: dict[str, list[int]] = {}
        for place, cell in enumerate(cells):
            free.setdefault(normalise(printed(cell)), []).append(place)
        here = ((column, free.get(normalise(column.header))) for column in self.columns)
        return {places.pop(0): column for column, places in here if places}

    def fits(self, cells: Cells) -> bool:
        """Whether a row of headers has every column that means something."""
        found = list(self.places(cells).values())
        needed = [column for column in self.columns if column.means not in (ASIDE, OTHERS)]
        return bool(found) and all(found.count(column) == needed.count(column) for column in needed)

    @property
    def meanings(self) -> tuple[str, ...]:
        """All that a column of such a table can mean."""
        return ASIDE, OTHERS, *TABLES[self.says]

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks that its figures can be of."""
        return NETWORKS_OF[self.says]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON's escapes are TOML's


def read_mapping(text: str) -> TableMapping:
    """The mapping that a text of TOML holds. Raises UserError where it is no mapping; see also `checked`."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(says("This is no mapping that can be read: {reason}", reason=str(error))) from error
    known: dict[str, type] = {
        "name": str, "says": str, "network": str, "accounts": list, "date_order": str, "sheet": str,
        "header_row": int, "columns": list,
    }  # fmt: skip
    _refuse_unknown(told, known)
    columns = told.get("columns", [])
    if not all(isinstance(column, dict) for column in columns):
        raise _wrong("columns", columns)
    for column in columns:
        _refuse_unknown(column, {"header": str, "means": str})
    accounts = told.get("accounts", [])
    if not all(isinstance(account, str) for account in accounts):
        raise _wrong("accounts", accounts)
    return TableMapping(
        name=told.get("name", ""), says=told.get("says", ""),
        columns=tuple(Meant(column.get("header", ""), column.get("means", ASIDE)) for column in columns),
        network=told.get("network", ""), accounts=tuple(accounts), date_order=told.get("date_order"),
        sheet=told.get("sheet", ""), header_row=told.get("header_row", 1),
    )  # fmt: skip


def _refuse_unknown(told: Mapping[str, Any], known: Mapping[str, type]) -> None:
    for key, value in told.items():
        if key not in known:
            raise UserError(says("A mapping has no “{key}”; it has: {known}.", key=key, known=", ".join(known)))
        if type(value) is not known[key]:
            raise _wrong(key, value)


def _wrong(key: str, value: Any) -> UserError:
    return UserError(says("In the mapping, {key} cannot be “{value}”.", key=key, value=str(value)))


def checked(mapping: TableMapping) -> TableMapping:
    """The mapping, once it is known to say something that can be true. Raises UserError with what to change."""
    if not mapping.name.strip():
        raise UserError(says("Give this table a name, by which Vigie knows it next time."))
    if mapping.says not in TABLES:
        raise _wrong("says", mapping.says)
    if mapping.date_order not in (None, *ORDERS):
        raise _wrong("date_order", mapping.date_order)
    if not 1 <= mapping.header_row <= HEADER_WITHIN:
        raise _wrong("header_row", mapping.header_row)
    for column in mapping.columns:
        if column.means not in (*TABLES[mapping.says], OTHERS, ASIDE):
            raise UserError(
                says(
                    "“{header}” cannot be “{meaning}” in this table. It can be: {known}.",
                    header=column.header, meaning=column.means,
                    known=", ".join((*TABLES[mapping.says], OTHERS, ASIDE)),
                )
            )  # fmt: skip
    _refuse_doubles(mapping)
    _refuse_gaps(mapping)
    _refuse_accounts(mapping)
    return mapping


def _refuse_doubles(mapping: TableMapping) -> None:
    for meaning in TABLES[mapping.says]:
        if len(same := mapping.means(meaning)) > 1:
            raise UserError(
                says(
                    "“{first}” and “{second}” are said to be the same thing. Keep it for one of them, and leave the "
                    "other out or under its own name.",
                    first=same[0].header, second=same[1].header,
                )
            )  # fmt: skip
    twice = Counter(normalise(column.header) for column in mapping.means(OTHERS))
    if again := next((c.header for c in mapping.means(OTHERS) if twice[normalise(c.header)] > 1), None):
        raise UserError(
            says("Several columns are named “{header}”. Keep one under that name, and leave the others out.",
                 header=again)
        )  # fmt: skip


def _refuse_gaps(mapping: TableMapping) -> None:
    meant = {column.means for column in mapping.columns}
    if mapping.says != "posts":
        if DAY not in meant:
            raise UserError(says("Say which column holds the days: without them no row can be placed."))
        if not any(is_figure(meaning, mapping.says) or meaning == OTHERS for meaning in meant):
            raise UserError(says("Say of one column at least which figure it holds."))
    elif not meant & {"post_id", "link"} and not {DAY, "text"} <= meant:
        raise UserError(
            says(
                "Say which column holds the link or the id of each post, or else both its day and its text: without "
                "them one post cannot be told from another."
            )
        )


def _refuse_accounts(mapping: TableMapping) -> None:
    networks = NETWORKS_OF[mapping.says]
    if mapping.network and mapping.network not in networks:
        raise UserError(
            says("“{network}” is no network of such a table; it can be: {known}.", network=mapping.network,
                 known=", ".join(networks))
        )  # fmt: skip
    for key in mapping.accounts:
        if (account := Account.parse(key)) is None or account.network not in networks:
            raise UserError(
                says(
                    "“{account}” is no account of such a table. Write it network:handle, with one of: {networks}.",
                    account=key, networks=", ".join(networks),
                )
            )  # fmt: skip
    whose = [key.partition(":")[0].lower() for key in mapping.accounts]
    if len(whose) > len(set(whose)):
        raise UserError(says("A table can be remembered for one account of each network only."))
    if mapping.means(ACCOUNT) and not mapping.network and not mapping.means(NETWORK):
        raise UserError(says("A column names accounts: say of which network they are, or which column tells it."))
