"""Whether a fair ranking finds the best posts sooner than others do, on real posts.

    python -m benchmarks.ranking ../shared/exports/timeseries/facebook_post_metrics_uci.csv

The truth is the share of the people reached who engaged, once all have seen the post. Of each post only a share of its
audience is drawn (1, 3 and 10 %), and four rankings pick their twenty best: raw rates, the lower end of Wilson's
interval of 90 %, empirical Bayes with one prior for all, and Vigie's, whose prior follows reach. Printed is the mean
share of the true twenty that each picked, over the draws.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from metrics.shrinkage import Floats, prior, shrunk

TOP = 20
SHARES = (0.01, 0.03, 0.1)
Z = 1.645


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """How many people engaged with each post, and how many it reached."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if int(row["T_Reach"]) > 0]
    return np.array([int(row["Engaged_Users"]) for row in rows]), np.array([int(row["T_Reach"]) for row in rows])


def wilson(events: Floats, seen: Floats) -> Floats:
    """The lower end of Wilson's interval."""
    rate, z = events / seen, Z**2 / seen
    return (rate + z / 2 - np.sqrt(z * rate * (1 - rate) + z**2 / 4)) / (1 + z)


def plain(events: Floats, seen: Floats) -> Floats:
    """Empirical Bayes that does not look at reach: seen once each in what the prior is fitted on, by moments."""
    rate = events / seen
    mean, variance = rate.mean(), rate.var()
    strength = max(mean * (1 - mean) / variance - 1, 0.1)
    return (events + mean * strength) / (seen + strength)


def fair(events: Floats, seen: Floats) -> Floats:
    """What Vigie believes."""
    return shrunk(events, seen, prior(events, seen)).rate


WAYS: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "raw": lambda events, seen: events / seen, "Wilson": wilson, "plain EB": plain, "by reach": fair,
}  # fmt: skip


def measure(engaged: np.ndarray, reach: np.ndarray, share: float, draws: int) -> dict[str, float]:
    """The share of the true best that each way picks, when a share of the audience was seen."""
    chance = np.random.default_rng(round(1000 * share))
    best = set(np.argsort(-engaged / reach, kind="stable")[:TOP])
    found = dict.fromkeys(WAYS, 0.0)
    seen = np.maximum(np.round(reach * share), 1).astype(int)
    for _ in range(draws):
        events = chance.hypergeometric(engaged, reach - engaged, seen).astype(float)
        for name, way in WAYS.items():
            picked = np.argsort(-way(events, seen.astype(float)), kind="stable")[:TOP]
            found[name] += len(best & set(picked)) / TOP / draws
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--draws", type=int, default=200)
    args = parser.parse_args()
    engaged, reach = read(args.posts)
    print(f"{len(reach)} posts, {args.draws} draws; precision of the first {TOP}")
    print(f"{'seen':>6}", *(f"{name:>10}" for name in WAYS))
    for share in SHARES:
        started = time.process_time()
        found = measure(engaged, reach, share, args.draws)
        took = (time.process_time() - started) / args.draws
        print(f"{share:>6.0%}", *(f"{value:>10.3f}" for value in found.values()), f"  {1000 * took:.0f} ms a draw")


if __name__ == "__main__":
    main()
