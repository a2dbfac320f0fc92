"""An answer of Search Console as it is kept: what was asked, when, and which days are final."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from connectors.services import kept
from data.model import UserError, Window, says

FORMAT = "Search Console answer 1"


@dataclass(frozen=True)
class Part:
    """What one question was about and the files that hold what came: of a report, and of one day where each is asked
    alone. `digest` is of the rows."""

    report: str
    files: tuple[str, ...]
    digest: str
    day: date | None = None


@dataclass(frozen=True)
class Asked:
    """What an answer says of itself.

    `first` to `last`: the days that it knows; what it does not state there, Google has not. `provisional_from`: the
    first of them that may still change. `until`: the last day that was asked. `since`: the first day that is wanted in
    the end.
    """

    site: str
    at: datetime
    first: date
    last: date
    until: date
    since: date
    provisional_from: date | None = None
    parts: tuple[Part, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name under which the answer is kept."""
        site = "".join(letter if letter.isalnum() or letter in ".-" else "_" for letter in self.site)
        return f"Search Console {site}, {self.first:%Y.%m.%d}-{self.last:%Y.%m.%d}.zip"

    @property
    def window(self) -> Window:
        """The days that it knows."""
        return Window(self.first, self.last)


def packed(asked: Asked, files: Mapping[str, bytes]) -> bytes:
    """The answer as a file."""
    return kept.packed({"format": FORMAT, **asdict(asked)}, files)


def asked_in(members: Mapping[str, bytes], name: str) -> Asked | None:
    """What the files of an answer say of it; None where it is not of Search Console. Raises UserError where damaged."""
    return _asked(kept.told_in(members, FORMAT), name)


def asked_of(content: bytes, name: str) -> Asked | None:
    """The same, of the file as a whole, without a look at what came."""
    return _asked(kept.told_of(content, FORMAT, name), name)


def rows_of(part: Part, members: Mapping[str, bytes]) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    """(file, its place there, row) of a part, in the order of its files."""
    for name in part.files:
        for place, row in enumerate(json.loads(members[name]).get("rows", ()), 1):
            yield name, place, row


def digest(pages: Sequence[bytes]) -> str:
    """A short sum of the rows of some pages, whatever else stands beside them."""
    total = hashlib.blake2b(digest_size=12)
    for page in pages:
        for row in json.loads(page).get("rows", ()):
            total.update(json.dumps(row, sort_keys=True).encode())
    return total.hexdigest()


def _asked(told: Mapping[str, Any] | None, name: str) -> Asked | None:
    if told is None:
        return None
    try:
        day = date.fromisoformat
        return Asked(
            site=str(told["site"]), at=datetime.fromisoformat(told["at"]), first=day(told["first"]),
            last=day(told["last"]), until=day(told["until"]), since=day(told["since"]),
            provisional_from=day(told["provisional_from"]) if told["provisional_from"] else None,
            parts=tuple(
                Part(
                    str(part["report"]), tuple(map(str, part["files"])), str(part["digest"]),
                    day(part["day"]) if part["day"] else None,
                )
                for part in told["parts"]
            ),
            failed=dict(told["failed"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(
            says("{file} is no answer of Search Console as Vigie keeps them, or it is damaged.", file=name)
        ) from error
