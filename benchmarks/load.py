"""How fast a long export is loaded, and in how much memory, beside what others take to read the same file.

    .venv/bin/python -m benchmarks.load [--megabytes 50 100 200] [--dlt PYTHON]

The file is an invented one in the form of YouTube's chart: a day, a video, its title and its views on each row.
Vigie recognises it, reads and types every cell, keeps the origin of each row and its problems, and works out what is
known. DuckDB alone copies it into a table with read_csv; pandas reads it and hands it to DuckDB; dlt loads it from the
file system into DuckDB. Each runs in a process of its own. dlt needs other versions of some libraries than ours:
install benchmarks/requirements.txt into an environment of its own and name its PYTHON, or it is left out.

Aims: within three times of DuckDB alone, five times as fast as dlt, and no memory that grows with the file.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

FIRST = date(2020, 1, 1)
VIDEOS = 4_000
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
WITHIN, FASTER = 3.0, 5.0


def make(path: Path, megabytes: int) -> int:
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


def vigie(path: Path, folder: Path) -> None:
    """The whole way of a file through Vigie, as the command line takes it."""
    from connectors.reading import examine
    from data.model import Answers
    from data.store import create_brand

    os.environ["VIGIE_DATA"] = str(folder)
    store = create_brand("Maison Lumen")
    examined = examine(path.name, path, Answers("youtube:lumen", datetime(2026, 11, 1)))
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


def run(way: str, python: str, path: Path) -> tuple[int, float, float] | None:
    """Rows, seconds and peak megabytes of a way in a process of its own; None where its library is missing."""
    with TemporaryDirectory() as folder:
        command = [python, "-m", "benchmarks.load", "--one", way, str(path), folder]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        raise RuntimeError(f"{way} failed:\n{done.stderr[-2000:]}")
    rows, seconds, peak = done.stdout.split()[-3:]
    return int(rows), float(seconds), float(peak)


def one(way: str, path: Path, folder: Path) -> None:
    """Loads a file in one way, and prints the rows, the seconds and the peak of the memory of its own."""
    import resource  # not on Windows

    start = perf_counter()
    WAYS[way](path, folder)
    print(perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[50, 100, 200])
    parser.add_argument("--dlt", default=sys.executable, metavar="PYTHON", help="the Python that has dlt")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], Path(asked.one[1]), Path(asked.one[2]))
        return
    print(f"{'MB':>5}{'rows':>12}  {'':8}{'seconds':>9}{'rows/s':>12}{'of DuckDB':>11}{'peak MB':>9}")
    for megabytes in asked.megabytes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "Chart data.csv"
            rows = make(path, megabytes)
            found = {way: run(way, asked.dlt if way == "dlt" else sys.executable, path) for way in WAYS}
        assert all(taken is None or taken[0] == rows for taken in found.values()), "every way loads every row"
        alone = found["duckdb"]
        for way, taken in found.items():
            if taken is None or alone is None:
                print(f"{megabytes:5}{rows:12,}  {way:8}  is not installed")
                continue
            _, seconds, peak = taken
            ratio = seconds / alone[1]
            print(f"{megabytes:5}{rows:12,}  {way:8}{seconds:9.1f}{rows / seconds:12,.0f}{ratio:11.1f}{peak:9.0f}")
    print(
        f"\nAims: at most {WITHIN:.0f} times DuckDB alone, {FASTER:.0f} times as fast as dlt, "
        "and the same peak for every size."
    )


if __name__ == "__main__":
    main()
