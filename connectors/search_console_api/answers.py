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
    alone. `digests` are of the rows of each day that has any."""

    report: str
    files: tuple[str, ...]
    digests: Mapping[date, str]
    day: date | None = None


@dataclass(frozen=True)
class Asked:
    """What an answer says of itself.

    `first` to `last`: the days that it knows; what it does not state there, Google has not. `provisional_from`: the
    first of them that may still change. `until`: the last day that was asked. `since`: the first day that is wanted in
    the end. `counted`: the first day from there on that has a row. `off`: the reports that the property cannot answer,
    and why. `failed`: those that were not answered this time.
    """

    site: str
    at: datetime
    first: date
    last: date
    until: date
    since: date
    provisional_from: date | None = None
    counted: date | None = None
    parts: tuple[Part, ...] = ()
    off: Mapping[str, str] = field(default_factory=dict)
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
    parts = [asdict(part) | {"digests": {str(day): sum_ for day, sum_ in part.digests.items()}} for part in asked.parts]
    return kept.packed({"format": FORMAT, **asdict(asked), "parts": parts}, files)


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


def digests(pages: Sequence[bytes], day: date | None) -> dict[date, str]:
    """A short sum of the rows of each day, whatever their order and what else stands beside them; `day` is that of all
    rows, if they do not say it."""
    rows: dict[date, list[str]] = {}
    for page in pages:
        for row in json.loads(page).get("rows", ()):
            rows.setdefault(day or date.fromisoformat(row["keys"][0]), []).append(json.dumps(row, sort_keys=True))
    return {
        of: hashlib.blake2b("\n".join(sorted(texts)).encode(), digest_size=12).hexdigest() for of, texts in rows.items()
    }


def _asked(told: Mapping[str, Any] | None, name: str) -> Asked | None:
    if told is None:
        return None
    try:
        day = date.fromisoformat
        return Asked(
            site=str(told["site"]), at=datetime.fromisoformat(told["at"]), first=day(told["first"]),
            last=day(told["last"]), until=day(told["until"]), since=day(told["since"]),
            provisional_from=day(told["provisional_from"]) if told["provisional_from"] else None,
            counted=day(told["counted"]) if told.get("counted") else None,
            parts=tuple(
                Part(
                    str(part["report"]), tuple(map(str, part["files"])),
                    {day(key): str(value) for key, value in part["digests"].items()},
                    day(part["day"]) if part["day"] else None,
                )
                for part in told["parts"]
            ),
            off=dict(told.get("off", {})),
            failed=dict(told["failed"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(
            says("{file} is no answer of Search Console as Vigie keeps them, or it is damaged.", file=name)
        ) from error
