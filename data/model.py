"""The words every part of Vigie shares: plain values, standard library only."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the reader, kept apart from its values so that it can be said in any language.

    `text` is English and the key of the translation; `values` fill its `{names}`.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values)


def says(text: str, **values: Any) -> Message:
    """A `Message`; the name marks the text for translation."""
    return Message(text, values)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as the values of a `Message` hold it: written in its unit, or as a change where that is "change"."""

    value: float | None
    unit: str = "count"


class UserError(Exception):
    """Something the user can mend: shown as its message, never as a traceback."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class UnknownFormat(UserError):
    """No format knows the file: its user may say what its columns are."""


@dataclass(frozen=True, slots=True)
class Account:
    """One presence of the brand: a network and a handle; a web property is an account too."""

    network: str
    handle: str
    name: str = ""

    @property
    def key(self) -> str:
        """The account as it is written in the warehouse: `network:handle`."""
        return f"{self.network}:{self.handle}"

    @classmethod
    def parse(cls, text: str) -> Account | None:
        """The account written `network:handle`, or None when `text` is not of that form."""
        network, colon, handle = text.strip().partition(":")
        return cls(network.lower(), handle.strip().lstrip("@")) if network and colon and handle.strip() else None


@dataclass(frozen=True, slots=True)
class Window:
    """A span of whole local days, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it spans."""
        return (self.last - self.first).days + 1


LONGEST_TEXT = 500  # characters of what people state of a day
CATEGORIES = ("campaign", "event", "press", "technical", "crisis", "other")


@dataclass(frozen=True, slots=True)
class Annotation:
    """What happened on a day or a span of days, as people state it."""

    id: str
    window: Window
    category: str  # one of CATEGORIES
    text: str


class Noted(NamedTuple):
    """What someone notes: the first and the last day, one of CATEGORIES, what happened."""

    first: date
    last: date
    category: str
    text: str


class Stated(StrEnum):
    """What people have said of a peak."""

    CONFIRMED = "confirmed"  # a cause that Vigie proposed
    WRITTEN = "written"  # a cause in their own words
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class PeakCause:
    """What people say of a peak: of which series and day, its cause, and its size when that was said."""

    series: str
    day: date
    status: Stated
    cause: str | None
    size: float
    expected: float
    stated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as a report printed it: of which metric and window. `settled`: not provisional when it was printed."""

    metric: str
    window: Window
    value: float
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Publication:
    """A report that was handed over: of which week, how, and the figures it printed.

    `way`: "file", or the service it was sent by.
    """

    week: Window
    edition: str
    language: str
    way: str
    headline: str
    comment: str = ""
    decision: str = ""
    published_at: datetime | None = None
    figures: tuple[Printed, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement was read: `row` counts as a spreadsheet does, the first row being 1."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one row of an export says, for one ledger table.

    `values` holds the table's columns by name; a column that is absent or None is not stated.
    `others` holds what the network states beyond our columns, under the network's own names.
    """

    table: str
    values: Mapping[str, Any]
    origin: Origin
    others: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Sequence[Any]):
    """A column that repeats itself: its distinct values, and the place among them of each row's value."""

    distinct: Sequence[Any]
    codes: memoryview[int]  # of 32 bits

    @classmethod
    def same(cls, value: Any, rows: int) -> Coded:
        """One value in every row."""
        return cls((value,), memoryview(bytes(4 * rows)).cast("i"))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, place: Any) -> Any:
        return self.distinct[self.codes[place]]

    def __iter__(self) -> Iterator[Any]:
        return map(self.distinct.__getitem__, self.codes.tolist())

    def map(self, read: Callable[[Any], Any]) -> Coded:
        """The column of what `read` makes of each value; it is asked once for each distinct one."""
        return Coded(list(map(read, self.distinct)), self.codes)


@dataclass(frozen=True, slots=True)
class Statements:
    """What many rows of a sheet say, column by column: as many `Statement`s, quicker to make and to keep.

    Every column of `values`, and `others` where it is given, is as long as `rows`; None is not stated. A column may be
    an array of Arrow, which is kept as it is.
    """

    table: str
    values: Mapping[str, Sequence[Any]]
    sheet: str
    rows: Sequence[int]
    others: Sequence[Mapping[str, float]] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Statement]:
        columns = {key: getattr(column, "to_pylist", lambda c=column: c)() for key, column in self.values.items()}
        for place, row in enumerate(self.rows):
            stated = {key: column[place] for key, column in columns.items() if column[place] is not None}
            yield Statement(self.table, stated, Origin(self.sheet, row), self.others[place] if self.others else {})


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell, row, sheet or file that could not be read: where, what was found, what was expected."""

    expected: Message
    found: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A total that an export declares beside its rows: of what, as declared, and what the rows read come to."""

    what: str  # the header, as the network prints it
    declared: float
    read: float
    origin: Origin

    @property
    def agrees(self) -> bool:
        """Whether both are the same, but for the rounding of cents."""
        return round(abs(self.declared - self.read), 6) <= max(0.01, 1e-6 * abs(self.declared))


@dataclass(frozen=True, slots=True)
class Answer:
    """That an export answers a whole slice for a span of days: what it does not state there is not so (any more).

    `by_day`: it speaks of each single day of the span; else of the span as a whole, a week, a month, any period.
    The rest is what its source says of it, so that the reader can be told.
    """

    table: str  # "web" or "search"
    account: str
    slice: str
    first_day: date
    last_day: date
    origin: Origin  # the report, row 1
    by_day: bool
    provisional_from: date | None = None  # from this day on the source still changes its figures
    sampled: float | None = None  # the share of the data that the source read, where it took a sample
    withheld: bool = False  # small numbers may be left out, so that nobody can be made out
    other: float | None = None  # the share of the first additive measure that stands in a row "(other)"
    cut_before: date | None = None  # the source keeps nothing from before that day
    restricted: tuple[str, ...] = ()  # measures that the reader may not see: the source prints zeros, none is stated
    currency: str = ""
    zone: str = ""
    totals: Mapping[str, float] = field(default_factory=dict)  # as the source declares them, people counted once


# What reading an export gives, one after the other.
Finding = Statement | Statements | Problem | Check | Answer


def rows_of(finding: Finding) -> int:
    """How many rows of an export a finding is about."""
    return len(finding) if isinstance(finding, Statements) else int(not isinstance(finding, Answer))


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user says of a file where the file itself is silent; kept with it for a rebuild.

    `account`: whose figures these are (`network:handle`). `as_of`: when the export was made.
    `date_order`: "dmy" or "mdy". `since`: the first day the counts of a period cover. `mapping`: what the columns
    of a table in no known format mean, as TOML.
    """

    account: str | None = None
    as_of: datetime | None = None
    date_order: str | None = None
    since: date | None = None
    mapping: str | None = None


Content = bytes | Path  # the bytes of an export, or the file that holds them: a long one is never read as a whole


def opened(content: Content) -> io.BytesIO | io.BufferedReader:
    """The bytes of an export from their first, to be read and closed."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def size_of(content: Content) -> int:
    """How many bytes an export has."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def id_of(content: Content) -> str:
    """The id of an export: the SHA-256 of its bytes, in hexadecimal."""
    with opened(content) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it was received, with what is known of the whole file."""

    id: str
    name: str
    content: Content = field(repr=False)
    connector: str = ""
    as_of: datetime | None = None
    answers: Answers = Answers()
    accounts: tuple[Account, ...] = ()
    asked: Window | None = None  # the days whose posts it was asked for, where it says so
