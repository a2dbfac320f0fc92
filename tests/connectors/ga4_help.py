"""A property on this computer, brought up to date into a brand: what the tests of the sync share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd

from connectors import ga4
from connectors.ga4.answers import Asked, asked_of
from connectors.ga4.client import Client
from connectors.ga4.limits import Pace
from connectors.ga4.sync import Outcome, sync
from connectors.reading import Examined, examine
from data.store import Store
from loopback.ga4 import Served

FIGURES = "select * exclude others, others::varchar as others from web order by all"


@dataclass
class Syncing:
    """A brand that asks a served property, by the clock of the server, and without sleeping.

    What is answered is added in one go at the end, which is quick; where a run is killed, `keep` adds one by one.
    """

    store: Store
    served: Served
    slept: list[float] = field(default_factory=list)
    came: list[Examined] = field(default_factory=list)

    def __call__(self, since: date | None = None, keep: Callable[[str, bytes], None] | None = None) -> Outcome:
        """Syncs once."""
        pace = Pace(sleep=self.slept.append, chance=lambda: 1.0)
        client = Client(self.served.site.number, None, pace)
        try:
            return sync(client, self.kept(), keep or self.keep, now=self.now, since=since)
        finally:
            client.close()
            self.add()

    def now(self) -> datetime:
        """The moment it is at the server."""
        return self.served.now

    def kept(self) -> list[Asked]:
        """What the kept answers say of themselves."""
        infos = [info for info in self.store.exports() if info.connector == ga4.KEY]
        return [one for info in infos if (one := asked_of(self.store.content(info.id), info.name))]

    def keep(self, name: str, content: bytes) -> None:
        """Takes an answer in."""
        self.came.append(examine(name, content))

    def add(self) -> None:
        """Adds what has come to the brand."""
        came, self.came = self.came, []
        self.store.add_exports((one.export, one.findings("Europe/Paris")) for one in came)

    def frame(self, query: str) -> pd.DataFrame:
        """What the warehouse answers."""
        with self.store.read() as cursor:
            return cursor.execute(query).df()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The same, as rows."""
        with self.store.read() as cursor:
            return cursor.execute(query).fetchall()

    def asked(self) -> list[tuple[str, str, str]]:
        """(first dimension and metric, first day, last day) of each report that was answered, in order."""
        return [
            (
                f"{[d.name for d in r.dimensions]} {[m.name for m in r.metrics]} {r.offset}",
                span.start_date,
                span.end_date,
            )
            for r in self.served.reports
            for span in r.date_ranges
        ]
