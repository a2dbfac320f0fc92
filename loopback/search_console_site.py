"""The searches behind the loopback Search Console: what was searched, which pages were shown where, what was clicked.

A search stands for `times` like it. Over a property a search counts once, at its best place; over pages it counts for
each page that it showed. Days are days of California. The newest are not final, and what they lack comes later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pandas as pd

PACIFIC = ZoneInfo("America/Los_Angeles")
FINAL_AFTER, FRESH_AFTER = 3, 1  # days until a day is final, and until it is known at all
LATE = 0.15  # the share of searches that a day lacks until it is final
MONTHS_KEPT = 16
DIMENSIONS = {
    "date": "day::varchar", "query": "query", "page": "page", "country": "country", "device": "device",
    "searchAppearance": "appearance",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A page in the results of a search: at which place, and how many of the searches clicked it."""

    page: str
    position: float
    clicks: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """Searches that are alike. `hidden`: so rare that Google names the query nowhere. `late`: of final days only."""

    day: date
    query: str
    shown: tuple[Shown, ...]
    times: int = 1
    country: str = "fra"
    device: str = "MOBILE"
    appearance: str = ""
    type: str = "web"
    hidden: bool = False
    late: bool = False


@dataclass(slots=True)
class SearchSite:
    """A property of Search Console, by the name it has there: `sc-domain:example.org` or `https://example.org/`."""

    searches: pd.DataFrame
    shown: pd.DataFrame
    now: datetime  # with its zone
    name: str = "sc-domain:labruissiere.example"
    permission: str = "siteRestrictedUser"
    con: duckdb.DuckDBPyConnection = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute("set threads = 2")
        for name, frame in (("searches", self.searches), ("shown", self.shown)):
            self.con.register("given", frame)
            self.con.execute(f"create table {name} as select {TABLES[name]} from given").fetchall()
            self.con.unregister("given")

    def rows(self, asked: Mapping[str, Any], now: datetime, salt: int) -> list[dict[str, Any]]:
        """The rows of a query that was found to be right."""
        by_page = grouped_by_page(asked)
        dimensions: Sequence[str] = asked["dimensions"]
        keys = ", ".join(f"{DIMENSIONS[name]} as k{n}" for n, name in enumerate(dimensions))
        today = now.astimezone(PACIFIC).date()
        last = today - timedelta(FRESH_AFTER if asked["dataState"] == "all" else FINAL_AFTER)
        where = [
            f"day between '{asked['startDate']}' and '{min(asked['endDate'], last)}'",
            f"day >= date '{today}' - interval {MONTHS_KEPT} month",
            f"type = '{asked['type']}'",
            *_filters(asked),
        ]
        if "query" in dimensions or any(each["dimension"] == "query" for each in all_filters(asked)):
            where.append("not hidden")
        if "searchAppearance" in dimensions:
            where.append("appearance <> ''")
        where.append(f"(not late or day <= '{today - timedelta(FINAL_AFTER)}')")
        source = f"searches join {'shown' if by_page else 'top'} using (search) where {' and '.join(where)}"
        figures = "sum(clicks) as clicks, sum(times) as impressions, sum(position * times) / sum(times) as position"
        group = f"group by {', '.join(f'k{n}' for n in range(len(dimensions)))}" if dimensions else ""
        order = "k" + str(dimensions.index("date")) if "date" in dimensions else "clicks desc"
        names = ", ".join(f"k{n}" for n in range(len(dimensions)))
        ties = f", impressions desc, hash({names + ', ' if names else ''}{salt})"
        sql = f"""with top as (
                select search, min(position) as position, sum(clicks) as clicks from shown group by search)
            select {keys + ", " if keys else ""}{figures} from {source} {group}
            having sum(times) > 0 order by {order}{ties} limit {asked["rowLimit"]} offset {asked["startRow"]}"""
        found = self.con.cursor().execute(sql).fetchall()
        wide = len(dimensions)
        return [
            {
                **({"keys": list(row[:wide])} if wide else {}),
                "clicks": int(row[wide]), "impressions": int(row[wide + 1]),
                "ctr": row[wide] / row[wide + 1], "position": row[wide + 2],
            }
            for row in found
        ]  # fmt: skip


TABLES = {
    "searches": """search::bigint as search, day::date as day, query::varchar as query, times::bigint as times,
        country::varchar as country, device::varchar as device, appearance::varchar as appearance,
        type::varchar as type, hidden::boolean as hidden, late::boolean as late""",
    "shown": "search::bigint as search, page::varchar as page, position::double as position, clicks::bigint as clicks",
}


def all_filters(asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The filters of a query, whatever group they stand in."""
    return [each for group in asked.get("dimensionFilterGroups", ()) for each in group.get("filters", ())]


def grouped_by_page(asked: Mapping[str, Any]) -> bool:
    """Whether pages are counted, rather than searches."""
    by = {*asked["dimensions"], *(each["dimension"] for each in all_filters(asked))}
    return asked["aggregationType"] == "byPage" or (asked["aggregationType"] == "auto" and "page" in by)


def _filters(asked: Mapping[str, Any]) -> list[str]:
    shapes = {
        "equals": "{0} = {1}", "notEquals": "{0} <> {1}", "contains": "contains(lower({0}), lower({1}))",
        "notContains": "not contains(lower({0}), lower({1}))", "includingRegex": "regexp_matches({0}, {1})",
        "excludingRegex": "not regexp_matches({0}, {1})",
    }  # fmt: skip
    return [
        shapes[each.get("operator", "equals")].format(
            DIMENSIONS[each["dimension"]], "'" + each["expression"].replace("'", "''") + "'"
        )
        for each in all_filters(asked)
    ]


def searches_of(told: Iterable[Search], now: datetime, **settings) -> SearchSite:
    """The property of some searches, told one by one."""
    searches = list(told)
    keys = [key for key in Search.__slots__ if key != "shown"]
    rows = [{"search": n, **{key: getattr(each, key) for key in keys}} for n, each in enumerate(searches)]
    shown = [
        {"search": n, "page": page.page, "position": page.position, "clicks": page.clicks}
        for n, each in enumerate(searches)
        for page in each.shown
    ]
    return SearchSite(
        pd.DataFrame(rows, columns=["search", *keys]),
        pd.DataFrame(shown, columns=["search", "page", "position", "clicks"]),
        now,
        **settings,
    )


# How often each is searched on a day, and where the site stands then.
QUERIES = {
    "la bruissiere": (30, 1.1), "la bruissière": (17, 1.0), "bruissiere orvaine": (9, 1.2),
    "concert orvaine": (14, 6.0), "exposition orvaine": (11, 4.5), "sortie en famille": (25, 14.0),
    "café orvaine": (8, 9.0), "musée près de moi": (12, 18.0), "atelier enfant": (9, 11.0),
    "festival des lucioles": (6, 2.2),
}  # fmt: skip
SITE_PAGES = ("", "agenda/", "billetterie/", "expositions/", "cafe/", "ateliers/", "festival-des-lucioles/")
COUNTRIES = (("fra", 88), ("bel", 4), ("can", 3), ("che", 3), ("usa", 2))
DEVICES = (("MOBILE", 66), ("DESKTOP", 31), ("TABLET", 3))


def searched(last: date, days: int = 60, seed: int = 1, rare: float = 0.35, **settings) -> SearchSite:
    """An invented property of so many days; the share `rare` of all searches is by queries that nobody else makes."""
    rng = np.random.default_rng(seed)
    weights = np.array([weight for weight, _ in QUERIES.values()], float)
    expected = np.append(weights * (1 - rare), weights.sum() * rare)
    counts = rng.poisson(expected[:, None], (len(expected), days))
    return drawn(last - timedelta(days - 1), tuple(QUERIES.items()), counts, rng, **settings)


def drawn(
    first: date,
    queries: Sequence[tuple[str, tuple[float, float]]],
    counts: np.ndarray,
    rng: np.random.Generator,
    pages: Sequence[str] = SITE_PAGES,
    now: datetime | None = None,
    host: str = "https://www.labruissiere.example/",
    **settings,
) -> SearchSite:
    """The property of so many searches by query and day; the last row of `counts` is of queries that are hidden."""
    kinds, days = (np.repeat(each, counts.ravel()) for each in np.indices(counts.shape).reshape(2, -1))
    number, rare = len(kinds), kinds == len(queries)
    names = np.array([query for query, _ in queries] + [""], object)[kinds]
    names[rare] = [f"{word} {n}" for n, word in enumerate(rng.choice(["billets", "tarif", "plan"], rare.sum()))]
    places = np.array([place for _, (_, place) in queries] + [7.0])[kinds]
    position = np.maximum(1, np.round(places * rng.lognormal(0, 0.25, number)))
    clicked = rng.random(number) < 0.42 / position**0.8
    main = (kinds * 3 + 1) % len(pages)
    second = rng.random(number) < 0.2  # the site is shown twice, with another page further down
    searches = pd.DataFrame(
        {
            "search": np.arange(number), "day": np.datetime64(first) + days, "query": names, "times": 1,
            "country": rng.choice([c for c, _ in COUNTRIES], number, p=np.array([w for _, w in COUNTRIES]) / 100),
            "device": rng.choice([d for d, _ in DEVICES], number, p=np.array([w for _, w in DEVICES]) / 100),
            "appearance": np.where(rng.random(number) < 0.05, "VIDEO", ""), "type": "web", "hidden": rare,
            "late": rng.random(number) < LATE,
        }
    )  # fmt: skip
    urls = np.array([host + page for page in pages], object)
    shown = pd.concat(
        [
            pd.DataFrame(
                {"search": np.arange(number), "page": urls[main], "position": position, "clicks": clicked.astype(int)}
            ),
            pd.DataFrame(
                {
                    "search": np.flatnonzero(second), "page": urls[(main[second] + 1) % len(pages)],
                    "position": position[second] + 1, "clicks": 0,
                }
            ),
        ]
    )  # fmt: skip
    end = first + timedelta(counts.shape[1])
    made = now or datetime(end.year, end.month, end.day, 12, tzinfo=PACIFIC)
    return SearchSite(searches, shown, made, **settings)
