"""Writers are killed at random while readers look for faults; VIGIE_STRESS=60 goes on for 60 seconds."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from statements import export, of_day, one, rows
from stress import read_again

from data.known import LEDGER
from data.store import Store

SECONDS = float(os.environ.get("VIGIE_STRESS", "6"))
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)])}


def reader(store: Store) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "stress.py"), "read", str(store.folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=ENVIRONMENT, stdin=pipe, stdout=pipe, text=True)


class Writer:
    """A process that writes, and says in a file what it will do and has done."""

    def __init__(self, store: Store, name: str, said: Path) -> None:
        command = [sys.executable, str(HERE / "stress.py"), "write", str(store.folder), name]
        self.said = said / name
        with open(self.said, "w") as file:
            self.process = subprocess.Popen(command, env=ENVIRONMENT, stdout=file, stderr=file)

    def kill(self, changes: int, after: float) -> list[str]:
        """Kills it some seconds after so many changes, and gives all that it said."""
        while self.said.read_text().count("ok") < changes and self.process.poll() is None:
            time.sleep(0.01)
        time.sleep(after)
        assert self.process.poll() is None, self.said.read_text()
        self.process.kill()
        self.process.wait()
        return self.said.read_text().splitlines()


def test_killed_writers_lose_nothing_that_was_done_and_show_nothing_that_was_not(store: Store, tmp_path: Path):
    draw = random.Random(5)
    said: list[list[str]] = []
    readers = [reader(store) for _ in range(2)]
    writers = {name: Writer(store, f"{name} 0", tmp_path) for name in ("A", "B")}
    try:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            name = draw.choice("AB")
            said.append(writers[name].kill(draw.randrange(3), draw.uniform(0, 0.5)))
            writers[name] = Writer(store, f"{name} {len(said)}", tmp_path)
        said += [writer.kill(1, 0.1) for writer in writers.values()]
        seen = [json.loads(reader.communicate("")[0]) for reader in readers]
    finally:
        for process in (*readers, *(writer.process for writer in writers.values())):
            process.kill()
            process.wait()

    assert [one["faults"] for one in seen] == [[], []]
    assert all(one["checks"] > 0 for one in seen)
    there = {info.id for info in store.exports()}
    done = 0
    for lines in said:
        words = [word for line in lines for word in line.split()]
        to_forget = {word[1:] for word in words if word.startswith("-")}  # the last may still be there
        for change in (change for change, answer in pairwise(lines) if answer == "ok"):
            done += 1
            assert {word[1:] for word in change.split() if word.startswith("+")} - to_forget <= there
            assert not {word[1:] for word in change.split() if word.startswith("-")} & there
    assert done > 0
    assert store.check() == []
    before = everything(store)
    store.rebuild(read_again)
    assert everything(store) == before
    assert not list(store.folder.glob(".build-*"))


def everything(store: Store) -> list[list[tuple]]:
    return [rows(store, f"from {table} order by all") for table in LEDGER]


FILL = """
import resource, sys
from pathlib import Path
from statements import export, post
from data.model import UserError
from data.store import Store

store = Store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    store.add_export(export("too large"), (post(str(n), text=f"{n * 7919:040}" * 5) for n in range(30_000)))
except UserError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a file")
@pytest.mark.parametrize("room", [100_000, 600_000, 900_000])
def test_a_full_disk_is_told_to_the_user_and_changes_nothing(store: Store, room: int):
    store.add_export(export("small"), [of_day(followers=3)])
    filled = subprocess.run(
        [sys.executable, "-c", FILL, str(store.folder), str(room)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert filled.stdout.startswith("The disk is full. Nothing was changed"), filled
    assert [info.name for info in store.exports()] == ["small"]
    assert one(store, "select followers from account_days") == 3
    assert store.check() == []
    kept = [path.name for path in (store.folder / "exports").rglob("*") if path.is_file()]
    assert kept == [export("small").id]
    assert not list(store.folder.glob(".build-*"))
