"""The words of a report: pure values, every text already in its reader's language, that each form only draws.

A figure stands twice: as a number, for charts and formulas, and as it is written. None is not stated, and is written
as a dash. `as_json` writes all of it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from data.model import Printed


class Edition(StrEnum):
    """How much a report says: one page for those who decide, or every metric."""

    LEADERSHIP = "leadership"
    FULL = "full"


class Tone(StrEnum):
    """Whether a difference is good news. It is never told by colour alone: `shown` has a sign or a word."""

    GOOD = "good"
    BAD = "bad"
    NONE = ""


@dataclass(frozen=True)
class Figure:
    """A number, and as it is written with its unit. `unit` is one of metrics.model.Unit, `currency` of amounts."""

    value: float | None
    shown: str
    unit: str = "count"
    currency: str = ""


@dataclass(frozen=True)
class Change:
    """How a figure differs: `shown` with its sign, `against` what ("on the week before"), and whether that is good.

    `value`: a share of the base, a difference of shares (points) or of numbers, as `shown` has it. `year`: against a
    year earlier.
    """

    shown: str
    against: str
    up: bool | None  # None where both are the same
    tone: Tone
    value: float | None = None
    year: bool = False


@dataclass(frozen=True)
class Verdict:
    """A word with its sign, such as "▲ On track", and whether it is good news."""

    shown: str
    tone: Tone


@dataclass(frozen=True)
class Point:
    """A value of a series: its label ("W46"), the first day of its window, and what was aimed at then."""

    label: str
    first: date
    value: float | None
    before: float | None = None  # a year before: the same weekdays 364 days earlier, or the same month
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Aim:
    """An objective as it stands: what is aimed at, what is reached, and the pace.

    `difference`: against what would be even by now, else against the target. `share`: of the target; `even_share`:
    the part of it that would be even by now. `pace`: sentences on what it may come to and what it takes.
    """

    name: str
    period: str
    owner: str
    actual: Figure
    target: str
    low: Figure
    high: Figure
    difference: Change | None
    share: float | None
    share_shown: str
    even_share: float | None
    verdict: Verdict
    reached: str
    pace: tuple[str, ...]
    words: str  # its bullet in words


@dataclass(frozen=True)
class Tile:
    """A figure of the week, its changes, and the thirteen weeks that led to it, the last being its own.

    `verdict`: where it is out of its usual range. `aimed`: the target of the week, where one is stated, as "target
    170,000"; `marks`: of trust, each in a word or two.
    """

    key: str
    name: str
    figure: Figure
    changes: tuple[Change, ...]
    verdict: Verdict | None
    aimed: str
    aim: Verdict | None
    marks: tuple[str, ...]
    series: tuple[Point, ...]
    words: str  # its sparkline in words


@dataclass(frozen=True)
class Total:
    """A box under a chart: what it is of ("Week 46", "Month to date"), and its changes."""

    name: str
    figure: Figure
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Chart:
    """Six weeks and twelve months of a metric, the oldest first, each on an axis that holds zero, and totals.

    `now` and `then` label the two lines: this year, and a year before. `about` says what is drawn.
    """

    key: str
    name: str
    about: str
    unit: str
    currency: str
    weeks: tuple[Point, ...]
    months: tuple[Point, ...]
    now: str
    then: str
    aimed: str  # what a mark of a target is called
    totals: tuple[Total, ...]
    words: str  # the chart in words


@dataclass(frozen=True)
class PeakLine:
    """A day or week that stood out: when, of what, how much, and its cause, or that it is not explained."""

    when: str
    series: str
    size: str
    figures: str
    cause: str
    explained: bool
    tone: Tone


@dataclass(frozen=True)
class PostLine:
    """A post among those ranked at a like age. `times`: the median post of its account; None with too few of these."""

    place: int
    network: str
    day: str
    text: str
    link: str
    rate: Figure
    times: Figure
    interactions: Figure
    seen: Figure
    by: str  # what `seen` counts: reach, impressions or views
    sure: bool


@dataclass(frozen=True)
class AudienceLine:
    """Who came and who left, of one account."""

    network: str
    account: str
    gained: Figure
    lost: Figure
    net: Figure
    followers: Figure
    marks: tuple[str, ...]


@dataclass(frozen=True)
class CampaignLine:
    """A campaign as it stood at the end of the week: what it brought, at which cost, against which objectives.

    `result`: what `results` counts; `each`: the cost of one. `effect`: how far the figure that it is to move differs
    from what would have come anyway, in short; `words`: all of it in sentences.
    """

    name: str
    when: str
    result: str
    results: Figure
    cost: Figure
    each: Figure
    aims: Verdict | None  # of its own objectives; None where it has none
    effect: str
    words: str


@dataclass(frozen=True)
class ReviewLine:
    """The reviews of one account in the week; `poor` are those of two stars or fewer."""

    network: str
    account: str
    received: Figure
    mean: Figure
    poor: Figure
    answered: Figure


@dataclass(frozen=True)
class NoteLine:
    """What happened, as people state it."""

    when: str
    category: str
    text: str


@dataclass(frozen=True)
class Revision:
    """A figure that was published, and has changed since."""

    name: str
    period: str
    old: Figure
    new: Figure
    change: Change
    why: str


@dataclass(frozen=True)
class Quality:
    """How far the figures can be trusted. `up_to_date` of `sources` accounts are known until the week's last day."""

    up_to_date: int
    sources: int
    summary: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class MetricLine:
    """A metric in the full edition, with what it says and the formula it is worked out by."""

    key: str
    name: str
    figure: Figure
    changes: tuple[Change, ...]
    verdict: Verdict | None
    marks: tuple[str, ...]
    says: str
    formula: str
    series: tuple[Point, ...]
    words: str


@dataclass(frozen=True)
class Family:
    """A section of the full edition."""

    name: str
    lines: tuple[MetricLine, ...]


@dataclass(frozen=True)
class SourceRow:
    """A row of a file behind a figure: of which days, account and measure, what it states, and where it stands.

    `below`: it is what the figure is divided by. `number`: the row as a spreadsheet counts it. `value`: none of a post
    that is counted, and states nothing itself.
    """

    first: date
    last: date
    account: str
    subject: str
    measure: str
    below: bool
    value: float | None
    file: str
    sheet: str
    number: int


@dataclass(frozen=True)
class Trace:
    """Where a figure of the page comes from: its formula, and the rows behind it; `more` where some are left out."""

    key: str
    name: str
    formula: str
    rows: tuple[SourceRow, ...]
    more: bool


@dataclass(frozen=True)
class Sentence:
    """One of the three under the headline: "Main fact", "Main worry", "Decision requested"."""

    label: str
    text: str
    tone: Tone = Tone.NONE


@dataclass(frozen=True)
class Section:
    """What stands over a part of the report, and what is said where it is empty."""

    title: str
    about: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Report:
    """The week, whole. `sections` holds the titles by the names of the fields, `words` the heads of tables by key.

    `made`: the moment of the newest export, in UTC: the same figures make the same bytes. `complete`: every account
    that is still fed is known until the week's last day.
    """

    brand: str
    slug: str
    language: str
    edition: Edition
    key: str  # 2026-W46
    first: date
    last: date
    title: str
    week: str
    span: str
    compared: str
    made: datetime
    complete: bool
    headline: str
    sentences: tuple[Sentence, ...]
    comment: str
    aims: tuple[Aim, ...]
    tiles: tuple[Tile, ...]
    charts: tuple[Chart, ...]  # one in the leadership edition
    peaks: tuple[PeakLine, ...]
    best: tuple[PostLine, ...]
    weakest: tuple[PostLine, ...]
    audience: tuple[AudienceLine, ...]
    campaigns: tuple[CampaignLine, ...]
    reviews: tuple[ReviewLine, ...]
    notes: tuple[NoteLine, ...]
    revisions: tuple[Revision, ...]
    quality: Quality
    families: tuple[Family, ...]  # none in the leadership edition
    traces: tuple[Trace, ...]  # of the tiles
    printed: tuple[Printed, ...]  # what is kept of it once it is handed over
    sections: dict[str, Section]
    words: dict[str, str]


def as_json(report: Report) -> str:
    """All of a report as JSON; days and moments in ISO 8601."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1, sort_keys=True, default=_iso)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
