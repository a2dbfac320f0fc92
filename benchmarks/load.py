"""How fast a long export is loaded, and in how much memory, beside what others take to read the same file.

    .venv/bin/python -m benchmarks.load [--forms chart posts] [--megabytes 50 100 200] [--times 3] [--dlt PYTHON]

The files are invented. `chart` is in the form of YouTube's: a day, a video, its title and its views on each row, which
repeat themselves. `posts` is in that of X: an id, a date, a text in quotation marks, an address and thirteen counts, so
that hardly a text is met twice. Vigie recognises the file, reads and types every cell, keeps the origin of each row
and its problems, and works out what is known. DuckDB alone copies it into a table with read_csv; pandas reads it and
hands it to DuckDB; dlt loads it from the file system into DuckDB. Each runs in a process of its own, several `--times`
in turn, of which the best counts. dlt needs other versions of some libraries than ours: install
benchmarks/requirements.txt into an environment of its own and name its PYTHON, or it is left out.

Beside the seconds stand those of a processor, which say more where other programs run. Aims: within three times of
DuckDB alone, five times as fast as dlt, and no memory that grows with the file.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

FIRST = date(2020, 1, 1)
VIDEOS = 4_000
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
WITHIN, FASTER = 3.0, 5.0
X_EPOCH_MS = 1288834974657
WORDS = "house of lamps light evening open doors workshop visit the and a new season garden night glass".split()
POST = (
    "Post id,Date,Post text,Link,Impressions,Likes,Engagements,Bookmarks,Share,New follows,Replies,Reposts,"
    "Profile visits,Detail expands,Url clicks,Hashtag clicks,Permalink clicks\n"
)
RATES = (0.001, 0.05, 0.02, 0.5, 1, 2, 0.3, 0.3, 0.2, 0.05, 0.1, 1, 1)


def make_chart(path: Path, megabytes: int) -> int:
    """Writes a chart of at least so many megabytes; gives its number of rows."""
    chance = random.Random(2026)
    videos = [("".join(chance.choices(LETTERS, k=11)), f"Visit {n} of the house of lamps") for n in range(VIDEOS)]
    day, rows = FIRST, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Date,Content,Video title,Views\n")
        while file.tell() < megabytes * 10**6:
            file.writelines(f"{day},{key},{title},{int(chance.expovariate(0.02))}\n" for key, title in videos)
            day, rows = day + timedelta(days=1), rows + VIDEOS
    return rows


def make_posts(path: Path, megabytes: int) -> int:
    """Writes a list of posts of at least so many megabytes; gives its number of rows."""
    chance, moment, rows = random.Random(2026), datetime(2020, 1, 1, tzinfo=UTC), 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(POST)
        while file.tell() < megabytes * 10**6:
            for _ in range(1_000):
                moment += timedelta(seconds=chance.randrange(60, 400))
                key = (int(moment.timestamp() * 1000) - X_EPOCH_MS << 22) + chance.randrange(1 << 22)
                text, counts = " ".join(chance.choices(WORDS, k=30)), (int(chance.expovariate(r)) for r in RATES)
                link = f"https://x.com/maisonlumen/status/{key}"
                file.write(f'{key},"{moment:%a, %b %d, %Y}","{text}",{link},{",".join(map(str, counts))}\n')
            rows += 1_000
    return rows


FORMS = {"chart": ("Chart data.csv", make_chart), "posts": ("account_analytics_content.csv", make_posts)}


ACCOUNTS = {"Chart data.csv": "youtube:lumen", "account_analytics_content.csv": None}  # posts name theirs


def vigie(path: Path, folder: Path) -> None:
    """The whole way of a file through Vigie, as the command line takes it."""
    from connectors.reading import examine
    from data.model import Answers
    from data.store import create_brand

    os.environ["VIGIE_DATA"] = str(folder)
    store = create_brand("Maison Lumen")
    examined = examine(path.name, path, Answers(ACCOUNTS[path.name], datetime(2026, 11, 1)))
    loaded = store.add_export(examined.export, examined.findings("Europe/Paris"))
    assert loaded.problems == 0
    print(loaded.statements)


def duckdb_alone(path: Path, folder: Path) -> None:
    """DuckDB's own reader into a table."""
    import duckdb

    with duckdb.connect(str(folder / "alone.duckdb")) as connection:
        connection.execute("create table rows as from read_csv(?)", [str(path)])
        print(connection.execute("select count(*) from rows").fetchall()[0][0])


def pandas_to_duckdb(path: Path, folder: Path) -> None:
    """pandas reads, DuckDB keeps."""
    import duckdb
    import pandas as pd

    rows = pd.read_csv(path, parse_dates=["Date"])
    with duckdb.connect(str(folder / "pandas.duckdb")) as connection:
        connection.register("incoming", rows)
        connection.execute("create table rows as from incoming")
        print(connection.execute("select count(*) from rows").fetchall()[0][0])


def dlt(path: Path, folder: Path) -> None:
    """dlt from the file system to DuckDB, with its own reader of CSV files."""
    import dlt as tool  # pyright: ignore[reportMissingImports]
    from dlt.sources.filesystem import filesystem, read_csv  # pyright: ignore[reportMissingImports]

    files = filesystem(bucket_url=path.parent.as_uri(), file_glob=path.name)
    there = tool.destinations.duckdb(str(folder / "dlt.duckdb"))
    pipeline = tool.pipeline("load", destination=there, dataset_name="export", pipelines_dir=str(folder / "dlt"))
    pipeline.run((files | read_csv()).with_name("rows"))
    with pipeline.sql_client() as client:
        print((client.execute_sql("select count(*) from rows") or [[None]])[0][0])


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "vigie": vigie, "duckdb": duckdb_alone, "pandas": pandas_to_duckdb, "dlt": dlt,
}  # fmt: skip


Taken = tuple[int, float, float, float]  # rows, seconds, seconds of a processor, peak megabytes


def run(way: str, python: str, path: Path) -> Taken | None:
    """What a way takes in a process of its own; None where its library is missing."""
    with TemporaryDirectory() as folder:
        command = [python, "-m", "benchmarks.load", "--one", way, str(path), folder]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        raise RuntimeError(f"{way} failed:\n{done.stderr[-2000:]}")
    rows, seconds, processor, peak = done.stdout.split()[-4:]
    return int(rows), float(seconds), float(processor), float(peak)


def best(found: list[Taken | None]) -> Taken | None:
    """The least of each number."""
    taken = [one for one in found if one]
    return (taken[0][0], *(min(numbers) for numbers in list(zip(*taken, strict=True))[1:])) if taken else None  # pyright: ignore[reportReturnType]


def one(way: str, path: Path, folder: Path) -> None:
    """Loads a file in one way, and prints the rows, the seconds and the peak of the memory of its own."""
    import resource  # not on Windows

    start = perf_counter()
    WAYS[way](path, folder)
    seconds, own = perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    print(seconds, processor, own.ru_maxrss / 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=list(FORMS))
    parser.add_argument("--megabytes", type=int, nargs="+", default=[50, 100, 200])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS), help="beside DuckDB alone")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--dlt", default=sys.executable, metavar="PYTHON", help="the Python that has dlt")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], Path(asked.one[1]), Path(asked.one[2]))
        return
    heads = f"{'seconds':>9}{'of DuckDB':>11}{'processor':>11}{'of DuckDB':>11}{'peak MB':>9}"
    print(f"{'':6}{'MB':>5}{'rows':>12}  {'':8}{heads}")
    for form in asked.forms:
        for megabytes in asked.megabytes:
            measure(form, megabytes, list(dict.fromkeys(("duckdb", *asked.ways))), asked.times, asked.dlt)
    print(
        f"\nAims: at most {WITHIN:.0f} times DuckDB alone, {FASTER:.0f} times as fast as dlt, "
        "and the same peak for every size."
    )


def measure(form: str, megabytes: int, ways: list[str], times: int, dlt_python: str) -> None:
    """Prints what each way takes for a file of a form."""
    name, make = FORMS[form]
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        rows = make(path, megabytes)
        found: dict[str, list[Taken | None]] = {way: [] for way in ways}
        for _ in range(times):
            for way in ways:
                found[way].append(run(way, dlt_python if way == "dlt" else sys.executable, path))
    alone = best(found["duckdb"])
    assert alone
    for way in ways:
        start = f"{form:6}{megabytes:5}{rows:12,}  {way:8}"
        taken = best(found[way])
        if taken is None:
            print(f"{start}  is not installed")
            continue
        loaded, seconds, processor, peak = taken
        assert loaded == rows, "every way loads every row"
        ratios = seconds / alone[1], processor / alone[2]
        print(f"{start}{seconds:9.1f}{ratios[0]:11.1f}{processor:11.1f}{ratios[1]:11.1f}{peak:9.0f}", flush=True)


if __name__ == "__main__":
    main()
