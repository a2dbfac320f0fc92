"""How long the weekly report takes, and how much memory, form by form, beside a browser that prints the same page.

    VIGIE_BROWSER=/usr/bin/chromium .venv/bin/python -m benchmarks.report [--times 3] [--brands FOLDER]

The demo is made first, with its two years, unless FOLDER holds it already. `reading` asks metrics for all that the
report says; then each form is drawn from that, `mail` with its chart and the PDF within. `all` is the whole way in one
process, as `report build` and an e-mail take it. `browser` is a headless Chrome or Chromium that prints the HTML file
to PDF; without one it is left out. Each runs in a process of its own, several `--times` in turn, of which the best
counts: seconds of the work itself, which for the browser is all of its life, and the peak of the memory, imports
included; of the browser that of the largest of its processes.

Aim: the PDF within a second beyond the reading.
"""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

DAY = date(2026, 11, 20)  # the demo ends on the Sunday before
WEEK = "2026-W46"
SECONDS = 1.0
FORMS = ("pdf", "html", "pptx", "xlsx", "mail")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def make_demo() -> None:
    """The demo in the folder of brands, with what is stated of it."""
    from connectors.reading import examine
    from data import demo
    from data.store import create_brand

    store = create_brand(demo.BRAND_NAME, demo.ZONE, slug=demo.SLUG)
    told = [examine(export.name, export.content, export.answers) for export in demo.generate(DAY)]
    store.add_exports((one.export, one.findings(demo.ZONE)) for one in told)
    store.state_objectives(demo.objectives(DAY))
    store.state_campaigns(demo.campaigns(DAY))


def drawing(form: str) -> Callable[..., bytes]:
    """What makes a form of a report."""
    from reports import forms, mail

    if form == "mail":
        return lambda made: mail.mail(
            made, "vigie@example.org", ["board@example.org"], datetime(2026, 11, 16)
        ).as_bytes()
    return forms.FORMS[form]


def reading(week: str) -> Callable[[], object]:
    """What asks for all that the report of a week says."""
    from data import demo
    from data.store import open_brand
    from reports.build import report
    from reports.given import Asked, given, week_of

    def read() -> object:
        store = open_brand(demo.SLUG)
        with store.read() as cursor:
            return report(cursor, given(store), Asked(week_of(week), "fr"))

    return read


def printing(browser: str, folder: Path) -> Callable[[], bytes]:
    """A browser that prints the page to a file."""

    def printed() -> bytes:
        path = folder / "browser.pdf"
        command = [browser, *FLAGS, f"--print-to-pdf={path}", (folder / "report.html").as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return path.read_bytes()

    return printed


def one(part: str, week: str, folder: Path) -> None:
    """Does one part, keeps what comes of it, and prints seconds, peak and bytes."""
    import resource  # not on Windows

    kept = folder / "model"
    if part in ("reading", "all"):
        read, draw = reading(week), [drawing(form) for form in FORMS if part == "all"]
        start = perf_counter()
        made = read()
        for form in draw:
            form(made)
        seconds, content = perf_counter() - start, pickle.dumps(made)
        if part == "reading":
            kept.write_bytes(content)
    elif part == "demo":
        start = perf_counter()
        make_demo()
        content, seconds = b"", perf_counter() - start
    elif part == "browser":
        work = printing(os.environ["VIGIE_BROWSER"], folder)
        start = perf_counter()
        content, seconds = work(), perf_counter() - start
    else:
        made, draw = pickle.loads(kept.read_bytes()), drawing(part)
        start = perf_counter()
        content, seconds = draw(made), perf_counter() - start
        (folder / f"report.{part}").write_bytes(content)
    whose = resource.RUSAGE_CHILDREN if part == "browser" else resource.RUSAGE_SELF
    print(seconds, resource.getrusage(whose).ru_maxrss / 1000, len(content))


def run(part: str, week: str, folder: Path) -> tuple[float, float, float]:
    """What a part takes in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.report", "--week", week, "--one", part, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{part} failed:\n{done.stderr[-2000:]}")
    seconds, peak, size = map(float, done.stdout.split()[-3:])
    return seconds, peak, size


def measure(week: str, times: int, folder: Path) -> float:
    """Prints what each part takes; gives the seconds of the PDF."""
    parts = ["reading", *FORMS, "all", *(["browser"] if os.environ.get("VIGIE_BROWSER") else [])]
    found: dict[str, list[tuple[float, float, float]]] = {part: [] for part in parts}
    for _ in range(times):
        for part in parts:
            found[part].append(run(part, week, folder))
    print(f"{'':8}{'seconds':>9}{'peak MB':>9}{'KB':>7}")
    for part, taken in found.items():
        seconds, peak, size = (min(numbers) for numbers in zip(*taken, strict=True))
        written = f"{size / 1000:7.0f}" if part in (*FORMS, "browser") else ""
        print(f"{part:8}{seconds:9.2f}{peak:9.0f}{written}")
    if "browser" not in parts:
        print("No VIGIE_BROWSER is named: none prints.")
    return min(seconds for seconds, _, _ in found["pdf"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--week", default=WEEK)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--brands", type=Path, help="a folder of brands that holds the demo")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], asked.week, Path(asked.one[1]))
        return
    with TemporaryDirectory() as folder:
        os.environ["VIGIE_DATA"] = str(asked.brands or Path(folder) / "brands")
        if not asked.brands:
            seconds, _, _ = run("demo", asked.week, Path(folder))  # a process begins with the peak of its parent
            print(f"The demo, two years: made in {seconds:.0f} s\n")
        seconds = measure(asked.week, asked.times, Path(folder))
    print(f"\nAim: the PDF within {SECONDS:.0f} s beyond the reading: {'met' if seconds <= SECONDS else 'missed'}.")


if __name__ == "__main__":
    main()
