"""A table that its user describes, as connectors show it: what its columns look like, and what they are said to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import Field
from typing import Any, ClassVar, Protocol


class Column(Protocol):
    """A column by its header, and what it means."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def header(self) -> str:
        """The header, as it is printed."""
        ...

    @property
    def means(self) -> str:
        """A column of the ledger, `others`, or `aside`."""
        ...


class Mapping(Protocol):
    """What is said of a table."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def name(self) -> str:
        """What it is known by next time."""
        ...

    @property
    def says(self) -> str:
        """The ledger table that its rows speak to."""
        ...

    @property
    def columns(self) -> tuple[Any, ...]:
        """Its columns, in order."""
        ...

    @property
    def network(self) -> str:
        """The network that its figures are of, "" where a column tells or where it is asked."""
        ...

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts that it is always about."""
        ...

    @property
    def date_order(self) -> str | None:
        """Day or month first, where a file does not settle it."""
        ...

    @property
    def sheet(self) -> str:
        """The only sheet to be read, "" for all that have its headers."""
        ...

    @property
    def header_row(self) -> int:
        """Where its headers stand."""
        ...

    @property
    def meanings(self) -> tuple[str, ...]:
        """All that a column of it can mean."""
        ...

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks that its figures can be of."""
        ...

    def toml(self) -> str:
        """It as text."""
        ...


class Look(Protocol):
    """A column as it stands in the file."""

    @property
    def header(self) -> str:
        """Its header."""
        ...

    @property
    def place(self) -> int:
        """How many columns stand before it."""
        ...

    @property
    def examples(self) -> tuple[str, ...]:
        """Its first values."""
        ...


class Proposal(Protocol):
    """A mapping of every column of a file's table, and how these look."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def mapping(self) -> Any:
        """The mapping."""
        ...

    @property
    def looks(self) -> Sequence[Look]:
        """How each of its columns looks."""
        ...

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets of the file."""
        ...

    @property
    def remarks(self) -> tuple[Any, ...]:
        """What its user should know."""
        ...


Describe = Callable[[str, bytes, str | None], Proposal]
