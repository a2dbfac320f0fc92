"""An answer of Google Analytics as it is kept: a ZIP of the pages as they came, and of what was asked.

`answer.json` says what was asked, when and how; `<report>.pb` holds the pages of a report one after the other. The
same answers make the same bytes. A part that says nothing new has no pages: an earlier answer says the same, and
only that it was asked is written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from connectors.services import kept
from data.model import UserError, Window, says

FORMAT = "Google Analytics answer 1"


@dataclass(frozen=True)
class Part:
    """What one report was asked for and what came: its spans, the sizes of its pages, and what each day holds.

    `digests`: of the rows of each day, or of each week, month or span, under its first day. `tells`: the span whose
    rows are new or have changed since an earlier answer; None where nothing is. `open`: days with rows whose source
    Google has yet to find out.
    """

    report: str
    spans: tuple[Window, ...]
    sizes: tuple[int, ...] = ()
    digests: Mapping[date, str] = field(default_factory=dict)
    tells: Window | None = None
    open: tuple[date, ...] = ()

    @property
    def first(self) -> date:
        """The first day asked."""
        return min(span.first for span in self.spans)

    @property
    def last(self) -> date:
        """The last day asked."""
        return max(span.last for span in self.spans)


@dataclass(frozen=True)
class Asked:
    """What an answer says of itself.

    `today`: the day it was at the property. `provisional_from`: the first day that may still change at Google.
    `since`: the first day that is wanted in the end. `counted`: the first day from there on that has a visit.
    `recent`: whether the days that settle were asked. `canary`: whether all days were looked at for changes.
    `off`: the reports that the property cannot answer, and why. `failed`: those that were not answered this time.
    """

    number: str  # of the property
    at: datetime
    today: date
    zone: str
    provisional_from: date
    since: date
    parts: tuple[Part, ...]
    counted: date | None = None
    name: str = ""
    currency: str = ""
    client: str = ""
    recent: bool = False
    canary: bool = False
    off: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    quota: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name under which the answer is kept; with points, as a day in a name is taken for that of the export."""
        days = [day for part in self.parts for day in (part.first, part.last)] or [self.today]
        return f"Google Analytics {self.number}, {min(days):%Y.%m.%d}-{max(days):%Y.%m.%d}.zip"


def packed(asked: Asked, pages: Mapping[int, Sequence[bytes]]) -> bytes:
    """The answer as a file; `pages` by the place of their part."""
    members: dict[str, list[bytes]] = {}
    parts = []
    for place, part in enumerate(asked.parts):
        own = pages.get(place, ()) if part.tells else ()
        members.setdefault(part.report, []).extend(own)
        parts.append(replace(part, sizes=tuple(map(len, own))))
    files = {f"{name}.pb": b"".join(own) for name, own in members.items() if own}
    told = {"format": FORMAT, **asdict(replace(asked, parts=())), "parts": [_plain(part) for part in parts]}
    return kept.packed(told, files)


def asked_in(members: Mapping[str, bytes], name: str) -> Asked | None:
    """What the files of an answer say of it; None where it is of another service. Raises UserError where damaged."""
    return _checked(kept.told_in(members, FORMAT), name)


def asked_of(content: bytes, name: str) -> Asked | None:
    """The same, of the file as a whole, without a look at its pages."""
    return _checked(kept.told_of(content, FORMAT, name), name)


def _checked(told: Mapping[str, Any] | None, name: str) -> Asked | None:
    try:
        return _asked(told) if told else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            says("{file} is no answer of Google Analytics as Vigie keeps them, or it is damaged.", file=name)
        ) from error


def pages_of(asked: Asked, members: Mapping[str, bytes]) -> Iterator[tuple[Part, list[bytes]]]:
    """Each part that says something new, with its pages."""
    places: dict[str, int] = {}
    for part in asked.parts:
        content, place = members.get(f"{part.report}.pb", b""), places.get(part.report, 0)
        pages = []
        for size in part.sizes:
            pages.append(content[place : place + size])
            place += size
        places[part.report] = place
        if pages:
            yield part, pages


def _plain(part: Part) -> dict[str, Any]:
    """A part as JSON can say it, which knows no keys but texts."""
    return asdict(part) | {"digests": {day.isoformat(): digest for day, digest in part.digests.items()}}


def _asked(told: Mapping[str, Any]) -> Asked:
    return Asked(
        number=str(told["number"]),
        at=datetime.fromisoformat(told["at"]),
        today=date.fromisoformat(told["today"]),
        zone=str(told["zone"]),
        provisional_from=date.fromisoformat(told["provisional_from"]),
        since=date.fromisoformat(told["since"]),
        parts=tuple(_part(part) for part in told["parts"]),
        counted=date.fromisoformat(told["counted"]) if told.get("counted") else None,
        name=str(told["name"]),
        currency=str(told["currency"]),
        client=str(told["client"]),
        recent=bool(told["recent"]),
        canary=bool(told["canary"]),
        off=dict(told["off"]),
        failed=dict(told["failed"]),
        quota=dict(told["quota"]),
    )


def _part(told: Mapping[str, Any]) -> Part:
    return Part(
        report=str(told["report"]),
        spans=tuple(map(_window, told["spans"])),
        sizes=tuple(map(int, told["sizes"])),
        digests={date.fromisoformat(day): str(digest) for day, digest in told["digests"].items()},
        tells=_window(told["tells"]) if told["tells"] else None,
        open=tuple(map(date.fromisoformat, told["open"])),
    )


def _window(told: Mapping[str, str]) -> Window:
    return Window(date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
