"""How often the parts that changed are found, and a change across the board is known for one.

    python -m benchmarks.causes

Cubes of 8 sources, 12 pages, 3 devices and 25 countries, correlated as they are (a source has its own pages and
countries), of 500, 3,000 and 20,000 events a day. Parts vary by themselves from day to day beyond chance, all of a day
too. A cause is one member, two of a dimension, or a member of one with a member of another; nothing else changes. It is
found where what is named is, by events, what was planted, to nine in ten. Beside the scan: the largest difference, the
largest ratio, and Adtributor (NSDI 2014) with its published thresholds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from metrics.causes import WEEKS, Parts, Why, contributions, explain

SIZES = (8, 12, 3, 25)
NAMES = ("source", "page", "device", "country")
LEVELS = (500, 3_000, 20_000)
KINDS = ("one", "two", "both")
CASES = 150
PER_PART, PER_DAY = 0.15, 0.08  # spreads of parts and of days, in logarithms, beyond chance
SAME = 0.9
MATERIAL = 0.2  # less is no peak that is told


@dataclass(frozen=True)
class Planted:
    """A day, what was expected of it, the cells that changed and how; none where all did."""

    parts: Parts
    expected: float
    changed: np.ndarray
    kind: str


def _usual(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The cells of a cube and their shares of a day."""
    cells = np.indices(SIZES).reshape(len(SIZES), -1)
    source = chance.dirichlet(np.full(SIZES[0], 0.8))
    log = np.log(source[cells[0]] + 0.005)
    for n, size in enumerate(SIZES[1:], 1):
        own = np.log(chance.dirichlet(np.full(size, 0.6)) + 0.003)
        log = log + (own + 0.7 * chance.standard_normal((SIZES[0], size)))[cells[0], cells[n]]
    shares = np.exp(log)
    return cells, shares / shares.sum()


def _noisy(chance: np.random.Generator, cells: np.ndarray, shares: np.ndarray, level: float) -> np.ndarray:
    rates = level * shares * np.exp(PER_DAY * chance.standard_normal())
    for n, size in enumerate(SIZES):
        rates = rates * np.exp(PER_PART / 2 * chance.standard_normal(size))[cells[n]]
    return rates


def planted(chance: np.random.Generator, kind: str, level: float) -> Planted:
    """A day that differs by enough to be asked about, for a reason of a kind."""
    while True:
        case = _planted(chance, kind, level)
        if abs(case.parts.actual.sum() / case.expected - 1) >= MATERIAL:
            return case


def _planted(chance: np.random.Generator, kind: str, level: float) -> Planted:
    cells, shares = _usual(chance)
    past = np.stack([chance.poisson(_noisy(chance, cells, shares, level)) for _ in range(WEEKS)], axis=1)
    rates = _noisy(chance, cells, shares, level)
    up = chance.random() < 0.6
    change = float(chance.uniform(0.4, 1.0)) if up else -float(chance.uniform(0.25, 0.5))
    changed = np.zeros(len(shares), bool)
    while kind != "all":
        dims = chance.permutation(len(SIZES))[: 2 if kind == "both" else 1]
        changed = np.ones(len(shares), bool)
        for n in dims:
            picked = chance.permutation(SIZES[n])[: 2 if kind == "two" else 1]
            changed &= np.isin(cells[n], picked)
        part = shares[changed].sum()
        if kind == "two" and min(shares[cells[dims[0]] == n].sum() for n in picked) < 0.2 * part:
            continue  # what adds less is nothing to name
        if 0.02 < part < 0.5 and (up or part > 0.3 * -change):
            break
    whole = rates.sum()
    if kind == "all":
        rates = rates * (1 + change)
    else:
        aim = max(rates[changed].sum() + change * whole, 0.05 * rates[changed].sum())
        rates = np.where(changed, rates * aim / rates[changed].sum(), rates)
    actual = chance.poisson(rates)
    names = [tuple(f"{NAMES[n]}{m}" for n, m in enumerate(cell)) for cell in cells.T]
    there = (actual > 0) | (past.sum(axis=1) > 0)
    parts = Parts(NAMES, [name for name, is_there in zip(names, there, strict=True) if is_there],
                  actual[there].astype(float), past[there].astype(float))  # fmt: skip
    return Planted(parts, level, changed[there], kind)


def _cells(case: Planted, causes: list[tuple[tuple[str, str], ...]]) -> np.ndarray:
    found = np.zeros(len(case.parts.members), bool)
    for where in causes:
        mine = np.ones(len(found), bool)
        for dimension, member in where:
            place = case.parts.dimensions.index(dimension)
            mine &= np.array([names[place] == member for names in case.parts.members])
        found |= mine
    return found


def _right(case: Planted, causes: list[tuple[tuple[str, str], ...]]) -> bool:
    """Whether the cells named are those planted, by the events that were there or were usual."""
    weight = case.parts.actual + case.parts.past.mean(axis=1)
    named = _cells(case, causes)
    both, either = weight[named & case.changed].sum(), weight[named | case.changed].sum()
    return bool(either and both / either >= SAME)


def _singles(case: Planted) -> Iterator[list]:
    for n, name in enumerate(NAMES):
        one = Parts((name,), [(names[n],) for names in case.parts.members], case.parts.actual, case.parts.past)
        yield contributions(one, case.expected)


def _largest(case: Planted) -> list:
    return [max((cause for found in _singles(case) for cause in found), key=lambda cause: cause.share).where]


def _steepest(case: Planted) -> list:
    sign = np.sign(case.parts.actual.sum() - case.expected)
    able = [c for found in _singles(case) for c in found if max(c.actual, c.expected) >= 20]
    return [max(able, key=lambda c: sign * np.log((c.actual + 0.5) / (c.expected + 0.5))).where]


def _adtributor(case: Planted) -> list:
    """Of each dimension the most surprising members that explain 67 %, each a tenth; the most surprising dimension."""
    best: tuple[float, list] = (-1.0, [])
    for found in _singles(case):
        a, f = sum(c.actual for c in found), sum(c.expected for c in found)

        def surprise(c, a: float = a, f: float = f) -> float:
            p, q = c.expected / f, c.actual / a
            return float(sum(0.5 * x * np.log(2 * x / (p + q)) for x in (p, q) if x))

        chosen, explained = [], 0.0
        for cause in sorted(found, key=surprise, reverse=True):
            if cause.share >= 0.1:
                chosen.append(cause)
                explained += cause.share
            if explained >= 0.67:
                best = max(best, (sum(map(surprise, chosen)), [c.where for c in chosen]), key=lambda one: one[0])
                break
    return best[1]


def main() -> None:
    """Prints the shares that are right, by the events of a day, and the time of a scan."""
    for level in LEVELS:
        rows: dict[str, list[tuple[str, bool]]] = {}
        spent = 0.0
        for n in range(CASES):
            for kind in (*KINDS, "all"):
                case = planted(np.random.default_rng([level, n, len(kind), ord(kind[0])]), kind, level)
                begun = time.process_time()
                found = explain([case.parts], [case.expected])
                spent += time.process_time() - begun
                named = [cause.where for cause in found.causes]
                right = found.why is Why.ACROSS if kind == "all" else _right(case, named)
                rows.setdefault("scan", []).append((kind, right))
                if kind == "all":
                    rows.setdefault("scan, no false cause", []).append((kind, found.why is not Why.PARTS))
                    continue
                for name, method in (("largest", _largest), ("steepest", _steepest), ("Adtributor", _adtributor)):
                    rows.setdefault(name, []).append((kind, _right(case, method(case))))
        print(f"{level} events a day, {1000 * spent / CASES / 4:.1f} ms")
        for name, said in rows.items():
            by = {
                kind: np.mean([ok for k, ok in said if k == kind])
                for kind in (*KINDS, "all")
                if any(k == kind for k, _ in said)
            }
            causes = [ok for k, ok in said if k != "all"]
            print(
                f"  {name:22}",
                f"causes {np.mean(causes):.2f} " if causes else "",
                *(f"{k} {v:.2f}" for k, v in by.items()),
            )


if __name__ == "__main__":
    main()
