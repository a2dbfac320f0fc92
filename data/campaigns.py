"""Campaigns as people state them: their days, what belongs to them, what they cost, and what counts as their result."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Any

from data.cursor import Cursor
from data.model import UserError, Window, says

LONGEST = 1100  # days: three years
NAMED = 120  # characters of a name


@dataclass(frozen=True, slots=True)
class Marks:
    """What belongs to a campaign: UTM values of its links, hashtags and links or ids of its posts, names in ad reports.

    Of the three UTM values each that is given has to fit; of the values of one, any.
    """

    sources: tuple[str, ...] = ()
    mediums: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    ads: tuple[str, ...] = ()

    @property
    def of_links(self) -> bool:
        """Whether its visits can be told by its links."""
        return bool(self.sources or self.mediums or self.campaigns)


@dataclass(frozen=True, slots=True)
class Price:
    """What a campaign cost, in one currency: an amount beside what reports of ads state, and hours with their price."""

    currency: str = ""
    amount: float | None = None
    hours: float | None = None
    of_an_hour: float | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign. `result`: the metric that counts as its result, `value`: what one is worth, where that is known.

    `moves`: the metric, of the whole brand, that it is to move; `untouched`: what it cannot have touched, metrics or
    `channel:` and the name of a channel.
    """

    name: str
    days: Window
    marks: Marks = Marks()
    price: Price = Price()
    result: str = "key_events"
    value: float | None = None
    moves: str = "sessions"
    untouched: tuple[str, ...] = ()
    owner: str = ""


def checked(one: Campaign) -> Campaign:
    """The campaign, once it can be told of. Raises UserError."""
    price, marks = one.price, one.marks
    if not one.name:
        raise UserError(says("A campaign has a name."))
    if len(one.name) > NAMED:
        raise UserError(says("At most {n} characters; this has {length}.", n=NAMED, length=len(one.name)))
    if one.days.first > one.days.last:
        raise UserError(
            says("The last day ({last}) is before the first ({first}).", first=one.days.first, last=one.days.last)
        )
    if one.days.days > LONGEST:
        raise UserError(says("A campaign lasts {n} days at most; this one {days}.", n=LONGEST, days=one.days.days))
    if not (marks.of_links or marks.hashtags or marks.posts or marks.ads):
        raise UserError(
            says("Say by what {name} is known: UTM values, hashtags, posts, or names in reports of ads.", name=one.name)
        )
    if price.of_an_hour is not None and price.hours is None:
        raise UserError(says("The cost of an hour says nothing without the hours worked."))
    if not price.currency and any(one is not None for one in (price.amount, price.of_an_hour, one.value)):
        raise UserError(says("An amount needs its currency, such as EUR."))
    return one


def campaigns(cursor: Cursor) -> list[Campaign]:
    """Every campaign, the last that began first."""
    rows = cursor.execute(
        "select name, first_day, last_day, utm_source, utm_medium, utm_campaign, hashtags, posts, ads, "
        "currency, amount, hours, of_an_hour, result, value, moves, untouched, owner from campaigns "
        "order by first_day desc, last_day desc, name"
    ).fetchall()
    return [_of_row(row) for row in rows]


def state_campaign(cursor: Cursor, one: Campaign) -> bool:
    """Keeps a campaign, in the place of the one of that name; gives whether it says anything new."""
    known = next((other for other in campaigns(cursor) if same_name(other.name, one.name)), None)
    if checked(one) == known:
        return False
    if known:
        forget_campaign(cursor, known.name)
    cursor.execute(
        f"insert into campaigns values ({', '.join('?' * 19)})",
        [
            *(one.name, one.days.first, one.days.last),
            *map(list, astuple(one.marks)),
            *astuple(one.price),
            *(one.result, one.value, one.moves, list(one.untouched), one.owner),
            datetime.now(UTC).replace(tzinfo=None),
        ],
    )
    return True


def _of_row(row: tuple[Any, ...]) -> Campaign:
    name, first, last, *rest = row
    *marks, currency, amount, hours, of_an_hour, result, value, moves, untouched, owner = rest
    price = Price(currency, amount, hours, of_an_hour)
    return Campaign(
        name, Window(first, last), Marks(*map(tuple, marks)), price, result, value, moves, tuple(untouched), owner
    )


def forget_campaign(cursor: Cursor, name: str) -> None:
    """Takes a campaign back; one that is not there any more is no error."""
    cursor.execute("delete from campaigns where lower(name) = lower(?)", [name])


def same_name(one: str, other: str) -> bool:
    """Whether two names are of one campaign."""
    return one.lower() == other.lower()
