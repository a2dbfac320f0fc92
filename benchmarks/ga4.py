"""How fast answers of Google Analytics are decoded and fetched, beside the ways of others.

    .venv/bin/python -m benchmarks.ga4 [--rows 250000] [--years 2]

**Decoding.** A page of 250,000 rows, of 5 dimensions and 10 metrics, from the bytes that came into a table of
DuckDB. Google's sample loop takes the rows of its client one by one into dictionaries; dlt's google_analytics and
Meltano's tap do the same. These two are left out: dlt's is copied from a repository and Meltano's installed from
one, and neither is a version to be named here. The whole way through Vigie, from the answer to what is known, is
told beside it, for a report that it asks. Each way runs in a process of its own; memory is what it takes beyond the
bytes of the page.

**Fetching.** Two years of a property whose answers take 3 seconds; here they take a twentieth of that, so that both
runs end within minutes, while the work of both sides takes its full time. One question at a time, and as many as
Vigie asks.

**A night.** The tokens that the sync of the next day costs for the demo's property.

Aims: twenty times the sample loop, under 250 MB, under 60 tokens.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

FIRST = date(2026, 10, 1)
DIMENSIONS = ("date", "sessionDefaultChannelGroup", "sessionSource", "sessionMedium", "sessionCampaignName")
ASKED = (
    "sessions", "engagedSessions", "userEngagementDuration", "screenPageViews", "eventCount", "keyEvents",
    "totalRevenue",
)  # fmt: skip
METRICS = (*ASKED, "newUsers", "totalUsers", "activeUsers")
FRACTIONS = {"userEngagementDuration": 4, "keyEvents": 2, "totalRevenue": 9}  # MetricType; the others are whole
FASTER, MEGABYTES, TOKENS = 20, 250, 60
THINKS, SCALE = 3.0, 20  # seconds of an answer, and how much sooner it comes here
PARIS = ZoneInfo("Europe/Paris")


def page(rows: int, metrics: Sequence[str]) -> bytes:
    """An answer of so many rows, ordered as it was asked for: all days of a month, and their sources."""
    from google.analytics.data_v1beta import types

    answer = types.RunReportResponse.pb()()
    for name in DIMENSIONS:
        answer.dimension_headers.add(name=name)
    for name in metrics:
        answer.metric_headers.add(name=name, type_=FRACTIONS.get(name, 1))
    channels = ("Direct", "Email", "Organic Search", "Organic Social", "Referral")
    for n in range(rows):
        row = answer.rows.add()
        day, rest = divmod(n, -(-rows // 31))
        channel, rest = divmod(rest, -(-rows // 155))
        named = f"source-{rest:05}.example", "referral" if rest % 3 else "organic", f"campaign n° {rest % 97}"
        for value in (f"{FIRST + timedelta(day):%Y%m%d}", channels[channel], *named):
            row.dimension_values.add(value=value)
        for place, name in enumerate(metrics):
            count = n * (place + 3) % 4_999
            row.metric_values.add(value=f"{count / 8:.15g}" if name in FRACTIONS else str(count))
    answer.row_count = rows
    answer.metadata.currency_code, answer.metadata.time_zone = "EUR", "Europe/Paris"
    return answer.SerializeToString()


def sample_loop(content: bytes, folder: Path) -> Callable[[], int]:
    """The rows of Google's client, one by one, into dictionaries, a frame and DuckDB."""
    import duckdb
    import pandas as pd
    from google.analytics.data_v1beta.types import RunReportResponse

    def run() -> int:
        response = RunReportResponse.deserialize(content)
        dimensions = [header.name for header in response.dimension_headers]
        metrics = [header.name for header in response.metric_headers]
        rows = []
        for row in response.rows:
            told = {name: value.value for name, value in zip(dimensions, row.dimension_values, strict=True)}
            for name, value in zip(metrics, row.metric_values, strict=True):
                told[name] = float(value.value) if name in FRACTIONS else int(value.value)
            rows.append(told)
        return _inserted(duckdb.connect(str(folder / "sample.duckdb")), pd.DataFrame(rows))

    return run


def vigie(content: bytes, folder: Path) -> Callable[[], int]:
    """Vigie's decoder into DuckDB."""
    import duckdb

    from connectors.ga4.decode import decoded

    return lambda: _inserted(duckdb.connect(str(folder / "vigie.duckdb")), decoded(content).table)


def whole_way(content: bytes, folder: Path) -> Callable[[], int]:
    """The answer to a report of Vigie's, kept as an export: read, checked, believed, published."""
    from connectors.ga4.answers import Asked, Part, packed
    from connectors.reading import examine
    from data.model import Answers, Window
    from data.store import create_brand

    os.environ["VIGIE_DATA"] = str(folder)
    month = Window(FIRST, FIRST + timedelta(30))
    asked = Asked(
        "42", datetime(2026, 11, 28, 12, tzinfo=PARIS), date(2026, 11, 28), "Europe/Paris", date(2026, 11, 26), FIRST,
        (Part("source_day", (month,), digests={}, tells=month),),
    )  # fmt: skip
    export = packed(asked, {0: [content]})
    store = create_brand("La Bruissière")

    def run() -> int:
        one = examine(asked.title, export, Answers(account="ga4:42"))
        return store.add_export(one.export, one.findings("Europe/Paris")).statements

    return run


def _inserted(connection, rows) -> int:
    with connection:
        connection.register("incoming", rows)
        connection.execute("create or replace table rows as from incoming")
        return connection.execute("select count(*) from rows").fetchall()[0][0]


WAYS: dict[str, tuple[Callable[[bytes, Path], Callable[[], int]], Sequence[str]]] = {
    "Google's sample loop": (sample_loop, METRICS),
    "Vigie": (vigie, METRICS),
    "Vigie, the whole way": (whole_way, ASKED),
}


def measured(way: str, path: Path) -> None:
    """Runs one way and prints its rows, the seconds it takes, of the processor too, and the megabytes.

    A short page goes before, so that what is imported once is not counted.
    """
    with TemporaryDirectory() as folder, TemporaryDirectory() as before_it:
        make, metrics = WAYS[way]
        make(page(1_000, metrics), Path(before_it))()
        run = make(path.read_bytes(), Path(folder))
        before, _ = _memory(), Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        began, worked = perf_counter(), process_time()
        rows = run()
        print(rows, perf_counter() - began, process_time() - worked, _memory("VmHWM") - before)


def _memory(what: str = "VmRSS") -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(what))


def decode(rows: int) -> None:
    """All ways, each in a process of its own."""
    print(
        f"A page of {rows:,} rows, {len(DIMENSIONS)} dimensions, into DuckDB; the best of three runs, the loop's of one"
    )
    sample = None
    with TemporaryDirectory() as folder:
        for way, (_, metrics) in WAYS.items():
            path = Path(folder) / f"{len(metrics)}.pb"
            if not path.exists():
                path.write_bytes(page(rows, metrics))
            runs = []
            for _ in range(1 if way == next(iter(WAYS)) else 3):
                command = [sys.executable, "-m", "benchmarks.ga4", "--way", way, "--page", str(path)]
                told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
                runs.append([float(each) for each in told])
            number, seconds, worked, megabytes = min(runs, key=lambda run: run[2])
            assert number == rows
            sample = sample or worked
            print(
                f"  {way:22} {len(metrics):2} metrics  {seconds:6.2f} s  {worked:6.2f} CPU s  {rows / worked:10,.0f} "
                f"rows/CPU s  {sample / worked:5.1f}x  {megabytes:6.0f} MB"
            )
    print(f"  Aims: {FASTER}x, {MEGABYTES} MB. dlt and Meltano's tap are left out: each is got from a repository.")


def fetch(years: int) -> None:
    """Some years of a property, by one question at a time and by as many as Vigie asks."""
    from connectors.services.pace import AT_ONCE
    from loopback.ga4_browsing import made_up
    from loopback.ga4_query import Conditions

    site = made_up(date.today(), days=366 * years, a_day=15)
    since = date.today() - timedelta(365 * years)
    slow = Conditions(latency=THINKS / SCALE)
    print(f"{years} years of a property whose answers take {THINKS:g} s, told here {SCALE} times sooner")
    first = None
    for at_once in (1, AT_ONCE):
        seconds, questions, _ = synced(site, at_once, since, slow)
        first = first or seconds
        print(
            f"  {at_once} at a time  {questions} questions  {seconds:6.1f} s  {first / seconds:4.1f}x   "
            f"at {THINKS:g} s each, waiting alone: {questions * THINKS / at_once / 60:.0f} min"
        )


def night() -> None:
    """The tokens of the night after a first sync of the demo's property."""
    from loopback.brand import brand_site

    now = datetime.now(PARIS)
    _, _, tokens = synced(brand_site(now), 3, now.date() - timedelta(100), None, nights=1)
    print(f"The sync of the next day of the demo's property: {tokens} tokens. Aim: under {TOKENS}.")


def synced(site, at_once: int, since: date, conditions, nights: int = 0) -> tuple[float, int, int]:
    """The seconds, the questions and the tokens of a sync into a brand of its own: of the last, if nights follow."""
    from connectors.ga4.answers import asked_of
    from connectors.ga4.client import Client
    from connectors.ga4.credentials import ANALYTICS
    from connectors.ga4.limits import Pace
    from connectors.ga4.sync import sync
    from connectors.reading import examine
    from data.model import Answers
    from data.store import create_brand
    from loopback.ga4 import serve

    with TemporaryDirectory() as folder, serve(site, conditions=conditions) as served:
        os.environ |= {"VIGIE_DATA": folder, ANALYTICS.endpoint: served.address}
        store = create_brand("La Bruissière")

        def keep(name: str, content: bytes) -> None:
            one = examine(name, content, Answers(account="ga4:1"))
            store.add_export(one.export, one.findings("Europe/Paris"))

        seconds, tokens, asked = 0.0, 0, 0
        for _ in range(nights + 1):
            kept = [one for info in store.exports() if (one := asked_of(store.content(info.id), info.name))]
            began, before, asked = perf_counter(), served.quota.spent, len(served.calls)
            client = Client(site.number, None, Pace(at_once))
            outcome = sync(client, kept, keep, now=lambda: served.now, since=since)
            assert outcome.paused is None and not outcome.failed
            client.close()
            seconds, tokens, asked = perf_counter() - began, served.quota.spent - before, len(served.calls) - asked
            served.now += timedelta(days=1)
    return seconds, asked, tokens


def main() -> None:
    """Measures everything in one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=250_000)
    parser.add_argument("--years", type=int, default=2)
    parser.add_argument("--way", choices=tuple(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--page", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.way:
        measured(args.way, args.page)
    else:
        decode(args.rows)
        fetch(args.years)
        night()


if __name__ == "__main__":
    main()
