"""Whether effects of campaigns are claimed where there are some, and only there.

    python -m benchmarks.campaigns ../shared/exports/timeseries --trials 240

First the published example of CausalImpact (R): the effect by the state-space model, its level fixed at R's default
prior mean, beside what R printed. Then placebo campaigns: random dates of real series, on which nothing began, 7, 14 or
28 days long, with the four other series that move most like them as controls. Printed is how often each method calls
a difference certain at a nominal 5 %, and how often it would if the days had brought 20 or 50 % more; then the same by
how like the best control is. Refusals count as no claim. A t-test compares the days with the 56 before. The controls as
like as 0.8 are mostly other measures of the same site, near copies: what they show is the best case.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from benchmarks.planted import read_series
from metrics.effect import BEFORE, LONGEST, Effect, effect, state_space

LENGTHS = (7, 14, 28)
LIFTS = (1.2, 1.5)
PUBLISHED = 804  # cumulative effect that R prints for the google vignette
LEVEL = 0.01  # R's default prior mean, in standard deviations
LIKE = 0.8


def published(folder: Path) -> tuple[float, float, float]:
    """The cumulative effect of the vignette, and its interval."""
    with (folder / "causalimpact" / "ci_google_data.csv").open(encoding="utf-8", newline="") as file:
        rows = [[float(row[name]) for name in ("y", "x1", "x2")] for row in csv.DictReader(file)]
    table, at = np.array(rows), 61
    beside = (table[:, 1:] - table[:at, 1:].mean(axis=0)) / table[:at, 1:].std(axis=0)
    found = state_space(table[:, 0], at, beside, season=0, level=LEVEL)
    days = len(table) - at
    return found.gap * days, found.low * days, found.high * days


@dataclass(frozen=True)
class Trial:
    """A window of a real series in which no campaign began, and the other series over the same days."""

    series: str
    first: date
    values: np.ndarray
    at: int
    controls: tuple[np.ndarray, ...]


def trials(folder: Path, number: int) -> Iterator[Trial]:
    """Windows of any of the series, the lengths in turn."""
    series = read_series(folder)
    names = sorted(series)
    for n in range(number):
        chance = np.random.default_rng([5, n])
        name, length = names[int(chance.integers(len(names)))], LENGTHS[n % len(LENGTHS)]
        first, values = series[name]
        at = int(chance.integers(180, len(values) - length))
        since = max(at - LONGEST, 0)
        begins, days = first + timedelta(since), at + length - since
        beside = (_over(*series[other], begins, days) for other in names if other != name)
        controls = tuple(one for one in beside if not np.isnan(one).any())
        yield Trial(name, begins, values[since : at + length], at - since, controls)


def _over(first: date, values: np.ndarray, begins: date, days: int) -> np.ndarray:
    at = (begins - first).days
    return values[at : at + days] if 0 <= at and at + days <= len(values) else np.full(days, np.nan)


def claims(found: Effect, of: int | None, lift: float) -> bool:
    """Whether an opinion, or both, call a difference certain, had each day brought `lift` times as much."""
    opinions = found.opinions if of is None else found.opinions[of : of + 1]
    more = float(np.log(lift))
    low, high = (min(o.low for o in opinions) + more, max(o.high for o in opinions) + more) if opinions else (0, 0)
    return low * high > 0


def t_test(trial: Trial, lift: float) -> bool:
    """What a plain comparison of before and after says."""
    before, after = trial.values[trial.at - BEFORE : trial.at], trial.values[trial.at :] * lift
    found: Any = stats.ttest_ind(before, after, equal_var=False, nan_policy="omit")
    return bool(found.pvalue < 0.05)


def told(found: Effect, lift: float) -> bool:
    """Whether the page would tell an effect: both agree, and no more than half is uncertain."""
    return found.doubt is None and claims(found, None, lift)


def show(title: str, ran: Sequence[tuple[Trial, Effect]]) -> None:
    """The shares of claims by method."""
    if not ran:
        return
    print(f"{title}: {len(ran)} trials")
    ways = {
        "before and after (t-test)": lambda trial, found, lift: t_test(trial, lift),
        "state space alone": lambda trial, found, lift: claims(found, 0, lift),
        "placebo windows alone": lambda trial, found, lift: claims(found, 1, lift),
        "both agree": lambda trial, found, lift: claims(found, None, lift),
        "both agree, told on the page": lambda trial, found, lift: told(found, lift),
    }
    for name, way in ways.items():
        shares = [np.mean([way(trial, found, lift) for trial, found in ran]) for lift in (1.0, *LIFTS)]
        print(f"  {name:30}", *(f"{share:7.1%}" for share in shares))
    reach = [found.reach for _, found in ran if found.reach is not None]
    print(f"  half-width, median: {np.median(reach):.0%}; refused: {sum(not f.opinions for _, f in ran)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--trials", type=int, default=240)
    args = parser.parse_args()
    total, low, high = published(args.folder)
    print(f"google vignette: {total:.0f} [{low:.0f}, {high:.0f}], R printed {PUBLISHED}: {total / PUBLISHED - 1:+.1%}")
    started, ran = time.process_time(), []
    for trial in trials(args.folder, args.trials):
        values, *controls = (
            [None if np.isnan(v) else float(v) for v in one] for one in (trial.values, *trial.controls)
        )
        ran.append((trial, effect(trial.first, values, trial.at, controls)))
    took = (time.process_time() - started) / len(ran)
    print(
        f"{'claims of a difference of':32}", *(f"{lift - 1:7.0%}" for lift in (1.0, *LIFTS)), f"  {1000 * took:.0f} ms"
    )
    show("all", ran)
    show(f"a control as like as {LIKE}", [one for one in ran if (one[1].likeness or 0) >= LIKE])
    show(f"none as like as {LIKE}", [one for one in ran if (one[1].likeness or 0) < LIKE])


if __name__ == "__main__":
    main()
