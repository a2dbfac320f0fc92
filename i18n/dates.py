"""Days, spans and moments as readers of one language write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from babel.dates import format_date

from data.model import Window
from i18n.figures import ABSENT, cldr


@dataclass(frozen=True)
class Dates:
    """Writes dates in language `code`. An absent date is written "—"."""

    code: str

    def day(self, d: date | None) -> str:
        """A day: "9 Nov 2026"."""
        return self._written(d, "d MMM y")

    def short_day(self, d: date | None) -> str:
        """A day without its year, for an axis: "9 Nov"."""
        return self._written(d, "d MMM")

    def short_month(self, d: date | None) -> str:
        """The month of a day, for an axis of more than a year: "Nov 2026"."""
        return self._written(d, "MMM y")

    def month_name(self, d: date | None) -> str:
        """The month of a day without its year, for an axis of one year: "Nov"."""
        return self._written(d, "LLL")

    def month(self, d: date | None) -> str:
        """The month of a day: "November 2026"."""
        return self._written(d, "MMMM y")

    def weekday(self, d: date | None) -> str:
        """The day of the week: "Monday"."""
        return self._written(d, "EEEE")

    def span(self, window: Window | None) -> str:
        """A window, saying month and year once where both ends share them: "9–15 Nov 2026"."""
        if window is None:
            return ABSENT
        first, last = window.first, window.last
        if first == last:
            return self.day(last)
        if (first.year, first.month) == (last.year, last.month):
            return f"{self._written(first, 'd')}–{self.day(last)}"
        start = self._written(first, "d MMM") if first.year == last.year else self.day(first)
        return f"{start} – {self.day(last)}"

    def moment(self, dt: datetime | None, zone: str | tzinfo | None = None) -> str:
        """A day and time: "9 Nov 2026, 14:05". With `zone` it is brought there, from UTC if it names none."""
        if dt is None or dt != dt:
            return ABSENT
        if zone is not None:
            aware = dt if dt.tzinfo else dt.replace(tzinfo=UTC)
            dt = aware.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
        return f"{self.day(dt)}, {dt:%H:%M}"

    def _written(self, d: date | None, pattern: str) -> str:
        if d is None or d != d:  # pandas' "not a time" differs from itself
            return ABSENT
        text = format_date(d, pattern, locale=cldr(self.code))
        # French writes the first of a month "1er"; the locale data does not know.
        if self.code == "fr" and d.day == 1 and pattern.startswith("d"):
            return "1er" + text.removeprefix("1")
        return text
