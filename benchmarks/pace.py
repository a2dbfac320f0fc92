"""How well the end of a month is foretold on real series, beside other methods.

    .venv/bin/python -m benchmarks.pace [--every 20] [--exports FOLDER]

Of each series every whole month is foretold on six of its days, from four months of a past on. Held against what came:
the share of months within the 80 % interval, by third of the month; the CRPS, as a share of what came (less is better);
the Brier score of the chance of reaching five targets, from 0.8 to 1.2 times what the four weeks before would come to;
and the time each takes. AutoETS is slow and runs on one case of `--every`, beside all others on the same cases; it
needs another pandas than ours: install benchmarks/requirements-peaks.txt into an environment of its own and run this
with it, or it is left out.

Aims: 78 to 82 % in each third, a CRPS no worse than the best other method on each set, and at most 1 ms.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import NormalDist
from time import process_time

import numpy as np

from benchmarks.planted import read_series
from data.model import Window
from metrics.pace import Daily, Forecast, flow_forecast
from metrics.windows import month

FOLDER = Path(os.environ.get("VIGIE_REAL_EXPORTS", "../shared/exports")) / "timeseries"
SAID_ON = (4, 8, 13, 18, 23, 27)  # days of the month: two of each third
LEAST, MOST = 120, 800  # days of a past
SAME = {"visitors_unique", "visitors_first"}  # nearly the same series as visitors_pageloads
SETS = {"websites and forums": ("visitors", "fcc"), "pages of Wikipedia": ("wiki",)}
TARGETS = (0.8, 0.9, 1.0, 1.1, 1.2)
PATHS = 200
NORMAL = np.array([NormalDist().inv_cdf((n + 0.5) / PATHS) for n in range(PATHS)])


@dataclass(frozen=True)
class Case:
    """A month of which some days are known: what it came to, and what the four weeks before would come to."""

    series: str
    third: int
    past: Daily
    window: Window
    came: float
    usual: float


Method = Callable[[Case], np.ndarray | None]  # what the month may come to, in order; None where nothing is said


def cases(folder: Path) -> Iterator[Case]:
    for name, (first, values) in read_series(folder).items():
        whole = Daily(first, values)
        window = month(first + timedelta(days=LEAST))
        while name not in SAME and (window := month(window.last + timedelta(days=1))).last <= whole.last:
            came = whole.within(window)
            if np.isnan(came).any():
                continue
            for day in SAID_ON:
                until = window.first + timedelta(days=day - 1)
                known = whole.until(until).values[-MOST:]
                past = Daily(until - timedelta(days=len(known) - 1), known)
                usual = float(np.nanmean(known[-28:])) * window.days
                yield Case(name, (day - 1) // 10, past, window, float(came.sum()), usual)


def vigie(case: Case) -> np.ndarray | None:
    found = flow_forecast(case.past, case.window)
    return found.outcomes if isinstance(found, Forecast) else None


def run_rate(case: Case) -> np.ndarray:
    """What the days so far come to, each as good as the other; no interval."""
    within = case.past.within(case.window)
    return np.array([np.nanmean(within) * case.window.days])


def seasonal_naive(case: Case) -> np.ndarray:
    """The last week over and over, and the changes from week to week as if each day were apart from the others."""
    done, ahead = _parts(case)
    values = _filled(case.past)
    coming = np.resize(values[-7:], ahead).sum()
    spread = np.std(values[7:] - values[:-7])
    weeks = np.arange(ahead) // 7 + 1
    return np.sort(done + np.maximum(coming + NORMAL * spread * np.sqrt(weeks.sum()), 0))


def auto_ets() -> Method:
    """AutoETS with the week as its season, its paths added up. Raises ImportError where it is not installed."""
    from statsforecast.models import AutoETS  # pyright: ignore[reportMissingImports]

    def say(case: Case) -> np.ndarray:
        done, ahead = _parts(case)
        model = AutoETS(season_length=7).fit(_filled(case.past)[-365:])
        paths = np.asarray(model.simulate(h=ahead, n_paths=PATHS, seed=7))
        coming = paths.sum(axis=paths.shape.index(ahead) if paths.shape[0] != PATHS else 1)
        return np.sort(done + np.maximum(coming, 0))

    return say


def _parts(case: Case) -> tuple[float, int]:
    within = case.past.within(case.window)
    return float(np.nansum(within)), int(np.isnan(within).sum())


def _filled(past: Daily) -> np.ndarray:
    """The past, a missing day being like that of the week before: these methods know none."""
    values = past.values.copy()
    for n in np.flatnonzero(np.isnan(values)):
        values[n] = values[n - 7] if n >= 7 else np.nanmean(values)
    return values


def crps(outcomes: np.ndarray, came: float) -> float:
    n = len(outcomes)
    weights = 2 * np.arange(1, n + 1) - n - 1
    return float(np.abs(outcomes - came).mean() - (weights @ outcomes) / n**2)


def scored(these: Sequence[Case], method: Method) -> dict[str, float]:
    covered: dict[int, list[bool]] = {0: [], 1: [], 2: []}
    off, brier, silent = [], [], 0
    began = process_time()
    said = [method(case) for case in these]
    spent = process_time() - began
    for case, outcomes in zip(these, said, strict=True):
        if outcomes is None:
            silent += 1
            continue
        low, high = np.quantile(outcomes, (0.1, 0.9))
        covered[case.third].append(bool(low <= case.came <= high))
        off.append(crps(outcomes, case.came) / case.came)
        for times in TARGETS:
            target = times * case.usual
            brier.append(((outcomes >= target).mean() - (case.came >= target)) ** 2)
    thirds = {f"third {n + 1}": float(np.mean(held)) for n, held in covered.items()}
    return thirds | {
        "all": float(np.mean([one for held in covered.values() for one in held])),
        "CRPS": float(np.mean(off)), "median": float(np.median(off)), "Brier": float(np.mean(brier)),
        "ms": 1000 * spent / len(these), "silent": silent / len(these),
    }  # fmt: skip


COLUMNS = ("third 1", "third 2", "third 3", "all", "CRPS", "median", "Brier", "ms", "silent")
SHARES = ("third 1", "third 2", "third 3", "all", "silent")


def show(title: str, these: Sequence[Case], methods: Mapping[str, Method]) -> None:
    print(f"\n{title}: {len(these)} cases of {len({case.series for case in these})} series")
    print(" " * 16 + "".join(f"{name:>9}" for name in COLUMNS))
    for name, method in methods.items():
        one = scored(these, method)
        cells = (f"{one[key]:.1%}" if key in SHARES else f"{one[key]:.4f}" for key in COLUMNS)
        print(f"{name:16}" + "".join(f"{cell:>9}" for cell in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description="How well the end of a month is foretold on real series.")
    parser.add_argument("--exports", type=Path, default=FOLDER)
    parser.add_argument("--every", type=int, default=20)
    args = parser.parse_args()
    every = list(cases(args.exports))
    quick: dict[str, Method] = {"Vigie": vigie, "run rate": run_rate, "seasonal naive": seasonal_naive}
    show("Every series", every, quick)
    for title, starts in SETS.items():
        show(title, [case for case in every if case.series.startswith(starts)], quick)
    try:
        slow = quick | {"AutoETS": auto_ets()}
    except ImportError:
        print("\nAutoETS is not installed here and is left out.")
        return
    some = every[:: args.every]
    show(f"One case of {args.every}", some, slow)
    for title, starts in SETS.items():
        show(f"{title}, one of {args.every}", [case for case in some if case.series.startswith(starts)], slow)


if __name__ == "__main__":
    main()
