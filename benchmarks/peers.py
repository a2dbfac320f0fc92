"""Other ways to find peaks, each as it is usually set: the strength of every day, and the strength that is an alarm.

Online, a day is predicted from the days before; looking back, from the whole window. All but "30 %", XmR and rolling z
work on logarithms. AutoETS and Prophet run where they are installed (benchmarks/requirements-peaks.txt).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from scipy import stats
from statsmodels.tsa.seasonal import STL

from benchmarks.planted import Case, filled

MAD = 1.4826


@dataclass(frozen=True)
class Peer:
    name: str
    alarm: float
    strength: Callable[[Case], np.ndarray]
    slow: bool = False  # run on some of the cases only


def _x(case: Case) -> np.ndarray:
    return filled(np.log1p(case.values))


def _each_day(case: Case, x: np.ndarray, strength: Callable[[np.ndarray, float], float]) -> np.ndarray:
    found = np.full(len(x), np.nan)
    for t in range(case.history, len(x)):
        found[t] = strength(x[:t], x[t])
    return found


def _z(value: float, middle: float, spread: float) -> float:
    return (value - middle) / max(spread, 1e-9)


def _mad(e: np.ndarray) -> float:
    return MAD * float(np.median(np.abs(e - np.median(e))))


def same_weekday(case: Case) -> np.ndarray:
    def strength(past: np.ndarray, now: float) -> float:
        last = past[-56:]
        usual = np.array([np.median(last[d::7]) for d in range(7)])
        rest = last - usual[np.arange(len(last)) % 7]
        return _z(now, float(usual[len(last) % 7]), _mad(rest))

    return _each_day(case, _x(case), strength)


def rolling_z(case: Case) -> np.ndarray:
    return _each_day(case, filled(case.values), lambda past, now: _z(now, past[-28:].mean(), past[-28:].std(ddof=1)))


def xmr(case: Case) -> np.ndarray:
    def strength(past: np.ndarray, now: float) -> float:
        return _z(now, past[-28:].mean(), 2.66 * np.abs(np.diff(past[-28:])).mean())

    return _each_day(case, filled(case.values), strength)


def last_week(case: Case) -> np.ndarray:
    y = filled(case.values)
    found = np.full(len(y), np.nan)
    found[7:] = (y[7:] / np.maximum(y[:-7], 1) - 1) / 0.3
    return found


def stl_forecast(case: Case) -> np.ndarray:
    def strength(past: np.ndarray, now: float) -> float:
        fit = STL(past[-182:], 7, seasonal=35, trend=15, robust=True).fit()
        return _z(now, float(fit.trend[-1] + fit.seasonal[-7]), _mad(np.asarray(fit.resid)))

    return _each_day(case, _x(case), strength)


def s_h_esd(case: Case) -> np.ndarray:
    x = _x(case)
    found = np.full(len(x), np.nan)
    for t in range(case.history, len(x)):
        found[t] = _esd(x[max(t - 55, 0) : t + 1])[-1]
    return found


def _esd(x: np.ndarray, share: float = 0.1, alpha: float = 0.05) -> np.ndarray:
    """Seasonal hybrid ESD: of each day, by how much it passes the test at which it is told, 1 being just told."""
    season = STL(x, 7, seasonal=len(x) * 10 + 1 | 1, robust=True).fit().seasonal
    rest = x - np.asarray(season) - np.median(x)
    n, left = len(x), np.ones(len(x), bool)
    order, ratios = [], []
    for i in range(1, max(int(share * n), 1) + 1):
        here = rest[left]
        scores = np.where(left, np.abs(rest - np.median(here)) / max(_mad(here), 1e-9), -1)
        at = int(scores.argmax())
        t = float(stats.t.ppf(1 - alpha / (2 * (n - i + 1)), n - i - 1))
        order.append(at)
        ratios.append(scores[at] / ((n - i) * t / np.sqrt((n - i - 1 + t * t) * (n - i + 1))))
        left[at] = False
    found = np.zeros(n)
    for place, at in enumerate(order):
        found[at] = max(ratios[place:]) * np.sign(rest[at])
    return found


def auto_ets(case: Case) -> np.ndarray:
    from statsforecast.models import AutoETS  # pyright: ignore[reportMissingImports]

    x, found = _x(case), np.full(len(case.values), np.nan)
    for t in range(case.history, len(x)):
        if (t - case.history) % 7 == 0:
            model = AutoETS(season_length=7).fit(x[:t][-365:])
        told = model.forward(y=x[:t][-365:], h=1, level=[68.27])
        found[t] = _z(x[t], told["mean"][0], (told["hi-68.27"][0] - told["lo-68.27"][0]) / 2)
    return found


def prophet(case: Case) -> np.ndarray:
    x, found = _x(case), np.full(len(case.values), np.nan)
    for t in range(case.history, len(x), 7):
        found[t : t + 7] = _prophet(case, x, t, slice(t, min(t + 7, len(x))))
    return found


def _prophet(case: Case, x: np.ndarray, until: int, told: slice) -> np.ndarray:
    import pandas as pd
    from prophet import Prophet  # pyright: ignore[reportMissingImports]

    for name in ("prophet", "cmdstanpy"):
        logging.getLogger(name).setLevel(logging.ERROR)
    days = pd.date_range(case.first, periods=len(x))
    model = Prophet(interval_width=0.99, daily_seasonality=False, uncertainty_samples=300)
    model.fit(pd.DataFrame({"ds": days[:until], "y": x[:until]}))
    said = model.predict(pd.DataFrame({"ds": days[told]}))
    half = (said["yhat_upper"] - said["yhat_lower"]).to_numpy() / 2
    return (x[told] - said["yhat"].to_numpy()) / np.maximum(half, 1e-9)


def back_weekday(case: Case) -> np.ndarray:
    x, n = _x(case), len(case.values)
    near = [[t + 7 * k for k in range(-4, 5) if k and 0 <= t + 7 * k < n] for t in range(n)]
    e = x - np.array([np.median(x[one]) for one in near])
    return e / max(_mad(e), 1e-9)


def back_stl(case: Case) -> np.ndarray:
    e = np.asarray(STL(_x(case), 7, robust=True).fit().resid)
    return e / max(_mad(e), 1e-9)


def back_esd(case: Case) -> np.ndarray:
    x, found = _x(case), np.full(len(case.values), np.nan)
    for at in range(0, len(x), 56):
        begin = max(min(at, len(x) - 56), 0)
        found[at : at + 56] = _esd(x[begin : begin + 56])[at - begin :]
    return found


def back_z(case: Case) -> np.ndarray:
    y = filled(case.values)
    wide = np.lib.stride_tricks.sliding_window_view(np.pad(y, 14, mode="reflect"), 29)
    return (y - wide.mean(axis=1)) / np.maximum(wide.std(axis=1), 1e-9)


def back_xmr(case: Case) -> np.ndarray:
    y = filled(case.values)
    return (y - y.mean()) / max(2.66 * np.abs(np.diff(y)).mean(), 1e-9)


def back_ets(case: Case) -> np.ndarray:
    from statsforecast.models import AutoETS  # pyright: ignore[reportMissingImports]

    x = _x(case)
    e = x - AutoETS(season_length=7).fit(x).predict_in_sample()["fitted"]
    return e / max(_mad(e), 1e-9)


def back_prophet(case: Case) -> np.ndarray:
    return _prophet(case, _x(case), len(case.values), slice(0, len(case.values)))


def _there(*peers: tuple[str, Peer]) -> list[Peer]:
    return [peer for module, peer in peers if find_spec(module)]


ONLINE = [
    Peer("same-weekday median of 8 weeks, MAD", 3.5, same_weekday),
    Peer("rolling z, 28 days", 3, rolling_z),
    Peer("XmR of textbooks, 28 days", 1, xmr),
    Peer("30 % against last week", 1, last_week),
    Peer("STL forecast, MAD", 3.5, stl_forecast, slow=True),
    Peer("S-H-ESD, 56 days", 1, s_h_esd, slow=True),
    *_there(
        ("statsforecast", Peer("AutoETS, a day ahead", 2.58, auto_ets, slow=True)),
        ("prophet", Peer("Prophet, 99 % interval", 1, prophet, slow=True)),
    ),
]
BACK = [
    Peer("same-weekday median of ±4 weeks, MAD", 3.5, back_weekday),
    Peer("rolling z, 29 days around", 3, back_z),
    Peer("XmR of textbooks", 1, back_xmr),
    Peer("30 % against last week", 1, last_week),
    Peer("STL as the library sets it, MAD", 3.5, back_stl, slow=True),
    Peer("S-H-ESD, pieces of 56 days", 1, back_esd, slow=True),
    *_there(
        ("statsforecast", Peer("AutoETS, residuals", 3, back_ets, slow=True)),
        ("prophet", Peer("Prophet, 99 % interval", 1, back_prophet, slow=True)),
    ),
]
