"""A writer to be killed and a reader that looks for faults, each a process of its own: see test_kills.py.

python stress.py write FOLDER NAME    changes the warehouse without end, and says what it will do and has done
python stress.py read FOLDER          checks the warehouse until its input ends, then says as JSON what it saw
"""

from __future__ import annotations

import itertools
import json
import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from statements import export, made, of_day, post, web

from data.model import Export, Statement, UserError
from data.store import Store


def read_again(one: Export) -> tuple[Export, Iterator[Statement]]:
    """What an export states is drawn from its name, so that a rebuild reads the same."""
    return one, statements(one.name)


def statements(name: str) -> Iterator[Statement]:
    draw = random.Random(name)
    for row in range(draw.randrange(1, 400)):
        yield post(str(draw.randrange(300)), row=row, views=row, others={"Taps": row})
        yield of_day(draw.randrange(60), row=row, followers=row)
        yield web(draw.choice(["site", "channel"]), draw.randrange(60), row=row, users=row)


def new_export(name: str) -> Export:
    return export(name, made(random.Random(name).randrange(20)))


def write(folder: Path, name: str) -> None:
    """Adds, forgets and rebuilds at random; a line `+id` or `-id` before each change, and `ok` after it."""
    store, draw, mine = Store(folder, wait=60), random.Random(name), []
    for n in itertools.count():
        act = draw.random()
        if act < 0.25 and mine:
            gone = mine.pop(draw.randrange(len(mine)))
            print(f"-{gone}", flush=True)
            store.forget_export(gone)
        elif act < 0.35:
            print("rebuild", flush=True)
            store.rebuild(read_again)
        else:
            new = [new_export(f"{name} {n} {part}") for part in range(draw.randrange(1, 4))]
            print(*(f"+{one.id}" for one in new), flush=True)
            store.add_exports(map(read_again, new))
            mine += [one.id for one in new]
        print("ok", flush=True)


def read(folder: Path) -> None:
    """Checks in two threads, and that no reader ever goes back to an older version."""
    stop, seen, faults = threading.Event(), [], []

    def look() -> None:
        store, newest = Store(folder), 0
        while not stop.wait(0.05):
            try:
                version = store.version() or 0
                faults.extend(map(str, store.check()))
                faults.extend([f"version {version} after {newest}"] if version < newest else [])
                newest = version
                seen.append(version)
            except UserError as error:
                faults.append(str(error))

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    print(json.dumps({"checks": len(seen), "versions": len(set(seen)), "faults": faults[:5]}))


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
