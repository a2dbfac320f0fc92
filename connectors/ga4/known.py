"""What the kept answers of a property tell, and what of a new answer is news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from connectors.ga4.answers import Asked, Part
from connectors.ga4.reports import BY_NAME, PAIR, Grain
from data.model import Window

PROVISIONAL = 2  # days before today whose last events may still be on their way
DAY = timedelta(days=1)


@dataclass
class Known:
    """What the kept answers of a property cover: `asked` and `kept` by report and day, the day on which it was."""

    asked: dict[str, dict[date, date]] = field(default_factory=dict)
    kept: dict[str, dict[date, date]] = field(default_factory=dict)
    digests: dict[str, dict[date, str]] = field(default_factory=dict)
    periods: dict[tuple[str, Window], date] = field(default_factory=dict)
    told: dict[tuple[str, Window], tuple[str, date]] = field(default_factory=dict)  # the digest, and when
    off: dict[str, tuple[str, date]] = field(default_factory=dict)
    open: dict[date, None] = field(default_factory=dict)
    recent: date | None = None  # when the days that settle were last asked
    canary: date | None = None
    last: Asked | None = None

    @classmethod
    def of(cls, answers: Iterable[Asked]) -> Known:
        """What these answers cover."""
        known = cls()
        for asked in sorted(answers, key=lambda one: one.at):
            known.add(asked)
        return known

    def add(self, asked: Asked) -> None:
        """Takes one more answer into account, the newest so far."""
        for part in (part for part in asked.parts if part.report in BY_NAME):
            if BY_NAME[part.report].grain in (Grain.DAY, Grain.HOUR):
                self._add_days(asked, part)
            else:
                for span in part.spans:
                    self.periods[part.report, span] = asked.today
                    if part.tells:
                        self.told[part.report, span] = part.digests.get(span.first, ""), asked.today
        for name, reason in asked.off.items():
            self.off[name] = reason, asked.today
        for name in {part.report for part in asked.parts}:
            self.off.pop(name, None)
        self.recent = asked.today if asked.recent else self.recent
        self.canary = asked.today if asked.canary else self.canary
        self.last = asked

    def _add_days(self, asked: Asked, part: Part) -> None:
        for day in days_of(Window(part.first, part.last)):
            self.asked.setdefault(part.report, {})[day] = asked.today
            if day in part.open:
                self.open[day] = None
            elif part.report == "source_day":
                self.open.pop(day, None)
            if part.tells and part.tells.first <= day <= part.tells.last:
                self.kept.setdefault(part.report, {})[day] = asked.today
                self.digests.setdefault(part.report, {})[day] = part.digests.get(day, "")

    def news(self, report: str, window: Window, digests: Mapping[date, str], today: date) -> Window | None:
        """The span of days that an answer tells anew, or otherwise than an earlier one; None where there is none.

        A day that may no longer change is told again, or it would stay marked as one that may.
        """
        kept, known = self.kept.get(report, {}), self.digests.get(report, {})
        changed = [
            day
            for day in days_of(window)
            if day not in kept
            or known.get(day, "") != digests.get(day, "")
            or (provisional(kept[day]) <= day < provisional(today))
        ]
        return Window(min(changed), max(changed)) if changed else None

    def is_news(self, report: str, span: Window, digest: str, today: date) -> bool:
        """Whether a week, month or span is told anew or otherwise, or may change no longer, as it could before."""
        before, when = self.told.get((report, span), (None, today))
        return before != digest or provisional(when) <= span.last < provisional(today)


def together(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of an answer, where either of the two reports that are read together tells what both do: an answer
    that told one of them anew would supersede what the other said of the day."""
    told = [part.tells for part in parts if part.report in PAIR and part.tells]
    if not told:
        return tuple(parts)
    first, last = min(span.first for span in told), max(span.last for span in told)
    return tuple(
        replace(part, tells=Window(max(first, part.first), min(last, part.last)))
        if part.report in PAIR and part.first <= last and part.last >= first
        else part
        for part in parts
    )


def provisional(today: date) -> date:
    """The first day whose figures may still change, or grow."""
    return today - PROVISIONAL * DAY


def days_of(window: Window) -> Iterator[date]:
    """The days of a span."""
    return (window.first + n * DAY for n in range(window.days))
