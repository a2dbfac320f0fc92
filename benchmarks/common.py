"""How often Vigie says that posts have something in common where they have nothing, and finds what they do have.

    python -m benchmarks.common

Invented accounts: kinds, hours, weekdays, lengths, hashtags and links that follow each other as they do in life, some
of them more often seen. Interactions are drawn from rates that vary from post to post, of which nothing depends on any
trait; or those of one kind of post are higher by a factor. All goes the way of real posts: rates are drawn towards what
is usual for the reach, and the traits are tested. Beside it stands the same without the test that all traits share:
each trait by itself at 5 %.
"""

from __future__ import annotations

import argparse
import time
from datetime import date, timedelta

import numpy as np

from metrics.common import LEVEL, InCommon, Published, in_common, times
from metrics.shrinkage import prior, shrunk

LAST = date(2026, 11, 15)
KINDS = ("photo", "video", "reel", "text")
REACH = {"photo": 1.0, "video": 1.6, "reel": 3.0, "text": 0.6}  # how often a kind is seen, against the others


def invented(chance: np.random.Generator, count: int, factor: float = 1.0) -> list[Published]:
    """Posts of two accounts over a year; `factor`: by how much the rate of videos is higher."""
    found = []
    for account in ("x:a", "facebook:a"):
        kinds = chance.choice(KINDS, count, p=(0.4, 0.2, 0.2, 0.2))
        days = np.sort(chance.integers(0, 364, count))
        season = 1 + 0.3 * np.sin(days / 58)
        level = np.exp(chance.normal(6.5, 1.0, count)) * np.array([REACH[kind] for kind in kinds])
        seen = np.maximum(np.round(level * season), 20)
        rate = 0.06 * season * (seen / 1000) ** -0.2 * np.exp(chance.normal(0, 0.45, count))
        rate *= np.where(kinds == "video", factor, 1.0)
        events = chance.binomial(seen.astype(int), np.clip(rate, 0, 0.9)).astype(float)
        rates = shrunk(events, seen, prior(events, seen))
        for n in range(count):
            hour = int(chance.choice((8, 12, 13, 18, 20), p=(0.2, 0.3, 0.2, 0.2, 0.1)))
            tags = "#fair" if days[n] > 300 and chance.random() < 0.7 else "#life" if chance.random() < 0.3 else ""
            text = (
                "x" * int(chance.integers(20, 300))
                + f" {tags}"
                + (" https://a.example" if chance.random() < 0.3 else "")
            )
            over = float(rates.rate[n] / rates.usual[n])
            day = LAST - timedelta(int(days[n]))
            found.append(Published(account, day, hour, str(kinds[n]), text, float(events[n]), float(seen[n]), over))
    return found


def said(found: InCommon) -> bool:
    """Whether anything is told."""
    return bool(found.told)


def alone(found: InCommon) -> bool:
    """Whether anything would be told if each trait were asked by itself: its interval of 95 % leaves out 1."""
    return any(one.low > 1 or one.high < 1 for one in found.traits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=400)
    args = parser.parse_args()
    print(f"{args.cases} cases each; nothing may be told in {LEVEL:.0%} at most of those without a cause")
    print(f"{'posts':>6} {'factor':>7} {'in common':>10} {'videos':>8} {'by itself':>10} {'best time':>10}  ms a case")
    for count in (20, 60, 150):
        for factor in (1.0, 1.3, 1.6):
            chance = np.random.default_rng([count, round(10 * factor)])
            told = videos = single = best = 0
            started = time.process_time()
            for _ in range(args.cases):
                posts = invented(chance, count, factor)
                found = in_common(posts)
                told += said(found)
                videos += any(one.trait.value == "video" and one.times > 1 for one in found.told)
                single += alone(found)
                best += said(times(posts))
            took = 1000 * (time.process_time() - started) / args.cases
            shares = (told / args.cases, videos / args.cases, single / args.cases, best / args.cases)
            written = (f"{share:>{width}.1%}" for share, width in zip(shares, (10, 8, 10, 10), strict=True))
            print(f"{2 * count:>6} {factor:>7.1f}", *written, f"{took:>9.0f}")


if __name__ == "__main__":
    main()
